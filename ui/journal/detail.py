"""One act in the panel: its facts, what it changed, and whether it can be taken back alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.journal.columns import JournalRow, local
from ui.shared.bands import Notice
from ui.shared.buttons import plain, words
from ui.shared.change_view import ChangeView
from ui.shared.columns import Changed, Column
from ui.shared.detail_panel import Details, Section
from ui.shared.dialog import Choice, Dialog
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from wxadmin.domain.errors import UserError
from wxadmin.domain.phones import with_spaced_phones
from wxadmin.services.history import History, Outlook, RecordLine

if TYPE_CHECKING:
    from ui.journal.desk import JournalDesk

IN_PANEL = 40
FEW_RECORDS = 3
SIGNS = {"+": "新增", "-": "移除"}


@dataclass(frozen=True, slots=True)
class OperationFile:
    """Everything about one act: what it changed, the way back, or why there is none."""

    row: JournalRow
    records: Sequence[RecordLine]
    outlook: Outlook | None
    refusal: str = ""


def read_file(history: History, row: JournalRow) -> OperationFile:
    """Read it; looking never writes."""
    records = history.of_operation(row.id)
    if row.undone:
        return OperationFile(row, records, None)
    try:
        return OperationFile(row, records, history.outlook(row.id))
    except UserError as refusal:
        return OperationFile(row, records, None, refusal.message)


def changes_of(records: Sequence[RecordLine], brief: bool) -> list[tuple[str, Changed]]:
    """Record by record, field by field; `brief` says of new and removed things only that."""
    lines: list[tuple[str, Changed]] = []
    for record in records:
        kind, _, name = record.what.partition("：")
        sign = SIGNS.get(record.sign)
        if sign is not None and (brief or not record.fields):
            lines.append((name, Changed(sign, "", kind)))
            continue
        lines += [
            (name, Changed(f.label, with_spaced_phones(f.old), with_spaced_phones(f.new)))
            for f in record.fields
        ]
    return lines


def details_of(desk: JournalDesk, file: OperationFile | None, row: JournalRow) -> Details:
    """What the panel shows; without a file yet, the facts alone."""
    done = row.done
    facts = [
        ("时间", f"{local(done.at):%Y-%m-%d %H:%M}"),
        ("谁做的", done.by),
        ("来源", done.source or "手工"),
    ]
    if local(done.at).date() != done.on:
        facts.insert(1, ("计入", done.on.isoformat()))
    sections = [] if file is None else [_section(desk, file)]
    return Details(
        done.title,
        chip=("stopped", "已撤销") if row.undone else None,
        kind=f"第 {done.id} 步",
        notice=_notice(desk, file) if file is not None else None,
        facts=facts,
        sections=sections,
        acts=_acts(desk, file) if file is not None else (),
    )


def _section(desk: JournalDesk, file: OperationFile) -> Section:
    brief = len(file.records) > FEW_RECORDS
    changes = changes_of(file.records, brief)
    view = ChangeView()
    view.show_changes(changes[:IN_PANEL])
    aside = f"{file.row.done.entries:,}"
    if len(changes) > IN_PANEL:
        aside += f"　这里是前 {IN_PANEL} 行"
    return Section("改动", aside, widget=view, link=("全部", lambda: show_all(desk, file)))


def _notice(desk: JournalDesk, file: OperationFile) -> Any:
    """Why it cannot be taken back alone, and what can be done instead."""
    outlook = file.outlook
    if file.refusal:
        return Notice("stopped", file.refusal, ground="window")
    if outlook is None or not outlook.obstacles:
        return None
    acts = []
    if outlook.later is not None:
        later = outlook.later
        acts.append(words("查看那一步", on_click=lambda: desk.open(later)))
    if outlook.changes:
        acts.append(plain("只撤销其余部分", on_click=lambda: desk.undo_rest(file.row.id)))
    reason = "\n".join(f"{line}。" if line[0] != "…" else line for line in outlook.obstacles[:5])
    return Notice("stopped", "不能单独撤销", reason, acts, ground="window")


def _acts(desk: JournalDesk, file: OperationFile) -> list[Any]:
    row = file.row
    if row.undone and row.line.undone_by is not None:
        return [plain("恢复", "redo", on_click=lambda: desk.take_back(row.line.undone_by))]
    if file.refusal or not row.act or (file.outlook is not None and file.outlook.obstacles):
        return []
    text = "恢复" if row.act == "恢复" else "撤销这一步"
    icon = "redo" if row.act == "恢复" else "undo"
    return [plain(text, icon, on_click=lambda: desk.take_back(row.id))]


ALL_COLUMNS = (
    Column("what", "记录", 220, bold=True, value=lambda row: row[1]),
    Column("change", "字段　原 → 新", 420, kind="change", stretch=1, value=lambda row: row[2]),
)


def show_all(desk: JournalDesk, file: OperationFile) -> None:
    """Every record and field of an act, in a dialog as large as the window allows."""
    window = desk.context.messages.window()
    table = Table(ALL_COLUMNS, "全部改动")
    changes = changes_of(file.records, brief=False)
    rows = [(number, name, change) for number, (name, change) in enumerate(changes)]
    table.show_rows(RowsInMemory(rows, key=lambda row: row[0]))
    table.setFixedHeight(max(window.height() - 220, 240))
    dialog = Dialog(window, file.row.done.title, f"{len(rows):,} 处改动", body=table,
                    acts=[Choice("关闭")])  # fmt: skip
    dialog.setFixedWidth(max(window.width() - 160, dialog.minimumWidth()))
    dialog.run()

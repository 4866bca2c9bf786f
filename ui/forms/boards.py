"""Lists over the forms: who is waited for (待办看板), what came in without a code (来件登记)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui import style
from ui.shared.acting import act
from ui.shared.columns import Column, State
from ui.shared.dialog import Choice, Dialog
from ui.shared.empty_state import EmptyState
from ui.shared.record_form import Field
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.table_model import GroupHeading
from wxadmin.domain.incoming import TO_SETTLE
from wxadmin.services.form_board import FormLine, pending, reminder
from wxadmin.services.incomings import IncomingLine, Incomings

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk

SHOW, COPY, TAKE, GIVE, LOOK, DROP = "show", "copy", "take", "give", "look", "drop"
WIDTH, HEIGHT = 760, 380
ANYTHING = "所有文件 (*)"

_WAITING = (
    Column("number", "编号", 146),
    Column("name", "姓名", 110, bold=True),
    Column("waits_to", "办什么", 74),
    Column("waiting_days", "已等", 60, tone="ink2", value=lambda row: f"{row.waiting_days} 天",
           sort_key=lambda row: row.waiting_days),
    Column("due", "期限", 150, kind="state", stretch=1,
           value=lambda row: State("late" if row.overdue else "waiting", due_words(row))),
)  # fmt: skip
_CAME = (
    Column("number", "编号", 120, value=lambda row: row.incoming.number),
    Column("day", "日期", 90, tone="ink2", value=lambda row: row.incoming.received_on.isoformat()),
    Column("whom", "来件人", 90, value=lambda row: row.incoming.from_whom),
    Column("file", "文件", 200, stretch=1, value=lambda row: row.incoming.source_name),
    Column("state", "状态", 150, kind="state", value=lambda row: _state_of(row)),
)


def due_words(line: FormLine) -> str:
    """Until when, and whether that is past."""
    if line.due_on is None:
        return "没有期限"
    said = f"{line.due_on:%m-%d} 前"
    return f"{said}，已逾期" if line.overdue else said


def _state_of(row: IncomingLine) -> State:
    if row.incoming.state == TO_SETTLE:
        return State("waiting", f"待处理（{row.days} 天）")
    if row.form_number:
        return State("tick", f"已归 {row.form_number}")
    return State("stopped", row.incoming.state)


def _in_dialog(desk: FormsDesk, sentence: str, table: Table, reason: str, *acts: Choice) -> Any:
    table.setFixedHeight(style.px(HEIGHT))
    window = desk.context.messages.window()
    dialog = Dialog(window, sentence, reason, body=table, acts=acts)
    dialog.setFixedWidth(min(style.px(WIDTH), max(window.width() - style.px(80), 480)))
    table.setFocus()
    return dialog.run()


# -- who is waited for ------------------------------------------------------------------------


def waiting_table(desk: FormsDesk) -> Table:
    """Every open form under whom it waits for, the longest waiting first."""
    board = pending(desk.lines)
    headings = tuple(GroupHeading(who, f"等{who}", foldable=True) for who, _ in board)
    table = Table(_WAITING, "在等谁", groups=headings)
    rows = [line for _, lines in board for line in lines]
    table.show_rows(RowsInMemory(rows, key="number", group=lambda line: line.waits_for))
    return table


def show_waiting(desk: FormsDesk) -> None:
    """The board: choose a form to go to it, or copy the words that urge."""
    table = waiting_table(desk)
    if not table.hits():
        desk.context.messages.toast("没有等着谁的表，都办完了。")
        return
    answer = _in_dialog(
        desk, "在等谁", table, "每张没办完的表：轮到谁、办什么、等了几天。",
        Choice("关闭"), Choice("复制催办文字", COPY), Choice("看这张表", SHOW, kind="filled"),
    )  # fmt: skip
    line = table.current_row()
    if line is None or not answer:
        return
    if answer == SHOW:
        desk.open(line.number)
    else:
        desk.context.messages.copied(reminder(line), "催办文字")


# -- what came in -----------------------------------------------------------------------------


def came_table(desk: FormsDesk) -> Table:
    """Everything that came in without a code, what is unsettled first."""
    lines = Incomings(desk.context.services).lines()
    lines.sort(key=lambda one: one.incoming.state != TO_SETTLE)
    empty = EmptyState("paper", "还没有来件", "照片、Word 文件、便条，登记一份再归到一张表。")
    table = Table(_CAME, "来件登记", empty=empty)
    table.show_rows(RowsInMemory(lines, key=lambda row: row.incoming.number))
    return table


def show_incoming(desk: FormsDesk) -> None:
    """来件登记: take a file in, look at it, give it to a form, or put it aside."""
    table = came_table(desk)
    acts = [
        Choice("关闭"), Choice("登记一份文件", TAKE), Choice("打开文件", LOOK),
        Choice("不用", DROP), Choice("归到一张表", GIVE, kind="filled"),
    ]  # fmt: skip
    if not table.hits():
        acts = [Choice("关闭"), Choice("登记一份文件", TAKE, kind="filled")]
    answer = _in_dialog(
        desk, "来件登记", table, "没有二维码的照片、Word 文件、便条：先登记，再归到一张表。", *acts
    )
    row = table.current_row()
    if answer == TAKE:
        take_in(desk, desk.context.messages.ask_files(ANYTHING))
    elif answer and row is not None:
        {GIVE: _give, LOOK: _look, DROP: _drop}[answer](desk, row)


def _give(desk: FormsDesk, row: IncomingLine) -> None:
    view = desk.view
    asked = desk.context.messages.ask_form(
        f"{row.incoming.number} 归到哪张表",
        [Field("number", "表单编号", required=True, value=view.form.number if view else "")],
        "归到这张表",
    )
    if asked is None:
        return
    incomings = Incomings(desk.context.services)
    act(
        desk.context,
        f"{row.incoming.number} 已归到 {asked['number']}",
        lambda: incomings.settle(row.incoming.number, form=desk.forms.called(asked["number"])),
    )


def _drop(desk: FormsDesk, row: IncomingLine) -> None:
    why = desk.context.messages.ask_text(f"{row.incoming.number} 为什么不用", "原因", "不用")
    if why:
        incomings = Incomings(desk.context.services)
        act(
            desk.context,
            f"{row.incoming.number} 不用",
            lambda: incomings.settle(row.incoming.number, note=why),
        )


def _look(desk: FormsDesk, row: IncomingLine) -> None:
    path = Incomings(desk.context.services).file_of(row.incoming)
    if not row.incoming.stored_name or not path.exists():
        desk.context.messages.error(f"“{row.incoming.source_name}”没有存在来件文件夹里。")
        return
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def take_in(desk: FormsDesk, paths: list[Path]) -> None:
    """Files for the forms: our own workbooks file themselves, others are entered."""
    from wxadmin.services.form_workbooks import FormWorkbooks

    for path in paths:
        if FormWorkbooks.is_ours(path):
            _take_blank(desk, path)
        else:
            _enter(desk, path)


def _enter(desk: FormsDesk, path: Path) -> None:
    """A file without a code: it is kept and entered."""
    act(
        desk.context,
        lambda entry: f"已登记来件 {entry.number}：{entry.source_name}",
        lambda: Incomings(desk.context.services).take(path),
    )


def _take_blank(desk: FormsDesk, path: Path) -> None:
    """A workbook that came back: its draft is shown with what is still wrong in it."""
    from wxadmin.services.form_workbooks import FiledBlank, FormWorkbooks

    made: list[FiledBlank] = []

    def do() -> FiledBlank:
        made.append(FormWorkbooks(desk.context.services).take_in(path))
        return made[0]

    act(
        desk.context,
        lambda filed: (
            f"{path.name} 已起草 {filed.form.number}"
            + (f"，还有 {len(filed.problems)} 处要补" if filed.problems else "")
        ),
        do,
    )
    if made:
        desk.open(made[0].form.number)

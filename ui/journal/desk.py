"""日志: every act, newest first; what it changed; undo and redo, refused when overtaken."""

from __future__ import annotations

from typing import Any

from ui.actions import DeskAct
from ui.desk import Context, Desk
from ui.journal.columns import COLUMNS, FILTERS, QUESTIONS, JournalRow, headings, rows_of
from ui.journal.detail import OperationFile, details_of, read_file
from ui.shared.acting import act, take_back
from ui.shared.buttons import plain
from ui.shared.detail_panel import DetailPanel
from ui.shared.empty_state import EmptyState
from ui.shared.rows import RowsInMemory
from ui.shared.saving import export_list
from ui.shared.table import Table
from ui.shared.text import tip
from ui.shared.toolbar import Toolbar
from wxadmin.domain.journal import JournalOperation, next_to_redo, next_to_undo
from wxadmin.services.history import REDO, UNDO, History

LONGEST = 14
"""So many characters of a title stand on a button."""


class JournalDesk(Desk):
    """An act is named by its number: `navigate("journal", operation_id)`."""

    title = "日志"
    about = (
        "做过的每一步：什么时候、谁做的、来自哪个文件、改了哪些字段。选一行看原来和现在的值，"
        "可以撤销这一步；撤销了的可以恢复。后来又改过的不能单独撤销，会说明是哪一步。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.rows: dict[int, JournalRow] = {}
        self.file: OperationFile | None = None
        self._reading = 0
        self.toolbar = Toolbar("做了什么、人、文件", FILTERS, keeps=True)
        empty = EmptyState("list", "这里记着做过的每一步", "导入、开通、打勾，每一步都能撤销。")
        self.table = Table(COLUMNS, "日志", empty=empty, struck=lambda row: row.undone,
                           search_clears=self.toolbar.clear)  # fmt: skip
        self.toolbar.serve(self.table)
        self.put(self.toolbar, self.table)
        self.panel = DetailPanel()
        self.set_side(self.panel, width=360)
        self.table.current_changed.connect(self.show_operation)
        self.table.opened.connect(lambda _: self.show_side(True))
        self.table.acted.connect(lambda key, _: self.take_back(key))

    # -- reading --------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._reading += 1
        lines = History(self.context.services).lines()
        rows = rows_of(lines)
        self.rows = {row.id: row for row in rows}
        operations = [line.operation for line in reversed(lines)]
        self._say_facts(operations)
        self._set_acts(operations)
        counts = {key: sum(map(asks, rows)) for key, asks in QUESTIONS.items()}
        self.toolbar.filters.set_counts({"": len(rows), **counts})
        source = RowsInMemory(rows, key="id", filters=QUESTIONS, group=lambda row: row.done.on)
        self.table.show_rows(source, headings(rows, self.context.services.today))
        if self.table.current_id() is None and rows:
            self.table.select(self.table.model.shown_ids()[0] if self.table.hits() else rows[0].id)
        else:
            self.show_operation(self.table.current_id())

    def _say_facts(self, operations: list[JournalOperation]) -> None:
        first = f"最早 {operations[0].on}" if operations else ""
        self.header.set_facts(f"{len(operations):,} 步", first)

    def _set_acts(self, operations: list[JournalOperation]) -> None:
        """The walk back and forth, each with the name of the step, and the export."""
        acts = []
        for found, sign, icon in (
            (next_to_redo(operations), REDO, "redo"),
            (next_to_undo(operations), UNDO, "undo"),
        ):
            if found is not None:
                title = found.title.removeprefix(UNDO).removeprefix(REDO)
                button = plain(f"{sign}{_short(title)}", icon,
                               on_click=lambda key=found.id: self.take_back(key))  # fmt: skip
                tip(button, f"{sign}{title}　{'Ctrl+Y' if sign == REDO else 'Ctrl+Z'}")
                acts.append(button)
        past = plain("截至某日", "calendar", self.ask_past)
        between = plain("两天之间", "sort", self.ask_between)
        self.header.set_acts(past, between, plain("导出", "export", on_click=self.export), *acts)

    def open(self, key: Any) -> None:
        """Show an act, whatever is filtered."""
        if not self.table.select(int(key)):
            self.toolbar.clear()
            self.table.select(int(key))
        self.show_side(True)

    def show_operation(self, key: Any) -> None:
        """Fill the panel: the facts at once, what it changed from the worker."""
        row = self.rows.get(key)
        self._reading += 1
        self.file = None
        if row is None:
            self.panel.show_nothing("选一步，这里看它改了什么。")
            return
        self.panel.show_details(details_of(self, None, row))
        number, history = self._reading, History(self.context.services)
        self.context.jobs.run(
            lambda progress, cancelled: read_file(history, row) if self._wants(number) else None,
            on_done=lambda file: self._show(file) if self._wants(number) else None,
            caption="正在读取这一步的改动", unit="条", written="只是读取，不改任何数据。",
        )  # fmt: skip

    def _wants(self, number: int) -> bool:
        return number == self._reading

    def _show(self, file: OperationFile) -> None:
        self.file = file
        self.panel.show_details(details_of(self, file, file.row))

    def status_text(self) -> str:
        undone = sum(row.undone for row in self.rows.values())
        text = f"{len(self.rows):,} 步，都在"
        return f"{text}，其中已撤销 {undone:,} 步" if undone else text

    def actions(self) -> list[DeskAct]:
        return [
            DeskAct("export", "导出日志", self.export),
            DeskAct("past", "看截至某日的样子", self.ask_past, "Ctrl+T"),
            DeskAct("between", "两天之间改了什么", self.ask_between, "Ctrl+D"),
        ]

    # -- acts -----------------------------------------------------------------------------------

    def take_back(self, operation: int | None) -> None:
        """Take a step back (or, for an undo, bring back what it took)."""
        if operation is None or operation not in self.rows:
            return
        self.context.messages.clear_error()
        take_back(self.context, operation)

    def undo_rest(self, operation: int) -> None:
        """Take back what nobody has touched since."""
        history = History(self.context.services)
        act(self.context, lambda done: f"已{done.title}（其余部分）",
            lambda: history.undo(operation, rest=True))  # fmt: skip

    def ask_past(self) -> None:
        """截至某日: the window of a day that is over, beside this one."""
        from ui.journal.past import ask_day

        ask_day(self.context)

    def ask_between(self) -> None:
        """What is different at the end of one day from the end of another."""
        from ui.journal.past import BetweenDialog

        BetweenDialog(self.context).run()

    def export(self) -> None:
        """Write the journal into a workbook of her choice."""
        export_list(self, self.context, "journal", "日志", "步")


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"

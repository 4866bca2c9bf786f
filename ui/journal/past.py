"""截至某日: the whole window as the register stood on a day, and what changed between two days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ui import style
from ui.shared.acting_dialog import ActingDialog
from ui.shared.columns import Cell, Column, State
from ui.shared.date_input import DateInput
from ui.shared.dialog import Choice, Dialog
from ui.shared.layouts import across, down, region
from ui.shared.record_form import Field
from ui.shared.rows import RowsInMemory
from ui.shared.saving import ask_where
from ui.shared.table import Table
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.domain.phones import with_spaced_phones
from wxadmin.services.as_of import CHANGED, GONE, NEW, AsOf, Between, ChangeLine
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from ui.desk import Context
    from ui.main_window import MainWindow

_MARKS = {NEW: "plus", CHANGED: "arrow", GONE: "minus"}
_SHOWN = 20_000
"""More lines than these are only in the workbook."""
_open: list[MainWindow] = []


# -- a day -----------------------------------------------------------------------------------


def ask_day(context: Context) -> None:
    """Ask which day, then show the window of that day beside this one."""
    services = context.services
    first = AsOf(services).first_day()
    hint = f"登记库从 {first} 开始登记；看到的是那天结束时的样子，只能查看。"
    dialog = ActingDialog.around(
        context.messages.window(), "看哪一天的样子？",
        [Field("on", "截至哪一天", "date", required=True, value=first, hint=hint)],
        "打开那天的窗口", lambda values: _past(services, values["on"]),
    )  # fmt: skip
    if dialog.run() is not None and isinstance(dialog.outcome, Workplace):
        show_past(context, dialog.outcome)


def _past(services: Workplace, on: date) -> Workplace:
    if on == services.today:
        raise UserError("今天的样子就在现在这个窗口里。请写过去的日期。", "today")
    return AsOf(services).at(on)


def show_past(context: Context, past: Workplace) -> MainWindow:
    """A second window, read-only: every desk as it stood; it goes when the first one goes."""
    from ui.links import Links
    from ui.past_window import PastWindow

    on = past.today
    window = PastWindow(on)
    window.destroyed.connect(lambda: _open.remove(window) if window in _open else None)
    context.messages.window().destroyed.connect(window.close)
    _open.append(window)
    window.show()
    window.start(past, Links(company=lambda: f"截至 {on}"), "people")
    return window


# -- two days --------------------------------------------------------------------------------


_COLUMNS = (
    Column("what", "台账", 96, value=lambda line: line.label),
    Column("name", "名称", 150, bold=True),
    Column("sign", "怎样", 84, kind="state",
           value=lambda line: State(_MARKS[line.sign], line.sign)),
    Column("fields", "改了什么（原 → 新）", 340, stretch=3,
           value=lambda line: Cell(with_spaced_phones(_told(line)), tone="ink2")),
)  # fmt: skip


def _told(line: ChangeLine) -> str:
    if line.sign != CHANGED:
        return ""
    return "；".join(f"{f.label} {f.old or '空'} → {f.new or '空'}" for f in line.fields)


class BetweenDialog(Dialog):
    """Two dates above, every record that is not what it was beneath."""

    def __init__(self, context: Context) -> None:
        self._context = context
        today = context.services.today
        self.from_on, self.to_on = DateInput(), DateInput()
        for box, name, day in (
            (self.from_on, "从哪一天", max(AsOf(context.services).first_day(),
                                           today.replace(day=1))),
            (self.to_on, "到哪一天", today),
        ):  # fmt: skip
            box.setAccessibleName(name)
            box.set_value(day)
            box.setFixedWidth(style.px(140))
            box.left.connect(self.look)
            box.returnPressed.connect(self.look)
        self.said = Text("", tone="ink2", wrap=True)
        self.said.setAccessibleName("两天之间改了多少")
        self.table = Table(_COLUMNS, "两天之间的改动")
        self.found: Between | None = None
        window = context.messages.window()
        self.table.setFixedHeight(max(min(window.height() - 300, 440), 160))
        line = across(Text("从", 12, tone="ink3"), self.from_on, Text("到", 12, tone="ink3"),
                      self.to_on, None, gap=8)  # fmt: skip
        body = region(down(line, self.said, self.table, gap=8))
        super().__init__(
            window, "两天之间改了什么", body=body, acts=(Choice("关闭", None, kind="filled"),),
            left=(Choice("存为表格", "save", icon="export"),),
        )  # fmt: skip
        self.setFixedWidth(style.px(min(window.width() - 80, 1000)))
        self.look()

    def look(self) -> None:
        """Compare the two days."""
        from_on, to_on = self.from_on.value(), self.to_on.value()
        self.found = None
        if isinstance(from_on, date) and isinstance(to_on, date):
            try:
                self.found = AsOf(self._context.services).between(from_on, to_on)
            except UserError as refusal:
                self.said.setText(refusal.message)
        lines = self.found.lines if self.found is not None else ()
        if self.found is not None:
            self.said.setText(_counted(self.found))
        self.table.show_rows(RowsInMemory(
            lines[:_SHOWN], key=lambda line: (line.kind, line.record_id)))  # fmt: skip

    def _choose(self, value: Any) -> None:
        if value == "save":
            self.save()
        else:
            super()._choose(value)

    def save(self) -> None:
        """The lines as a workbook."""
        if self.found is None:
            return
        name = f"改动_{self.found.from_on}_{self.found.to_on}.xlsx"
        path = ask_where(self, "两天之间的改动", name)
        if path is None:
            return
        from wxadmin.services.plain_tables import write_rows

        cells = [[line.label, line.name, line.sign, _told(line)] for line in self.found.lines]
        write_rows(path, "改动", ("台账", "名称", "怎样", "改了什么"), cells)
        self._context.messages.toast(f"已存 {len(cells):,} 行到 {path.name}")


def _counted(found: Between) -> str:
    if not found.lines:
        return "两天之间没有改动（改过又改回来的不算）。"
    parts = [
        "　".join([label, *(f"{sign} {count:,}" for sign, count in counts.items() if count)])
        for label, counts in found.counts.items()
    ]
    return "；".join(parts)

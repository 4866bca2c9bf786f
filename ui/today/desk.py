"""今日: what is late, stuck or due; each line goes to its place or does the act itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.actions import DeskAct
from ui.desk import Context, Desk
from ui.shared.acting import act
from ui.shared.bands import BrakeBand
from ui.shared.buttons import filled, plain
from ui.shared.counters import Counters
from ui.shared.empty_state import EmptyState
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.today.columns import COLUMNS, COUNTERS, FILTERS, HEADINGS, TodayRow, rows_of
from ui.today.side import TodaySide
from wxadmin.domain.reminder import (
    BAND_WEEK,
    WEEKDAYS,
    Reminder,
)
from wxadmin.services.leaver_grid import GridCell, urge_text
from wxadmin.services.reminders import Reminders, Today

IMPORTS = frozenset({"import_roster", "import_leavers", "import_directory", "import_members"})


class TodayDesk(Desk):
    """Nothing here is kept: the lines are computed anew whenever the desk is read."""

    title = "今日"
    about = (
        "今天要看的事：逾期的、卡住的、今天到期的、本周和以后的。每行末尾是办法，按 Enter 就去办。"
        "上面的数字可以点，只看那一类。右侧是上月离职清单交了没有、手里的名单有多新、本月进度。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.today: Today | None = None
        self._reading = 0
        self.header.set_acts(
            plain("月报一页纸", "print", on_click=self.report),
            filled("导入文件", "import", on_click=self.import_files),
        )
        self.counters = Counters(COUNTERS)
        empty = EmptyState("list", "今天没有要办的事", "逾期、卡住、到期的事会自己出现在这里。")
        self.table = Table(COLUMNS, "今日", HEADINGS, head=False, empty=empty, row_px=34,
                           search_clears=self.counters.clear)  # fmt: skip
        self.put(self.counters, self.table)
        self.side_column = TodaySide(self.urge_or_open)
        self.set_side(self.side_column, width=292)
        self.counters.chosen.connect(lambda band: self.table.choose(band or None))
        self.table.acted.connect(lambda key, _: self.do(key))
        self.table.opened.connect(self.do)
        self._done: dict[str, Callable[[Reminder], Any]] = {
            "copy_urge": self.copy_urge,
            "tick_recurring": self.tick_recurring,
            "back_up": self.back_up,
        }

    # -- reading --------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._say_day()
        self._say_handed_over()
        self._reading += 1
        number, reminders = self._reading, Reminders(self.context.services)
        self.context.jobs.run(
            lambda progress, cancelled: reminders.today(),
            on_done=lambda today: self._take(today) if number == self._reading else None,
            caption="正在看今天要办的事", unit="件", written="只是读取，不改任何数据。",
        )  # fmt: skip

    def _take(self, today: Today) -> None:
        self.today = today
        self.counters.set_numbers(today.counts)
        self.context.counted({"today": today.waiting})
        rows = rows_of(today.reminders)
        self.table.show_rows(RowsInMemory(rows, key="key", filters=FILTERS,
                                          group=lambda row: row.reminder.band))  # fmt: skip
        if self.table.current_id() is None and rows:
            self.table.select(rows[0].key)
        self.side_column.show_today(today)
        self.status_changed.emit()

    def _say_day(self) -> None:
        on = self.context.services.today
        self.header.set_facts(f"{on.month}月{on.day}日", f"星期{WEEKDAYS[on.weekday()]}")

    def _say_handed_over(self) -> None:
        """A copy that was given away says so on the first page, and how to take it back."""
        office = self.context.services.office()
        if office.handed_over_on is None:
            if isinstance(self.band(), BrakeBand):  # an error stays until it is dealt with
                self.show_band(None)
            return
        self.show_band(
            BrakeBand(
                f"这份登记库已于 {office.handed_over_on} 交给“{office.handed_over_to}”，只能查看。",
                "要接着用，请用交出去的那一份；没有真正交出去的，可以在设置里收回。",
                [plain("去设置", on_click=lambda: self.context.navigate("settings", "backup"))],
            )
        )

    def status_text(self) -> str:
        if self.today is None:
            return ""
        counts = self.today.counts
        return f"今天要办 {self.today.waiting} 件，本周 {counts[BAND_WEEK]} 件"

    def open(self, key: Any) -> None:
        """Show the line of a record: `navigate("today", "a recurring task's id")`."""
        for row in rows_of(self.today.reminders) if self.today is not None else ():
            if row.reminder.key == str(key):
                self.counters.clear()
                self.table.choose(None)
                self.table.select(row.key)
                return

    def actions(self) -> list[DeskAct]:
        return [DeskAct("print", "月报一页纸", self.report)]

    # -- acts -----------------------------------------------------------------------------------

    def do(self, key: Any) -> None:
        """Do what a line says: here, or at the place it names."""
        row: TodayRow = self.table.model.row(key)
        each = row.reminder
        own = self._done.get(each.act)
        if own is not None:
            own(each)
        elif each.act in IMPORTS:
            self.context.navigate("imports")
        elif each.kind == "admin_number":
            self.context.navigate(each.desk, f"number:{each.key}")
        else:
            self.context.navigate(each.desk, each.key or None)

    def copy_urge(self, each: Reminder) -> None:
        """Put the text for the HR source on the clipboard."""
        self.context.messages.copied(Reminders(self.context.services).urge(each.key), "催办文字")

    def tick_recurring(self, each: Reminder) -> None:
        """Note that a recurring task was done for its period."""
        reminders = Reminders(self.context.services)
        act(self.context, f"已登记：{each.sentence}", lambda: reminders.mark_done(each.key))

    def back_up(self, each: Reminder) -> None:
        """Make a backup now."""
        from wxadmin.services.backups import Backups

        backups = Backups(self.context.services)
        self.context.jobs.run(
            lambda progress, cancelled: backups.make(),
            on_done=lambda made: (self.refresh(),
                                  self.context.messages.toast(f"已备份：{made.path.name}")),
            caption="正在备份", written="备份是另存一份，登记库不会改动。",
        )  # fmt: skip

    def urge_or_open(self, cell: GridCell) -> None:
        """A source of the month's list: copy the reminder, or show what it handed in."""
        if cell.missing:
            text = urge_text(cell, self.context.services.today)
            self.context.messages.copied(text, "催办文字")
        else:
            self.context.navigate("imports")

    def report(self) -> None:
        """月报一页纸."""
        from ui.today.month_paper import ask_month_report

        ask_month_report(self.context)

    def import_files(self) -> None:
        """Choose files; 导入 takes them from there."""
        files = self.context.messages.ask_files()
        if files:
            self.context.navigate("imports", files)

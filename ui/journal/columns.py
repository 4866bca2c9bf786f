"""The lines of 日志: when, what, by whom, how much, from where, and whether it still holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ui.shared.columns import Cell, Column, State
from ui.shared.table_model import GroupHeading
from wxadmin.domain.journal import JournalOperation
from wxadmin.domain.reminder import WEEKDAYS
from wxadmin.services.history import UNDO, JournalLine

FIRST_ACT = "建库："
UNDONE = "undone"
FILTERS = (("", "全部"), ("import", "导入"), ("handle", "办理"), ("form", "表单"),
           ("group", "群组"), (UNDONE, "已撤销"))  # fmt: skip
_WORDS = {
    "import": ("导入",),
    "handle": ("办理", "打勾", "登记入职", "登记离职", "撤销离职", "免办", "办结"),
    "form": ("表", "附件", "打印", "签回", "QWSQ"),
    "group": ("群", "特批", "通知单"),
}
"""What the titles of a kind of act say; the search box finds the rest."""


@dataclass(frozen=True, slots=True)
class JournalRow:
    """An act as a line; `id` is its number in the journal."""

    id: int
    line: JournalLine

    @property
    def done(self) -> JournalOperation:
        """The act."""
        return self.line.operation

    @property
    def undone(self) -> bool:
        """Whether it was taken back and stays so."""
        return not self.line.in_effect

    @property
    def act(self) -> str:
        """What can be done about it: 撤销, or 恢复 for something taken back."""
        if self.undone or self.done.title.startswith(FIRST_ACT):
            return ""
        return "恢复" if self.done.title.startswith(UNDO) else "撤销"


def rows_of(lines: Iterable[JournalLine]) -> list[JournalRow]:
    """The acts as lines."""
    return [JournalRow(line.operation.id, line) for line in lines]


def local(at: datetime) -> datetime:
    """A moment of the journal (UTC) by the clock on the wall."""
    return at.replace(tzinfo=UTC).astimezone()


def _is_kind(row: JournalRow, kind: str) -> bool:
    return any(word in row.done.title for word in _WORDS[kind])


QUESTIONS = {
    **{kind: lambda row, kind=kind: _is_kind(row, kind) for kind in _WORDS},
    UNDONE: lambda row: row.undone,
}

COLUMNS = (
    Column("time", "时间", 64, value=lambda row: f"{local(row.done.at):%H:%M}", tone="ink2",
           sort_key=lambda row: row.id),
    Column("title", "做了什么", 300, stretch=1, value=lambda row: row.done.title),
    Column("by", "谁做的", 72, tone="ink2", priority=3, value=lambda row: row.done.by),
    Column("entries", "改动", 64, kind="number", value=lambda row: row.done.entries),
    Column("source", "来源", 130, tone="ink2", priority=2,
           value=lambda row: row.done.source or Cell("手工", tone="ink3")),
    Column("state", "状态", 80, kind="state",
           value=lambda row: State("stopped", "已撤销") if row.undone else None),
    Column("act", "", 72, kind="act", sortable=False, value=lambda row: row.act),
)  # fmt: skip


def headings(rows: Sequence[JournalRow], today: date) -> list[GroupHeading]:
    """A heading for every day, the newest first."""
    days = sorted({row.done.on for row in rows}, reverse=True)
    return [GroupHeading(day, day_word(day, today)) for day in days]


def day_word(day: date, today: date) -> str:
    """今天　11月20日, 11月18日　星期三; another year with its number."""
    year = "" if day.year == today.year else f"{day.year}年"
    said = f"{year}{day.month}月{day.day}日"
    return f"今天　{said}" if day == today else f"{said}　星期{WEEKDAYS[day.weekday()]}"

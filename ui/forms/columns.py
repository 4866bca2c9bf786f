"""The list of forms: grouped by where the paper is, with what is overdue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from ui.shared.columns import Column, State
from ui.shared.table_model import GroupHeading
from wxadmin.services.form_board import FormLine

TO_PRINT, OUT, BACK, FILED = "待打印", "待签回", "已签回", "已归档"
WAY = (TO_PRINT, OUT, BACK, FILED)
DROPPED = "dropped"
FILTERS = (
    ("open", "未完"), ("late", "逾期"), ("out", "未收回"), ("owed", "待补签"), ("", "全部"),
)  # fmt: skip
GROUPS = (
    *(GroupHeading(state, state, foldable=True) for state in WAY),
    GroupHeading(DROPPED, "驳回、撤回", foldable=True),
)
_MARKS = {TO_PRINT: "empty", OUT: "waiting", BACK: "tick", FILED: "proof"}


def is_open(line: FormLine) -> bool:
    """Whether anything is still to be done with the form or its paper."""
    return line.paper_state in (TO_PRINT, OUT, BACK)


QUESTIONS: Mapping[str, Callable[[FormLine], bool]] = {
    "open": is_open,
    "late": lambda line: line.overdue,
    "out": lambda line: line.not_back,
    "owed": lambda line: line.confirm_due is not None,
}


def group_of(line: FormLine) -> str:
    """The heading a form stands under."""
    return line.paper_state if line.paper_state in WAY else DROPPED


def in_order(lines: Iterable[FormLine]) -> list[FormLine]:
    """Group by group; of those that are out the longest waiting first, else the newest."""

    def rank(line: FormLine) -> tuple[int, int]:
        place = WAY.index(line.paper_state) if line.paper_state in WAY else len(WAY)
        day = line.printed_on if line.paper_state == OUT else None
        return place, day.toordinal() if day is not None else 0

    return sorted(lines, key=rank)


def state_of(line: FormLine, today: date) -> State:
    """Where the paper is, and since when; late and due have their own marks."""
    word = line.paper_text
    if line.overdue:
        late = "" if line.paper_state == OUT else f"，{line.waits_to}逾期"
        return State("late", f"{word}{late}")
    if line.paper_state == BACK and line.waits_to:
        word = f"{word}，待{line.waits_to}"
    if is_open(line) and line.due_on == today:
        return State("due", word)
    return State(_MARKS.get(line.paper_state, "stopped"), word)


def day_of(line: FormLine) -> date | None:
    """The day of the last thing that happened to the form."""
    return (
        line.opened_on or line.received_on or line.signed_on or line.printed_on or line.applied_on
    )


def short(day: date | None, today: date) -> str:
    """11-14, with the year where it is another."""
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def columns(today: date, kinds: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns; `kinds` are the short words for the kinds of form."""
    return (
        Column("number", "编号", 136),
        Column("name", "姓名、群", 90, bold=True, stretch=1),
        Column("kind", "类别", 90, tone="ink2", priority=3,
               value=lambda row: row.request_kind or kinds.get(row.kind, "")),
        Column("state", "状态", 146, kind="state",
               value=lambda row: state_of(row, today)),
        Column("waits", "等谁", 132, tone="ink2", priority=4,
               value=lambda row: f"{row.waits_for} {row.waits_to}".strip()),
        Column("day", "日期", 66, tone="ink2", priority=2,
               value=lambda row: short(day_of(row), today),
               sort_key=lambda row: (day_of(row) or date.min).toordinal()),
    )  # fmt: skip


def found_by(line: FormLine) -> str:
    """The text a form is found by: name, reading, initials, number, 工号, unit."""
    syllables = line.pinyin.split(" ")
    reading = ("".join(syllables), "".join(part[:1] for part in syllables))
    return " ".join(
        (line.number, line.name, line.emp_no, line.unit, line.request_kind, line.title, *reading)
    )

"""Checks of a group's members (群成员核查): findings, states, and when the next one is due."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import GroupCheckLine
from wxadmin.domain.nicknames import NOT_AS_WANTED, NOT_REAL_NAME

MISSING, EXTRA = "应加未加", "不应在群"
FINDINGS = (MISSING, EXTRA, NOT_REAL_NAME, NOT_AS_WANTED)
"""The four lists of a check (C22)."""
ANOMALY = "异常"
"""A finding about the group itself, computed when a round begins."""

WAITING, COUNTING, MENDING, DONE, SKIPPED = "待核查", "核查中", "待整改", "已完成", "未核查"
OPEN_STATES = frozenset({WAITING, COUNTING, MENDING})

DAILY, WEEKLY, MONTHLY, QUARTERLY, BY_EVENT = "每日", "每周", "每月", "每季", "仅事件"
BY_HAND, BY_ROUND, BY_FREQUENCY = "抽查", "全部群核查", "到期"
ON_LEAVING, ON_MOVING, ON_NEW_OWNER = "离职", "调岗", "群主接任"
TRIGGERS = (BY_HAND, BY_FREQUENCY, BY_ROUND, ON_LEAVING, ON_MOVING, ON_NEW_OWNER)
BACKFILLED = "补登名单"
"""The log's entry of a list older than the newest: it keeps the day of the list."""

_MONTHS = {MONTHLY: 1, QUARTERLY: 3, "每半年": 6, "每年": 12}

LIST_WANTED, KNOWN, TO_MEND, UNREACHABLE, GONE = "list", "known", "mend", "unreachable", "gone"
CHOICES: dict[str, tuple[str, str]] = {
    LIST_WANTED: ("数目不符，要成员名单", COUNTING),
    KNOWN: ("情况属实，不用整改", DONE),
    TO_MEND: ("需要整改", MENDING),
    UNREACHABLE: ("联系不上群主", COUNTING),
    GONE: ("群已不在", MENDING),
}
"""What may be said of an odd group in a round: the words, and the state it leads to."""
NEED_NOTE = frozenset({KNOWN, TO_MEND, UNREACHABLE, GONE})


@dataclass(frozen=True, slots=True)
class Fault:
    """One name on one of the four lists, with what is wrong."""

    finding: str
    employee_id: int | None
    name: str
    nickname: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """How many the client should show for a group, and of what the number is made.

    `people` is the recorded roster, or the rule's where nobody put one down (`is_roster`);
    `runners` run the group without being on it, `numbers` are designated numbers in it.
    """

    people: int
    outsiders: int = 0
    runners: int = 0
    numbers: int = 0
    is_roster: bool = True

    @property
    def total(self) -> int:
        """Return the number the client should show."""
        return self.people + self.outsiders + self.runners + self.numbers

    @property
    def text(self) -> str:
        """Say the number and its parts: 89（名单87，群管理号1，外部人员1）."""
        parts = [f"{'名单' if self.is_roster else '应加'}{self.people}"]
        parts += [f"群主或管理员{self.runners}"] if self.runners else []
        parts += [f"群管理号{self.numbers}"] if self.numbers else []
        parts += [f"外部人员{self.outsiders}"] if self.outsiders else []
        return f"{self.total}（{'，'.join(parts)}）" if len(parts) > 1 else str(self.total)


def next_due(last: date | None, frequency: str) -> date | None:
    """Return when a group is due again; None: only by an event, or never looked at."""
    if last is None or frequency == BY_EVENT:
        return None
    if frequency == DAILY:
        return last + timedelta(days=1)
    if frequency == WEEKLY:
        return last + timedelta(days=7)
    return months_later(last, _MONTHS.get(frequency, 1))


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def period_end(frequency: str, on: date) -> date:
    """Return the last day of the period a round of all groups is for: 12-31 of a quarter."""
    months = _MONTHS.get(frequency, 3)
    month = ((on.month - 1) // months + 1) * months
    return date(on.year, month, calendar.monthrange(on.year, month)[1])


def period_start(frequency: str, on: date) -> date:
    """Return the first day of that period."""
    months = _MONTHS.get(frequency, 3)
    return date(on.year, (on.month - 1) // months * months + 1, 1)


def round_title(frequency: str, on: date) -> str:
    """Name a round after its period: 2026年第4季度群核查."""
    if frequency == QUARTERLY:
        return f"{on.year}年第{(on.month - 1) // 3 + 1}季度群核查"
    if frequency == MONTHLY:
        return f"{on.year}年{on.month}月群核查"
    if frequency == "每半年":
        return f"{on.year}年{'上' if on.month <= 6 else '下'}半年群核查"
    return f"{on.year}年度群核查" if frequency == "每年" else f"{on.isoformat()}群核查"


def open_lines(lines: tuple[GroupCheckLine, ...]) -> tuple[GroupCheckLine, ...]:
    """Return the lines that are still to be mended; anomalies and notes are not."""
    return tuple(line for line in lines if line.finding in FINDINGS and not line.result)


def state_after(lines: tuple[GroupCheckLine, ...]) -> str:
    """Return the state of a check whose list was compared: done when nothing is left open."""
    return MENDING if open_lines(lines) else DONE


def check_number(actual: int) -> int:
    """Return a counted number. Raises `UserError` for one that cannot be."""
    if not 0 <= actual <= 100_000:
        raise UserError(f"群里不可能有{actual}人，没有改动。", "bad_value")
    return actual


def check_choice(choice: str, note: str) -> tuple[str, str]:
    """Return words and state of a choice. Raises `UserError` for one nobody knows or no note."""
    known = CHOICES.get(choice) or next((c for c in CHOICES.values() if c[0] == choice), None)
    if known is None:
        offer = "、".join(f"{key}（{words}）" for key, (words, _) in CHOICES.items())
        raise UserError(f"没有“{choice}”这种结论，可用的有：{offer}。", "bad_value")
    key = next(key for key, value in CHOICES.items() if value == known)
    if key in NEED_NOTE and not note.strip():
        raise UserError(f"“{known[0]}”要写明情况（备注），没有改动。", "no_note")
    return known

"""What 今日 shows, ready to be looked at; needs no register, so a child may hand it over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from wxadmin.domain.reminder import BAND_LATE, BAND_STUCK, BAND_TODAY, BANDS, Reminder
from wxadmin.services.leaver_grid import GridCell


@dataclass(frozen=True, slots=True)
class ListAge:
    """How new a list in hand is: 花名册, 通讯录, 群成员 (the oldest; `what` names its group)."""

    label: str
    taken_on: date | None
    days: int | None
    what: str = ""


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many checklists of a kind began this month, and how many of them are closed."""

    label: str
    started: int
    closed: int


@dataclass(frozen=True, slots=True)
class Today:
    """The desk: lines by heading, and the column at the right."""

    on: date
    reminders: tuple[Reminder, ...]
    leaver_month: str
    leaver_lists: tuple[GridCell, ...]
    ages: tuple[ListAge, ...]
    months: tuple[MonthCount, ...]
    accounts: int
    accounts_in_use: int

    def band(self, band: str) -> tuple[Reminder, ...]:
        """Return the lines under one heading."""
        return tuple(r for r in self.reminders if r.band == band)

    @property
    def waiting(self) -> int:
        """Count what is to be done today: late, stuck or due."""
        return sum(self.counts[band] for band in (BAND_LATE, BAND_STUCK, BAND_TODAY))

    @property
    def counts(self) -> dict[str, int]:
        """Count the lines under every heading, in the order of the desk."""
        found = Counter(r.band for r in self.reminders)
        return {band: found[band] for band, _ in BANDS}

    @property
    def handed_in(self) -> int:
        """Count the sources that handed in the month's leaver list."""
        return sum(not cell.missing for cell in self.leaver_lists)

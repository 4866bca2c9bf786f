"""The steps a policy asks for when somebody joins, moves or leaves, or a group is made or ended."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from wxadmin.domain.frozen import dataclass

PROOFS: Final = frozenset(
    {
        "none",
        "on_roster",
        "one_account",
        "form_drafted",
        "form_signed",
        "form_mailed",
        "form_filed",
        "account_open",
        "in_directory",
        "directory_current",
        "groups_joined",
        "groups_left",
        "groups_reviewed",
        "no_owned_groups",
        "no_admin_groups",
        "no_admin_numbers",
        "account_closed",
        "account_disposed",
        "directory_removed",
        "leaver_list_settled",
        "register_current",
        "group_owned",
        "group_has_number",
        "group_registered",
        "group_checked",
        "group_dissolved",
        "number_released",
        "holdings_listed",
    }
)
"""What in the register can prove a step done."""

SUBJECTS: Final = frozenset({"person", "group"})
NOT_ASKED: Final = "不适用（本制度未要求）"


@dataclass(frozen=True, slots=True)
class DueRule:
    """When a step is due: days after day 0, the month's end, or days that a setting holds."""

    days: int = 0
    month_end: bool = False
    setting: str = ""

    def due_on(self, day_zero: date, days_of: Callable[[str], int]) -> date:
        """The due date; `days_of` looks a setting up."""
        if self.month_end:
            last = calendar.monthrange(day_zero.year, day_zero.month)[1]
            return day_zero.replace(day=last)
        days = days_of(self.setting) if self.setting else self.days
        return day_zero + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `short` is its grid head: two words parted by a blank.

    `required` says whether the policy asks for it; the others start as 不适用（本制度未要求）.
    `blocking` cannot be waived. `needs_leaver` needs the leaver's own hand, so it offers 单方办理.
    """

    no: int
    short: str
    title: str
    text: str
    role: str
    due: DueRule
    source: str
    required: bool
    blocking: bool = False
    proof: str = "none"
    needs_leaver: bool = False
    prerequisites: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChecklistTemplate:
    """A checklist as the policy has it; `subject` is person or group."""

    id: str
    title: str
    subject: str
    day_zero: str
    trigger: str
    steps: tuple[Step, ...]

    def step(self, no: int) -> Step:
        """The step of that number; KeyError if there is none."""
        for step in self.steps:
            if step.no == no:
                return step
        raise KeyError(no)

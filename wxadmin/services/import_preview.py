"""What passes between reading a list, planning it and applying it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wxadmin.domain import import_plan as plans
from wxadmin.domain.change import AnyChange
from wxadmin.domain.consequences import Consequence
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.import_plan import Plan
from wxadmin.domain.organisation import HrSource
from wxadmin.domain.roster_row import Answers
from wxadmin.domain.sheet_table import ParsedTable, Table
from wxadmin.storage.numbers import IdSource

if TYPE_CHECKING:
    from wxadmin.services.import_ahead import Ahead


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read: its table, its good rows, and what kind of list it is.

    `mapping` is what the user said of its columns; it is remembered when the list is taken in.
    """

    path: Path
    table: Table
    parsed: ParsedTable
    mapping: tuple[tuple[str, str], ...] = ()
    ahead: Ahead | None = field(default=None, repr=False, compare=False)

    @property
    def kind(self) -> str:
        """Return the kind of list (roster, leavers, wecom, members)."""
        return self.table.kind


@dataclass(frozen=True, slots=True)
class Said:
    """What the user said about a list: whose it is, of which month, whether it names everyone,
    which group's members it holds, and the day these were written down (None: today)."""

    source: str = ""
    month: str = ""
    complete: bool = False
    answers: Answers = field(default_factory=Answers)
    group: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan ready to be looked at, struck out in part, and applied.

    `freed` are changes of accounts whose mobile number went to somebody else, by line; `records`
    what a line of an address book or member list writes. `tally` counts what only that kind of
    list has (match states, members of a group).
    """

    reading: Reading
    said: Said
    source: HrSource
    plan: Plan
    consequences: Mapping[str, Consequence]
    ids: IdSource
    issued_on: date
    freed: Mapping[str, tuple[AnyChange, ...]] = field(default_factory=dict)
    records: Mapping[str, tuple[AnyChange, ...]] = field(default_factory=dict)
    tally: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stopped_by(self) -> str:
        """Return why it may not be applied yet: "disputed", "brake", or "" for nothing."""
        if self.plan.undecided:
            return "disputed"
        return "brake" if self.plan.brake else ""

    def totals(self) -> dict[str, int]:
        """Count what the plan sets in motion."""
        found = self.consequences.values()
        groups = {group for c in found for group in (*c.joins, *c.leaves)}
        return {
            "checklists": len(found),
            "forms": sum(c.form for c in found),
            "orders": len(groups),
        }

    def results(self) -> dict[int, str]:
        """Say in a word what became of every row, for HR's own file back."""
        said = {p.row: f"未处理：{p.reason}" for p in self.plan.problems if p.row}
        for line in self.plan.lines:
            if line.row and line.row not in said:
                said[line.row] = line.question if line.kind == plans.DISPUTED else line.kind
        return said


@dataclass(frozen=True, slots=True)
class Struck:
    """What was struck out of a preview: whole lines, or single consequences of a line."""

    lines: frozenset[str] = frozenset()
    consequences: frozenset[tuple[str, str]] = frozenset()

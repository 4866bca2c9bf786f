"""三方核对 as it is shown: findings as items, one line a person, the ages of the lists."""

from __future__ import annotations

from datetime import date

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.reconciliation_finding import Finding
from wxadmin.domain.wecom import Mark


@dataclass(frozen=True, slots=True)
class Item:
    """One finding as it is shown: the three sides, why, and the acts that settle it.

    `under_way` is the number of the order or the form that was issued for it already.
    """

    kind: str
    emp_no: str
    name: str
    group: str
    field: str
    register: str
    wecom: str
    hr: str
    reason: str
    label: str
    winner: str
    org_unit: str
    acts: tuple[str, ...]
    finding: Finding
    mark: Mark | None = None
    side: str = ""
    under_way: str = ""

    @property
    def group_shown(self) -> str:
        """Return the group with its side, where the console and the phone have one of that name."""
        return f"{self.group}（{self.side}）" if self.side else self.group


@dataclass(frozen=True, slots=True)
class Line:
    """One person with everything found; the weightiest first, the rest folds out beneath it."""

    key: str
    person_id: int | None
    emp_no: str
    name: str
    org_unit: str
    kind: str
    items: tuple[Item, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of finding, for filters."""
        return frozenset(item.kind for item in self.items)


@dataclass(frozen=True, slots=True)
class Age:
    """How fresh a list is. `days` is None for one that was never taken; `old` by policy."""

    side: str
    name: str
    on: date | None
    days: int | None
    old: bool = False
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class WrongHr:
    """A value of HR's that somebody marked as wrong, until HR mends it."""

    mark: Mark
    person_id: int
    emp_no: str
    name: str
    field: str
    label: str
    hr: str
    right: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The whole picture. `summary` counts findings by kind; `ok` counts people without any."""

    lines: tuple[Line, ...]
    set_aside: tuple[Item, ...]
    wrong_hr: tuple[WrongHr, ...]
    ages: tuple[Age, ...]
    summary: dict[str, int]

    @property
    def items(self) -> list[Item]:
        """Return all findings, person by person."""
        return [item for line in self.lines for item in line.items]

    @property
    def findings(self) -> list[Finding]:
        """Return the bare findings, as settling takes them."""
        return [item.finding for item in self.items]

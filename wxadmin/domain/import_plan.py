"""What a list from HR would do, line by line: the plan that is previewed, struck out, applied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import Problem
from wxadmin.domain.person import Employee

NEW = "新增"
CHANGED = "变更"
UNCHANGED = "不变"
LEFT = "离职"
RETURNED = "撤销离职"
DISPUTED = "待确认"
SKIPPED = "以后再说"

ONBOARDING = "onboarding"
TRANSFER = "transfer"
OFFBOARDING = "offboarding"

NEW_PERSON = "new"
LATER = "skip"

RENAME, MERGE, MOVE = "rename", "merge", "move"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in the register a disputed row may mean."""

    employee_id: int
    emp_no: str
    name: str
    org_unit: str
    position: str
    mobile: str
    hire_date: date | None
    likely: bool = False

    @property
    def answer(self) -> str:
        """Return the answer that means this very person: two plants may both have a 工号 12."""
        return person_answer(self.employee_id)


def person_answer(employee_id: int) -> str:
    """Return the answer to a disputed row that names a person beyond doubt."""
    return f"#{employee_id}"


def outsider_answer(org: str, brought_by: str = "") -> str:
    """Return the answer to a disputed row of a member list that says: somebody of that company."""
    return f"{NEW_PERSON}:{org.strip().replace('/', '／')}/{brought_by.strip()}"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list, or (`row` 0) one person the list does not name any more.

    `sets_off` names the checklist it would start; `entry` is known from the record.
    `answers` are what a disputed line may be answered with, besides a candidate's 工号.
    """

    row: int
    kind: str
    name: str
    emp_no: str = ""
    change: Change[Employee] | None = None
    sets_off: str = ""
    event_on: date | None = None
    moved: bool = False
    why: str = ""
    question: str = ""
    candidates: tuple[Candidate, ...] = ()

    @property
    def key(self) -> str:
        """Return what names the line when it is struck out: its row, or the person's 工号."""
        return str(self.row) if self.row else f"-{self.emp_no}"

    @property
    def employee_id(self) -> int | None:
        """Return the person concerned, None while that is disputed."""
        return None if self.change is None else self.change.record.id


@dataclass(frozen=True, slots=True)
class UnitQuestion:
    """Nearly all people of a unit turn up in another: renamed, merged, or truly moved?"""

    old_id: int
    old: str
    new: str
    people: int
    of: int
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Brake:
    """The plan would end or move more people than the policy allows without a second look."""

    people: int
    percent: int
    limit: int
    limit_percent: int

    @property
    def sentence(self) -> str:
        """Return what is shown above the preview."""
        over = f"超过{self.limit}人" if self.people > self.limit else f"超过{self.limit_percent}%"
        return f"本次涉及{self.people}人离职或调动，{over}，已暂停。请看是否选错文件，或部门更名。"


@dataclass(slots=True)
class Plan:
    """A whole plan. `organisation` are new units, posts and sources the lines refer to;
    `records` what is kept of the list itself. Nothing is written until it is applied."""

    kind: str
    lines: list[Line] = field(default_factory=list)
    organisation: list[AnyChange] = field(default_factory=list)
    records: list[AnyChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    units_asked: list[UnitQuestion] = field(default_factory=list)
    titles_asked: list[str] = field(default_factory=list)
    brake: Brake | None = None
    first: bool = False
    answered: set[int] = field(default_factory=set)
    """The rows an answer decided; an answer to any other row changed nothing."""

    def of_kind(self, kind: str) -> list[Line]:
        """Return the lines of one kind."""
        return [line for line in self.lines if line.kind == kind]

    def count(self, kind: str) -> int:
        """Count the lines of one kind."""
        return sum(line.kind == kind for line in self.lines)

    @property
    def undecided(self) -> int:
        """Count what a person still has to decide before the plan can be applied."""
        return self.count(DISPUTED) + sum(not q.answer for q in self.units_asked)

    def people_changes(self, struck: Iterable[str] = ()) -> list[Change[Employee]]:
        """Return what the lines do to people, without those struck out."""
        out = set(struck)
        return [
            line.change
            for line in self.lines
            if line.change is not None and line.kind != UNCHANGED and line.key not in out
        ]

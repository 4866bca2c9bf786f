"""What one row of a roster makes of a person: a new one, or a known one with what differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, timedelta
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from wxadmin.domain import import_plan as plans
from wxadmin.domain.change import Change
from wxadmin.domain.errors import Problem
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.import_plan import Line, Plan
from wxadmin.domain.organisation import HrSource
from wxadmin.domain.person import AS_FOUND, AS_JOINER, Employee
from wxadmin.domain.roster_match import Keys, renamed
from wxadmin.domain.roster_units import PostFinder, UnitFinder
from wxadmin.domain.unit_succession import MOVING
from wxadmin.domain.words import field_label

# columns of a list that become fields of a person as they stand
PLAIN_FIELDS = (
    "region",
    "employment_type",
    "hire_date",
    "leave_date",
    "leave_type",
    "contract_end",
    "mobile",
    "company_email",
    "personal_wechat",
    "telephone",
    "id_no",
    "superior",
    "remark",
)
LEAVING = frozenset({"leave_date", "leave_type"})  # blank for everybody who stays
REHIRED = "离职后重新入职"
KEPT = "表里是空的，登记的内容保留不变"


@dataclass(frozen=True, slots=True)
class RosterPolicy:
    """The numbers of the policy that a roster plan needs."""

    joiner_window_days: int
    brake_count: int
    brake_percent: int
    rename_percent: int
    rename_people: int
    transfer_days: int
    service_states: frozenset[str] = frozenset()
    gone_states: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person decided about this plan: rows, units, titles."""

    rows: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roster:
    """A list as it was read: whose, of which day, whether it names everyone."""

    fields: Sequence[str]
    rows: Sequence[tuple[int, tuple[Any, ...]]]
    source: HrSource
    issued_on: date
    complete: bool
    first: bool
    skipped: frozenset[str] = frozenset()
    """工号 and names of rows that were refused: their people are not missing."""
    sources: Mapping[str, int] = field(default_factory=dict)
    """The HR sources by name, where a column says of every row whose it is."""


class Placed(NamedTuple):
    """Unit, post and state as a row names them, and which of unit and post it leaves blank."""

    fields: Mapping[str, Any]
    gone: bool
    blank: tuple[str, ...]


class RowReader:
    """Reads the rows of one roster against people; what it doubts goes into the plan."""

    def __init__(
        self,
        roster: Roster,
        units: UnitFinder,
        posts: PostFinder,
        policy: RosterPolicy,
        plan: Plan,
    ) -> None:
        self._roster = roster
        self._units = units
        self._posts = posts
        self._policy = policy
        self._plan = plan
        at = {name: index for index, name in enumerate(roster.fields)}
        self._plain = [(name, at[name]) for name in PLAIN_FIELDS if name in at]
        self._plain_names = [name for name, _ in self._plain]
        self._cells_of = _getter(itemgetter, [index for _, index in self._plain])
        self._held_by = _getter(attrgetter, self._plain_names)
        self._unit_at = at.get("org_unit")
        self._post_at = at.get("position")
        self._status_at = at.get("status")
        self._hired_at = at.get("hire_date")
        self._source_at = at.get("hr_source") if roster.sources else None
        places = (self._unit_at, self._post_at, self._status_at)
        self._placing = _getter(itemgetter, [place for place in places if place is not None])
        self._places: dict[tuple[Any, ...], Placed] = {}
        self._window = roster.issued_on - timedelta(days=policy.joiner_window_days)

    def unit(self, values: tuple[Any, ...]) -> int | None:
        """Return the unit a row names."""
        return None if self._unit_at is None else self._units.find(values[self._unit_at] or "")

    def named_source(self, values: tuple[Any, ...]) -> int | None:
        """Return the HR source a row itself names; None where it names none that is known."""
        if self._source_at is None:
            return None
        return self._roster.sources.get(values[self._source_at] or "")

    def hired(self, values: tuple[Any, ...]) -> date | None:
        """Return the day a row says somebody was hired."""
        return None if self._hired_at is None else values[self._hired_at]

    def says_nothing_new(self, values: tuple[Any, ...], person: Employee) -> bool:
        """Say whether a row names a unit and holds in no cell what the register does not."""
        if self.unit(values) is None or self._says_left(values):
            return False
        plain = all(not values[i] or values[i] == getattr(person, n) for n, i in self._plain)
        return plain and all(
            value == getattr(person, name) for name, value in self._placed(values).fields.items()
        )

    def _placed(self, values: tuple[Any, ...]) -> Placed:
        """Return unit and post as a row names them; rows of the same words share one answer."""
        named = self._placing(values)
        found = self._places.get(named)
        if found is None:
            found = self._places[named] = self._place(values)
        return found

    def _place(self, values: tuple[Any, ...]) -> Placed:
        found: dict[str, Any] = {}
        unit = self.unit(values)
        if unit is not None:
            found["org_unit_id"] = unit
        post = self._post_at is not None and self._posts.find(values[self._post_at] or "")
        if post:
            found["position_id"] = post
        status = None if self._status_at is None else values[self._status_at]
        if status in self._policy.service_states:
            found["status"] = status
        columns = (("org_unit_id", self._unit_at), ("position_id", self._post_at))
        blank = tuple(name for name, at in columns if at is not None and not values[at])
        return Placed(found, status in self._policy.gone_states, blank)

    # -- somebody new -----------------------------------------------------------------------------
    def new(
        self, row: int, values: tuple[Any, ...], person_id: int, emp_no: str, name: str, pinyin: str
    ) -> Line:
        """Return the line of a person the register does not have: a joiner, or 历史导入."""
        wanted = {key: values[index] for key, index in self._plain if values[index]}
        placed = self._placed(values)
        wanted |= placed.fields
        if placed.gone:
            wanted.setdefault("leave_date", self._roster.issued_on)
        joins = self._is_joiner(wanted.get("hire_date")) and "leave_date" not in wanted
        entry = AS_JOINER if joins else AS_FOUND
        source = self.named_source(values) or self._roster.source.id
        person = Employee(person_id, emp_no, name, pinyin, source, entry=entry, **wanted)
        return Line(
            row,
            plans.NEW,
            name,
            emp_no,
            Change(None, person),
            plans.ONBOARDING if joins else "",
            person.hire_date,
            why="" if joins or self._roster.first else AS_FOUND,
        )

    def _is_joiner(self, hired: date | None) -> bool:
        return not self._roster.first and hired is not None and hired >= self._window

    # -- somebody known ---------------------------------------------------------------------------
    def known(
        self, row: int, values: tuple[Any, ...], keys: Keys, person: Employee, why: str, pinyin: str
    ) -> Line:
        """Return the line of a person the register has; a blank never erases what it holds.

        `why` says that he comes over from another source.
        """
        wanted = self._differences(row, values, person)
        if keys.emp_no and keys.emp_no != person.emp_no and not _lost_zeros(keys, person):
            wanted["emp_no"] = keys.emp_no
        named = self.named_source(values)
        if why or (person.hr_source_id is None and (named or self._source_at is None)):
            wanted["hr_source_id"] = named or self._roster.source.id
        if person.leave_date is not None and not self._says_left(values):
            why = self._returned(row, values, person, wanted, why)
        if not wanted and keys.name == person.name:
            return Line(row, plans.UNCHANGED, person.name, person.emp_no, Change(person, person))
        after = replace(renamed(person, keys.name), **wanted)
        if after.name != person.name:
            after = replace(after, pinyin=pinyin)
        if after == person:  # the source was known, though not written down
            return Line(row, plans.UNCHANGED, person.name, person.emp_no, Change(person, person))
        return self._changed(row, person, after, why)

    def _differences(self, row: int, values: tuple[Any, ...], person: Employee) -> dict[str, Any]:
        wanted: dict[str, Any] = {}
        for name, value, held in zip(
            self._plain_names, self._cells_of(values), self._held_by(person), strict=True
        ):
            if value == held:
                continue
            if value:
                wanted[name] = value
            elif held and name not in LEAVING:
                self._warn(row, name, KEPT, person)
        placed = self._placed(values)
        if placed.gone and person.leave_date is None:
            wanted.setdefault("leave_date", self._roster.issued_on)
        for name, to in placed.fields.items():
            if to != getattr(person, name):
                wanted[name] = to
        for name in placed.blank:
            if getattr(person, name):
                self._warn(row, name, KEPT, person)
        return wanted

    def _says_left(self, values: tuple[Any, ...]) -> bool:
        status = None if self._status_at is None else values[self._status_at]
        dated = any(name == "leave_date" and values[index] for name, index in self._plain)
        return dated or status in self._policy.gone_states

    def _returned(
        self,
        row: int,
        values: tuple[Any, ...],
        person: Employee,
        wanted: dict[str, Any],
        why: str,
    ) -> str:
        """Take back in who was hired again; of who is only still listed, say so."""
        left, hired = person.leave_date, self.hired(values)
        assert left is not None
        again = hired is not None and hired > left
        if again or why:
            wanted |= {"leave_date": None, "leave_type": ""}
            wanted["entry"] = AS_JOINER if self._is_joiner(hired) else person.entry
        elif left <= self._roster.issued_on:
            reason = f"登记已于 {left} 离职，名单里仍列着，没有改动；请与人事核对"
            self._warn(row, "leave_date", reason, person)
        return why or (REHIRED if again else "")

    def _warn(self, row: int, name: str, reason: str, person: Employee) -> None:
        label = field_label(Employee.kind, name)
        self._plan.warnings.append(Problem(row, "", label, "", reason, person.emp_no))

    def _changed(self, row: int, before: Employee, after: Employee, why: str) -> Line:
        change = Change(before, after)
        kind, sets_off, event_on = plans.CHANGED, "", self._roster.issued_on
        moved = False
        if before.leave_date is None and after.leave_date is not None:
            kind, sets_off, event_on = plans.LEFT, plans.OFFBOARDING, after.leave_date
        elif why == REHIRED:
            sets_off = plans.ONBOARDING if self._is_joiner(after.hire_date) else ""
            event_on = after.hire_date or event_on
        elif after.leave_date is None:
            moved = any(getattr(before, name) != getattr(after, name) for name in MOVING)
            sets_off = plans.TRANSFER if moved else ""
        return Line(row, kind, after.name, after.emp_no, change, sets_off, event_on, moved, why)


def _getter(kind: Callable[..., Any], wanted: Sequence[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what takes several items or attributes at once, always as a tuple."""
    if len(wanted) > 1:
        many: Callable[[Any], tuple[Any, ...]] = kind(*wanted)
        return many
    one = [kind(each) for each in wanted]
    return lambda thing: tuple(get(thing) for get in one)


def _lost_zeros(keys: Keys, person: Employee) -> bool:
    """Say whether the list's number is the register's without its leading zeros."""
    held = person.emp_no
    return held.isdigit() and held != keys.emp_no and held.lstrip("0") == keys.emp_no

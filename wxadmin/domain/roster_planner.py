"""Draw up what a roster would do: who is new, changed, gone, and whom somebody must decide on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from wxadmin.domain import import_plan as plans
from wxadmin.domain.change import Change
from wxadmin.domain.errors import Problem
from wxadmin.domain.import_plan import Brake, Line, Plan, UnitQuestion
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import HrSource, OrgUnit, Position
from wxadmin.domain.person import AS_FOUND, AS_JOINER, Employee
from wxadmin.domain.roster_match import PROVISIONAL, Keys, Match, People, as_candidate, renamed
from wxadmin.domain.roster_units import PostFinder, UnitFinder

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
MOVING = frozenset({"org_unit_id", "position_id", "region"})


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


class RosterPlanner:
    """Builds one plan. `new_id` draws ids; `pinyin` reads a name for search and sorting."""

    def __init__(
        self,
        roster: Roster,
        people: Iterable[Employee],
        userids: Mapping[str, int],
        tree: OrgTree,
        positions: Mapping[int, Position],
        units: UnitFinder,
        posts: PostFinder,
        policy: RosterPolicy,
        answers: Answers,
        new_id: Callable[[], int],
        provisional: Callable[[], str],
        pinyin: Callable[[str], str],
    ) -> None:
        self._roster = roster
        self._tree = tree
        self._positions = positions
        self._units = units
        self._posts = posts
        self._policy = policy
        self._answers = answers
        self._new_id = new_id
        self._provisional = provisional
        self._pinyin = pinyin
        self._covered_units = {
            unit for top in roster.source.covers if top in tree.units for unit in tree.below(top)
        }
        self._people = People(people, userids, roster.source.id, self._covered_units)
        self._at = {name: index for index, name in enumerate(roster.fields)}
        self._plain = [(n, self._at[n]) for n in PLAIN_FIELDS if n in self._at]
        self._linked: dict[int, int] = {}
        self._plan = Plan("roster", first=roster.first)

    def plan(self) -> Plan:
        """Return the plan of all rows."""
        add = self._plan.lines.append
        for row, values in self._roster.rows:
            add(self._line(row, values))
        if self._roster.complete and not self._roster.first:
            self._plan.lines += self._missing()
        renamed_units = self._ask_about_units()
        self._plan.organisation = [
            *self._units.changes(renamed_units.made),
            *self._posts.changes(),
            *renamed_units.changes,
        ]
        self._plan.titles_asked = self._posts.asked()
        self._plan.brake = self._brake()
        return self._plan

    # -- one row ---------------------------------------------------------------------------------
    def _value(self, values: tuple[Any, ...], name: str) -> Any:
        index = self._at.get(name)
        return values[index] if index is not None else None

    def _keys(self, values: tuple[Any, ...]) -> Keys:
        value = self._value
        return Keys(
            value(values, "name") or "",
            value(values, "emp_no") or "",
            value(values, "wecom_userid") or "",
            value(values, "mobile") or "",
            value(values, "id_no") or "",
        )

    def _line(self, row: int, values: tuple[Any, ...]) -> Line:
        keys = self._keys(values)
        answer = self._answers.rows.get(row)
        if answer == plans.LATER:
            return Line(row, plans.SKIPPED, keys.name, keys.emp_no)
        match = self._people.match(keys)
        if match.disputed or match.from_source is not None:
            return self._ask(row, values, keys, match, answer)
        if match.person is None:
            return self._new(row, values, keys)
        return self._known(row, values, keys, match.person)

    def _ask(
        self, row: int, values: tuple[Any, ...], keys: Keys, match: Match, answer: str | None
    ) -> Line:
        """Return a disputed row, or what the answer makes of it."""
        candidates = match.candidates or ((match.person,) if match.person else ())
        if answer == plans.NEW_PERSON:
            return self._new(row, values, keys)
        for person in candidates:
            if answer and answer == person.emp_no:
                return self._known(row, values, keys, person)
        transferred = match.from_source is not None and self._is_transfer(
            match.person, self._value(values, "hire_date")
        )
        if transferred and match.person is not None:
            return self._known(row, values, keys, match.person, why="调动：原单位离职，本单位入职")
        question = match.question or "姓名和手机号相同，但在另一个人事来源在册，是同一人吗？"
        unit = self._units.find(self._value(values, "org_unit") or "")
        shown = tuple(
            as_candidate(p, self._tree, self._positions, likely=_near(p, keys, unit))
            for p in candidates
        )
        return Line(
            row, plans.DISPUTED, keys.name, keys.emp_no, question=question, candidates=shown
        )

    def _is_transfer(self, person: Employee | None, hired: date | None) -> bool:
        if person is None or person.leave_date is None:
            return False
        start = hired or self._roster.issued_on
        return abs((start - person.leave_date).days) <= self._policy.transfer_days

    # -- what a row makes of a person ------------------------------------------------------------
    def _wanted(self, row: int, values: tuple[Any, ...], person: Employee) -> dict[str, Any]:
        """Return the fields the row sets; a blank never erases what the register holds."""
        wanted: dict[str, Any] = {}
        for name, index in self._plain:
            value = values[index]
            if value:
                wanted[name] = value
            elif getattr(person, name):
                self._blank(row, name, person)
        unit = self._units.find(self._value(values, "org_unit") or "")
        if unit is not None:
            wanted["org_unit_id"] = unit
        post = self._posts.find(self._value(values, "position") or "")
        if post is not None:
            wanted["position_id"] = post
        status = self._value(values, "status")
        if status in self._policy.service_states:
            wanted["status"] = status
        elif status in self._policy.gone_states and not wanted.get("leave_date"):
            wanted["leave_date"] = person.leave_date or self._roster.issued_on
        return wanted

    def _blank(self, row: int, name: str, person: Employee) -> None:
        self._plan.warnings.append(
            Problem(row, "", name, "", "表里是空的，登记的内容保留不变", person.emp_no)
        )

    def _new(self, row: int, values: tuple[Any, ...], keys: Keys) -> Line:
        person = Employee(
            self._new_id(),
            keys.emp_no or self._provisional(),
            keys.name,
            self._pinyin(keys.name),
            self._roster.source.id,
        )
        wanted = self._wanted(row, values, person)
        joins = self._is_joiner(wanted.get("hire_date")) and "leave_date" not in wanted
        entry = AS_JOINER if joins else AS_FOUND
        person = replace(person, entry=entry, **wanted)
        return Line(
            row,
            plans.NEW,
            person.name,
            person.emp_no,
            Change(None, person),
            plans.ONBOARDING if joins else "",
            person.hire_date,
            why="" if joins or self._roster.first else AS_FOUND,
        )

    def _is_joiner(self, hired: date | None) -> bool:
        if self._roster.first or hired is None:
            return False
        return hired >= self._roster.issued_on - timedelta(days=self._policy.joiner_window_days)

    def _known(
        self, row: int, values: tuple[Any, ...], keys: Keys, person: Employee, why: str = ""
    ) -> Line:
        if person.id in self._linked:
            return self._twice(row, keys, person)
        self._linked[person.id] = row
        wanted = self._wanted(row, values, person)
        if keys.emp_no and keys.emp_no != person.emp_no:
            wanted["emp_no"] = keys.emp_no
        if why or person.hr_source_id is None:
            wanted["hr_source_id"] = self._roster.source.id
        if why and "leave_date" not in wanted:
            wanted |= {"leave_date": None, "leave_type": ""}
        after = replace(renamed(person, keys.name), **wanted)
        if after.name != person.name:
            after = replace(after, pinyin=self._pinyin(after.name))
        if after == person:
            return Line(row, plans.UNCHANGED, person.name, person.emp_no, Change(person, person))
        return self._changed(row, person, after, why)

    def _changed(self, row: int, before: Employee, after: Employee, why: str) -> Line:
        change = Change(before, after)
        leaves = before.leave_date is None and after.leave_date is not None
        if leaves:
            return Line(
                row,
                plans.LEFT,
                after.name,
                after.emp_no,
                change,
                plans.OFFBOARDING,
                after.leave_date,
                why=why,
            )
        moved = any(d.name in MOVING for d in change.differences()) and after.leave_date is None
        return Line(
            row,
            plans.CHANGED,
            after.name,
            after.emp_no,
            change,
            plans.TRANSFER if moved else "",
            self._roster.issued_on,
            moved,
            why,
        )

    def _twice(self, row: int, keys: Keys, person: Employee) -> Line:
        reason = f"与第{self._linked[person.id]}行是同一个人（{person.emp_no} {person.name}）"
        self._plan.problems.append(
            Problem(row, "", "工号", keys.emp_no, reason, keys.emp_no or None, skips=True)
        )
        return Line(row, plans.SKIPPED, keys.name, keys.emp_no)

    # -- the whole -------------------------------------------------------------------------------
    def _missing(self) -> list[Line]:
        """Return the people of this source the list does not name: proposed as leavers."""
        named = {line.employee_id for line in self._plan.lines}
        asked = {c.employee_id for line in self._plan.lines for c in line.candidates}
        lines = []
        for person in self._people.by_id.values():
            if person.id in named or person.id in asked or not self._is_ours(person):
                continue
            if person.leave_date is not None or {person.emp_no, person.name} & self._roster.skipped:
                continue
            after = replace(person, leave_date=self._roster.issued_on)
            lines.append(
                Line(
                    0,
                    plans.LEFT,
                    person.name,
                    person.emp_no,
                    Change(person, after),
                    plans.OFFBOARDING,
                    self._roster.issued_on,
                    why="全员名单中没有此人",
                )
            )
        return lines

    def _is_ours(self, person: Employee) -> bool:
        if self._covered_units and person.org_unit_id not in self._covered_units:
            return False
        return person.hr_source_id == self._roster.source.id or bool(self._covered_units)

    def _brake(self) -> Brake | None:
        policy = self._policy
        people = sum(line.kind == plans.LEFT or line.moved for line in self._plan.lines)
        staff = sum(
            person.leave_date is None
            for person in self._people.by_id.values()
            if self._is_ours(person)
        )
        percent = people * 100 // staff if staff else 0
        if people > policy.brake_count or percent > policy.brake_percent:
            return Brake(people, percent, policy.brake_count, policy.brake_percent)
        return None

    # -- a unit under another name ---------------------------------------------------------------
    def _ask_about_units(self) -> UnitAnswers:
        """Ask where nearly all of a unit turn up in one other unit; do what was answered."""
        moves: dict[int, Counter[int]] = defaultdict(Counter)
        for line in self._plan.lines:
            if line.moved and line.change and line.change.before and line.change.after:
                old, new = line.change.before.org_unit_id, line.change.after.org_unit_id
                if old is not None and new is not None and old != new:
                    moves[old][new] += 1
        staff = Counter(p.org_unit_id for p in self._people.by_id.values() if p.leave_date is None)
        answered = UnitAnswers()
        for old, targets in moves.items():
            new, people = targets.most_common(1)[0]
            few = people < self._policy.rename_people
            if few or people * 100 < staff[old] * self._policy.rename_percent:
                continue
            answer = self._answers.units.get(old, "")
            self._plan.units_asked.append(
                UnitQuestion(
                    old, self._units.text(old), self._units.text(new), people, staff[old], answer
                )
            )
            if answer in {plans.RENAME, plans.MERGE}:
                self._same_unit(old, new, answer, answered)
        return answered

    def _same_unit(self, old: int, new: int, answer: str, answered: UnitAnswers) -> None:
        """Take the move of a whole unit as its new name: no checklists, the old name an alias."""
        unit = self._tree.units[old]
        made = self._units.made.get(new)
        if answer == plans.RENAME and made is not None:
            target, known_as = old, (*unit.aliases, unit.name)
            renamed_unit = replace(unit, name=made.name, parent_id=made.parent_id, aliases=known_as)
            answered.changes.append(Change(unit, renamed_unit))
            answered.made.add(new)
        else:
            target, into = new, made or self._tree.units[new]
            merged = replace(into, aliases=(*into.aliases, unit.name))
            answered.changes.append(Change(unit, replace(unit, active=False)))
            if made is None:
                answered.changes.append(Change(into, merged))
            else:
                self._units.made[new] = merged
        for index, line in enumerate(self._plan.lines):
            if line.change and line.change.before and line.change.before.org_unit_id == old:
                self._plan.lines[index] = _unmoved(line, new, target)


@dataclass(slots=True)
class UnitAnswers:
    """What answers about units change, and which new units are no new units after all."""

    changes: list[Change[OrgUnit]] = field(default_factory=list)
    made: set[int] = field(default_factory=set)


def _unmoved(line: Line, new: int, target: int) -> Line:
    """Return a line of someone whose unit only changed its name."""
    change = line.change
    if change is None or change.before is None or change.after is None:
        return line
    if change.after.org_unit_id != new:
        return line
    after = replace(change.after, org_unit_id=target)
    rest = Change(change.before, after)
    moved = any(d.name in MOVING - {"org_unit_id"} for d in rest.differences())
    kind = plans.UNCHANGED if change.before == after else line.kind
    sets_off = line.sets_off if moved or line.kind == plans.LEFT else ""
    return replace(line, kind=kind, change=rest, moved=moved, sets_off=sets_off)


def _near(person: Employee, keys: Keys, unit: int | None) -> bool:
    """Say whether a candidate looks like the row: same unit, or nearly the same number."""
    if unit is not None and person.org_unit_id == unit:
        return True
    return bool(keys.mobile) and keys.mobile[:7] == person.mobile[:7]


__all__ = ["PROVISIONAL", "Answers", "Roster", "RosterPlanner", "RosterPolicy"]

"""Draw up what a roster would do: who is new, changed, gone, and whom somebody must decide on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from wxadmin.domain import import_plan as plans
from wxadmin.domain.change import Change
from wxadmin.domain.errors import Problem
from wxadmin.domain.import_plan import Brake, Line, Plan
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import Position
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_match import (
    KEY_FIELDS,
    PROVISIONAL,
    Keys,
    Match,
    People,
    as_candidate,
)
from wxadmin.domain.roster_row import Answers, Roster, RosterPolicy, RowReader
from wxadmin.domain.roster_units import PostFinder, UnitFinder
from wxadmin.domain.unit_succession import UnitSuccession

TRANSFERRED = "调动：原单位离职，本单位入职"
NOT_LISTED = "全员名单中没有此人"


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
        at = {name: index for index, name in enumerate(roster.fields)}
        self._keys_at = [at.get(name) for name in KEY_FIELDS]
        number_at = at.get("emp_no")
        self._listed = {v[number_at] for _, v in roster.rows if number_at is not None}
        source = roster.source.id
        self._people = People(people, userids, source, self._covered_units, self._listed)
        self._userids = userids
        self._of_source: dict[int, People] = {}
        self._linked: dict[int, int] = {}
        self._spared: set[int] = set()
        self._plan = Plan("roster", first=roster.first)
        self._read = RowReader(roster, units, posts, policy, self._plan)

    def plan(self) -> Plan:
        """Return the plan of all rows."""
        plan = self._plan
        plan.lines = [self._line(row, values) for row, values in self._roster.rows]
        if self._roster.complete and not self._roster.first:
            plan.lines += self._missing()
        succession = self._succession()
        plan.lines = succession.settle(plan.lines)
        plan.units_asked = succession.asked
        plan.organisation = [*succession.changes(), *self._posts.changes()]
        plan.titles_asked = self._posts.asked()
        plan.brake = self._brake()
        return plan

    # -- one row ---------------------------------------------------------------------------------
    def _line(self, row: int, values: tuple[Any, ...]) -> Line:
        keys = Keys(*[values[at] or "" if at is not None else "" for at in self._keys_at])
        answer = self._answers.rows.get(row)
        people = self._people_for(values) if self._roster.sources else self._people
        if not answer and (person := people.surely(keys.emp_no, keys.name)) is not None:
            return self._known(row, values, keys, person)
        match = people.match(keys)
        if answer == plans.LATER:
            self._spared |= {p.id for p in (match.person, *match.candidates) if p is not None}
            self._plan.answered.add(row)
            return Line(row, plans.SKIPPED, keys.name, keys.emp_no)
        if match.disputed or match.from_source is not None:
            return self._ask(row, values, keys, match, answer)
        if match.person is None:
            return self._new(row, values, keys)
        return self._known(row, values, keys, match.person)

    def _people_for(self, values: tuple[Any, ...]) -> People:
        """Return the people by the numbers of the source a row itself names."""
        source = self._read.named_source(values)
        if source is None:
            return self._people
        if source not in self._of_source:
            people = self._people.by_id.values()
            self._of_source[source] = People(people, self._userids, source, listed=self._listed)
        return self._of_source[source]

    def _ask(
        self, row: int, values: tuple[Any, ...], keys: Keys, match: Match, answer: str | None
    ) -> Line:
        """Return a disputed row, or what the answer makes of it."""
        candidates = match.candidates or ((match.person,) if match.person else ())
        if answer == plans.NEW_PERSON:
            self._plan.answered.add(row)
            return self._new(row, values, keys)
        comes_over = match.from_source is not None
        same = None if answer else self._same_without_number(values, keys, candidates)
        if same is not None:
            return self._known(row, values, keys, same)
        for person in candidates:
            if answer in {person.emp_no, plans.person_answer(person.id)}:
                self._plan.answered.add(row)
                return self._known(row, values, keys, person, TRANSFERRED if comes_over else "")
        if comes_over and self._is_transfer(match.person, self._read.hired(values)):
            assert match.person is not None
            return self._known(row, values, keys, match.person, TRANSFERRED)
        question = match.question or "姓名和手机号相同，但在另一个人事来源在册，是同一人吗？"
        unit = self._read.unit(values)
        shown = tuple(
            as_candidate(p, self._tree, self._positions, likely=_near(p, keys, unit))
            for p in candidates
        )
        return Line(
            row, plans.DISPUTED, keys.name, keys.emp_no, question=question, candidates=shown
        )

    def _same_without_number(
        self, values: tuple[Any, ...], keys: Keys, candidates: tuple[Employee, ...]
    ) -> Employee | None:
        """Return the one namesake HR never numbered of whom the row says nothing new.

        Linking him changes nothing, so that a list without numbers may be taken in again.
        """
        if keys.emp_no:
            return None
        found = [
            person
            for person in candidates
            if person.emp_no.startswith(PROVISIONAL)
            and person.hr_source_id in {self._roster.source.id, self._read.named_source(values)}
            and person.name == keys.name
            and self._read.says_nothing_new(values, person)
        ]
        return found[0] if len(found) == 1 else None

    def _is_transfer(self, person: Employee | None, hired: date | None) -> bool:
        if person is None or person.leave_date is None:
            return False
        start = hired or self._roster.issued_on
        return abs((start - person.leave_date).days) <= self._policy.transfer_days

    def _new(self, row: int, values: tuple[Any, ...], keys: Keys) -> Line:
        emp_no = keys.emp_no or self._provisional()
        return self._read.new(
            row, values, self._new_id(), emp_no, keys.name, self._pinyin(keys.name)
        )

    def _known(
        self, row: int, values: tuple[Any, ...], keys: Keys, person: Employee, why: str = ""
    ) -> Line:
        if person.id in self._linked:
            return self._twice(row, keys, person)
        self._linked[person.id] = row
        pinyin = person.pinyin if keys.name == person.name else self._pinyin(keys.name)
        return self._read.known(row, values, keys, person, why, pinyin)

    def _twice(self, row: int, keys: Keys, person: Employee) -> Line:
        reason = f"与第{self._linked[person.id]}行是同一个人（{person.emp_no} {person.name}）"
        self._plan.problems.append(
            Problem(row, "", "工号", keys.emp_no, reason, keys.emp_no or None, skips=True)
        )
        return Line(row, plans.SKIPPED, keys.name, keys.emp_no)

    # -- the whole -------------------------------------------------------------------------------
    def _missing(self) -> list[Line]:
        """Return the people of this source the list does not name: proposed as leavers."""
        spared = {line.employee_id for line in self._plan.lines} | self._spared
        spared |= {c.employee_id for line in self._plan.lines for c in line.candidates}
        on = self._roster.issued_on
        lines = []
        for person in self._people.by_id.values():
            if person.id in spared or person.leave_date is not None or not self._is_ours(person):
                continue
            if {person.emp_no, person.name} & self._roster.skipped:
                continue
            if person.hire_date is not None and person.hire_date > on:
                continue  # hired after the list was drawn up
            change = Change(person, _left(person, on))
            named = (person.name, person.emp_no)
            lines.append(Line(0, plans.LEFT, *named, change, plans.OFFBOARDING, on, why=NOT_LISTED))
        return lines

    def _is_ours(self, person: Employee) -> bool:
        if self._covered_units and person.org_unit_id not in self._covered_units:
            return False
        return person.hr_source_id == self._roster.source.id or bool(self._covered_units)

    def _brake(self) -> Brake | None:
        policy = self._policy
        people = sum(line.kind == plans.LEFT or line.moved for line in self._plan.lines)
        if not people:
            return None
        staff = sum(
            person.leave_date is None and self._is_ours(person)
            for person in self._people.by_id.values()
        )
        over_percent = bool(staff) and people * 100 > staff * policy.brake_percent
        if people > policy.brake_count or over_percent:
            percent = people * 100 // staff if staff else 0
            return Brake(people, percent, policy.brake_count, policy.brake_percent)
        return None

    def _succession(self) -> UnitSuccession:
        serving = (p.org_unit_id for p in self._people.by_id.values() if p.leave_date is None)
        return UnitSuccession(
            self._tree,
            self._units,
            Counter(serving),
            self._policy.rename_percent,
            self._policy.rename_people,
            self._answers.units,
        )


def _left(person: Employee, on: date) -> Employee:
    return replace(person, leave_date=on)


def _near(person: Employee, keys: Keys, unit: int | None) -> bool:
    """Say whether a candidate looks like the row: same unit, or nearly the same number."""
    if unit is not None and person.org_unit_id == unit:
        return True
    return bool(keys.mobile) and keys.mobile[:7] == person.mobile[:7]


__all__ = ["PROVISIONAL", "Answers", "Roster", "RosterPlanner", "RosterPolicy"]

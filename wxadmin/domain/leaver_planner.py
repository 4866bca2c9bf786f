"""Draw up what a monthly leaver list would do, and what a corrected one takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from wxadmin.domain import import_plan as plans
from wxadmin.domain.change import Change
from wxadmin.domain.errors import Problem
from wxadmin.domain.import_plan import Brake, Line, Plan
from wxadmin.domain.leavers import LeaverList, LeaverRow
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import HrSource, Position
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_match import Keys, Match, People, as_candidate

WITHDRAWN = "更正版中没有此人，撤销离职"
BY_HAND = "人工"
EARLIER = "补报：离职日期比登记的早"


@dataclass(frozen=True, slots=True)
class LeaverFile:
    """A leaver list as it was read: whose, of which month, and the file it came in.

    `earlier` are the rows of the version before, where this one corrects it; `sources` are the
    HR sources by name, where the list says of every row whose it is.
    """

    fields: Sequence[str]
    rows: Sequence[tuple[int, tuple[Any, ...]]]
    source: HrSource
    month: str
    file_name: str
    sha256: str
    provided_on: date
    default_date: date
    versions: Sequence[LeaverList] = ()
    earlier: Sequence[LeaverRow] = ()
    skipped: frozenset[str] = frozenset()
    """工号 and names of rows that were refused: their people are not withdrawn."""
    sources: Mapping[str, int] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Say whether this very file was taken in before."""
        return any(version.sha256 == self.sha256 for version in self.versions)


@dataclass(slots=True)
class LeaverPlanner:
    """Builds one plan; matching is that of rosters, and a name alone never links."""

    file: LeaverFile
    people: Iterable[Employee]
    userids: Mapping[str, int]
    tree: OrgTree
    positions: Mapping[int, Position]
    brake_count: int
    brake_percent: int
    answers: Mapping[int, str]
    new_id: Callable[[type], int]
    _at: dict[str, int] = field(init=False)
    _people: People = field(init=False)
    _of_source: dict[int, People] = field(init=False, default_factory=dict)
    _plan: Plan = field(init=False)
    _kept: list[LeaverRow] = field(init=False, default_factory=list)
    _list_id: int = field(init=False, default=0)
    _spared: set[int] = field(init=False, default_factory=set)
    _linked: dict[int, int] = field(init=False, default_factory=dict)

    def plan(self) -> Plan:
        """Return the plan of all rows, with the list itself as a record."""
        self._plan = Plan("leavers")
        self._at = {name: index for index, name in enumerate(self.file.fields)}
        covered = self.file.source.covers
        below = {u for top in covered if top in self.tree.units for u in self.tree.below(top)}
        self._people = People(self.people, self.userids, self.file.source.id, below)
        self._list_id = 0 if self.file.known else self.new_id(LeaverList)
        for row, values in self.file.rows:
            self._plan.lines.append(self._line(row, values))
        self._plan.lines += self._withdrawn()
        if not self.file.known:
            self._plan.records += [Change(None, record) for record in (self._list(), *self._kept)]
        self._plan.brake = self._brake()
        return self._plan

    def _list(self) -> LeaverList:
        last = max(self.file.versions, key=lambda v: v.version_no, default=None)
        return LeaverList(
            self._list_id,
            self.file.source.id,
            self.file.month,
            last.version_no + 1 if last else 1,
            self.file.file_name,
            self.file.sha256,
            self.file.provided_on,
            len(self.file.rows),
            last.id if last else None,
        )

    def _value(self, values: tuple[Any, ...], name: str) -> Any:
        index = self._at.get(name)
        return values[index] if index is not None else None

    def _line(self, row: int, values: tuple[Any, ...]) -> Line:
        value = self._value
        keys = Keys(
            value(values, "name") or "",
            value(values, "emp_no") or "",
            value(values, "wecom_userid") or "",
            value(values, "mobile") or "",
            value(values, "id_no") or "",
        )
        answer = self.answers.get(row)
        match = self._people_for(values).match(keys)
        if answer == plans.LATER:
            self._spared |= {p.id for p in (match.person, *match.candidates) if p is not None}
            self._plan.answered.add(row)
            return Line(row, plans.SKIPPED, keys.name, keys.emp_no)
        # somebody of another source may have come over from this one: that is for a human
        sure = match.person if match.from_source is None else None
        person = sure if sure is not None else self._answered(match, answer)
        if answer and sure is None and person is not None:
            self._plan.answered.add(row)
        if person is None and answer is None:
            person = self._decided(values, keys)
        if person is None and answer is None and self.file.known:
            return Line(row, plans.SKIPPED, keys.name, keys.emp_no)  # it was put off last time
        if person is None:
            return self._ask(row, keys, match)
        if person.id in self._linked:
            return self._twice(row, keys, person)
        self._linked[person.id] = row
        how = BY_HAND if sure is None else "工号" if keys.emp_no == person.emp_no else "手机"
        return self._leaver(row, values, person, how)

    def _people_for(self, values: tuple[Any, ...]) -> People:
        """Return the people by the numbers of the source a row itself names."""
        source = self.file.sources.get(self._value(values, "hr_source") or "")
        if source is None or source == self.file.source.id:
            return self._people
        if source not in self._of_source:
            self._of_source[source] = People(self._people.by_id.values(), self.userids, source)
        return self._of_source[source]

    def _twice(self, row: int, keys: Keys, person: Employee) -> Line:
        reason = f"与第{self._linked[person.id]}行是同一个人（{person.emp_no} {person.name}）"
        self._plan.problems.append(
            Problem(row, "", "工号", keys.emp_no, reason, person.emp_no, skips=True)
        )
        return Line(row, plans.SKIPPED, keys.name, keys.emp_no)

    def _answered(self, match: Match, answer: str | None) -> Employee | None:
        if not answer:
            return None
        people = self._people.by_id.values()
        named = [p for p in people if answer in {p.emp_no, plans.person_answer(p.id)}]
        shown = (*match.candidates, *((match.person,) if match.person else ()))
        pool = [p for p in shown if p in named] or named
        return pool[0] if len(pool) == 1 else None

    def _decided(self, values: tuple[Any, ...], keys: Keys) -> Employee | None:
        """Return whom she chose for the same row of the version before: she is not asked twice."""
        same = (keys.name, self._value(values, "leave_date"), self._value(values, "org_unit") or "")
        chosen = {
            row.employee_id
            for row in self.file.earlier
            if row.match_how == BY_HAND and (row.name, row.leave_date, row.org_text) == same
        }
        return self._people.by_id.get(chosen.pop() or 0) if len(chosen) == 1 else None

    def _ask(self, row: int, keys: Keys, match: Match) -> Line:
        known = (match.person,) if match.person is not None else match.candidates
        namesakes = known or tuple(self._people.same_name(keys.name))
        question = match.question or _question(keys, match, bool(namesakes))
        shown = tuple(as_candidate(p, self.tree, self.positions) for p in namesakes)
        return Line(
            row, plans.DISPUTED, keys.name, keys.emp_no, question=question, candidates=shown
        )

    def _leaver(self, row: int, values: tuple[Any, ...], person: Employee, how: str) -> Line:
        leave_date = self._value(values, "leave_date") or self._undated(row, person)
        leave_type = self._value(values, "leave_type") or person.leave_type
        if self._list_id:
            self._kept.append(
                LeaverRow(
                    self.new_id(LeaverRow),
                    self._list_id,
                    row,
                    person.name,
                    person.emp_no,
                    leave_date,
                    leave_type,
                    person.id,
                    how,
                    self._value(values, "org_unit") or "",
                )
            )
        after = replace(person, leave_date=leave_date, leave_type=leave_type)
        if after == person:
            return Line(row, plans.UNCHANGED, person.name, person.emp_no, Change(person, person))
        earlier = person.leave_date is not None and leave_date < person.leave_date
        first = person.leave_date is None
        return Line(
            row,
            plans.LEFT if first else plans.CHANGED,
            person.name,
            person.emp_no,
            Change(person, after),
            plans.OFFBOARDING,
            leave_date,
            why=EARLIER if earlier else "",
        )

    def _undated(self, row: int, person: Employee) -> date:
        """Return the day to take where the list gives none, with a warning."""
        known = person.leave_date or self.file.default_date
        self._plan.warnings.append(
            Problem(row, "", "离职日期", "", f"没有写离职日期，按 {known} 登记", person.emp_no)
        )
        return known

    def _withdrawn(self) -> list[Line]:
        """Return the people the version before named and this one does not."""
        if self.file.known:
            return []
        named = {line.employee_id for line in self._plan.lines} | self._spared
        asked = {c.employee_id for line in self._plan.lines for c in line.candidates}
        lines = []
        for row in self.file.earlier:
            person = self._people.by_id.get(row.employee_id or 0)
            if person is None or person.id in named | asked or person.leave_date is None:
                continue
            if {person.emp_no, person.name} & self.file.skipped:
                continue
            self._plan.records.append(Change(row, replace(row, withdrawn=True)))
            after = replace(person, leave_date=None, leave_type="")
            change = Change(person, after)
            lines.append(Line(0, plans.RETURNED, person.name, person.emp_no, change, why=WITHDRAWN))
        return lines

    def _brake(self) -> Brake | None:
        leaving = self._plan.count(plans.LEFT)
        staff = sum(
            p.leave_date is None and p.hr_source_id == self.file.source.id
            for p in self._people.by_id.values()
        ) or sum(p.leave_date is None for p in self._people.by_id.values())
        percent = leaving * 100 // staff if staff else 0
        if leaving > self.brake_count or leaving * 100 > staff * self.brake_percent:
            return Brake(leaving, percent, self.brake_count, self.brake_percent)
        return None


def _question(keys: Keys, match: Match, namesakes: bool) -> str:
    if match.from_source is not None:
        return "此人现属另一个人事来源，可能是调走而不是离职，请确认是否离职。"
    if namesakes:
        return f"工号 {keys.emp_no} 不在册，请看是否这位同名的人。"
    return "在册人员中找不到此人，请核对，或先跳过。"

"""What the group rules ask of people and units on one day, taken from the register in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from wxadmin.domain.account import CLOSED, LIVE, RECLAIMED, Account
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import (
    NOT_CARRIED_OUT,
    Group,
    GroupMapping,
    MemberException,
)
from wxadmin.domain.membership import (
    EXTRA,
    SECONDMENT,
    GroupRule,
    MobileMapping,
    PersonFacts,
    Post,
    RuleBook,
    SpecialCase,
)
from wxadmin.domain.membership_rule import NOBODY, Rule, rule_from_text
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import OrgUnit, Position, RosterIssue
from wxadmin.domain.person import Employee, ExtraPost, Secondment
from wxadmin.domain.policy_names import region_of
from wxadmin.domain.policy_settings import Scope, Value, resolve
from wxadmin.domain.unit_names import UnitNames
from wxadmin.services.workplace import Workplace

GONE_STATES = frozenset({"已解散", "已并入"})
_EMPLOYEE_FIELDS = (
    "id",
    "emp_no",
    "name",
    "org_unit_id",
    "position_id",
    "region",
    "employment_type",
    "hire_date",
    "leave_date",
    "tags",
    "mobile",
    "hr_source_id",
)


@dataclass(frozen=True, slots=True)
class Person:
    """One person as lists of members show him; `mobile` is the one HR gives."""

    id: int
    emp_no: str
    name: str
    org_unit: str
    position: str
    mobile: str
    hire_date: date | None
    leave_date: date | None
    in_directory: bool


class MembershipFacts:
    """Rules and people on one day. `groups` leaves out those that are dissolved."""

    def __init__(self, workplace: Workplace) -> None:
        store = workplace.store
        self.today = workplace.today
        self.pack = workplace.pack
        self._store = store
        self._overrides = workplace.overrides()
        self.all_groups = {group.id: group for group in store.all(Group)}
        self.groups = {g.id: g for g in self.all_groups.values() if g.state not in GONE_STATES}
        self.tree = OrgTree(store.all(OrgUnit))
        self.positions = {position.id: position for position in store.all(Position)}
        self.unit_names = self._unit_names()
        self.book = self.book_with({})
        self._rows: dict[int, tuple[Any, ...]] = {
            row[0]: row for row in store.columns(Employee, *_EMPLOYEE_FIELDS)
        }

    # -- rules ------------------------------------------------------------------------------
    def _unit_names(self) -> UnitNames:
        units = self.tree.units.values()
        support = {unit.id for unit in units if unit.support}
        known = [(unit.id, unit.name, unit.aliases) for unit in units]
        root = self.tree.root()
        return UnitNames(known, {self.pack.support_set: support}, root.id if root else None)

    @cached_property
    def _cases(self) -> tuple[SpecialCase, ...]:
        return tuple(
            SpecialCase(
                e.employee_id, e.group_id, e.allowed, e.granted_by, e.until, e.from_on, e.reason
            )
            for e in self._store.all(MemberException)
            if e.group_id in self.groups
        )

    @cached_property
    def _mappings(self) -> tuple[MobileMapping, ...]:
        rows = sorted(self._store.all(GroupMapping), key=lambda m: (m.backend_group_id, m.sort_no))
        return tuple(
            MobileMapping(m.backend_group_id, m.group_id, rule_from_text(m.rule))
            for m in rows
            if m.backend_group_id in self.groups and m.group_id in self.groups
        )

    def book_with(self, rules: Mapping[int, Rule], on: date | None = None) -> RuleBook:
        """Return the rules in force, some replaced (for a preview) or as of another day."""
        groups = [
            GroupRule(g.id, g.name, NOBODY, None)
            if g.state == NOT_CARRIED_OUT
            else GroupRule(g.id, g.name, rules.get(g.id, _rule_of(g)), g.backend_group_id)
            for g in self.groups.values()
        ]
        ranks = {rank.name: rank.no for rank in self.pack.ranks}
        day = on or self.today
        return RuleBook(groups, self.unit_names, day, self._mappings, self._cases, ranks)

    def value(self, key: str, scope: Scope) -> Value:
        """Return a setting in force, without asking the register again."""
        return resolve(key, scope, self._overrides, self.pack).value

    def number(self, key: str, scope: Scope) -> int:
        """Return a setting that is a whole number."""
        value = self.value(key, scope)
        assert isinstance(value, int), f"{key} is no number"
        return value

    # -- people -----------------------------------------------------------------------------
    @cached_property
    def facts(self) -> dict[int, PersonFacts]:
        """Return what the rules may ask of everybody, by id."""
        posts = self._other_posts()
        titles = {p.id: (p.name, p.rank) for p in self.positions.values()}
        path, today, nothing = self.tree.path, self.today, ("", "")
        regions: dict[tuple[int | None, str], str] = {}
        facts = {}
        for row in self._rows.values():
            person_id, _, _, unit_id, position_id, region, kind, hired, left, tags, *_ = row
            # the same as Employee.in_service, on bare columns
            here = (hired is None or hired <= today) and (left is None or left > today)
            name, rank = titles.get(position_id, nothing)
            place = (unit_id, region)
            if place not in regions:
                regions[place] = self._region(unit_id, region)
            facts[person_id] = PersonFacts(
                person_id,
                path(unit_id),
                name,
                rank,
                regions[place],
                tags,
                kind,
                here,
                posts.get(person_id, ()),
            )
        return facts

    def _other_posts(self) -> dict[int, tuple[Post, ...]]:
        found: dict[int, list[Post]] = defaultdict(list)
        for extra in self._store.all(ExtraPost):
            post = self.positions.get(extra.position_id or 0)
            found[extra.employee_id].append(
                Post(
                    self.tree.path(extra.org_unit_id),
                    post.name if post else "",
                    post.rank if post else "",
                    self._region(extra.org_unit_id),
                    EXTRA,
                    extra.from_on,
                    extra.until,
                )
            )
        for loan in self._store.all(Secondment):
            found[loan.employee_id].append(
                Post(
                    self.tree.path(loan.org_unit_id),
                    region=self._region(loan.org_unit_id),
                    kind=SECONDMENT,
                    from_on=loan.from_on,
                    until=loan.until,
                )
            )
        return {person_id: tuple(posts) for person_id, posts in found.items()}

    def _region(self, unit_id: int | None, column: str = "") -> str:
        """The region HR's column names, else the first one on the department path."""
        return region_of(self.tree.names(unit_id), self.pack, column)

    def person(self, person_id: int) -> Person:
        """Return one person as lists show him."""
        row = self._rows[person_id]
        post = self.positions.get(row[4])
        return Person(
            person_id,
            row[1],
            row[2],
            self.tree.text(row[3]),
            post.name if post else "",
            row[10],
            row[7],
            row[8],
            person_id in self.in_directory,
        )

    def people(self, ids: frozenset[int] | set[int]) -> list[Person]:
        """Return people as lists show them, by unit and 工号."""
        found = [self.person(person_id) for person_id in ids]
        return sorted(found, key=lambda p: (p.org_unit, p.emp_no, p.id))

    def called(self, person_id: int) -> tuple[str, str]:
        """Return somebody's 工号 and name."""
        row = self._rows[person_id]
        return row[1], row[2]

    def has_left(self, person_id: int) -> bool:
        """Say whether HR's leave date has come."""
        left = self._rows[person_id][8]
        return left is not None and left <= self.today

    def not_yet_hired(self, person_id: int) -> date | None:
        """Return the day somebody will start, None for who has started."""
        hired: date | None = self._rows[person_id][7]
        return hired if hired is not None and hired > self.today else None

    def roster_of(self, person_id: int) -> str:
        """Name the roster somebody's facts come from: 11月花名册; "" where none was taken in."""
        issued = self._rosters.get(self._rows[person_id][11])
        if issued is None:
            return ""
        year = "" if issued.year == self.today.year else f"{issued.year}年"
        return f"{year}{issued.month}月花名册"

    @cached_property
    def _rosters(self) -> dict[int | None, date]:
        """The day of the latest roster of every HR source."""
        latest: dict[int | None, date] = {}
        for source_id, issued in self._store.columns(RosterIssue, "hr_source_id", "issued_on"):
            latest[source_id] = max(issued, latest.get(source_id, issued))
        return latest

    # -- accounts ---------------------------------------------------------------------------
    @cached_property
    def _holders(self) -> tuple[frozenset[int], frozenset[int]]:
        """Who stands in the address book, and whose last account was closed."""
        listed, live, closed = set(), set(), set()
        rows = self._store.columns(Account, "holder_id", "state", "in_directory")
        for holder, state, in_directory in rows:
            if holder is None:
                continue
            if state in LIVE:
                live.add(holder)
                if in_directory:
                    listed.add(holder)
            elif state in {CLOSED, RECLAIMED}:
                closed.add(holder)
        return frozenset(listed), frozenset(closed - live)

    @property
    def in_directory(self) -> frozenset[int]:
        """Return who has a live account that stands in the address book (I08)."""
        return self._holders[0]

    @property
    def accounts_closed(self) -> frozenset[int]:
        """Return whose accounts are all closed: WeCom itself takes them out of its groups."""
        return self._holders[1]


def _rule_of(group: Group) -> Rule | None:
    return rule_from_text(group.rule) if group.rule else None

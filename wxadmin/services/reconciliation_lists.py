"""The three lists taken from the register in bulk, as tuples, ready to be laid side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from wxadmin.domain.account import LIVE, Account, AdminNumber
from wxadmin.domain.group import GroupMember
from wxadmin.domain.marks import Newest, by_key
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.person import Employee
from wxadmin.domain.reconciliation_finding import Key
from wxadmin.domain.reconciliation_values import FIELDS, SETTINGS, SIDES, Values, Winners
from wxadmin.domain.three_lists import Lists, RegisterSide, WecomSide
from wxadmin.domain.wecom import DISPUTED, HR_IS_WRONG, QUIT, Mark, WecomIssue, WecomMember
from wxadmin.domain.wecom_match import BY_HAND
from wxadmin.services.coverage import Coverage
from wxadmin.services.group_duties import Duties
from wxadmin.services.membership_picture import Picture
from wxadmin.services.rehire import returned
from wxadmin.services.workplace import Workplace

PLATFORM = "企业微信"
LEAVE = "leave_date"
_PEOPLE = (
    "id", "name", "org_unit_id", "position_id", "mobile", "company_email", "hire_date",
    "leave_date", "employment_type",
)  # fmt: skip
_ACCOUNTS = (
    "id", "state", "wecom_userid", "in_directory", "name", "org_unit_id", "directory_title",
    "mobile", "company_email", "holder_id", "account_type", "platform", "mobile_is_company",
)  # fmt: skip
_MEMBERS = (
    "id", "userid", "status", "name", "departments", "position", "mobile", "email",
    "company_email", "employee_id", "account_id", "match_state", "match_how",
)  # fmt: skip


class ListsReader:
    """Reads the lists for one day; everything is asked of the register once."""

    def __init__(self, workplace: Workplace, picture: Picture | None = None) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self.today = workplace.today
        self.picture = picture or Picture(workplace)
        self.tree: OrgTree = self.picture.tree
        self._unit_texts = {unit_id: self.tree.text(unit_id) for unit_id in self.tree.units}
        self._post_names = {p.id: p.name for p in self.picture.positions.values()}
        self._company = workplace.office().company_name
        self._personal = {t.id for t in workplace.pack.account_types if t.counts_as_personal}
        self._places: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.raw: dict[int, dict[str, str]] = {}

    # -- marks, policy, how new -------------------------------------------------------------------
    @cached_property
    def marks(self) -> dict[Key, Mark]:
        """Return the marks in force today, by what they hang on."""
        return by_key(self._store.all(Mark), self.today)

    @cached_property
    def issue(self) -> WecomIssue | None:
        """Return the last export taken in."""
        issues = self._store.all(WecomIssue)
        return max(issues, key=lambda i: (i.taken_on, i.id)) if issues else None

    def newest(self) -> Newest:
        """Return how new the lists are."""
        groups = {g.id: g.members_on for g in self.picture.groups.values() if g.members_on}
        issue = self.issue
        return Newest(issue.id if issue else 0, issue.taken_on if issue else None, groups)

    def winners(self) -> Winners:
        """Return which side wins each field, by policy."""
        said = {name: str(self._workplace.setting(key)) for name, key in SETTINGS.items()}
        places = tuple(SIDES.index(said[name]) for name in FIELDS)
        return Winners(places, said["wecom_userid"], said["state"])

    # -- the lists --------------------------------------------------------------------------------
    def lists(self) -> Lists:
        """Return everything to be compared."""
        people, here, wanted, left = self._people()
        accounts, former, others = self._accounts()
        lists = Lists(people, here, wanted, left, accounts, None, former_states=former)
        old = {i for i in left if i in accounts}
        lists.returned = returned(self._workplace, old, wanted - accounts.keys()) if old else {}
        if self.issue is not None:
            self._add_members(lists, others)
        self._add_groups(lists)
        return lists

    def _people(self) -> tuple[dict[int, Values], set[int], set[int], dict[int, date]]:
        units, posts, today = self._unit_texts, self._post_names, self.today
        coverage = Coverage(self._workplace, self.tree, self.picture.positions)
        people: dict[int, Values] = {}
        here, wanted, left_on = set(), set(), {}
        for row in self._store.columns(Employee, *_PEOPLE):
            person_id, name, unit, post, mobile, email, hired, left, employment = row
            people[person_id] = (name, units.get(unit, ""), posts.get(post, ""), mobile, email)
            if person_id in self.overrides:
                told = self.overrides[person_id]
                self.raw[person_id] = dict(zip(FIELDS, people[person_id], strict=True))
                self.raw[person_id][LEAVE] = left.isoformat() if left else ""
                people[person_id] = _overridden(people[person_id], told)
                left = _day(told, LEAVE, left)
            if left is not None and left <= today:
                left_on[person_id] = left
            elif hired is None or hired <= today:
                here.add(person_id)
                if coverage.wants(unit, post, employment):
                    wanted.add(person_id)
        return people, here, wanted, left_on

    @cached_property
    def overrides(self) -> dict[int, dict[str, Mark]]:
        """Return where HR is known to be wrong: person → field → mark."""
        found: dict[int, dict[str, Mark]] = defaultdict(dict)
        for (subject, person_id, name), mark in self.marks.items():
            if subject == "person" and mark.mark == HR_IS_WRONG:
                found[person_id][name] = mark
        return dict(found)

    def _accounts(
        self,
    ) -> tuple[dict[int, RegisterSide], dict[int, str], list[tuple[Any, ...]]]:
        """Return the live personal accounts by holder, former states, and all other accounts."""
        units = self._unit_texts
        live: dict[int, RegisterSide] = {}
        former: dict[int, str] = {}
        others = []
        for row in self._store.columns(Account, *_ACCOUNTS):
            account_id, state, userid, listed, name, unit, title, mobile, email, *who = row
            holder, kind, platform, own_number = who
            if platform != PLATFORM or holder is None or kind not in self._personal:
                others.append(row)
            elif state not in LIVE:
                former[holder] = state
            elif holder in live:
                others.append(row)
            else:
                values = (name, units.get(unit, ""), title, mobile, email)
                own_number = bool(own_number and mobile)
                live[holder] = RegisterSide(account_id, state, userid, listed, values, own_number)
        return live, former, others

    # -- the address book -------------------------------------------------------------------------
    def _add_members(self, lists: Lists, others: list[tuple[Any, ...]]) -> None:
        rows = self._store.columns(WecomMember, *_MEMBERS, gone_on=None)
        has_email = any(row[8] for row in rows)
        known = _Known(lists.accounts, others, self._numbers())
        members: dict[int, WecomSide] = {}
        second: dict[int, list[WecomSide]] = defaultdict(list)
        for row in rows:
            member = self._member(row, company_email=has_email)
            if member.status == QUIT:
                continue
            # an account that was handed on since takes its member along
            person_id = (row[9] if member.by_hand else None) or known.holder(member) or row[9]
            if member.match_state == DISPUTED:
                person_id = None
            if person_id is None:
                if member.match_state != DISPUTED and known.is_special(member):
                    lists.special += 1
                else:
                    lists.strangers.append(member)
            elif person_id not in members:
                members[person_id] = member
            else:
                first = members[person_id]
                mine = lists.accounts.get(person_id)
                if mine is not None and _belongs(member, mine) and not _belongs(first, mine):
                    members[person_id], member = member, first
                if not known.is_live(member):
                    second[person_id].append(member)
        lists.members, lists.second_members = members, second
        columns = list(zip(*(m.values for m in members.values()), strict=True))
        lists.silent = frozenset(i for i, texts in enumerate(columns) if not any(texts))

    def _member(self, row: tuple[Any, ...], *, company_email: bool) -> WecomSide:
        member_id, userid, status, name, departments, position, mobile, email, own, *link = row
        places = self._places.get(departments)
        if places is None:
            places = tuple(map(self._place, departments))
            self._places[departments] = places
        mail = own if company_email else email
        values = (name, places[0] if places else "", position, mobile, mail)
        return WecomSide(
            member_id, userid, status, values, places, link[2], link[1], link[3] == BY_HAND
        )

    def _place(self, path: str) -> str:
        """Return a department as the register shows it, where it is one of the register's."""
        names = [part.strip() for part in path.split("/") if part.strip()]
        root = self.tree.root()
        own = {self._company, *((root.name, *root.aliases) if root else ())}
        if names and names[0] in own:
            names = names[1:]
        if not names:
            return root.name if root else path
        for rest in (names, names[1:]):
            unit = self.tree.find([root.name, *rest] if root else rest) if rest else None
            if unit is not None:
                return self.tree.text(unit.id)
        return "/".join(names)

    def _numbers(self) -> set[str]:
        return {mobile for (mobile,) in self._store.columns(AdminNumber, "mobile") if mobile}

    # -- groups -----------------------------------------------------------------------------------
    def _add_groups(self, lists: Lists) -> None:
        picture = self.picture
        groups = picture.groups
        recorded = pairs_by_group(self._store.pairs(GroupMember, "group_id", "employee_id",
                                                    left_on=None))  # fmt: skip
        lists.recorded = {g: people for g, people in recorded.items() if g in groups}
        lists.looked = {g.id for g in groups.values() if g.members_on is not None}
        for group_id in lists.looked:
            lists.recorded.setdefault(group_id, set())
        lists.following = {g.id for g in groups.values() if g.follows}
        lists.expected = picture.expected
        duties = Duties(self._workplace, picture)
        lists.running = {g: running for g in groups if (running := duties.running(g))}
        closed = {g.id for g in groups.values() if not self.picture.takes_outsiders(g)}
        outside = self._store.columns(
            GroupMember, "id", "group_id", "external_name", left_on=None, employee_id=None
        )
        lists.outsiders = [(i, g, name) for i, g, name in outside if g in closed]


class _Known:
    """What the register knows of userids and numbers, for members nobody was linked to."""

    def __init__(
        self,
        accounts: Mapping[int, RegisterSide],
        others: Iterable[tuple[Any, ...]],
        numbers: set[str],
    ) -> None:
        self._holders = {side.id: person_id for person_id, side in accounts.items()}
        self._userids: set[str] = set()
        self._ids: set[int] = set()
        self._mobiles = set(numbers)
        for account_id, state, userid, _, _, _, _, mobile, *_ in others:
            if state in LIVE:
                self._ids.add(account_id)
                self._userids.add(userid.casefold())
                self._mobiles.add(mobile)
        self._userids.discard("")
        self._mobiles.discard("")

    def holder(self, member: WecomSide) -> int | None:
        """Return whose account the member was linked to."""
        return self._holders.get(member.account_id or 0)

    def is_live(self, member: WecomSide) -> bool:
        """Say whether another live account of the register stands for the member."""
        return member.account_id in self._ids or member.userid.casefold() in self._userids

    def is_special(self, member: WecomSide) -> bool:
        """Say whether it is a 群管理号, 部门号, 测试号 …: nobody's own, and known."""
        return self.is_live(member) or member.values[FIELDS.index("mobile")] in self._mobiles


def _belongs(member: WecomSide, account: RegisterSide) -> bool:
    same_id = bool(account.userid) and member.userid.casefold() == account.userid.casefold()
    return member.account_id == account.id or same_id


def pairs_by_group(pairs: Iterable[tuple[int, int | None]]) -> dict[int, set[int]]:
    """Return the people recorded in every group; outsiders (None) are left out."""
    found: dict[int, set[int]] = defaultdict(set)
    for group_id, person_id in pairs:
        if person_id is not None:
            found[group_id].add(person_id)
    return dict(found)


def _overridden(values: Values, told: Mapping[str, Mark]) -> Values:
    """HR's values with those replaced that somebody marked as wrong."""
    return tuple(
        told[name].value if name in told else value
        for name, value in zip(FIELDS, values, strict=True)
    )


def _day(told: Mapping[str, Mark], name: str, otherwise: date | None) -> date | None:
    if name not in told:
        return otherwise
    return date.fromisoformat(told[name].value) if told[name].value else None

"""Whose a member of the address book is: by account id, then by mobile; a name never links.

A key links only where the name agrees (former names count). What the keys leave open is asked
with candidates; what a person decided once stands as long as the member's name stays the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from wxadmin.domain import import_plan as plans
from wxadmin.domain.account import Account, AdminNumber
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.person import Employee
from wxadmin.domain.phones import spaced_phone
from wxadmin.domain.roster_match import agrees
from wxadmin.domain.wecom import DISPUTED, LINKED, UNMATCHED, WecomMember
from wxadmin.domain.wecom_reading import MemberRow

BY_USERID = "帐号"
BY_MOBILE = "手机"
BY_HAND = "人工"
BY_ADMIN_NUMBER = "群管理号"
_MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Whose:
    """What a row was found to be: a person's, an account's, a question, or nobody's."""

    state: str
    how: str = ""
    person: Employee | None = None
    account: Account | None = None
    question: str = ""
    candidates: tuple[Employee, ...] = ()


NOBODYS = Whose(UNMATCHED)


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows that may tell whose a member is."""

    people: Sequence[Employee]
    accounts: Sequence[Account]
    members: Sequence[WecomMember]
    numbers: Sequence[AdminNumber]
    tree: OrgTree


class Matching:
    """The register found by every key; built once for a whole address book."""

    def __init__(self, known: Known) -> None:
        self.by_id = {person.id: person for person in known.people}
        self.members = {member.userid.casefold(): member for member in known.members}
        self.accounts = _accounts_by_userid(known.accounts)
        self._mobile: dict[str, dict[int, Employee]] = defaultdict(dict)
        self._name: dict[str, list[Employee]] = defaultdict(list)
        self._called: dict[int, set[str]] = defaultdict(set)
        self._nameless: set[tuple[int, str]] = set()
        self._numbers = {number.mobile for number in known.numbers if number.mobile}
        self._units = _Departments(known.tree)
        for person in known.people:
            if person.mobile:
                self._mobile[person.mobile][person.id] = person
            for name in (person.name, *person.former_names):
                self._name[name].append(person)
        for account in known.accounts:
            holder = self.by_id.get(account.holder_id or 0)
            if holder is None or not account.live:
                continue
            if account.mobile:
                self._mobile[account.mobile][holder.id] = holder
                if not account.wecom_userid:
                    self._nameless.add((holder.id, account.mobile))
            if not agrees(holder, account.name):  # 林国栋（培训）, as his second account is called
                self._called[holder.id].add(account.name)
                self._name[account.name].append(holder)

    def _agrees(self, person: Employee, name: str) -> bool:
        """Say whether a name is, or was, this person's, or that of an account of his."""
        return agrees(person, name) or name in self._called.get(person.id, ())

    # -- what is known at all ---------------------------------------------------------------------
    def knows_keys(self, row: MemberRow) -> bool:
        """Say whether id or mobile of a row are known, whoever has them."""
        userid = row.wecom_userid.casefold()
        return userid in self.members or userid in self.accounts or row.mobile in self._mobile

    def knows_name(self, row: MemberRow) -> bool:
        """Say whether somebody is, or was, called so."""
        return row.name in self._name

    # -- a whole list -----------------------------------------------------------------------------
    def match(
        self, rows: Iterable[tuple[int, MemberRow]], answers: Mapping[int, str]
    ) -> dict[int, Whose]:
        """Say of every row whose it is: surest first, so that nobody is claimed twice by less.

        Raises `UserError` for an answer that names nobody.
        """
        rows = list(rows)
        found: dict[int, Whose] = {}
        for number, row in rows:
            known = self._answered(number, row, answers) or self._by_userid(row)
            if known is not None:
                found[number] = known
        claimed = _claimed(found)
        for number, row in rows:
            if number not in found:
                by_mobile = self._by_mobile(row, claimed)
                if by_mobile is not None:
                    found[number] = by_mobile
        claimed = _claimed(found)
        for number, row in rows:
            if number not in found:
                found[number] = self._by_name(row, claimed)
        return found

    def _answered(self, number: int, row: MemberRow, answers: Mapping[int, str]) -> Whose | None:
        answer = answers.get(number, "")
        if answer == plans.NEW_PERSON:
            return Whose(UNMATCHED, BY_HAND)
        if answer and answer != plans.LATER:
            return Whose(LINKED, BY_HAND, self._person_called(number, answer))
        return self._remembered(row)

    def _remembered(self, row: MemberRow) -> Whose | None:
        """What a person decided stands as long as the member is called the same."""
        member = self.members.get(row.wecom_userid.casefold())
        if member is None or member.match_how != BY_HAND or member.name != row.name:
            return None
        person = self.by_id.get(member.employee_id or 0)
        return Whose(member.match_state, BY_HAND, person)

    def _person_called(self, number: int, answer: str) -> Employee:
        if answer.startswith("#") and answer[1:].isdigit():
            found = [p for p in [self.by_id.get(int(answer[1:]))] if p]
        else:
            found = [p for p in self.by_id.values() if p.emp_no == answer]
        if len(found) != 1:
            what = "没有这个工号" if not found else "这个工号不止一人"
            raise UserError(f"第 {number} 行选的“{answer}”：{what}，没有改动。", "no_person")
        return found[0]

    # -- by account id ----------------------------------------------------------------------------
    def _by_userid(self, row: MemberRow) -> Whose | None:
        account = self.accounts.get(row.wecom_userid.casefold())
        member = self.members.get(row.wecom_userid.casefold())
        holder = self.by_id.get(account.holder_id or 0) if account else None
        if holder is None and member is not None and member.employee_id:
            holder = self.by_id.get(member.employee_id)
        if holder is None:
            return None if account is None else Whose(LINKED, BY_USERID, account=account)
        others = [p for p in self._mobile.get(row.mobile, {}).values() if self._agrees(p, row.name)]
        if not self._agrees(holder, row.name):
            return self._ask(
                f"帐号 {row.wecom_userid} 原是{holder.name}，与{row.name}是同一人吗？",
                [holder, *others, *self._name.get(row.name, ())],
                row,
            )
        if others and holder not in others:
            return self._ask(
                f"帐号 {row.wecom_userid} 是{_who(holder)}的，手机却是{_who(others[0])}的，"
                "请选是哪一位。",
                [holder, *others],
                row,
            )
        return Whose(LINKED, BY_USERID, holder, account)

    # -- by mobile --------------------------------------------------------------------------------
    def _by_mobile(self, row: MemberRow, claimed: Mapping[int, str]) -> Whose | None:
        owners = list(self._mobile.get(row.mobile, {}).values()) if row.mobile else []
        mobile = spaced_phone(row.mobile)
        agreeing = [person for person in owners if self._agrees(person, row.name)]
        if len(agreeing) == 1:
            return self._one_owner(row, agreeing[0], claimed)
        if agreeing:
            return self._ask(
                f"手机 {mobile} 登记在{len(agreeing)}个{row.name}名下，请选是哪一位。",
                agreeing,
                row,
            )
        free = [person for person in owners if person.id not in claimed]
        if free and row.mobile not in self._numbers:
            first = free[0]
            return self._ask(
                f"手机 {mobile} 登记的是{_who(first)}，与{row.name}是同一人吗？",
                [*free, *(p for p in self._name.get(row.name, ()) if p.id not in claimed)],
                row,
            )
        return None

    def _one_owner(self, row: MemberRow, person: Employee, claimed: Mapping[int, str]) -> Whose:
        if (person.id, row.mobile) in self._nameless:
            return Whose(LINKED, BY_MOBILE, person)  # his further account, whose id was not known
        if person.id in claimed:
            return self._ask(
                f"手机是{_who(person)}的，但他已对应帐号 {claimed[person.id]}，请选是哪一位。",
                [person, *self._name.get(row.name, ())],
                row,
            )
        here = self._units.of(row)
        there = [
            other
            for other in self._name.get(row.name, ())
            if other is not person and other.org_unit_id in here
        ]
        if there and person.org_unit_id not in here:
            return self._ask(
                f"手机是{_who(person)}的，部门却是{_who(there[0])}的，请选是哪一位。",
                [person, *there],
                row,
            )
        return Whose(LINKED, BY_MOBILE, person)

    # -- by name: candidates only -----------------------------------------------------------
    def _by_name(self, row: MemberRow, claimed: Mapping[int, str]) -> Whose:
        if row.mobile and row.mobile in self._numbers:
            return Whose(LINKED, BY_ADMIN_NUMBER)
        namesakes = [p for p in self._name.get(row.name, ()) if p.id not in claimed]
        if not namesakes:
            return NOBODYS
        many = f"有{len(namesakes)}人" if len(namesakes) > 1 else "有同名一人"
        return self._ask(
            f"登记里“{row.name}”{many}，帐号和手机都对不上，请选是哪一位。", namesakes, row
        )

    def _ask(self, question: str, candidates: Iterable[Employee], row: MemberRow) -> Whose:
        several = {person.id: person for person in candidates}.values()
        here = self._units.of(row)
        ranked = sorted(
            several, key=lambda p: (p.org_unit_id not in here, p.leave_date is not None)
        )
        return Whose(DISPUTED, question=question, candidates=tuple(ranked[:_MOST_CANDIDATES]))

    def likely(self, row: MemberRow, person: Employee) -> bool:
        """Say whether a candidate is of the department the row names."""
        return person.org_unit_id in self._units.of(row)


class _Departments:
    """Which units the departments of a row are, each path looked up once."""

    def __init__(self, tree: OrgTree) -> None:
        self._tree = tree
        self._root = tree.root()
        self._known: dict[str, int | None] = {}

    def of(self, row: MemberRow) -> frozenset[int]:
        found = (self._unit(path) for path in row.departments)
        return frozenset(unit for unit in found if unit is not None)

    def _unit(self, path: str) -> int | None:
        if path not in self._known:
            self._known[path] = self._find(path.split("/"))
        return self._known[path]

    def _find(self, levels: list[str]) -> int | None:
        tops = [[], [self._root.name]] if self._root else [[]]
        for below in (levels, levels[1:]):
            for top in tops:
                unit = self._tree.find([*top, *below]) if below else None
                if unit is not None:
                    return unit.id
        called = self._tree.called(levels[-1])
        return called[0].id if len(called) == 1 else None


def _accounts_by_userid(accounts: Iterable[Account]) -> dict[str, Account]:
    """The account of every id; a live one goes before one that was closed."""
    found: dict[str, Account] = {}
    for account in accounts:
        key = account.wecom_userid.casefold()
        if key and (key not in found or account.live or not found[key].live):
            found[key] = account
    return found


def _claimed(found: Mapping[int, Whose]) -> dict[int, str]:
    """Who is linked already, with the account id or key that linked him."""
    return {w.person.id: w.account.wecom_userid if w.account else w.how
            for w in found.values() if w.state == LINKED and w.person}  # fmt: skip


def _who(person: Employee) -> str:
    left = f"，{person.leave_date}离职" if person.leave_date else ""
    return f"{person.name}（{person.emp_no}{left}）"

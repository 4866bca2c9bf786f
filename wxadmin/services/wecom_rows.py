"""Everybody with an account as a row of the console's template, beside what the console has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from wxadmin.domain.account import IN_USE, PENDING, Account
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.person import Employee, ExtraPost
from wxadmin.domain.reconciliation_values import (
    FIELDS,
    HR,
    REGISTER,
    SETTINGS,
    SIDES,
    WECOM,
    Values,
    Winners,
    same_value,
)
from wxadmin.domain.wecom import HANDS_OFF, HR_IS_WRONG, Mark, WecomMember
from wxadmin.domain.wecom_rows import ConsoleRow, Unwritable, differences, kept, silent_fields
from wxadmin.services.console_members import ConsoleMembers
from wxadmin.services.console_paths import ConsolePaths
from wxadmin.services.userids import UserIds
from wxadmin.services.workplace import Workplace

PLATFORM = "企业微信"
WRITTEN = frozenset({PENDING, IN_USE})
WHOLE = frozenset({"", "account"})  # fields of a mark that is on the person as a whole
_REGISTER_FIRST = tuple(map(SIDES.index, (REGISTER, HR, WECOM)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person's account as a row, the member it is in the last export, and what differs."""

    account: Account
    row: ConsoleRow
    member: WecomMember | None
    differing: tuple[str, ...]
    left_alone: bool = False
    unit_id: int | None = None

    @property
    def due(self) -> bool:
        """Say whether the console lacks it or has it otherwise, and nobody said 不动."""
        return not self.left_alone and (self.member is None or bool(self.differing))


class ConsoleRows:
    """Reads register and last export once; keep one for one file."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._today = workplace.today
        self._posts = workplace.positions()
        self._userids = UserIds(workplace)
        self.members = ConsoleMembers(workplace, self._userids)
        self._silent = silent_fields(self.members.present)
        self._paths = ConsolePaths(workplace, self.members.present)

    # -- who -----------------------------------------------------------------------------------
    def candidates(self, wanted: Collection[int] = ()) -> tuple[list[Candidate], list[Unwritable]]:
        """Return everybody who may be written, by department and reading of the name.

        Of the people `wanted` by name those who may not are returned with the reason.
        """
        accounts = self._accounts(wanted)
        people = {p.id: p for p in self._store.find(Employee, id=set(wanted) | accounts.keys())}
        refused = list(self._refused(people, accounts, wanted))
        here = [p for p in people.values() if not p.has_left(self._today)]
        found = [
            one
            for person in sorted(here, key=self._order)
            for one in self._of(person, accounts.get(person.id, []))
        ]
        return found, refused

    def _accounts(self, wanted: Collection[int]) -> dict[int, list[Account]]:
        kinds = {t.id for t in self._workplace.pack.account_types if t.counts_as_personal}
        more = {"holder_id": set(wanted)} if wanted else {}
        found: dict[int, list[Account]] = defaultdict(list)
        for account in self._store.find(Account, state=WRITTEN, platform=PLATFORM, **more):
            if account.account_type in kinds and account.holder_id is not None:
                found[account.holder_id].append(account)
        return found

    def _refused(
        self,
        people: Mapping[int, Employee],
        accounts: Mapping[int, list[Account]],
        wanted: Collection[int],
    ) -> Iterator[Unwritable]:
        for person_id in wanted:
            person = people[person_id]
            if person.has_left(self._today):
                reason = f"{person.leave_date}已离职，不再写进通讯录。"
                yield Unwritable(person.emp_no, person.name, "leave_date", reason)
            elif person_id not in accounts:
                reason = "没有待开通或在用的企业微信账号，请先办附件一或登记账号。"
                yield Unwritable(person.emp_no, person.name, "account", reason)

    def _order(self, person: Employee) -> tuple[object, ...]:
        tree = self._tree
        place = tuple(tree.units[unit].sort_no for unit in tree.path(person.org_unit_id))
        return (place, person.pinyin, person.id)

    @cached_property
    def _tree(self) -> OrgTree:
        return self._workplace.units()

    # -- the row -------------------------------------------------------------------------------
    def _of(self, person: Employee, accounts: list[Account]) -> Iterator[Candidate]:
        """Yield a person's accounts as rows, mostly one; a second one is as the register says."""
        for number, account in enumerate(accounts):
            member = self.members.of(person, account, sole=len(accounts) == 1)
            row = self._row(person, account, member, second=number > 0)
            row, left_alone = self._marked(row, member)
            differing = differences(row, member, self._silent) if member is not None else ()
            if member is not None:
                row = kept(row, member)
            if not row.mobile and not row.email:
                row = replace(row, email=row.company_email)
            yield Candidate(account, row, member, differing, left_alone, person.org_unit_id)

    def _row(
        self, person: Employee, account: Account, member: WecomMember | None, *, second: bool
    ) -> ConsoleRow:
        sides = (self._by_hr(person), self._by_register(account), self._by_wecom(member))
        texts = {}
        for place, name in enumerate(FIELDS):
            ours = sides[SIDES.index(REGISTER)][place]
            own_number = name == "mobile" and account.mobile_is_company
            first = _REGISTER_FIRST if second or own_number else self._winners.order(place)
            right = next((sides[side][place] for side in first if sides[side][place]), "")
            named = name == "name" and ours and same_value(name, right, ours)
            texts[name] = ours if named else right  # 张伟2 is what the account of 张伟 is called
        main = texts.pop("org_unit")
        more = (self._paths.of(unit) for unit in self._second_units.get(person.id, ()))
        userid = account.wecom_userid or (member.userid if member else "")
        return ConsoleRow(
            person.id,
            person.emp_no,
            wecom_userid=userid or self._userids.propose(person),
            units=tuple(dict.fromkeys(path for path in (main, *more) if path)),
            telephone=person.telephone,
            **texts,
        )

    @cached_property
    def _winners(self) -> Winners:
        said = [str(self._workplace.setting(SETTINGS[name])) for name in FIELDS]
        return Winners(tuple(map(SIDES.index, said)))

    def _by_hr(self, person: Employee) -> Values:
        """What HR says, with what somebody marked as wrong put right."""
        post = self._posts.get(person.position_id or 0)
        unit = self._paths.of(person.org_unit_id)
        values = (person.name, unit, post.name if post else "", person.mobile, person.company_email)
        told = {m.field: m.value for m in self._marks.get(person.id, ()) if m.mark == HR_IS_WRONG}
        if "org_unit" in told:
            at = self._paths.unit_called(told["org_unit"])
            told["org_unit"] = self._paths.of(at) or told["org_unit"]
        return tuple(told.get(name, value) for name, value in zip(FIELDS, values, strict=True))

    def _by_register(self, account: Account) -> Values:
        unit = self._paths.of(account.org_unit_id)
        title, mobile = account.directory_title, account.mobile
        return (account.name, unit, title, mobile, account.company_email)

    @staticmethod
    def _by_wecom(member: WecomMember | None) -> Values:
        if member is None:
            return ("",) * len(FIELDS)
        unit = member.departments[0] if member.departments else ""
        mail = member.company_email or member.email
        return (member.name, unit, member.position, member.mobile, mail)

    @cached_property
    def _second_units(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for post in self._store.all(ExtraPost):
            begun = post.from_on <= self._today
            if begun and (post.until is None or post.until >= self._today) and post.org_unit_id:
                found[post.employee_id].append(post.org_unit_id)
        return found

    # -- marks ---------------------------------------------------------------------------------
    @cached_property
    def _marks(self) -> Mapping[int, list[Mark]]:
        found: dict[int, list[Mark]] = defaultdict(list)
        for mark in self._store.find(Mark, subject="person"):
            if mark.in_force(self._today):
                found[mark.subject_id].append(mark)
        return found

    def _marked(self, row: ConsoleRow, member: WecomMember | None) -> tuple[ConsoleRow, bool]:
        """Leave as it is what somebody said is not to be touched (now, or at all)."""
        left_alone = False
        for mark in self._marks.get(row.employee_id, ()):
            if mark.mark == HR_IS_WRONG:
                continue
            if mark.field in WHOLE:
                left_alone = left_alone or mark.mark == HANDS_OFF
            elif member is not None:
                row = self._as_it_is(row, mark.field, member)
        return row, left_alone

    @staticmethod
    def _as_it_is(row: ConsoleRow, field: str, member: WecomMember) -> ConsoleRow:
        if field == "org_unit":
            return replace(row, units=member.departments)
        if field not in FIELDS:
            return row
        told: dict[str, Any] = {field: getattr(member, field)}
        return replace(row, **told)

    def objections(self, one: Candidate) -> list[tuple[str, str]]:
        """Say why a row would make a person become another one, field by field."""
        found = list(self.members.objections(one.row, one.account, one.member))
        broken = self._paths.unwritable(one.unit_id)
        if broken:
            reason = f"部门名称“{broken}”里有“/”，会被当成两级部门，请先改部门名称。"
            found.append(("org_unit", reason))
        taken = self._userids.used_by_another(one.row.wecom_userid, one.row.employee_id)
        if taken and one.member is None and not found:
            userid = one.row.wecom_userid
            found.append(("wecom_userid", f"“{userid}”已被别人用过（不分大小写），请换一个账号。"))
        return found

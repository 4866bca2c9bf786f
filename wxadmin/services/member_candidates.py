"""Whom a member of the address book may be: those with his id, his mobile, or his name."""

from __future__ import annotations

from datetime import date

from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.person import Employee
from wxadmin.domain.wecom import WecomMember
from wxadmin.services.workplace import Workplace

_MOST = 8


@dataclass(frozen=True, slots=True)
class MaybeHim:
    """One person a member may be, with what tells him from his namesakes; `why` names the key."""

    id: int
    emp_no: str
    name: str
    org_unit: str
    position: str
    mobile: str
    left: date | None
    userid: str
    why: str


class MemberCandidates:
    """Finds candidates for one member at a time."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store

    def of(self, member_id: int) -> tuple[WecomMember | None, list[MaybeHim]]:
        """Return the member and whom he may be, the likeliest first."""
        member = self._store.get(WecomMember, member_id)
        if member is None:
            return None, []
        found: dict[int, list[str]] = {}
        people: dict[int, Employee] = {}
        for why, person in self._keys(member):
            people[person.id] = person
            found.setdefault(person.id, []).append(why)
        ranked = sorted(found, key=lambda i: (-len(found[i]), people[i].leave_date is not None, i))
        userids = self._userids(ranked)
        return member, [
            self._maybe(people[i], userids.get(i, ""), "、".join(found[i])) for i in ranked[:_MOST]
        ]

    def _keys(self, member: WecomMember) -> list[tuple[str, Employee]]:
        store = self._store
        found: list[tuple[str, Employee]] = []
        accounts = store.find(Account, wecom_userid=member.userid)
        holders = {account.holder_id for account in accounts} - {None}
        found += [("账号相同", person) for person in store.find(Employee, id=holders)]
        if member.mobile:
            found += [("手机相同", one) for one in store.find(Employee, mobile=member.mobile)]
        found += [("姓名相同", person) for person in store.find(Employee, name=member.name)]
        return found

    def _userids(self, people: list[int]) -> dict[int, str]:
        accounts = self._store.find(Account, holder_id=set(people), state=LIVE)
        return {a.holder_id: a.wecom_userid for a in accounts if a.holder_id is not None}

    def _maybe(self, person: Employee, userid: str, why: str) -> MaybeHim:
        unit = self._workplace.units().text(person.org_unit_id)
        post = self._workplace.positions().get(person.position_id or 0)
        return MaybeHim(
            person.id, person.emp_no, person.name, unit, post.name if post else "", person.mobile,
            person.leave_date, userid, why,
        )  # fmt: skip

"""Who comes back: recognised, with the own userid and the groups of before to be offered."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, timedelta
from functools import cached_property

from wxadmin.domain.account import Account
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.former_self import FormerSelf, FormerSelves, Known
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group, GroupMember
from wxadmin.domain.organisation import Decision
from wxadmin.domain.person import Employee
from wxadmin.services.membership_facts import GONE_STATES
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

KNOWN = ("id", "name", "former_names", "mobile", "id_no", "leave_date")
ANOTHER = "另一个人"
"""The subject of a decision: this newcomer is not that leaver."""
_BEFORE_LEAVING = timedelta(
    days=31
)  # who is taken out of his groups ahead was in them all the same


@dataclass(frozen=True, slots=True)
class FormerGroup:
    """A group somebody was in when he left; `left_on` is None where nobody took him out."""

    group_id: int
    name: str
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Returning:
    """Somebody who left before: the record of then, how he is known, and what was his.

    `userid` is "" where he never had one; `accounts` are his accounts with their states.
    """

    person: Employee
    how: str
    left_on: date
    userid: str
    accounts: tuple[tuple[str, str], ...]
    groups: tuple[FormerGroup, ...]


def former_selves(workplace: Workplace) -> FormerSelves:
    """Read everybody once, to know those who come back."""
    rows = workplace.store.columns(Employee, *KNOWN)
    told = workplace.store.columns(Decision, "key", "answer", subject=ANOTHER)
    apart = {(int(newcomer), int(leaver)) for newcomer, leaver in told}
    return FormerSelves((Known(*row) for row in rows), workplace.today, apart)


def returned(workplace: Workplace, left: Set[int], here: Set[int]) -> dict[int, int]:
    """Return under which record of those `here` somebody who `left` is back, by his old one."""
    names = workplace.store.columns(Employee, "id", "name")
    gone = {name for person_id, name in names if person_id in left}
    back = {person_id for person_id, name in names if person_id in here and name in gone}
    if not back:
        return {}
    selves = former_selves(workplace)
    found = {now: selves.of_id(now) for now in back}
    return {was.id: now for now, was in found.items() if was is not None and was.id in left}


def told_apart(ids: IdSource, newcomer: int, leaver: int, on: date) -> AnyChange:
    """Return the change that keeps that a newcomer is not the leaver of that name and number."""
    decision = Decision(ids.next(Decision), ANOTHER, str(newcomer), str(leaver), on)
    return Change(None, decision)


class Rehires:
    """Readings of who comes back; keep one for as long as one dialog."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store

    @cached_property
    def _selves(self) -> FormerSelves:
        return former_selves(self._workplace)

    def recognised(self, name: str, mobile: str = "", id_no: str = "") -> Returning | None:
        """Return who a newcomer was before, by name and mobile or id number; None for nobody."""
        return self._returning(self._selves.of(name, mobile, id_no)) if name else None

    def of(self, person: Employee) -> Returning | None:
        """Return who a person in the register was before under another record, None for nobody."""
        return self._returning(self._selves.of_id(person.id))

    def _returning(self, found: FormerSelf | None) -> Returning | None:
        person = self._store.get(Employee, found.id) if found is not None else None
        if found is None or person is None or person.leave_date is None:
            return None
        accounts = self._store.find(Account, holder_id=person.id)
        userids = [account.wecom_userid for account in accounts if account.wecom_userid]
        return Returning(
            person,
            found.how,
            person.leave_date,
            userids[-1] if userids else "",
            tuple((account.account_no, account.state) for account in accounts),
            self.groups_of(person.id, person.leave_date),
        )

    def groups_of(self, employee_id: int, left_on: date) -> tuple[FormerGroup, ...]:
        """Return the groups somebody was in when he left that are still there, in their order."""
        members = self._store.find(GroupMember, employee_id=employee_id)
        last: Mapping[int, GroupMember] = {
            member.group_id: member
            for member in members
            if member.left_on is None or member.left_on >= left_on - _BEFORE_LEAVING
        }
        groups = self._store.find(Group, id=set(last)) if last else []
        return tuple(
            FormerGroup(group.id, group.name, last[group.id].left_on)
            for group in sorted(groups, key=lambda g: (g.side, g.sort_no, g.id))
            if group.state not in GONE_STATES
        )

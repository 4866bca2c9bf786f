"""Who owns and administers which group, and who keeps which designated number (群管理号)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from wxadmin.domain.account import AdminNumber, Custody
from wxadmin.domain.checklist import RUNNING, Checklist
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import (
    ADMIN,
    BACKEND,
    BY_ADMIN_NUMBER,
    BY_OUTSIDER,
    BY_PERSON,
    OWNER,
    Group,
    GroupRole,
)
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace

OFFBOARDING = "offboarding"
NO_OWNER = "无群主"
NO_CUSTODIAN = "群管理号无保管人"
OWNER_LEFT = "群主已离职"
OWNER_LEAVING = "群主正在办离职"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a duty in a group. `kind` is 人员, 群管理号 or 外部人员, "" for nobody.

    For a 群管理号 the person is its custodian, and `since` the day the custody began.
    """

    kind: str = ""
    employee_id: int | None = None
    emp_no: str | None = None
    name: str = ""
    admin_number: int | None = None
    since: date | None = None
    role_id: int | None = None

    @property
    def text(self) -> str:
        """Return the duty holder as it is shown: 林国栋（3号群管理号）."""
        if self.admin_number is None:
            return self.name
        return f"{self.name or '（无保管人）'}（{self.admin_number}号群管理号）"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing a person answers for: a group he owns, administers, or a number he keeps."""

    what: str
    group: Group | None
    admin_number: AdminNumber | None
    since: date | None


def in_force(from_on: date, to_on: date | None, on: date) -> bool:
    """Say whether a duty holds on a day; the day it ends is the successor's."""
    return from_on <= on and (to_on is None or to_on > on)


class Duties:
    """All duties on one day, read in bulk."""

    def __init__(self, workplace: Workplace, picture: Picture) -> None:
        store, self._on = workplace.store, workplace.today
        self._picture = picture
        self.numbers = {number.id: number for number in store.all(AdminNumber)}
        self._by_group = {n.group_id: n for n in self.numbers.values() if n.group_id is not None}
        self._custody: dict[int, Custody] = {}
        for custody in store.all(Custody):
            if in_force(custody.from_on, custody.to_on, self._on):
                self._custody[custody.admin_number_id] = custody
        self._roles: dict[tuple[int, str], list[GroupRole]] = defaultdict(list)
        for role in store.all(GroupRole):
            if in_force(role.from_on, role.to_on, self._on):
                self._roles[role.group_id, role.role].append(role)
        open_lists = store.columns(Checklist, "employee_id", template=OFFBOARDING, state=RUNNING)
        self.leaving = frozenset(row[0] for row in open_lists if row[0] is not None)

    def custody(self, number_id: int) -> Custody | None:
        """Return who keeps a number now."""
        return self._custody.get(number_id)

    def role(self, group_id: int, role: str = OWNER) -> GroupRole | None:
        """Return the duty itself, where somebody was put on record."""
        found = self._roles.get((group_id, role), ())
        return found[-1] if found else None

    def number_of(self, group_id: int) -> AdminNumber | None:
        """Return the designated number that is meant for a group."""
        return self._by_group.get(group_id)

    def owner(self, group_id: int) -> Owner:
        """Return a group's owner; without a record of its own the designated number owns it."""
        role = self.role(group_id)
        if role is not None:
            return self.holder(role)
        number = self._by_group.get(group_id)
        return self._custodian(number, None) if number else Owner()

    def custodian(self, number: AdminNumber) -> Owner:
        """Return who keeps a designated number, and since when."""
        return self._custodian(number, None)

    def admins(self, group_id: int) -> tuple[Owner, ...]:
        """Return a group's admins beside the owner."""
        return tuple(self.holder(role) for role in self._roles.get((group_id, ADMIN), ()))

    def running(self, group_id: int) -> frozenset[int]:
        """Return the people who run a group in person: they are in it whatever the rule says."""
        holders = (self.owner(group_id), *self.admins(group_id))
        found = (h.employee_id for h in holders if h.kind == BY_PERSON)
        return frozenset(person_id for person_id in found if person_id is not None)

    def holder(self, role: GroupRole) -> Owner:
        """Return who has a duty that is on record."""
        if role.bound_to == BY_OUTSIDER:
            return Owner(BY_OUTSIDER, name=role.external_name, since=role.from_on, role_id=role.id)
        if role.bound_to == BY_ADMIN_NUMBER and role.admin_number_id is not None:
            return self._custodian(self.numbers[role.admin_number_id], role)
        return self._person(Owner(BY_PERSON, role.employee_id, since=role.from_on, role_id=role.id))

    def _custodian(self, number: AdminNumber, role: GroupRole | None) -> Owner:
        custody = self._custody.get(number.id)
        keeper, since = (custody.employee_id, custody.from_on) if custody else (None, None)
        role_id = role.id if role else None
        return self._person(
            Owner(BY_ADMIN_NUMBER, keeper, None, "", number.seq, since, role_id=role_id)
        )

    def _person(self, owner: Owner) -> Owner:
        if owner.employee_id is None:
            return owner
        person = self._picture.person(owner.employee_id)
        return Owner(
            owner.kind,
            person.id,
            person.emp_no,
            person.name,
            owner.admin_number,
            owner.since,
            owner.role_id,
        )

    def trouble(self, group: Group) -> str:
        """Say what is wrong with a group's ownership, "" where nothing is (I11, I13).

        A back-end group is kept in the console and needs no owner of its own.
        """
        owner = self.owner(group.id)
        if owner.employee_id is None:
            if owner.kind == BY_OUTSIDER or (group.side == BACKEND and not owner.kind):
                return ""
            return NO_CUSTODIAN if owner.kind == BY_ADMIN_NUMBER else NO_OWNER
        if self._picture.has_left(owner.employee_id):
            return OWNER_LEFT
        return OWNER_LEAVING if owner.employee_id in self.leaving else ""

    def of_person(self, employee_id: int) -> tuple[Duty, ...]:
        """Return everything somebody must hand over before he is gone (I13)."""
        found = []
        for group in self._picture.groups.values():
            owner = self.owner(group.id)
            if owner.employee_id == employee_id:
                number = self.number_of(group.id) if owner.kind == BY_ADMIN_NUMBER else None
                found.append(Duty(OWNER, group, number, owner.since))
            for admin in self.admins(group.id):
                if admin.employee_id == employee_id:
                    found.append(Duty(ADMIN, group, None, admin.since))
        for number in self.numbers.values():
            custody = self._custody.get(number.id)
            if custody is not None and custody.employee_id == employee_id:
                group_kept = self._picture.all_groups.get(number.group_id or 0)
                found.append(Duty("群管理号保管人", group_kept, number, custody.from_on))
        return tuple(found)

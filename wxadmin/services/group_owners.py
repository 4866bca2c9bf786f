"""Hand groups and designated numbers from one keeper to the next; nothing is lost (I13, I28)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from wxadmin.domain.account import AdminNumber, Custody
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import (
    ADMIN,
    BY_ADMIN_NUMBER,
    BY_OUTSIDER,
    BY_PERSON,
    OWNER,
    Group,
    GroupRole,
)
from wxadmin.domain.person import Employee
from wxadmin.domain.phones import spaced_phone
from wxadmin.services.group_duties import Duties
from wxadmin.services.owner_checks import plan_owner_checks
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

FREE, IN_USE, STOPPED = "空闲", "在用", "停用"
NUMBER_STATES = (FREE, IN_USE, "交接中", STOPPED)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who shall have a duty: exactly one of a person, a designated number, an outsider."""

    employee: Employee | None = None
    number: AdminNumber | None = None
    outsider: str = ""

    @property
    def kind(self) -> str:
        """Return how the duty is bound."""
        if self.employee is not None:
            return BY_PERSON
        return BY_ADMIN_NUMBER if self.number is not None else BY_OUTSIDER

    @property
    def text(self) -> str:
        """Return the choice as a title names it."""
        if self.employee is not None:
            return self.employee.name
        return f"{self.number.seq}号群管理号" if self.number else self.outsider


class GroupOwners:
    """Ownership, admins and custody; every hand-over closes the old and opens the new.

    A group that goes on to another person brings the checklist of a transfer with it (I14).
    """

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    # -- owners and admins --------------------------------------------------------------------
    def set_owner(
        self, group: Group, choice: Choice, duties: Duties, *, on: date | None = None, basis: str
    ) -> int | None:
        """Give a group to somebody. A person put over a group that a 群管理号 owns takes the
        number into custody; to bind the group to the person himself use `bind_owner`."""
        number = duties.number_of(group.id)
        owner = duties.owner(group.id)
        if choice.employee is not None and number and owner.kind == BY_ADMIN_NUMBER:
            return self.hand_over_custody(number, choice.employee, duties, on=on, basis=basis)
        return self.bind_owner(group, choice, duties, on=on, basis=basis)

    def bind_owner(
        self, group: Group, choice: Choice, duties: Duties, *, on: date | None = None, basis: str
    ) -> int | None:
        """Bind a group's ownership to a person, a designated number or an outsider."""
        day, ids = on or self._workplace.today, self._workplace.store.ids()
        self.check_keeper(choice.employee, duties)
        changes = plan_role(group, OWNER, choice, duties.role(group.id), day, basis, ids)
        changes += plan_number_of(group, choice, duties)
        changes += plan_owner_checks(self._workplace, changes, ids, day)
        with self._workplace.act(f"群主转让：{group.name} → {choice.text}") as operation:
            operation.write(changes, ids)
        return operation.id

    def add_admin(
        self, group: Group, choice: Choice, duties: Duties, *, on: date | None = None, basis: str
    ) -> int | None:
        """Put one more admin (群管理员) beside the owner."""
        day, ids = on or self._workplace.today, self._workplace.store.ids()
        self.check_keeper(choice.employee, duties)
        wanted = choice.employee.id if choice.employee else None
        if wanted is not None and wanted in {a.employee_id for a in duties.admins(group.id)}:
            return None
        changes = plan_role(group, ADMIN, choice, None, day, basis, ids)
        with self._workplace.act(f"设群管理员：{group.name} {choice.text}") as operation:
            operation.write(changes, ids)
        return operation.id

    def end_role(self, role_id: int, *, on: date | None = None) -> int | None:
        """End an admin's or owner's duty; the record stays as history."""
        role = self._workplace.store.get(GroupRole, role_id)
        if role is None or role.to_on is not None:
            raise UserError("这项群职务已经结束，没有改动。", "no_role")
        ended = replace(role, to_on=on or self._workplace.today)
        group = self._workplace.store.get(Group, role.group_id)
        assert group is not None
        with self._workplace.act(f"免去{role.role}：{group.name}") as operation:
            operation.write([Change(role, ended)])
        return operation.id

    def roles_of(self, group_id: int) -> list[GroupRole]:
        """Return everybody who ever had a duty in a group, the latest first."""
        roles = self._workplace.store.find(GroupRole, group_id=group_id)
        return sorted(roles, key=lambda role: (role.from_on, role.id), reverse=True)

    # -- designated numbers -------------------------------------------------------------------
    def hand_over_custody(
        self,
        number: AdminNumber,
        employee: Employee,
        duties: Duties,
        *,
        on: date | None = None,
        basis: str,
        login_on: date | None = None,
    ) -> int | None:
        """Give a 群管理号 (phone, SIM and the group it owns) to another custodian; `login_on` is
        the day he signed in with it, the proof that he really has it."""
        self.check_keeper(employee, duties)
        ids = self._workplace.store.ids()
        day = on or self._workplace.today
        former = duties.custody(number.id)
        changes = plan_custody(number, former, employee, day, basis, ids, login_on)
        self._check_pool([c.record for c in changes if isinstance(c.record, AdminNumber)])
        changes += plan_owner_checks(self._workplace, changes, ids, day)
        title = f"群管理号交接：{number.seq}号 → {employee.name}"
        with self._workplace.act(title) as operation:
            operation.write(changes, ids)
        return operation.id

    def custodies_of(self, number_id: int) -> list[Custody]:
        """Return everybody who ever kept a number, the latest first."""
        found = self._workplace.store.find(Custody, admin_number_id=number_id)
        return sorted(found, key=lambda custody: (custody.from_on, custody.id), reverse=True)

    def edit_number(self, number: AdminNumber, edited: AdminNumber) -> int | None:
        """Correct a number's phone, SIM, device, group or state (I15)."""
        if edited.state not in NUMBER_STATES:
            raise UserError(f"群管理号状态应为{'、'.join(NUMBER_STATES)}之一。", "bad_value")
        if edited.mobile != number.mobile:
            edited = replace(edited, mobile=_mobile(edited.mobile))
        others = [n for n in self._workplace.store.all(AdminNumber) if n.id != number.id]
        for other in others:
            if edited.group_id is not None and other.group_id == edited.group_id:
                raise UserError(f"这个群已有{other.seq}号群管理号，没有改动。", "number_taken")
            if edited.mobile and other.mobile == edited.mobile:
                raise UserError(
                    f"号码{spaced_phone(edited.mobile)}已登记给{other.seq}号群管理号，没有改动。",
                    "number_taken",
                )
        self._check_pool([edited])
        with self._workplace.act(f"修改群管理号：{number.seq}号") as operation:
            operation.write([Change(number, edited)])
        return operation.id

    def add_number(self, mobile: str = "", sim_registered_to: str = "") -> AdminNumber:
        """Put one more number into the pool; refused where the pool is full (I15)."""
        store = self._workplace.store
        ids = store.ids()
        numbers = store.all(AdminNumber)
        limit = self._workplace.number("admin_number_pool_size")
        if sum(number.state != STOPPED for number in numbers) >= limit:
            raise UserError(
                f"群管理号最多{limit}个，已经满了。请先停用一个，或修改“群管理号数量”设定。",
                "pool_full",
            )
        seq = max((number.seq for number in numbers), default=0) + 1
        number = AdminNumber(
            ids.next(AdminNumber), seq, _mobile(mobile), sim_registered_to=sim_registered_to
        )
        with self._workplace.act(f"登记群管理号：{seq}号") as operation:
            operation.write([Change(None, number)], ids)
        return number

    # -- guards -------------------------------------------------------------------------------
    def check_keeper(self, employee: Employee | None, duties: Duties) -> None:
        """Refuse a keeper who has left or is leaving."""
        if employee is None:
            return
        who = f"{employee.emp_no} {employee.name}"
        if not employee.in_service(self._workplace.today):
            raise UserError(f"{who}不在职，不能接任。请另选接任人，没有改动。", "not_in_service")
        if employee.id in duties.leaving:
            raise UserError(f"{who}正在办离职，不能接任。请另选接任人，没有改动。", "leaving")

    def _check_pool(self, edited: list[AdminNumber]) -> None:
        """Refuse more numbers in use than the pool holds (I15)."""
        limit = self._workplace.number("admin_number_pool_size")
        numbers = {number.id: number for number in self._workplace.store.all(AdminNumber)}
        before = sum(number.state == IN_USE for number in numbers.values())
        numbers.update((number.id, number) for number in edited)
        after = sum(number.state == IN_USE for number in numbers.values())
        if after > limit and after > before:
            raise UserError(f"在用的群管理号最多{limit}个，没有改动。", "pool_full")


def plan_role(
    group: Group,
    role: str,
    choice: Choice,
    former: GroupRole | None,
    on: date,
    basis: str,
    ids: IdSource,
) -> list[AnyChange]:
    """Return the changes that end the former duty on a day and begin the new one."""
    changes: list[AnyChange] = []
    if former is not None:
        changes.append(Change(former, replace(former, to_on=max(on, former.from_on))))
    begun = GroupRole(
        ids.next(GroupRole),
        group.id,
        role,
        choice.kind,
        choice.employee.id if choice.employee else None,
        choice.number.id if choice.number else None,
        choice.outsider,
        on,
        basis=basis,
    )
    return [*changes, Change(None, begun)]


def plan_number_of(group: Group, choice: Choice, duties: Duties) -> list[AnyChange]:
    """Return the changes that bind a designated number to the group it shall own (I15)."""
    if choice.number is None or choice.number.group_id == group.id:
        return []
    if choice.number.group_id is not None:
        raise UserError(
            f"{choice.number.seq}号群管理号已有一个群，一个号只管一个群，没有改动。", "number_taken"
        )
    changes: list[AnyChange] = [
        Change(choice.number, replace(choice.number, group_id=group.id, state=IN_USE))
    ]
    former = duties.number_of(group.id)
    if former is not None:
        changes.append(Change(former, replace(former, group_id=None, state=FREE)))
    return changes


def plan_custody(
    number: AdminNumber,
    former: Custody | None,
    employee: Employee,
    on: date,
    basis: str,
    ids: IdSource,
    login_on: date | None = None,
) -> list[AnyChange]:
    """Return the changes that hand a number to another custodian; nothing where he has it."""
    if former is not None and former.employee_id == employee.id:
        return []
    changes: list[AnyChange] = []
    if former is not None:
        changes.append(Change(former, replace(former, to_on=max(on, former.from_on))))
    begun = Custody(ids.next(Custody), number.id, employee.id, on, basis=basis, login_on=login_on)
    changes.append(Change(None, begun))
    if number.group_id is not None and number.state != IN_USE:
        used = replace(number, state=IN_USE, enabled_on=number.enabled_on or on)
        changes.append(Change(number, used))
    return changes


def _mobile(text: str) -> str:
    """Return a number as it is kept. Raises `UserError` where it is none (I03)."""
    from wxadmin.domain.values import Doubt, Refused, read_mobile

    found = read_mobile(text) if text else ""
    if isinstance(found, Refused):
        raise UserError(f"手机号码“{text}”不能用：{found.reason}。没有改动。", "bad_value")
    return str((found.value if isinstance(found, Doubt) else found) or "")

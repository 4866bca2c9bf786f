"""Exceptions to the rules: 特批 in or out of a group, 借调 to another unit, 兼任 beside a post."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from wxadmin.domain.change import AnyChange, Change, Record
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group, MemberException
from wxadmin.domain.organisation import OrgUnit, Position
from wxadmin.domain.person import Employee, ExtraPost, Secondment
from wxadmin.domain.policy_names import known_rank
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

SPECIAL, LOAN, EXTRA_POST = "特批", "借调", "兼任"
_KINDS: dict[str, type[Record]] = {
    SPECIAL: MemberException,
    LOAN: Secondment,
    EXTRA_POST: ExtraPost,
}


@dataclass(frozen=True, slots=True)
class Granted:
    """One exception as it is listed: for whom, what, on whose word, from when until when."""

    id: int
    kind: str
    employee_id: int
    emp_no: str
    name: str
    what: str
    group: str
    basis: str
    reason: str
    from_on: date
    until: date | None
    in_force: bool


class Exceptions:
    """Grants, ends and lists exceptions; each is a record with its period, never deleted."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    # -- granting -----------------------------------------------------------------------------
    def grant(
        self,
        employee: Employee,
        group: Group,
        *,
        allowed: bool,
        granted_by: str,
        until: date | None = None,
        from_on: date | None = None,
        reason: str = "",
    ) -> MemberException:
        """Let a person into a group, or keep him out, on somebody's word (特批)."""
        if not granted_by.strip():
            raise UserError("特批要写明是谁批准的，没有登记。", "no_grantor")
        ids = self._workplace.store.ids()
        start = self._period(from_on, until)
        changes = self._plan_end_same(employee.id, group.id, start)
        granted = MemberException(
            ids.next(MemberException),
            group.id,
            employee.id,
            allowed,
            granted_by.strip(),
            start,
            until,
            reason,
        )
        how = "入群" if allowed else "不入群"
        self._write(
            f"特批{how}：{employee.name} {group.name}", [*changes, Change(None, granted)], ids
        )
        return granted

    def second(
        self,
        employee: Employee,
        unit: OrgUnit,
        until: date,
        *,
        from_on: date | None = None,
        basis: str = "",
    ) -> Secondment:
        """Lend a person to another unit (借调); the groups of both units are expected meanwhile."""
        start = self._period(from_on, until)
        if unit.id == employee.org_unit_id:
            raise UserError(f"{employee.name}本来就在“{unit.name}”，不用借调。", "same_unit")
        ids = self._workplace.store.ids()
        loan = Secondment(ids.next(Secondment), employee.id, unit.id, start, until, basis)
        self._write(f"借调：{employee.name} → {unit.name}", [Change(None, loan)], ids)
        return loan

    def add_post(
        self,
        employee: Employee,
        *,
        unit: OrgUnit | None = None,
        position: str = "",
        from_on: date | None = None,
        until: date | None = None,
        basis: str = "",
    ) -> ExtraPost:
        """Give a person a second post (兼任); what is left open is that of the main post.

        A title the roster never had becomes a post of its own, with the rank the policy gives it.
        """
        if unit is None and not position:
            raise UserError("兼任要写明单位或职务，没有登记。", "bad_value")
        start = self._period(from_on, until)
        ids = self._workplace.store.ids()
        changes: list[AnyChange] = []
        position_id = self._position(position, changes, ids) if position else None
        unit_id = unit.id if unit else None
        post = ExtraPost(
            ids.next(ExtraPost), employee.id, unit_id, position_id, start, until, basis
        )
        what = position or (unit.name if unit else "")
        self._write(f"兼任：{employee.name} {what}", [*changes, Change(None, post)], ids)
        return post

    def _position(self, name: str, changes: list[AnyChange], ids: IdSource) -> int:
        """Return the post of that name; add the change that makes it where there is none."""
        for position in self._workplace.store.find(Position, name=name):
            return position.id
        made = Position(ids.next(Position), name, known_rank(name, self._workplace.pack))
        changes.append(Change(None, made))
        return made.id

    # -- ending -------------------------------------------------------------------------------
    def end(self, kind: str, record_id: int, *, on: date | None = None) -> int | None:
        """End an exception before its time; `on` is the last day it counts (default yesterday)."""
        record = self._workplace.store.get(_KINDS[kind], record_id)
        if not isinstance(record, (MemberException, Secondment, ExtraPost)):
            raise UserError(f"这项{kind}已经不在登记库里，没有改动。", "gone")
        last = on or self._workplace.today - timedelta(days=1)
        ended = replace(record, until=last)
        employee = self._workplace.store.get(Employee, record.employee_id)
        assert employee is not None
        with self._workplace.act(f"结束{kind}：{employee.name}") as operation:
            operation.write([Change(record, ended)])
        return operation.id

    # -- reading ------------------------------------------------------------------------------
    def all(self, *, employee_id: int | None = None) -> list[Granted]:
        """Return every exception, those in force first and the ones that end soonest before."""
        store = self._workplace.store
        wanted = {} if employee_id is None else {"employee_id": employee_id}
        records: list[MemberException | Secondment | ExtraPost] = [
            *store.find(MemberException, **wanted),
            *store.find(Secondment, **wanted),
            *store.find(ExtraPost, **wanted),
        ]
        ids = {record.employee_id for record in records}
        names = {
            row[0]: (str(row[1]), str(row[2]))
            for row in store.columns(Employee, "id", "emp_no", "name", id=ids)
        }
        groups = {row[0]: str(row[1]) for row in store.columns(Group, "id", "name")}
        tree, positions = self._workplace.units(), self._workplace.positions()

        def said(record: MemberException | Secondment | ExtraPost) -> tuple[str, str, str]:
            if isinstance(record, MemberException):
                what = "特批入群" if record.allowed else "特批不入群"
                return SPECIAL, what, groups.get(record.group_id, "")
            unit = tree.text(record.org_unit_id)
            if isinstance(record, Secondment):
                return LOAN, f"借调到{unit}", ""
            post = positions.get(record.position_id or 0)
            return (
                EXTRA_POST,
                f"兼任{' '.join(filter(None, (unit, post.name if post else '')))}",
                "",
            )

        found = [self._listed(record, said(record), names) for record in records]
        return sorted(found, key=lambda e: (not e.in_force, e.until or date.max, e.emp_no))

    def running_out(self, days: int) -> list[Granted]:
        """Return what ends within so many days, today included: the order goes out on that day."""
        today = self._workplace.today
        last = today + timedelta(days=days)
        return [e for e in self.all() if e.in_force and e.until is not None and e.until <= last]

    def _listed(
        self,
        record: MemberException | Secondment | ExtraPost,
        said: tuple[str, str, str],
        names: dict[int, tuple[str, str]],
    ) -> Granted:
        kind, what, group = said
        emp_no, name = names.get(record.employee_id, ("", ""))
        today = self._workplace.today
        return Granted(
            record.id,
            kind,
            record.employee_id,
            emp_no,
            name,
            what,
            group,
            record.granted_by if isinstance(record, MemberException) else record.basis,
            record.reason if isinstance(record, MemberException) else "",
            record.from_on,
            record.until,
            record.from_on <= today and (record.until is None or today <= record.until),
        )

    # -- planning -----------------------------------------------------------------------------
    def _plan_end_same(self, employee_id: int, group_id: int, start: date) -> list[AnyChange]:
        """The later word counts: an earlier one for the same person and group ends before it."""
        earlier = self._workplace.store.find(
            MemberException, employee_id=employee_id, group_id=group_id
        )
        last = start - timedelta(days=1)
        return [
            Change(e, replace(e, until=last))
            for e in earlier
            if e.until is None or e.until >= start
        ]

    def _period(self, from_on: date | None, until: date | None) -> date:
        """Return the first day; refuse a period that ends before it begins."""
        start = from_on or self._workplace.today
        if until is not None and until < start:
            raise UserError(f"截止日{until}早于起始日{start}，没有登记。", "bad_period")
        return start

    def _write(self, title: str, changes: list[AnyChange], ids: IdSource) -> None:
        with self._workplace.act(title) as operation:
            operation.write(changes, ids)

"""A leave date told by hand: 离职办理 starts in the same act; taken back, it is dropped again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.import_plan import OFFBOARDING
from wxadmin.domain.person import Employee
from wxadmin.domain.policy_names import leave_kind_of
from wxadmin.services.checklist_start import ChecklistStarter
from wxadmin.services.workplace import Workplace

TRIGGER = "手工登记离职"


class Departures:
    """What she writes down when somebody leaves before HR's list says so."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def kinds(self) -> list[str]:
        """Name the kinds of leave there are (辞职, 退休, …), for a choice."""
        return [kind.name for kind in self._workplace.pack.leave_kinds]

    def leave(self, person: Employee, on: date, leave_type: str = "") -> int | None:
        """Record the leave date and start 离职办理 (an open one is moved to the new day).

        Raises `UserError` for a day before the person was hired or a kind nobody knows.
        """
        if person.hire_date is not None and on < person.hire_date:
            raise UserError(
                f"离职日期{on}早于入职日期{person.hire_date}，没有改动。请核对年份。", "bad_date"
            )
        kind = leave_kind_of(leave_type, self._workplace.pack) if leave_type else None
        if leave_type and kind is None:
            raise UserError(
                f"没有“{leave_type}”这种离职类型，可用的有：{'、'.join(self.kinds())}。",
                "unknown_leave_type",
            )
        ids = self._workplace.store.ids()
        after = replace(person, leave_date=on, leave_type=kind.name if kind else "")
        changes: list[AnyChange] = [Change(person, after)]
        changes += ChecklistStarter(self._workplace, ids).plan(
            OFFBOARDING,
            event_on=on,
            trigger=TRIGGER,
            employee_id=person.id,
            unit_path=self._workplace.units().path(person.org_unit_id),
        )
        with self._workplace.act(f"登记离职：{person.name}") as operation:
            operation.write(combined(changes), ids)
        return operation.id

    def stay(self, person: Employee, why: str) -> int | None:
        """Take a leave back (撤销离职): the date goes, the open 离职办理 is dropped."""
        if person.leave_date is None:
            raise UserError(f"{person.name}没有登记离职，不用撤销。", "not_leaving")
        ids = self._workplace.store.ids()
        changes: list[AnyChange] = [Change(person, replace(person, leave_date=None, leave_type=""))]
        changes += ChecklistStarter(self._workplace, ids).plan_void(
            OFFBOARDING, person.id, on=self._workplace.today, why=why
        )
        with self._workplace.act(f"撤销离职：{person.name}") as operation:
            operation.write(combined(changes), ids)
        return operation.id

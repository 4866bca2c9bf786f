"""A signed 群主管理权转让单 carried out: every group to its successor, and checked anew (C19)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import BY_ADMIN_NUMBER, BY_PERSON, OWNER, Group, GroupRole
from wxadmin.domain.person import Employee
from wxadmin.services.form_effects import Effects
from wxadmin.services.form_facts import table_rows
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_forms import day_in
from wxadmin.services.group_owners import Choice, GroupOwners, plan_custody, plan_role
from wxadmin.services.groups import group_called
from wxadmin.services.membership_picture import Picture
from wxadmin.services.owner_checks import plan_owner_checks

if TYPE_CHECKING:
    from wxadmin.services.form_completion import Completing


def transfer_groups(case: Completing) -> Effects:
    """Return the changes that hand every group on the form to whom it names.

    Raises `UserError` for a group without a successor: none is handed over then.
    """
    rows = table_rows(case.value("owned_groups"))
    _refuse_without_successor(case, rows)
    transfer = _Transfer(case)
    changes: list[AnyChange] = [change for row in rows for change in transfer.of(row)]
    on = day_in(case, "transferred_on") or case.on
    changes += plan_owner_checks(case.workplace, changes, case.ids, on)
    return Effects(combined(changes), notes=tuple(transfer.notes))


def _refuse_without_successor(case: Completing, rows: list[dict[str, str]]) -> None:
    if not rows:
        raise UserError(f"{case.form.number}没有列出要转让的群，没有改动。", "no_group")
    without = [row.get("group", "") for row in rows if not _successor(case, row)]
    if without:
        raise UserError(
            f"还有{len(without)}个群没有写接任人：{'、'.join(without)}。没有改动。",
            "no_successor",
            tuple(without),
        )


def _successor(case: Completing, row: Mapping[str, str]) -> str:
    return row.get("successor", "").strip() or case.value("successor_all").strip()


class _Transfer:
    """One form's groups, handed over one by one; a number goes once however many rows name it."""

    def __init__(self, case: Completing) -> None:
        self._case = case
        self._on = day_in(case, "transferred_on") or case.on
        self._groups = case.workplace.store.all(Group)
        self._duties = Duties(case.workplace, Picture(case.workplace))
        self._owners = GroupOwners(case.workplace)
        self.notes: list[str] = []

    def of(self, row: Mapping[str, str]) -> Iterator[AnyChange]:
        """Yield the changes of one line."""
        group = group_called(self._groups, row.get("group", ""))
        successor = self._case.fields.person(_successor(self._case, row))
        self._owners.check_keeper(successor, self._duties)
        owner = self._duties.owner(group.id)
        if owner.employee_id == successor.id:
            self.notes.append(f"“{group.name}”的群主已经是{successor.name}，不再转让")
            return
        if owner.kind == BY_ADMIN_NUMBER:
            yield from self._custody(group, successor)
        else:
            yield from self._role(group, successor)
        yield from self._undertaking(group)

    def _custody(self, group: Group, successor: Employee) -> list[AnyChange]:
        """The group's 群管理号 goes on, and the group with it."""
        number = self._duties.number_of(group.id)
        if number is None:
            raise UserError(f"“{group.name}”没有群管理号，请先登记。没有改动。", "no_number")
        former = self._duties.custody(number.id)
        basis, ids = self._case.form.number, self._case.ids
        return plan_custody(number, former, successor, self._on, basis, ids)

    def _role(self, group: Group, successor: Employee) -> Iterator[AnyChange]:
        former = self._duties.role(group.id)
        basis, ids = self._case.form.number, self._case.ids
        filed = day_in(self._case, "filed_on")
        for change in plan_role(group, OWNER, Choice(successor), former, self._on, basis, ids):
            begun = change.after
            if change.before is None and isinstance(begun, GroupRole) and filed:
                assert begun.bound_to == BY_PERSON
                yield Change(None, replace(begun, filed_on=filed, filing_no=basis))
            else:
                yield change

    def _undertaking(self, group: Group) -> Iterator[AnyChange]:
        signed = day_in(self._case, "undertaking_on")
        if signed is not None:
            yield Change(group, replace(group, undertaking_on=signed))

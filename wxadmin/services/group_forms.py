"""What completed forms about groups do: founded, renamed, dissolved, filed, cleared, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group, GroupCheck, GroupMember, GroupRole
from wxadmin.domain.person import Employee
from wxadmin.services.form_effects import Effects
from wxadmin.services.form_facts import YES, table_rows
from wxadmin.services.group_naming import GroupNaming
from wxadmin.services.group_proof import proof_of
from wxadmin.services.groups import Groups, group_called
from wxadmin.services.member_moves import plan_leaves

if TYPE_CHECKING:
    from wxadmin.services.form_completion import Completing, Planner

GROUP_REQUEST = "group_request"
GROUP_RENAME = "group_rename"
GROUP_DISSOLUTION = "group_dissolution"
GROUP_OWNER_TRANSFER = "group_owner_transfer"
GROUP_ADMIN_FILING = "group_admin_filing"
GROUP_REMOVAL = "group_removal_notice"
GROUP_CHECK = "group_check"
MERGE = "整合"
WHO = ("id", "emp_no", "name")


def day_in(case: Completing, name: str) -> date | None:
    """Return the day in a field, None where it is empty."""
    text = case.value(name)
    return date.fromisoformat(text) if text else None


def group_of(case: Completing, name: str = "group_name") -> Group:
    """Return the group a form is about, by its link, else by the name in a field."""
    store = case.workplace.store
    linked = store.get(Group, case.form.group_id or 0)
    if linked is not None:
        return linked
    if not case.value(name):
        raise UserError(f"{case.form.number}没有写明是哪个群。", "no_group")
    return group_called(store.all(Group), case.value(name))


def plan_rename(case: Completing) -> Effects:
    """更名: the new name by the rule of its class, the old one as alias and on record."""
    group = group_of(case, "old_name")
    wanted = replace(
        group,
        name=case.value("new_name").strip(),
        code=case.value("new_code") or group.code,
        public_name=case.value("new_public_name") or group.public_name,
    )
    if wanted == group:
        raise UserError(f"“{group.name}”的名称没有变，请填新名称。没有改动。", "nothing_to_do")
    named = GroupNaming(case.workplace).named(wanted)
    reason = case.value("explanation") or case.value("reason_kind")
    changes = Groups(case.workplace).plan_edit(
        group,
        named,
        case.ids,
        on=day_in(case, "renamed_on") or case.on,
        form_no=case.form.number,
        reason=reason,
    )
    return Effects(changes, group=named, notes=_not_told(case))


def plan_dissolution(case: Completing) -> Effects:
    """解散 or 整合: members out, duties ended, the 群管理号 free again."""
    from wxadmin.services.group_endings import GroupEndings
    from wxadmin.services.membership_picture import GONE_STATES

    group = group_of(case)
    on = day_in(case, "dissolved_on") or case.on
    proof = case.value("proof") or f"{case.form.number}，{case.value('decided_by')}决定"
    if case.form.request_kind == MERGE:
        into = group_called(case.workplace.store.all(Group), case.value("merged_into"))
        changes = GroupEndings(case.workplace).plan_merge(group, into, on, proof)
    elif group.state in GONE_STATES:
        raise UserError(f"“{group.name}”{group.state}，没有改动。", "group_gone")
    else:
        reason = case.value("explanation") or case.value("reason_kind")
        changes = Groups(case.workplace).plan_dissolve(group, on, reason, proof_of(proof))
    return Effects(changes, group=group, notes=_not_told(case))


def _not_told(case: Completing) -> tuple[str, ...]:
    """Say what the form has boxes for and was not ticked."""
    boxes = {"archived": "重要资料已归档", "told": "成员已告知"}
    open_ones = [text for name, text in boxes.items() if _is_open(case, name)]
    return (f"注意：没有勾选“{'”“'.join(open_ones)}”",) if open_ones else ()


def _is_open(case: Completing, name: str) -> bool:
    return case.fields.definition.has(name) and case.value(name) != YES


def plan_filing(case: Completing) -> Effects:
    """备案: the day, number and department of the filing stand with every duty on the form."""
    group = group_of(case)
    store = case.workplace.store
    on = day_in(case, "filed_on") or case.on
    dept = case.value("filing_dept")
    roles = store.find(GroupRole, group_id=group.id, to_on=None)
    listed = [_listed(case, roles, row) for row in table_rows(case.value("admins"))]
    changes: list[AnyChange] = [
        Change(role, replace(role, filed_on=on, filing_no=case.form.number, filing_dept=dept))
        for role in dict.fromkeys(filter(None, listed))
    ]
    if not changes:
        raise UserError(
            f"备案表上没有一个是“{group.name}”现任的群主或管理员，请先登记。没有改动。", "no_role"
        )
    return Effects(changes, group=group)


def _listed(case: Completing, roles: list[GroupRole], row: Mapping[str, str]) -> GroupRole | None:
    """Return the duty a line of the filing names."""
    from wxadmin.services.group_duties import Duties
    from wxadmin.services.membership_picture import Picture

    duties = Duties(case.workplace, Picture(case.workplace))
    for role in roles:
        holder = duties.holder(role)
        known = (holder.emp_no or "", holder.name)
        if role.role == row.get("role", role.role) and (
            row.get("emp_no") in known or row.get("name") in known
        ):
            return role
    return None


def plan_removal(case: Completing) -> Effects:
    """清退: who stands on the notice is out of the group, but for those told to be in still."""
    group = group_of(case)
    store = case.workplace.store
    members = store.find(GroupMember, group_id=group.id, left_on=None)
    ids = {member.employee_id for member in members if member.employee_id is not None}
    called = {row[0]: (row[1], row[2]) for row in store.columns(Employee, *WHO, id=ids)}
    changes: list[AnyChange] = []
    for row in table_rows(case.value("lines")):
        name = row.get("name", "")
        if name and name in case.value("not_removed"):
            continue
        found = [m for m in members if _is_meant(m, row, called)]
        changes += plan_leaves(found, case.on, row.get("reason", ""))
    return Effects(changes, group=group)


def _is_meant(
    member: GroupMember, row: Mapping[str, str], called: Mapping[int, tuple[str, str]]
) -> bool:
    """Whether a line means a member: by 工号, else by name."""
    name, emp_no = row.get("name", ""), row.get("emp_no", "")
    if member.employee_id is None:
        return bool(name) and not emp_no and member.external_name == name
    number, own_name = called[member.employee_id]
    return emp_no == number if emp_no else bool(name) and own_name == name


def plan_check(case: Completing) -> Effects:
    """核查记录: who signed stands with the check it reports."""
    group = group_of(case)
    day = day_in(case, "checked_on")
    checks = case.workplace.store.find(GroupCheck, group_id=group.id, checked_on=day)
    signer = case.value("signed_by")
    if not checks or not signer:
        return Effects(group=group)
    return Effects([Change(checks[-1], replace(checks[-1], signed_by=signer))], group=group)


def plan_request(case: Completing) -> Effects:
    """建群 (see `group_founding`)."""
    from wxadmin.services.group_founding import found_group

    return found_group(case)


def plan_transfer(case: Completing) -> Effects:
    """群主转让 (see `group_transfer`)."""
    from wxadmin.services.group_transfer import transfer_groups

    return transfer_groups(case)


GROUP_PLANNERS: Mapping[str, Planner] = {
    GROUP_REQUEST: plan_request,
    GROUP_RENAME: plan_rename,
    GROUP_DISSOLUTION: plan_dissolution,
    GROUP_OWNER_TRANSFER: plan_transfer,
    GROUP_ADMIN_FILING: plan_filing,
    GROUP_REMOVAL: plan_removal,
    GROUP_CHECK: plan_check,
}
"""What completes each kind of form about groups."""

"""What `set group` does: edit a group, hand it over, dissolve it, register a new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.group import BY_ADMIN_NUMBER, BY_OUTSIDER, BY_PERSON, Group
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_endings import GroupEndings
from wxadmin.services.group_owners import Choice, GroupOwners
from wxadmin.services.groups import DISSOLVED, Groups, NewGroup
from wxadmin.services.people import person_called
from wxadmin.services.units import unit_called
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds import admin_number
from wxadmin.verbs.kinds.written import check_fields, read_date, read_list, read_yes

TEXTS = (
    "name",
    "group_no",
    "purpose",
    "content_scope",
    "admission_scope",
    "announcement",
    "wecom_kind",
    "code",
    "public_name",
    "platform",
    "security_level",
    "creator",
    "approved_by",
)
DATES = (
    "created_on",
    "planned_end_on",
    "dissolved_on",
    "last_active_on",
    "approved_on",
    "undertaking_on",
    "announced_on",
)
FIELDS = (
    *TEXTS,
    "remark",
    "state",
    "aliases",
    "allow_external",
    *DATES,
    "org_unit",
    "responsible",
    "class_key",
    "owner",
    "admin",
    "admin_out",
    "dissolve_reason",
    "dissolve_proof",
    "into",
    "basis",
    "from",
    "new",
    "side",
    "backend",
)


def changed(workplace: Workplace, key: str, fields: dict[str, str]) -> tuple[str, int | None]:
    """Do what the fields ask for; return the group's number and the operation.

    Handing over and editing are acts of their own; only one of them goes in one call.
    """
    check_fields(fields, FIELDS, "群组")
    if read_yes("new", fields.get("new", "否")):
        return _register(workplace, key, fields)
    group = Groups(workplace).find(key)
    handing = {"owner", "admin", "admin_out"} & set(fields)
    editing = set(fields) - {"owner", "admin", "admin_out", "basis", "from"}
    if (handing and editing) or len(handing) > 1:
        raise UserError("转让和修改请分两次做，没有改动。", "bad_field")
    operation = _hand_over(workplace, group, fields) if handing else _edit(workplace, group, fields)
    return fields.get("group_no", group.group_no), operation


def _register(workplace: Workplace, name: str, fields: dict[str, str]) -> tuple[str, int | None]:
    groups = Groups(workplace)
    new = NewGroup(
        name,
        side=fields.get("side", "手机端"),
        group_no=fields.get("group_no", ""),
        backend=_backend(workplace, fields["backend"]) if fields.get("backend") else None,
        class_key=fields.get("class_key", ""),
        org_unit_id=unit_called(workplace.units(), fields["org_unit"]).id
        if fields.get("org_unit")
        else None,
        purpose=fields.get("purpose", ""),
        created_on=read_date("created_on", fields.get("created_on", "")),
        planned_end_on=read_date("planned_end_on", fields.get("planned_end_on", "")),
        allow_external=read_yes("allow_external", fields.get("allow_external", "否")),
        wecom_kind=fields.get("wecom_kind", ""),
    )
    group, operation = groups.register(new)
    return group.group_no, operation


def _edit(workplace: Workplace, group: Group, fields: dict[str, str]) -> int | None:
    groups = Groups(workplace)
    day = read_date("dissolved_on", fields.get("dissolved_on", ""))
    proof = fields.get("dissolve_proof", "") or fields.get("basis", "")
    if fields.get("state") == DISSOLVED and group.state != DISSOLVED:
        return groups.dissolve(group, on=day, reason=fields.get("dissolve_reason", ""), proof=proof)
    if "into" in fields:
        into = groups.find(fields["into"])
        return GroupEndings(workplace).merge(group, into, basis=proof, on=day)
    return groups.edit(group, replace(group, **_values(workplace, fields)))


def _values(workplace: Workplace, fields: dict[str, str]) -> dict[str, Any]:
    """Return what was typed as the record keeps it."""
    values: dict[str, Any] = {}
    for name, text in fields.items():
        if name in DATES:
            values[name] = read_date(name, text)
        elif name == "aliases":
            values[name] = read_list(text)
        elif name == "allow_external":
            values[name] = read_yes(name, text)
        elif name == "org_unit":
            values["org_unit_id"] = unit_called(workplace.units(), text).id if text else None
        elif name == "responsible":
            values["responsible_id"] = person_called(workplace, text).id if text else None
        elif name == "backend":
            values["backend_group_id"] = _backend(workplace, text).id if text else None
        elif name not in ("basis", "from", "new"):
            values[name] = text
    return values


def _hand_over(workplace: Workplace, group: Group, fields: dict[str, str]) -> int | None:
    groups, owners = Groups(workplace), GroupOwners(workplace)
    duties = groups.duties(groups.picture())
    day: date | None = read_date("from", fields.get("from", ""))
    basis = fields.get("basis", "")
    if "admin_out" in fields:
        return _end_admin(workplace, group, duties, fields["admin_out"], day)
    word = fields.get("owner", fields.get("admin", ""))
    choice = choice_of(workplace, word)
    if "admin" in fields:
        return owners.add_admin(group, choice, duties, on=day, basis=basis)
    bind = owners.bind_owner if word.startswith(f"{BY_PERSON}:") else owners.set_owner
    return bind(group, choice, duties, on=day, basis=basis)


def choice_of(workplace: Workplace, word: str) -> Choice:
    """Read 工号, 人员:工号, 群管理号:3 or 外部人员:姓名 (a colon of either width)."""
    kind, _, rest = word.replace("：", ":").rpartition(":")
    if kind == BY_ADMIN_NUMBER:
        return Choice(number=admin_number.number_called(workplace, rest))
    if kind == BY_OUTSIDER and rest.strip():
        return Choice(outsider=rest.strip())
    if not rest.strip():
        raise UserError("请写明交给谁：工号、群管理号:序号，或 外部人员:姓名。", "bad_value")
    return Choice(employee=person_called(workplace, rest if kind == BY_PERSON else word))


def _end_admin(
    workplace: Workplace, group: Group, duties: Duties, word: str, day: date | None
) -> int | None:
    for admin in duties.admins(group.id):
        if word in (admin.emp_no, admin.name) and admin.role_id is not None:
            return GroupOwners(workplace).end_role(admin.role_id, on=day)
    raise UserError(f"“{word}”不是“{group.name}”的群管理员，没有改动。", "no_role")


def _backend(workplace: Workplace, key: str) -> Group:
    """Return the back-end group of that number or name."""
    for group in workplace.store.find(Group, side="后台"):
        if key in (group.group_no, group.name, *group.aliases):
            return group
    raise UserError(f"没有编号或名称为“{key}”的后台群组，没有改动。", "no_group")

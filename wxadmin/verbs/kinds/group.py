"""Groups for `list`, `show` and `set`: the roster of groups with who should be in and who is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from wxadmin.domain.group import Group, GroupRole
from wxadmin.domain.group_standing import standing
from wxadmin.domain.membership_rule import rule_to_plain
from wxadmin.domain.search import SearchIndex, search_line
from wxadmin.services.group_duties import Duties, Owner
from wxadmin.services.group_lines import GroupLine
from wxadmin.services.group_owners import GroupOwners
from wxadmin.services.groups import Groups
from wxadmin.services.membership import Membership
from wxadmin.services.membership_facts import Person
from wxadmin.services.membership_picture import Picture
from wxadmin.services.order_drafts import OrderDrafts
from wxadmin.services.pinyin import full_pinyin, initials
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds import admin_number
from wxadmin.verbs.kinds.group_change import changed

HEADS = {
    "group_no": "群编号",
    "name": "群名称",
    "side": "端",
    "class_name": "类型",
    "owner_text": "群主",
    "expected_count": "应加",
    "actual_count": "实有",
    "missing_count": "应加未加",
    "extra_count": "不应在群",
    "members_on": "名单日期",
    "state": "状态",
    "trouble": "待处理",
}

LABELS = {
    "group_no": "群编号",
    "name": "群名称",
    "aliases": "别名",
    "side": "端",
    "backend": "对应后台群组",
    "class_name": "类型",
    "org_unit": "所属单位",
    "state": "状态",
    "owner_text": "群主",
    "admin_number": "群管理号",
    "owners": "群主、群管理员（历任）",
    "rule": "成员规则",
    "code": "前缀编码",
    "public_name": "对外名称",
    "renames": "更名记录",
    "approved_by": "批准人",
    "approved_on": "批准日期",
    "purpose": "建群目的",
    "created_on": "建立时间",
    "dissolved_on": "解散日期",
    "dissolve_proof": "解散依据",
    "wecom_kind": "群类型",
    "last_active_on": "最近活跃",
    "members_on": "名单日期",
    "expected_count": "应加",
    "actual_count": "实有",
    "missing": "应加未加",
    "extra": "不应在群",
    "outsiders": "外部人员",
    "trouble": "待处理",
    "source": "依据",
    "remark": "备注",
    "operation": "日志第几步",
}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return every group as the roster shows it."""
    groups = Groups(workplace)
    picture = groups.picture()
    lines = groups.lines(picture, groups.duties(picture))
    if search:
        index = SearchIndex((line.group.id, _search_line(line)) for line in lines)
        found = set(index.find(search))
        lines = [line for line in lines if line.group.id in found]
    return [row_of(line, workplace.today) for line in lines]


def _search_line(line: GroupLine) -> str:
    group = line.group
    said = (group.group_no, group.name, *group.aliases, line.org_unit, line.class_name)
    return search_line(
        *said,
        line.owner.text,
        *(admin.name for admin in line.admins),
        full_pinyin(group.name),
        initials(group.name),
        *((full_pinyin(line.owner.name), initials(line.owner.name)) if line.owner.name else ()),
    )


def row_of(line: GroupLine, today: date) -> dict[str, Any]:
    """Return a group as one line of the roster."""
    group = line.group
    return {
        "group_no": group.group_no,
        "name": group.name,
        "aliases": list(group.aliases),
        "side": group.side,
        "backend": line.backend or None,
        "class_name": line.class_name,
        "org_unit": line.org_unit,
        "state": standing(group, today),
        "wecom_kind": group.wecom_kind or None,
        "last_active_on": group.last_active_on,
        "owner": owner_of(line.owner),
        "owner_text": line.owner.text,
        "admins": [owner_of(admin) for admin in line.admins],
        "admin_number": line.admin_number.seq if line.admin_number else None,
        "expected_count": line.expected,
        "actual_count": line.actual,
        "missing_count": line.missing,
        "waiting_count": line.waiting,
        "extra_count": line.extra,
        "members_on": group.members_on,
        "age_days": line.age_days,
        "stale": line.is_stale,
        "checked_on": group.checked_on,
        "purpose": group.purpose,
        "admission_scope": group.admission_scope,
        "created_on": group.created_on,
        "planned_end_on": group.planned_end_on,
        "dissolved_on": group.dissolved_on,
        "trouble": "、".join(line.trouble),
    }


def owner_of(owner: Owner) -> dict[str, Any]:
    """Return who has a duty; for a 群管理号 its custodian and since when."""
    plain: dict[str, Any] = {"kind": owner.kind or None, "emp_no": owner.emp_no}
    plain |= {"name": owner.name or None, "since": owner.since}
    return plain | ({"admin_number": owner.admin_number} if owner.admin_number else {})


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one group with its rule, its people and who runs it."""
    groups, membership = Groups(workplace), Membership(workplace)
    group = groups.find(key)
    picture = groups.picture()
    duties = groups.duties(picture)
    sheet = groups.sheet(group, picture, duties, membership.rule_text(group.id, picture))
    return {
        **row_of(sheet.line, workplace.today),
        **_more(group),
        "renames": _renames(workplace, group),
        "rule": sheet.rule,
        "rule_plain": _plain_rule(group, picture),
        "expected": [_person(person) for person in sheet.expected],
        "actual": None if sheet.actual is None else [_person(p) for p in sheet.actual],
        "known": [_person(person) for person in sheet.known],
        "missing": [_person(person) for person in sheet.missing],
        "extra": _with_reasons(sheet.extra, group, OrderDrafts(workplace, picture, duties)),
        "outsiders": list(sheet.outsiders),
        "owners": _history(workplace, group, picture, duties),
        "admin_number": _number(workplace, group, duties, picture),
    }


def _more(group: Group) -> dict[str, Any]:
    names = (
        "content_scope",
        "announcement",
        "allow_external",
        "dissolve_reason",
        "source",
        "dissolve_proof",
        "code",
        "public_name",
        "platform",
        "security_level",
        "creator",
        "approved_by",
        "approved_on",
        "undertaking_on",
        "announced_on",
    )
    return {name: getattr(group, name) for name in (*names, "remark")}


def _renames(workplace: Workplace, group: Group) -> list[dict[str, Any]]:
    """Return the names a group had, the latest first."""
    return [
        {"on": one.on, "old_name": one.old_name, "new_name": one.new_name, "form_no": one.form_no}
        for one in Groups(workplace).renames(group)
    ]


def _plain_rule(group: Group, picture: Picture) -> list[list[dict[str, object]]]:
    if group.id not in picture.groups:
        return []
    known = picture.book.groups[group.id]
    backend = picture.book.groups.get(known.backend_id or 0)
    rule = known.rule or (backend.rule if backend else None)
    return rule_to_plain(rule) if rule else []


def _person(person: Person) -> dict[str, Any]:
    return {
        "emp_no": person.emp_no,
        "name": person.name,
        "org_unit": person.org_unit,
        "position": person.position,
        "in_directory": person.in_directory,
    }


def _with_reasons(
    people: Iterable[Person], group: Group, drafts: OrderDrafts
) -> list[dict[str, Any]]:
    return [
        {**_person(person), "reason": drafts.removing(person.id, group).reason} for person in people
    ]


def _history(
    workplace: Workplace, group: Group, picture: Picture, duties: Duties
) -> list[dict[str, Any]]:
    """Return everybody who ever ran the group, from–to."""
    return [
        {
            "role": role.role,
            "kind": role.bound_to,
            "name": _role_name(role, picture, duties),
            "from_on": role.from_on,
            "to_on": role.to_on,
            "basis": role.basis,
        }
        for role in GroupOwners(workplace).roles_of(group.id)
    ]


def _role_name(role: GroupRole, picture: Picture, duties: Duties) -> str:
    if role.employee_id is not None:
        return picture.person(role.employee_id).name
    if role.admin_number_id is not None:
        return f"{duties.numbers[role.admin_number_id].seq}号群管理号"
    return role.external_name


def _number(
    workplace: Workplace, group: Group, duties: Duties, picture: Picture
) -> dict[str, Any] | None:
    number = duties.number_of(group.id)
    return admin_number.whole(workplace, number, duties, picture) if number else None


def change(workplace: Workplace, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Edit a group, hand it over, dissolve it, or (`new=是`) register one."""
    group_no, operation = changed(workplace, key, fields)
    return {**one(workplace, group_no), "operation": operation}

"""The register of groups (微信工作群管理台账) with every column the policy texts name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.group import Group, GroupCheck, GroupRename, GroupRole
from wxadmin.domain.person import Employee
from wxadmin.services.form_group_facts import GroupFacts
from wxadmin.services.group_duties import Duties, Owner
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace

Row = dict[str, object]


class GroupBook:
    """Everything kept of the groups, from one reading."""

    def __init__(self, workplace: Workplace) -> None:
        self._store = workplace.store
        self._groups = Groups(workplace)
        self.picture: Picture = self._groups.picture()
        self.duties: Duties = self._groups.duties(self.picture)
        self.facts = GroupFacts(workplace, None, picture=self.picture)

    def whole(self) -> list[Row]:
        """Return every group with all that is kept of it, its members by name."""
        people = dict(self._store.columns(Employee, "id", "name"))
        rows: list[Row] = []
        for line in self._groups.lines(self.picture, self.duties):
            group = line.group
            row = self._kept(group)
            row |= {
                "unit_of": line.org_unit,
                "class": line.class_name,
                "tier": self.facts.tier(group),
                "owner": self.with_post(line.owner),
                "owner_account": self.account_of(line.owner),
                "admins": "、".join(self.with_post(one) for one in line.admins),
                "responsible": people.get(group.responsible_id or 0, ""),
                "expected": line.expected,
                "actual": line.actual,
                "outsiders": sum(m.employee_id is None for m in self.picture.members(group.id)),
                "members": self._member_names(group),
                "filed_on": self._filed_on(group),
                "check_result": self._results.get(group.id, ""),
                "renames": self._rename_text(group),
            }
            rows.append(row)
        return rows

    def _kept(self, group: Group) -> Row:
        backend = self.picture.all_groups.get(group.backend_group_id or 0, group)
        into = self.picture.all_groups.get(group.merged_into_id or 0)
        return {
            "group_no": group.group_no,
            "name": group.name,
            "code": group.code,
            "public_name": group.public_name,
            "platform": group.platform or "企业微信",
            "side": group.side,
            "creator": group.creator,
            "purpose": group.purpose,
            "content_scope": group.content_scope,
            "admission": group.admission_scope or backend.admission_scope,
            "security_level": group.security_level,
            "approved_by": group.approved_by,
            "approved_on": group.approved_on,
            "created_on": group.created_on,
            "planned_end_on": group.planned_end_on,
            "dissolved_on": group.dissolved_on,
            "dissolve_reason": group.dissolve_reason,
            "merged_into": into.name if into else "",
            "undertaking_on": group.undertaking_on,
            "announced_on": group.announced_on,
            "checked_on": group.checked_on,
            "state": group.state,
            "note": group.remark,
        }

    def with_post(self, owner: Owner) -> str:
        """Return who has a duty, with his post: 林国栋（主任）."""
        if owner.employee_id is None:
            return owner.text
        post = self.picture.person(owner.employee_id).position
        return f"{owner.text}（{post}）" if post else owner.text

    @cached_property
    def _accounts(self) -> dict[int, str]:
        rows = self._store.columns(Account, "holder_id", "wecom_userid", state=LIVE)
        return {holder: userid for holder, userid in rows if holder is not None}

    def account_of(self, owner: Owner) -> str:
        """Return the account of who has a duty."""
        return self._accounts.get(owner.employee_id or 0, "")

    def _member_names(self, group: Group) -> str:
        members = self.picture.people(self.picture.member_ids(group.id))
        outside = [m.external_name for m in self.picture.members(group.id) if not m.employee_id]
        names = [person.name for person in members] + [f"{name}（外部）" for name in outside]
        return "、".join(names)

    @cached_property
    def roles(self) -> dict[int, list[GroupRole]]:
        """Return everybody who runs or ran a group, by group."""
        found: dict[int, list[GroupRole]] = defaultdict(list)
        for role in self._store.all(GroupRole):
            found[role.group_id].append(role)
        return found

    def _filed_on(self, group: Group) -> object:
        days = [r.filed_on for r in self.roles.get(group.id, ()) if r.filed_on and not r.to_on]
        return max(days, default=None)

    @cached_property
    def _results(self) -> dict[int, str]:
        checks = sorted(self._store.all(GroupCheck), key=lambda c: (str(c.checked_on or ""), c.id))
        return {check.group_id: check.state for check in checks}

    @cached_property
    def renames(self) -> dict[int, list[GroupRename]]:
        """Return the names groups had, by group, the first one first."""
        found: dict[int, list[GroupRename]] = defaultdict(list)
        for one in sorted(self._store.all(GroupRename), key=lambda r: (r.on, r.id)):
            found[one.group_id].append(one)
        return found

    def _rename_text(self, group: Group) -> str:
        return "；".join(f"{r.on} 原名“{r.old_name}”" for r in self.renames.get(group.id, ()))


WHOLE: Mapping[str, str] = {
    "group_no": "群编号",
    "name": "群名称",
    "code": "前缀编码",
    "public_name": "对外名称",
    "platform": "平台",
    "side": "端",
    "class": "群类别",
    "tier": "层级",
    "unit_of": "所属单位",
    "owner": "群主",
    "owner_account": "群主账号",
    "admins": "群管理员",
    "creator": "建群人",
    "responsible": "责任人",
    "purpose": "建群目的",
    "content_scope": "信息发布范围",
    "admission": "准入范围",
    "expected": "应加人数",
    "actual": "实加人数",
    "members": "成员姓名",
    "outsiders": "含外部人员数",
    "security_level": "保密等级",
    "approved_by": "审批人",
    "approved_on": "审批日期",
    "created_on": "建立时间",
    "planned_end_on": "计划解散日期",
    "dissolved_on": "解散日期",
    "dissolve_reason": "解散原因",
    "merged_into": "并入群",
    "filed_on": "群主备案日期",
    "undertaking_on": "责任书日期",
    "announced_on": "群公告日期",
    "checked_on": "最近核查日期",
    "check_result": "核查结果",
    "renames": "更名记录",
    "state": "状态",
    "note": "备注",
}
"""Every column of the register of groups (C14), for the workbook."""

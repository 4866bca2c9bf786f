"""The columns of the roster of groups and of the people in the panel."""

from __future__ import annotations

from typing import Any

from ui.groups.reading import (
    EXPECTED,
    EXTRA,
    LOOKING,
    MISSING,
    OUTSIDERS,
    SAME,
    MemberRow,
    is_alive,
    is_unknown,
    ownership_trouble,
)
from ui.shared.columns import Cell, Column, Person, State
from ui.shared.person_lines import department
from ui.shared.table_model import GroupHeading
from wxadmin.domain.group import BACKEND, MOBILE
from wxadmin.services.group_lines import GroupLine
from wxadmin.services.groups import DISSOLVED

PLACES = (
    GroupHeading(MOBILE, "手机端", foldable=True),
    GroupHeading(BACKEND, "后台", "在管理后台里维护", foldable=True),
    GroupHeading(DISSOLVED, "已解散、已并入", foldable=True, folded=True),
)
SECTIONS = (
    GroupHeading(MISSING, "应加未加", foldable=True),
    GroupHeading(EXTRA, "不应在群", foldable=True),
    GroupHeading(OUTSIDERS, "名单外", "会写进通知单，请群主说明是谁", foldable=True),
    GroupHeading(LOOKING, "请核对", "企业微信应已自动移出", foldable=True),
    GroupHeading(EXPECTED, "应有", "按规则应在群里的人", foldable=True),
    GroupHeading(SAME, "一致", foldable=True, folded=True),
)
IDENTIFY = "说明是谁"


def difference_of(line: GroupLine) -> State:
    """How a group stands, the worst first."""
    if not is_alive(line):
        return State("stopped", line.group.state)
    if trouble := ownership_trouble(line):
        return State("stuck", trouble.removeprefix("群管理号"))
    if is_unknown(line):
        return State("ask", "未取名单")
    parts = [f"{word} {count}" for word, count in (("加", line.missing), ("移", line.extra))
             if count]  # fmt: skip
    return State("due", "，".join(parts)) if parts else State("tick", "一致")


def _owner(line: GroupLine) -> Any:
    if line.owner.name:
        return line.owner.name
    number = line.owner.admin_number
    return Cell(f"{number}号群管理号", tone="ink3") if number else None


def _checked(line: GroupLine) -> Any:
    day = line.group.members_on
    if day is None:
        return ""
    return Cell(f"{day:%m-%d}", ground="amber" if line.is_stale else None)


def _worst_first(line: GroupLine) -> tuple[int, int]:
    order = {"stuck": 0, "ask": 1, "due": 2, "tick": 3, "stopped": 4}
    return order[difference_of(line).mark], -((line.missing or 0) + line.extra)


ROSTER = (
    Column("name", "群名称", 148, stretch=1,
           value=lambda line: Cell(line.group.name, note=line.group.group_no)),
    Column("owner", "群主", 58, priority=3, value=_owner,
           expected=True, sort_key=lambda line: line.owner.name),
    Column("expected", "应有", 40, kind="number"),
    Column("actual", "实有", 40, kind="number", expected=True,
           value=lambda line: Cell(f"{line.actual:,}", bold=line.actual != line.expected)
           if line.actual is not None else None,
           sort_key=lambda line: line.actual),
    Column("difference", "差异", 104, kind="state", value=difference_of, sort_key=_worst_first),
    Column("checked", "核查", 61, priority=2, value=_checked, tone="ink2",
           sort_key=lambda line: line.group.members_on),
)  # fmt: skip


def _phone(row: MemberRow) -> Any:
    """The number; a stranger has the act that says who he is in its place."""
    if row.section == OUTSIDERS:
        return IDENTIFY
    return Cell(row.phone, tone="ink2") if row.phone else ""


MEMBERS = (
    Column("name", "姓名", 92, kind="person",
           value=lambda row: Cell(row.name, bold=True, mark=row.mark) if row.mark
           else Person(row.name), sort_key=lambda row: row.name),
    Column("dept", "部门", 120, stretch=3, priority=2, value=lambda row: department(row.dept),
           sort_key=lambda row: row.dept),
    Column("reason", "原因", 190, stretch=3,
           value=lambda row: Cell(row.reason, note=row.note,
                                  mark=None if row.line is None or row.line.ready else "due")),
    Column("phone", "手机号码", 124, kind="act", align="left", value=_phone,
           sort_key=lambda row: row.phone),
)  # fmt: skip

"""What the register of groups proves about a group that is made, handed over or ended."""

from __future__ import annotations

from collections.abc import Callable

from wxadmin.domain.evidence import GroupEvidence
from wxadmin.domain.group import MOBILE
from wxadmin.domain.membership_why import short_date
from wxadmin.domain.proof import Proof, contrary, nothing, proven, unknown

ENDED = frozenset({"已解散", "已并入"})
PLANNED = frozenset({"拟建", "未批准"})


def _group_owned(e: GroupEvidence) -> Proof:
    if e.owner_trouble or not e.owner:
        text = f"{e.owner_trouble}：{e.owner}" if e.owner else "还没有群主"
        return contrary(text, "set_owner", holds_up=True)
    since = f"，自{short_date(e.owner_since, e.on)}" if e.owner_since else ""
    return proven(f"群主为{e.owner}{since}")


def _group_has_number(e: GroupEvidence) -> Proof:
    if e.number is None:
        return contrary("还没有绑定群管理号", "bind_number")
    if not e.custodian:
        return contrary(f"{e.number}号群管理号还没有保管人", "hand_over_number", holds_up=True)
    return proven(f"{e.number}号群管理号，保管人{e.custodian}")


def _group_registered(e: GroupEvidence) -> Proof:
    group = e.group
    if group.side == MOBILE and group.backend_group_id is None:
        return contrary("群台账里没有对应的后台群组", "register_group")
    if group.state in PLANNED:
        return contrary(f"群台账里还是{group.state}", "register_group")
    return proven(f"群台账，编号{group.group_no}")


def _group_checked(e: GroupEvidence) -> Proof:
    last = e.group.checked_on
    if last is None or last < e.event_on:
        seen = f"，上次{short_date(last, e.on)}" if last else ""
        return contrary(f"还没有核查群成员{seen}", "check_group")
    return proven(f"{short_date(last, e.on)}已核查群成员")


def _group_dissolved(e: GroupEvidence) -> Proof:
    if e.group.state in ENDED or e.group.dissolved_on is not None:
        day = short_date(e.group.dissolved_on, e.on)
        return proven(f"群台账{day}登记{e.group.state}")
    return contrary(f"群台账里还是{e.group.state}", "dissolve_group")


def _number_released(e: GroupEvidence) -> Proof:
    if e.number is not None:
        return contrary(f"{e.number}号群管理号还绑在本群", "release_number")
    return nothing("没有绑定群管理号")


def _groups_joined(e: GroupEvidence) -> Proof:
    if e.group.members_on is None:
        return unknown("群成员名单还没有导入过", "import_members")
    return proven(f"{short_date(e.group.members_on, e.on)}的群成员名单")


GROUP_JUDGES: dict[str, Callable[[GroupEvidence], Proof]] = {
    "group_owned": _group_owned,
    "group_has_number": _group_has_number,
    "group_registered": _group_registered,
    "group_checked": _group_checked,
    "group_dissolved": _group_dissolved,
    "number_released": _number_released,
    "groups_joined": _groups_joined,
}

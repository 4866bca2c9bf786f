"""What the rosters of the groups prove about a person: joined, left, owner of nothing."""

from __future__ import annotations

from collections.abc import Callable

from wxadmin.domain.account import LIVE
from wxadmin.domain.evidence import PersonEvidence
from wxadmin.domain.group import BACKEND, Group
from wxadmin.domain.membership_why import short_date
from wxadmin.domain.proof import Proof, contrary, listed, nothing, proven, unknown
from wxadmin.domain.proofs_account import named


def called(group: Group) -> str:
    """How a group is called in a sentence; its console side has the same name, so it says so."""
    return f"{group.name}（后台）" if group.side == BACKEND else group.name


def _groups_joined(e: PersonEvidence) -> Proof:
    if not e.expected:
        return nothing("按规则不应在任何群")
    present = {group.id for group in e.member_of}
    missing = [called(g) for g in e.expected if g.id not in present and g.members_on]
    if missing:
        text = f"还差{len(missing)}个群：{listed(missing)}"
        return contrary(text, "record_members", things=missing)
    unseen = [called(g) for g in e.expected if g.id not in present]
    if unseen:
        return unknown(f"{listed(unseen)}的成员名单还没有导入过", "import_members")
    return proven(f"应在的{len(e.expected)}个群均已加入{_as_of(e)}")


def _groups_left(e: PersonEvidence) -> Proof:
    still = [called(g) for g in e.member_of]
    if still:
        text = f"仍在{len(still)}个群：{listed(still)}"
        return contrary(text, "record_members", things=still)
    if e.groups_left:
        return proven(f"{e.groups_left}个群均已登记退出")
    if e.groups_unseen:
        return unknown(f"有{e.groups_unseen}个群的成员名单没有导入过", "import_members")
    age = f"（最旧的名单{short_date(e.lists_on, e.on)}）" if e.lists_on else ""
    return proven(f"各群成员名单中已无此人{age}")


def _groups_reviewed(e: PersonEvidence) -> Proof:
    expected = {group.id for group in e.expected}
    surplus = [called(g) for g in e.member_of if g.id not in expected]
    if surplus:
        text = f"应退出{len(surplus)}个群：{listed(surplus)}"
        return contrary(text, "record_members", things=surplus)
    if not e.member_of and e.groups_unseen:
        return unknown(f"有{e.groups_unseen}个群的成员名单没有导入过", "import_members")
    return proven(f"所在的{len(e.member_of)}个群都应保留{_as_of(e)}")


def _no_owned_groups(e: PersonEvidence) -> Proof:
    if e.owned:
        names = [called(group) for group in e.owned]
        text = f"仍是{len(names)}个群的群主：{listed(names)}"
        return contrary(text, "transfer_owner", things=names, holds_up=True)
    if e.owner_until:
        return proven(f"{listed(e.owner_until)}的群主已转让")
    return nothing("不是任何群的群主")


def _no_admin_groups(e: PersonEvidence) -> Proof:
    if e.admin_of:
        names = [called(group) for group in e.admin_of]
        text = f"仍是{len(names)}个群的管理员：{listed(names)}"
        return contrary(text, "end_admin", things=names)
    if e.admin_until:
        return proven(f"{listed(e.admin_until)}的群管理员职务已终止")
    return nothing("不是任何群的群管理员")


def _no_admin_numbers(e: PersonEvidence) -> Proof:
    numbers = [f"{no}号群管理号" for no in e.numbers]
    accounts = [named(a) for a in e.entrusted if a.state in LIVE]
    if numbers:
        text = f"仍保管{listed(numbers + accounts)}"
        return contrary(text, "hand_over_number", things=numbers, holds_up=True)
    if accounts:
        text = f"仍负责账号{listed(accounts)}"
        return contrary(text, "dispose_account", things=accounts, holds_up=True)
    if e.numbers_until:
        return proven(f"{listed(f'{no}号群管理号' for no in e.numbers_until)}已交接")
    return nothing("不保管群管理号和公司账号")


def _as_of(e: PersonEvidence) -> str:
    """The age of the oldest member list it rests on: （名单11月8日）."""
    days = [group.members_on for group in e.member_of if group.members_on]
    return f"（名单{short_date(min(days), e.on)}）" if days else ""


MEMBERSHIP_JUDGES: dict[str, Callable[[PersonEvidence], Proof]] = {
    "groups_joined": _groups_joined,
    "groups_left": _groups_left,
    "groups_reviewed": _groups_reviewed,
    "no_owned_groups": _no_owned_groups,
    "no_admin_groups": _no_admin_groups,
    "no_admin_numbers": _no_admin_numbers,
}

"""What groups bring to the desk: no owner, no custodian, owners who left, orders, old lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wxadmin.domain.account import Custody
from wxadmin.domain.change import Record
from wxadmin.domain.checklist import RUNNING, Checklist
from wxadmin.domain.group import (
    BACKEND,
    OPEN_ORDER,
    OWNER,
    Group,
    GroupRole,
    Order,
    OrderLine,
)
from wxadmin.domain.membership_why import short_date
from wxadmin.domain.proof import listed
from wxadmin.domain.reminder import Reminder, reminder
from wxadmin.services.evidence import EvidenceRoom
from wxadmin.services.group_duties import (
    NO_CUSTODIAN,
    NO_OWNER,
    OWNER_LEAVING,
    OWNER_LEFT,
)
from wxadmin.services.group_members import scope_of
from wxadmin.services.owner_checks import OWNER_TRANSFER

STOPPED = "停用"


class GroupReminders:
    """Everything that has to do with a group or a designated number."""

    def __init__(self, room: EvidenceRoom) -> None:
        self._room, self._on = room, room.on
        self._picture, self._duties = room.picture, room.duties
        self._store = room.workplace.store

    def all(self) -> Iterator[Reminder]:
        """Yield everything about groups."""
        yield from self._owners()
        yield from self._numbers()
        yield from self._orders()
        yield from self._old_lists()
        yield from self._new_owners()

    def _owners(self) -> Iterator[Reminder]:
        """Groups without an owner as one line, groups whose owner left one by one (I11, I13)."""
        without: dict[str, list[Group]] = {}
        for group in self._picture.groups.values():
            trouble = self._duties.trouble(group)
            if trouble in {NO_OWNER, NO_CUSTODIAN}:
                without.setdefault(trouble, []).append(group)
            elif trouble in {OWNER_LEFT, OWNER_LEAVING}:
                yield self._owner_gone(group, trouble)
        for trouble, groups in without.items():
            yield reminder(
                "group_owner",
                "没有群主" if trouble == NO_OWNER else "群管理号没有保管人",
                f"{len(groups)}个群",
                on=self._on,
                detail=listed(group.name for group in groups),
                act="set_owner" if trouble == NO_OWNER else "choose_custodian",
                desk="groups",
                key=groups[0].group_no if len(groups) == 1 else "",
            )

    def _owner_gone(self, group: Group, trouble: str) -> Reminder:
        owner = self._duties.owner(group.id)
        assert owner.employee_id is not None
        left = self._picture.person(owner.employee_id).leave_date
        return reminder(
            "group_owner",
            group.name,
            f"{trouble}：{owner.text}",
            on=self._on,
            since=left,
            stuck=True,
            act="transfer_owner",
            desk="groups",
            key=group.group_no,
        )

    def _numbers(self) -> Iterator[Reminder]:
        """Numbers whose custodian left; with a group that stands among the owners already."""
        for number in self._duties.numbers.values():
            custody = self._duties.custody(number.id)
            owned = number.group_id in self._picture.groups
            if custody is None or owned or number.state == STOPPED:
                continue
            if self._picture.has_left(custody.employee_id):
                person = self._picture.person(custody.employee_id)
                yield reminder(
                    "admin_number",
                    f"{number.seq}号群管理号",
                    f"保管人{person.name}已离职",
                    on=self._on,
                    since=person.leave_date,
                    stuck=True,
                    detail="手机、SIM卡未交接",
                    act="hand_over_number",
                    desk="groups",
                    key=f"number:{number.seq}",
                )

    def _orders(self) -> Iterator[Reminder]:
        orders = self._store.find(Order, state=OPEN_ORDER)
        counts: dict[int, int] = {}
        ids = {order.id for order in orders}
        for (order_id,) in (
            self._store.columns(OrderLine, "order_id", order_id=ids, done_on=None) if ids else ()
        ):
            counts[order_id] = counts.get(order_id, 0) + 1
        for order in orders:
            yield reminder(
                "order",
                self._picture.all_groups[order.group_id].name,
                f"通知单 {order.number} 待回报",
                on=self._on,
                due_on=order.due_on,
                detail=f"致 {order.addressed_to}，{counts.get(order.id, 0)}人",
                act="report_order",
                desk="groups",
                key=order.number,
            )

    def _old_lists(self) -> Iterator[Reminder]:
        """Member lists older than the policy allows, as one line."""
        old: list[tuple[int, Group]] = []
        for group in self._picture.groups.values():
            limit = self._picture.number("group_list_age_days", scope_of(group, self._picture))
            if group.side == BACKEND or group.members_on is None or limit <= 0:
                continue
            if group.members_on + timedelta(days=limit) < self._on:
                old.append(((self._on - group.members_on).days, group))
        if old:
            days, oldest = max(old, key=lambda pair: pair[0])
            yield reminder(
                "member_list",
                "群成员核查",
                f"{len(old)}个群的成员名单过期",
                on=self._on,
                detail=f"最旧{days}天（{oldest.name}，{short_date(oldest.members_on, self._on)}）",
                act="check_group",
                desk="groups",
                key=oldest.group_no if len(old) == 1 else "",
            )

    def _new_owners(self) -> Iterator[Reminder]:
        """Groups that changed hands and whose members nobody has checked since (I14).

        While the group's own checklist is open it is that which reminds of the check.
        """
        changed = {group_id for (group_id,) in self._ended(GroupRole, "group_id", role=OWNER)} | {
            self._duties.numbers[number_id].group_id
            for (number_id,) in self._ended(Custody, "admin_number_id")
        }
        days, transfers = self._check_days(), self._open_transfers()
        for group in self._picture.groups.values():
            since = self._duties.owner(group.id).since
            if group.id not in changed - transfers or since is None or days is None:
                continue
            if group.checked_on is not None and group.checked_on >= since:
                continue
            yield reminder(
                "group_check",
                group.name,
                "新群主接任，核查一遍成员",
                on=self._on,
                due_on=since + timedelta(days=days),
                detail=f"{self._duties.owner(group.id).text}自{short_date(since, self._on)}",
                act="check_group",
                desk="groups",
                key=group.group_no,
            )

    def _open_transfers(self) -> set[int]:
        rows = self._store.columns(Checklist, "group_id", template=OWNER_TRANSFER, state=RUNNING)
        return {group_id for (group_id,) in rows}

    def _ended(
        self, record_type: type[Record], name: str, **wanted: object
    ) -> list[tuple[int, ...]]:
        """Bare values of the duties that ended."""
        rows = self._store.columns(record_type, name, "to_on", **wanted)
        return [(row[0],) for row in rows if row[1] is not None and row[1] <= self._on]

    def _check_days(self) -> int | None:
        """How many days a new owner has for the check, as the pack's checklist says."""
        for template in self._picture.pack.checklists:
            for step in template.steps:
                if template.id == OWNER_TRANSFER and step.proof == "group_checked":
                    return step.due.days if step.required else None
        return None

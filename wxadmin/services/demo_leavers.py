"""The leavers of the demo's month, taken out of groups, numbers, accounts, checklists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError
from wxadmin.domain.group import BACKEND
from wxadmin.domain.person import Employee
from wxadmin.domain.policy_names import leave_kind_of
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.checklists import Checklists
from wxadmin.services.group_duties import OFFBOARDING
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.handover import Handover
from wxadmin.services.membership_picture import Picture
from wxadmin.services.orders import Orders
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.services.demo import Diary

CHECKED = "演示：已逐项核对"


class DemoLeavers:
    """Works the leavers off; what the register will not let close stays open and is named."""

    def __init__(self, workplace: Workplace, diary: Diary, leavers: Sequence[Employee]) -> None:
        self._workplace = workplace
        self._diary = diary
        self._leavers = leavers
        self._checklists = Checklists(workplace)

    def hand_over(self) -> None:
        """Groups and numbers to the proposed successors, accounts the usual way."""
        given = 0
        for person in self._leavers:
            handover = Handover(self._workplace)
            groups = [t for t in handover.transfers(person.id) if t.successor is not None]
            if groups:
                handover.accept(person.id, basis="离职交接")
                given += len(groups)
        Handover(self._workplace).dispose_usual([person.id for person in self._leavers])
        self._diary.made(f"离职交接：转让群 {given} 个，注销 {len(self._leavers)} 人的账号。")

    def work_off(self) -> None:
        """Tick the orders off, take the leavers out of the console's groups, close checklists."""
        picture = Picture(self._workplace)
        orders = Orders(self._workplace)
        done = [orders.tick(view, picture) for view in orders.all(only_open=True)]
        waiting = sum(len(ticked.waiting) for ticked in done)
        self._diary.made(f"群主办结通知单 {len(done)} 份，{waiting} 人待入通讯录后再加。")
        self._out_of_backend()
        views = [view for person in self._leavers for view in self._running(person)]
        closed = sum(self._close(view) for view in views)
        self._diary.made(f"离职办理办结 {closed} 人，留待办 {len(views) - closed} 人。")

    def _out_of_backend(self) -> None:
        """Record that the console took the leavers out of its own groups with their accounts."""
        picture = Picture(self._workplace)
        gone = {person.id for person in self._leavers}
        members = GroupMembers(self._workplace)
        for group in picture.groups.values():
            leaving = sorted(gone & picture.member_ids(group.id))
            if group.side == BACKEND and leaving:
                members.leave(group, leaving, picture, reason="离职")

    def _running(self, person: Employee) -> list[ChecklistView]:
        views = self._checklists.views().of_person(person.id)
        return [
            view
            for view in views
            if view.look.checklist.template == OFFBOARDING and view.look.checklist.is_open
        ]

    def _close(self, view: ChecklistView) -> bool:
        """Settle what the register cannot know by itself, then close; say what holds it."""
        person = next(p for p in self._leavers if p.id == view.look.checklist.employee_id)
        kind = leave_kind_of(person.leave_type, self._workplace.pack)
        gone = kind is not None and kind.gone
        try:
            for step in view.look.open_steps:
                if step.contrary:
                    continue
                if gone and step.item.needs_leaver:
                    self._stand_in(view.id, step.item.no)
                else:
                    self._checklists.tick(view.id, step.item.no, CHECKED)
            self._checklists.close(view.id)
        except UserError as refusal:
            self._diary.made(f"留待办：{refusal.message}")
            return False
        return True

    def _stand_in(self, checklist_id: int, no: int) -> None:
        self._checklists.stand_in(
            checklist_id,
            no,
            stand_in="部门负责人（示例）",
            witness="人事专员（示例）",
            note="自离，本人不到场",
        )

"""One step for many people as one act: ticked, or recorded where the register must prove it.

Eight leavers are out of their groups, their accounts are closed, the address book is done: she
says so once a column instead of once a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from wxadmin.domain.account import Account
from wxadmin.domain.account_moves import CLOSE, RECLAIM, account_moves_from
from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.checklist_moves import check_running, plan_tick, step_of
from wxadmin.domain.checklist_view import StepView
from wxadmin.domain.errors import UserError
from wxadmin.services.account_book import AccountBook
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.checklists import Checklists, Ticked
from wxadmin.services.handover import CANCEL, POOL, Handover
from wxadmin.services.member_moves import plan_leaves
from wxadmin.services.membership_picture import Picture
from wxadmin.services.settling import BY_CHECKLIST
from wxadmin.services.workplace import Workplace

_MOVES = {CANCEL: CLOSE, POOL: RECLAIM}
RECORDED = frozenset({
    "record_members", "take_out_of_directory", "dispose_account", "close_account",
})  # fmt: skip
"""The remedies that can be recorded for a whole column."""


class StepColumn:
    """Keep one for one act: it reads the groups once."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._ids = workplace.store.ids()
        self._picture = Picture(workplace)
        self._handover = Handover(workplace, self._picture)
        self._book = AccountBook(workplace)
        self._recorded: dict[str, Callable[[int, str], list[AnyChange]]] = {
            "record_members": self._out_of_groups,
            "take_out_of_directory": self._out_of_directory,
            "dispose_account": self._usual_fate,
            "close_account": self._usual_fate,
        }

    def settle(self, checklist_ids: Sequence[int], no: int, note: str = "") -> Ticked:
        """Settle a step for all of them; whom something refuses is left out and named."""
        changes: list[AnyChange] = []
        names, refused = [], []
        title = ""
        for view in Checklists(self._workplace).several(checklist_ids):
            try:
                check_running(view.look.checklist)
                step = step_of(view.look, no)
                if step.settled and not note:
                    continue
                changes += self._plan(view, step, note)
            except UserError as error:
                refused.append((view.name, error.message))
            else:
                names.append(view.name)
                title = step.item.title
        with self._workplace.act(f"整列打勾：{title}（{len(names)}人）") as operation:
            operation.write(combined(changes), self._ids)
        return Ticked(tuple(names), tuple(refused), operation.id)

    def _plan(self, view: ChecklistView, step: StepView, note: str) -> list[AnyChange]:
        """Return what settles the step: a tick, or what makes the register prove it."""
        person = view.look.checklist.employee_id
        record = self._recorded.get(step.act)
        if not step.contrary or record is None or person is None:
            return plan_tick(step, self._workplace.today, note)
        before = view.waiting_for(step)
        if before:
            raise UserError(f"先办：{'、'.join(before)}。", "first_others")
        return record(person, note)

    def _out_of_groups(self, person: int, note: str) -> list[AnyChange]:
        moves = self._handover.group_moves(person)
        if moves.join:
            raise UserError("还有要加入的群，请单独登记进出群。", "joins_too")
        changes: list[AnyChange] = []
        for group in moves.leave:
            members = [m for m in self._picture.members(group.id) if m.employee_id == person]
            changes += plan_leaves(members, self._workplace.today, note or BY_CHECKLIST)
        return changes

    def _out_of_directory(self, person: int, note: str) -> list[AnyChange]:
        found = self._workplace.store.find(Account, holder_id=person)
        return [Change(a, replace(a, in_directory=False)) for a in found if a.in_directory]

    def _usual_fate(self, person: int, note: str) -> list[AnyChange]:
        """The policy's usual fate; an account somebody must take over is decided one by one."""
        changes: list[AnyChange] = []
        for fate in self._handover.fates(person):
            move = _MOVES.get(fate.usual, "")
            if move not in account_moves_from(fate.account.state):
                name = fate.account.wecom_userid or fate.account.account_no
                raise UserError(f"账号{name}要单独定去向。", "decide_alone")
            changes += self._book.plan_move(
                fate.account, move, self._ids, reason=note or BY_CHECKLIST
            )
        return changes

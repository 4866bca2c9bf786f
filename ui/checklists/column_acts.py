"""给选中的人整列打勾: one step for many, as one act; groups they own are handed over first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ui.checklists import handing_over
from ui.shared.acting import newest, tell
from ui.shared.acting_dialog import ActingDialog
from ui.shared.record_form import Field
from wxadmin.services.checklist_views import Board, ChecklistView
from wxadmin.services.checklists import Ticked
from wxadmin.services.handover import Handover
from wxadmin.services.step_column import RECORDED, StepColumn

if TYPE_CHECKING:
    from ui.checklists.desk import ChecklistsDesk

MANY = 8
_TRANSFER = "transfer_owner"


def tick_column(
    desk: ChecklistsDesk, board: Board, views: Sequence[ChecklistView], no: int | None
) -> None:
    """Ask which step, then settle it for everybody; the refused are named."""
    choices = [(column.no, column.title) for column in board.columns]
    if not choices or not views:
        return
    names = "、".join(view.name for view in views[:MANY])
    first = no if no is not None else _first_open(desk, board, views)

    def do(answer: dict[str, Any]) -> Ticked | list[ChecklistView]:
        if owners := _owners(views, answer["no"]):
            return owners
        column = StepColumn(desk.context.services)
        return column.settle([view.id for view in views], answer["no"], answer["note"] or "")

    before = newest(desk.context)
    dialog = ActingDialog.around(
        desk.context.messages.window(), f"给 {len(views)} 人整列打勾",
        [
            Field("no", "哪一步", "choice", required=True, choices=choices, value=first),
            Field("note", "备注", hint="可不写"),
        ],
        f"给 {len(views)} 人打勾", do,
        f"{names}{'等' if len(views) > MANY else ''}。退群、移出通讯录、账号去向"
        "（按制度通常的做法）一并登记；还不能办的人会跳过，并说明原因。",
    )  # fmt: skip
    if dialog.run() is None:
        return
    if isinstance(dialog.outcome, Ticked):
        _told(desk, dialog.outcome, before)
    else:
        handing_over.transfer_groups(desk, *dialog.outcome)


def _told(desk: ChecklistsDesk, ticked: Ticked, before: int) -> None:
    tell(desk.context, f"已给 {len(ticked.names)} 人打勾", ticked, before)
    told = ticked.refused
    if told:
        lines = "\n".join(f"{name}：{reason}" for name, reason in told)
        desk.context.messages.error(
            f"{len(told)} 人没有打勾：{told[0][0]}，{told[0][1]}", details=lines
        )


def _owners(views: Sequence[ChecklistView], no: int) -> list[ChecklistView]:
    """Those who still own a group, where the step is the one that hands groups over."""
    steps = [(view, view.step(no)) for view in views]
    return [view for view, step in steps
            if step is not None and step.act == _TRANSFER and not step.settled]  # fmt: skip


def _first_open(desk: ChecklistsDesk, board: Board, views: Sequence[ChecklistView]) -> int:
    """The first step that can be settled now for somebody."""

    def ready(view: ChecklistView, no: int) -> bool:
        step = view.step(no)
        if step is None or step.settled or view.waiting_for(step):
            return False
        return not step.contrary or step.act in RECORDED

    for column in board.columns:
        if _has_successors(desk, _owners(views, column.no)):
            return column.no
        if any(ready(view, column.no) for view in views):
            return column.no
    return board.columns[0].no


def _has_successors(desk: ChecklistsDesk, owners: Sequence[ChecklistView]) -> bool:
    """Whether somebody is proposed for at least one of their groups."""
    if not owners:
        return False
    handover = Handover(desk.context.services)
    people = [view.look.checklist.employee_id for view in owners]
    return any(transfer.successor for person in people if person
               for transfer in handover.transfers(person))  # fmt: skip

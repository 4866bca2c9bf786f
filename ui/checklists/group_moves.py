"""登记进出群: which of the groups he should join or leave he really joined or left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.shared.acting import ask_and_act
from ui.shared.record_form import Field
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.handover import Handover
from wxadmin.services.settling import Settling

if TYPE_CHECKING:
    from ui.checklists.desk import ChecklistsDesk


def record_moves(desk: ChecklistsDesk, view: ChecklistView) -> None:
    """Ask which are done (all are ticked) and write them as one act."""
    person = view.look.checklist.employee_id
    assert person is not None
    moves = Handover(desk.context.services).group_moves(person)
    if not (moves.join or moves.leave):
        desk.context.messages.toast(f"{view.name}没有要加入或退出的群。")
        return
    groups = {group.id: group for group in (*moves.join, *moves.leave)}
    fields = []
    if moves.join:
        fields.append(_field("join", "已加入的群", moves.join))
    if moves.leave:
        fields.append(_field("leave", "已退出的群", moves.leave))
    fields.append(Field("on", "哪一天", "date", required=True, value=desk.context.services.today))

    def do(answer: dict[str, Any]) -> int | None:
        joined = [groups[key] for key in answer.get("join", ())]
        left = [groups[key] for key in answer.get("leave", ())]
        return Settling(desk.context.services, person).groups(joined, left, on=answer["on"])

    ask_and_act(
        desk.context, f"登记进出群：{view.name}", fields, "登记", do,
        f"已登记 {view.name} 的进出群",
        "群里办好了再登记；没办的把勾去掉。",
    )  # fmt: skip


def _field(key: str, label: str, groups: Any) -> Field:
    choices = [(group.id, group.name) for group in groups]
    return Field(key, label, "ticks", choices=choices, value=tuple(group.id for group in groups))

"""What may be done with one step: tick, waive, 不适用, 单方办理, take up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ui.checklists.grid import step_no
from ui.checklists.remedies import remedy_of
from ui.shared.acting import ask_and_act
from ui.shared.dialog import Choice
from ui.shared.record_form import Field
from wxadmin.domain.checklist_view import PROOF, SLASH, StepView
from wxadmin.domain.proof import NOTHING
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.checklists import Checklists

if TYPE_CHECKING:
    from ui.checklists.desk import ChecklistsDesk

TICK, WAIVE, NOT_FOR, ALONE, AGAIN = "tick", "waive", "not_for", "alone", "again"


def settle(desk: ChecklistsDesk, view: ChecklistView, step: StepView) -> None:
    """Enter on a step: everything about it, and the acts it allows."""
    if not view.look.checklist.is_open:
        desk.context.messages.ask(step.item.title, _said(step))
        return
    remedy = remedy_of(desk, view, step)
    choices = _choices(step)
    if remedy is not None and not step.settled:
        choices.append(Choice(step.act_label, remedy, kind="filled"))
    elif not step.settled and not step.contrary:
        choices.append(Choice("打勾", TICK, kind="filled"))
    else:
        choices.append(Choice("知道了", None, kind="filled"))
    left = [choice for choice in choices if choice.kind == "plain"][:2]
    acts = [choice for choice in choices if choice not in left]
    answer = desk.context.messages.ask(
        f"{view.name}：{step.item.title}", _said(step), acts=acts, left=left
    )
    if callable(answer):
        answer()
    elif answer is not None:
        do_step(desk, view, step, answer)


def _choices(step: StepView) -> list[Choice]:
    item = step.item
    found = []
    if item.settled or (step.mark == SLASH and step.finding != NOTHING):
        found.append(Choice("改回待办", AGAIN))
    if step.settled:
        return found
    if item.needs_leaver:
        found.append(Choice("单方办理", ALONE))
    if not item.blocking:
        found.append(Choice("免办（写明原因）", WAIVE))
        found.append(Choice("不适用", NOT_FOR))
    elif not step.contrary:
        found.append(Choice("不适用", NOT_FOR))
    return found


def _said(step: StepView) -> str:
    item = step.item
    due = f"期限：{item.due_on}" if item.due_on else ""
    facts = [
        item.text,
        f"{step.word}　{step.sentence}".strip(),
        "　".join(part for part in (f"责任：{item.role}", due) if part),
        f"依据：{item.source}" if item.source else "",
        "、".join(step.things),
        "这一步办完才能办结。" if item.blocking and not step.settled else "",
    ]
    return "\n".join(dict.fromkeys(fact for fact in facts if fact))


def do_step(desk: ChecklistsDesk, view: ChecklistView, step: StepView, what: str) -> None:
    """Do one of the acts; those that need words ask for them."""
    lists = Checklists(desk.context.services)
    no, title = step.item.no, step.item.title
    match what:
        case "tick":
            ask_for(
                desk,
                f"打勾：{title}",
                "备注（凭什么说办好了）",
                "打勾",
                False,
                lambda note: lists.tick(view.id, no, note),
                f"已打勾：{view.name} {title}",
            )
        case "waive":
            ask_for(
                desk,
                f"免办：{view.name} {title}",
                "免办的原因",
                "免办",
                True,
                lambda note: lists.waive(view.id, no, note),
                f"已免办：{title}",
            )
        case "not_for":
            ask_for(
                desk,
                f"不适用：{view.name} {title}",
                "为什么不适用",
                "标为不适用",
                True,
                lambda note: lists.not_applicable(view.id, no, note),
                f"已标为不适用：{title}",
            )
        case "alone":
            stand_in(desk, view, step)
        case _:
            desk.acted(f"已改回待办：{title}", lambda: lists.take_up(view.id, no))  # fmt: skip


def ask_for(
    desk: ChecklistsDesk, sentence: str, label: str, button: str, required: bool,
    do: Callable[[str], Any], caption: str,
) -> None:  # fmt: skip
    """Ask for one text, then do it."""
    ask_and_act(
        desk.context, sentence,
        [Field("note", label, "lines", required=required, lines=2,
               hint="" if required else "可不写")],
        button, lambda answer: do(answer["note"] or ""), caption,
    )  # fmt: skip


def stand_in(desk: ChecklistsDesk, view: ChecklistView, step: StepView) -> None:
    """单方办理: the head signs in the leaver's place, a witness looks on."""
    gone = "自离，联系不上本人" if view.gone else ""
    ask_and_act(
        desk.context, f"单方办理：{view.name} {step.item.title}",
        [
            Field("head", "代签人（部门负责人）", required=True, half=True),
            Field("witness", "监交人", required=True, half=True, hint="不能和代签人是同一人"),
            Field("note", "原因", "lines", required=True, value=gone, lines=2),
        ],
        "登记单方办理",
        lambda answer: Checklists(desk.context.services).stand_in(
            view.id, step.item.no, stand_in=answer["head"], witness=answer["witness"],
            note=answer["note"],
        ),
        f"已登记单方办理：{step.item.title}",
        "离职人不到场时，由部门负责人代办并写明原因。",
    )  # fmt: skip


def waive_current(desk: ChecklistsDesk, view: ChecklistView) -> None:
    """免办 at the panel's foot: the step of the current cell, or one that is asked for."""
    lists = Checklists(desk.context.services)
    loose = [s for s in view.look.open_steps if not s.item.blocking]
    if not loose:
        desk.context.messages.error(f"{view.name}没有可以免办的步骤：剩下的办完才能办结。")
        return
    here = step_no(desk.current_column())
    first = next((s for s in loose if s.item.no == here), loose[0])
    ask_and_act(
        desk.context, f"免办：{view.name}",
        [
            Field("no", "哪一步", "choice", required=True, value=first.item.no,
                  choices=[(s.item.no, s.item.title) for s in loose]),
            Field("note", "原因", "lines", required=True, lines=2),
        ],
        "免办",
        lambda answer: lists.waive(view.id, answer["no"], answer["note"]),
        f"已免办，{view.name}的清单上留有原因",
        "办完才能办结的步骤不能免办。",
    )  # fmt: skip


def turn(desk: ChecklistsDesk, view: ChecklistView, step: StepView) -> None:
    """Space in the grid: an open step is ticked, one ticked by hand is taken up again."""
    lists = Checklists(desk.context.services)
    title = f"{view.name} {step.item.title}"
    if step.mark == PROOF:
        desk.context.messages.toast(f"{step.item.title}：{step.sentence}")
    elif step.settled and step.finding != NOTHING:
        desk.acted(f"已改回待办：{title}", lambda: lists.take_up(view.id, step.item.no))
    elif not step.settled:
        desk.acted(f"已打勾：{title}", lambda: lists.tick(view.id, step.item.no))

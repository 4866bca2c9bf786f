"""What may be done with the steps of a checklist, and what is refused with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.checklist import (
    DONE,
    NOT_APPLICABLE,
    OPEN,
    TICKED,
    WAIVED,
    Checklist,
    ChecklistItem,
)
from wxadmin.domain.checklist_view import PROOF, SLASH, Look, StepView, blocked_sentence
from wxadmin.domain.errors import UserError
from wxadmin.domain.proof import NOTHING


def step_of(look: Look, no: int) -> StepView:
    """Return a step by its number. Raises `UserError` where there is none."""
    for step in look.steps:
        if step.item.no == no:
            return step
    numbers = "、".join(str(step.item.no) for step in look.steps)
    raise UserError(f"办理清单里没有第{no}步，可用的有：{numbers}。", "no_step")


def check_running(checklist: Checklist) -> None:
    """Refuse to touch a checklist that is closed or dropped."""
    if not checklist.is_open:
        raise UserError(
            f"这张办理清单已经是“{checklist.state}”，没有改动。要再办请先重新打开。", "not_running"
        )


def plan_tick(step: StepView, on: date, note: str = "") -> list[AnyChange]:
    """Tick a step off. Refused where the register says it is not done.

    A step the register has proven needs no tick; a note is kept all the same.
    """
    item = step.item
    if step.contrary:
        remedy = f"请先{step.act_label}" if step.act_label else "请先办完"
        raise UserError(
            f"第{item.no}步“{item.title}”要由登记库证实，不能手工打勾："
            f"{step.sentence}。{remedy}，办好后会自动打勾。",
            "unproven",
        )
    if step.mark == PROOF and not note:
        return []
    done = replace(item, state=TICKED, done_on=item.done_on or on, note=note or item.note)
    return _changed(item, done)


def plan_waive(step: StepView, on: date, note: str) -> list[AnyChange]:
    """Let a step go, with the reason. Refused for blocking steps and without a reason."""
    item = step.item
    if item.blocking:
        raise UserError(f"第{item.no}步“{item.title}”办完才能办结，不能免办。", "blocking")
    _need(note, f"第{item.no}步“{item.title}”免办要写明原因。", "no_reason")
    if step.mark == PROOF:
        raise UserError(f"第{item.no}步“{item.title}”{step.sentence}，不用免办。", "proven")
    return _changed(item, replace(item, state=WAIVED, done_on=on, note=note.strip()))


def plan_not_applicable(step: StepView, on: date, note: str) -> list[AnyChange]:
    """Mark a step 不适用, with the reason. Refused for blocking steps the register holds open."""
    item = step.item
    if item.blocking and step.finding != NOTHING and item.state != NOT_APPLICABLE:
        raise UserError(f"第{item.no}步“{item.title}”办完才能办结，不能改成不适用。", "blocking")
    _need(note, f"第{item.no}步“{item.title}”标为不适用要写明原因。", "no_reason")
    return _changed(item, replace(item, state=NOT_APPLICABLE, done_on=on, note=note.strip()))


def plan_take_up(step: StepView) -> list[AnyChange]:
    """Set a step back to 待办: a wrong tick, or one that does apply after all."""
    item = step.item
    again = replace(item, state=OPEN, done_on=None, note="", stand_in="", witness="")
    return _changed(item, again)


def plan_stand_in(
    step: StepView, on: date, *, stand_in: str, witness: str, note: str
) -> list[AnyChange]:
    """Do a step in the leaver's place (单方办理): the head signs, a witness looks on, with reason.

    Where the register holds the step open, who stands in is kept and the step stays open.
    """
    item = step.item
    if not item.needs_leaver:
        raise UserError(
            f"第{item.no}步“{item.title}”不需要离职人到场，照常打勾即可。", "no_stand_in"
        )
    _need(stand_in, "单方办理要写明代签的部门负责人。", "no_stand_in_name")
    _need(witness, "单方办理要写明监交人。", "no_witness")
    _need(note, "单方办理要写明原因。", "no_reason")
    if stand_in.strip() == witness.strip():
        raise UserError("代签人和监交人不能是同一个人。", "same_person")
    held = step.contrary and item.blocking
    done = replace(
        item,
        state=OPEN if held else TICKED,
        done_on=None if held else on,
        note=note.strip(),
        stand_in=stand_in.strip(),
        witness=witness.strip(),
    )
    return _changed(item, done)


def plan_close(name: str, look: Look, on: date) -> list[AnyChange]:
    """Close a checklist: what the register proved is written down with its proof.

    Refused while anything is open, naming the blocking step first (I13).
    """
    check_running(look.checklist)
    if look.open_steps:
        raise UserError(refusal(name, look), "open_steps", _open_lines(look.open_steps))
    closed = replace(look.checklist, state=DONE, closed_on=on)
    changes: list[AnyChange] = [Change(look.checklist, closed)]
    for step in look.steps:
        changes += _frozen(step, on)
    return changes


def refusal(name: str, look: Look) -> str:
    """Say why a checklist cannot be closed."""
    blocked = blocked_sentence(name, look)
    if blocked:
        return blocked
    titles = [step.item.title for step in look.open_steps]
    text = "、".join(titles[:4]) + (f"等{len(titles)}步" if len(titles) > 4 else "")
    return f"还不能办结：{name}还有{len(titles)}步没有办：{text}。请办完，或写明原因免办。"


def _open_lines(steps: Iterable[StepView]) -> tuple[str, ...]:
    return tuple(
        f"第{s.item.no}步 {s.item.title}{'（办完才能办结）' if s.item.blocking else ''}"
        + (f"：{s.sentence}" if s.sentence else "")
        for s in steps
    )


def _frozen(step: StepView, on: date) -> list[AnyChange]:
    """The change that keeps what the register proved, for a step that was ticked by itself."""
    item = step.item
    if step.mark == PROOF:
        done = item.done_on or on
        return _changed(item, replace(item, state=TICKED, done_on=done, note=step.sentence))
    if step.mark == SLASH and item.state == OPEN:
        return _changed(item, replace(item, state=NOT_APPLICABLE, done_on=on, note=step.sentence))
    return []


def _changed(before: ChecklistItem, after: ChecklistItem) -> list[AnyChange]:
    return [] if before == after else [Change(before, after)]


def _need(text: str, sentence: str, code: str) -> None:
    if not text.strip():
        raise UserError(sentence, code)

"""Which act is the next sensible one for a form, and which others it allows."""

from __future__ import annotations

from dataclasses import dataclass

from ui.forms.columns import BACK, OUT, TO_PRINT
from wxadmin.domain.form import (
    ACCEPT,
    APPROVE,
    APPROVED,
    ARCHIVE,
    COMPLETE,
    DONE,
    DRAFTS,
    MAIL,
    NOTIFY,
    OPENED,
    REJECT,
    RETURN,
    WITHDRAW,
)
from wxadmin.services.form_board import FormLine

EDIT, PRINT, SIGNED = "edit", "print", "signed"


@dataclass(frozen=True, slots=True)
class NextAct:
    """An act by its id and what the button says."""

    id: str
    text: str
    icon: str = ""


def next_act(line: FormLine, missing: int, opens: bool) -> NextAct | None:
    """The one filled button. `missing` fields keep a draft from the printer; `opens` says that
    its completion opens an account."""
    if line.state in DRAFTS and line.paper_state == TO_PRINT:
        if missing:
            return NextAct(EDIT, f"补填 {missing} 栏", "edit")
        return NextAct(PRINT, "打印", "print")
    if line.paper_state == OUT or APPROVE in line.moves:
        return NextAct(SIGNED, "登记签回")
    if line.state in DRAFTS:
        return NextAct(SIGNED, "登记收件")
    return _after_signing(line, opens)


def _after_signing(line: FormLine, opens: bool) -> NextAct | None:
    if MAIL in line.moves:
        return NextAct(MAIL, "登记收件")
    if COMPLETE in line.moves:
        return NextAct(COMPLETE, "开通账号" if opens else "办结")
    if NOTIFY in line.moves:
        return NextAct(NOTIFY, "登记已告知")
    if line.state == DONE and line.paper_state == BACK:
        return NextAct(ARCHIVE, "归档")
    return None


def other_acts(line: FormLine, first: NextAct | None, next_role: str) -> list[NextAct]:
    """What else the form allows, for the menu behind 更多."""
    taken = first.id if first is not None else ""
    found = []
    if line.state in DRAFTS and line.paper_state == OUT:
        found.append(NextAct(EDIT, "修改内容（要重新打印）"))
    if line.state in DRAFTS and taken == EDIT:
        found.append(NextAct(PRINT, "先打印（手工补填）"))
    if APPROVE in line.moves:
        found.append(NextAct(APPROVE, f"只登记{next_role or '一步'}同意"))
    words = {ACCEPT: "登记受理", RETURN: "退回补正", REJECT: "驳回", WITHDRAW: "撤回"}
    found += [NextAct(move, words[move]) for move in words if move in line.moves and move != taken]
    if line.state in {OPENED, APPROVED} and line.paper_state == BACK and taken != ARCHIVE:
        found.append(NextAct(ARCHIVE, "纸面归档"))
    return found

"""Which act is the next sensible one for a form, and which others it allows."""

from __future__ import annotations

from dataclasses import dataclass

from ui.forms.columns import BACK, FILED, OUT, TO_PRINT
from wxadmin.domain.form import (
    ACCEPT,
    APPROVE,
    APPROVED,
    ARCHIVE,
    COMPLETE,
    CONFIRM,
    DONE,
    DRAFTS,
    IN_APPROVAL,
    LOSE,
    MAIL,
    NOTIFY,
    OPENED,
    REJECT,
    REJECTED,
    RETURN,
    WITHDRAW,
    WITHDRAWN,
)
from wxadmin.services.form_board import FormLine

EDIT, PRINT, SIGNED = "edit", "print", "signed"
AGREE, REPEAT, PREVIEW = "agree", "repeat", "preview"


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
    if line.state in {REJECTED, WITHDRAWN}:
        return NextAct(REPEAT, "复制重报", "copy")
    if line.confirm_due is not None and line.state not in DRAFTS | {IN_APPROVAL}:
        return _after_signing(line, opens) or NextAct(CONFIRM, "登记补签")
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
        found.append(NextAct(APPROVE, f"只登记{next_role or '一步'}签字同意"))
    if APPROVE in line.moves or line.state in DRAFTS:
        found.append(NextAct(AGREE, "登记口头、电话、邮件、代签同意"))
    if line.confirm_due is not None and taken != CONFIRM:
        found.append(NextAct(CONFIRM, "登记补签"))
    if COMPLETE in line.moves:
        found.append(NextAct(PREVIEW, "看办结会改动什么"))
    words = {ACCEPT: "登记受理", RETURN: "退回补正", REJECT: "驳回", WITHDRAW: "撤回"}
    found += [NextAct(move, words[move]) for move in words if move in line.moves and move != taken]
    if line.state in {OPENED, APPROVED} and line.paper_state == BACK and taken != ARCHIVE:
        found.append(NextAct(ARCHIVE, "纸面归档"))
    if line.printed_on is not None and line.paper_state in {OUT, BACK, FILED}:
        found.append(NextAct(LOSE, "纸面遗失"))
    return found

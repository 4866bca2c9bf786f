"""A filled form, its lawful moves, and who decided what on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wxadmin.domain.change import Record
from wxadmin.domain.errors import UserError

DRAFT = "草稿"
SUBMITTED = "已提交"
IN_APPROVAL = "审批中"
APPROVED = "已批准"
MAILED = "已邮件"
ACCEPTED = "已受理"
OPENED = "已开通"
CLOSED = "已告知"
RETURNED = "退回修改"
REJECTED = "驳回"
WITHDRAWN = "撤回"

STATES = (
    DRAFT,
    SUBMITTED,
    IN_APPROVAL,
    APPROVED,
    MAILED,
    ACCEPTED,
    OPENED,
    CLOSED,
    RETURNED,
    REJECTED,
    WITHDRAWN,
)

SUBMIT = "submit"
APPROVE = "approve"
RETURN = "return"
REJECT = "reject"
WITHDRAW = "withdraw"
MAIL = "mail"
ACCEPT = "accept"
COMPLETE = "complete"
NOTIFY = "notify"

MOVES = {
    SUBMIT: "提交",
    APPROVE: "同意",
    RETURN: "退回补正",
    REJECT: "驳回",
    WITHDRAW: "撤回",
    MAIL: "收件",
    ACCEPT: "受理",
    COMPLETE: "开通",
    NOTIFY: "告知",
}

_LAWFUL: dict[str, dict[str, str]] = {
    DRAFT: {SUBMIT: SUBMITTED, WITHDRAW: WITHDRAWN},
    RETURNED: {SUBMIT: SUBMITTED, WITHDRAW: WITHDRAWN},
    SUBMITTED: {
        APPROVE: IN_APPROVAL,
        RETURN: RETURNED,
        REJECT: REJECTED,
        WITHDRAW: WITHDRAWN,
    },
    IN_APPROVAL: {
        APPROVE: IN_APPROVAL,
        RETURN: RETURNED,
        REJECT: REJECTED,
        WITHDRAW: WITHDRAWN,
    },
    APPROVED: {MAIL: MAILED, RETURN: RETURNED, WITHDRAW: WITHDRAWN},
    MAILED: {ACCEPT: ACCEPTED, COMPLETE: OPENED, RETURN: RETURNED},
    ACCEPTED: {COMPLETE: OPENED, RETURN: RETURNED},
    OPENED: {NOTIFY: CLOSED},
    CLOSED: {},
    REJECTED: {},
    WITHDRAWN: {},
}
FINAL = frozenset(state for state, moves in _LAWFUL.items() if not moves)


@dataclass(frozen=True, slots=True)
class Form(Record):
    """A form (表单) of some kind, with its number, its state and what stands in its fields."""

    kind: ClassVar[str] = "form"

    number: str
    form_kind: str
    definition_version: int
    state: str
    request_kind: str = ""
    employee_id: int | None = None
    group_id: int | None = None
    account_id: int | None = None
    values: tuple[tuple[str, str], ...] = ()
    applied_on: date | None = None
    printed_on: date | None = None
    signed_on: date | None = None
    received_on: date | None = None
    received_from: str = ""
    opened_on: date | None = None
    notified_head_on: date | None = None
    notified_holder_on: date | None = None
    archived_on: date | None = None
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether anything may still happen to the form."""
        return self.state not in FINAL

    def value(self, field: str) -> str:
        """Return what stands in a field, "" for nothing."""
        return dict(self.values).get(field, "")

    def paper_state(self) -> str:
        """Return where the sheet of paper is (待打印 待签回 已签回 已归档)."""
        if self.archived_on or self.state == CLOSED:
            return "已归档"
        if self.signed_on or self.state in {APPROVED, MAILED, ACCEPTED, OPENED}:
            return "已签回"
        if self.state in {REJECTED, WITHDRAWN}:
            return self.state
        return "待签回" if self.printed_on else "待打印"


@dataclass(frozen=True, slots=True)
class FormStep(Record):
    """A recorded decision on a form: which move, by whom in which role, when, what was said."""

    kind: ClassVar[str] = "form_step"

    form_id: int
    seq: int
    move: str
    role: str
    by: str
    on: date
    note: str = ""


def moves_from(state: str) -> tuple[str, ...]:
    """Name the moves that are lawful in a state."""
    return tuple(_LAWFUL[state])


def state_after(state: str, move: str, *, steps_left: int = 0) -> str:
    """Return the state a move leads to; `steps_left` approvals are still missing after it.

    Raises `UserError` where the move is not lawful: nobody jumps a step (C04).
    """
    if move not in MOVES:
        raise UserError(f"没有“{move}”这一步。可用的有：{'、'.join(MOVES)}。", "unknown_move")
    target = _LAWFUL[state].get(move)
    if target is None:
        lawful = "、".join(MOVES[m] for m in moves_from(state)) or "（已结束，不能再动）"
        raise UserError(
            f"表单现在是“{state}”，不能“{MOVES[move]}”。现在可以：{lawful}。", "unlawful_move"
        )
    if move == APPROVE and steps_left == 0:
        return APPROVED
    return target

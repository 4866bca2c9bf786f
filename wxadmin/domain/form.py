"""A filled form, its lawful moves, and who decided what on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import ClassVar

from wxadmin.domain.change import Record
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass

DRAFT = "草稿"
SUBMITTED = "已提交"
IN_APPROVAL = "审批中"
APPROVED = "已批准"
MAILED = "已邮件"
ACCEPTED = "已受理"
OPENED = "已开通"
CLOSED = "已告知"
DONE = "已办结"
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
    DONE,
    RETURNED,
    REJECTED,
    WITHDRAWN,
)

CARRIED_OUT = "已办理"
"""What 已开通 is called of a request that opens no account (停用, 注销, 变更 …)."""
OPENING = frozenset({"", "新增", "多账号", "个人号申报"})
"""Requests after which there is an account that was not there before; "" where none is named."""

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
    COMPLETE: "办结",
    NOTIFY: "告知",
}

SIGN = "sign"
ARCHIVE = "archive"
CONFIRM = "confirm"
LOSE = "lose"
MARKS = {SIGN: "签回", ARCHIVE: "归档", CONFIRM: "补签", LOSE: "遗失"}
"""What happens to the paper; the form's state stays as it is."""

OPEN_ACT = "open"
ALL_ACTS = frozenset({MAIL, ACCEPT, OPEN_ACT, NOTIFY})
"""What a route may hold besides approvals; a form without a step never waits for it."""

BY_SIGNATURE, BY_MAIL, BY_MOUTH, BY_PHONE, BY_DELEGATE = "签字", "邮件", "口头", "电话", "代签"
WAYS = (BY_SIGNATURE, BY_MAIL, BY_MOUTH, BY_PHONE, BY_DELEGATE)
"""How a decision may be given."""
SPOKEN = frozenset({BY_MOUTH, BY_PHONE})
"""Ways after which a signature is still owed (待补签)."""

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
    DONE: {},
    REJECTED: {},
    WITHDRAWN: {},
}
FINAL = frozenset({CLOSED, DONE, REJECTED, WITHDRAWN})
DRAFTS = frozenset({DRAFT, RETURNED})
"""States in which what stands in the fields may still be changed."""
SIGNED = frozenset({APPROVED, MAILED, ACCEPTED, OPENED, DONE})
_BARE = frozenset({DRAFT, RETURNED, REJECTED, WITHDRAWN})


def state_word(state: str, request_kind: str) -> str:
    """Return what a state is called where people read it: nothing is 已开通 by a 注销."""
    return CARRIED_OUT if state == OPENED and request_kind not in OPENING else state


@dataclass(frozen=True, slots=True)
class Form(Record):
    """A form (表单) of some kind, with its number, its state and what stands in its fields.

    `sheet` is which paper of it counts (第N版): 退回补正 raises it and keeps the number;
    `copied_from` is the number of the refused form it repeats (复制重报).
    """

    kind: ClassVar[str] = "form"
    version: ClassVar[int] = 2

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
    sheet: int = 1
    copied_from: str = ""
    lost_on: date | None = None
    lost_note: str = ""

    @property
    def state_word(self) -> str:
        """Return what the form's state is called where people read it."""
        return state_word(self.state, self.request_kind)

    @property
    def is_open(self) -> bool:
        """Say whether anything may still happen to the form."""
        return self.state not in FINAL

    @property
    def is_draft(self) -> bool:
        """Say whether its fields may still be changed."""
        return self.state in DRAFTS

    def value(self, field: str) -> str:
        """Return what stands in a field, "" for nothing."""
        return dict(self.values).get(field, "")

    @property
    def about(self) -> str:
        """Return whom or which group it is about, as it says itself."""
        known = dict(self.values)
        names = ("group_name", "holder_name", "old_name")
        return next((known[name] for name in names if known.get(name)), "")

    def paper_state(self) -> str:
        """Return where the sheet of paper is (待打印 待签回 已签回 已归档)."""
        if self.archived_on or self.state == CLOSED:
            return "已归档"
        if self.signed_on or self.state in SIGNED:
            return "已签回"
        if self.state in {REJECTED, WITHDRAWN}:
            return self.state
        return "待签回" if self.printed_on else "待打印"


@dataclass(frozen=True, slots=True)
class FormStep(Record):
    """A recorded decision on a form: which move, by whom in which role, when, what was said.

    `way` is how it was given (签字 邮件 口头 电话 代签). What was only said is to be signed later:
    `confirm_due` is until when, `confirmed_on` when it was. `for_whom` is whose signature a
    delegate gave, `scan_id` the page that shows it.
    """

    kind: ClassVar[str] = "form_step"
    version: ClassVar[int] = 2

    form_id: int
    seq: int
    move: str
    role: str
    by: str
    on: date
    note: str = ""
    way: str = "签字"
    confirm_due: date | None = None
    confirmed_on: date | None = None
    for_whom: str = ""
    scan_id: int | None = None

    @property
    def is_owed(self) -> bool:
        """Say whether the decision was only said and its signature is still to come (待补签)."""
        return self.confirm_due is not None and self.confirmed_on is None


@dataclass(frozen=True, slots=True)
class SigningDelegate(Record):
    """Who may sign in an approver's place (授权代签人), from–to, and on what ground."""

    kind: ClassVar[str] = "signing_delegate"

    role: str
    person_name: str
    employee_id: int | None
    from_on: date
    to_on: date | None = None
    basis: str = ""

    def may_sign(self, role: str, on: date) -> bool:
        """Say whether the delegate may sign for a role on a day."""
        return role == self.role and self.from_on <= on and (self.to_on is None or on <= self.to_on)


def moves_from(state: str, acts: Collection[str] = ALL_ACTS) -> tuple[str, ...]:
    """Name the moves that are lawful in a state, on a route with these acts."""
    return tuple(_targets(state, acts))


def _targets(state: str, acts: Collection[str]) -> dict[str, str]:
    """Return where each move leads. A route without 收件 goes on from the last approval."""
    targets = dict(_LAWFUL[state])
    if state == APPROVED and MAIL not in acts:
        del targets[MAIL]
        targets = {COMPLETE: OPENED, **targets}
        if ACCEPT in acts:
            targets = {ACCEPT: ACCEPTED, **targets}
    if state == MAILED and ACCEPT not in acts:
        del targets[ACCEPT]
    if COMPLETE in targets and OPEN_ACT not in acts:
        targets[COMPLETE] = DONE
    return targets


def state_after(
    state: str, move: str, *, steps_left: int = 0, acts: Collection[str] = ALL_ACTS
) -> str:
    """Return the state a move leads to; `steps_left` approvals (or people to be told) are still
    missing after it.

    Raises `UserError` where the move is not lawful: nobody jumps a step (C04).
    """
    if move not in MOVES:
        raise UserError(f"没有“{move}”这一步。可用的有：{'、'.join(MOVES)}。", "unknown_move")
    targets = _targets(state, acts)
    target = targets.get(move)
    if target is None:
        lawful = "、".join(MOVES[m] for m in targets) or "（已结束，不能再动）"
        raise UserError(
            f"表单现在是“{state}”，不能“{MOVES[move]}”。现在可以：{lawful}。", "unlawful_move"
        )
    if move in {SUBMIT, APPROVE} and steps_left == 0:
        return APPROVED
    if move == NOTIFY and steps_left > 0:
        return state
    return target


def check_mark(state: str, mark: str) -> None:
    """Raise `UserError` where paper cannot come back or be filed in this state."""
    if mark == SIGN and state in {REJECTED, WITHDRAWN}:
        raise UserError(f"表单已“{state}”，不用再签回。", "unlawful_move")
    if mark == LOSE and state in _BARE:
        raise UserError(f"表单现在是“{state}”，没有要找的纸面，重新打印就可以。", "unlawful_move")
    if mark == ARCHIVE and state in _BARE | {SUBMITTED, IN_APPROVAL}:
        raise UserError(f"表单现在是“{state}”，还不能归档。", "unlawful_move")

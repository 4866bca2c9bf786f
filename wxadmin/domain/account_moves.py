"""What may happen to an account: every move that is lawful in every state, as a table."""

from __future__ import annotations

from wxadmin.domain.account import (
    BARRED,
    CLOSED,
    IN_USE,
    PENDING,
    RECLAIMED,
    RESTRICTED,
    SUSPENDED,
    TO_CLOSE,
    TO_RECLAIM,
)
from wxadmin.domain.errors import UserError

OPEN = "open"
SUSPEND = "suspend"
RESTRICT = "restrict"
RESTORE = "restore"
RECLAIM = "reclaim"
TAKE_BACK = "take_back"
HAND_OVER = "hand_over"
BEGIN_CLOSING = "begin_closing"
CLOSE = "close"
BAR = "bar"
LIFT = "lift"

MOVES = {
    OPEN: "开通",
    SUSPEND: "停用",
    RESTRICT: "限制使用",
    RESTORE: "恢复使用",
    RECLAIM: "发起回收",
    TAKE_BACK: "确认收回",
    HAND_OVER: "转交",
    BEGIN_CLOSING: "发起注销",
    CLOSE: "注销",
    BAR: "永久取消",
    LIFT: "解除永久取消",
}

_ENDINGS = {RECLAIM: TO_RECLAIM, BEGIN_CLOSING: TO_CLOSE, CLOSE: CLOSED, BAR: BARRED}
_LAWFUL: dict[str, dict[str, str]] = {
    PENDING: {OPEN: IN_USE, BEGIN_CLOSING: TO_CLOSE, CLOSE: CLOSED, BAR: BARRED},
    IN_USE: {SUSPEND: SUSPENDED, RESTRICT: RESTRICTED, HAND_OVER: IN_USE, **_ENDINGS},
    SUSPENDED: {RESTORE: IN_USE, RESTRICT: RESTRICTED, HAND_OVER: IN_USE, **_ENDINGS},
    RESTRICTED: {RESTORE: IN_USE, SUSPEND: SUSPENDED, **_ENDINGS},
    TO_RECLAIM: {
        RESTORE: IN_USE,
        TAKE_BACK: RECLAIMED,
        HAND_OVER: IN_USE,
        BEGIN_CLOSING: TO_CLOSE,
        CLOSE: CLOSED,
        BAR: BARRED,
    },
    RECLAIMED: {HAND_OVER: IN_USE, BEGIN_CLOSING: TO_CLOSE, CLOSE: CLOSED},
    TO_CLOSE: {RESTORE: IN_USE, CLOSE: CLOSED, BAR: BARRED},
    CLOSED: {},
    BARRED: {LIFT: CLOSED},
}
"""A leave that is taken back restores an account to be reclaimed or closed (撤销离职)."""


def account_moves_from(state: str) -> tuple[str, ...]:
    """Name the moves that are lawful in a state."""
    return tuple(_LAWFUL[state])


def account_state_after(state: str, move: str) -> str:
    """Return the state a move leads to. Raises `UserError` where the move is not lawful."""
    if move not in MOVES:
        raise UserError(
            f"没有“{move}”这一步，账号可以：{'、'.join(MOVES.values())}。", "unknown_move"
        )
    target = _LAWFUL[state].get(move)
    if target is None:
        lawful = "、".join(MOVES[m] for m in account_moves_from(state))
        now = f"现在可以：{lawful}" if lawful else "已经了结，不能再变动"
        raise UserError(f"账号现在是“{state}”，不能“{MOVES[move]}”；{now}。", "unlawful_move")
    return target


def move_to_state(before: str, after: str) -> str:
    """Return the move that leads straight from one state to another, for a corrected field.

    Raises `UserError` where no single move does.
    """
    for move, target in _LAWFUL[before].items():
        if target == after and move != HAND_OVER:
            return move
    lawful = "、".join(dict.fromkeys(_LAWFUL[before].values())) or "（没有）"
    raise UserError(f"账号不能从“{before}”改成“{after}”；可以改成：{lawful}。", "unlawful_move")

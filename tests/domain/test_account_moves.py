"""Every state of an account against every move."""

from __future__ import annotations

import pytest

from wxadmin.domain.account import STATES
from wxadmin.domain.account_moves import (
    MOVES,
    account_moves_from,
    account_state_after,
    move_to_state,
)
from wxadmin.domain.errors import UserError

ENDINGS = {"reclaim": "待回收", "begin_closing": "待注销", "close": "已注销", "bar": "永久取消"}
LAWFUL = {
    "待开通": {"open": "在用", "begin_closing": "待注销", "close": "已注销", "bar": "永久取消"},
    "在用": {"suspend": "停用", "restrict": "限制使用", "hand_over": "在用", **ENDINGS},
    "停用": {"restore": "在用", "restrict": "限制使用", "hand_over": "在用", **ENDINGS},
    "限制使用": {"restore": "在用", "suspend": "停用", **ENDINGS},
    "待回收": {
        "restore": "在用",
        "take_back": "已回收",
        "hand_over": "在用",
        "begin_closing": "待注销",
        "close": "已注销",
        "bar": "永久取消",
    },
    "已回收": {"hand_over": "在用", "begin_closing": "待注销", "close": "已注销"},
    "待注销": {"restore": "在用", "close": "已注销", "bar": "永久取消"},
    "已注销": {},
    "永久取消": {"lift": "已注销"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", MOVES)
def test_a_move_leads_where_the_table_says_and_nowhere_else(state: str, move: str) -> None:
    target = LAWFUL[state].get(move)
    if target is not None:
        assert account_state_after(state, move) == target
        return
    with pytest.raises(UserError) as refusal:
        account_state_after(state, move)
    assert state in refusal.value.message
    assert MOVES[move] in refusal.value.message


@pytest.mark.parametrize("state", STATES)
def test_the_moves_offered_are_the_lawful_ones(state: str) -> None:
    assert set(account_moves_from(state)) == set(LAWFUL[state])


def test_an_unknown_move_is_refused_with_those_there_are() -> None:
    with pytest.raises(UserError, match="注销"):
        account_state_after("在用", "explode")


def test_a_corrected_state_finds_its_move() -> None:
    assert move_to_state("在用", "停用") == "suspend"
    with pytest.raises(UserError, match="不能从“已注销”改成“在用”"):
        move_to_state("已注销", "在用")

"""Every state of a form against every move, on routes with and without each step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wxadmin.domain.errors import UserError
from wxadmin.domain.form import (
    ALL_ACTS,
    FINAL,
    MOVES,
    STATES,
    Form,
    check_mark,
    moves_from,
    state_after,
    state_word,
)

FORM = Form(1, "QWSQ-202611-001", "account_request", 1, "草稿")
OPEN_ROUTE = {
    "草稿": {"submit": "已提交", "withdraw": "撤回"},
    "退回修改": {"submit": "已提交", "withdraw": "撤回"},
    "已提交": {"approve": "审批中", "return": "退回修改", "reject": "驳回", "withdraw": "撤回"},
    "审批中": {"approve": "审批中", "return": "退回修改", "reject": "驳回", "withdraw": "撤回"},
    "已批准": {"mail": "已邮件", "return": "退回修改", "withdraw": "撤回"},
    "已邮件": {"accept": "已受理", "complete": "已开通", "return": "退回修改"},
    "已受理": {"complete": "已开通", "return": "退回修改"},
    "已开通": {"notify": "已告知"},
    "已告知": {},
    "已办结": {},
    "驳回": {},
    "撤回": {},
}
SHORT_ROUTE = OPEN_ROUTE | {
    "已批准": {"complete": "已办结", "return": "退回修改", "withdraw": "撤回"},
    "已邮件": {"complete": "已办结", "return": "退回修改"},
    "已受理": {"complete": "已办结", "return": "退回修改"},
}


@pytest.mark.parametrize(("acts", "table"), [(ALL_ACTS, OPEN_ROUTE), (frozenset(), SHORT_ROUTE)])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", MOVES)
def test_a_move_leads_where_the_route_says_and_nowhere_else(
    acts: frozenset[str], table: dict[str, dict[str, str]], state: str, move: str
) -> None:
    assert set(moves_from(state, acts)) == set(table[state])
    target = table[state].get(move)
    left = 0 if move == "notify" else 1
    if target is not None:
        assert state_after(state, move, steps_left=left, acts=acts) == target
        return
    with pytest.raises(UserError) as refusal:
        state_after(state, move, steps_left=left, acts=acts)
    assert state in refusal.value.message


def test_the_last_approval_approves() -> None:
    assert state_after("已提交", "approve", steps_left=0) == "已批准"
    assert state_after("审批中", "approve", steps_left=0) == "已批准"


def test_a_route_without_approvals_needs_none() -> None:
    assert state_after("草稿", "submit", steps_left=0) == "已批准"


def test_told_one_of_two_is_not_yet_told() -> None:
    assert state_after("已开通", "notify", steps_left=1) == "已开通"


def test_a_route_without_mail_but_with_acceptance_goes_on_there() -> None:
    acts = frozenset({"accept", "open"})
    assert state_after("已批准", "accept", acts=acts) == "已受理"
    assert "mail" not in moves_from("已批准", acts)


def test_an_unknown_move_is_refused() -> None:
    with pytest.raises(UserError) as refusal:
        state_after("草稿", "fly")
    assert refusal.value.code == "unknown_move"


@pytest.mark.parametrize("state", STATES)
def test_a_final_form_is_not_open(state: str) -> None:
    form = replace(FORM, state=state)
    assert form.is_open is (state not in FINAL)
    assert form.is_draft is (state in {"草稿", "退回修改"})


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("mark", ["sign", "archive"])
def test_paper_comes_back_and_is_filed_only_where_it_makes_sense(state: str, mark: str) -> None:
    refused = {
        "sign": {"驳回", "撤回"},
        "archive": {"草稿", "退回修改", "驳回", "撤回", "已提交", "审批中"},
    }[mark]
    if state in refused:
        with pytest.raises(UserError):
            check_mark(state, mark)
    else:
        check_mark(state, mark)


def test_the_paper_goes_from_the_printer_to_the_file() -> None:
    day = date(2026, 11, 20)
    assert FORM.paper_state() == "待打印"
    assert replace(FORM, printed_on=day).paper_state() == "待签回"
    assert replace(FORM, printed_on=day, signed_on=day).paper_state() == "已签回"
    assert replace(FORM, state="已批准").paper_state() == "已签回"
    assert replace(FORM, state="已告知").paper_state() == "已归档"
    assert replace(FORM, archived_on=day).paper_state() == "已归档"
    assert replace(FORM, state="驳回").paper_state() == "驳回"


def test_a_request_that_opens_nothing_is_never_called_opened() -> None:
    assert state_word("已开通", "新增") == "已开通"
    assert state_word("已开通", "注销") == "已办理"
    assert state_word("已邮件", "注销") == "已邮件"

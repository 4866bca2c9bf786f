"""All nine kinds of request: told beforehand, done in one act, taken back as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import office, person
from wxadmin.domain.account import Account, AccountException, AccountHolding
from wxadmin.domain.person import Employee
from wxadmin.services.forms import Forms
from wxadmin.services.history import History
from wxadmin.services.workplace import Workplace

PERIOD = {"exception_reason": "两个岗位", "exception_until": "2026-12-31"}
KINDS = {
    "变更": ({"mobile": "13900000088"}, "手机号码 13805950012 → 13900000088"),
    "权限调整": ({"permission_level_id": "二级"}, "权限等级"),
    "停用": ({}, "状态 在用 → 停用"),
    "注销": ({}, "状态 在用 → "),
    "转交": ({"receiver": "00014"}, "使用人 林国栋 → 王小兰"),
    "私用": (PERIOD, "登记例外：林国栋 私用，至2026-12-31"),
    "多账号": ({**PERIOD, "mobile": "13900000099"}, "登记例外：林国栋 多账号"),
    "个人号申报": ({"wechat_id": "lin_gd", "mobile": "13900000077"}, "开通账号"),
}


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    opened = office(tmp_path)
    yield opened
    opened.close()


def carried_out(workplace: Workplace, kind: str, **typed: str) -> str:
    """Take a form to where only its completion is left and return its number."""
    who = workplace.store.find(Employee, emp_no="00012")[0]
    forms = Forms(workplace)
    form = forms.draft("account_request", person=who, typed={"request_kind": kind, **typed})
    forms.receive_signed(form.number, received_from="林国栋")
    return form.number


def kept(workplace: Workplace) -> list[object]:
    kinds = (Account, AccountHolding, AccountException)
    return [record for kind in kinds for record in workplace.store.all(kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_is_told_beforehand_done_and_taken_back(workplace, kind: str) -> None:
    person(workplace)
    person(workplace, "00014", "王小兰")
    forms = Forms(workplace)
    if kind != "个人号申报":
        forms.move(carried_out(workplace, "新增"), "complete")
    before = kept(workplace)
    typed, told = KINDS[kind]
    if kind == "权限调整":
        levels = [level.name for level in workplace.pack.permission_levels]
        now = workplace.store.all(Account)[0].permission_level
        typed = {"permission_level_id": next(name for name in levels if name != now)}
    number = carried_out(workplace, kind, **typed)
    said = forms.preview(number)
    assert any(told in line for line in said.lines), said
    operation = forms.move(number, "complete").operation
    assert kept(workplace) != before
    History(workplace).undo(operation)
    assert kept(workplace) == before
    assert forms.called(number).opened_on is None

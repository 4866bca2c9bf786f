"""Identifiers, mobiles, names, ids and the number of accounts a person may have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wxadmin.domain.account import CLOSED, IN_USE, Account, AccountException
from wxadmin.domain.account_rules import (
    accounts_allowed,
    email_problem,
    free_userid,
    missing_identifiers,
    mobile_problem,
    name_problem,
    personal_accounts,
    same_mobile,
    userid_problem,
)
from wxadmin.domain.person import Employee

LIN = Employee(1, "00012", "林国栋")
ACCOUNT = Account(
    1, "ZH-00001", "林国栋", "personal", mobile="13805950012", holder_id=1, state=IN_USE
)


@pytest.mark.parametrize("mobile", ["", "13805950012", "+852-98765432"])
def test_a_sound_mobile_has_no_problem(mobile: str) -> None:
    assert mobile_problem(mobile) == ""


@pytest.mark.parametrize("mobile", ["1380595001", "138****0012", "23805950012", "13805950012.0"])
def test_a_bad_mobile_is_refused_with_an_example(mobile: str) -> None:
    assert mobile in mobile_problem(mobile)


def test_a_masked_mobile_is_told_apart() -> None:
    assert "打过码" in mobile_problem("138****0012")


@pytest.mark.parametrize("email", ["", "lin@dongnan.cn"])
def test_a_sound_address_has_no_problem(email: str) -> None:
    assert email_problem(email) == ""


def test_a_bad_address_is_refused() -> None:
    assert email_problem("lin@dongnan")


@pytest.mark.parametrize("userid", ["", "lin.guodong", "9x_y-Z"])
def test_a_sound_userid_has_no_problem(userid: str) -> None:
    assert userid_problem(userid) == ""


@pytest.mark.parametrize("userid", ["_lin", "林", "a" * 33, "a b"])
def test_a_bad_userid_is_refused(userid: str) -> None:
    assert userid_problem(userid)


def test_a_taken_userid_gets_a_number() -> None:
    assert free_userid("zhangsan", set()) == "zhangsan"
    assert free_userid("zhangsan", {"zhangsan"}) == "zhangsan2"
    assert free_userid("zhangsan", {"zhangsan", "zhangsan2"}) == "zhangsan3"


def test_a_long_userid_keeps_to_its_length_with_a_number() -> None:
    stem = "a" * 40
    assert free_userid(stem, {"a" * 32}) == "a" * 31 + "2"


def test_a_name_without_a_letter_still_gets_a_userid() -> None:
    assert free_userid("<&>", set()) == "user"


def test_missing_identifiers_are_named() -> None:
    bare = replace(ACCOUNT, mobile="", name="小林")
    assert missing_identifiers(ACCOUNT, ("手机号码", "实名"), LIN) == ()
    assert missing_identifiers(bare, ("手机号码", "实名", "公司邮箱"), LIN) == (
        "手机号码",
        "实名",
        "公司邮箱",
    )
    assert missing_identifiers(ACCOUNT, ("公司提供号码", "证件号码"), LIN) == (
        "公司提供号码",
        "证件号码",
    )


def test_a_mobile_is_once_among_live_accounts_of_a_platform() -> None:
    other = replace(ACCOUNT, id=2, account_no="ZH-00002")
    assert same_mobile(other, [ACCOUNT]) is ACCOUNT
    assert same_mobile(other, [replace(ACCOUNT, state=CLOSED)]) is None
    assert same_mobile(other, [replace(ACCOUNT, platform="微信")]) is None
    assert same_mobile(ACCOUNT, [ACCOUNT]) is None


def test_only_live_company_accounts_of_the_same_platform_count_for_one_person() -> None:
    new = replace(ACCOUNT, id=2)
    types = {"personal"}
    assert personal_accounts([ACCOUNT], new, types) == [ACCOUNT]
    for uncounted in (
        replace(ACCOUNT, state=CLOSED),
        replace(ACCOUNT, platform="微信"),
        replace(ACCOUNT, ownership="个人"),
        replace(ACCOUNT, account_type="department"),
        replace(ACCOUNT, holder_id=9),
    ):
        assert personal_accounts([uncounted], new, types) == []


def test_an_exception_allows_one_more_until_its_last_day() -> None:
    exception = AccountException(1, 1, "多账号", "部门经理", date(2026, 11, 1), date(2026, 11, 30))
    private = replace(exception, id=2, exception_kind="私用")
    assert accounts_allowed(1, [exception, private], date(2026, 11, 30)) == 2
    assert accounts_allowed(1, [exception, private], date(2026, 12, 1)) == 1


@pytest.mark.parametrize(
    ("name", "rule", "fine"),
    [
        ("林国栋", "真实姓名", True),
        ("林国栋2", "真实姓名", True),
        ("国栋", "真实姓名", False),
        ("生产部值班", "部门名称", True),
        ("值班", "部门名称", False),
        ("随便", "没听说过的规则", True),
        ("  ", "没听说过的规则", False),
        ("长" * 65, "真实姓名", False),
    ],
)
def test_a_name_follows_the_rule_of_its_type(name: str, rule: str, fine: bool) -> None:
    problem = name_problem(name, rule, "林国栋", {"部门名称": ("生产部",)})
    assert (problem == "") is fine

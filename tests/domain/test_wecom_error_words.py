"""Every code and message of WeCom that we have words for is known again."""

from __future__ import annotations

import pytest

from wxadmin import paths
from wxadmin.domain.wecom_errors import ErrorBook, masked, name_within
from wxadmin.policy.wecom_errors import FILE, read_wecom_errors

CODES = (
    40003, 45024, 48009, 60001, 60003, 60005, 60006, 60008, 60009, 60011, 60020, 60102, 60103,
    60104, 60105, 60106, 60110, 60111, 60112, 60123, 60125, 60129, 81013, 301005, 301021, 301036,
    302003,
)  # fmt: skip


@pytest.fixture(scope="module")
def book() -> ErrorBook:
    return read_wecom_errors(paths.RESOURCES / FILE)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_cause_and_a_next_step(book: ErrorBook, code: int) -> None:
    message = book.understood(1, f'{{"errcode":{code},"errmsg":"…"}}')
    assert message.code == str(code)
    assert message.error is not None
    assert message.error.cause.endswith("。")
    assert message.error.next_step.endswith("。")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("手机号已存在", 60104),
        ("手机号码格式不正确", 60103),
        ("邮箱已存在", 60106),
        ("该帐号已存在", 60102),
        ("表中帐号重复", 302003),
        ("部门不存在", 60003),
        ("手机和邮箱不能同时为空", 60129),
        ("没有权限操作该部门", 60011),
        ("mobile existed, hint: [1600]", 60104),
        ("企业人数已达上限", 45024),
        ("姓名不合法", 60112),
    ],
)
def test_a_message_without_code_is_known_by_its_words(
    book: ErrorBook, text: str, code: int
) -> None:
    error = book.understood(1, text).error
    assert error is not None
    assert code in error.codes


@pytest.mark.parametrize("text", ["张三 13800138000", "成功 12 人", "工号 00012"])
def test_a_number_that_is_no_code_is_none(book: ErrorBook, text: str) -> None:
    message = book.understood(1, text)
    assert (message.code, message.error) == ("", None)


def test_a_code_nobody_described_is_still_named(book: ErrorBook) -> None:
    message = book.understood(1, "错误码：61999")
    assert (message.code, message.error) == ("61999", None)


def test_numbers_are_covered_and_names_found_in_running_text() -> None:
    assert masked("张三 13800138000") == "张三 138****8000"
    assert name_within("成员欧阳小芳的手机号已存在", {"欧阳小芳": 1, "小芳": 2}) == "欧阳小芳"

"""Nicknames by the template: filled, compared, judged, told apart."""

from __future__ import annotations

import pytest

from wxadmin.domain.nicknames import (
    folded,
    judged,
    rendered,
    template_problem,
    wanted_nicknames,
)

WANTED = ("综合部-张伟",)


def test_a_template_is_filled_and_loose_separators_fall_away() -> None:
    words = {"部门": "综合部", "姓名": "张伟", "岗位": ""}
    assert rendered("{部门}-{姓名}", words) == "综合部-张伟"
    assert rendered("{部门}-{岗位}-{姓名}", words) == "综合部-张伟"
    assert rendered("{岗位}-{姓名}", words) == "张伟"


def test_a_template_with_a_strange_word_or_without_the_name_is_refused() -> None:
    assert template_problem("{部门}-{姓名}") == ""
    assert "{班组}" in template_problem("{班组}-{姓名}")
    assert "{姓名}" in template_problem("{部门}")


@pytest.mark.parametrize(
    "nickname",
    ["综合部-张伟", "综合部－张伟", "综合部—张伟", "综合部 张伟", "综合部张伟", " 综合部_张伟 "],
)
def test_separators_and_width_make_no_difference(nickname: str) -> None:
    assert judged(nickname, WANTED, "张伟").finding == ""


def test_letters_are_compared_without_width_and_case() -> None:
    assert folded("ＨＲ－Ａｎｎ") == folded("hr-ann")


@pytest.mark.parametrize(
    ("nickname", "finding", "reason"),
    [
        ("张伟", "昵称不符", "应为“综合部-张伟”"),
        ("生产部-张伟", "昵称不符", "应为“综合部-张伟”"),
        ("大鹏展翅", "未实名", "应为“综合部-张伟”"),
        ("综合部-张卫", "昵称不符", "用的是曾用名“张卫”，应为“综合部-张伟”"),
        ("综合部-张伟 代购", "昵称不符", "含禁用词“代购”"),
        ("", "", ""),
    ],
)
def test_a_nickname_is_judged(nickname: str, finding: str, reason: str) -> None:
    found = judged(nickname, WANTED, "张伟", former=("张卫",), banned=("代购",))
    assert (found.finding, found.reason) == (finding, reason)


def test_namesakes_in_one_group_are_told_apart() -> None:
    people = {
        1: {"部门": "生产部", "姓名": "张伟", "岗位": "班长", "工号后四位": "0001"},
        2: {"部门": "生产部", "姓名": "张伟", "岗位": "操作工", "工号后四位": "0002"},
        3: {"部门": "生产部", "姓名": "张伟", "岗位": "操作工", "工号后四位": "0003"},
        4: {"部门": "生产部", "姓名": "李四", "岗位": "操作工", "工号后四位": "0004"},
    }
    assert wanted_nicknames(people, "{部门}-{姓名}", "岗位") == {
        1: "生产部-张伟（班长）",
        2: "生产部-张伟（操作工）（0002）",
        3: "生产部-张伟（操作工）（0003）",
        4: "生产部-李四",
    }

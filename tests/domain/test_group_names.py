"""Codes and names of groups: what is normalised, what is proposed, what is refused."""

from __future__ import annotations

import pytest

from wxadmin.domain.errors import UserError
from wxadmin.domain.group_names import (
    CODED,
    FIXED,
    INITIALS,
    MODES,
    NUMBERED,
    REAL,
    NameRule,
    code_problem,
    name_problem,
    next_code,
    normal_code,
    proposed_name,
)

PATTERN = r"^\d\.\d{3}$"
HIDDEN = ("东南事业部", "莆田一厂")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1.102", "1.102"),
        ("[1,102]", "1.102"),
        ("1.102】", "1.102"),
        ("【１．１０２】", "1.102"),
        (" 1，102 ", "1.102"),
        ("[1.004]β5", "1.004"),
        ("前缀编码：[1.101】", "1.101"),
        ("", ""),
    ],
)
def test_a_code_is_kept_in_one_way_however_it_was_typed(typed: str, kept: str) -> None:
    assert normal_code(typed, PATTERN) == kept


@pytest.mark.parametrize("typed", ["11.1022", "一〇一", "1.1", "1.10234", "x"])
def test_what_is_no_code_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserError, match=r"应写成 1\.001 这样"):
        normal_code(typed, PATTERN)


def test_the_next_free_code_skips_those_ever_given() -> None:
    taken = {"1.101", "1.102", "1.104"}
    assert next_code("1.101-1.199", taken, PATTERN) == "1.103"
    assert next_code("1.101—1.199", set(), PATTERN) == "1.101"


def test_a_used_up_segment_says_so() -> None:
    with pytest.raises(UserError, match="已经用完"):
        next_code("1.001-1.002", {"1.001", "1.002"}, PATTERN)
    with pytest.raises(UserError, match=r"1\.101-1\.199"):
        next_code("1.1", set(), PATTERN)


def test_a_code_belongs_to_one_group() -> None:
    taken = [("01", "1.001"), ("02", "1.002")]
    assert "已是群组02的" in code_problem("1.002", "01", taken)
    assert not code_problem("1.002", "02", taken)
    assert not code_problem("", "01", taken)


@pytest.mark.parametrize(
    ("mode", "name"),
    [
        (REAL, "领导群"),
        (FIXED, "领导群"),
        (NUMBERED, "1.001"),
        (INITIALS, "LDQ"),
        (CODED, "1.001 公司领导群"),
    ],
)
def test_each_way_of_naming_proposes_its_own_name(mode: str, name: str) -> None:
    assert proposed_name(NameRule(mode), "领导群", "1.001", "ldq", "01") == name


def test_the_example_of_the_policy_comes_out_as_it_stands_there() -> None:
    rule = NameRule(CODED)
    assert proposed_name(rule, "公司股东会", "1.001", "", "") == "1.001 公司股东会"
    assert not name_problem(rule, "1.001 公司股东会", code="1.001")
    assert "一个空格" in name_problem(rule, "1.001公司股东会", code="1.001")
    assert "要有前缀编码" in name_problem(rule, "公司股东会")


@pytest.mark.parametrize("mode", [NUMBERED, INITIALS])
def test_a_hiding_name_with_the_companys_name_is_refused(mode: str) -> None:
    rule = NameRule(mode, company=HIDDEN)
    assert "露出了“莆田一厂”" in name_problem(rule, "莆田一厂", "莆田一厂1群")
    assert "露出了“东南事业部”" in name_problem(rule, "东南事业部领导群")


def test_a_hiding_name_has_the_shape_of_its_way() -> None:
    assert not name_problem(NameRule(NUMBERED), "领导群", "1.001")
    assert not name_problem(NameRule(NUMBERED), "领导群", "QZ-003")
    assert not name_problem(NameRule(INITIALS), "领导群", "LDQ2")
    assert "应为编号" in name_problem(NameRule(NUMBERED), "领导群", "领导")
    assert "应为拼音首字母" in name_problem(NameRule(INITIALS), "领导群", "ldq")


def test_a_real_name_tells_whose_group_it_is() -> None:
    assert not name_problem(NameRule(REAL), "生产部")
    assert "真实名称" in name_problem(NameRule(REAL), "ABC-01")


def test_a_fixed_list_allows_nothing_else() -> None:
    rule = NameRule(FIXED, fixed=("莆田一厂", "事业部领导群组"))
    assert not name_problem(rule, "莆田一厂")
    assert "不在制度规定的群组之内" in name_problem(rule, "篮球群")


@pytest.mark.parametrize("mode", MODES)
def test_a_forbidden_word_is_named_in_every_way(mode: str) -> None:
    assert "“涉密”" in name_problem(NameRule(mode, forbidden=("涉密",)), "涉密事项群")

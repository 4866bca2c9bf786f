"""Names, mobiles, numbers, paths and words as people write them."""

from __future__ import annotations

import pytest

from wxadmin.domain.identity_numbers import read_id_no
from wxadmin.domain.values import (
    Doubt,
    Refused,
    read_email,
    read_mobile,
    read_name,
    read_number,
    read_path,
    read_text,
    read_userid,
    read_word,
    without_company,
)


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        13800138000.0,
        "13800138000.0",
        "+86 138-0013-8000",
        "008613800138000",
        "8613800138000",
        "１３８００１３８０００",
        "'13800138000",
        "138\u200b00138000",
        "\u202d13800138000\u202c".strip("\u202d\u202c"),
        "13800138000（微信同号）",
        "138 0013 8000 微信同号",
        "(86)13800138000",
    ],
)
def test_one_mobile_in_many_spellings_is_one_mobile(written: str | float) -> None:
    assert read_mobile(written) == "13800138000"


@pytest.mark.parametrize(
    ("written", "number"),
    [("+852 9123 4567", "+85291234567"), ("00853-61234567", "+85361234567")],
)
def test_a_mobile_from_elsewhere_keeps_its_country(written: str, number: str) -> None:
    assert read_mobile(written) == number


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("138****8000", "遮挡"),
        ("1380013800", "10 位"),
        ("138001380000", "12 位"),
        ("1.38E+10", "科学记数"),
        ("1380013800O", "字母"),
        ("13800138000/13900139000", "两个号码"),
        ("13800138000 13900139000", "两个号码"),
        ("0591-87654321", "座机"),
        ("12345678901", "号段"),
        ("+86 1380013800", "10 位"),
        (b"#N/A", "#N/A"),
        (b"#=", "公式"),
        (b"2024-03-05", "日期"),
    ],
)
def test_a_mobile_that_is_none_is_refused_by_its_fault(written: str | bytes, why: str) -> None:
    found = read_mobile(written)
    assert isinstance(found, Refused)
    assert why in found.reason


def test_a_mobile_with_somebody_elses_word_beside_it_is_doubted() -> None:
    assert read_mobile("13800138000（妻子）") == Doubt(
        "13800138000", "号码旁边写着“妻子”，请确认是本人的号码"
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张三", "张三"),
        ("张 三", "张三"),
        ("张　三\t", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("张三\u00a0", "张三"),
        ("买买提•阿不都", "买买提·阿不都"),
        ("买买提 ・ 阿不都", "买买提·阿不都"),
        ("Mary  Ann Lee", "Mary Ann Lee"),
        ("⻢⻓⻔", "马长门"),
        ("⼾川", "户川"),
        ("Jose\u0301", "José"),
        ("𠮷䶮", "𠮷䶮"),
        ("陈（小）", "陈（小）"),
        ("NULL", "NULL"),
        ("nan", "nan"),
    ],
)
def test_a_name_comes_out_in_one_spelling(written: str, name: str) -> None:
    assert read_name(written) == name


@pytest.mark.parametrize(
    "written",
    ["张\u202e三", "张\n三", "张\x01三", "长" * 65, "无", "-", "N/A", "123", 12.0, b"TRUE"],
)
def test_what_is_no_name_is_refused(written: str | float | bytes) -> None:
    assert isinstance(read_name(written), Refused)


def test_a_name_with_private_characters_is_doubted() -> None:
    assert isinstance(read_name("张\ue000"), Doubt)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("00012", "00012"),
        (13.0, "13"),
        ("7.0", "7"),
        ("007", "007"),
        ("A-015", "A-015"),
        ("Ａ ０１", "A01"),
        ("", None),
    ],
)
def test_a_staff_number_keeps_its_zeros_and_loses_its_point(
    written: str | float, number: str | None
) -> None:
    assert read_number(written) == number


@pytest.mark.parametrize(
    "written", ["无", "/", 1e17, 12.5, -3.0, "1.2E+10", b"2024-03-05", "1" * 33]
)
def test_what_is_no_staff_number_is_refused(written: str | float | bytes) -> None:
    assert isinstance(read_number(written), Refused)


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
    ],
)
def test_an_identity_number_is_checked_and_spelt_one_way(written: str) -> None:
    assert read_id_no(written) == "11010519491231002X"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (1.10105194912310e17, "丢失"),
        ("110105194912310021", "校验位"),
        ("110105194913310021", "不存在"),
        ("110105491231002", "15 位"),
        ("1101051949****002X", "遮挡"),
        ("12", "18 位"),
    ],
)
def test_a_bad_identity_number_is_refused_by_its_fault(written: str | float, why: str) -> None:
    found = read_id_no(written)
    assert isinstance(found, Refused)
    assert why in found.reason


def test_a_passport_number_is_doubted() -> None:
    assert isinstance(read_id_no("E12345678"), Doubt)


def test_a_path_is_joined_by_slashes_and_the_first_of_several_counts() -> None:
    assert read_path(" 莆田一厂 ＞ 生产部 ") == "莆田一厂/生产部"
    assert read_path("莆田一厂\\生产部") == "莆田一厂/生产部"
    found = read_path("甲/乙；丙/丁")
    assert isinstance(found, Doubt)
    assert found.value == "甲/乙"
    assert isinstance(read_path("部" * 129), Refused)


def test_the_company_is_dropped_from_a_path_and_a_branch_is_not() -> None:
    assert without_company("某某有限公司/生产部") == "生产部"
    assert without_company("福州分公司/生产部") == "福州分公司/生产部"
    assert without_company("东南/生产部", frozenset({"东南"})) == "生产部"
    assert without_company("某某公司") == "某某公司"


def test_words_have_many_spellings_and_an_unknown_one_is_doubted() -> None:
    words = {"在职": "在职", "试用期": "在职", "是": "在职"}
    assert read_word("试用期", words, "状态") == "在职"
    assert read_word("在职（试用）", words, "状态") == "在职"
    assert read_word(b"TRUE", words, "状态") == "在职"
    unknown = read_word("飞升", words, "状态")
    assert isinstance(unknown, Doubt)
    assert unknown.value is None
    kept = read_word("特聘", words, "用工形式", is_open=True)
    assert isinstance(kept, Doubt)
    assert kept.value == "特聘"


def test_mail_addresses_account_ids_and_texts() -> None:
    assert read_email("ａ＠example.com") == "a@example.com"
    assert isinstance(read_email("a@b"), Refused)
    assert read_userid("zhang.san") == "zhang.san"
    assert isinstance(read_userid("张三"), Refused)
    assert read_text("主任\n（兼）") == "主任 （兼）"
    assert read_text(12.0) == "12"
    assert isinstance(read_text("长" * 129), Refused)
    assert isinstance(read_text("a\u202eb"), Refused)

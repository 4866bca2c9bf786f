"""Dates as people write them: the sure forms agree, the others are refused or doubted."""

from __future__ import annotations

from datetime import date

import pytest

from wxadmin.domain.dates import read_date
from wxadmin.domain.values import Doubt, Refused

DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-05",
        "2024/3/5",
        "2024.3.5",
        "2024年3月5日",
        "2024 年 3 月 5 日",
        "20240305",
        20240305.0,
        b"2024-03-05",
        b"2024-03-05T08:30:00",
        "２０２４／３／５",
        "二〇二四年三月五日",
        "2024-03-05 08:30",
        "2024/3/5 8:30:00",
    ],
)
def test_the_sure_forms_give_one_day(written: str | float | bytes) -> None:
    assert read_date(written) == DAY


def test_chinese_tens_are_read() -> None:
    assert read_date("二零二四年十二月三十一日") == date(2024, 12, 31)
    assert read_date("二〇二四年十月二十日") == date(2024, 10, 20)


@pytest.mark.parametrize("written", ["2024.3.5（转正）", "24-3-5", 45356.0, "45356"])
def test_what_needs_a_look_is_taken_with_a_warning(written: str | float) -> None:
    found = read_date(written)
    assert isinstance(found, Doubt)
    assert found.value == DAY


@pytest.mark.parametrize(
    "written",
    [
        "2024年3月",
        "2024-3",
        "3月5日",
        "5/3",
        "3/5/2024",
        "05/03/2024",
        "240305",
        240305.0,
        "2024-13-5",
        "2024-2-30",
        20241305.0,
        "0000-00-00",
        "无固定期限",
        60.0,
        -1.0,
        99999999.0,
        "2024",
        "明天",
        b"#N/A",
        b"TRUE",
        b"08:30:00",
        "2024-3-5至2025-3-4",
    ],
)
def test_what_could_be_two_days_or_none_is_refused(written: str | float | bytes) -> None:
    assert isinstance(read_date(written), Refused)


def test_blanks_and_words_for_nothing_are_no_day() -> None:
    assert read_date("") is None
    assert read_date(" \u3000") is None
    assert read_date("N/A", nothing=frozenset({"n/a"})) is None


def test_the_other_calendar_lies_1462_days_later() -> None:
    found = read_date(45356.0 - 1462, date1904=True)
    assert isinstance(found, Doubt)
    assert found.value == DAY

"""Pasted lists of group members: whom each line means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person
from wxadmin.services.member_names import people_of_list
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    opened = office(tmp_path)
    person(opened, "00012", "林国栋")
    person(opened, "00013", "张伟")
    person(opened, "00014", "张伟", unit="莆田二厂")
    person(opened, "00015", "陈小红", leave_date=date(2026, 1, 1))
    person(opened, "00016", "陈小红")
    yield opened
    opened.close()


def meant(workplace: Workplace, line: str) -> list[str]:
    (named,) = people_of_list([line], Picture(workplace))
    return [candidate.emp_no for candidate in named.candidates]


@pytest.mark.parametrize(
    "line", ["林国栋", "00012", "莆田一厂-林国栋", "办公室－林国栋", " 林国栋　"]
)
def test_a_name_a_number_or_a_nickname_means_one_person(workplace: Workplace, line: str) -> None:
    assert meant(workplace, line) == ["00012"]


def test_namesakes_are_asked_about_unless_the_unit_is_named(workplace: Workplace) -> None:
    assert meant(workplace, "张伟") == ["00013", "00014"]
    assert meant(workplace, "莆田二厂-张伟") == ["00014"]


def test_who_left_is_not_meant_where_somebody_else_is(workplace: Workplace) -> None:
    assert meant(workplace, "陈小红") == ["00016"]


def test_a_stranger_is_nobody(workplace: Workplace) -> None:
    assert meant(workplace, "供应商老周") == []


def test_empty_and_repeated_lines_are_left_out(workplace: Workplace) -> None:
    named = people_of_list(["林国栋", "", "  ", "林国栋"], Picture(workplace))
    assert len(named) == 1

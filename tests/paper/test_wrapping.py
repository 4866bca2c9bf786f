"""Chinese text is broken where a Chinese reader expects it, and never loses a character."""

from __future__ import annotations

import pytest

from wxadmin.paper.items import Face
from wxadmin.paper.wrapping import (
    NOT_FIRST,
    NOT_LAST,
    balanced,
    break_text,
    height_of,
    lines_in,
    sizes,
)

FACE = Face(10.0)
EM = FACE.size


def lines(text: str, ems: float, measure) -> list[str]:
    return ["".join(run.text for run in line) for line in break_text(text, ems * EM, FACE, measure)]


def test_no_line_begins_with_a_closing_mark(measure) -> None:
    for width in range(3, 12):
        for line in lines("新入职，用于联络、收发资料。（经理）“同意”；完！", width, measure)[1:]:
            assert line[0] not in NOT_FIRST


def test_no_line_ends_with_an_opening_mark(measure) -> None:
    for width in range(3, 12):
        for line in lines("甲乙（丙丁）戊己“庚辛”壬癸《子丑》寅", width, measure)[:-1]:
            assert line[-1] not in NOT_LAST


def test_a_latin_word_stays_whole(measure) -> None:
    assert lines("联系人Alexander先生", 6, measure) == ["联系人", "Alexander先", "生"]


def test_the_parts_of_a_date_stay_with_their_numbers(measure) -> None:
    assert lines("2026年11月30日", 5, measure) == ["2026年", "11月30日"]


def test_a_mobile_number_is_never_parted(measure) -> None:
    assert lines("3号 138 0595 6621", 7, measure) == ["3号 ", "138 0595 6621"]


def test_a_word_longer_than_the_line_is_broken_inside(measure) -> None:
    assert lines("abcdefghijkl", 2, measure) == ["abcd", "efgh", "ijkl"]


def test_typed_line_ends_are_kept(measure) -> None:
    assert lines("甲\n\n乙", 5, measure) == ["甲", "", "乙"]


@pytest.mark.parametrize("ems", [1, 2, 3.5, 7, 40])
def test_breaking_loses_no_character(measure, ems: float) -> None:
    text = (
        "A&B <研发> 户门马长　𠮷，，，。。。(((x)))  第2班，long-unbroken_identifier@example.cn。"
    )
    assert "".join(lines(text, ems, measure)) == text


def test_no_line_is_wider_than_its_space(measure) -> None:
    text = "账号用途及申请事由，A&B <研发> 2026年11月，（甲）。" * 5
    for ems in (1, 3, 5.5, 11):
        for line in lines(text, ems, measure):
            assert measure(line.rstrip(" 　"), FACE) <= ems * EM + 1e-6


def test_a_label_is_broken_into_lines_of_about_equal_length(measure) -> None:
    found = balanced("账号用途及申请事由", 7 * EM, FACE, measure)
    assert [line[0].text for line in found] == ["账号用途及", "申请事由"]


def test_sizes_go_down_to_eight_points_and_no_further() -> None:
    assert [face.size_pt for face in sizes(Face(9.3))] == [9.3, 8.8, 8.3, 8.0]
    assert [face.size_pt for face in sizes(Face(8.0))] == [8.0]


def test_as_many_lines_go_in_as_their_height_says() -> None:
    for count in range(1, 9):
        assert lines_in(height_of(count, FACE), FACE) == count

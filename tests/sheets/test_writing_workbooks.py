"""Workbooks going out: tidy, whole, and without one formula made of somebody's text."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.sheets.conftest import Read
from tests.sheets.raw_workbooks import lines, sheet, workbook
from wxadmin.domain.errors import UserError
from wxadmin.sheets.writing import write_problem_rows, write_result_column, write_table

PAYLOADS = [
    '=HYPERLINK("http://example.com","点我")',
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＠SUM",
    "#N/A",
    "#REF!",
    "'=1",
    "==1",
    "=",
    "{=1}",
    "=cmd|'/c calc'!A1",
    '=IMPORTXML("http://example.com")',
    "https://example.com",
]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit to the length of files there")
def test_a_disk_without_room_for_the_temporary_file_is_one_sentence(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "导出.xlsx"
    path.write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(UserError, match=r"导出\.xlsx"):
            write_table(path, "人员", ["姓名"], [[f"人{n}"] for n in range(5000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_text_stays_text_whatever_it_begins_with(tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    write_table(path, "人员", [*PAYLOADS[:1], "b"], [[text, text] for text in PAYLOADS])
    found = load_workbook(path)["人员"]
    for row, text in zip(found.iter_rows(min_row=2), PAYLOADS, strict=True):
        for one in row:
            assert one.data_type == "s"
            assert one.hyperlink is None
            assert str(one.value).strip() == text.strip()
    assert found["A1"].data_type == "s"


def test_dates_and_numbers_are_real_and_control_characters_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    rows = [["赵\x01一", 3, date(2024, 3, 5), None, True]]
    assert write_table(path, "人员:[1]", ["姓名", "数", "日期", "空", "是否"], rows) == 1
    found = load_workbook(path).active
    assert found is not None
    assert [one.value for one in found[2]][:2] == ["赵一", 3]
    assert found["C2"].is_date
    assert found["C2"].number_format == "yyyy-mm-dd"
    assert found["D2"].value is None
    assert found["E2"].value == "是"
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref == "A1:E2"


def test_the_problem_rows_come_back_as_they_were_with_the_reasons(
    read: Read, tmp_path: Path
) -> None:
    rows = [
        ("花名册", "", "", ""),
        ("姓名", "工号", "手机", "民族"),
        ("赵一", "1", "138****8000", "汉"),
        ("钱二", "2", "", "汉"),
        ("孙三", "=3", "13800", "汉"),
    ]
    table, parsed = read("坏.xlsx", workbook(sheet(lines(rows))))
    path = tmp_path / "问题.xlsx"
    assert write_problem_rows(path, table, parsed.problems) == 2
    found = list(load_workbook(path).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert found[0] == ("姓名", "工号", "手机", "民族", "问题")
    assert found[1][:4] == ("赵一", "1", "138****8000", "汉")
    assert "C3 手机" in str(found[1][4])
    assert found[2][1] == "=3"


def test_hrs_own_list_comes_back_row_for_row_with_the_results(read: Read, tmp_path: Path) -> None:
    rows = [
        ("2026年11月离职清单", "", ""),
        ("姓名", "工号", "离职日期"),
        ("赵一", "1", "2026-11-5"),
        ("", "", ""),
        ("合计", "1", ""),
    ]
    table, _ = read("离职.xlsx", workbook(sheet(lines(rows))))
    path = tmp_path / "结果.xlsx"
    write_result_column(path, table, {3: "已办"})
    found = load_workbook(path).active
    assert found is not None
    assert found["A1"].value == "2026年11月离职清单"
    assert [one.value for one in found[2]] == ["姓名", "工号", "离职日期", "结果"]
    assert found["D3"].value == "已办"
    assert found["A5"].value == "合计"


def test_what_we_write_reads_back_as_the_same_people(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "回读.xlsx"
    rows = [["=赵一", "00012", date(2024, 3, 5)], ["钱二", "7", None]]
    write_table(path, "人员", ["姓名", "工号", "入职日期"], rows)
    _, parsed = read("回读2.xlsx", path.read_bytes())
    assert [list(values) for _, values in parsed.rows] == rows
    assert (parsed.problems, parsed.warnings) == ([], [])


def test_a_folder_in_the_way_is_told_and_nothing_is_left_behind(tmp_path: Path) -> None:
    target = tmp_path / "名单.xlsx"
    target.mkdir()
    with pytest.raises(UserError, match=r"名单\.xlsx"):
        write_table(target, "人员", ["姓名"], [["赵一"]])
    assert list(tmp_path.iterdir()) == [target]

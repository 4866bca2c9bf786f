"""Bad cells in real files: each is listed with its place, and the good rows go in."""

from __future__ import annotations

import struct
from datetime import date

from tests.sheets.conftest import Read
from tests.sheets.raw_workbooks import biff, cell, compound_file, lines, sheet, styles, workbook

TOP = lines([("姓名", "工号", "手机", "入职日期")])


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def good(number: int, name: str = "赵一", no: str = "A1", mobile: str = "") -> tuple[str, str, str]:
    return cell(name, f"A{number}"), cell(no, f"B{number}"), cell(mobile, f"C{number}")


def test_errors_and_formulas_without_a_result_are_listed_and_cached_values_taken(
    read: Read,
) -> None:
    body = (
        TOP
        + row(2, *good(2), '<c r="D2" t="e"><v>#N/A</v></c>')
        + row(3, *good(3, "钱二", "A2"), '<c r="D3"><f>TODAY()</f></c>')
        + row(4, '<c r="A4" t="str"><f>B4&amp;"x"</f><v>孙三</v></c>', cell("A3", "B4"))
        + row(5, *good(5, "李四", "A4"), '<c r="D5"><f>DISPIMG("x",1)</f></c>')
    )
    _, parsed = read("公式.xlsx", workbook(sheet(body)))
    assert [values[0] for _, values in parsed.rows] == ["孙三", "李四"]
    assert [(p.cell, p.emp_no, p.skips) for p in parsed.problems] == [
        ("D2", "A1", True),
        ("D3", "A2", True),
    ]
    assert "#N/A" in parsed.problems[0].reason
    assert "公式" in parsed.problems[1].reason


def test_numbers_padded_by_their_format_keep_their_zeros(read: Read) -> None:
    body = (
        TOP
        + row(2, cell("赵一", "A2"), '<c r="B2" s="1"><v>12</v></c>')
        + row(3, cell("钱二", "A3"), '<c r="B3"><v>12</v></c>')
    )
    _, parsed = read("补零.xlsx", workbook(sheet(body), style=styles("00000")))
    assert [values[1] for _, values in parsed.rows] == ["00012", "12"]


def test_true_dates_serials_and_both_calendars_give_days(read: Read) -> None:
    body = (
        TOP
        + row(2, *good(2), '<c r="D2" s="1"><v>45356</v></c>')
        + row(3, *good(3, "钱二", "A2"), '<c r="D3"><v>45356</v></c>')
    )
    style = styles('yyyy"年"m"月"d"日"')
    _, parsed = read("日期.xlsx", workbook(sheet(body), style=style))
    assert [values[3] for _, values in parsed.rows] == [date(2024, 3, 5)] * 2
    assert [warning.cell for warning in parsed.warnings] == ["D3"]
    data = workbook(sheet(body), style=style, workbook='<workbookPr date1904="1"/>')
    table, parsed = read("日期.xlsx", data)
    assert table.date1904
    assert [values[3] for _, values in parsed.rows] == [date(2028, 3, 6)] * 2


def test_a_bad_value_costs_its_row_and_every_bad_cell_of_it_is_listed(read: Read) -> None:
    rows = [
        ("姓名", "工号", "手机", "入职日期"),
        ("赵一", "A1", "138****8000", "2024-13-5"),
        ("钱二", "A2", "13800138000", "1949-10-1"),
        ("", "A3", "13900139000", ""),
        ("李四", "A4", "13700137000", "2024-3-5"),
    ]
    _, parsed = read("坏格.xlsx", workbook(sheet(lines(rows))))
    assert [(p.row, p.cell, p.emp_no) for p in parsed.problems] == [
        (2, "C2", "A1"),
        (2, "D2", "A1"),
        (3, "D3", "A2"),
        (4, "A4", "A3"),
    ]
    assert all(problem.skips for problem in parsed.problems)
    assert parsed.rows == [(5, ("李四", "A4", "13700137000", date(2024, 3, 5)))]


def test_a_row_twice_is_taken_once_and_a_number_twice_stays_with_the_first(read: Read) -> None:
    rows = [
        ("姓名", "工号", "手机"),
        ("赵一", "A1", "13800138000"),
        ("赵一", "A1", "13800138000"),
        ("钱二", "A2", "13800138000"),
        ("孙三", "A3", "13900139000"),
        ("李四", "A3", "13700137000"),
        ("周五", "A5", ""),
        ("周五", "A5", "13600136000"),
        ("赵一", "A9", ""),
    ]
    _, parsed = read("重复.xlsx", workbook(sheet(lines(rows))))
    assert [values[:2] for _, values in parsed.rows] == [
        ("赵一", "A1"),
        ("周五", "A5"),
        ("赵一", "A9"),
    ]
    assert [warning.row for warning in parsed.warnings] == [3]
    assert [(problem.row, problem.column) for problem in parsed.problems] == [
        (4, "手机"),
        (5, "工号"),
        (6, "工号"),
        (8, "工号"),
    ]
    assert "第 5 行" in parsed.problems[2].reason


def test_one_person_in_several_groups_is_no_double(read: Read) -> None:
    rows = [("群名称", "姓名", "工号"), ("一群", "赵一", "A1"), ("二群", "赵一", "A1")]
    _, parsed = read("群成员.xlsx", workbook(sheet(lines(rows))))
    assert len(parsed.rows) == 2


def test_joiners_and_leavers_of_one_list_are_told_apart_row_by_row(read: Read) -> None:
    rows = [
        ("姓名", "工号", "状态", "入职日期", "离职日期"),
        ("赵一", "1", "试用期", "2026-10-1", ""),
        ("钱二", "2", "已离职", "2020-1-1", "2026-11-5"),
        ("孙三", "3", "产假", "2020-1-1", ""),
        ("李四", "4", "飞升", "2020-1-1", "/"),
    ]
    table, parsed = read("混合.xlsx", workbook(sheet(lines(rows))))
    assert table.kind == "roster"
    status, left = parsed.fields.index("status"), parsed.fields.index("leave_date")
    assert [(values[status], values[left]) for _, values in parsed.rows] == [
        ("在职", None),
        ("离职", date(2026, 11, 5)),
        ("产假", None),
        (None, None),
    ]
    assert [warning.cell for warning in parsed.warnings] == ["C5"]


def test_a_very_long_text_is_listed_and_never_cut(read: Read) -> None:
    rows = [
        ("姓名", "工号", "岗位", "备注"),
        ("赵一", "1", "主任", "长" * 32_767),
        ("钱", "2", "长" * 129, ""),
    ]
    _, parsed = read("长文.xlsx", workbook(sheet(lines([*rows, ("孙三", "3", "主任", "")]))))
    assert [problem.cell for problem in parsed.problems] == ["D2", "C3"]
    assert len(parsed.rows) == 1


def test_booleans_are_neither_names_nor_numbers(read: Read) -> None:
    body = TOP + row(2, '<c r="A2" t="b"><v>1</v></c>', cell("A1", "B2")) + row(3, *good(3))
    _, parsed = read("布尔.xlsx", workbook(sheet(body)))
    assert [problem.cell for problem in parsed.problems] == ["A2"]
    assert len(parsed.rows) == 1


def test_an_old_workbook_tells_its_errors_zeros_hidden_rows_and_calendar(read: Read) -> None:
    data = old_workbook()
    table, parsed = read("旧.xls", data)
    assert table.hidden_rows == (3,)
    assert table.date1904
    assert parsed.rows == [(3, ("赵一", "00012"))]
    assert [(problem.cell, problem.value) for problem in parsed.problems] == [("A4", "#N/A")]


def old_workbook() -> bytes:
    rows = (("姓名", "工号"), ("", ""), ("赵一", ""), ("", "A3"))
    stream = biff(rows)
    hidden = struct.pack("<HHHHHHHHI", 0x208, 16, 2, 0, 2, 0, 0, 0, 0x20)
    number = struct.pack("<HHHHHd", 0x203, 14, 2, 1, 1, 12.0)
    error = struct.pack("<HHHHHBB", 0x205, 8, 3, 0, 0, 0x2A, 1)
    zeros = "00000".encode("utf-16-le")
    formats = struct.pack("<HH", 0x22, 2) + b"\x01\x00"
    formats += struct.pack("<HHHHB", 0x41E, 5 + len(zeros), 164, 5, 1) + zeros
    formats += struct.pack("<HHHH", 0xE0, 20, 0, 164) + bytes(16)
    end = stream.index(b"\x0a\x00\x00\x00")
    place = stream.index(b"\x85\x00") + 4
    start = struct.unpack_from("<I", stream, place)[0] + len(formats)
    head = stream[:place] + struct.pack("<I", start) + stream[place + 4 : end]
    tail = stream[end:-4]
    return compound_file("Workbook", head + formats + tail + hidden + number + error + stream[-4:])

"""Write tidy workbooks that are safe to open: text stays text, whatever it begins with."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import disk_usage
from tempfile import gettempdir
from typing import Any

from wxadmin.domain.errors import Problem
from wxadmin.domain.sheet import Cell, column_letter, is_error, shown
from wxadmin.domain.sheet_table import Table
from wxadmin.files import replace_file

Value = str | int | float | date | None

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_TRAPS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "#")
_DATE_FORMAT = "yyyy-mm-dd"
_WIDEST, _NARROWEST = 48.0, 8.0
_DISK_TROUBLE = {"SerialisationError"}  # lxml's, where its own temporary file cannot be written
_ROOM = 1 << 20  # bytes; less is a full disk
_SAMPLE = 200  # rows looked at when widths are not given


def write_table(
    path: Path,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    widths: Sequence[float] = (),
) -> int:
    """Write one list: headings in row 1, frozen and with a filter; returns the number of rows.

    `title` names the sheet; `widths` are in characters and guessed from the first rows if absent.
    """
    lines = list(rows)
    replace_file(path, lambda fresh: _write(fresh, title, [list(headings)], lines, widths, 0))
    return len(lines)


def write_problem_rows(path: Path, table: Table, problems: Iterable[Problem]) -> int:
    """Write the original rows that have a problem, each with all its reasons in a 问题 column."""
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        if problem.row >= table.first_row:
            text = f"{problem.cell} {problem.column}：{problem.reason}"
            reasons.setdefault(problem.row, []).append(text)
    rows = [
        [*map(_original, table.row(number)), "；".join(reasons[number])]
        for number in sorted(reasons)
    ]
    headings = [*_headings(table), "问题"]
    return write_table(path, "有问题的行", headings, rows)


def write_result_column(path: Path, table: Table, results: Mapping[int, str]) -> int:
    """Write HR's own list back, row for row at the same place, with a 结果 column."""
    rows = [
        [*map(_original, cells), results.get(number, "")]
        for number, cells in enumerate(zip(*table.cells, strict=True), table.first_row)
    ]
    above: list[list[Value]] = [[*map(_original, line)] for line in table.preface]
    top: list[list[Value]] = [*above, [*_headings(table), "结果"]]
    title = table.sheet or Path(table.file_name).stem
    replace_file(path, lambda fresh: _write(fresh, title, top, rows, (), len(above)))
    return len(rows)


def _headings(table: Table) -> list[str]:
    return [table.heading_of(column) for column in range(len(table.cells))]


def _original(cell: Cell) -> Value:
    """A raw cell as a value to write; an error is only its text."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if is_error(cell) or cell[4:5] != b"-":
        return shown(cell)
    return date.fromisoformat(cell[:10].decode("ascii"))


def _write(
    path: Path,
    title: str,
    top: Sequence[Sequence[Value]],
    rows: Sequence[Sequence[Value]],
    widths: Sequence[float],
    heading: int,
) -> None:
    from openpyxl import Workbook

    path.touch()  # a place that cannot be written is found out before anything is drawn up
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET_NAME.sub(" ", title).strip("' ")[:31] or "Sheet1")
    packed = BytesIO()
    try:
        _fill(sheet, top, rows, widths, heading)
        book.save(packed)
    except Exception as error:
        with suppress(Exception):  # what it had begun would complain at the very end
            sheet.close()
        if type(error).__name__ in _DISK_TROUBLE:
            raise _disk_trouble() from error
        raise
    path.write_bytes(packed.getbuffer())


def _disk_trouble() -> OSError:
    """Return what the disk is the matter with, where the writer of XML does not say."""
    full = disk_usage(gettempdir()).free < _ROOM
    return OSError(errno.ENOSPC if full else errno.EIO, "temporary file")


def _fill(
    sheet: Any,
    top: Sequence[Sequence[Value]],
    rows: Sequence[Sequence[Value]],
    widths: Sequence[float],
    heading: int,
) -> None:
    from openpyxl.styles import Font

    columns = len(top[heading])
    for index, width in enumerate(widths or _widths([top[heading], *rows[:_SAMPLE]], columns)):
        sheet.column_dimensions[column_letter(index)].width = width
    sheet.freeze_panes = f"A{heading + 2}"
    sheet.auto_filter.ref = f"A{heading + 1}:{column_letter(columns - 1)}{heading + 1 + len(rows)}"
    bold = Font(bold=True)
    for number, line in enumerate(top):
        sheet.append([_cell(sheet, value, bold if number == heading else None) for value in line])
    for line in rows:
        sheet.append([_cell(sheet, value) for value in line])


def _cell(sheet: Any, value: Value, font: Any = None) -> Any:
    """A value as openpyxl takes it; text that could pass for a formula or an error is tied down."""
    if isinstance(value, bool):
        value = "是" if value else "否"
    if isinstance(value, str):
        value = _ILLEGAL.sub("", value)
    trap = isinstance(value, str) and value.startswith(_TRAPS)
    if not trap and font is None and not isinstance(value, date):
        return value or None if isinstance(value, str) else value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = trap
    elif isinstance(value, date):
        cell.number_format = _DATE_FORMAT
    if font is not None:
        cell.font = font
    return cell


def _widths(rows: Sequence[Sequence[Value]], columns: int) -> list[float]:
    widths = [_NARROWEST] * columns
    for row in rows:
        for index, value in enumerate(row[:columns]):
            text = value if isinstance(value, str) else "2024-03-05" if value else ""
            length = sum(2 if sign > "\xff" else 1 for sign in text[:60]) + 2.0
            widths[index] = min(_WIDEST, max(widths[index], length))
    return widths

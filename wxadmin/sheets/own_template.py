"""Fill a company's own Excel form: cells with tags become texts, everything else keeps its bytes.

A row with tags of a list takes one line of it; as many such rows as the template has are filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.domain.sheet import address
from wxadmin.domain.template_tags import TAG, PlacedText, TagValues, tag_name
from wxadmin.files import replace_file
from wxadmin.sheets.gate import Package, family, without_dangling_parts
from wxadmin.sheets.prescan import BookFacts
from wxadmin.sheets.reader import refused
from wxadmin.sheets.refusals import Refusal
from wxadmin.sheets.shared_strings import SharedStrings, text_element
from wxadmin.sheets.sheet_part import CellSpan, SheetPart
from wxadmin.sheets.template import MAX_SHEET, STRINGS, cell_text, template_bytes, write_package

_TEXTS = frozenset({"s", "inlineStr", "str"})


@dataclass(frozen=True)
class _Book:
    """A template that was opened: its bytes, its sheets by name, its shared texts."""

    data: bytes
    sheets: Mapping[str, tuple[str, SheetPart]] = field(repr=False)
    strings: list[str] = field(repr=False)


def sheet_texts(path: Path) -> list[PlacedText]:
    """Return the text of every cell of a template.

    Raises `UserError` where it is no workbook that can be filled.
    """
    return list(_cells(_opened(path)))


def fill_sheet(path: Path, out: Path, values: TagValues) -> None:
    """Write a template filled to another file. Raises `UserError` where a list is too long."""
    book = _opened(path)
    changed = {
        part: _filled(path, name, sheet, book.strings, values)
        for name, (part, sheet) in book.sheets.items()
    }
    replace_file(out, lambda fresh: write_package(fresh, book.data, changed))


def _opened(path: Path) -> _Book:
    try:
        data = template_bytes(path)
        if family(data) != "zip":
            raise Refusal("not_a_sheet")
        package = Package(data)
        if "xl/vbaproject.bin" in package.names:
            raise UserError(
                f"《{path.name}》里面带有宏，请另存为不带宏的 .xlsx 再用。", "bad_document"
            )
        strings = SharedStrings(package.parts[STRINGS]).texts if STRINGS in package.parts else []
        sheets = {
            name: (part, _part(package.parts[part]))
            for name, part in BookFacts(package.parts).sheets.items()
            if part in package.parts
        }
    except Refusal as refusal:
        raise refused(refusal.code, path.name, **refusal.facts) from refusal
    return _Book(without_dangling_parts(package.readable()), sheets, strings)


def _part(data: bytes) -> SheetPart:
    if len(data) > MAX_SHEET:
        raise Refusal("too_big_inside", limit=MAX_SHEET // 1024 // 1024)
    return SheetPart(data)


def _text(cell: CellSpan, strings: list[str]) -> str:
    if cell.formula or cell.kind not in _TEXTS:
        return ""
    return cell_text(cell.kind, cell.text, strings)


def _cells(book: _Book) -> Iterator[PlacedText]:
    for name, (_, sheet) in book.sheets.items():
        for row in sheet.rows:
            for cell in row.cells:
                if text := _text(cell, book.strings):
                    place = f"{name}!{address(row.number, cell.column)}"
                    yield PlacedText(place, text, f"{name}{row.number}")


def _filled(
    path: Path, name: str, sheet: SheetPart, strings: list[str], values: TagValues
) -> bytes:
    """Return a sheet with its tags filled."""
    pieces, done = [], 0
    used: dict[str, int] = {}
    for row in sheet.rows:
        lists: set[str] = set()
        for cell in row.cells:
            text = _text(cell, strings)
            if not TAG.search(text):
                continue
            lists |= {tag_name(found[1]).name for found in TAG.finditer(text)
                      if tag_name(found[1]).column}  # fmt: skip
            said = _said(text, values, used)
            pieces += [sheet.data[done : cell.start], _cell(sheet, row.number, cell, said)]
            done = cell.end
        for one in lists:
            used[one] = used.get(one, 0) + 1
    _refuse_short(path, name, values, used)
    return b"".join([*pieces, sheet.data[done:]])


def _said(text: str, values: TagValues, used: Mapping[str, int]) -> str:
    def value(inner: str) -> str:
        tag = tag_name(inner)
        if not tag.column:
            return values.texts.get(tag, "")
        rows, at = values.rows.get(tag.name, ()), used.get(tag.name, 0)
        return rows[at].get(tag.column, "") if at < len(rows) else ""

    return TAG.sub(lambda found: value(found[1]), text)


def _cell(sheet: SheetPart, row: int, cell: CellSpan, text: str) -> bytes:
    """Write a cell as a text of its own: never a formula, whatever was typed."""
    p = sheet.prefix
    style = f' s="{cell.style}"' if cell.style else ""
    opening = f'<{p}c r="{address(row, cell.column)}"{style}'
    if not text:
        return f"{opening}/>".encode()
    inside = f"<{p}is>".encode() + text_element(p, text) + f"</{p}is></{p}c>".encode()
    return f'{opening} t="inlineStr">'.encode() + inside


def _refuse_short(path: Path, name: str, values: TagValues, used: Mapping[str, int]) -> None:
    for one, rows in used.items():
        there = len(values.rows.get(one, ()))
        if there > rows:
            raise UserError(
                f"《{path.name}》的“{name}”里“{one}”只有{rows}行，这张表有{there}行，放不下；"
                "请在模板里多留几行同样的标签。没有生成文件。",
                "too_few_rows",
            )

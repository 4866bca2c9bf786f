"""Write a form as a workbook with drop-downs; read back what somebody filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from wxadmin.domain.errors import UserError
from wxadmin.domain.form_blank import MARK, BlankLine, BlankList, FilledBlank, FormBlank
from wxadmin.domain.sheet import Cell, column_letter, is_error, shown
from wxadmin.files import replace_file
from wxadmin.progress import Progress, silent

if TYPE_CHECKING:
    from wxadmin.sheets.reading import Columns

FIRST, CHOICES = "申请表", "选项"
TOP = 4
"""The row the first line stands in."""
INLINE = 120  # characters of a list of choices written into the cell itself; Excel takes 255
LONGEST_BOOK = 256 * 1024  # bytes of the part that is looked at to know one of ours again
_DEFINED = re.compile(rf'<definedName[^>]*name="{MARK}"[^>]*>"?([^<"]+)"?</definedName>')
_QUOTED = re.compile(r"&quot;")


def write_form_blank(path: Path, blank: FormBlank) -> None:
    """Write a form to be filled in by people who have Excel or WPS and nothing else."""
    replace_file(path, lambda fresh: _write(fresh, blank))


def _write(path: Path, blank: FormBlank) -> None:
    from openpyxl import Workbook
    from openpyxl.workbook.defined_name import DefinedName

    book = Workbook()
    sheet: Any = book.active
    sheet.title = FIRST
    book.defined_names[MARK] = DefinedName(MARK, attr_text=f'"{blank.kind}"')
    options = book.create_sheet(CHOICES)
    options.sheet_state = "hidden"
    _head(sheet, blank)
    for row, line in enumerate(blank.lines, start=TOP):
        _line(sheet, options, row, line)
    for one in blank.lists:
        _list(book.create_sheet(one.label), one)
    packed = BytesIO()
    book.save(packed)
    path.write_bytes(packed.getbuffer())


def _head(sheet: Any, blank: FormBlank) -> None:
    from openpyxl.styles import Alignment, Font

    _put(sheet["A1"], blank.title)
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[1].height = 30
    also = f"；名单填在“{'”“'.join(one.label for one in blank.lists)}”页" if blank.lists else ""
    said = f"带 * 的必填，有箭头的从下拉里选{also}。填好存盘，把这个文件发回，不要改左边的栏名。"
    _put(sheet["A2"], said)
    sheet.merge_cells("A2:C2")
    sheet.freeze_panes = f"B{TOP}"
    for column, width in (("A", 22.0), ("B", 44.0), ("C", 34.0)):
        sheet.column_dimensions[column].width = width
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Any, text: str) -> None:
    """Write a text that stays text, whatever it begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
        cell.data_type = "s"


def _line(sheet: Any, options: Any, row: int, line: BlankLine) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.worksheet.datavalidation import DataValidation

    thin = Side(style="thin", color="FF9AA0A6")
    label, value, hint = (sheet.cell(row, column) for column in (1, 2, 3))
    _put(label, f"{line.label} *" if line.required else line.label)
    label.fill = PatternFill("solid", fgColor="FFF1F3F4")
    value.number_format = "yyyy-mm-dd" if line.is_date else "@"
    _put(value, line.value)
    _put(hint, line.hint)
    hint.font = Font(color="FF5F6368", size=9)
    value.alignment = Alignment(wrap_text=True, vertical="center")
    label.border = value.border = Border(thin, thin, thin, thin)
    sheet.row_dimensions[row].height = 22
    if line.choices:
        rule = DataValidation("list", formula1=_formula(options, line.choices), allow_blank=True)
        rule.error, rule.showErrorMessage = "请从下拉里选一项。", True
        sheet.add_data_validation(rule)
        rule.add(value.coordinate)


def _formula(options: Any, choices: Sequence[str]) -> str:
    """Return where a drop-down takes its choices from: itself, or a column of the hidden sheet."""
    said = ",".join(choices)
    plain = not any(sign in one for one in choices for sign in ',"')
    if plain and len(said) <= INLINE:
        return f'"{said}"'
    column = options.max_column + 1 if options["A1"].value is not None else 1
    for row, choice in enumerate(choices, start=1):
        _put(options.cell(row, column), choice)
    letter = column_letter(column - 1)
    return f"'{CHOICES}'!${letter}$1:${letter}${len(choices)}"


def _list(sheet: Any, one: BlankList) -> None:
    from openpyxl.styles import Font, PatternFill

    for column, heading in enumerate(one.headings, start=1):
        cell = sheet.cell(1, column)
        _put(cell, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFF1F3F4")
        sheet.column_dimensions[column_letter(column - 1)].width = 18.0
        for row in range(2, one.rows + 2):
            sheet.cell(row, column).number_format = "@"
    sheet.freeze_panes = "A2"


def kind_of_blank(path: Path) -> str:
    """Return which form a workbook is a blank of, "" for any other file; reads a few kilobytes."""
    try:
        with ZipFile(path) as package, package.open("xl/workbook.xml") as part:
            text = part.read(LONGEST_BOOK).decode("utf-8", "replace")
    except (OSError, BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError):
        return ""
    found = _DEFINED.search(_QUOTED.sub('"', text))
    return found[1] if found else ""


def read_form_blank(path: Path, progress: Progress = silent) -> FilledBlank:
    """Read what somebody filled in, in the child. Raises `UserError` for a file that is no blank
    of ours or has lost its lines."""
    from wxadmin.sheets.reading import open_book

    kind = kind_of_blank(path)
    if not kind:
        raise UserError(f"“{path.name}”不是本程序发出的申请表，没有收下。", "not_a_blank")
    values: dict[str, str] = {}
    lists: dict[str, tuple[Mapping[str, str], ...]] = {}
    with open_book(path, progress) as book:
        for sheet in book.sheets:
            if sheet.hidden:
                continue
            columns = book.content(sheet.name).columns
            if not values:
                values = _values(columns)
            else:
                lists[sheet.name] = _rows(columns)
    if not values:
        raise UserError(f"“{path.name}”里的栏名没有了，没有收下。请在原来的文件上填。", "no_lines")
    return FilledBlank(kind, values, lists)


def _text(cell: Cell) -> str:
    if is_error(cell):
        return ""
    return shown(cell).strip()


def _values(columns: Columns) -> dict[str, str]:
    """Return what stands beside each label; lines left empty are left out."""
    if len(columns) < 2:
        return {}
    pairs = zip(map(_text, columns[0]), map(_text, columns[1]), strict=False)
    return {label.rstrip("*").strip(): text for label, text in list(pairs)[TOP - 1 :] if label}


def _rows(columns: Columns) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a list by its headings, without those that are empty."""
    headings = [_text(column[0]) if column else "" for column in columns]
    height = max(map(len, columns), default=0)
    found = []
    for at in range(1, height):
        row = {h: _text(c[at]) for h, c in zip(headings, columns, strict=True) if h and at < len(c)}
        if any(row.values()):
            found.append(row)
    return tuple(found)

"""Fill somebody's own template: rows under its heading, and nothing else in the file changed.

The package is not written anew: every other part keeps its bytes, the sheet keeps its notes,
widths, merges and styles, and texts are stored as the template stores them (shared or inline).
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.domain.headings import (
    HEADING_ROWS,
    HeadingRow,
    Vocabulary,
    find_heading_row,
    normalise,
)
from wxadmin.domain.sheet import Cell
from wxadmin.files import reason_of, replace_file
from wxadmin.sheets.gate import Package, family, without_dangling_parts
from wxadmin.sheets.prescan import BookFacts
from wxadmin.sheets.reader import refused
from wxadmin.sheets.reading import MAX_FILE
from wxadmin.sheets.refusals import Refusal
from wxadmin.sheets.shared_strings import SharedStrings, text_element
from wxadmin.sheets.sheet_part import SheetPart

STRINGS = "xl/sharedstrings.xml"
MAX_SHEET = 30 * 1024 * 1024  # a template is small; cells are kept one by one while it is filled
_LEAST = 3  # known headings that make a row the heading of a template


@dataclass(frozen=True)
class Template:
    """A template that was read: its sheet, its heading row (from 1), its columns by field.

    `width` is the first and last column (from 0) under a heading, extra ones included.
    """

    file_name: str
    sheet: str
    heading_row: int
    columns: Mapping[str, int]
    width: tuple[int, int]
    path: Path = field(repr=False)
    data: bytes = field(repr=False)
    part: str = field(repr=False)
    parts: Mapping[str, bytes] = field(repr=False)


def open_template(
    path: Path,
    vocabulary: Vocabulary,
    required: Collection[str],
    foreign: Collection[str] = (),
) -> Template:
    """Read a template and find the heading that names most fields of the vocabulary.

    Raises `UserError` for a file that is none (with several `foreign` headings it is some other
    list), and naming the required columns it lacks.
    """
    data = template_bytes(path)
    try:
        if family(data) != "zip":
            raise Refusal("not_a_sheet")
        package = Package(data)
        found = _heading(package, vocabulary)
    except Refusal as refusal:
        if refusal.code in {"not_a_sheet", "ods", "xlsb"}:
            raise UserError(
                f"《{path.name}》不是 .xlsx 模板；请从企业微信管理后台重新下载批量导入模板，"
                "不要另存为别的格式。没有生成文件。",
                "not_a_template",
            ) from refusal
        raise refused(refusal.code, path.name, **refusal.facts) from refusal
    if found is None:
        raise UserError(
            f"《{path.name}》里找不到成员列表的标题行；请用从企业微信管理后台下载的批量导入模板。"
            "没有生成文件。",
            "not_a_template",
        )
    sheet, part, heading = found
    strange = [one.text for one in heading.headings if normalise(one.text) in foreign]
    if len(strange) > 1:
        raise UserError(
            f"《{path.name}》有“{strange[0]}”“{strange[1]}”列，像是人事的名单，不是后台的批量导入模板；"
            "请用从企业微信管理后台下载的模板。没有生成文件。",
            "not_a_template",
        )
    columns = _columns(path.name, heading, vocabulary, required)
    places = [one.column for one in heading.headings]
    return Template(
        path.name,
        sheet,
        heading.row + 1,
        columns,
        (min(places), max(places)),
        path,
        without_dangling_parts(package.readable()),
        part,
        package.parts,
    )


def template_bytes(path: Path) -> bytes:
    """Return a template's bytes. Raises `UserError` where it cannot be read or is too large."""
    for code, wrong in (("is_folder", path.is_dir()), ("not_found", not path.exists())):
        if wrong:
            raise refused(code, path.name)
    try:
        if path.stat().st_size > MAX_FILE:
            size, limit = path.stat().st_size // 1024 // 1024, MAX_FILE // 1024 // 1024
            raise refused("file_too_big", path.name, size=size, limit=limit)
        return path.read_bytes()
    except OSError as error:
        raise refused("unreadable", path.name, why=reason_of(error)) from error


def _heading(package: Package, vocabulary: Vocabulary) -> tuple[str, str, HeadingRow] | None:
    """The sheet, its part, and the heading row that names most fields."""
    strings = SharedStrings(package.parts[STRINGS]).texts if STRINGS in package.parts else []
    best: tuple[str, str, HeadingRow] | None = None
    for name, part in BookFacts(package.parts).sheets.items():
        if part not in package.parts:
            continue
        if len(package.parts[part]) > MAX_SHEET:
            raise Refusal("too_big_inside", limit=MAX_SHEET // 1024 // 1024)
        sheet = SheetPart(package.parts[part])
        row = find_heading_row(_head(sheet, strings), sheet.merges, vocabulary, _LEAST)
        if row is not None and (best is None or row.score > best[2].score):
            best = name, part, row
    return best


def _head(sheet: SheetPart, strings: Sequence[str]) -> list[list[Cell]]:
    """The first rows as columns of texts."""
    rows = [row for row in sheet.rows if row.number <= HEADING_ROWS]
    width = 1 + max((cell.column for row in rows for cell in row.cells), default=-1)
    columns: list[list[Cell]] = [[""] * HEADING_ROWS for _ in range(min(width, 1000))]
    for row in rows:
        for cell in row.cells:
            if cell.column < len(columns):
                columns[cell.column][row.number - 1] = cell_text(cell.kind, cell.text, strings)
    return columns


def cell_text(kind: str, text: str, strings: Sequence[str]) -> str:
    """Return what a cell says, its shared text looked up."""
    if kind != "s":
        return text
    return strings[int(text)] if text.isdigit() and int(text) < len(strings) else ""


def _columns(
    file_name: str, heading: HeadingRow, vocabulary: Vocabulary, required: Collection[str]
) -> dict[str, int]:
    columns: dict[str, int] = {}
    for one in heading.headings:
        known = vocabulary.recognise(one.text, one.above)
        if known is None:
            continue
        if known[0] in columns:
            raise UserError(
                f"《{file_name}》里有两列都是“{vocabulary.fields[known[0]].label}”；"
                "请删掉多余的一列，或者重新下载模板。没有生成文件。",
                "duplicate_columns",
            )
        columns[known[0]] = one.column
    missing = [vocabulary.fields[key].label for key in required if key not in columns]
    if missing:
        raise UserError(
            f"《{file_name}》里没有“{'”“'.join(missing)}”列，填了也导不进去；"
            "请从企业微信管理后台重新下载模板。没有生成文件。",
            "missing_columns",
        )
    return columns


def fill_template(
    template: Template,
    rows: Sequence[Mapping[str, str]],
    out: Path,
    when_written: Callable[[], None] = lambda: None,
) -> None:
    """Write the template with these rows (texts by field) under its heading to another file.

    Fields the template has no column for are left out. `when_written` is called when all is
    written, before the file takes its place; where it raises, the place is as it was. Raises
    `UserError` when the template itself would be overwritten, or has cells merged where the rows
    belong.
    """
    if out.suffix.lower() != template.path.suffix.lower():
        wanted = template.path.suffix.lower()
        raise UserError(f"文件名要以 {wanted} 结尾，没有生成文件。", "wrong_suffix")
    if out.exists() and out.samefile(template.path):
        raise UserError(
            f"《{out.name}》就是模板本身；请另取一个文件名，模板没有改动。", "same_file"
        )
    try:
        sheet = SheetPart(template.parts[template.part])
        _refuse_merged(template, sheet, len(rows))
        changed = _changed_parts(template, sheet, rows)
    except Refusal as refusal:
        raise refused(refusal.code, template.file_name, **refusal.facts) from refusal

    def write(fresh: Path) -> None:
        write_package(fresh, template.data, changed)
        when_written()

    replace_file(out, write)


def _refuse_merged(template: Template, sheet: SheetPart, count: int) -> None:
    first = template.heading_row
    for top, left, bottom, right in sheet.merges:
        beside = right < template.width[0] or left > template.width[1]
        if bottom >= first and top < first + count and not beside:
            row = max(top, first) + 1
            raise UserError(
                f"《{template.file_name}》标题下面第 {row} 行有合并的单元格，没法逐行填；"
                "请取消合并，或者重新下载模板。没有生成文件。",
                "merged_rows",
            )


def _changed_parts(
    template: Template, sheet: SheetPart, rows: Sequence[Mapping[str, str]]
) -> dict[str, bytes]:
    """The parts that differ: the sheet, and the shared strings where texts are kept there."""
    placed = [
        {template.columns[key]: text for key, text in row.items() if key in template.columns}
        for row in rows
    ]
    heading = next(row for row in sheet.rows if row.number == template.heading_row)
    shared = STRINGS in template.parts and any(cell.kind == "s" for cell in heading.cells)
    strings = SharedStrings(template.parts[STRINGS]) if shared else None
    write = _cell_writer(sheet.prefix, strings)
    changed = {template.part: sheet.filled(template.heading_row, template.width, placed, write)}
    if strings is not None:
        changed[STRINGS] = strings.part()
    return changed


def _cell_writer(prefix: str, strings: SharedStrings | None) -> Callable[[str, str, str], bytes]:
    def write(place: str, style: str, text: str) -> bytes:
        opening = f'<{prefix}c r="{place}"' + (f' s="{style}"' if style else "")
        if not text:
            return f"{opening}/>".encode()
        if strings is not None:
            number = strings.number_of(text)
            return f'{opening} t="s"><{prefix}v>{number}</{prefix}v></{prefix}c>'.encode()
        body = f"<{prefix}is>".encode() + text_element(prefix, text) + f"</{prefix}is>".encode()
        return f'{opening} t="inlineStr">'.encode() + body + f"</{prefix}c>".encode()

    return write


def write_package(path: Path, data: bytes, changed: Mapping[str, bytes]) -> None:
    """Write the package with some parts changed; the entries keep their order, names and dates."""
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            name = entry.filename.replace("\\", "/").lstrip("/").lower()
            content = changed.get(name)
            new.writestr(copy.copy(entry), old.read(entry) if content is None else content)

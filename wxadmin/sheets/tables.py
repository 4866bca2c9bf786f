"""Read one list out of a file: find the sheet, the headings, the kind and the month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from wxadmin.domain.cell_readings import CellReadings
from wxadmin.domain.errors import Problem, UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.headings import (
    ANCHORS,
    HeadingRow,
    Vocabulary,
    find_heading_row,
    refuse_too_wide,
)
from wxadmin.domain.sheet import Cell
from wxadmin.domain.sheet_columns import Choices, ColumnPlan, plan_columns
from wxadmin.domain.sheet_kind import (
    MEMBERS,
    employment_by_sheet,
    guess_by_name,
    guess_kind,
    month_in,
)
from wxadmin.domain.sheet_table import Table, signature
from wxadmin.progress import Progress, silent
from wxadmin.sheets.reader import Reader
from wxadmin.sheets.reading import Book, Columns, Content, Head, Merge, SeenSlice, open_book
from wxadmin.sheets.refusals import sentence

_LEAVING = ("leave_date", "last_day", "leave_type", "leave_reason")
_OWN = ("name", "emp_no", "mobile", "wecom_userid", "id_no")  # never spread by a merged cell


def read_table(
    path: Path,
    vocabulary: Vocabulary,
    *,
    kind: str | None = None,
    sheet: str | None = None,
    mapping: Choices = (),
    remembered: Callable[[str], Choices] | None = None,
    progress: Progress = silent,
    reader: Reader | None = None,
    readings: CellReadings | None = None,
) -> Table:
    """Read the list a file holds, in one run of the child.

    `sheet` (a name, or a number from 1) and `kind` are guessed when not said; `mapping` gives
    columns (by heading, field label or letter) a field key, or "ignore"; without one `remembered`
    is asked for the mapping kept under the table's signature. `progress` counts rows and may raise
    `Cancelled`. Into `readings` go the cells of each slice while the child is at the next.
    Raises `UserError` when the file holds no list that can be read.
    """
    with open_book(path, progress, reader) as book:
        found = _choose(book, vocabulary, kind, sheet, _names_anchor(mapping, vocabulary))
        if not mapping and remembered is not None:
            mapping = remembered(signature(found.headings.headings))
        plan = plan_columns(found.headings.headings, vocabulary, mapping)
        content = book.content(found.name, _reading_ahead(book, found, plan, readings))
    return _table(book, found, content, vocabulary, kind, plan)


def _reading_ahead(
    book: Book, found: _Found, plan: ColumnPlan, readings: CellReadings | None
) -> SeenSlice | None:
    if readings is None:
        return None

    def seen(columns: Columns, first: int) -> None:
        above = max(0, found.headings.row + 1 - first)
        for column, key in plan.by_column():
            if column < len(columns):
                readings.read(key, columns[column][above:], book.date1904)

    return seen


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet whose headings were found."""

    name: str
    head: Head
    headings: HeadingRow
    others: tuple[str, ...] = ()


def _names_anchor(mapping: Choices, vocabulary: Vocabulary) -> bool:
    """Whether the user says himself which column holds the names."""
    chosen = (vocabulary.field_named(wanted) for _, wanted in mapping)
    return any(one is not None and one.key in ANCHORS for one in chosen)


def _choose(
    book: Book, vocabulary: Vocabulary, kind: str | None, sheet: str | None, named: bool
) -> _Found:
    names = [_named(book, sheet)] if sheet else [one.name for one in book.sheets if not one.hidden]
    heads = [(name, book.head(name)) for name in names]
    if not any(head.height for _, head in heads):
        raise UserError(sentence("empty_book", book.file_name, {}), "empty_book")
    candidates = []
    for name, head in heads:
        refuse_too_wide(head.columns, book.file_name, name)
        least = 1 if kind == MEMBERS else 2  # members are often pasted as names alone
        headings = find_heading_row(head.columns, head.merges, vocabulary, least)
        if headings is not None and (headings.anchored or named):
            candidates.append(_Found(name, head, headings))
    if not candidates:
        raise _no_headings(book, heads, vocabulary)
    best = max(candidates, key=lambda one: _suits(one, kind, vocabulary))
    others = tuple(one.name for one in candidates if one is not best)
    return _Found(best.name, best.head, best.headings, others)


def _suits(found: _Found, kind: str | None, vocabulary: Vocabulary) -> tuple[bool, bool]:
    """Prefer the sheet named for the wanted kind, and one with something under its headings."""
    named = guess_by_name((found.name,), vocabulary)
    filled = found.head.height > found.headings.row + 1
    return filled, named == (kind or "roster") or (named is None and kind is None)


def _named(book: Book, sheet: str) -> str:
    names = [one.name for one in book.sheets]
    if sheet in names:
        return sheet
    if sheet.isascii() and sheet.isdigit() and 0 < int(sheet) <= len(names):
        return names[int(sheet) - 1]
    facts: dict[str, str | int] = {"sheet": sheet, "sheets": "、".join(names)}
    raise UserError(sentence("no_such_sheet", book.file_name, facts), "no_such_sheet")


def _no_headings(
    book: Book, heads: Sequence[tuple[str, Head]], vocabulary: Vocabulary
) -> UserError:
    for name, head in heads:
        found = find_heading_row(head.columns, head.merges, vocabulary)
        if found is not None:
            known = "、".join(one.text for one in found.headings[:12])
            where = f"工作表“{name}”" if name else ""
            return UserError(
                f"《{book.file_name}》{where}第 {found.row + 1} 行像是标题（{known}），"
                "但没有“姓名”一列；请补上列名，或者指定哪一列是姓名。",
                "no_name_column",
            )
    return UserError(
        f"《{book.file_name}》的前 30 行里找不到标题行（要有“姓名”和至少一个别的列名）；"
        "请确认文件是否选对，或在数据上方补一行列名。",
        "no_heading",
    )


def mapped_anew(table: Table, vocabulary: Vocabulary, mapping: Choices) -> Table:
    """The same table with its columns settled by another mapping, without reading the file."""
    plan = plan_columns(table.headings, vocabulary, mapping)
    kept = tuple(note for note in table.notes if not note.column)
    return replace(
        table,
        taken=plan.by_column(),
        columns=plan.columns(),
        sensitive={heading.text: key for heading, key in plan.sensitive},
        ignored=plan.ignored,
        notes=(*plan.notes, *kept),
    )


def _table(
    book: Book,
    found: _Found,
    content: Content,
    vocabulary: Vocabulary,
    kind: str | None,
    plan: ColumnPlan,
) -> Table:
    row = found.headings.row
    taken = plan.by_column()
    title = [
        cell for column in found.head.columns for cell in column[:row] if isinstance(cell, str)
    ]
    cells = content.columns
    _spread(cells, content.merges, row + 1, taken)
    preface = tuple(zip(*(column[:row] for column in cells), strict=True))
    for column in cells:
        del column[: row + 1]
    stem = Path(book.file_name).stem
    share = _leaving_share(cells, taken)
    keys = {key for _, key in (*plan.taken, *plan.sensitive)}
    hidden = tuple(number + 1 for number in content.hidden_rows if number > row)
    hidden_sheets = tuple(one.name for one in book.sheets if one.hidden)
    return Table(
        file_name=book.file_name,
        sha256=book.sha256,
        sheet=found.name,
        kind=kind or guess_kind((found.name, *title, stem), keys, share, vocabulary),
        heading_row=row + 1,
        headings=found.headings.headings,
        taken=taken,
        columns=plan.columns(),
        sensitive={heading.text: key for heading, key in plan.sensitive},
        ignored=plan.ignored,
        cells=cells,
        preface=preface,
        month=month_in((*title, found.name, stem)),
        encoding=book.encoding,
        date1904=book.date1904,
        hidden_rows=hidden,
        other_sheets=found.others,
        hidden_sheets=hidden_sheets,
        employment_type=employment_by_sheet(found.name, vocabulary),
        notes=(*plan.notes, *_notes(len(hidden), found.others)),
    )


def _notes(hidden: int, others: tuple[str, ...]) -> list[Problem]:
    notes = []
    if hidden:
        notes.append(Problem(0, "", "", "", f"含 {hidden} 个隐藏行，也一并读了"))
    if others:
        names = "、".join(f"“{name}”" for name in others)
        notes.append(Problem(0, "", "", "", f"文件里还有{names}也像名单，这次没有读"))
    return notes


def _spread(
    cells: list[list[Cell]],
    merges: Sequence[Merge],
    first: int,
    taken: Sequence[tuple[int, str]],
) -> None:
    """Fill a value down inside its merged range; what belongs to one person is never spread."""
    own = {column for column, key in taken if key in _OWN}
    for top, left, bottom, _ in merges:
        fits = left not in own and left < len(cells) and top < len(cells[left])
        if bottom > top >= first and fits:
            column = cells[left]
            last = min(bottom + 1, len(column))
            column[top:last] = [column[top]] * (last - top)


def _leaving_share(cells: list[list[Cell]], taken: Sequence[tuple[int, str]]) -> float:
    """How many of the rows with a name say something about leaving."""
    column_of = {key: column for column, key in taken}
    leaving = [cells[column_of[key]] for key in _LEAVING if key in column_of]
    names = cells[column_of["name"]] if "name" in column_of else []
    if not leaving or not names:
        return 0.0
    rows = [left for name, *left in zip(names, *leaving, strict=True) if name != ""]
    return sum(1 for left in rows if any(left)) / len(rows) if rows else 0.0

"""The reading child: a fresh interpreter that opens one workbook and hands its cells over a pipe.

It imports next to nothing, limits its own memory, never touches a path, and ends when its pipe
closes. Requests and answers are marshalled tuples, each behind its length in four bytes:

    ("open", suffix, bytes)  → ("book", encoding, date1904, [(sheet, hidden)])
    ("head", sheet, rows)    → ("head", height, width, columns, merges)
    ("rows", sheet)          → ("slice", columns, done, total) …, ("end", hidden rows, merges)

or ("refused", code, facts) at any time, ("broken", trace) for a fault of our own.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence
from threading import Thread
from typing import Any

from wxadmin.sheets import biff, delimited, gate, prescan
from wxadmin.sheets.refusals import Refusal
from wxadmin.sheets.serving import Answer, limit_memory, serve

MEMORY = 640 * 1024 * 1024
SLICE_ROWS = 2_000
MAX_ROWS = 200_000
_DATES = ("date", "datetime")

Columns = list[list[Any]]
Merge = tuple[int, int, int, int]


class WorkbookSource:
    """An .xlsx, .xls or .et workbook behind the fast reader."""

    encoding = ""

    def __init__(self, data: bytes, package: gate.Package | None) -> None:
        import python_calamine

        self.package = package
        self.facts = prescan.BookFacts(package.parts) if package else None
        self._facts: dict[str, prescan.SheetFacts] = {}
        if self.facts:
            self.date1904 = self.facts.date1904
        else:
            old = biff.OldBookFacts(data)
            self.date1904, self._facts = old.date1904, old.sheets
        readable = package.readable() if package else data
        try:
            self.book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(readable))
        except python_calamine.PasswordError as error:
            raise Refusal("password") from error
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            raise Refusal("damaged") from error
        self.errors = (python_calamine.CalamineError, OSError, ValueError)
        self._sheet: tuple[str, Any] = ("", None)
        self._failed: BaseException | None = None

    def sheets(self) -> list[tuple[str, bool]]:
        """The worksheets by name, and whether each is hidden."""
        return [
            (meta.name, not str(meta.visible).endswith(".Visible"))
            for meta in self.book.sheets_metadata
            if str(meta.typ).endswith(".WorkSheet")
        ]

    def read_ahead(self) -> None:
        """Read the only sheet before it is asked for; what fails is told when it is."""
        names = [name for name, hidden in self.sheets() if not hidden]
        if len(names) == 1:
            try:
                self._open(names[0])
            except BaseException as error:
                self._failed = error

    def _open(self, name: str) -> tuple[Any, prescan.SheetFacts]:
        """Read one sheet; its XML is checked in a thread while the fast reader works."""
        if self._failed is not None:
            raise self._failed
        if self._sheet[0] == name and name in self._facts:
            return self._sheet[1], self._facts[name]
        xml, styles = self._xml(name)
        if xml and prescan.lies_far_out(xml):
            walked = prescan.walk(xml, styles)
            if walked.area > prescan.MAX_AREA:
                raise Refusal("far_cell", sheet=name, cell=_address(*walked.far))
        outcome: list[Any] = [prescan.SheetFacts()]
        texts = self.package.parts.pop("xl/sharedstrings.xml", b"") if self.package else b""
        checker = Thread(target=_scanned, args=(xml, texts, styles, outcome))
        checker.start()
        try:
            sheet = self.book.get_sheet_by_name(name)
        except self.errors as error:
            raise Refusal("damaged") from error
        finally:
            checker.join()
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        self._sheet = (name, sheet)
        return sheet, self._facts.setdefault(name, outcome[0])

    def _xml(self, name: str) -> tuple[bytes, dict[str, int]]:
        if self.package is None or self.facts is None:
            return b"", {}
        xml = self.package.parts.pop(self.facts.sheets.get(name, ""), b"")
        return xml, self.facts.zero_styles

    def size(self, name: str) -> tuple[int, int]:
        """Height and width from A1 to the last cell with a value."""
        end = self._open(name)[0].end
        return (end[0] + 1, end[1] + 1) if end else (0, 0)

    def slices(self, name: str, rows: int, step: int) -> Iterator[Columns]:
        """The first `rows` rows in slices of columns."""
        sheet, facts = self._open(name)
        if sheet.start is None:
            return
        left = sheet.start[1]
        lines = iter(sheet.iter_rows())
        done = 0
        pictures = self.facts is not None and self.facts.pictures
        while done < rows:
            piece = list(itertools.islice(lines, min(step, rows - done)))
            if not piece:
                return
            columns = [[""] * len(piece) for _ in range(left)]
            columns += [_cells(column, pictures) for column in zip(*piece, strict=True)]
            _mark(columns, done, len(piece), facts.marks)
            yield columns
            done += len(piece)

    def merges(self, name: str) -> list[Merge]:
        """Merged ranges as (first row, first column, last row, last column)."""
        ranges = self._open(name)[0].merged_cell_ranges or []
        return [(top, left, bottom, right) for (top, left), (bottom, right) in ranges]

    def hidden_rows(self, name: str) -> list[int]:
        """Rows somebody has hidden or filtered away; unknown in .xls."""
        return self._open(name)[1].hidden_rows


class TextSource:
    """A text table: one sheet without a name of its own."""

    date1904 = False

    def __init__(self, data: bytes, suffix: str) -> None:
        self.rows, self.encoding = delimited.read_text(data, suffix, MAX_ROWS)

    def sheets(self) -> list[tuple[str, bool]]:
        """The only sheet."""
        return [("", False)]

    def read_ahead(self) -> None:
        """A text table is read when it is opened."""

    def size(self, name: str) -> tuple[int, int]:
        """Height and width."""
        return len(self.rows), len(self.rows[0]) if self.rows else 0

    def slices(self, name: str, rows: int, step: int) -> Iterator[Columns]:
        """The first `rows` rows in slices of columns."""
        for start in range(0, min(rows, len(self.rows)), step):
            piece = self.rows[start : min(start + step, rows)]
            yield [list(column) for column in zip(*piece, strict=True)]

    def merges(self, name: str) -> list[Merge]:
        """Text has no merged ranges."""
        return []

    def hidden_rows(self, name: str) -> list[int]:
        """Text has no hidden rows."""
        return []


Source = WorkbookSource | TextSource


def _scanned(xml: bytes, texts: bytes, styles: dict[str, int], outcome: list[Any]) -> None:
    try:
        if texts:
            gate.check_xml(texts)
        if xml:
            outcome[0] = prescan.scan(xml, styles)
    except BaseException as error:  # handed to the main thread, which raises it again
        outcome[0] = error


def _cells(column: tuple[Any, ...], pictures: bool) -> list[Any]:
    """A column's values as light cells (see `domain.sheet`): text, number or bytes."""
    kinds = {kind.__name__ for kind in set(map(type, column))}
    if kinds - {"str", "float"}:
        column = tuple([value if type(value) in (str, float) else _cell(value) for value in column])
    if pictures:
        return [
            "" if type(value) is str and value.startswith("=DISPIMG(") else value
            for value in column
        ]
    return list(column)


def _cell(value: Any) -> str | float | bytes:
    if value is True or value is False:
        return b"TRUE" if value else b"FALSE"
    if type(value) is int:
        return float(value)
    if type(value).__name__ in _DATES:
        return bytes(value.isoformat(), "ascii")
    return str(value)


def _mark(
    columns: Columns, first: int, count: int, marks: dict[int, list[tuple[int, str | bytes]]]
) -> None:
    """Put back what the fast reader dropped: errors, missing results, padded numbers."""
    for row in marks.keys() & set(range(first, first + count)) if marks else ():
        for column, mark in marks[row]:
            if column < len(columns):
                columns[column][row - first] = mark


def _address(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def open_source(suffix: str, data: bytes) -> Source:
    """Pass the gate and open the bytes as what they are."""
    family = gate.family(data)
    if family == "zip":
        return WorkbookSource(data, gate.Package(data))
    if family == "ole":
        return WorkbookSource(data, None)
    return TextSource(data, suffix)


class _Talk:
    """Requests in, answers out, one workbook."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.source: Source | None = None

    def open(self, suffix: str, data: bytes) -> None:
        self.source = source = open_source(suffix, data)
        self.answer(("book", source.encoding, source.date1904, source.sheets()))
        source.read_ahead()

    def head(self, sheet: str, rows: int) -> None:
        source = self._opened()
        height, width = source.size(sheet)
        columns: Columns = next(source.slices(sheet, rows, rows), [])
        merges = [merge for merge in source.merges(sheet) if merge[0] < rows]
        self.answer(("head", height, width, columns, merges))

    def rows(self, sheet: str) -> None:
        source = self._opened()
        height = source.size(sheet)[0]
        done = filled = 0
        for columns in source.slices(sheet, height, SLICE_ROWS):
            count = len(columns[0]) if columns else 0
            done += count
            if height > MAX_ROWS:
                filled += sum(1 for row in zip(*columns, strict=True) if any(row))
                if filled > MAX_ROWS:
                    raise Refusal("too_many_rows", where=f"的工作表“{sheet}”", limit=MAX_ROWS)
            self.answer(("slice", columns, done, height))
        self.answer(("end", source.hidden_rows(sheet), source.merges(sheet)))

    def _opened(self) -> Source:
        if self.source is None:
            raise RuntimeError("nothing was opened")
        return self.source


def main(words: Sequence[str] = ()) -> int:
    """Answer requests until the pipe closes; takes no words."""
    limit_memory(MEMORY)
    import python_calamine  # noqa: F401 - loaded while the parent is still busy

    return serve(_Talk)

"""A worksheet part with the place of every row and cell in it, so that a few can be replaced.

Everything between them stays as it was, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from wxadmin.domain.sheet import address, column_number
from wxadmin.sheets.refusals import Refusal

Merge = tuple[int, int, int, int]
WriteCell = Callable[[str, str, str], bytes]
"""Writes one text cell from its address, its style ("" for none) and its text."""

_TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_PLACE = re.compile(r"([A-Z]+)([0-9]+)")
_OWN_PLACE = re.compile(rb"\s(?:r|hidden)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_LAST_ROW = re.compile(rb"(<(?:\w+:)?dimension\b[^>]*?\bref=[\"'][A-Z]+[0-9]+:[A-Z]+)([0-9]+)")


@dataclass(slots=True)
class CellSpan:
    """One cell: its column (from 0), its bytes, its style and kind, and its raw text."""

    column: int
    start: int
    end: int = 0
    style: str = ""
    kind: str = ""
    text: str = ""
    formula: bool = False

    @property
    def filled(self) -> bool:
        """Say whether anything stands in it."""
        return bool(self.text) or self.formula


@dataclass(slots=True)
class RowSpan:
    """One row: its number (from 1), its bytes, the end of its opening tag, and its cells."""

    number: int
    start: int
    tag_end: int
    end: int = 0
    style: str = ""
    cells: list[CellSpan] = field(default_factory=list)


class SheetPart:
    """A worksheet's XML, scanned once. Raises `Refusal` where it is not well-formed."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.rows: list[RowSpan] = []
        self.merges: list[Merge] = []
        self.column_styles: list[tuple[int, int, str]] = []
        self.prefix = ""
        self._in_data = self._collecting = False
        self._reading = 0  # inside how many elements whose text belongs to the cell
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._stop
        self._parser.CharacterDataHandler = self._text
        try:
            self._parser.Parse(data, True)
        except (expat.ExpatError, ValueError, KeyError, IndexError) as error:
            raise Refusal("damaged") from error
        del self._parser

    # -- scanning ---------------------------------------------------------------------------------
    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        if self._in_data:
            self._start_in_data(local, attributes)
        elif local == "sheetData":
            self._in_data = True
            self.prefix = f"{prefix}:" if prefix else ""
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif local == "col" and attributes.get("style"):
            first, last = int(attributes["min"]) - 1, int(attributes["max"]) - 1
            self.column_styles.append((first, last, attributes["style"]))

    def _start_in_data(self, local: str, attributes: dict[str, str]) -> None:
        if local == "row":
            self._open_row(attributes)
        elif local == "c":
            self._open_cell(attributes)
        elif local in {"v", "t"} and self._collecting:
            self._reading += 1
        elif local == "f" and self._collecting:
            self.rows[-1].cells[-1].formula = True
        elif local == "rPh":
            self._collecting = False

    def _stop(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if not self._in_data:
            return
        if local == "sheetData":
            self._in_data = False
        elif local == "row":
            self.rows[-1].end = self._end(self.rows[-1].start)
        elif local == "c":
            cell = self.rows[-1].cells[-1]
            cell.end = self._end(cell.start)
            self._collecting, self._reading = False, 0
        elif local in {"v", "t"} and self._reading:
            self._reading -= 1
        elif local == "rPh":
            self._collecting = True

    def _text(self, text: str) -> None:
        if self._collecting and self._reading:
            self.rows[-1].cells[-1].text += text

    def _tag_end(self, start: int) -> int:
        found = _TAG.match(self.data, start)
        if found is None:  # not UTF-8 after all: the places would be wrong
            raise ValueError("no tag at its place")
        return found.end()

    def _end(self, start: int) -> int:
        tag_end = self._tag_end(start)
        if self.data[tag_end - 2 : tag_end] == b"/>":
            return tag_end
        return self._tag_end(self._parser.CurrentByteIndex)

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        number = int(attributes.get("r") or (self.rows[-1].number + 1 if self.rows else 1))
        if self.rows and number <= self.rows[-1].number:
            raise ValueError("rows out of order")
        start = self._parser.CurrentByteIndex
        custom = attributes.get("customFormat") in {"1", "true"}
        style = attributes.get("s", "") if custom else ""
        self.rows.append(RowSpan(number, start, self._tag_end(start), style=style))

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        cells = self.rows[-1].cells
        place = _PLACE.fullmatch(attributes.get("r", ""))
        following = cells[-1].column + 1 if cells else 0
        column = column_number(place[1]) if place else following
        kind, style = attributes.get("t", ""), attributes.get("s", "")
        start = self._parser.CurrentByteIndex
        cells.append(CellSpan(column or 0, start, style=style, kind=kind))
        self._collecting, self._reading = True, 0

    def _merge(self, ref: str) -> None:
        corners = [_PLACE.fullmatch(corner) for corner in ref.split(":")]
        if len(corners) == 2 and corners[0] and corners[1]:
            (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
            columns = column_number(left) or 0, column_number(right) or 0
            self.merges.append((int(top) - 1, columns[0], int(bottom) - 1, columns[1]))

    # -- replacing --------------------------------------------------------------------------------
    def filled(
        self,
        below: int,
        span: tuple[int, int],
        rows: Sequence[Mapping[int, str]],
        write: WriteCell,
    ) -> bytes:
        """Return the part with these rows right below row `below` (from 1).

        Within the columns `span` (from–to, both included) whatever stood below is emptied; styles,
        and everything outside of them, stay.
        """
        edit = _Edit(self, below, span, write)
        data = b"".join(edit.pieces(rows))
        last = below + len(rows)

        def reached(match: re.Match[bytes]) -> bytes:
            return match[1] + str(max(last, int(match[2]))).encode()

        return _LAST_ROW.sub(reached, data, count=1)


class _Edit:
    """One replacing of rows: the pieces of the new part in their order."""

    def __init__(
        self, sheet: SheetPart, below: int, span: tuple[int, int], write: WriteCell
    ) -> None:
        self._sheet = sheet
        self._below = below
        self._span = span
        self._write = write
        self._old = [row for row in sheet.rows if row.number > below]
        model = self._old[0] if self._old and self._old[0].number == below + 1 else None
        self._model = model
        self._styles = {cell.column: cell.style for cell in model.cells} if model else {}

    def pieces(self, rows: Sequence[Mapping[int, str]]) -> Iterator[bytes]:
        """Yield what stands before, the rows, and what stands after."""
        data = self._sheet.data
        done = max(row.end for row in self._sheet.rows if row.number <= self._below)
        yield data[:done]
        number = self._below + 1
        last = self._below + len(rows)
        for old in self._old:
            for fresh in range(number, min(old.number, last + 1)):
                yield self._fresh(fresh, rows[fresh - self._below - 1])
            yield data[done : old.start]
            inside = old.number <= last
            yield self._changed(old, rows[old.number - self._below - 1] if inside else {})
            done, number = old.end, old.number + 1
        for fresh in range(number, last + 1):
            yield self._fresh(fresh, rows[fresh - self._below - 1])
        yield data[done:]

    def _inside(self, column: int) -> bool:
        return self._span[0] <= column <= self._span[1]

    def _changed(self, row: RowSpan, values: Mapping[int, str]) -> bytes:
        data = self._sheet.data
        if not values and not any(c.filled and self._inside(c.column) for c in row.cells):
            return data[row.start : row.end]
        old = {cell.column: cell for cell in row.cells}
        cells = []
        for column in sorted(old.keys() | values.keys()):
            cell = old.get(column)
            if cell is not None and not self._inside(column):
                cells.append(data[cell.start : cell.end])
                continue
            style = cell.style if cell is not None else row.style or self._style(column)
            place = address(row.number, column)
            cells.append(self._write(place, style, values.get(column, "")))
        tag = data[row.start : row.tag_end]
        return self._row(tag.removesuffix(b"/>").removesuffix(b">").rstrip(), cells)

    def _fresh(self, number: int, values: Mapping[int, str]) -> bytes:
        columns = {c for c in self._styles if self._inside(c)} | values.keys()
        cells = [
            self._write(address(number, c), self._style(c), values.get(c, ""))
            for c in sorted(columns)
        ]
        rest = b""
        if self._model is not None:
            tag = self._sheet.data[self._model.start : self._model.tag_end]
            tag = tag.removesuffix(b"/>").removesuffix(b">").rstrip()
            rest = _OWN_PLACE.sub(b"", tag).partition(b"row")[2]
        name = f"{self._sheet.prefix}row"
        return self._row(f'<{name} r="{number}"'.encode() + rest, cells)

    def _row(self, opening: bytes, cells: Sequence[bytes]) -> bytes:
        closing = f"</{self._sheet.prefix}row>".encode()
        return opening + b">" + b"".join(cells) + closing

    def _style(self, column: int) -> str:
        if column in self._styles:
            return self._styles[column]
        if self._model is not None and self._model.style:
            return self._model.style
        styles = self._sheet.column_styles
        return next((style for first, last, style in styles if first <= column <= last), "")

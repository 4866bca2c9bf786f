"""Tables that run over pages: text wraps and never shrinks, the head is repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wxadmin.domain.form_definition import PLACEHOLDER, Align, PaperColumn
from wxadmin.paper.canvas import Space
from wxadmin.paper.flow import FOOT_HEIGHT, Flow
from wxadmin.paper.items import Face, FontRole
from wxadmin.paper.template import Filler
from wxadmin.paper.values import plain
from wxadmin.paper.wrapping import (
    LineOfRuns,
    Piece,
    balanced,
    break_pieces,
    break_text,
    height_of,
    lines_in,
)

CELL_PADDING = 0.8  # mm left and right of a cell's text
CELL_AIR = 1.3  # mm above and below it
OUTER_LINE, INNER_LINE = 0.4, 0.18

Row = Mapping[str, object]
CellLines = tuple[LineOfRuns, ...]


def set_table(
    flow: Flow,
    columns: tuple[PaperColumn, ...],
    rows: Sequence[Row],
    face: Face,
    row_height: float = 0.0,
) -> None:
    """Set a table of any length; no row is lower than `row_height` mm."""
    FlowTable(flow, columns, face, row_height).draw(rows)


class FlowTable:
    """One table while it is being set; its head is repeated and no row is split."""

    def __init__(
        self, flow: Flow, columns: tuple[PaperColumn, ...], face: Face, row_height: float = 0.0
    ) -> None:
        self.row_height = row_height
        self.flow = flow
        self.columns = columns
        self.face = face
        self.bold = Face(face.size_pt, FontRole.HEI)
        self.top = 0.0
        self.head = [
            tuple(balanced(column.label, self._inner(column), self.bold, flow.measure))
            for column in columns
        ]

    def draw(self, rows: Sequence[Row]) -> None:
        """Set the table with all its rows."""
        self.flow.need(self.height_of_cells(self.head) * 2.5)
        self._begin()
        for row in rows:
            cells = [self.lines_of(column, row) for column in self.columns]
            for part in self._parts(cells):
                self._row(part)
        self._end()

    def _inner(self, column: PaperColumn) -> float:
        return column.width - 2 * CELL_PADDING

    def height_of_cells(self, cells: Sequence[CellLines]) -> float:
        """Return the height of a row with these cells."""
        most = max((len(lines) for lines in cells), default=1)
        return height_of(max(1, most), self.face) + 2 * CELL_AIR + 0.15 * self.face.size

    def lines_of(self, column: PaperColumn, row: Row) -> CellLines:
        """Break what a row says in a column."""
        width, measure = self._inner(column), self.flow.measure
        if (only := PLACEHOLDER.fullmatch(column.text)) and not (only["how"] or only["rule"]):
            text = plain(row.get(only["name"]))
            if "\n" not in text and measure(text, self.face) <= width:
                return ((Piece(text),),)
            return tuple(break_text(text, width, self.face, measure))
        return tuple(
            line
            for pieces in Filler(row).paragraphs(column.text)
            for line in break_pieces(pieces, width, self.face, measure)
        )

    def _parts(self, cells: list[CellLines]) -> list[list[CellLines]]:
        """Return the row whole; only a row taller than a page is laid over several."""
        flow = self.flow
        tallest = flow.size[1] - flow.margins.top - flow.margins.bottom - FOOT_HEIGHT - 45.0
        most = max(1, lines_in(tallest, self.face))
        count = -(-max(len(lines) for lines in cells) // most)
        return [
            [lines[part * most : (part + 1) * most] for lines in cells]
            for part in range(max(1, count))
        ]

    def _begin(self) -> None:
        self.top = self.flow.y
        self._set(
            self.head,
            self.bold,
            self.height_of_cells(self.head),
            [Align.CENTER] * len(self.columns),
        )

    def _row(self, cells: list[CellLines]) -> None:
        height = max(self.row_height, self.height_of_cells(cells))
        if self.flow.room < height:
            self._end()
            self.flow.page()
            self._begin()
        left = self.flow.margins.left
        across = left + sum(column.width for column in self.columns)
        self.flow.canvas.line(left, self.flow.y, across, self.flow.y, INNER_LINE)
        self._set(cells, self.face, height, [column.align for column in self.columns])

    def _set(
        self, cells: Sequence[CellLines], face: Face, height: float, aligns: list[Align]
    ) -> None:
        x = self.flow.margins.left
        for column, lines, align in zip(self.columns, cells, aligns, strict=True):
            space = Space(x + CELL_PADDING, self.flow.y, self._inner(column), height)
            self.flow.canvas.set_lines(space, lines, face, align)
            x += column.width
        self.flow.y += height

    def _end(self) -> None:
        """Close the table on this page: the lines between columns and the frame."""
        canvas, x = self.flow.canvas, self.flow.margins.left
        left = x
        for column in self.columns[:-1]:
            x += column.width
            canvas.line(x, self.top, x, self.flow.y, INNER_LINE)
        width = sum(column.width for column in self.columns)
        canvas.box(Space(left, self.top, width, self.flow.y - self.top), OUTER_LINE)

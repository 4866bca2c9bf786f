"""Draw the first page of a form: its head, the grid of its definition, the words below."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wxadmin.domain.form_definition import (
    Align,
    FormDefinition,
    PaperCell,
    PaperLayout,
    PaperRow,
    PaperTable,
    names_in,
    paper_code,
)
from wxadmin.domain.frozen import dataclass
from wxadmin.paper.canvas import HINT, Canvas, Space
from wxadmin.paper.form_appendix import Appendix, Leftover, LongTable
from wxadmin.paper.form_head import draw_code, draw_head
from wxadmin.paper.form_sheet import FormSheet, filler_of, printed_rows, route_of
from wxadmin.paper.items import Face, Item
from wxadmin.paper.template import Filler
from wxadmin.paper.wrapping import balanced, height_of, sizes

PADDING = 3.0  # mm between a grid line and text that begins at the left
TIGHT = 1.2  # mm between a grid line and centred text
SIGNATURE_AIR = 2.0  # mm below the line for signature and date
MORE = "（转第2页）"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a part of the form came to: to be used again where the same is said."""

    items: tuple[Item, ...]
    leftovers: tuple[Leftover, ...]


Memory = dict[object, Drawn]


class FormDrawing:
    """The first page of one form while it is being drawn."""

    def __init__(
        self,
        definition: FormDefinition,
        sheet: FormSheet,
        blank: bool,
        canvas: Canvas,
        memory: Memory,
    ) -> None:
        self.definition = definition
        self.memory = memory
        self.sheet = sheet
        self.is_blank = blank
        self.layout: PaperLayout = definition.layout
        self.canvas = canvas
        self.body = Face(self.layout.body_pt)
        self.leftovers: list[Leftover] = []
        self.long_tables: list[LongTable] = []
        self.filler = filler_of(definition, sheet, blank)
        self.y = self.layout.margins.top
        self.label = ""  # of the row being drawn

    def _once(self, key: object, draw: Callable[[], None]) -> None:
        """Draw a part, or repeat what it came to when the same was said before."""
        drawn = self.memory.get(key)
        if drawn is None:
            items, texts = len(self.canvas.items), len(self.leftovers)
            draw()
            drawn = Drawn(tuple(self.canvas.items[items:]), tuple(self.leftovers[texts:]))
            self.memory[key] = drawn
        else:
            self.canvas.items += drawn.items
            self.leftovers += drawn.leftovers

    def _said(self, *templates: str) -> str:
        """Return what the fields of some templates hold, as a key."""
        values = [self.filler.value(name) for one in templates for name in names_in(one)]
        return repr((self.is_blank, values)) if values else repr(self.is_blank)

    def title(self) -> str:
        """Return the title with the company's name."""
        return self.definition.title.replace("{company}", self.sheet.company)

    def draw(self) -> None:
        """Draw everything but the count of pages, which nobody knows yet."""
        self._head()
        top, left = self.y, self.layout.margins.left
        for row in printed_rows(self.layout.rows, route_of(self.definition, self.sheet)):
            if self.y > top:
                self._across(self.y)
            self._row(row)
        grid = Space(left, top, self.layout.grid_width, self.y - top)
        self.canvas.box(grid, self.layout.outer_line)
        key = ("foot", self.y, self._said(*self.layout.foot))
        self._once(key, self._foot)

    def appendix(self) -> Appendix:
        """Return what goes on further pages."""
        return Appendix(
            self.title(),
            "" if self.is_blank else self.sheet.number,
            self.layout,
            tuple(self.leftovers),
            tuple(self.long_tables),
            self._code if self._is_coded else None,
        )

    @property
    def _is_coded(self) -> bool:
        return bool(self.layout.qr_size and self.sheet.number and not self.is_blank)

    def _code(self, page: int = 1) -> str:
        return paper_code(self.sheet.number, self.definition.version, self.sheet.sheet, page)

    def _head(self) -> None:
        layout = self.layout
        letterhead = layout.letterhead.replace("{company}", self.sheet.company)
        title = self.title()
        self._once(
            ("head", title, letterhead), lambda: draw_head(self.canvas, layout, title, letterhead)
        )
        self.y += layout.top_line + layout.title_height
        if self._is_coded:
            draw_code(self.canvas, layout, self._code())
        above = Space(layout.margins.left, self.y, layout.grid_width, layout.above_height)
        self._cells(layout.above, above, framed=False)
        self.y += layout.above_height

    def _row(self, row: PaperRow) -> None:
        if row.table:
            self._table(row.table)
            return
        left = self.layout.margins.left
        self._cells(row.cells, Space(left, self.y, self.layout.grid_width, row.height))
        self.y += row.height

    def _across(self, y: float) -> None:
        left = self.layout.margins.left
        self.canvas.line(left, y, left + self.layout.grid_width, y, self.layout.inner_line)

    def _cells(self, cells: tuple[PaperCell, ...], row: Space, *, framed: bool = True) -> None:
        x, column = row.x, 0
        for cell in cells:
            span = self.layout.columns[column : column + cell.span]
            width = cell.width or sum(span)
            column += 0 if cell.width else cell.span
            if framed and cell.divided and x > row.x:
                self.canvas.line(x, row.y, x, row.y + row.h, self.layout.inner_line)
            self._cell(cell, Space(x, row.y, width, row.h), framed)
            x += width

    def _cell(self, cell: PaperCell, space: Space, framed: bool) -> None:
        if cell.is_label:
            self.label = cell.text.replace("\n", "").replace("　", "")
        said = "" if cell.is_label else self._said(cell.text, cell.foot)
        key = (cell, space, framed, self.label, said)
        self._once(key, lambda: self._draw_cell(cell, space, framed))

    def _draw_cell(self, cell: PaperCell, space: Space, framed: bool) -> None:
        face = Face(cell.size_pt) if cell.size_pt else self.body
        if cell.is_label:
            self._label(cell.text, space, face)
            return
        inner = space.inset(TIGHT if cell.align is Align.CENTER else PADDING, 1.0)
        if not framed:
            inner = Space(space.x, space.y, space.w, space.h)
        if cell.top:
            inner = Space(inner.x, inner.y + 1.6, inner.w, inner.h - 1.6)
        if cell.foot:
            inner = self._signature(cell.foot, inner, face)
        self._fill(cell, inner, face)

    def _label(self, text: str, space: Space, face: Face) -> None:
        """Set a label in the middle of its cell, in lines of about equal length."""
        width, measure = space.w - 2 * TIGHT + 0.8, self.canvas.measure
        if measure(_spread(text), face) <= width:
            text = _spread(text)
        for smaller in sizes(face):
            lines = balanced(text, width, smaller, measure)
            if height_of(len(lines), smaller) <= space.h:
                break
        self.canvas.set_lines(space, tuple(lines), smaller, Align.CENTER)

    def _signature(self, template: str, inner: Space, face: Face) -> Space:
        """Set the line for signature and date at the lower right; return the room above."""
        paragraphs = self.filler.paragraphs(template)
        height = height_of(len(paragraphs), face)
        bottom = inner.y + inner.h - SIGNATURE_AIR
        low = Space(inner.x, bottom - height, inner.w, height)
        rest = self.canvas.set_paragraphs(low, paragraphs, face, Align.RIGHT)
        if rest:
            self.leftovers.append(Leftover(self.label, rest))
        return Space(inner.x, inner.y, inner.w, low.y - inner.y - 0.3 * face.size)

    def _fill(self, cell: PaperCell, inner: Space, face: Face) -> None:
        if self.filler.is_empty(cell.text):
            self._empty(cell, inner)
            return
        if cell.spread:
            self._spread_lines(cell, inner, face)
            return
        rest = self.canvas.set_paragraphs(
            inner, self.filler.paragraphs(cell.text), face, cell.align, top=cell.top, more=MORE
        )
        if rest:
            self.leftovers.append(Leftover(self.label, rest))
        if self.is_blank and cell.hint:
            low = Space(inner.x, inner.y + inner.h - HINT.size, inner.w, HINT.size)
            self.canvas.one_line(low, cell.hint, HINT, cell.align)

    def _spread_lines(self, cell: PaperCell, inner: Space, face: Face) -> None:
        """Give every line of a cell an equal share of its height: each is written on."""
        paragraphs = self.filler.paragraphs(cell.text)
        share = inner.h / len(paragraphs)
        for number, pieces in enumerate(paragraphs):
            strip = Space(inner.x, inner.y + number * share, inner.w, share)
            rest = self.canvas.set_paragraphs(strip, [pieces], face, cell.align)
            if rest:
                self.leftovers.append(Leftover(self.label, rest))

    def _empty(self, cell: PaperCell, inner: Space) -> None:
        if self.is_blank and cell.hint:
            self.canvas.set_text(inner, cell.hint, HINT, cell.align, top=cell.top)
        elif self.layout.strike_blank and not self.is_blank and not cell.foot:
            self.canvas.one_line(inner, "/", self.body, Align.CENTER)

    def _table(self, table: PaperTable) -> None:
        rows = table_rows(self.filler.value(table.field))
        heading = table.heading
        if len(rows) > (0 if table.apart else table.rows):
            self.long_tables.append(_rest_of(table, rows))
            heading += f"（共{len(rows)}行，第{table.rows + 1}行起见附页）"
        if table.apart:
            return
        left, width = self.layout.margins.left, self.layout.grid_width
        self._cells(
            (PaperCell(heading, width=width),), Space(left, self.y, width, table.heading_height)
        )
        self.y += table.heading_height
        self._across(self.y)
        head = tuple(PaperCell(c.label, width=c.width, is_label=True) for c in table.columns)
        self._cells(head, Space(left, self.y, width, table.head_height))
        self.y += table.head_height
        for number in range(table.rows):
            self._across(self.y)
            self._table_row(table, rows[number] if number < len(rows) else {}, number + 1)

    def _table_row(self, table: PaperTable, row: Mapping[str, object], number: int) -> None:
        left, width = self.layout.margins.left, self.layout.grid_width
        self.label = table.heading
        outer, self.filler = self.filler, Filler({**row, "no": str(number)})
        cells = tuple(PaperCell(c.text, width=c.width, align=c.align) for c in table.columns)
        self._cells(cells, Space(left, self.y, width, table.row_height))
        self.filler = outer
        self.y += table.row_height

    def _foot(self) -> None:
        """Set the words below the grid."""
        words = [line for text in self.layout.foot for line in self.filler.paragraphs(text)]
        face = Face(self.layout.foot_pt)
        rest = self.canvas.set_paragraphs(self._below(), words, face, top=True, more=MORE)
        if rest:
            self.leftovers.append(Leftover("表下的话", rest))

    def _below(self) -> Space:
        layout = self.layout
        return Space(layout.margins.left, self.y + 1.0, layout.grid_width, layout.foot_height - 1)

    def count(self, pages: int) -> None:
        """Say below the grid that there are further pages."""
        if pages > 1:
            foot, face = self._below(), Face(self.layout.foot_pt)
            low = Space(foot.x, foot.y + foot.h - 3.0, foot.w, 3.0)
            self.canvas.one_line(low, f"第1页　共{pages}页", face, Align.RIGHT)


def table_rows(value: object) -> list[Mapping[str, object]]:
    """Return the rows of a list field."""
    if isinstance(value, list | tuple):
        return [row for row in value if isinstance(row, Mapping)]
    return []


def _rest_of(table: PaperTable, rows: list[Mapping[str, object]]) -> LongTable:
    """Return the rows that go to the appendix, numbered on."""
    first = 0 if table.apart else table.rows
    numbered = [{**row, "no": str(number)} for number, row in enumerate(rows, start=1)]
    return LongTable(table.heading, table.columns, tuple(numbered[first:]), table.row_height)


def _spread(label: str) -> str:
    """Set a label of two characters as wide as one of four: 姓　　名."""
    return f"{label[0]}　　{label[1]}" if len(label) == 2 else label

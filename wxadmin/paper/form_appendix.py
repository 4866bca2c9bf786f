"""The pages behind a form: the rest of long texts and of long lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from wxadmin.domain.form_definition import Align, PaperColumn, PaperLayout
from wxadmin.paper.flow import Flow
from wxadmin.paper.flow_table import Row, set_table
from wxadmin.paper.items import Face, FontRole, Measure, Page
from wxadmin.paper.qr_code import qr_code

HEADING = Face(11, FontRole.HEI)
TITLE = Face(14, bold=True)
BODY = Face(10.5)
TITLE_HEIGHT = 11.0


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text of a cell that found no room on the form."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class LongTable:
    """The rows of a list that found no room on the form."""

    heading: str
    columns: tuple[PaperColumn, ...]
    rows: tuple[Row, ...]
    row_height: float


@dataclass(frozen=True)
class Appendix:
    """What stands on the pages behind one form."""

    title: str
    number: str
    layout: PaperLayout
    leftovers: tuple[Leftover, ...] = ()
    tables: tuple[LongTable, ...] = ()
    code: Callable[[int], str] | None = None  # what the code on a page says; None prints none

    def pages(self, measure: Measure) -> tuple[Page, ...]:
        """Lay out the further pages, none when everything stands on the form."""
        if not self.leftovers and not self.tables:
            return ()
        size = (self.layout.width, self.layout.height)
        left = self.layout.margins.left
        right = self.layout.width - left - self.layout.grid_width
        flow = Flow(measure, replace(self.layout.margins, right=right), size, self._head)
        for leftover in self.leftovers:
            flow.heading(f"{leftover.label}（接第1页）", HEADING)
            flow.text(leftover.text, BODY)
        for table in self.tables:
            flow.heading(f"{table.heading}（接第1页）", HEADING)
            set_table(flow, table.columns, table.rows, BODY, table.row_height)
        return flow.pages(before=1)

    def _head(self, flow: Flow) -> None:
        flow.line(f"{self.title}（续）", TITLE, Align.CENTER, TITLE_HEIGHT)
        if self.code is not None:
            size, page = self.layout.qr_size, 1 + len(flow.canvases)
            right = self.layout.margins.left + self.layout.grid_width
            flow.canvas.code(qr_code(right - size, flow.y - size, size, self.code(page)))
        if self.number:
            flow.sides("", f"编号：{self.number}", BODY)

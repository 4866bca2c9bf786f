"""Sheets that flow over as many pages as they need: headings, sentences, tables, signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wxadmin.domain.form_definition import Align, Margins
from wxadmin.paper.canvas import Canvas, Space
from wxadmin.paper.items import Face, Measure, Page
from wxadmin.paper.template import Filler
from wxadmin.paper.wrapping import (
    LineOfRuns,
    break_pieces,
    break_text,
)

FOOT_HEIGHT = 9.0
FOOT_PT = 9.0
GAP = 2.0


class Flow:
    """A document being laid out from top to bottom; begins a new page where one is full.

    `each_page` draws what stands at the head of every page.
    """

    def __init__(
        self,
        measure: Measure,
        margins: Margins,
        size: tuple[float, float] = (210.0, 297.0),
        each_page: Callable[[Flow], None] | None = None,
    ) -> None:
        self.measure = measure
        self.margins = margins
        self.size = size
        self.each_page = each_page
        self.canvases: list[Canvas] = []
        self.y = 0.0
        self.page()

    @property
    def width(self) -> float:
        """The width between the margins."""
        return self.size[0] - self.margins.left - self.margins.right

    @property
    def canvas(self) -> Canvas:
        """The page being filled."""
        return self.canvases[-1]

    @property
    def room(self) -> float:
        """The height left on this page above its foot."""
        return self.size[1] - self.margins.bottom - FOOT_HEIGHT - self.y

    def page(self) -> None:
        """Begin a new page."""
        self.canvases.append(Canvas(self.measure, *self.size))
        self.y = self.margins.top
        if self.each_page:
            self.each_page(self)

    def need(self, height: float) -> None:
        """Begin a new page unless so much room is left."""
        if self.room < height:
            self.page()

    def take(self, height: float) -> Space:
        """Take the next strip over the whole width; it must have been asked for by `need`."""
        space = Space(self.margins.left, self.y, self.width, height)
        self.y += height
        return space

    def line(self, text: str, face: Face, align: Align = Align.LEFT, height: float = 0.0) -> None:
        """Set one line, smaller where it is too long."""
        height = height or face.size * 1.6
        self.need(height)
        self.canvas.one_line(self.take(height), text, face, align)

    def sides(self, left: str, right: str, face: Face, height: float = 7.0) -> None:
        """Set one text at the left and one at the right of the same line."""
        self.need(height)
        space = self.take(height)
        share = self.measure(left, face) / max(
            1.0, self.measure(left, face) + self.measure(right, face)
        )
        middle = space.w * (share if left and right else (1.0 if left else 0.0))
        first = Space(space.x, space.y, middle, space.h)
        second = Space(space.x + middle, space.y, space.w - middle, space.h)
        if left:
            self.canvas.one_line(first, left, face)
        if right:
            self.canvas.one_line(second, right, face, Align.RIGHT)

    def head(self, title: str, title_pt: float, above: Sequence[str], face: Face) -> None:
        """Set a sheet's title and the words at the left and right over its table."""
        bold = Face(title_pt, bold=True)
        self.line(title, bold, Align.CENTER, bold.size * 1.8)
        if above:
            self.sides(above[0], above[1] if len(above) > 1 else "", face)

    def text(self, text: str, face: Face) -> None:
        """Set running text over the whole width, line by line over the pages."""
        self.paragraph(break_text(text, self.width, face, self.measure), face)

    def template(self, filler: Filler, template: str, face: Face) -> None:
        """Set a filled template over the whole width."""
        self.paragraph(
            [
                line
                for pieces in filler.paragraphs(template)
                for line in break_pieces(pieces, self.width, face, self.measure)
            ],
            face,
        )

    def paragraph(self, lines: Sequence[LineOfRuns], face: Face) -> None:
        """Set lines that are already broken."""
        step = 1.5 * face.size
        for line in lines:
            self.need(step)
            self.canvas.set_lines(self.take(step), (line,), face, Align.LEFT)

    def heading(self, text: str, face: Face, keep: float = 20.0) -> None:
        """Set a section's heading, never alone at the foot of a page."""
        self.gap()
        self.need(face.size * 1.7 + keep)
        self.line(text, face, height=face.size * 1.7)

    def gap(self, height: float = GAP) -> None:
        """Leave a little air unless the page is new."""
        self.y += min(height, max(0.0, self.room))

    def pages(
        self, left_words: str = "", *, count: bool = True, before: int = 0
    ) -> tuple[Page, ...]:
        """Finish: set the foot of every page; `before` pages of the same paper lie on top."""
        total = before + len(self.canvases)
        face = Face(FOOT_PT)
        for number, canvas in enumerate(self.canvases, start=before + 1):
            y = self.size[1] - self.margins.bottom - FOOT_HEIGHT
            foot = Space(self.margins.left, y + 2.0, self.width, FOOT_HEIGHT - 2.0)
            counted = f"第{number}页　共{total}页" if count else ""
            room = self.measure(counted, face) + 4.0 if count else 0.0
            if left_words:
                words = Filler({}).paragraphs(left_words)
                canvas.set_paragraphs(Space(foot.x, foot.y, foot.w - room, foot.h), words, face)
            if count:
                canvas.one_line(foot, counted, face, Align.RIGHT)
        return tuple(canvas.page() for canvas in self.canvases)

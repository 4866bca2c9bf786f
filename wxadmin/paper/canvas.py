"""Set text into spaces of a page: aligned, wrapped, shrunk, and what is left over handed back."""

from __future__ import annotations

from dataclasses import dataclass, field

from wxadmin.domain.form_definition import Align
from wxadmin.paper.items import (
    SMALLEST_PT,
    Box,
    Face,
    Item,
    Line,
    Measure,
    Page,
    Picture,
    QrCode,
    Text,
)
from wxadmin.paper.wrapping import (
    LEADING,
    LineOfRuns,
    Piece,
    break_pieces,
    break_text,
    height_of,
    lines_in,
    pieces_of,
    sizes,
    width_of,
    without_end_blanks,
)

BASELINE = 0.86  # of the character's height, from its top: the middle of the usual CJK faces
RULE_DROP = 0.12  # a line to write on stands this much of a character below the baseline


@dataclass(frozen=True, slots=True)
class Space:
    """A rectangle text is set into, mm."""

    x: float
    y: float
    w: float
    h: float

    def inset(self, across: float, down: float) -> Space:
        """Return the space within a padding."""
        return Space(self.x + across, self.y + down, self.w - 2 * across, self.h - 2 * down)


@dataclass
class Canvas:
    """A page being laid out."""

    measure: Measure
    width: float = 210.0
    height: float = 297.0
    items: list[Item] = field(default_factory=list)

    def page(self) -> Page:
        """Return the finished page."""
        return Page(self.width, self.height, tuple(self.items))

    def box(self, space: Space, line: float) -> None:
        """Frame a space."""
        self.items.append(Box(space.x, space.y, space.w, space.h, line))

    def line(self, x1: float, y1: float, x2: float, y2: float, line: float) -> None:
        """Draw a line."""
        self.items.append(Line(x1, y1, x2, y2, line))

    def code(self, code: QrCode) -> None:
        """Place a QR code."""
        self.items.append(code)

    def picture(self, picture: Picture) -> None:
        """Place a picture."""
        self.items.append(picture)

    def one_line(self, space: Space, text: str, face: Face, align: Align = Align.LEFT) -> None:
        """Set one line in the middle of a space; a longer text is made smaller, then broken."""
        for smaller in sizes(face):
            if self.measure(text, smaller) <= space.w:
                self.set_lines(space, ((Piece(text),),), smaller, align)
                return
        lines = break_text(text, space.w, smaller, self.measure)
        self.set_lines(space, tuple(lines), smaller, align)

    def set_text(
        self, space: Space, text: str, face: Face, align: Align = Align.LEFT, *, top: bool = False
    ) -> str:
        """Set typed text, wrapped and shrunk to fit; returns what found no room."""
        paragraphs = [pieces_of(line) for line in text.splitlines()]
        return self.set_paragraphs(space, paragraphs, face, align, top=top)

    def set_paragraphs(
        self,
        space: Space,
        paragraphs: list[list[Piece]],
        face: Face,
        align: Align = Align.LEFT,
        *,
        top: bool = False,
        more: str = "",
    ) -> str:
        """Set filled template lines, shrunk to fit; returns the text that found no room.

        `more` is written in the last line when there is such text: （转第2页）.
        """
        for smaller in sizes(face):
            broken = [
                (number, line)
                for number, pieces in enumerate(paragraphs)
                for line in break_pieces(pieces, space.w, smaller, self.measure)
            ]
            lines = tuple(line for _, line in broken)
            if height_of(len(lines), smaller) <= space.h + 1e-6:
                self.set_lines(space, lines, smaller, align, top=top)
                return ""
        kept = max(0, lines_in(space.h, smaller) - bool(more))
        shown = (*lines[:kept], (Piece(more),)) if more else lines[:kept]
        self.set_lines(space, shown, smaller, align, top=top)
        return _text_of(broken[kept:])

    def set_lines(
        self,
        space: Space,
        lines: tuple[LineOfRuns, ...],
        face: Face,
        align: Align,
        *,
        top: bool = False,
    ) -> None:
        """Draw lines that are already broken."""
        free = space.h - height_of(len(lines), face)
        y = space.y + (0.0 if top else free / 2) + BASELINE * face.size
        for line in lines:
            self._set_line(space, y, line, face, align)
            y += LEADING * face.size

    def _set_line(self, space: Space, y: float, line: LineOfRuns, face: Face, align: Align) -> None:
        line = without_end_blanks(line)
        widths = [width_of(run, face, self.measure) for run in line]
        free = space.w - sum(widths)
        x = space.x + {Align.LEFT: 0.0, Align.CENTER: free / 2, Align.RIGHT: free}[align]
        for run, width in zip(line, widths, strict=True):
            if run.rule:
                self.line(x, y + RULE_DROP * face.size, x + width, y + RULE_DROP * face.size, 0.15)
            elif run.text.strip():
                self.items.append(Text(round(x, 3), round(y, 3), run.text, face))
            x += width


def _text_of(lines: list[tuple[int, LineOfRuns]]) -> str:
    """Return the text of broken lines, each with the number of its paragraph."""
    paragraphs: dict[int, str] = {}
    for number, line in lines:
        paragraphs[number] = paragraphs.get(number, "") + "".join(run.text for run in line)
    return "\n".join(paragraphs.values())


HINT = Face(SMALLEST_PT)

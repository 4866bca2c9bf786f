"""Draw what stands above a form's table: mark, letterhead, 受控表号, logo, title, code."""

from __future__ import annotations

from wxadmin.domain.form_definition import Align, Logo, PaperLayout
from wxadmin.paper.canvas import Canvas, Space
from wxadmin.paper.items import Face, FontRole, Picture
from wxadmin.paper.qr_code import qr_code

MARK = Face(14, FontRole.HEI)
LETTERHEAD = Face(12)
CONTROL_NO = Face(10)
QUIET = 2.5  # mm of white beside the code
LOGO_AIR = 1.0  # mm above and below the logo
WIDEST_LOGO = 36.0  # mm
SIDE = 0.2  # of the grid's width: the room of the mark, and of the 受控表号


def draw_head(canvas: Canvas, layout: PaperLayout, title: str, letterhead: str) -> None:
    """Draw the line above the title and the title itself, the logo at its left."""
    x, y, width = layout.margins.left, layout.margins.top, layout.grid_width
    if layout.top_line:
        _top_line(canvas, layout, letterhead)
        y += layout.top_line
    code = layout.qr_size + QUIET if layout.qr_size else 0.0
    logo = _logo(canvas, layout.logo, Space(x, y, width, layout.title_height))
    room = max(code, logo)  # the same at both sides, or the title would not stand in the middle
    space = Space(x + room, y, width - 2 * room, layout.title_height)
    canvas.set_text(space, title, Face(layout.title_pt, bold=True), Align.CENTER)


def _top_line(canvas: Canvas, layout: PaperLayout, letterhead: str) -> None:
    """Set mark, letterhead and 受控表号 beside each other, nothing above the code."""
    x, y, width = layout.margins.left, layout.margins.top, layout.grid_width
    code = layout.qr_size + QUIET if layout.qr_size else 0.0
    side, height = width * SIDE, layout.top_line
    if layout.mark:
        left = width - code if not (letterhead or layout.control_no) else side + code
        canvas.one_line(Space(x, y, left, height), layout.mark, MARK)
    if letterhead:
        middle = Space(x + side + code, y, width - 2 * (side + code), height)
        canvas.one_line(middle, letterhead, LETTERHEAD, Align.CENTER)
    if layout.control_no:
        right = Space(x + width - code - side, y, side, height)
        canvas.one_line(right, layout.control_no, CONTROL_NO, Align.RIGHT)


def _logo(canvas: Canvas, logo: Logo | None, title: Space) -> float:
    """Place the logo at the left of the title line, as high as that; return the room it takes."""
    if logo is None:
        return 0.0
    high = title.h - 2 * LOGO_AIR
    wide = min(WIDEST_LOGO, high * logo.width / logo.height)
    high = wide * logo.height / logo.width
    top = title.y + (title.h - high) / 2
    canvas.picture(Picture(title.x, round(top, 3), round(wide, 3), round(high, 3), logo.data))
    return wide + QUIET


def draw_code(canvas: Canvas, layout: PaperLayout, said: str) -> None:
    """Place the code at the right of the title line, its foot on that of the title."""
    size = layout.qr_size
    right = layout.margins.left + layout.grid_width
    bottom = layout.margins.top + layout.top_line + layout.title_height
    canvas.code(qr_code(right - size, bottom - size, size, said))

"""Paint the items of a page: texts glyph by glyph, strokes, codes and pictures."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGlyphRun, QImage, QPainter, QPainterPath, QPen, QRawFont

from ui.paper_fonts import UNITS, Glyphs, font_for, glyphs_of
from wxadmin.paper.items import Box, Face, Item, Line, Page, Picture, QrCode, Text

Part = tuple[float, "QGlyphRun | str"]  # how far into the text, and what is painted there
_MOST_PARTS = 8192


class _Kept(threading.local):
    """What was made once; each thread has its own, for Qt's fonts are not shared."""

    def __init__(self) -> None:
        self.parts: dict[tuple[str, Face], tuple[Part, ...]] = {}
        self.pictures: dict[bytes, QImage] = {}


_kept = _Kept()


def paint_page(painter: QPainter, page: Page) -> None:
    """Paint a page; the painter's unit must be a hundredth of a millimetre."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for item in page.items:
        _PAINT[type(item)](painter, item)


def _parts(text: str, face: Face) -> tuple[Part, ...]:
    """Return what a text is painted as, made once."""
    found = _kept.parts.get((text, face))
    if found is None:
        if len(_kept.parts) >= _MOST_PARTS:
            _kept.parts.clear()
        found = _kept.parts[text, face] = _split(text, face)
    return found


def _split(text: str, face: Face) -> tuple[Part, ...]:
    """Split a text into what the face's font has and what another font must help out with.

    Glyphs are placed by us, which is twelve times faster than having each text shaped anew, and
    keeps characters apart that a font would join (fi).
    """
    glyphs = glyphs_of(face.role, face.bold)
    size = face.size * UNITS
    parts: list[Part] = []
    x = 0.0
    for has_glyph, group in groupby(text, key=lambda character: glyphs.of(character)[0] > 0):
        characters = "".join(group)
        parts.append((x, _glyph_run(characters, glyphs, face) if has_glyph else characters))
        x += sum(glyphs.of(character)[1] for character in characters) * size
    return tuple(parts)


def _glyph_run(text: str, glyphs: Glyphs, face: Face) -> QGlyphRun:
    run = QGlyphRun()
    run.setRawFont(QRawFont.fromFont(font_for(face)))
    run.setGlyphIndexes([glyphs.of(character)[0] for character in text])
    places, x = [], 0.0
    for character in text:
        places.append(QPointF(x, 0.0))
        x += glyphs.of(character)[1] * face.size * UNITS
    run.setPositions(places)
    return run


def _pen(width: float) -> QPen:
    pen = QPen(QColor(Qt.GlobalColor.black), width * UNITS)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def _paint_text(painter: QPainter, item: Text) -> None:
    painter.setPen(Qt.GlobalColor.black)
    for offset, part in _parts(item.text, item.face):
        place = QPointF(item.x * UNITS + offset, item.y * UNITS)
        if isinstance(part, QGlyphRun):
            painter.drawGlyphRun(place, part)
        else:
            painter.setFont(font_for(item.face))
            painter.drawText(place, part)


def _paint_line(painter: QPainter, item: Line) -> None:
    painter.setPen(_pen(item.line))
    painter.drawLine(
        QPointF(item.x1 * UNITS, item.y1 * UNITS), QPointF(item.x2 * UNITS, item.y2 * UNITS)
    )


def _paint_box(painter: QPainter, item: Box) -> None:
    painter.setPen(_pen(item.line))
    painter.drawRect(QRectF(item.x * UNITS, item.y * UNITS, item.w * UNITS, item.h * UNITS))


def _paint_code(painter: QPainter, item: QrCode) -> None:
    side = item.size * UNITS / len(item.modules)
    path = QPainterPath()  # one path: separate rectangles would show seams on a screen
    path.setFillRule(Qt.FillRule.WindingFill)
    for row, modules in enumerate(item.modules):
        for start, length in _runs(modules):
            path.addRect(
                item.x * UNITS + start * side, item.y * UNITS + row * side, length * side, side
            )
    painter.fillPath(path, QColor(Qt.GlobalColor.black))


def _paint_picture(painter: QPainter, item: Picture) -> None:
    """Paint a picture; one object for all pages, so that a PDF holds it once."""
    image = _kept.pictures.get(item.data)
    if image is None:
        image = _kept.pictures[item.data] = QImage.fromData(item.data)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    place = QRectF(item.x * UNITS, item.y * UNITS, item.w * UNITS, item.h * UNITS)
    painter.drawImage(place, image)


def _runs(modules: bytes) -> list[tuple[int, int]]:
    """Return (start, length) of the black runs in a row."""
    runs, at = [], 0
    for black in modules.split(b"\0"):
        if black:
            runs.append((at, len(black)))
        at += len(black) + 1
    return runs


_PAINT: dict[type[Item], Callable[..., None]] = {
    Text: _paint_text,
    Line: _paint_line,
    Box: _paint_box,
    QrCode: _paint_code,
    Picture: _paint_picture,
}

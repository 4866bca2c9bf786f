"""Paint laid-out pages for preview, printer and PDF alike; the one place that knows the fonts."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QIODevice,
    QMarginsF,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGlyphRun,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPainterPath,
    QPdfWriter,
    QPen,
    QPixmap,
    QRawFont,
)

from ui.pdf_text import readable_text
from wxadmin.domain.errors import UserError
from wxadmin.files import replace_file
from wxadmin.paper.items import Box, Face, FontRole, Item, Line, Page, QrCode, Text
from wxadmin.progress import Progress, silent

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

UNITS = 100  # painter units in a millimetre
DOTS_PER_INCH = 2540  # so that a device pixel of the PDF is one unit
MEASURED_AT = 1000  # pixels; the widths of characters are taken at this size

# 宋体 and the rest where the machine has them; elsewhere the faces of mainland China by name,
# for a family asked for as "SimSun" may fall back to the Japanese one
FAMILIES = {
    FontRole.SONG: ("SimSun", "宋体", "NSimSun", "Songti SC", "Noto Serif CJK SC",
                    "Source Han Serif SC", "Noto Serif SC", "Noto Sans CJK SC"),
    FontRole.HEI: ("SimHei", "黑体", "Heiti SC", "Noto Sans CJK SC", "Source Han Sans SC",
                   "Noto Sans SC", "Microsoft YaHei"),
    FontRole.FANG: ("FangSong", "仿宋", "STFangsong", "Noto Serif CJK SC", "SimSun"),
}  # fmt: skip
HEAVY_ENOUGH = {"SimHei", "黑体", "Heiti SC"}  # 黑体 is heavy by itself, Noto's regular is not


def ensure_application() -> QCoreApplication:
    """Return the running application, or start one without a screen: verbs print too."""
    running = QCoreApplication.instance()
    if running is not None:
        return running
    if sys.platform != "win32":  # there Qt knows the fonts only through Windows, needing no window
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return _alive(QGuiApplication(["wxadmin"]))


@lru_cache(maxsize=1)
def _alive(application: QGuiApplication) -> QGuiApplication:
    return application  # Qt's own reference would not keep it alive


@lru_cache(maxsize=8)
def _family(role: FontRole) -> str:
    installed = _installed()
    for family in FAMILIES[role]:
        if family in installed:
            return family
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if not chinese:
        raise UserError("这台电脑没有中文字体，印不出汉字；请先安装宋体或思源宋体。", "no_font")
    return chinese[0]


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    if sys.platform == "win32" and QGuiApplication.platformName() == "offscreen":
        # without Windows' help Qt passes over collections of fonts, and 宋体 is in one
        for path in Path(os.path.expandvars(r"%WINDIR%\Fonts")).glob("*.ttc"):
            QFontDatabase.addApplicationFont(str(path))
    return frozenset(QFontDatabase.families())


class _Kept(threading.local):
    """What was looked up once; each thread has its own, for Qt's fonts are not shared."""

    def __init__(self) -> None:
        self.fonts: dict[tuple[FontRole, bool, int], QFont] = {}
        self.glyphs: dict[tuple[FontRole, bool], Glyphs] = {}
        self.parts: dict[tuple[str, Face], tuple[Part, ...]] = {}


def font_of(role: FontRole, bold: bool, pixels: int) -> QFont:
    """Return the font of a role at a size in pixels (painter units)."""
    font = _kept.fonts.get((role, bold, pixels))
    if font is None:
        font = _kept.fonts[role, bold, pixels] = _made_font(role, bold, pixels)
    return font


def _made_font(role: FontRole, bold: bool, pixels: int) -> QFont:
    font = QFont(_family(role))
    font.setPixelSize(pixels)
    font.setBold(bold or (role is FontRole.HEI and font.family() not in HEAVY_ENOUGH))
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


class Glyphs:
    """The characters of one font: the glyph of each (0: it has none) and its width."""

    def __init__(self, role: FontRole, bold: bool) -> None:
        font = font_of(role, bold, MEASURED_AT)
        self.raw = QRawFont.fromFont(font)
        self.metrics = QFontMetricsF(font)
        self.known: dict[str, tuple[int, float]] = {}

    def of(self, character: str) -> tuple[int, float]:
        """Return glyph and width, the width as a part of the font's size."""
        found = self.known.get(character)
        if found is None:
            found = self.known[character] = self._look_up(character)
        return found

    def _look_up(self, character: str) -> tuple[int, float]:
        glyphs = self.raw.glyphIndexesForString(character)
        if len(glyphs) == 1 and glyphs[0]:
            width = self.raw.advancesForGlyphIndexes(glyphs)[0].x()
            return glyphs[0], width / MEASURED_AT
        return 0, self.metrics.horizontalAdvance(character) / MEASURED_AT


def _glyphs(role: FontRole, bold: bool) -> Glyphs:
    found = _kept.glyphs.get((role, bold))
    if found is None:
        found = _kept.glyphs[role, bold] = Glyphs(role, bold)
    return found


def measure(text: str, face: Face) -> float:
    """Return the width of a text in mm: the sum of its characters, as it is painted."""
    glyphs = _glyphs(face.role, face.bold)
    return sum(glyphs.of(character)[1] for character in text) * face.size


Part = tuple[float, "QGlyphRun | str"]  # how far into the text, and what is painted there
_MOST_PARTS = 8192
_kept = _Kept()


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
    glyphs = _glyphs(face.role, face.bold)
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
    run.setRawFont(QRawFont.fromFont(_font(face)))
    run.setGlyphIndexes([glyphs.of(character)[0] for character in text])
    places, x = [], 0.0
    for character in text:
        places.append(QPointF(x, 0.0))
        x += glyphs.of(character)[1] * face.size * UNITS
    run.setPositions(places)
    return run


def _font(face: Face) -> QFont:
    return font_of(face.role, face.bold, max(1, round(face.size * UNITS)))


def paint_page(painter: QPainter, page: Page) -> None:
    """Paint a page; the painter's unit must be a hundredth of a millimetre."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for item in page.items:
        _PAINT[type(item)](painter, item)


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
            painter.setFont(_font(item.face))
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
}


def write_pdf(
    pages: Sequence[Page], path: Path, progress: Progress = silent, *, title: str = ""
) -> int:
    """Write pages to a PDF whose text reads exactly as typed; returns how many.

    The file appears whole or not at all; `progress` may raise Cancelled.
    Raises UserError when the place cannot be written to.
    """
    ensure_application()
    painted = _painted(pages, progress, title)
    replace_file(path, lambda fresh: readable_text(painted, pages, fresh))
    return len(pages)


def _painted(pages: Sequence[Page], progress: Progress, title: str) -> bytes:
    """Paint into memory: Qt would not tell that a disk is full."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    writer.setCreator("wxadmin")
    writer.setTitle(title)
    _paint_all(writer, pages, progress)
    return bytes(buffer.data().data())


def _paint_all(device: QPdfWriter | QPrinter, pages: Sequence[Page], progress: Progress) -> None:
    painter = QPainter()
    try:
        for number, page in enumerate(pages):
            _turn_to(device, page)
            if number:
                device.newPage()
            elif not painter.begin(device):
                raise UserError("打印机没有响应，一页也没有印；请检查打印机后再试。", "no_printer")
            dots = device.resolution() / DOTS_PER_INCH
            painter.resetTransform()
            painter.scale(dots, dots)
            paint_page(painter, page)
            progress(number + 1, len(pages))
    finally:
        painter.end()


def _turn_to(device: QPdfWriter | QPrinter, page: Page) -> None:
    upright = page.height >= page.width
    short, long = sorted((page.width, page.height))
    is_a4 = (short, long) == (210.0, 297.0)
    size = (
        QPageSize(QPageSize.PageSizeId.A4)
        if is_a4
        else QPageSize(QSizeF(short, long), QPageSize.Unit.Millimeter)
    )
    turned = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    device.setPageLayout(QPageLayout(size, turned, QMarginsF(0, 0, 0, 0)))


def render_page(page: Page, pixels_per_mm: float, device_ratio: float = 1.0) -> QPixmap:
    """Paint a page for the preview: black on white in every mode."""
    ensure_application()
    scale = pixels_per_mm * device_ratio
    pixmap = QPixmap(round(page.width * scale), round(page.height * scale))
    pixmap.setDevicePixelRatio(device_ratio)
    pixmap.fill(Qt.GlobalColor.white)
    painter = QPainter(pixmap)
    painter.scale(pixels_per_mm / UNITS, pixels_per_mm / UNITS)
    paint_page(painter, page)
    painter.end()
    return pixmap


def print_pages(pages: Sequence[Page], printer: QPrinter, progress: Progress = silent) -> int:
    """Send pages to a printer that a dialog has chosen; returns how many."""
    printer.setFullPage(True)
    _paint_all(printer, pages, progress)
    return len(pages)

"""Print laid-out pages: on a printer, into a PDF, as pictures for the preview."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter, QPixmap

from ui.paper_fonts import UNITS, font_of, measure
from ui.paper_painting import paint_page
from ui.pdf_text import readable_text
from wxadmin.domain.errors import UserError
from wxadmin.files import replace_file
from wxadmin.paper.items import Page
from wxadmin.progress import Progress, silent

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

__all__ = [
    "UNITS", "ensure_application", "font_of", "measure", "paint_page", "print_pages",
    "render_page", "write_pdf",
]  # fmt: skip

DOTS_PER_INCH = 2540  # so that a device pixel of the PDF is one unit


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
        if painter.isActive():
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

"""Pictures of stored scans, fetched beside the window: the child renders, the window only shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage, QPixmap

from wxadmin.domain.errors import UserError

if TYPE_CHECKING:
    from ui.desk import Context
    from wxadmin.scans.reading import Picture

LONG_SIDE = 1_700  # pixels: small handwriting can be read at 适合宽度
A4_LONG = 297.0  # mm
MOST_PAGES = 12  # of one piece; more are looked at in the file itself
Shown = Callable[[int, list[QPixmap]], None]


class ScanPictures:
    """Fetches the pages of one piece at a time; what came too late is not shown."""

    def __init__(self, context: Context, shown: Shown, failed: Callable[[UserError], None]) -> None:
        self._context, self._shown, self._failed = context, shown, failed
        self._wanted: int | None = None

    def show(self, scan_id: int, file: Path, pages: int) -> None:
        """Ask for a piece's pages; `shown(scan_id, pictures)` is told."""
        self._wanted = scan_id
        self._context.jobs.run(
            lambda progress, cancelled: pictures_of(file, pages),
            lambda found: self._tell(scan_id, found),
            lambda refusal: self._refused(scan_id, refusal),
            caption="正在打开扫描件", unit="页", written="只是读取，不改任何数据。",
        )  # fmt: skip

    def forget(self) -> None:
        """Nothing is looked at any more."""
        self._wanted = None

    def _tell(self, scan_id: int, found: list[Picture]) -> None:
        if self._wanted == scan_id:
            self._shown(scan_id, [pixmap_of(one) for one in found])

    def _refused(self, scan_id: int, refusal: UserError) -> None:
        if self._wanted == scan_id:
            self._failed(refusal)


def pictures_of(file: Path, pages: int) -> list[Picture]:
    """Read the first pages of a stored piece."""
    from wxadmin.scans.reading import Scan

    with Scan(file) as opened:
        wanted = min(pages, opened.count, MOST_PAGES)
        return [opened.picture(page, LONG_SIDE) for page in range(1, wanted + 1)]


def pixmap_of(picture: Picture) -> QPixmap:
    """Turn a page into what Qt paints."""
    image = QImage(
        picture.pixels, picture.width, picture.height, 3 * picture.width,
        QImage.Format.Format_RGB888,
    )  # fmt: skip
    return QPixmap.fromImage(image.copy())  # the bytes themselves are not kept


def paper_size(pixmap: QPixmap) -> QSizeF:
    """Return the size in mm a page is shown at: as if its longer side were that of A4."""
    scale = A4_LONG / max(pixmap.width(), pixmap.height(), 1)
    return QSizeF(pixmap.width() * scale, pixmap.height() * scale)


def scaled(pixmap: QPixmap, size: QSizeF) -> QPixmap:
    """Return a page as large as it is painted."""
    return pixmap.scaled(
        size.toSize(),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )

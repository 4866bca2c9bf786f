"""A place to drop files on, or to choose them from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QWidget

from ui import style
from ui.shared.bands import IconLabel
from ui.shared.buttons import plain
from ui.shared.layouts import across, down
from ui.shared.text import Text

SHEETS = "表格 (*.xlsx *.xls *.csv *.et *.xlsm)"


class DropZone(QWidget):
    """`files(paths)` tells what was dropped or chosen.

    Example: `DropZone("把花名册拖到这里", "Excel、WPS 或 CSV；原文件不会改动")`.
    """

    files = Signal(list)

    def __init__(
        self, invitation: str, note: str, icon: str = "sheet", kinds: str = SHEETS
    ) -> None:
        super().__init__()
        self._kinds, self._over = kinds, False
        self.setAcceptDrops(True)
        self.button = plain("选择文件", on_click=self.choose)
        title, small = Text(invitation, size=14, bold=True), Text(note, size=12, tone="ink2")
        rows = [across(None, x, None) for x in (IconLabel(icon, "accent", 32), title, small)]
        self.setLayout(down(None, *rows, 4, across(None, self.button, None), None, margins=20))

    def choose(self) -> None:
        """Ask for files with the system's dialog."""
        paths, _ = QFileDialog.getOpenFileNames(self, "选择文件", "", self._kinds)
        if paths:
            self.files.emit([Path(path) for path in paths])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            self._over = True
            event.acceptProposedAction()
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        event.acceptProposedAction()
        self.files.emit(dropped_files(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(style.colour("accent" if self._over else "field"), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(style.colour("soft" if self._over else "panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


def dropped_files(event: QDropEvent) -> list[Path]:
    """The local files of a drag or drop."""
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]

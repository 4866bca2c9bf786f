"""The search box of a list: what is typed, the key that leads to it, how many were found."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from ui import icons, style
from ui.shared.text import Text

LEAST_SEARCH, SLIM_SEARCH = 150, 72


class SearchBox(QLineEdit):
    """Magnifier left, Ctrl+F or the number of hits right; Esc clears. `searched(text)` per key."""

    searched = Signal(str)

    def __init__(self, placeholder: str, unit: str = "条") -> None:
        super().__init__()
        self._unit, self._slim = unit, False
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(f"搜索：{placeholder}")
        self.setAcceptDrops(False)  # a dropped file is for the window
        self._right = Text("Ctrl+F", size=11, tone="ink3")
        self._right.setParent(self)
        self._right.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumWidth(style.px(LEAST_SEARCH))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._typed)

    def show_hits(self, count: int) -> None:
        """Say how many were found, while something is typed."""
        self._right.setText(f"{count:,} {self._unit}" if self.text() else "Ctrl+F")
        self._place()

    def set_slim(self, slim: bool) -> None:
        """Give room away: narrower, without the keys at its right end."""
        self._slim = slim
        self.setMinimumWidth(style.px(SLIM_SEARCH if slim else LEAST_SEARCH))
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(style.px(262), super().sizeHint().height())

    def _typed(self, text: str) -> None:
        if not text:
            self.show_hits(0)
        self.searched.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def _place(self) -> None:
        size = self._right.sizeHint()
        shown = not self._slim or bool(self.text())
        self._right.setVisible(shown)
        self.setTextMargins(style.px(24), 0, style.px(44 if shown else 4), 0)
        left = self.width() - size.width() - style.px(8)
        self._right.setGeometry(
            left, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = style.px(16)
        picture = icons.pixmap("search", 16, "ink2", self.devicePixelRatioF())
        painter.drawPixmap(style.px(10), (self.height() - side) // 2, picture)

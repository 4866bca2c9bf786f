"""How far a long act is, in place: what, how many of how many, a bar, 取消, what is written."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.buttons import plain
from ui.shared.layouts import across, down
from ui.shared.text import Text


class Bar(QWidget):
    """A bar of 8 px; without a total it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setFixedHeight(8)
        self.setMinimumWidth(style.px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(style.colour("field"), 1))
        painter.setBrush(style.colour("grey"))
        painter.drawRoundedRect(frame, 4, 4)
        if self.share > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour("accent"))
            frame.setWidth(max(8.0, frame.width() * min(self.share, 1.0)))
            painter.drawRoundedRect(frame, 4, 4)


class ProgressStrip(QWidget):
    """Example: `strip.start("正在读入 花名册.xlsx", "行")`, `strip.move_to(6240, 10000)`."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._unit = "行"
        self._caption = Text("", bold=True, elide=True)
        self._count = Text("", size=12, tone="ink2")
        self._written = Text("", size=12, tone="ink2")
        self._bar = Bar()
        self.button = plain("取消", on_click=self.cancelled.emit)
        left = down(across(self._caption, self._count), self._bar, self._written, gap=6)
        line = across(left, self.button, gap=16, margins=(20, 10, 16, 10))
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setAccessibleName("进度")

    def start(
        self, caption: str, unit: str = "行", written: str = "还没有改动任何数据，可以随时取消。"
    ) -> None:
        """Begin a new act."""
        self._unit = unit
        self._caption.setText(caption)
        self._written.setText(written)
        self.button.setEnabled(True)
        self.move_to(0, 0)

    def move_to(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._count.setText(f"{done:,} / {total:,} {self._unit}" if total else "")
        self._bar.share = done / total if total else 0.0
        self._bar.update()

    def counted(self) -> str:
        """What stands at the right of the caption."""
        return self._count.text()

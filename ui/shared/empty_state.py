"""An empty page: a drawing of lines, what the page is for, one button, 看示例."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.buttons import Button
from ui.shared.layouts import across, down
from ui.shared.text import Text


class Drawing(QWidget):
    """120 × 104 in lines: "paper", "list" or "people"."""

    def __init__(self, subject: str) -> None:
        super().__init__()
        self._subject = subject
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(style.px(120), style.px(104))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 120, self.height() / 104)
        draw: dict[str, Callable[[QPainter], None]] = {
            "paper": self._paper, "list": self._list, "people": self._people}  # fmt: skip
        draw[self._subject](painter)

    @staticmethod
    def _pen(painter: QPainter, token: str, width: float = 1.5) -> None:
        pen = QPen(style.colour(token), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(style.colour("content"))

    def _paper(self, painter: QPainter) -> None:
        self._pen(painter, "line2")
        painter.save()
        painter.translate(56, 4)
        painter.rotate(8)
        painter.drawRoundedRect(QRectF(0, 0, 56, 80), 3, 3)
        painter.restore()
        self._pen(painter, "field")
        painter.drawRoundedRect(QRectF(24, 12, 62, 84), 3, 3)
        self._pen(painter, "ink3", 2)
        painter.drawLine(QPointF(42, 26), QPointF(68, 26))
        self._pen(painter, "line2")
        for y in (40, 51, 62, 73):
            painter.drawLine(QPointF(33, y), QPointF(77, y))
        self._plus(painter, 86, 90)

    def _list(self, painter: QPainter) -> None:
        self._pen(painter, "field")
        painter.drawRoundedRect(QRectF(12, 12, 96, 80), 3, 3)
        self._pen(painter, "line2")
        for y in (30, 46, 62, 78):
            painter.drawLine(QPointF(12, y), QPointF(108, y))
            painter.drawLine(QPointF(34, y - 8), QPointF(66, y - 8))
            painter.drawLine(QPointF(74, y - 8), QPointF(98, y - 8))
            painter.drawEllipse(QPointF(24, y - 8), 3, 3)
        self._plus(painter, 106, 92)

    def _people(self, painter: QPainter) -> None:
        for left, token in ((58, "line2"), (24, "field")):
            self._pen(painter, token)
            painter.drawRoundedRect(QRectF(left, 20, 46, 64), 3, 3)
            painter.drawEllipse(QPointF(left + 23, 42), 8, 8)
            painter.drawArc(QRectF(left + 9, 56, 28, 28), 0, 180 * 16)
        self._plus(painter, 104, 88)

    def _plus(self, painter: QPainter, x: float, y: float) -> None:
        self._pen(painter, "accent", 2)
        painter.drawLine(QPointF(x - 5, y), QPointF(x + 5, y))
        painter.drawLine(QPointF(x, y - 5), QPointF(x, y + 5))


class EmptyState(QWidget):
    """Example: `EmptyState("paper", "这里放附件一和其他要签字的表", "填好、打印、签回、归档。",
    filled("填第一张附件一", "plus"), words("看示例"))`."""

    def __init__(
        self,
        drawing: str,
        purpose: str,
        sentence: str,
        act: Button | None = None,
        example: Button | None = None,
    ) -> None:
        super().__init__()
        say, more = Text(purpose, size=17, bold=True), Text(sentence, tone="ink2")
        column = down(None, across(None, Drawing(drawing), None), 12, gap=8)
        for thing in (say, more, act, example):
            if thing is not None:
                column.addLayout(across(None, thing, None))
                column.addSpacing(style.px(6 if isinstance(thing, Text) else 2))
        column.addStretch(2)
        self.setLayout(column)

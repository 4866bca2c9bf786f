"""A state as it stands in a panel head (chip on its ground) or in running text (mark and word)."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import marks, style
from ui.tokens import GROUND_OF


class StateWord(QWidget):
    """Mark and word without ground, as in tables. Example: `StateWord("late", "逾期 3 天")`."""

    def __init__(self, mark: str, word: str, size: int = 13) -> None:
        super().__init__()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(mark, word)
        style.look.changed.connect(self.updateGeometry)

    def say(self, mark: str, word: str) -> None:
        """Show another state."""
        self._mark, self._word = mark, word
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(style.font(self._size))
        gap = style.px(7) if self._word else 0
        return QSize(style.px(12) + gap + metrics.horizontalAdvance(self._word), style.px(20))

    def _place(self) -> tuple[int, str]:
        """Where the mark begins, and the colour of the word."""
        return 0, marks.word_token(self._mark)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, token = self._place()
        side = style.px(12)
        box = QRectF(left, (self.height() - side) / 2, side, side)
        marks.paint(painter, box, self._mark, ground=self._ground())
        painter.setFont(style.font(self._size))
        painter.setPen(style.colour(token))
        text = QRect(left + side + style.px(7), 0, self.width(), self.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self._word)

    def _ground(self) -> str:
        return "content"


class Chip(StateWord):
    """Mark and word on its quiet ground, 22 px, for panel heads. `Chip("tick", "在用")`."""

    def __init__(self, mark: str, word: str) -> None:
        super().__init__(mark, word, 12)

    def sizeHint(self) -> QSize:
        inner = super().sizeHint()
        return QSize(inner.width() + style.px(15), style.px(22))

    def _ground(self) -> str:
        return GROUND_OF.get(marks.token(self._mark), "grey")

    def _place(self) -> tuple[int, str]:
        token = marks.token(self._mark)
        return style.px(7), token if token in GROUND_OF else "ink2"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour(self._ground()))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.end()
        super().paintEvent(event)


def legend(*states: tuple[str, str]) -> QWidget:
    """What the marks of a grid mean: `legend(("tick", "已办"), ("slash", "不适用"))`."""
    from ui.shared.layouts import across, region

    words = [StateWord(mark, word, 12) for mark, word in states]
    return region(across(*words, None, gap=10, margins=(20, 6, 16, 6)))

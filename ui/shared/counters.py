"""Counters of a desk: number over mark and word; a click shows only these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import marks, style
from ui.shared.layouts import across, hairline
from ui.shared.table_paint import advance, metrics


class Counter(QAbstractButton):
    """One number with its mark and word; red or amber only if there is something bad."""

    def __init__(self, mark: str, word: str) -> None:
        super().__init__()
        self.mark, self.slim = mark, False
        self.number: int | None = 0
        self.setText(word)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        style.look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        if not self.slim:
            width = max(style.px(104), style.px(22) + advance(self.text(), 12, False))
            return QSize(width, style.px(54))
        number = advance(self.shown, 16, True)
        words = advance(self.text(), 12, False)
        return QSize(style.px(12 + 7 + 6 + 20) + number + words, style.px(32))

    @property
    def shown(self) -> str:
        """The number as it stands; — where nobody knows it."""
        return "—" if self.number is None else f"{self.number:,}"

    def _tone(self) -> str:
        bad = marks.token(self.mark)
        return bad if self.number and bad in ("red", "amber") and self.mark != "minus" else "ink"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        (self._paint_slim if self.slim else self._paint_tall)(painter)
        if self.isChecked():
            width = self.width() - style.px(20)
            painter.fillRect(QRect(0, self.height() - 2, width, 2), style.colour("accent"))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(style.colour("accent"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _paint_tall(self, painter: QPainter) -> None:
        painter.setFont(style.font(22, bold=True))
        painter.setPen(style.colour(self._tone()))
        top = QRect(0, 0, self.width(), style.px(30))
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, self.shown)
        side, y = style.px(12), style.px(40)
        marks.paint(painter, QRectF(0, y - side / 2, side, side), self.mark)
        painter.setFont(style.font(12))
        painter.setPen(style.colour("ink2"))
        word = QRect(side + style.px(6), y - style.px(9), self.width(), style.px(18))
        painter.drawText(word, Qt.AlignmentFlag.AlignVCenter, self.text())

    def _paint_slim(self, painter: QPainter) -> None:
        side = style.px(12)
        marks.paint(painter, QRectF(0, (self.height() - side) / 2, side, side), self.mark)
        painter.setFont(style.font(16, bold=True))
        painter.setPen(style.colour(self._tone()))
        box = self.rect().adjusted(side + style.px(7), 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.shown)
        box.adjust(metrics(16, True).horizontalAdvance(self.shown) + style.px(6), 0, 0, 0)
        painter.setFont(style.font(12))
        painter.setPen(style.colour("ink2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())


class Counters(QWidget):
    """A row of counters; one may be chosen as a filter. `chosen(key)`, "" when taken back.

    Example:
        counters = Counters([("late", "late", "逾期"), ("due", "due", "今天到期")])
        counters.set_numbers({"late": 3, "due": 5}); counters.chosen.connect(self.filter)
    """

    chosen = Signal(str)

    def __init__(self, counters: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self._counters: dict[str, Counter] = {}
        self._line = across(gap=0, margins=(20, 4, 16, 6))
        for number, (key, mark, word) in enumerate(counters):
            if number:
                self._line.addWidget(self._parting())
                self._line.addSpacing(style.px(16))
            counter = Counter(mark, word)
            counter.setAccessibleName(word)
            counter.clicked.connect(lambda on, key=key: self._clicked(key, on))
            self._counters[key] = counter
            self._line.addWidget(counter)
        self._line.addStretch(1)
        self.setLayout(self._line)

    def add_right(self, widget: QWidget) -> None:
        """Put a sentence or an act at the right end."""
        self._line.addWidget(widget)

    def set_numbers(self, numbers: Mapping[str, int | None]) -> None:
        """Change the numbers; None is one that nobody knows."""
        for key, number in numbers.items():
            counter = self._counters[key]
            counter.number = number
            counter.setAccessibleName(f"{counter.text()} {counter.shown}")
            counter.updateGeometry()
            counter.update()

    def set_words(self, words: Mapping[str, str]) -> None:
        """Call some counters otherwise."""
        for key, word in words.items():
            self._counters[key].setText(word)
            self._counters[key].setAccessibleName(word)

    def set_slim(self, slim: bool) -> None:
        """One line instead of two, for low windows."""
        for counter in self._counters.values():
            counter.slim = slim
            counter.updateGeometry()

    def current(self) -> str:
        """The key of the chosen counter, or ""."""
        return next((key for key, one in self._counters.items() if one.isChecked()), "")

    def clear(self) -> None:
        """Choose none."""
        for counter in self._counters.values():
            counter.setChecked(False)

    def _clicked(self, key: str, on: bool) -> None:
        for other, counter in self._counters.items():
            counter.setChecked(on and other == key)
        self.chosen.emit(key if on else "")

    @staticmethod
    def _parting() -> QWidget:
        line = hairline(vertical=True)
        line.setMaximumHeight(style.px(40))
        return line

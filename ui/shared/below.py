"""What stands under a row opened in place: its pieces lie in the columns of the table above."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.table_view import TableView

LINE = 35
TOP, BOTTOM = 4, 8
Piece = tuple[str, QWidget]
"""A column's key and what stands in it, from its text edge to the next piece."""


class Below(QWidget):
    """Lines of pieces under a row. Example: `Below(view, [[("who", label), ("effect", button)]])`.

    Several buttons of one column stand side by side: give them as one region. `fills` are pieces
    that take all the room to the next piece; others keep their own width.
    """

    def __init__(self, view: TableView, lines: Sequence[Sequence[Piece]]) -> None:
        super().__init__()
        self._view, self._lines = view, lines
        for line in lines:
            for _, piece in line:
                piece.setParent(self)
        self.setFixedHeight(self.sizeHint().height())
        view.head.sectionResized.connect(self._place)

    def sizeHint(self) -> QSize:
        heights = [self._height(line) for line in self._lines]
        return QSize(self._view.viewport().width(), sum(heights) + style.px(TOP + BOTTOM))

    @staticmethod
    def _height(line: Sequence[Piece]) -> int:
        tallest = max((piece.sizeHint().height() for _, piece in line), default=0)
        return max(style.px(LINE), tallest + style.px(4))

    def _left(self, key: str) -> int:
        columns = self._view.table_model.columns
        number = next((n for n, column in enumerate(columns) if column.key == key), 0)
        if self._view.isColumnHidden(number):
            return self.width()
        return self._view.columnViewportPosition(number) + style.px(8)

    def _place(self) -> None:
        top = style.px(TOP)  # room for the ring around a focused button
        right = self.width() - style.px(12)
        for line in self._lines:
            height = self._height(line)
            lefts = [self._left(key) for key, _ in line]
            for number, (_, piece) in enumerate(line):
                end = lefts[number + 1] - style.px(8) if number + 1 < len(line) else right
                wide = max(end - lefts[number], 0)
                if piece.property("own_width"):
                    wide = piece.sizeHint().width()
                tall = piece.sizeHint().height()
                left = min(lefts[number], right - wide)
                piece.setGeometry(QRect(left, top + (height - tall) // 2, wide, tall))
            top += height

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), style.colour("sel"))
        painter.fillRect(QRect(0, 0, 3, self.height()), style.colour("accent"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), style.colour("line"))

    def focus_first(self) -> None:
        """Put the focus on the likelier act, or the first."""
        acts = [w for w in self.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        likely = [w for w in acts if w.property("likely")]
        for target in (likely or acts)[:1]:
            target.setFocus(Qt.FocusReason.TabFocusReason)


def own(widget: QWidget) -> QWidget:
    """A piece that keeps its own width."""
    widget.setProperty("own_width", True)
    return widget

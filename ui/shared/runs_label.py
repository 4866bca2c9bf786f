"""One line of runs (marks, bold, struck, small words) as a widget, drawn as table cells are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import marks, style
from ui.shared.columns import Run
from ui.shared.table_paint import advance, cut, metrics, run_width
from ui.shared.text import tip


class RunsLabel(QWidget):
    """Example: `RunsLabel([Run("王小兰", bold=True), Run("00031", 12, tone="ink3", gap=8)])`."""

    def __init__(self, runs: Sequence[Run], line: int = 24, ground: str = "panel") -> None:
        super().__init__()
        self._runs, self._line, self._on = tuple(runs), line, ground
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(" ".join(run.text for run in runs if run.text))
        style.look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(sum(map(run_width, self._runs)), style.height(self._line))

    def minimumSizeHint(self) -> QSize:
        return QSize(style.px(24), style.height(self._line))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, middle = 0, self.height() / 2
        wanted = sum(map(run_width, self._runs))
        tip(self, self.accessibleName() if wanted > self.width() else "")
        for run in self._runs:
            left += style.px(run.gap)
            if run.mark:
                side = style.px(12)
                box = QRectF(left, middle - side / 2, side, side)
                marks.paint(
                    painter, box, run.mark, None if run.tone == "ink" else run.tone, self._on
                )
                left += side
                continue
            painter.setFont(style.font(run.size, run.bold, run.struck))
            painter.setPen(style.colour(run.tone))
            found = metrics(run.size, run.bold)
            y = round(middle + (found.ascent() - found.descent()) / 2)
            painter.drawText(
                left, y, cut(run.text, run.size, run.bold, max(self.width() - left, 0))
            )
            left += style.px(run.column) or advance(run.text, run.size, run.bold)

"""What happened to one thing: dots on a thin line, newest first and filled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.layouts import across, cleared, down
from ui.shared.text import Text
from wxadmin.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, when, and from which source."""

    what: str
    when: str
    source: str = ""


class _Dot(QWidget):
    def __init__(self, newest: bool, last: bool) -> None:
        super().__init__()
        self._newest, self._last = newest, last
        self.setFixedWidth(style.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(style.px(5), style.px(10))
        if not self._last:
            painter.setPen(QPen(style.colour("line2"), 1))
            painter.drawLine(centre, QPointF(centre.x(), self.height() + centre.y()))
        painter.setPen(QPen(style.colour("accent" if self._newest else "ink3"), 1.5))
        painter.setBrush(style.colour("accent" if self._newest else "panel"))
        painter.drawEllipse(centre, 3.5, 3.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)


class History(QWidget):
    """Example: `History().show_events([Event("职务 改为 副经理", "09-01", "9月花名册")])`."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = down(gap=0)
        self.setLayout(self._lines)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show these events, newest first."""
        cleared(self._lines)
        for number, event in enumerate(events):
            when = "　".join(part for part in (event.when, event.source) if part)
            words = down(
                Text(event.what, wrap=True), Text(when, size=12, tone="ink2", wrap=True), 8, gap=0
            )
            line = across(_Dot(number == 0, number == len(events) - 1), words, gap=8)
            line.setStretch(1, 1)
            self._lines.addLayout(line)

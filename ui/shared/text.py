"""Text on the window: always plain, in the sizes and tones of the look.

Example: `Text("王小兰", size=18, bold=True)`, `Text("11月花名册", size=12, tone="ink3")`.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import style
from wxadmin.domain.phones import spaced_phone as spaced_phone


class Text(QLabel):
    """A label that shows its text literally, whatever is in it.

    `wrap` lets it run over several lines, `elide` cuts it with … and puts the whole in a tooltip.
    """

    def __init__(
        self,
        text: str = "",
        size: int = 13,
        bold: bool = False,
        tone: str = "ink",
        wrap: bool = False,
        elide: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setOpenExternalLinks(False)
        self.setProperty("px", str(size))
        self.setProperty("bold", "true" if bold else "false")
        self.setProperty("tone", tone)
        self._elide = elide
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)

    def set_tone(self, tone: str, bold: bool | None = None) -> None:
        """Change the colour (and weight)."""
        self.setProperty("tone", tone)
        if bold is not None:
            self.setProperty("bold", "true" if bold else "false")
        repolish(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
            tip(self, self.text() if cut else "")

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(style.px(24), hint.height()) if self._elide else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        cut = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        painter.drawText(self.contentsRect(), int(self.alignment()), cut)


def plain_tip(text: str) -> str:
    """A tooltip that is shown literally: Qt would take a name with `<b>` in it for HTML."""
    if "<" not in text and "&" not in text:
        return text
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{shown}</span>"


def tip(widget: QWidget, text: str) -> None:
    """Set a tooltip that is shown literally."""
    widget.setToolTip(plain_tip(text))


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def thousands(number: int) -> str:
    """A count as it is written: a comma from 1,000."""
    return f"{number:,}"

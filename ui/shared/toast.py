"""What has just happened, with 撤销; eight seconds, one at a time, never for errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from ui import marks, style
from ui.shared.buttons import Button, icon_button
from ui.shared.fade import fade_in
from ui.shared.layouts import across
from ui.shared.text import Text

SECONDS = 8


class Toast(QWidget):
    """Stands at the bottom centre of `host`, 16 above its lower edge; stays while looked at."""

    def __init__(self, host: QWidget, above: int = 0) -> None:
        super().__init__(host)
        self._above = above
        self._undo: Callable[[], Any] | None = None
        self._text = Text("", tone="toast_ink", elide=False)
        self.undo_button = Button("撤销", "toast", on_click=self.take_back)
        self.close_button = icon_button("close", "关闭提示", self.hide)
        from ui import icons

        icons.wear(self.close_button, "close", "toast_ink", 14)
        line = across(self._text, self.undo_button, self.close_button, gap=8,
                      margins=(36, 4, 8, 4))  # fmt: skip
        self.setLayout(line)
        self._timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._timer.timeout.connect(self._time_is_up)
        self._cast_shadow()
        host.installEventFilter(self)
        self.hide()

    def _cast_shadow(self) -> None:
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(40)
        shadow.setOffset(0, 10)
        shadow.setColor(style.colour("scrim"))
        self.setGraphicsEffect(shadow)

    def say(self, text: str, undo: Callable[[], Any] | None = None, word: str = "撤销") -> None:
        """Show a sentence; `undo` takes back what it tells of."""
        self._undo = undo
        self._text.setText(text)
        self.undo_button.say(word)
        self.undo_button.setVisible(undo is not None)
        self.setAccessibleName(text)
        if not self.isVisible():
            fade_in(self, then=self._cast_shadow)
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def take_back(self) -> None:
        """Do the undo and leave."""
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _time_is_up(self) -> None:
        focus = self.undo_button.hasFocus() or self.close_button.hasFocus()
        if focus or self.underMouse():
            self._timer.start(1000)
        else:
            self.hide()

    def _place(self) -> None:
        host = self.parentWidget()
        self.setFixedHeight(style.height(44))
        self.adjustSize()
        width = min(self.sizeHint().width(), host.width() - style.px(40))
        top = host.height() - self._above - self.height() - style.px(16)
        self.setGeometry((host.width() - width) // 2, top, width, self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour("toast"))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        side = style.px(12)
        box = QRectF(style.px(16), (self.height() - side) / 2, side, side)
        marks.paint(painter, box, "tick", ink="toast_ink")

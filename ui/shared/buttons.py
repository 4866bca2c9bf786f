"""The five kinds of buttons, and the ring that shows which one has the focus.

Example: `filled("确认导入 15 行", on_click=self.confirm)`, `plain("打印", "print")`,
`words("改规则", on_click=…)`, `ghost("以后再说")`, `danger("清除示例办公室")`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ui import icons, style
from ui.shared.text import repolish, tip

_ICON_TOKEN = {"filled": "on_fill", "words": "accent", "danger": "red"}
Act = Callable[[], Any] | None


class Button(QPushButton):
    """A push button of one of the kinds; Enter presses it as Space does."""

    def __init__(self, text: str, kind: str, icon: str | None = None, on_click: Act = None) -> None:
        super().__init__(text.replace("&", "&&"))
        self.kind = kind
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon:
            icons.wear(self, icon, _ICON_TOKEN.get(kind, "ink2"))
        if on_click is not None:
            self.clicked.connect(lambda: on_click())

    def say(self, text: str) -> None:
        """Change the words on the button."""
        self.setText(text.replace("&", "&&"))

    def block(self, reason: str | None, text: str) -> None:
        """Disable the button with the reason on it, or enable it with its own words.

        Example: `button.block("还差 2 行待确认" if open_rows else None, "确认导入 15 行")`.
        """
        self.setEnabled(reason is None)
        self.say(text if reason is None else reason)

    def slim(self) -> Button:
        """The 26 px form for a compact row."""
        self.setProperty("slim", "true")
        repolish(self)
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.isEnabled():
            self.click()
            event.accept()
            return
        super().keyPressEvent(event)


def filled(text: str, icon: str | None = None, on_click: Act = None) -> Button:
    """The next sensible act; at most one in the whole window."""
    return Button(text, "filled", icon, on_click)


def plain(text: str, icon: str | None = None, on_click: Act = None) -> Button:
    """An ordinary act."""
    return Button(text, "plain", icon, on_click)


def words(text: str, icon: str | None = None, on_click: Act = None) -> Button:
    """An act as accent words, like a link."""
    return Button(text, "words", icon, on_click)


def ghost(text: str, icon: str | None = None, on_click: Act = None) -> Button:
    """A way out that should not draw the eye."""
    return Button(text, "ghost", icon, on_click)


def danger(text: str, icon: str | None = None, on_click: Act = None) -> Button:
    """An act that destroys something; red border, never filled."""
    return Button(text, "danger", icon, on_click)


def icon_button(icon: str, name: str, on_click: Act = None) -> Button:
    """关闭, 更多 and copy-in-cell only: an icon alone, named for tooltip and screen reader."""
    button = Button("", "icon", icon, on_click)
    button.setAccessibleName(name)
    tip(button, name)
    return button


class FocusRing(QWidget):
    """A ring of 2 px, 2 px away from the focused button; drawn by its parent's side."""

    ROOM = 4

    def __init__(self) -> None:
        super().__init__()
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def put_around(self, target: QWidget) -> None:
        """Stand around `target` and follow it."""
        self.leave()
        self._target = target
        self.setParent(target.parentWidget())
        target.installEventFilter(self)
        self._follow()
        self.setVisible(target.isVisible())
        self.raise_()

    def leave(self) -> None:
        """Stand nowhere."""
        if self._target is not None:
            self._target.removeEventFilter(self)
        self._target = None
        self.hide()
        self.setParent(None)

    def _follow(self) -> None:
        if self._target is not None:
            room = self.ROOM
            self.setGeometry(self._target.geometry().adjusted(-room, -room, room, room))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        elif event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.setVisible(event.type() == QEvent.Type.Show)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(style.colour("accent")), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class _RingKeeper(QObject):
    """Moves the ring to whichever button gets the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: FocusRing | None = None
        app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        try:
            if self._ring is not None:
                self._ring.leave()
            if isinstance(new, QPushButton) and new.parentWidget() is not None:
                self._ring = self._ring or FocusRing()
                self._ring.put_around(new)
        except RuntimeError:  # ring or button went with its window
            self._ring = None


def install_focus_ring(app: QApplication) -> None:
    """Show the ring around whichever button has the focus, everywhere."""
    if app.property("focus_ring") is None:
        app.setProperty("focus_ring", True)
        _RingKeeper(app)

"""Counts what a user does: clicks, keys, drops. A journey may cost no more than the issue says.

Example:
    with Counting() as hand:
        hand.press(Qt.Key.Key_Return); hand.click(button)
    assert hand.clicks + hand.keys <= 8
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_MODIFIERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta}


class Counting(QObject):
    """An event filter over the whole application; events count once, however far they travel."""

    def __init__(self) -> None:
        super().__init__()
        self.clicks = self.keys = 0
        self._last: tuple[int, int] = (0, 0)

    def __enter__(self) -> Counting:
        QApplication.instance().installEventFilter(self)
        return self

    def __exit__(self, *_: Any) -> None:
        QApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget) and event.type() == QEvent.Type.MouseButtonPress:
            if event.timestamp() != self._last[0]:
                self.clicks += 1
            self._last = (event.timestamp(), self._last[1])
        elif watched.isWindowType() and event.type() == QEvent.Type.KeyRelease:
            # the press itself never arrives where it is a shortcut
            self.keys += event.key() not in _MODIFIERS
        return False

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier):
        """Press a key in the window, as the keyboard does: it goes to whoever has the focus."""
        focused = QApplication.focusWidget()
        assert focused is not None, "nobody has the focus"
        QTest.keyClick(focused.window().windowHandle(), key, modifier)
        QApplication.processEvents()

    def click(self, widget: QWidget) -> None:
        """Click into the middle of a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

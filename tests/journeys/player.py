"""Plays the program as a user does: keys into the window that has the focus, each one counted.

Example:
    with Player(window) as player:
        player.go(6)
        player.press(KEY.Key_Return)
        player.tab_to("办结")
    assert player.hand.keys <= 60
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from counting import Counting
from office import settle
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu, QWidget

from ui.main_window import MainWindow
from ui.shared.table import Table

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
_DIGITS = (KEY.Key_1, KEY.Key_2, KEY.Key_3, KEY.Key_4, KEY.Key_5, KEY.Key_6, KEY.Key_7, KEY.Key_8,
           KEY.Key_9)  # fmt: skip
MOST_TABS = 60


class Player:
    """One user at one window; `hand` counts what she does, `typed` the letters among it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.hand = Counting()
        self.typed = 0
        self._answers: list[Callable[[], Any]] = []
        self._failed: Exception | None = None

    def __enter__(self) -> Player:
        self.hand.__enter__()
        self._exec = QDialog.exec
        QDialog.exec = lambda dialog: self._opened(dialog)
        return self

    def __exit__(self, *_: Any) -> None:
        QDialog.exec = self._exec
        self.hand.__exit__(None, None, None)
        if self._failed is not None:
            raise self._failed

    # -- dialogs ------------------------------------------------------------------------------

    @contextmanager
    def answer(self, *answers: Callable[[], Any]) -> Iterator[None]:
        """Answer the dialogs that open meanwhile, one after the other, by keys."""
        self._answers += answers
        yield
        if self._failed is not None:
            raise self._failed
        assert not self._answers, f"{len(self._answers)} dialogs never opened"

    def _opened(self, dialog: QDialog) -> int:
        QTimer.singleShot(0, dialog, lambda: self._answer(dialog))
        return self._exec(dialog)

    def _answer(self, dialog: QDialog) -> None:
        """Let the user answer; what she leaves open, or did not expect, is closed and fails."""
        title = dialog.windowTitle()
        try:
            assert self._answers, f"nobody answers “{title}”"
            QApplication.processEvents()
            self._answers.pop(0)()
            said = [one.text() for one in dialog.findChildren(QLabel) if one.text()]
            assert not dialog.isVisible(), f"“{title}” is still open: {said}"
        except Exception as failed:
            self._failed = self._failed or failed
            dialog.reject()

    # -- keys ---------------------------------------------------------------------------------

    def press(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key and wait until the window has done what it means."""
        self.focus()
        plain = modifier == Qt.KeyboardModifier.NoModifier
        self.typed += plain and KEY.Key_Space < key < KEY.Key_Escape
        self.hand.press(key, modifier)
        settle(self.window)

    def type(self, text: str) -> None:
        """Type digits, one key each."""
        for letter in text:
            self.press(Qt.Key(ord(letter)))

    @contextmanager
    def menu(self, text: str) -> Iterator[None]:
        """Walk down the menu that opens meanwhile to the entry that begins so, and take it."""
        watch = QTimer(self.window, interval=5)  # pops up when the key has come to its button
        watch.timeout.connect(lambda: self._walk_menu(watch, text))
        watch.start()
        yield
        settle(self.window)
        if watch.isActive():
            watch.stop()
            raise AssertionError(f"no menu to find “{text}” in")
        if self._failed is not None:
            raise self._failed

    def _walk_menu(self, watch: QTimer, text: str) -> None:
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            return
        watch.stop()
        for _ in range(2 * len(menu.actions())):  # the mouse may rest on an entry
            self._in_menu(menu, KEY.Key_Down)
            chosen = menu.activeAction()
            if chosen is not None and chosen.text().startswith(text):
                self._in_menu(menu, KEY.Key_Return)
                return
        said = [action.text() for action in menu.actions()]
        self._failed = AssertionError(f"the menu has no “{text}” but {said}")
        menu.close()

    def _in_menu(self, menu: QMenu, key: Qt.Key) -> None:
        """A menu holds the keyboard: keys are counted here, its window never sees them."""
        QTest.keyClick(menu, key)
        self.hand.keys += 1

    def ctrl(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.press(key, CTRL)

    def enter(self) -> None:
        """Press Enter."""
        self.press(KEY.Key_Return)

    def go(self, number: int) -> None:
        """Ctrl+1 … Ctrl+9: another desk."""
        self.ctrl(_DIGITS[number - 1])

    def paste(self, text: str) -> None:
        """Paste what was copied elsewhere."""
        QGuiApplication.clipboard().setText(text)
        self.ctrl(KEY.Key_V)

    def tab_to(self, name: str) -> None:
        """Press Tab until a widget whose name begins so has the focus."""
        self._tab_until(name, Qt.KeyboardModifier.NoModifier)

    def tab_back_to(self, name: str) -> None:
        """Press Shift+Tab until a widget whose name begins so has the focus."""
        self._tab_until(name, SHIFT)

    def _tab_until(self, name: str, modifier: Any) -> None:
        seen: list[str] = []
        for _ in range(MOST_TABS):
            seen.append(self.focus_name())
            if seen[-1].startswith(name):
                return
            self.press(KEY.Key_Tab, modifier)
        raise AssertionError(f"Tab never comes to {name} but to {seen}")

    def down_to(self, fits: Callable[[Any], bool]) -> None:
        """Press the down key until the table's current row is the one meant."""
        table = self.table()
        for _ in range(table.model.rowCount()):
            key = table.current_id()  # None on the heading of a part
            if key is not None and fits(table.model.row(key)):
                return
            self.press(KEY.Key_Down)
        raise AssertionError("no row is the one meant")

    # -- what is seen -------------------------------------------------------------------------

    def focus(self) -> QWidget:
        """Who has the focus; a window system gives it back when a dialog has gone."""
        if QApplication.focusWidget() is None:
            self.window.activateWindow()
            QApplication.processEvents()
        found = QApplication.focusWidget()
        assert found is not None, "nobody has the focus"
        return found

    def focus_name(self) -> str:
        """What a screen reader says of the widget with the focus."""
        widget: QWidget | None = self.focus()
        while widget is not None and widget is not self.window:
            if widget.accessibleName():
                return widget.accessibleName()
            if isinstance(widget, QAbstractButton) and widget.text():
                return widget.text()
            widget = widget.parentWidget()
        return ""

    def table(self) -> Table:
        """The table that has the focus."""
        widget: QWidget | None = self.focus()
        while widget is not None and not isinstance(widget, Table):
            widget = widget.parentWidget()
        assert widget is not None, f"no table has the focus but {self.focus_name()}"
        return widget

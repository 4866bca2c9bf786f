"""The inputs of a record form: line, lines, choice, date, ticks; all drawn from tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from ui import icons, marks, style
from ui.shared.layouts import down
from ui.shared.text import repolish, spaced_phone

Choices = Sequence[tuple[Any, str]]


class LineInput(QLineEdit):
    """One line of text. `left` when the focus goes away, `edited` while typing."""

    left = Signal()
    edited = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAcceptDrops(False)  # a dropped file is for the window, not for this field
        self.textEdited.connect(lambda: self.edited.emit())

    def value(self) -> Any:
        """The text without blanks at its ends."""
        return self.text().strip()

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)  # a value too long for its field shows how it begins

    def set_verdict(self, verdict: str) -> None:
        """Draw the border for "", "wrong", "doubtful" or "good"."""
        self.setProperty("verdict", verdict)
        repolish(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class PhoneInput(LineInput):
    """A number, shown as 138 0595 6621: blanks and dashes do not count, nor are they copied."""

    def set_value(self, value: Any) -> None:
        """Show a number in its groups."""
        super().set_value(spaced_phone(str(value or "")))

    def value(self) -> Any:
        """The number without blanks and dashes."""
        return re.sub(r"[\s\-]", "", self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            QGuiApplication.clipboard().setText(re.sub(r"[\s\-]", "", self.selectedText()))
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if spaced_phone(self.value()) != self.value():
            self.set_value(self.value())
        super().focusOutEvent(event)


class NumberInput(LineInput):
    """A whole number, or what was typed instead of one (the check says so)."""

    def value(self) -> Any:
        """The number; None when empty; the text when it is no number."""
        text = self.text().strip().replace(",", "")
        if not text:
            return None
        return int(text) if re.fullmatch(r"-?\d+", text) else text


class LinesInput(QPlainTextEdit):
    """Several lines of plain text; Tab goes on to the next field."""

    left = Signal()
    edited = Signal()

    def __init__(self, placeholder: str = "", lines: int = 3) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setFixedHeight(style.px(20) * lines + style.px(14))
        self.textChanged.connect(self.edited)

    def value(self) -> Any:
        """The text without blanks at its ends."""
        return self.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self.setPlainText("" if value is None else str(value))

    def set_verdict(self, verdict: str) -> None:
        """Draw the border for a verdict."""
        self.setProperty("verdict", verdict)
        repolish(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ChoiceInput(QComboBox):
    """One of several; `choices` are (value, text). Typing the first letters chooses."""

    left = Signal()
    edited = Signal()

    def __init__(self, choices: Choices, placeholder: str = "请选择") -> None:
        super().__init__()
        self._verdict = ""
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(14)
        self.set_choices(choices)
        self.activated.connect(lambda: (self.edited.emit(), self.left.emit()))

    def set_choices(self, choices: Choices) -> None:
        """Offer other choices; the value stays if it is among them."""
        before = self.value()
        self.clear()
        for value, text in choices:
            self.addItem(text, value)
        self.set_value(before)

    def value(self) -> Any:
        """The value chosen, or None."""
        return self.currentData()

    def set_value(self, value: Any) -> None:
        """Choose a value; one that is not offered chooses nothing."""
        places = (n for n in range(self.count()) if self.itemData(n) == value)
        self.setCurrentIndex(next(places, -1) if value is not None else -1)

    def set_verdict(self, verdict: str) -> None:
        """Draw the border for a verdict."""
        self._verdict = verdict
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), style.height(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(style.px(80), style.height(32))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a form must not change what it says

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        border = {"wrong": "red", "doubtful": "amber"}.get(self._verdict, "field")
        wide = 2 if self.hasFocus() or self._verdict == "wrong" else 1
        token = "accent" if self.hasFocus() and self._verdict != "wrong" else border
        painter.setPen(QPen(style.colour(token), wide))
        painter.setBrush(style.colour("field_bg" if self.isEnabled() else "grey"))
        half = wide / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 5, 5)
        chosen = self.currentIndex() >= 0
        painter.setPen(style.colour("ink" if chosen and self.isEnabled() else "ink3"))
        room = self.rect().adjusted(style.px(10), 0, -style.px(32), 0)
        text = self.currentText() if chosen else self.placeholderText()
        cut = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, cut)
        side = style.px(16)
        picture = icons.pixmap("down", 16, "ink2", self.devicePixelRatioF())
        top = (self.height() - side) // 2
        painter.drawPixmap(self.width() - side - style.px(9), top, picture)


class Tick(QCheckBox):
    """A checkbox with its words; its whole height is the hit area."""

    edited = Signal()
    left = Signal()

    def __init__(self, text: str, checked: bool = False) -> None:
        super().__init__(text)
        self.setChecked(checked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: (self.edited.emit(), self.left.emit()))

    def value(self) -> Any:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick or untick."""
        self.setChecked(bool(value))

    def set_verdict(self, verdict: str) -> None:
        """A tick has no border to colour."""

    def hitButton(self, pos: Any) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        return QSize(style.px(26) + self.fontMetrics().horizontalAdvance(self.text()) + 4,
                     style.height(28))  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = style.px(16)
        box = QRectF(2, (self.height() - side) // 2, side, side)
        partly = self.checkState() == Qt.CheckState.PartiallyChecked
        marks.paint_checkbox(painter, box, self.isChecked(), self.isEnabled(), partly)
        painter.setPen(style.colour("ink" if self.isEnabled() else "ink3"))
        words = QRect(side + style.px(10), 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(style.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 4, 4)


class TicksInput(QWidget):
    """Several checkboxes; the value is a tuple of the ticked ones' values."""

    edited = Signal()
    left = Signal()

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._ticks = [(value, Tick(text)) for value, text in choices]
        self.setLayout(down(*(tick for _, tick in self._ticks), gap=0))
        for _, tick in self._ticks:
            tick.edited.connect(self.edited)
            tick.edited.connect(self.left)
        if self._ticks:
            self.setFocusProxy(self._ticks[0][1])

    def value(self) -> Any:
        """The values of the ticked boxes."""
        return tuple(value for value, tick in self._ticks if tick.isChecked())

    def set_value(self, value: Any) -> None:
        """Tick these values."""
        for own, tick in self._ticks:
            tick.setChecked(own in (value or ()))

    def set_verdict(self, verdict: str) -> None:
        """Ticks have no border to colour."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

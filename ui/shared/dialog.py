"""The one dialog: a sentence, its reason, the things concerned, acts as verbs. Esc is harmless.

Enter in a field does the filled act, as its button would; in a field of several lines Ctrl+Enter.

Example:
    answer = Dialog.ask(self, "还不能办结：林国栋仍是4个群的群主。", "请先定好接任人。",
        things=[Thing("莆田一厂包装", "31 人", "建议接任 许秀英", mark="stuck")],
        acts=[Choice("回到办理单", None), Choice("办理群主转让", "transfer", kind="filled")],
        left=[Choice("打印转让单", "print", icon="print")])
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QScrollArea, QWidget

from ui import style
from ui.shared.buttons import Button
from ui.shared.columns import Run
from ui.shared.layouts import across, add, down, region
from ui.shared.runs_label import RunsLabel
from ui.shared.text import Text
from wxadmin.domain.frozen import dataclass

WIDTH = 520
_BESIDE = 110
"""What mark, margins and gaps take of the width of a thing's line."""
_ROOM = 8
"""So many lines of things are shown without scrolling."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One of the things a dialog is about."""

    name: str
    note: str = ""
    right: str = ""
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a dialog and the value it answers with; kind as in buttons.py."""

    text: str
    value: Any = None
    kind: str = "plain"
    icon: str | None = None


class Scrim(QWidget):
    """Dims the window behind a dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), style.colour("scrim"))


class Dialog(QDialog):
    """Use `Dialog.ask`; build one yourself only to put a widget (a RecordForm) into `body`."""

    def __init__(
        self,
        parent: QWidget | None,
        sentence: str,
        reason: str = "",
        things: Sequence[Thing] = (),
        body: QWidget | None = None,
        acts: Sequence[Choice] = (),
        left: Sequence[Choice] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(sentence)
        self.setAccessibleName(sentence)
        self.setFixedWidth(style.px(WIDTH))
        self.answer: Any = None
        self._default: Button | None = None
        self.buttons: list[Button] = []
        column = down(gap=0, margins=(28, 26, 20, 16))
        add(column, Text(sentence, size=17, bold=True, wrap=True))
        if reason:
            add(column, 14)
            add(column, Text(reason, wrap=True, tone="ink2"))
        if things:
            add(column, 14)
            add(column, _list_of(things))
        if body is not None:
            add(column, 12)
            add(column, body)
        add(column, 20)
        column.addLayout(across(*map(self._button, left), None, *map(self._button, acts), gap=10))
        self.setLayout(column)
        self._focus_default(acts)

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        sentence: str,
        reason: str = "",
        things: Sequence[Thing] = (),
        body: QWidget | None = None,
        acts: Sequence[Choice] = (Choice("知道了", kind="filled"),),
        left: Sequence[Choice] = (),
    ) -> Any:
        """Show the dialog and answer with the value of the button pressed; None for Esc."""
        dialog = cls(parent, sentence, reason, things, body, acts, left)
        return dialog.run()

    def run(self) -> Any:
        """Show it over its dimmed window until something is chosen."""
        window = self.parentWidget().window() if self.parentWidget() is not None else None
        scrim = Scrim(window) if window is not None and window.isVisible() else None
        try:
            self.exec()
        finally:
            if scrim is not None:
                scrim.hide()
                scrim.deleteLater()
        return self.answer

    def _button(self, choice: Choice) -> Button:
        kind = "words" if choice.kind == "plain" and choice.icon else choice.kind
        button = Button(choice.text, kind, choice.icon, lambda: self._choose(choice.value))
        self.buttons.append(button)
        return button

    def _choose(self, value: Any) -> None:
        """Answer with `value`; a subclass may refuse by not calling on."""
        self.answer = value
        self.accept()

    def _focus_default(self, acts: Sequence[Choice]) -> None:
        """The last act has the focus, unless it destroys something: then the first."""
        if acts:
            offset = len(self.buttons) - len(acts)
            place = offset if acts[-1].kind == "danger" else len(self.buttons) - 1
            self._first_focus = self.buttons[place]
            self._first_focus.setFocus()
            self._default = None if acts[-1].kind == "danger" else self.buttons[-1]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._default is not None:
                self._default.click()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.adjustSize()
        if self.parentWidget() is not None:
            window = self.parentWidget().window()
            middle = window.mapToGlobal(window.rect().center())
            self.move(middle - QPoint(self.width() // 2, self.height() // 2))

    def adjustSize(self) -> None:
        """As high as its content asks for; Qt's own stops at two thirds of the screen, and the
        fields would then lie over each other."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            super().adjustSize()
            return
        layout.activate()
        self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(style.colour("line2"), 1))
        painter.setBrush(style.colour("content"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def _is_long(thing: Thing) -> bool:
    """Whether the note needs lines of its own, so that nothing of it is cut."""
    measure = QFontMetrics(QApplication.font())
    texts = (thing.name, thing.note, thing.right)
    return sum(map(measure.horizontalAdvance, texts)) > style.px(WIDTH - _BESIDE)


def _list_of(things: Sequence[Thing]) -> QWidget:
    """The things one under another; many of them scroll."""
    column = down(gap=2)
    for thing in things:
        is_long = _is_long(thing)
        runs = [Run(mark=thing.mark)] if thing.mark else []
        runs.append(Run(thing.name, bold=True, gap=9 if thing.mark else 0))
        if thing.note and not is_long:
            runs.append(Run(thing.note, tone="ink2", gap=8))
        line = across(RunsLabel(runs, 27, "content"), Text(thing.right, tone="ink2"), gap=12)
        line.setStretch(0, 1)
        column.addLayout(line)
        if is_long:
            note = Text(thing.note, tone="ink2", wrap=True, selectable=True)
            column.addLayout(across(note, margins=(25 if thing.mark else 0, 0, 12, 4)))
    if len(things) + 2 * sum(map(_is_long, things)) <= _ROOM:
        return region(column)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setAccessibleName("有关的各项")
    scroll.setWidget(region(column))
    scroll.setFixedHeight(style.px(240))
    return scroll

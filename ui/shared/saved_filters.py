"""Filters she has named: a search and a filter word kept on this machine, one set a desk.

They stand after a hairline as words, where there is room; the menu has them always.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from ui import memory, style
from ui.shared.buttons import Button, icon_button
from ui.shared.layouts import across, cleared

if TYPE_CHECKING:
    from ui.shared.toolbar import Toolbar

MOST = 12
"""More than these nobody finds again."""


class SavedFilters(QWidget):
    """`ask(sentence)` answers with a name or None; Del on a word lets its filter go."""

    def __init__(self, toolbar: Toolbar) -> None:
        super().__init__()
        self._toolbar = toolbar
        self._words: list[Button] = []
        self._line = across(gap=2)
        self._button = icon_button("filter", "存下的筛选", self._open)
        self.setLayout(across(_Upright(), self._line, self._button, gap=6))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.ask: Callable[[str], str | None] = self._ask

    # -- what is kept ---------------------------------------------------------------------------

    def _key(self) -> str:
        """The desk the toolbar stands on; its name keeps apart what belongs apart."""
        widget: QWidget | None = self._toolbar
        while widget is not None and not hasattr(widget, "status_changed"):
            widget = widget.parentWidget()
        return f"filters/{widget.objectName()}" if widget is not None else ""

    def kept(self) -> list[dict[str, str]]:
        """The saved filters of this desk: name, search, filter."""
        found = memory.value(self._key(), [])
        if not isinstance(found, list):
            return []
        return [one for one in found if isinstance(one, dict) and {"name", "search"} <= set(one)]

    def save(self, name: str) -> None:
        """Keep what is searched and chosen now; a name known already is kept anew."""
        others = [one for one in self.kept() if one["name"] != name]
        now = {"name": name, "search": self._toolbar.searched_text(),
               "chosen": self._toolbar.filters.current()}  # fmt: skip
        memory.keep(self._key(), [*others, now][-MOST:])
        self.show_words()

    def drop(self, name: str) -> None:
        """Let a saved filter go."""
        memory.keep(self._key(), [one for one in self.kept() if one["name"] != name])
        self.show_words()

    def apply(self, name: str) -> None:
        """Search and choose as it was when the filter was saved."""
        one = next((one for one in self.kept() if one["name"] == name), None)
        if one is not None:
            self._toolbar.narrow(one["search"], one.get("chosen", ""))

    # -- showing --------------------------------------------------------------------------------

    def show_words(self) -> None:
        """Lay the words out anew, as many as there is room for."""
        cleared(self._line)
        self._words = [self._word(one["name"]) for one in self.kept()]
        for word in self._words:
            self._line.addWidget(word)
        self.fit(self._toolbar.spare())

    def _word(self, name: str) -> Button:
        word = _Word(name, lambda: self.apply(name), lambda: self.drop(name))
        word.setAccessibleName(f"存下的筛选：{name}")
        return word

    def fit(self, room: int) -> None:
        """Hide the words that would not fit; the menu has them too."""
        for word in self._words:
            room -= word.sizeHint().width() + 2
            word.setVisible(room >= 0)

    # -- the menu -------------------------------------------------------------------------------

    def _open(self) -> None:
        menu = self.menu()
        menu.exec(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Those that are kept, then what can be done."""
        menu = QMenu(self)
        kept = self.kept()
        for one in kept:
            menu.addAction(one["name"]).triggered.connect(
                lambda _=False, name=one["name"]: self.apply(name)
            )
        if kept:
            menu.addSeparator()
        menu.addAction("存下现在的筛选…").triggered.connect(lambda _=False: self._save())
        if kept:
            less = menu.addMenu("去掉")
            for one in kept:
                less.addAction(one["name"]).triggered.connect(
                    lambda _=False, name=one["name"]: self.drop(name)
                )
        return menu

    def _save(self) -> None:
        name = self.ask("存下现在的筛选")
        if name:
            self.save(name)

    def _ask(self, sentence: str) -> str | None:
        from ui.shared.dialog import Choice
        from ui.shared.form_dialog import FormDialog
        from ui.shared.record_form import Field, RecordForm

        proposed = self._toolbar.searched_text() or self._toolbar.chosen_text()
        form = RecordForm([Field("name", "叫什么", required=True, value=proposed,
                                 hint="搜索的字和选中的词一起存；存在这台电脑上")])  # fmt: skip
        acts = (Choice("取消", None), Choice("存下", form, kind="filled"))
        answer: dict[str, Any] | None = FormDialog(
            self.window(), sentence, body=form, acts=acts
        ).run()
        return None if answer is None else str(answer["name"])


class _Word(Button):
    """A saved filter: click applies it, Del lets it go."""

    def __init__(self, text: str, apply: Callable[[], object], drop: Callable[[], object]) -> None:
        super().__init__(text, "words", on_click=apply)
        self._drop = drop
        self.slim()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._drop()
            return
        super().keyPressEvent(event)


class _Upright(QWidget):
    """The hairline before the saved filters."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(1)

    def sizeHint(self) -> QSize:
        return QSize(1, style.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, (self.height() - style.px(20)) // 2, 1, style.px(20),
                         style.colour("line2"))  # fmt: skip

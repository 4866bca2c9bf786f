"""Search box and filter words: how a long list becomes a short one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from ui import style
from ui.shared.layouts import across
from ui.shared.search_box import LEAST_SEARCH, SLIM_SEARCH, SearchBox
from ui.shared.table import Table
from ui.shared.text import repolish, tip

if TYPE_CHECKING:
    from ui.shared.saved_filters import SavedFilters


class FilterWord(QAbstractButton):
    """A word with its count; the chosen one bold, on soft ground, underlined."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.count: int | None = None
        self._brief = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        style.look.changed.connect(self.updateGeometry)

    def set_count(self, count: int | None) -> None:
        """Change the number behind the word."""
        self.count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()} {count}")
        tip(self, self.accessibleName() if self._brief else "")
        self.updateGeometry()
        self.update()

    def set_brief(self, brief: bool) -> None:
        """Leave the number out where there is no room for it; a tooltip has it."""
        if brief != self._brief:
            self._brief = brief
            tip(self, self.accessibleName() if brief else "")
            self.updateGeometry()
            self.update()

    def wide(self) -> int:
        """The width with its number."""
        from ui.shared.table_paint import advance

        return self.narrow() + (
            0 if self.count is None else style.px(5) + advance(f"{self.count:,}", 12, False)
        )

    def narrow(self) -> int:
        """The width of the word alone."""
        from ui.shared.table_paint import advance

        return style.px(18) + advance(self.text(), 13, True)

    def sizeHint(self) -> QSize:
        return QSize(self.narrow() if self._brief else self.wide(), style.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour("soft" if chosen else "hover"))
            painter.drawRoundedRect(self.rect(), 5, 5)
        painter.setFont(style.font(13, chosen))
        painter.setPen(style.colour("accent" if chosen else "ink2"))
        inner = self.rect().adjusted(style.px(9), 0, 0, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.count is not None and not self._brief:
            inner.adjust(
                painter.fontMetrics().horizontalAdvance(self.text()) + style.px(5), 0, 0, 0
            )
            painter.setFont(style.font(12))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, f"{self.count:,}")
        if chosen:
            line = QRect(style.px(9), self.height() - 2, self.width() - 2 * style.px(9), 2)
            painter.fillRect(line, style.colour("accent"))
        if self.hasFocus():
            painter.setPen(style.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 5, 5)


class FilterWords(QWidget):
    """One of several filters is chosen; the first from the start. `chosen(key)`.

    Example: `FilterWords([("all", "全部"), ("active", "在用")])`; ← → change the choice.
    """

    chosen = Signal(str)
    counted = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._words: dict[str, FilterWord] = {}
        line = across(gap=4)
        for key, text in choices:
            line.addWidget(self.another(key, text))
        self.setLayout(line)
        if self._words:
            self.choose(choices[0][0])

    def another(self, key: str, text: str) -> FilterWord:
        """Make one more word of the same choice, to stand elsewhere (a second line)."""
        word = FilterWord(text)
        word.setAccessibleName(text)
        self._words[key] = word
        self._group.addButton(word)
        word.toggled.connect(lambda on: self._chose(key) if on else None)
        return word

    def _chose(self, key: str) -> None:
        """Tab comes to the chosen word, also where the program chose it."""
        for word in self._words.values():
            policy = Qt.FocusPolicy.StrongFocus if word.isChecked() else Qt.FocusPolicy.ClickFocus
            word.setFocusPolicy(policy)
        self.chosen.emit(key)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Change the numbers behind the words."""
        for key, count in counts.items():
            self._words[key].set_count(count)
        self.counted.emit()

    def choose(self, key: str) -> None:
        """Choose a filter as if it had been clicked."""
        self._words[key].setChecked(True)

    def least(self) -> int:
        """The width of the words without their numbers."""
        words = self._own()
        return sum(word.narrow() for word in words) + style.px(4) * len(words)

    def _own(self) -> list[FilterWord]:
        return [word for word in self._words.values() if word.parentWidget() is self]

    def fit(self, room: int) -> bool:
        """Numbers behind the words where there is room for all; say whether there is."""
        words = self._own()
        wide = sum(word.wide() for word in words) + style.px(4) * len(words)
        for word in words:
            word.set_brief(wide > room)
        return wide <= room

    def words_of(self, key: str) -> str:
        """What the filter of a key is called; "" where there is none."""
        return self._words[key].text() if key in self._words else ""

    def current(self) -> str:
        """The key of the chosen filter."""
        return next((key for key, word in self._words.items() if word.isChecked()), "")


class Toolbar(QWidget):
    """Search box, filter words, and what else stands at the right.

    Example:
        self.toolbar = Toolbar("姓名、拼音、工号、手机尾号", [("", "全部"), ("active", "在用")])
        self.toolbar.serve(self.table)      # wires search and filters to a table
    The filter whose key is "" shows all; other keys name a filter of the table's source.
    With `keeps` she may name what she searches and chooses, and have it again.
    """

    searched = Signal(str)
    chosen = Signal(str)

    def __init__(
        self,
        placeholder: str | None,
        filters: Sequence[tuple[str, str]] = (),
        right: Sequence[QWidget] = (),
        unit: str = "条",
        keeps: bool = False,
    ) -> None:
        super().__init__()
        self._right = list(right)
        self.search_box = SearchBox(placeholder, unit) if placeholder is not None else None
        self.filters = FilterWords(filters)
        things = [self.search_box, 8] if self.search_box else []
        self.saved = self._saved() if keeps else None
        things += [self.filters, *([self.saved] if self.saved else [])]
        self.setLayout(across(*things, None, *right, margins=(20, 0, 16, 0)))
        self._fit()
        style.look.changed.connect(self._fit)
        self.filters.chosen.connect(self.chosen)
        self.filters.counted.connect(self._share_out)
        if self.search_box is not None:
            self.search_box.searched.connect(self.searched)

    def _saved(self) -> SavedFilters:
        from ui.shared.saved_filters import SavedFilters

        return SavedFilters(self)

    def searched_text(self) -> str:
        """What stands in the search box."""
        return self.search_box.text().strip() if self.search_box is not None else ""

    def chosen_text(self) -> str:
        """The word of the chosen filter."""
        return self.filters.words_of(self.filters.current())

    def narrow(self, search: str, chosen: str) -> None:
        """Search and choose, as a saved filter says."""
        if self.filters.words_of(chosen):
            self.filters.choose(chosen)
        if self.search_box is not None:
            self.search_box.setText(search)

    def spare(self) -> int:
        """How much room is left for the words of saved filters."""
        shown = [self.search_box, self.filters, *self._right]
        taken = sum(w.sizeHint().width() for w in shown if w is not None and not w.isHidden())
        return self.width() - taken - style.px(120)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.saved is not None:
            self.saved.show_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()
        if self.saved is not None:
            self.saved.fit(self.spare())

    def _share_out(self) -> None:
        """In a narrow list the numbers behind the words leave first, then room to search."""
        roomy = self.filters.fit(self.width() - self._taken(LEAST_SEARCH))
        if self.search_box is not None:
            self.search_box.set_slim(not roomy)

    def _taken(self, search: int) -> int:
        """What is not for the words: margins, the search box, what stands at the right."""
        right = sum(w.sizeHint().width() for w in self._right if not w.isHidden())
        right += style.px(44) if self.saved is not None else 0
        return right + style.px(60) + (style.px(search) if self.search_box is not None else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._taken(SLIM_SEARCH) + self.filters.least(), self.height())

    def serve(self, table: Table) -> None:
        """Search and filter this table."""
        self.searched.connect(lambda text: self.show_hits(table.find(text)))
        self.chosen.connect(lambda key: self.show_hits(table.choose(key or None)))

    def clear(self) -> None:
        """Empty the search box and choose the first filter."""
        if self.search_box is not None:
            self.search_box.clear()
        first = next(iter(self.filters._words), None)
        if first is not None:
            self.filters.choose(first)

    def focus_search(self) -> None:
        """Put the cursor into the search box (Ctrl+F)."""
        if self.search_box is not None:
            self.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search_box.selectAll()

    def show_hits(self, count: int) -> None:
        """Say in the search box how many were found."""
        if self.search_box is not None:
            self.search_box.show_hits(count)

    def _fit(self) -> None:
        self.setFixedHeight(style.height(44))
        if self.search_box is not None:
            repolish(self.search_box)

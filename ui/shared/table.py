"""A table as desks use it: model and view together, and a sentence in its place when it is empty.

Example:
    self.table = Table(COLUMNS, name="账号", search_clears=self.toolbar.clear)
    self.table.show_rows(RowsInMemory(rows, key="id"))
    self.table.current_changed.connect(self.show_account)
    self.table.acted.connect(self.do_act)               # (id, column key)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedLayout, QWidget

from ui.shared.buttons import words
from ui.shared.columns import Column
from ui.shared.layouts import across, down, region
from ui.shared.rows import Chosen, Source
from ui.shared.table_model import GroupHeading, TableModel
from ui.shared.table_view import TableView
from ui.shared.text import Text


class Table(QWidget):
    """Signals: current_changed(id), opened(id), acted(id, column), spaced(ids, column),
    edit_asked(id, column), end_asked(ids), selection_changed(ids), ticks_changed().

    `empty` stands in the table's place when there is nothing at all; when search or filter find
    nothing, one sentence and 清除筛选 do (`search_clears` empties the search box). `head=False`
    leaves the head out where headings and words say enough (今日).
    """

    current_changed = Signal(object)
    opened = Signal(object)
    acted = Signal(object, str)
    spaced = Signal(list, str)
    edit_asked = Signal(object, str)
    end_asked = Signal(list)
    selection_changed = Signal(list)
    ticks_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        groups: Sequence[GroupHeading] = (),
        checkable: bool = False,
        strike_unticked: bool | Callable[[Any], bool] = False,
        struck: Callable[[Any], bool] | None = None,
        tickable: Callable[[Any], bool] | None = None,
        row_px: int = 32,
        head: bool = True,
        empty: QWidget | None = None,
        search_clears: Callable[[], Any] | None = None,
    ) -> None:
        super().__init__()
        self.model = TableModel(columns, None, groups, checkable, strike_unticked, struck, tickable)
        self.view = TableView(self.model, name, row_px)
        self.view.head.setVisible(head)
        self._search_clears = search_clears
        self._empty = empty
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.view)
        self._no_hits = self._sentence_without_hits()
        self._stack.addWidget(self._no_hits)
        if empty is not None:
            self._stack.addWidget(empty)
        self.setFocusProxy(self.view)
        for name_of in ("current_changed", "opened", "acted", "spaced", "edit_asked", "end_asked",
                        "selection_changed"):  # fmt: skip
            getattr(self.view, name_of).connect(getattr(self, name_of))
        self.model.ticks_changed.connect(self.ticks_changed)
        self.model.lines_changed.connect(self._choose_page)

    def show_rows(self, source: Source, groups: Sequence[GroupHeading] | None = None) -> None:
        """Show these rows; search, filter, sorting, current line and scroll position stay."""
        self.model.set_source(source, groups)

    def find(self, text: str) -> int:
        """Search; answers the number of hits."""
        self.model.show(search=text)
        return self.hits()

    def choose(self, chosen: Chosen) -> int:
        """Filter by a filter word's key or by a question about a row; None shows all."""
        self.model.show(chosen=chosen)
        return self.hits()

    def hits(self) -> int:
        """How many rows are shown."""
        return self.model.hits()

    def current_id(self) -> Hashable | None:
        """The id of the current row."""
        return self.view.current_id()

    def current_row(self) -> Any:
        """The current row itself, or None."""
        key = self.current_id()
        return None if key is None else self.model.row(key)

    def selected_ids(self) -> list[Hashable]:
        """The ids of all selected rows."""
        return self.view.selected_ids()

    def ticked_ids(self) -> list[Hashable]:
        """The ids with a tick, in the order shown."""
        return [key for key in self.model.shown_ids() if key in self.model.ticked]

    def tick(self, keys: Iterable[Hashable], on: bool = True) -> None:
        """Tick or untick rows."""
        self.model.tick(keys, on)

    def select(self, key: Hashable) -> bool:
        """Make an id's row the current one; False if it is not shown."""
        return self.view.select(key)

    def open_below(
        self, keys: Iterable[Hashable], widget: Callable[[Hashable], QWidget] | None
    ) -> None:
        """Open rows in place: `widget(id)` stands under its row, across the table."""
        self.view.open_below(keys, widget)

    def clear_search(self) -> None:
        """Show everything again."""
        if self._search_clears is not None:
            self._search_clears()
        self.model.show(search="", chosen=None)

    def _sentence_without_hits(self) -> QWidget:
        self._clear = button = words("清除筛选", on_click=self.clear_search)
        self._sentence = Text("没有符合的行。", tone="ink2")
        line = across(self._sentence, button, None, margins=(20, 16, 20, 0))
        page = region(down(line, None))
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return page

    def _choose_page(self) -> None:
        narrowed = bool(self.model.searched) or self.model.chosen is not None
        page: QWidget = self.view
        proxy: QWidget | None = self.view  # Tab would be caught where the proxy is hidden
        if not self.model.rowCount() and narrowed:
            page, proxy = self._no_hits, self._clear
        elif not self.model.rowCount() and self._empty is not None:
            page, proxy = self._empty, self._empty.findChild(QPushButton)
        if page is not self._stack.currentWidget():
            self._stack.setCurrentWidget(page)
            self.setFocusProxy(proxy)

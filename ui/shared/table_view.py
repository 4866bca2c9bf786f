"""The table itself: a QTableView that fits its columns, speaks in ids, and works by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ui import memory, style
from ui.shared.column_fit import ColumnFit
from ui.shared.table_head import TableHead
from ui.shared.table_keys import copy_rows, pressed
from ui.shared.table_model import BelowLine, HeadingLine, TableModel
from ui.shared.table_paint import RowDelegate, run_width

_NORMAL, _SLIM, _COMPACT = 32, 28, 26
KEPT_SELECTED = 500
"""More selected lines than this are not selected again when the lines are laid out anew."""


class TableView(QTableView):
    """Signals carry ids, never indexes. Row heights: `row_px`, 32 unless said otherwise."""

    current_changed = Signal(object)
    opened = Signal(object)
    acted = Signal(object, str)
    spaced = Signal(list, str)
    edit_asked = Signal(object, str)
    end_asked = Signal(list)
    selection_changed = Signal(list)

    def __init__(self, model: TableModel, name: str, row_px: int = 32) -> None:
        super().__init__()
        self.table_model = model
        self.row_px = self._shown_px = row_px
        self._slim, self._name = False, name
        self._had_special = False
        self.hovered_line = self.current_line = self.current_column = -1
        self.selected_lines: list[tuple[int, int]] = []
        self.has_focus = False
        self.frame_is_shown = False
        self.first_column, self.last_column = 0, len(model.columns) - 1
        self._below: Callable[[Hashable], QWidget] | None = None
        self._kept: tuple[Hashable | None, int] = (None, 0)
        self.kept_selection: list[Hashable] = []
        self.setAccessibleName(name)
        self.row_delegate = RowDelegate(self)
        self._set_up()
        self.head = TableHead(self)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self.fit = ColumnFit(self, name)
        self.head.sectionClicked.connect(self._sort_clicked)
        model.modelAboutToBeReset.connect(self._remember_current)
        model.modelReset.connect(self._after_reset)
        style.look.changed.connect(self._relook)
        self._choose_height()
        self._after_reset()

    def _set_up(self) -> None:
        self.setItemDelegate(self.row_delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.setCornerButtonEnabled(False)

    # -- ids ----------------------------------------------------------------------------------

    def current_id(self) -> Hashable | None:
        """The id of the current line."""
        return self.table_model.id_at(self.current_line)

    def select(self, key: Hashable) -> bool:
        """Make the line of an id the current one and scroll to it; False if it is not shown."""
        line = self.table_model.line_of(key)
        if line < 0:
            return False
        column = self.current_column if self.current_column >= 0 else self._first_text_column()
        self.setCurrentIndex(self.table_model.index(line, column))
        under = line + 1
        if under < self.table_model.rowCount() and isinstance(
            self.table_model.line(under), BelowLine
        ):
            self.scrollTo(self.table_model.index(under, 0))  # what is open under it, too
            self.scrollTo(self.table_model.index(line, column))
        return True

    def selected_ids(self) -> list[Hashable]:
        """The ids of all selected lines, from top to bottom."""
        keys = (self.table_model.id_at(line) for line in self.selected_line_numbers())
        return [key for key in keys if key is not None]

    def selected_line_numbers(self) -> list[int]:
        """The numbers of all selected lines, headings too."""
        ranges = self.selectionModel().selection()
        return sorted({n for part in ranges for n in range(part.top(), part.bottom() + 1)})

    def open_below(
        self, keys: Iterable[Hashable], widget: Callable[[Hashable], QWidget] | None
    ) -> None:
        """Open rows in place: `widget(id)` stands under its row, across the table."""
        self._below = widget
        self.table_model.open_below(keys if widget is not None else ())

    def row_height(self) -> int:
        """The height of a row at the user's text size."""
        return style.height(self._shown_px)

    # -- lines laid out anew ------------------------------------------------------------------

    def _remember_current(self) -> None:
        self._kept = (self.current_id(), self.verticalScrollBar().value())
        self.kept_selection = self._few_selected()
        self.clearSpans()

    def _few_selected(self) -> list[Hashable]:
        """The selected ids, unless they are so many that nobody chose them one by one."""
        many = sum(part.height() for part in self.selectionModel().selection())
        return self.selected_ids() if 1 < many <= KEPT_SELECTED else []

    def _select_again(self) -> None:
        """Select what was selected before the lines were laid out anew."""
        flags = self.selectionModel().SelectionFlag
        for key in self.kept_selection:
            line = self.table_model.line_of(key)
            if line >= 0:
                self.selectionModel().select(
                    self.table_model.index(line, 0), flags.Select | flags.Rows
                )

    def _after_reset(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        self.hovered_line = self.current_line = -1
        self.selected_lines = []
        self._lay_special_lines()
        key, scrolled = self._kept
        line = self.table_model.line_of(key) if key is not None else -1
        if line >= 0:
            column = max(self.current_column, 0)
            self.selectionModel().setCurrentIndex(
                self.table_model.index(line, column),
                self.selectionModel().SelectionFlag.ClearAndSelect
                | self.selectionModel().SelectionFlag.Rows,
            )
            self._select_again()
        elif key is not None:
            self.current_changed.emit(None)
        self.verticalScrollBar().setValue(scrolled)
        self.fit.lay_out()

    def _lay_special_lines(self) -> None:
        """Headings are a little lower than rows; opened rows have a widget beneath."""
        special = self.table_model.has_special_lines()
        if not special and not self._had_special:
            return
        self._had_special = special
        row, heading = self.row_height(), style.height(30)
        for line in range(self.table_model.rowCount()):
            what = self.table_model.line(line)
            wanted = heading if isinstance(what, HeadingLine) else row
            if isinstance(what, BelowLine):
                wanted = self._put_below(line, what.key)
            if self.rowHeight(line) != wanted:
                self.setRowHeight(line, wanted)

    def _put_below(self, line: int, key: Hashable) -> int:
        """Put the widget of an opened row into its line; answers with the height it needs."""
        if self._below is None:
            return 0
        widget = self._below(key)
        self.setSpan(line, 0, 1, len(self.table_model.columns))
        self.setIndexWidget(self.table_model.index(line, 0), widget)
        return max(widget.sizeHint().height(), widget.minimumHeight())

    def set_slim(self, slim: bool) -> None:
        """Rows of 28 instead of 32 in a low window; other heights stay."""
        self._slim = slim
        self._choose_height()

    def may_be_compact(self) -> bool:
        """Whether she may choose rows of 26: where nothing stands on two lines."""
        return self.row_px == _NORMAL

    def is_compact(self) -> bool:
        """Whether she chose rows of 26 for this table."""
        return self.may_be_compact() and bool(memory.value(f"compact/{self._name}", False))

    def set_compact(self, on: bool) -> None:
        """Rows of 26, remembered for this table."""
        memory.keep(f"compact/{self._name}", on)
        self._choose_height()

    def _choose_height(self) -> None:
        normal = _SLIM if self._slim and self.may_be_compact() else self.row_px
        wanted = _COMPACT if self.is_compact() else normal
        if wanted != self._shown_px:
            self._shown_px = wanted
            self._relook()

    def _relook(self) -> None:
        self._remember_current()
        self.selectionModel().reset()  # as a reset of the model does: it is chosen anew
        self._after_reset()
        self.head.updateGeometry()
        self.viewport().update()

    def _sort_clicked(self, section: int) -> None:
        column, model = self.table_model.columns[section], self.table_model
        if column.kind == "check":
            self.toggle(model.tickable_of(model.shown_ids()))
        elif column.sortable:
            again = model.sort_key == column.key
            if again and model.descending:
                model.sort(-1)
            else:
                order = Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder
                model.sort(section, order)
        self.head.viewport().update()

    # -- mouse --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row() if index.isValid() else -1)
        on_act = index.isValid() and self.acts_at(index.row(), index.column())
        shape = Qt.CursorShape.PointingHandCursor if on_act else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)  # type: ignore[arg-type]
        self._hover(-1)

    def _hover(self, line: int) -> None:
        if line == self.hovered_line:
            return
        for changed in (self.hovered_line, line):
            if changed >= 0:
                top = self.rowViewportPosition(changed)
                self.viewport().update(0, top, self.viewport().width(), self.rowHeight(changed))
        self.hovered_line = line

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        line = self.table_model.line(index.row())
        if isinstance(line, HeadingLine):
            self.turn(line)
        elif self.table_model.columns[index.column()].kind == "check":
            self.toggle([line] if self.table_model.can_tick(index.row()) else [])
        elif self.acts_at(index.row(), index.column()) and not event.modifiers():
            self.acted.emit(line, self.table_model.columns[index.column()].key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        key = self.table_model.id_at(index.row()) if index.isValid() else None
        quiet = ("act", "check")
        if key is not None and self.table_model.columns[index.column()].kind not in quiet:
            self.opened.emit(key)

    # -- keyboard -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed(self, event):
            super().keyPressEvent(event)

    def has_current(self) -> bool:
        """Whether there is a current line."""
        return 0 <= self.current_line < self.table_model.rowCount()

    def toggle(self, keys: list[Hashable]) -> None:
        """Tick these rows, or untick them if all are ticked."""
        if keys:
            self.table_model.tick(keys, not self.table_model.ticked.issuperset(keys))
            self.head.viewport().update()

    def turn(self, line: HeadingLine) -> None:
        """Fold or unfold the group of a heading."""
        if line.heading.foldable:
            self.table_model.fold(line.heading.key)

    def acts_at(self, row: int, column: int) -> bool:
        """Whether there is an act in a cell."""
        model = self.table_model
        if model.columns[column].kind != "act" or model.id_at(row) is None:
            return False
        runs = model.runs(row, column)
        return bool(runs) and runs[0].tone == "accent"

    def copy(self) -> None:
        """Copy the selected lines with their headings."""
        copy_rows(self)

    # -- current line, focus, size ------------------------------------------------------------

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.current_line, self.current_column = current.row(), current.column()
        self.viewport().update()
        if current.row() != previous.row():
            self.current_changed.emit(self.current_id())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        ranges = self.selectionModel().selection()
        self.selected_lines = sorted({(part.top(), part.bottom()) for part in ranges})
        self.selection_changed.emit(self.selected_ids())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._take_first()  # before Qt would take the first line, which may be a heading
        super().focusInEvent(event)
        self._focus_moved(True, event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._focus_moved(False, event.reason())

    def _focus_moved(self, has: bool, reason: Qt.FocusReason) -> None:
        if reason != Qt.FocusReason.PopupFocusReason:
            self.has_focus = self.frame_is_shown = has
            self.viewport().update()

    def _take_first(self) -> None:
        """Tab into a table: the first row is current, so arrows and Enter work at once."""
        if not self.has_current() and self.table_model.rowCount():
            rows = range(self.table_model.rowCount())
            line = next((n for n in rows if self.table_model.id_at(n) is not None), 0)
            self.setCurrentIndex(self.table_model.index(line, self._first_text_column()))

    def _first_text_column(self) -> int:
        return next(
            (n for n in self.fit.visible() if self.table_model.columns[n].kind != "check"), 0
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit.lay_out()

    def sizeHintForColumn(self, column: int) -> int:
        """As wide as the widest cell on screen (double click on a column's edge)."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height())
        lines = range(max(first, 0), (last if last >= 0 else self.table_model.rowCount() - 1) + 1)
        rows = [n for n in lines if self.table_model.id_at(n) is not None]
        widths = [sum(map(run_width, self.table_model.runs(n, column))) for n in rows]
        return max(widths, default=0) + style.px(28)

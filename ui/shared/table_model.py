"""The one table model: ids in order, rows fetched when shown, sorted as a list of indices."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.shared.columns import Column, Run, plain_text, runs_of
from ui.shared.rows import Chosen, RowsInMemory, Source
from wxadmin.domain.frozen import dataclass

_BLOCK = 60
_KEPT = 4000
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_WITH_BOX = _PLAIN | Qt.ItemFlag.ItemIsUserCheckable
CHECK = Column("_check", "", 44, kind="check", sortable=False)


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """A heading row over a group: bold title, count, one sentence; may fold.

    `never_empty` shows the heading even when nothing stands under it; `count` says how many
    things there are where one thing takes several lines.
    """

    key: Hashable
    title: str
    sentence: str = ""
    foldable: bool = False
    folded: bool = False
    never_empty: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading as it stands in the table, with what it counts."""

    heading: GroupHeading
    count: int
    folded: bool


@dataclass(frozen=True, slots=True)
class BelowLine:
    """The room under a row that is opened in place."""

    key: Hashable


class TableModel(QAbstractTableModel):
    """Rows of a source under columns, with headings, ticks and struck-out lines.

    `struck(row)` says which lines are struck out; `strike_unticked` strikes those without a tick
    (or only rows it says yes to: a row still to be decided has no tick and is not struck).
    `tickable(row)` says which rows have a box at all.
    """

    ticks_changed = Signal()
    lines_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        source: Source | None = None,
        groups: Sequence[GroupHeading] = (),
        checkable: bool = False,
        strike_unticked: bool | Callable[[Any], bool] = False,
        struck: Callable[[Any], bool] | None = None,
        tickable: Callable[[Any], bool] | None = None,
    ) -> None:
        super().__init__()
        self.columns: tuple[Column, ...] = ((CHECK,) if checkable else ()) + tuple(columns)
        self.checkable = checkable
        self.ticked: set[Hashable] = set()
        self.sort_key: str | None = None
        self.descending = False
        self.searched = ""
        self.chosen: Chosen = None
        self._groups = tuple(groups)
        self._folded = {group.key for group in groups if group.folded}
        self._strike_unticked, self._struck, self._tickable = strike_unticked, struck, tickable
        self._source: Source = RowsInMemory(())
        self._ids: Sequence[Hashable] = ()
        self._lines: Sequence[Any] = ()
        self._below: set[Hashable] = set()
        self._rows: dict[Hashable, Any] = {}
        self._runs: dict[Hashable, list[tuple[Run, ...]]] = {}
        if source is not None:
            self.set_source(source)

    # -- what is shown ------------------------------------------------------------------------

    def set_source(self, source: Source, groups: Sequence[GroupHeading] | None = None) -> None:
        """Show other rows (and other headings); search, filter and sorting stay."""
        self._source = source
        if groups is not None:
            self._groups = tuple(groups)
            self._folded |= {group.key for group in groups if group.folded}
        if isinstance(source, RowsInMemory):
            source.use_columns([column for column in self.columns if column is not CHECK])
        self.reload()

    def reload(self) -> None:
        """Ask the source again for ids and rows."""
        self._rows.clear()
        self._ask()

    def show(self, search: str | None = None, chosen: Chosen = "") -> None:
        """Search and filter; what is not given stays (`chosen=None` means no filter)."""
        if search is not None:
            self.searched = search.strip()
        if chosen != "":
            self.chosen = chosen
        self._ask()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column (Qt's own entrance); -1 goes back to the source's order."""
        self.sort_key = self.columns[column].key if column >= 0 else None
        self.descending = order == Qt.SortOrder.DescendingOrder
        self._ask()

    def fold(self, key: Hashable, folded: bool | None = None) -> None:
        """Fold a group, unfold it, or (None) turn it over."""
        folded = key not in self._folded if folded is None else folded
        (self._folded.add if folded else self._folded.discard)(key)
        self._lay_out()

    def open_below(self, keys: Iterable[Hashable]) -> None:
        """Make room under these rows (the view puts a widget there)."""
        self._below = set(keys)
        self._lay_out()

    def _ask(self) -> None:
        self._ids = self._source.ids(self.sort_key, self.descending, self.searched, self.chosen)
        self._lay_out()

    def _lay_out(self) -> None:
        self.beginResetModel()
        self._runs.clear()
        self._lines = self._grouped() if self._groups else self._ids
        if self._below:
            self._lines = [
                line
                for key in self._lines
                for line in ((key, BelowLine(key)) if key in self._below else (key,))
            ]
        self.endResetModel()
        self.lines_changed.emit()

    def _grouped(self) -> list[Any]:
        members: dict[Hashable, list[Hashable]] = {group.key: [] for group in self._groups}
        group_of = self._source.group_of  # type: ignore[attr-defined]
        loose: list[Any] = []
        for key in self._ids:
            members.get(group_of(key), loose).append(key)
        lines: list[Any] = []
        for group in self._groups:
            keys = members[group.key]
            if keys or group.never_empty:
                folded = group.key in self._folded
                count = len(keys) if group.count is None else group.count
                lines.append(HeadingLine(group, count, folded))
                lines += () if folded else keys
        return loose + lines

    # -- rows and ids -------------------------------------------------------------------------

    def line(self, row: int) -> Any:
        """What stands in a line: an id, a HeadingLine or a BelowLine."""
        return self._lines[row]

    def has_special_lines(self) -> bool:
        """Whether there are headings or rows opened in place."""
        return bool(self._groups or self._below)

    def id_at(self, row: int) -> Hashable | None:
        """The id of a line; None for headings and for no line."""
        if not 0 <= row < len(self._lines):
            return None
        line = self._lines[row]
        return None if isinstance(line, HeadingLine | BelowLine) else line

    def line_of(self, key: Hashable) -> int:
        """The line an id stands in, or -1."""
        try:
            return self._lines.index(key)
        except ValueError:
            return -1

    def shown_ids(self) -> list[Hashable]:
        """All ids that pass search and filter, also in folded groups."""
        return list(self._ids)

    def hits(self) -> int:
        """How many ids pass search and filter."""
        return len(self._ids)

    def row(self, key: Hashable) -> Any:
        """The row of an id, fetched with its neighbours when it is not at hand."""
        if key not in self._rows:
            if len(self._rows) > _KEPT:
                self._rows.clear()
            self._rows.update(self._source.page([key]))
        return self._rows[key]

    def _row_at(self, row: int) -> Any:
        key = self._lines[row]
        if key not in self._rows:
            self._fetch_around(row)
        return self._rows[key]

    def _fetch_around(self, row: int) -> None:
        """Fetch a block from a row on, the way she scrolls: one reading fills the view."""
        if len(self._rows) > _KEPT:
            self._rows.clear()
            self._runs.clear()
        upwards = row + 1 < len(self._lines) and self._lines[row + 1] in self._rows
        start = max(row + 1 - _BLOCK, 0) if upwards else row
        wanted = [
            line
            for line in self._lines[start : start + _BLOCK]
            if not isinstance(line, HeadingLine | BelowLine) and line not in self._rows
        ]
        self._rows.update(self._source.page(wanted))

    def runs(self, row: int, column: int) -> tuple[Run, ...]:
        """How a cell is drawn; made once per row."""
        key = self._lines[row]
        made = self._runs.get(key)
        if made is None:
            data, struck = self._row_at(row), self.is_struck(row)
            made = [
                () if c.kind == "check" else runs_of(c, c.of(data), struck) for c in self.columns
            ]
            self._runs[key] = made
        return made[column]

    def is_struck(self, row: int) -> bool:
        """Whether the line is struck out."""
        data = self._row_at(row)
        strikes = self._strike_unticked
        if (strikes(data) if callable(strikes) else strikes) and self.can_tick(row):
            return self._lines[row] not in self.ticked
        return self._struck is not None and self._struck(data)

    # -- ticks --------------------------------------------------------------------------------

    def can_tick(self, row: int) -> bool:
        """Whether the line has a box."""
        if not self.checkable or self.id_at(row) is None:
            return False
        return self._tickable is None or self._tickable(self._row_at(row))

    def tickable_of(self, keys: Iterable[Hashable]) -> list[Hashable]:
        """Those of these ids that have a box."""
        if not self.checkable:
            return []
        return [key for key in keys if self._tickable is None or self._tickable(self.row(key))]

    def tick(self, keys: Iterable[Hashable], on: bool) -> None:
        """Tick or untick rows."""
        (self.ticked.update if on else self.ticked.difference_update)(keys)
        self._runs.clear()
        if self._lines:
            last = self.index(len(self._lines) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Role.CheckStateRole])
        self.ticks_changed.emit()

    # -- Qt's questions -----------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.checkable and self.columns[index.column()] is CHECK and self.can_tick(index.row()):
            return _WITH_BOX
        return _PLAIN

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.text(index.row(), index.column())
        if role == Role.CheckStateRole and self.columns[index.column()].kind == "check":
            if not self.can_tick(index.row()):
                return None
            on = self._lines[index.row()] in self.ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole or not self.can_tick(index.row()):
            return False
        self.tick([self._lines[index.row()]], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self.columns[section].title.replace("\n", "")
        return None

    def text(self, row: int, column: int) -> str:
        """A cell as plain text."""
        line = self._lines[row]
        if isinstance(line, HeadingLine):
            return f"{line.heading.title} {line.count}" if column == 0 else ""
        if isinstance(line, BelowLine) or self.columns[column].kind == "check":
            return ""
        return plain_text(self.columns[column].of(self._row_at(row)))

"""Where an import begins: the drop zone, which leaver lists are missing, what was taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import style
from ui.shared.buttons import plain
from ui.shared.columns import Cell, Column, State
from ui.shared.drop_zone import DropZone
from ui.shared.empty_state import EmptyState
from ui.shared.layouts import across, down, region
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.toolbar import Toolbar
from wxadmin.services.import_book import PastList
from wxadmin.services.leaver_grid import MISSING, GridCell, LeaverGrid, month_word

MONTHS = 6
WHAT = (
    "花名册、每月离职清单，企业微信后台导出的通讯录，群成员名单。"
    "Excel、WPS 或 CSV；列名不用改，原文件不会改动。"
)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One HR source and its lists of the last months, the newest first."""

    id: int
    name: str
    due: str
    cells: tuple[GridCell, ...]
    texts: tuple[str, ...]


def grid_rows(grid: LeaverGrid, past: list[PastList], today: date) -> list[SourceRow]:
    """The grid source × month; a month before anything was kept here is not 未交."""
    months = _months(today)
    start = min((one.month for one in past), default=months[0])
    columns = [grid.of(month) for month in months]
    rows = []
    for at, source in enumerate(grid.sources):
        cells = tuple(column[at] for column in columns)
        texts = tuple(
            "" if cell.missing and cell.month < start else _text(cell, today) for cell in cells
        )
        rows.append(SourceRow(source.id, source.name, f"次月 {cells[0].due_on.day} 日前",
                              cells, texts))  # fmt: skip
    return rows


def _text(cell: GridCell, today: date) -> str:
    said = cell.text(today)
    return f"{said}　更正版{cell.versions}" if cell.versions > 1 else said


def _months(today: date) -> list[str]:
    """This month and the ones before, newest first."""
    year, month = today.year, today.month
    found = []
    for _ in range(MONTHS):
        found.append(f"{year}-{month:02d}")
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


def grid_columns(today: date) -> list[Column]:
    """来源, when it is due, one column a month."""

    def state(number: int) -> Any:
        return lambda row: (
            State(row.cells[number].mark, row.texts[number]) if row.texts[number] else None
        )

    return [
        Column("name", "人事来源", 200, bold=True, stretch=1),
        Column("due", "应交", 104, tone="ink2", priority=3),
        *(Column(month, month_word(month), 118, kind="state", sortable=False, value=state(n),
                 priority=1 if n < 3 else n + 2)
          for n, month in enumerate(_months(today))),
    ]  # fmt: skip


PAST = (
    Column("issued_on", "日期", 104),
    Column("kind", "种类", 92),
    Column("source", "人事来源", 180, stretch=1),
    Column("month", "月份", 150, value=lambda row: Cell(
        row.month, note=f"更正版{row.version}" if row.version > 1 else "全员名单" if row.complete
        else "")),
    Column("file_name", "文件", 240, tone="ink2", stretch=1, priority=2),
    Column("rows", "行数", 70, kind="number"),
    Column("act", "", 120, kind="act", value=lambda row: "在日志里看", sortable=False),
)  # fmt: skip


class StartPage(QWidget):
    """`files(paths)`, `urge_asked(cell)`, `nobody_asked(cell)`, `past_asked(key)`."""

    files = Signal(list)
    urge_asked = Signal(object)
    nobody_asked = Signal(object)
    past_asked = Signal(str)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.zone = DropZone("把名单拖到窗口里任何地方", WHAT)
        self.zone.files.connect(self.files)
        self.zone.setFixedHeight(style.px(168))
        self.urge = plain("复制催办文字", "copy", lambda: self._ask(self.urge_asked))
        self.nobody = plain("登记“无离职”", "tick", lambda: self._ask(self.nobody_asked))
        self.toolbar = Toolbar(None, [("grid", "离职清单"), ("past", "导入记录")],
                               [self.urge, self.nobody])  # fmt: skip
        self.toolbar.chosen.connect(self._choose)
        none = EmptyState("list", "这里看各人事来源每月的离职清单交了没有",
                          "导入第一份花名册后就有了。")  # fmt: skip
        self.grid = Table(grid_columns(today), "离职清单进度", empty=none)
        nothing = EmptyState(
            "list", "导入过的花名册和离职清单记在这里", "每一份都能从日志里查到改了什么，也能撤销。"
        )
        self.past = Table(PAST, "导入记录", empty=nothing)
        self.past.acted.connect(lambda key, _: self.past_asked.emit(key))
        self.past.opened.connect(lambda key: self.past_asked.emit(key))
        self.grid.view.selectionModel().currentChanged.connect(lambda *_: self._say_acts())
        self.grid.model.modelReset.connect(self._say_acts)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.past)
        whole = down(
            region(across(self.zone, margins=(20, 0, 16, 8))), self.toolbar, self._stack, gap=0
        )
        whole.setStretchFactor(self._stack, 1)
        self.setLayout(whole)
        self._rows: dict[int, SourceRow] = {}
        self._say_acts()

    def show_lists(self, rows: list[SourceRow], past: list[PastList]) -> None:
        """Show the grid and the past lists."""
        self._rows = {row.id: row for row in rows}
        self.grid.show_rows(RowsInMemory(rows, key="id"))
        self.past.show_rows(RowsInMemory(past, key="key"))
        missing = sum(cell.state == MISSING for row in rows for cell in row.cells[:2])
        self.toolbar.filters.set_counts({"past": len(past), "grid": missing})
        self._say_acts()

    def set_slim(self, slim: bool) -> None:
        """A lower drop zone in a low window."""
        self.zone.setFixedHeight(style.px(156 if slim else 168))

    def show_source(self, source_id: int) -> None:
        """Show one source in the grid."""
        self.toolbar.filters.choose("grid")
        self.grid.select(source_id)

    def cell(self) -> GridCell | None:
        """The missing list the acts are about: under the cursor, else the newest one overdue."""
        row = self._rows.get(self.grid.current_id())  # type: ignore[call-overload]
        if row is None:
            return None
        months = _months(self._today)
        column = self.grid.model.columns[max(self.grid.view.current_column, 0)].key
        if column in months:
            number = months.index(column)
            chosen = row.cells[number]
            return chosen if chosen.missing and row.texts[number] else None
        texts = zip(row.cells, row.texts, strict=True)
        return next((c for c, text in texts if c.state == MISSING and text), None)

    def _ask(self, signal: Any) -> None:
        if (cell := self.cell()) is not None:
            signal.emit(cell)

    def _choose(self, key: str) -> None:
        self._stack.setCurrentIndex(0 if key == "grid" else 1)
        self._say_acts()

    def _say_acts(self) -> None:
        cell = self.cell() if self._stack.currentIndex() == 0 else None
        for button in (self.urge, self.nobody):
            button.setVisible(cell is not None)
        if cell is not None:
            month = month_word(cell.month)
            self.urge.say(f"复制{month}催办文字")
            self.nobody.say(f"登记“{month}无离职”")

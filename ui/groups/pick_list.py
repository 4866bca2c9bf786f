"""Choose several values of a long list: search, tick with Space, take them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.columns import Cell, Column
from ui.shared.dialog import Choice, Dialog
from ui.shared.layouts import down, region
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.toolbar import SearchBox

_COLUMNS = (Column("value", "取值", 260, stretch=1, value=lambda row: Cell(row[0], note=row[1])),)


class PickBox(SearchBox):
    """The search box of the list; ↓ goes into the list."""

    def __init__(self, table: Table) -> None:
        super().__init__("输入几个字来找")
        self._table = table
        self.searched.connect(lambda text: self.show_hits(table.find(text)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._table.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)


def pick(
    parent: QWidget, sentence: str, values: Sequence[tuple[str, str]], chosen: Iterable[str]
) -> tuple[str, ...] | None:
    """Ask which values; None when she turned back. Values not offered any more stay in the list."""
    dialog, table = picking(parent, sentence, values, chosen)
    if not dialog.run():
        return None
    return _taken(table)


def picking(
    parent: QWidget, sentence: str, values: Sequence[tuple[str, str]], chosen: Iterable[str]
) -> tuple[Dialog, Table]:
    """The dialog and its list, ticked as chosen so far."""
    wanted = tuple(chosen)
    known = {value for value, _ in values}
    rows = [*((value, "已不在列") for value in wanted if value not in known), *values]
    rows.sort(key=lambda row: row[0] not in wanted)
    table = Table(_COLUMNS, "可选的值", checkable=True, head=False)
    table.show_rows(RowsInMemory(rows, key=lambda row: row[0]))
    table.tick(wanted)
    table.setFixedHeight(style.px(300))
    box = PickBox(table)
    body = region(down(box, table, gap=8))
    acts = (Choice("取消", None), Choice("就用勾选的", True, kind="filled"))
    dialog = Dialog(parent.window(), sentence, body=body, acts=acts)
    box.setFocus()
    return dialog, table


def _taken(table: Table) -> tuple[str, ...]:
    """All ticked values, also those the search hides just now."""
    table.find("")
    return tuple(str(key) for key in table.ticked_ids())

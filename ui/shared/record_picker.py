"""Choose one of many by typing: a search field with its hits beneath.

Example: `RecordPicker("给谁填", lambda typed: candidates.find(typed))`; `value()` is the id chosen.
A hit has `id`, `name` and `note`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.columns import Column, Person
from ui.shared.inputs import LineInput
from ui.shared.layouts import across, down
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.text import Text

_COLUMN = Column("hit", "", 200, kind="person", stretch=1, sortable=False,
                 value=lambda row: Person(row.name, row.note))  # fmt: skip


_WALKS: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class RecordPicker(QWidget):
    """`changed` when another hit is chosen, `decided` at Enter or a double click on it."""

    changed = Signal()
    decided = Signal()

    def __init__(
        self,
        label: str,
        find: Callable[[str], Sequence[Any]],
        placeholder: str = "姓名、拼音、工号、手机尾号",
        rows: int = 5,
        required: bool = True,
    ) -> None:
        super().__init__()
        self._find = find
        self.input = LineInput(placeholder)
        wanted = "必填" if required else ""
        self.input.setAccessibleName(f"{label}　{wanted}".strip())
        self.table = Table((_COLUMN,), f"{label}：找到的", row_px=28, head=False)
        self.table.setFixedHeight(style.height(28) * rows + 2)
        need = Text(wanted, size=12, tone="ink3")
        head = across(Text(label, size=12, tone="ink2"), need, None, gap=6)
        self._said = Text("", size=12, tone="ink3", wrap=True)
        self.setLayout(down(head, self.input, self.table, self._said, gap=3))
        self.setFocusProxy(self.input)
        self.input.edited.connect(self._search)
        self.input.installEventFilter(self)
        self.table.current_changed.connect(lambda _: self.changed.emit())
        self.table.opened.connect(lambda _: self.decided.emit())
        self._search()

    def value(self) -> Any:
        """The id of the hit chosen, or None."""
        return self.table.current_id()

    def chosen(self) -> Any:
        """The hit itself, or None."""
        return self.table.current_row()

    def search(self, text: str) -> None:
        """Search as if it had been typed."""
        self.input.set_value(text)
        self._search()

    def say(self, sentence: str) -> None:
        """Say what is missing."""
        self._said.setText(sentence)
        self._said.set_tone("red" if sentence else "ink3")

    def _search(self) -> None:
        hits = self._find(self.input.value())
        self.table.show_rows(RowsInMemory(hits, key="id"))
        self.say("")
        if hits and self.input.value():
            self.table.select(hits[0].id)
        else:
            self.table.view.clearSelection()
            self.table.view.setCurrentIndex(self.table.model.index(-1, -1))
        self._said.setText("没有找到，请换个写法。" if self.input.value() and not hits else "")
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys walk through the hits while the cursor stays in the field."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.input and pressed and event.key() in _WALKS:
            self._walk(_WALKS[event.key()])
            return True
        return super().eventFilter(watched, event)

    def _walk(self, by: int) -> None:
        shown = list(self.table.model.shown_ids())
        if shown:
            here = self.value()
            place = shown.index(here) + by if here in shown else 0
            self.table.select(shown[max(0, min(place, len(shown) - 1))])

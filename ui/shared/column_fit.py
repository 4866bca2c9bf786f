"""Which columns of a table are shown and how wide: by priority, by the user's hand, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import memory, style
from ui.shared.columns import Column

if TYPE_CHECKING:
    from ui.shared.table_view import TableView


class ColumnFit:
    """Fits the columns to the view; widths, order and hidden ones are kept by the table's name.

    `only_looks` leaves out what is done at the end of a line.
    """

    def __init__(self, view: TableView, name: str) -> None:
        self._view, self._name = view, f"table/{name}"
        kept = memory.value(self._name, {})
        self._widths: dict[str, int] = dict(kept.get("widths", {}))
        self._hidden: set[str] = set(kept.get("hidden", ()))
        self._busy = self.only_looks = False
        self._put_in_order(kept.get("order", ()))
        view.head.sectionResized.connect(self._resized_by_hand)
        view.head.sectionMoved.connect(self._moved_by_hand)
        view.head.hide_column.connect(self._hide)

    def visible(self) -> list[int]:
        """The shown columns from left to right (logical numbers)."""
        head = self._view.head
        order = [head.logicalIndex(place) for place in range(head.count())]
        return [number for number in order if not head.isSectionHidden(number)]

    def lay_out(self) -> None:
        """Let columns leave by priority, then share out the room that is left."""
        view = self._view
        room = view.viewport().width()
        if self._busy or room <= 0:
            return
        self._busy = True
        shown = self._staying(room)
        slack = room - sum(self._base(column) for column in shown)
        growing = [c for c in shown if c.stretch] or self._fallback(shown)
        shares = sum(max(c.stretch, 1) for c in growing)
        for number, column in enumerate(view.table_model.columns):
            view.setColumnHidden(number, column not in shown)
            if column in shown:
                width = self._base(column)
                if column in growing and slack:
                    part = slack * max(column.stretch, 1) // shares
                    slack, shares = slack - part, shares - max(column.stretch, 1)
                    width = max(width + part, style.px(60))
                view.setColumnWidth(number, width)
        visible = self.visible()
        if visible:
            view.first_column, view.last_column = visible[0], visible[-1]
        self._busy = False

    def _staying(self, room: int) -> list[Column]:
        shown = [
            c
            for c in self._view.table_model.columns
            if c.key not in self._hidden and not (self.only_looks and c.is_act)
        ]
        while sum(self._base(c) for c in shown) > room:
            leaving = max(shown, key=lambda c: c.priority)
            if leaving.priority <= 1:
                break
            shown.remove(leaving)
        return shown

    @staticmethod
    def _fallback(shown: list[Column]) -> list[Column]:
        words = [c for c in shown if c.kind in ("text", "person", "change")]
        return words[-1:] or shown[-1:]

    def _base(self, column: Column) -> int:
        return self._widths.get(column.key, style.px(column.width))

    def _resized_by_hand(self, number: int, _old: int, new: int) -> None:
        if self._busy or new <= 0:
            return
        column = self._view.table_model.columns[number]
        if column.kind != "check":
            self._widths[column.key] = new
            self._keep()

    def _moved_by_hand(self) -> None:
        if not self._busy:
            self._keep()
            self.lay_out()
            self._view.viewport().update()

    def _hide(self, key: str, hidden: bool) -> None:
        (self._hidden.add if hidden else self._hidden.discard)(key)
        self._keep()
        self.lay_out()

    def _put_in_order(self, keys: list[str]) -> None:
        head = self._view.head
        numbers = {column.key: n for n, column in enumerate(self._view.table_model.columns)}
        for place, key in enumerate(key for key in keys if key in numbers):
            head.moveSection(head.visualIndex(numbers[key]), place)

    def _keep(self) -> None:
        head, columns = self._view.head, self._view.table_model.columns
        order = [columns[head.logicalIndex(place)].key for place in range(head.count())]
        memory.keep(
            self._name,
            {"widths": self._widths, "hidden": sorted(self._hidden), "order": order},
        )

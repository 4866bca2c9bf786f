"""The current line of a table in full, beneath it: what a column is too narrow for.

Example: `self.whole = WholeLine(self.table, lambda row: f"{row.name}：{row.reason}", "原因")`
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from ui.shared.table import Table
from ui.shared.text import Text


class WholeLine(Text):
    """Runs over as many lines as it takes; nothing stands there where nothing is to be said."""

    def __init__(self, table: Table, words: Callable[[Any], str], name: str) -> None:
        super().__init__("", size=12, tone="ink2", wrap=True, selectable=True)
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setContentsMargins(20, 4, 16, 6)
        self._table, self._words = table, words
        table.current_changed.connect(lambda _: self.say())
        table.model.modelReset.connect(self.say)
        self.say()

    def say(self) -> None:
        """Say the line under the cursor."""
        row = self._table.current_row()
        said = self._words(row) if row is not None else ""
        self.setText(said)
        self.setVisible(bool(said))

"""原 → 新, field by field; the further fields of one person leave the name empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.columns import Changed, Column, Run, runs_of
from ui.shared.layouts import add, cleared, down, hairline
from ui.shared.runs_label import RunsLabel
from ui.shared.table_paint import run_width

PANEL_TEXT, NAME = 292, 76
"""How wide a line of a panel of 328 px is, and the column of names in it."""
_COLUMN = Column("change", "原 → 新", kind="change")


class ChangeView(QWidget):
    """Example: `ChangeView().show_changes([("张伟", Changed("手机号码", "…0226", "…0262"))])`.

    `brief` shows only the last level of long paths, for panels of 300 px.
    """

    def __init__(self, ground: str = "panel", brief: bool = True) -> None:
        super().__init__()
        self._ground, self._brief = ground, brief
        self._lines = down(gap=0)
        self.setLayout(self._lines)

    def show_changes(self, changes: Sequence[tuple[str, Changed]]) -> None:
        """Show these changes; the name is "" in a view about one person."""
        cleared(self._lines)
        named = any(name for name, _ in changes)
        for name, of_one in groupby(changes, key=lambda pair: pair[0]):
            lines = [self._runs(change) for _, change in of_one]
            if named:
                lines = self._with_name(name, lines)
            for runs in lines:
                add(self._lines, RunsLabel(runs, 29, self._ground))
                add(self._lines, hairline())

    def _runs(self, change: Changed) -> list[Run]:
        return list(runs_of(_COLUMN, _shortened(change) if self._brief else change))

    def _with_name(self, name: str, lines: list[list[Run]]) -> list[list[Run]]:
        """The name before the first line; above it where the new value would be cut otherwise."""
        room = style.px(PANEL_TEXT - NAME)
        if name and any(sum(map(run_width, runs)) > room for runs in lines):
            return [[Run(name, bold=True)], *lines]
        said = [name, *([""] * (len(lines) - 1))]
        return [[Run(text, bold=True, column=NAME), *runs]
                for text, runs in zip(said, lines, strict=True)]  # fmt: skip


def _shortened(change: Changed) -> Changed:
    """Leave out the levels of a path that did not change."""
    old, new = change.old.split(" / "), change.new.split(" / ")
    same = 0
    while same < min(len(old), len(new)) - 1 and old[same] == new[same]:
        same += 1
    return replace(change, old=" / ".join(old[same:]), new=" / ".join(new[same:]))

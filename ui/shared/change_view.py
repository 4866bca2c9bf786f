"""原 → 新, field by field; the further fields of one person leave the name empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from ui.shared.columns import Changed, Column, Run, runs_of
from ui.shared.layouts import add, cleared, down, hairline
from ui.shared.runs_label import RunsLabel

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
        last = ""
        for name, change in changes:
            shown = _shortened(change) if self._brief else change
            runs = list(runs_of(_COLUMN, shown))
            if named:
                said = "" if name == last else name
                runs.insert(0, Run(said, bold=True, column=76))
            add(self._lines, RunsLabel(runs, 29, self._ground))
            add(self._lines, hairline())
            last = name


def _shortened(change: Changed) -> Changed:
    """Leave out the levels of a path that did not change."""
    old, new = change.old.split(" / "), change.new.split(" / ")
    same = 0
    while same < min(len(old), len(new)) - 1 and old[same] == new[same]:
        same += 1
    return replace(change, old=" / ".join(old[same:]), new=" / ".join(new[same:]))

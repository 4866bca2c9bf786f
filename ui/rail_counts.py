"""The rail's numbers of things to do: the quick ones at once, the others a moment after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from ui.main_window import MainWindow

COUNTED_AFTER = 400
"""Milliseconds after a change before what takes longer is counted again."""


class RailCounts(QObject):
    """`count()` after every change; `stop()` when the window closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._soon = QTimer(self, singleShot=True, interval=COUNTED_AFTER)
        self._soon.timeout.connect(self._count_due)

    def count(self) -> None:
        """Show what is to do at each desk."""
        self._window.rail.set_counts(self._window.links.counts())
        self._soon.start()

    def stop(self) -> None:
        """Count no more."""
        self._soon.stop()

    def _count_due(self) -> None:
        """Read on the worker; the desk in view tells its own number."""
        window, desk = self._window, self._window.current()
        due, in_view = window.links.due, desk.objectName() if desk is not None else ""
        if due is not None:
            window.jobs.run(lambda progress, cancelled: due(in_view), window.rail.set_counts,
                            caption="正在数要办的事", unit="件")  # fmt: skip

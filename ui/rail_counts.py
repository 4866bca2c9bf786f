"""The rail's numbers of things to do: the quick ones at once, 今日's a moment after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from ui.main_window import MainWindow

COUNTED_AFTER = 400
"""Milliseconds after a change before what is due today is counted again."""


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
        """今日's number is read on the worker; the desk itself tells it while it is in view."""
        window, desk = self._window, self._window.current()
        due = window.links.due
        if due is not None and (desk is None or desk.objectName() != "today"):
            window.jobs.run(lambda progress, cancelled: due(), window.rail.set_counts,
                            caption="正在数今天要办的事", unit="件")  # fmt: skip

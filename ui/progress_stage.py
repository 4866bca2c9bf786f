"""Where the progress of a job is shown: in the desk in view, and in the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from ui.jobs import Job
    from ui.main_window import MainWindow


class ProgressStage(QObject):
    """Shows, moves and takes away the strip of the job under way."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def show(self, job: Job) -> None:
        """A job lasts: say what it does, in place."""
        desk = self._window.current()
        if desk is None:
            return
        strip = desk.strip()
        strip.start(job.caption, job.unit, job.written)
        strip.show()
        self._window.status.set_saved(not self._window.jobs.writing())

    def move(self, done: int, total: int) -> None:
        """It has come so far."""
        for desk in self._window.built():
            desk.strip_moved(done, total)

    def hide(self) -> None:
        """It has come to its end."""
        for desk in self._window.built():
            desk.strip_done()
        self._window.status.set_saved(True)
        # after whoever waited has shown the result
        QTimer.singleShot(0, self._window, self._window.say_status)

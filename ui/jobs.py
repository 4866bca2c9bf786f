"""Long work: one worker thread, progress in place, cancel is rollback, results on the GUI thread.

Example:
    context.jobs.run(lambda progress, cancelled: services.imports.read(path, progress),
                     on_done=self.show_plan, caption="正在读入 11月花名册.xlsx")
`progress(done, total)` raises `Cancelled` once the user has pressed 取消; so does `cancelled()`
answer True, for work that counts nothing. Anything under 50 ms is just called.
"""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from wxadmin.domain.errors import Cancelled, UserError

SHOWN_AFTER = 300
"""Milliseconds before progress is shown at all."""
_SWITCH = 0.0005
Work = Callable[[Callable[[int, int], None], Callable[[], bool]], Any]


@dataclass(eq=False)
class Job:
    """One piece of work and who waits for it."""

    work: Work
    caption: str
    on_done: Callable[[Any], Any] | None
    on_error: Callable[[UserError], Any] | None
    on_cancelled: Callable[[], Any] | None
    unit: str = "行"
    written: str = ""
    writes: bool = False
    stop: threading.Event = field(default_factory=threading.Event)
    last_told: float = 0.0


class Jobs(QObject):
    """`shown(job)`, `moved(done, total)` and `ended()` are for the strip that shows progress."""

    shown = Signal(object)
    moved = Signal(int, int)
    ended = Signal()
    refused = Signal(object)
    failed = Signal(object)
    _progressed = Signal(object, int, int)
    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._open: list[Job] = []
        self._progressed.connect(self._on_progress)
        self._finished.connect(self._on_finished)

    def run(
        self,
        work: Work,
        on_done: Callable[[Any], Any] | None = None,
        on_error: Callable[[UserError], Any] | None = None,
        caption: str = "正在处理",
        on_cancelled: Callable[[], Any] | None = None,
        unit: str = "行",
        written: str = "还没有改动任何数据，可以随时取消。",
        writes: bool = False,
    ) -> Job:
        """Do `work` beside the window; without `on_error` a refusal shows as an error band.

        `writes`: the register itself is written, so the status line says 正在写入 meanwhile.
        """
        job = Job(work, caption, on_done, on_error, on_cancelled, unit, written, writes)
        self._open.append(job)
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="worker", daemon=True)
            self._thread.start()
        self._waiting.put(job)
        QTimer.singleShot(SHOWN_AFTER, self, lambda: self._show(job))
        return job

    def busy(self) -> bool:
        """Whether work is under way."""
        return bool(self._open)

    def writing(self) -> bool:
        """Whether the register is being written."""
        return any(job.writes for job in self._open)

    def cancel(self) -> None:
        """Ask the work under way to stop; what it did is rolled back."""
        for job in self._open[:1]:
            job.stop.set()

    def close(self) -> None:
        """Stop everything, and wait a moment for the worker to roll back."""
        for job in self._open:
            job.stop.set()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join(5)
            self._thread = None

    # -- the worker's side --------------------------------------------------------------------

    def _serve(self) -> None:
        while (job := self._waiting.get()) is not None:
            before = sys.getswitchinterval()
            sys.setswitchinterval(_SWITCH)
            try:
                result, error = self._do(job), None
            except BaseException as caught:
                result, error = None, caught
            finally:
                sys.setswitchinterval(before)
            self._finished.emit(job, result, error)

    def _do(self, job: Job) -> Any:
        def progress(done: int, total: int) -> None:
            if job.stop.is_set():
                raise Cancelled
            now = time.monotonic()
            if now - job.last_told > 0.05 or done == total:
                job.last_told = now
                self._progressed.emit(job, done, total)

        if job.stop.is_set():
            raise Cancelled
        return job.work(progress, job.stop.is_set)

    # -- the window's side --------------------------------------------------------------------

    def _show(self, job: Job) -> None:
        if self._open and self._open[0] is job:
            self.shown.emit(job)

    def _on_progress(self, job: Job, done: int, total: int) -> None:
        if self._open and self._open[0] is job:
            self.moved.emit(done, total)

    def _on_finished(self, job: Job, result: Any, error: BaseException | None) -> None:
        self._open.remove(job)
        self.ended.emit()
        if error is None:
            if job.on_done is not None:
                job.on_done(result)
        elif isinstance(error, Cancelled):
            if job.on_cancelled is not None:
                job.on_cancelled()
        elif isinstance(error, UserError):
            if job.on_error is not None:
                job.on_error(error)
            else:
                self.refused.emit(error)
        else:
            self.failed.emit(error)

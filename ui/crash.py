"""What nobody expected: logged without personal data, told in one sentence, and the window lives.

Errors in slots and in worker threads are seen on the thread where they happened; a signal takes
them to the thread of the window. The log keeps types, files and lines, never messages or values.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections import Counter
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

_log = logging.getLogger("wxadmin.crash")
OFTEN = 3
"""The same fault this many times: offer to start again."""


def facts(error: BaseException) -> str:
    """Type and place of an error; its message may hold a name or a number, so it stays out."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    lines = [type(error).__name__, *places]
    if error.__cause__ is not None:
        lines += ["caused by", facts(error.__cause__)]
    return "\n".join(lines)


def _short(path: str) -> str:
    """The end of a path: the beginning may hold the user's name."""
    return "/".join(path.replace("\\", "/").split("/")[-2:])


class CrashGuard(QObject):
    """Catches what nobody caught; `seen(facts, count)` arrives on the window's thread."""

    seen = Signal(str, int)
    _caught = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[str] = Counter()
        self._hooks: tuple[Any, Any] | None = None
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Stand in for Python's own last word."""
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self.report(args.exc_value)

    def remove(self) -> None:
        """Give Python its last word back."""
        if self._hooks is not None:
            sys.excepthook, threading.excepthook = self._hooks
            self._hooks = None

    def report(self, error: BaseException | None) -> None:
        """Log an error and tell the window, from whichever thread."""
        if error is None or isinstance(error, SystemExit | KeyboardInterrupt):
            return
        _log.error("unexpected error: %s", facts(error).replace("\n", " | "))
        self._caught.emit(error)

    def _hook(
        self, kind: type[BaseException], error: BaseException, where: TracebackType | None
    ) -> None:
        self.report(error)

    def _tell(self, error: BaseException) -> None:
        told = facts(error)
        self._counts[told] += 1
        self.seen.emit(told, self._counts[told])

"""The first page, read by a child process while this one loads the window; it only ever reads.

Whatever stands in the way (no register, an older one, an act cut short, a copy handed over, a
lock) leaves the page away: the program then opens the register as it would without a child.
"""

from __future__ import annotations

import contextlib
import importlib.util
import pickle
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wxadmin.services.today import Today

HIDDEN_WORD = "--read-first-page"  # what the frozen program is started with to be the child
PATIENCE = 1.5  # seconds after its start until the child is given up
LARGE = 3000
"""With more people than this 今日 takes its time: the desk says so while it is read."""


@dataclass(frozen=True, slots=True)
class ReadyPage:
    """今日 and the company's name above the rail."""

    company: str
    today: Today


def read_ahead(register: Path) -> FirstPage | None:
    """Start the child; None where there is nothing a reader could open as it lies there."""
    if not register.exists() or _unfinished(register):
        return None
    try:
        return FirstPage(register, date.today())
    except OSError:  # no room for another process
        return None


def _unfinished(register: Path) -> bool:
    """Say whether opening the file, even to read, would put something right in it."""
    companions = (register.with_name(register.name + end) for end in ("-journal", "-wal"))
    return any(file.exists() and file.stat().st_size > 0 for file in companions)


def child_command() -> list[str]:
    """The words that start the child: isolated and without site, as the sheet reader is."""
    if getattr(sys, "frozen", False):
        return [sys.executable, HIDDEN_WORD]
    spec = importlib.util.find_spec("sqlalchemy")
    if spec is None or spec.origin is None:
        raise OSError("SQLAlchemy is not installed")
    folders = (str(Path(__file__).parents[1]), str(Path(spec.origin).parents[1]))
    start = (
        "import sys; sys.path[:0] = sys.argv[1:3]; "
        "from wxadmin.first_page import main; main(sys.argv[3:])"
    )
    # a virtual environment's launcher on Windows would be a second process around the real one
    program = getattr(sys, "_base_executable", "") if sys.platform == "win32" else ""
    return [program or sys.executable, "-I", "-S", "-X", "utf8", "-c", start, *folders]


class FirstPage:
    """The child as the window sees it: started, asked once, ended."""

    def __init__(self, register: Path, on: date) -> None:
        self._register, self._begun = register, time.monotonic()
        self._process = subprocess.Popen(
            [*child_command(), str(register), on.isoformat()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answer = b""
        self._ended = threading.Event()
        threading.Thread(target=self._receive, name="first-page", daemon=True).start()

    def _receive(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        with contextlib.suppress(OSError, ValueError), stream:
            self._answer = stream.read()
        self._ended.set()

    def take(self) -> ReadyPage | None:
        """Return the page; None where the child has none, is too slow, or the register is in use.

        It is waited for without doing anything meanwhile: the child may need this processor.
        """
        if not self._is_free():
            return None
        left = self._begun + PATIENCE - time.monotonic()
        if not self._ended.wait(max(left, 0)) or not self._answer:
            return None
        page = pickle.loads(self._answer)  # our own child wrote it
        return page if isinstance(page, ReadyPage) else None

    def _is_free(self) -> bool:
        """Say whether nobody else writes the register; else the refusal is what is to be seen."""
        from wxadmin.storage.lock import WriterLock

        lock = WriterLock(self._register)
        try:
            lock.acquire()
        except UserError:
            return False
        lock.release()
        return True

    def close(self) -> None:
        """End the child, whatever it is doing."""
        self._process.kill()
        self._process.wait()


def main(words: Sequence[str]) -> int:
    """Be the child: a register and a day; writes the page to standard output, or nothing."""
    import gc

    gc.disable()  # a short life
    register, on = Path(words[0]), date.fromisoformat(words[1])
    with contextlib.suppress(UserError):
        page = read_page(register, on)
        if page is not None:
            sys.stdout.buffer.write(pickle.dumps(page, pickle.HIGHEST_PROTOCOL))
            sys.stdout.buffer.flush()
    return 0


def read_page(register: Path, on: date) -> ReadyPage | None:
    """Read 今日; None of a register handed over, or a large one. Raises `UserError`."""
    from wxadmin import bootstrap
    from wxadmin.domain.person import Employee
    from wxadmin.services.reminders import Reminders

    workplace = bootstrap.open_workplace(
        str(register), writing=False, by=HIDDEN_WORD, clock=lambda: on
    )
    try:
        office = workplace.office()
        if office.handed_over_on is not None or workplace.store.count(Employee) > LARGE:
            return None
        return ReadyPage(office.company_name, Reminders(workplace).today())
    finally:
        workplace.close()

"""The reading child as the program sees it: started, asked, waited for, ended.

Whatever goes wrong in the child, a crash included, arrives here as a `UserError`.
"""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import marshal
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from wxadmin.domain.errors import UserError
from wxadmin.progress import Progress, silent
from wxadmin.sheets.refusals import sentence

log = logging.getLogger(__name__)

PATIENCE = 60.0  # seconds without any answer before the child is given up
HIDDEN_WORD = "--read-sheet"  # what the frozen program is started with to be the child
_BEAT = 0.1  # seconds between looks at whether the user wants to stop


def child_command() -> list[str]:
    """The words that start the child that reads workbooks."""
    return command_of("wxadmin.sheets.child", ("python_calamine",), HIDDEN_WORD)


def command_of(module: str, packages: Sequence[str], hidden_word: str) -> list[str]:
    """The words that start a reading child: its module's `main`, with the packages it needs.

    Isolated (-I) and without site (-S) it starts fast and sees nothing of the user's Python; the
    folders it needs are handed over. In the frozen program it is a hidden word of main.py.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, hidden_word]
    folders = [str(Path(__file__).parents[2])]
    for package in packages:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise RuntimeError(f"{package} is not installed")
        inside = 1 if spec.submodule_search_locations else 0
        folders.append(str(Path(spec.origin).parents[inside]))
    folders = list(dict.fromkeys(folders))
    start = f"import sys; sys.path[:0] = sys.argv[1:]; from {module} import main; main()"
    # a virtual environment's launcher on Windows would be a second process around the real one
    program = getattr(sys, "_base_executable", "") if sys.platform == "win32" else ""
    return [program or sys.executable, "-I", "-S", "-X", "utf8", "-c", start, *folders]


class Reader:
    """A reading child, started at once so that it is warm when the file is known."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._process = subprocess.Popen(
            self.command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=flags,
        )
        self._job = _confined(self._process, self.memory())
        self._answers: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self._closed = False
        self.sent_ahead: tuple[Path, str] | None = None  # a file on its way, and its hash
        self._receiver = threading.Thread(target=self._receive, name="sheet-reader", daemon=True)
        self._receiver.start()

    def command(self) -> list[str]:
        """The words the child is started with."""
        return child_command()

    def memory(self) -> int:
        """How many bytes the child may use at most."""
        from wxadmin.sheets.child import MEMORY

        return MEMORY

    def refused(self, code: str, file_name: str, **facts: str | int) -> UserError:
        """The refusal of a file, in the words for its kind."""
        return refused(code, file_name, **facts)

    def _receive(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        try:
            while len(length := stream.read(4)) == 4:
                packed = stream.read(int.from_bytes(length, "little"))
                self._answers.put(marshal.loads(packed))
        except (OSError, ValueError, EOFError):  # the child died in the middle of an answer
            pass
        finally:
            stream.close()
            self._answers.put(None)

    def send(self, request: tuple[Any, ...]) -> None:
        """Ask the child; one that has died is noticed when its answer is fetched."""
        stream = self._process.stdin
        assert stream is not None
        packed = marshal.dumps(request, 2)
        try:
            stream.write(len(packed).to_bytes(4, "little"))
            stream.write(packed)
            stream.flush()
        except OSError:
            log.warning("the reading child was gone before it was asked")

    def answer(self, file_name: str, progress: Progress = silent) -> tuple[Any, ...]:
        """Wait for the next answer; `progress` is called meanwhile and may raise `Cancelled`.

        Raises `UserError` for a refused file, a dead child and one that takes too long.
        """
        deadline = time.monotonic() + self.patience
        while True:
            try:
                answer = self._answers.get(timeout=_BEAT)
                break
            except queue.Empty:
                self._beat(progress)
            if time.monotonic() > deadline:
                self.close()
                raise self.refused("reader_slow", file_name, seconds=int(self.patience))
        if answer is None:
            self.close()
            log.warning("the reading child ended with %s", self._process.returncode)
            raise self.refused("reader_died", file_name)
        if answer[0] == "refused":
            self.close()
            raise self.refused(answer[1], file_name, **answer[2])
        if answer[0] == "broken":
            self.close()
            raise RuntimeError(f"the reading child failed: {answer[1]}")
        return answer

    def _beat(self, progress: Progress) -> None:
        try:
            progress(0, 0)
        except BaseException:
            self.close()
            raise

    @property
    def confined(self) -> bool:
        """Whether a Windows job limits the child; elsewhere it limits itself."""
        return self._job is not None

    @property
    def ended(self) -> bool:
        """Whether the child is gone."""
        return self._process.poll() is not None

    def hang_up(self) -> None:
        """Close the child's pipe, upon which it ends by itself."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):  # it was broken already
                self._process.stdin.close()

    def wait(self, seconds: float | None = None) -> int:
        """Wait for the child's end and return its exit code."""
        return self._process.wait(seconds)

    def close(self) -> None:
        """End the child; harmless when it has ended."""
        if self._closed:
            return
        self._closed = True
        self._process.kill()
        self.hang_up()
        self.wait()
        self._receiver.join()
        if self._job is not None:
            from wxadmin.sheets import job_object

            job_object.release(self._job)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def _confined(process: subprocess.Popen[bytes], memory: int) -> int | None:
    if sys.platform != "win32":
        return None
    from wxadmin.sheets import job_object

    return job_object.confine(int(process._handle), memory)  # type: ignore[attr-defined,unused-ignore]


def refused(code: str, file_name: str, **facts: str | int) -> UserError:
    """The refusal of a file, as a sentence that names it."""
    return UserError(sentence(code, file_name, facts), code)

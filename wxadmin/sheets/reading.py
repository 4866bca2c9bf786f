"""Read workbooks and text tables in a child process, so that no file can harm the program.

The file is read once, whole, and closed; its bytes go to a fresh interpreter (`sheets.child`) that
passes them through the gate, opens them and sends cells back in slices. Whatever goes wrong there,
a crash included, arrives here as a `UserError`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import marshal
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from wxadmin.domain.errors import UserError
from wxadmin.domain.sheet import Cell
from wxadmin.progress import Progress, silent
from wxadmin.sheets.refusals import sentence

log = logging.getLogger(__name__)

MAX_FILE = 100 * 1024 * 1024
PATIENCE = 60.0  # seconds without any answer before the child is given up
HIDDEN_WORD = "--read-sheet"  # what the frozen program is started with to be the child
HEAD_ROWS = 40
_BEAT = 0.1  # seconds between looks at whether the user wants to stop

Merge = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class SheetName:
    """One worksheet of a workbook; `name` is empty for a text table."""

    name: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A sheet's first rows as columns; merges count from 0 (top, left, bottom, right)."""

    height: int
    width: int
    columns: list[list[Cell]]
    merges: tuple[Merge, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All cells of a sheet, column by column, with its hidden rows (from 0) and merged ranges."""

    columns: list[list[Cell]]
    hidden_rows: tuple[int, ...]
    merges: tuple[Merge, ...]


def child_command() -> list[str]:
    """The words that start the reading child.

    Isolated (-I) and without site (-S) it starts fast and sees nothing of the user's Python; the
    two folders it needs are handed over. In the frozen program it is a hidden word of main.py.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, HIDDEN_WORD]
    spec = importlib.util.find_spec("python_calamine")
    if spec is None or spec.origin is None:
        raise RuntimeError("python-calamine is not installed")
    folders = (str(Path(__file__).parents[2]), str(Path(spec.origin).parents[1]))
    start = "import sys; sys.path[:0] = sys.argv[1:]; from wxadmin.sheets.child import main; main()"
    # a virtual environment's launcher on Windows would be a second process around the real one
    program = getattr(sys, "_base_executable", "") if sys.platform == "win32" else ""
    return [program or sys.executable, "-I", "-S", "-X", "utf8", "-c", start, *folders]


class Book:
    """A workbook opened by the child; ends the child when closed (use `with`)."""

    def __init__(self, reader: Reader, path: Path, progress: Progress = silent) -> None:
        data = _bytes(path)
        self.file_name = path.name
        self.reader = reader
        self.progress = progress
        reader.send(("open", path.suffix.lower(), data))
        self.sha256 = hashlib.sha256(data).hexdigest()
        del data
        answer = reader.answer(self.file_name, progress)
        self.encoding: str = answer[1]
        self.date1904: bool = answer[2]
        self.sheets = tuple(SheetName(name, hidden) for name, hidden in answer[3])

    def head(self, sheet: str) -> Head:
        """The sheet's size and first rows."""
        self.reader.send(("head", sheet, HEAD_ROWS))
        _, height, width, columns, merges = self.reader.answer(self.file_name, self.progress)
        return Head(height, width, columns, tuple(merges))

    def content(self, sheet: str) -> Content:
        """All cells of the sheet, taken over slice by slice."""
        self.reader.send(("rows", sheet))
        columns: list[list[Cell]] = []
        while True:
            answer = self.reader.answer(self.file_name, self.progress)
            if answer[0] == "end":
                return Content(columns, tuple(answer[1]), tuple(answer[2]))
            _, piece, done, total = answer
            if columns:
                for column, more in zip(columns, piece, strict=True):
                    column.extend(more)
            else:
                columns = piece
            self.progress(done, total)

    def close(self) -> None:
        """End the child."""
        self.reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Reader:
    """A reading child, started at once so that it is warm when the file is known."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._process = subprocess.Popen(
            child_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=flags,
        )
        self._job = _confined(self._process)
        self._answers: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self._closed = False
        threading.Thread(target=self._receive, name="sheet-reader", daemon=True).start()

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
                raise _refused("reader_slow", file_name, seconds=int(self.patience))
        if answer is None:
            self.close()
            log.warning("the reading child ended with %s", self._process.returncode)
            raise _refused("reader_died", file_name)
        if answer[0] == "refused":
            self.close()
            raise _refused(answer[1], file_name, **answer[2])
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

    def close(self) -> None:
        """End the child; harmless when it has ended."""
        if self._closed:
            return
        self._closed = True
        self._process.kill()
        if self._process.stdin is not None:
            try:
                self._process.stdin.close()
            except OSError:
                log.debug("the reading child's pipe was broken already")
        self._process.wait()
        if self._job is not None:
            from wxadmin.sheets import job_object

            job_object.release(self._job)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def start_reader() -> Reader:
    """Start the child now; load the register meanwhile and hand it to `open_book`/`read_table`."""
    return Reader()


def open_book(path: Path, progress: Progress = silent, reader: Reader | None = None) -> Book:
    """Open a file in the child.

    `progress` is called at least ten times a second (with 0, 0 while there is nothing to count);
    a `Cancelled` raised by it ends the child at once.
    """
    if reader is None:
        _check_path(path)  # a wrong path needs no child
        reader = start_reader()
    try:
        return Book(reader, path, progress)
    except BaseException:
        reader.close()
        raise


def _confined(process: subprocess.Popen[bytes]) -> int | None:
    if sys.platform != "win32":
        return None
    from wxadmin.sheets import job_object
    from wxadmin.sheets.child import MEMORY

    return job_object.confine(int(process._handle), MEMORY)  # type: ignore[attr-defined,unused-ignore]


def _refused(code: str, file_name: str, **facts: str | int) -> UserError:
    return UserError(sentence(code, file_name, facts), code)


def _check_path(path: Path) -> None:
    if path.name.startswith("~$"):
        raise _refused("lock_file", path.name)
    if path.is_dir():
        raise _refused("is_folder", path.name)
    if not path.exists():
        raise _refused("not_found", path.name)


def _bytes(path: Path) -> bytes:
    """The whole file; a handle is never kept, so it can be saved, moved or deleted right after."""
    _check_path(path)
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            limit = MAX_FILE // 1024 // 1024
            raise _refused("file_too_big", path.name, size=size // 1024 // 1024, limit=limit)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _refused("not_found", path.name) from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _refused("unreadable", path.name, why=why) from error

"""Read workbooks and text tables in a child process, so that no file can harm the program.

The file is read once, whole, and closed; its bytes go to a fresh interpreter (`sheets.child`) that
passes them through the gate, opens them and sends cells back in slices. Whatever goes wrong there,
a crash included, arrives here as a `UserError`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.sheet import Cell
from wxadmin.files import reason_of
from wxadmin.progress import Progress, silent
from wxadmin.sheets.reader import Reader, refused

MAX_FILE = 100 * 1024 * 1024
HEAD_ROWS = 40

Merge = tuple[int, int, int, int]
Columns = list[list[Cell]]
SeenSlice = Callable[[Columns, int], None]


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
    columns: Columns
    merges: tuple[Merge, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All cells of a sheet, column by column, with its hidden rows (from 0) and merged ranges."""

    columns: Columns
    hidden_rows: tuple[int, ...]
    merges: tuple[Merge, ...]


class Book:
    """A workbook opened by the child; ends the child when closed (use `with`)."""

    def __init__(self, reader: Reader, path: Path, progress: Progress = silent) -> None:
        self.file_name = path.name
        self.reader = reader
        self.progress = progress
        ahead = reader.sent_ahead
        self.sha256 = ahead[1] if ahead is not None and ahead[0] == path else _send(reader, path)
        answer = reader.answer(self.file_name, progress)
        self.encoding: str = answer[1]
        self.date1904: bool = answer[2]
        self.sheets = tuple(SheetName(name, hidden) for name, hidden in answer[3])

    def head(self, sheet: str) -> Head:
        """The sheet's size and first rows."""
        self.reader.send(("head", sheet, HEAD_ROWS))
        _, height, width, columns, merges = self.reader.answer(self.file_name, self.progress)
        return Head(height, width, columns, tuple(merges))

    def content(self, sheet: str, seen: SeenSlice | None = None) -> Content:
        """All cells of the sheet, taken over slice by slice; `seen` is shown each slice.

        With a slice go the rows before it, as a number.
        """
        self.reader.send(("rows", sheet))
        columns: Columns = []
        while True:
            answer = self.reader.answer(self.file_name, self.progress)
            if answer[0] == "end":
                return Content(columns, tuple(answer[1]), tuple(answer[2]))
            _, piece, done, total = answer
            if seen is not None:
                seen(piece, len(columns[0]) if columns else 0)
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

    def __exit__(self, *raised: object) -> None:
        self.close()


def start_reader() -> Reader:
    """Start the child now; load the register meanwhile and hand it to `open_book`/`read_table`."""
    return Reader()


def send_ahead(reader: Reader, path: Path) -> None:
    """Put a file on its way, so that the child is at work before anybody waits for it.

    What is wrong with the file is told when it is opened.
    """
    with suppress(UserError):
        reader.sent_ahead = (path, _send(reader, path))


def _send(reader: Reader, path: Path) -> str:
    """Send a file's bytes to the child and return their hash."""
    data = _bytes(path)
    reader.send(("open", path.suffix.lower(), data))
    return hashlib.sha256(data).hexdigest()


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


def _check_path(path: Path) -> None:
    if path.name.startswith("~$"):
        raise refused("lock_file", path.name)
    if path.is_dir():
        raise refused("is_folder", path.name)
    if not path.exists():
        raise refused("not_found", path.name)


def _bytes(path: Path) -> bytes:
    """The whole file; a handle is never kept, so it can be saved, moved or deleted right after."""
    _check_path(path)
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            limit = MAX_FILE // 1024 // 1024
            raise refused("file_too_big", path.name, size=size // 1024 // 1024, limit=limit)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise refused("not_found", path.name) from error
    except OSError as error:
        why = reason_of(error)
        raise refused("unreadable", path.name, why=why) from error

"""Read scans in a child process, so that no file can harm the program.

The file is read once, whole, and closed; its bytes go to a fresh interpreter (`scans.child`) that
renders the pages, finds the codes and cuts pages out. Whatever goes wrong there, a crash included,
arrives here as a `UserError`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from wxadmin.domain.errors import UserError
from wxadmin.domain.scan_sorting import CodeSeen, PageSeen
from wxadmin.files import reason_of
from wxadmin.progress import Progress, silent
from wxadmin.scans import gate
from wxadmin.scans.refusals import sentence
from wxadmin.sheets.reader import Reader, command_of

MAX_FILE = 200 * 1024 * 1024
HIDDEN_WORD = "--read-scan"  # what the frozen program is started with to be the child
_PACKAGES = ("pypdfium2", "pypdfium2_raw", "zxingcpp", "PIL")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as rows of red, green and blue, three bytes a pixel."""

    width: int
    height: int
    pixels: bytes


class ScanReader(Reader):
    """The child that reads scans."""

    def command(self) -> list[str]:
        return command_of("wxadmin.scans.child", _PACKAGES, HIDDEN_WORD)

    def memory(self) -> int:
        from wxadmin.scans.child import MEMORY

        return MEMORY

    def refused(self, code: str, file_name: str, **facts: str | int) -> UserError:
        return refused(code, file_name, **facts)


class Scan:
    """A scan opened by the child; ends the child when closed (use `with`).

    `reader` may be a child that is kept for several files; it is then left running.
    """

    def __init__(
        self, path: Path, progress: Progress = silent, reader: ScanReader | None = None
    ) -> None:
        data = _bytes(path)
        self.file_name = path.name
        self.sha256 = hashlib.sha256(data).hexdigest()
        self._progress = progress
        self._kept = reader
        self._reader = reader or ScanReader()
        try:
            self._reader.send(("open", data))
            self.count: int = self._reader.answer(self.file_name, progress)[1]
        except BaseException:
            self.close()
            raise

    def pages(self) -> list[PageSeen]:
        """Look for the codes on every page; progress counts the pages."""
        self._reader.send(("look",))
        found: list[PageSeen] = []
        while True:
            answer = self._reader.answer(self.file_name, self._progress)
            if answer[0] == "end":
                return found
            _, page, codes, bare = answer
            found.append(
                PageSeen(
                    page + 1,
                    tuple(CodeSeen(*code) for code in codes or ()),
                    bare,
                    readable=codes is not None,
                )
            )
            self._progress(len(found), self.count)

    def cut(self, pages: Sequence[int]) -> bytes:
        """Return some pages (from 1) as a PDF; the same pages always make the same bytes."""
        self._reader.send(("cut", [page - 1 for page in pages]))
        pdf: bytes = self._reader.answer(self.file_name, self._progress)[1]
        return pdf

    def picture(self, page: int, long_side: int) -> Picture:
        """Return a page (from 1) to look at, its longer side so many pixels."""
        self._reader.send(("picture", page - 1, long_side))
        return Picture(*self._reader.answer(self.file_name, self._progress)[1:])

    def scanned(self, page: int, degrees: float, strokes: Sequence[tuple[float, float]]) -> bytes:
        """Return a page (from 1) as if it had been signed and scanned, as a PDF."""
        self._reader.send(("scanned", page - 1, degrees, list(strokes)))
        pdf: bytes = self._reader.answer(self.file_name, self._progress)[1]
        return pdf

    def close(self) -> None:
        """End the child, unless it is kept for further files."""
        if self._kept is None:
            self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def is_paper(path: Path) -> bool:
    """Whether a file is a scan or a photo, judged by its first bytes and not by its name."""
    try:
        with path.open("rb") as file:
            return bool(gate.family(file.read(gate.HEAD)))
    except OSError:
        return False


def refused(code: str, file_name: str, **facts: str | int) -> UserError:
    """The refusal of a scan, as a sentence that names it."""
    return UserError(sentence(code, file_name, facts), code)


def _bytes(path: Path) -> bytes:
    """The whole file; a handle is never kept, so it can be moved or deleted right after."""
    if path.is_dir():
        raise refused("is_folder", path.name)
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            facts = {"size": size // 1024 // 1024, "limit": MAX_FILE // 1024 // 1024}
            raise refused("file_too_big", path.name, **facts)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise refused("not_found", path.name) from error
    except OSError as error:
        raise refused("unreadable", path.name, why=reason_of(error)) from error
    if not data:
        raise refused("empty_file", path.name)
    kind = gate.family(data[: gate.HEAD])
    if kind not in (gate.PDF, gate.PICTURE):
        raise refused(kind or "not_a_scan", path.name)
    return data

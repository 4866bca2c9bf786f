"""The child that reads scans: a fresh interpreter that opens one file and hands over its pages.

It limits its own memory, never touches a path, and ends when its pipe closes. Requests and
answers are marshalled tuples, each behind its length in four bytes:

    ("open", bytes)               → ("scan", pages)
    ("look",)                     → ("page", number, codes, bare) for each page, then ("end",)
    ("cut", [page, …])            → ("pdf", bytes)
    ("picture", page, long side)  → ("picture", width, height, bytes of RGB)
    ("scanned", page, degrees, [(x, y), …])  → ("pdf", bytes)

Pages count from 0; a page that cannot be read comes as ("page", number, None, False);
("refused", code, facts) at any time, ("broken", trace) for a fault of our own.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

from wxadmin.sheets.refusals import Refusal
from wxadmin.sheets.serving import Answer, limit_memory, serve

MEMORY = 1536 * 1024 * 1024


class _Talk:
    """Requests in, answers out; one scan at a time."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.source: Any = None

    def open(self, data: bytes) -> None:
        from wxadmin.scans.sources import open_source

        self.source = open_source(data)
        self.answer(("scan", self.source.count))

    def look(self) -> None:
        for page in range(self.source.count):
            self.answer(("page", page, *self._seen(page)))
        self.answer(("end",))

    def _seen(self, page: int) -> tuple[list[Any] | None, bool]:
        from wxadmin.scans.codes import codes_on, is_bare

        try:
            picture = self.source.grey(page)
        except Refusal as refusal:
            if self.source.count == 1 or refusal.code != "damaged":
                raise
            return None, False
        if is_bare(picture):
            return [], True
        return codes_on(picture), False

    def cut(self, pages: list[int]) -> None:
        self.answer(("pdf", self.source.cut(pages)))

    def picture(self, page: int, long_side: int) -> None:
        from wxadmin.scans.codes import upright

        picture = upright(self.source.picture(page, long_side))
        self.answer(("picture", picture.width, picture.height, picture.tobytes()))

    def scanned(self, page: int, degrees: float, strokes: list[tuple[float, float]]) -> None:
        from wxadmin.scans.scanner import scan_of
        from wxadmin.scans.sources import LONG_SIDE, know_pictures

        know_pictures()
        picture = self.source.picture(page, LONG_SIDE)
        self.answer(("pdf", scan_of(picture, degrees, strokes)))


def main(words: Sequence[str] = ()) -> int:
    """Answer requests until the pipe closes; takes no words."""
    limit_memory(MEMORY)
    warnings.simplefilter("ignore")  # what a picture library wonders about is no news
    from wxadmin.scans import codes, sources  # noqa: F401 - loaded while the parent is still busy

    return serve(_Talk)

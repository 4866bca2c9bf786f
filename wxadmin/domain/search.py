"""Search as she types: one line of text a person, narrowed from the last result."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

BETWEEN = "\x1f"
"""Stands between the parts of a search line, so that no hit reaches across two of them."""


def folded(text: str) -> str:
    """Return text as it is compared: full width folded, small letters."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def search_line(*parts: str, pinyin: str = "") -> str:
    """Return the line of one person: names, numbers, and the reading in full and by initials.

    `pinyin` are syllables parted by blanks ("li si"), found as lisi, ls and si.
    """
    syllables = pinyin.split(" ")
    reading = ("".join(syllables), "".join(s[:1] for s in syllables)) if pinyin else ()
    return folded(BETWEEN.join((*parts, *reading)))


class SearchIndex:
    """Finds ids by what is typed; words parted by blanks must all be there.

    Typing on narrows the last result, so that one more key costs less than the one before.
    """

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._ids: list[int] = []
        self._lines: list[str] = []
        for record_id, line in lines:
            self._ids.append(record_id)
            self._lines.append(line)
        self._last = ""
        self._hits: list[int] | None = None

    def __len__(self) -> int:
        return len(self._ids)

    def find(self, typed: str) -> list[int]:
        """Return the ids whose line holds every word, in the order of the index."""
        words = folded(typed).split()
        query = " ".join(words)
        if not words:
            self._last, self._hits = "", None
            return list(self._ids)
        places: Iterable[int] = range(len(self._ids))
        if self._hits is not None and query.startswith(self._last):
            places = self._hits
        lines = self._lines
        for word in words:
            places = [place for place in places if word in lines[place]]
        self._last, self._hits = query, list(places)
        ids = self._ids
        return [ids[place] for place in self._hits]

"""Search as she types: one line of text a person, narrowed from the last result."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key")
BETWEEN = "\x1f"
"""Stands between the parts of a search line, so that no hit reaches across two of them."""

_PLAIN_RUNS = re.compile("[!-~]+")


def folded(text: str) -> str:
    """Return text as it is compared: full width folded, small letters."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def search_line(*parts: str, pinyin: str = "") -> str:
    """Return the line of one person: names, numbers, and the reading in full and by initials.

    `pinyin` are syllables parted by blanks ("li si"), found as lisi, ls and si.
    """
    line = folded(BETWEEN.join(parts))
    syllables = folded(pinyin).split(" ")
    for reading in ("".join(syllables), "".join([syllable[:1] for syllable in syllables])):
        if reading not in line:  # mostly a userid begins with it: short lines are searched sooner
            line += BETWEEN + reading
    return line


class SearchIndex(Generic[Key]):
    """Finds keys by what is typed; words parted by blanks must all be there.

    Typing on narrows the last result, so that one more key costs less than the one before. What is
    in Chinese and what is in letters and digits are kept apart: a word can only stand in one of
    them, and either is short and quick to look through.
    """

    def __init__(self, lines: Iterable[tuple[Key, str]]) -> None:
        self._keys: list[Key] = []
        self._plain: list[str] = []
        self._wide: list[str] = []
        for key, line in lines:
            plain, wide = _parted(line)
            self._keys.append(key)
            self._plain.append(plain)
            self._wide.append(wide)
        self._last = ""
        self._hits: Sequence[int] = range(len(self._keys))

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, typed: str) -> list[Key]:
        """Return the keys whose line holds every word, in the order of the index."""
        words = folded(typed).split()
        query = " ".join(words)
        hits = self._hits if query.startswith(self._last) else range(len(self._keys))
        for word in words:
            hits = _holding(self._plain if word.isascii() else self._wide, word, hits)
        self._last, self._hits = query, hits
        if len(hits) == len(self._keys):
            return self._keys.copy()
        return list(map(self._keys.__getitem__, hits))


def _parted(line: str) -> tuple[str, str]:
    """Return what a line holds in letters and digits, and its parts that hold Chinese."""
    if line.isascii():
        return line, ""
    wide = [part for part in line.split(BETWEEN) if not part.isascii()]
    return BETWEEN.join(_PLAIN_RUNS.findall(line)), BETWEEN.join(wide)


def _holding(lines: Sequence[str], word: str, among: Sequence[int]) -> Sequence[int]:
    """Return the places of the lines that hold a word."""
    if len(among) == len(lines):  # going straight on is quicker than leaping
        return [place for place, line in enumerate(lines) if word in line]
    return [place for place in among if word in lines[place]]

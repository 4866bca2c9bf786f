"""How a Chinese name is read: surnames by their own table, for search and for proposed ids."""

from __future__ import annotations

import os
from functools import lru_cache

from wxadmin import paths
from wxadmin.policy.toml_file import read_toml

SURNAMES = "surnames.toml"


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return the readings of surnames that are read otherwise than elsewhere, compound ones too,
    and those of characters in given names."""
    data = read_toml(paths.RESOURCES / SURNAMES).data
    readings = {**data.get("single", {}), **data.get("compound", {})}
    surnames = {name: tuple(str(reading).split()) for name, reading in readings.items()}
    return surnames, {sign: str(reading) for sign, reading in data.get("given", {}).items()}


@lru_cache(maxsize=20_000)
def _reading(character: str) -> str:
    # names are read character by character: its 47,000 phrases (40 MiB) would never be asked
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin  # slow to load, and only ever needed for a new name

    return "".join(lazy_pinyin(character)).lower()


def syllables(name: str) -> tuple[str, ...]:
    """Return the reading of a name, one syllable a character: 曾单 is zeng dan, not ceng chan.

    Characters that are no Chinese stay as they are, in small letters; blanks are left out.
    """
    characters = "".join(name.split())
    surnames, given = _tables()
    for length in (2, 1):
        head = characters[:length]
        if head in surnames and (length == 1 or len(characters) > length):
            first = surnames[head]
            break
    else:
        first, length = tuple(map(_reading, characters[:1])), 1
    return first + tuple(given.get(sign) or _reading(sign) for sign in characters[length:])


def full_pinyin(name: str) -> str:
    """Return the reading of a name in one word: 欧阳锋 is ouyangfeng."""
    return "".join(syllables(name))


def initials(name: str) -> str:
    """Return the first letters of a name's syllables: 李四 is ls."""
    return "".join(syllable[:1] for syllable in syllables(name))

"""WeCom's error codes and messages, known again in a failure list or in pasted text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wxadmin.domain.frozen import dataclass

_NAMED_CODE = re.compile(
    r"(?:errcode|error\s*code|错误码|错误代码|代码|code)\D{0,4}(\d{4,6})", re.I
)
_ANY_CODE = re.compile(r"(?<![\w+])(\d{5,6})(?!\w)")
_BETWEEN = re.compile(r"[\s,，;；、:：|\"'“”‘’{}\[\]()（）《》<>=]+")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class WecomError:
    """What one or more codes mean; `words` are the alternatives a message is known by."""

    codes: tuple[int, ...]
    words: tuple[tuple[str, ...], ...]
    field: str
    cause: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Message:
    """A line that was understood, or not: its row (from 1), code ("" for none), and meaning."""

    row: int
    text: str
    code: str
    error: WecomError | None


class ErrorBook:
    """All errors there are words for."""

    def __init__(self, errors: Iterable[WecomError]) -> None:
        self._errors = tuple(errors)
        self._by_code = {str(code): error for error in self._errors for code in error.codes}

    def understood(self, row: int, text: str) -> Message:
        """Say what a line means: by a code it names, by any code it holds, by its words."""
        plain = unicodedata.normalize("NFKC", text).lower()
        named = _NAMED_CODE.search(plain)
        if named:
            return Message(row, text, named[1], self._by_code.get(named[1]))
        for code in _ANY_CODE.findall(plain):
            if code in self._by_code:
                return Message(row, text, code, self._by_code[code])
        for error in self._errors:
            if any(all(word in plain for word in words) for words in error.words):
                return Message(row, text, "", error)
        return Message(row, text, "", None)


def messages(lines: Iterable[str], book: ErrorBook) -> Iterator[Message]:
    """Yield what every line means that holds more than marks."""
    for row, line in enumerate(lines, 1):
        if tokens(line):
            yield book.understood(row, " ".join(line.split()))


def tokens(text: str) -> list[str]:
    """Return the pieces of a line in which an id, a number or a name may stand alone."""
    return [piece for piece in _BETWEEN.split(unicodedata.normalize("NFKC", text)) if piece]


def name_within(text: str, names: Mapping[str, object]) -> str:
    """Return the longest known name that stands anywhere in a running text, "" for none."""
    for length in range(_LONGEST_NAME, 1, -1):
        for start in range(len(text) - length + 1):
            if text[start : start + length] in names:
                return text[start : start + length]
    return ""


def masked(text: str) -> str:
    """Return a text with the middle of every mobile number covered."""
    return _MOBILE.sub(r"\1****\2", text)


def is_heading(text: str, headings: Sequence[str] = ("姓名", "帐号", "账号", "部门")) -> bool:
    """Say whether a line is the heading of a failure list: two of its columns stand alone."""
    return len(set(tokens(text)) & set(headings)) > 1

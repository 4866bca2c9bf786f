"""Find the line on which each key of a TOML text stands, for refusals that name the place."""

from __future__ import annotations

Key = str | int
KeyPath = tuple[Key, ...]

_BLANK = " \t\r"
_END_OF_BARE = ",]}\n#\r"


def find_lines(text: str) -> dict[KeyPath, int]:
    """Return {key path: line from 1} of a TOML text that tomli has already accepted.

    Array elements are named by their index: ("groups", 2, "rule").
    """
    scan = _Scan(text)
    scan.document()
    return scan.lines


class _Scan:
    """One walk through the text; it may trust the syntax, for tomli has read it before."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.lines: dict[KeyPath, int] = {}
        self.counts: dict[KeyPath, int] = {}  # how many [[tables]] of that name so far

    def peek(self, length: int = 1) -> str:
        return self.text[self.at : self.at + length]

    def step(self, length: int = 1) -> str:
        taken = self.peek(length)
        self.line += taken.count("\n")
        self.at += length
        return taken

    def skip(self, blanks: str = _BLANK + "\n") -> None:
        """Pass blanks, and comments with them."""
        while (here := self.peek()) and (here in blanks or here == "#"):
            if here == "#":
                while self.peek() not in ("", "\n"):
                    self.step()
            else:
                self.step()

    def document(self) -> None:
        table: KeyPath = ()
        self.skip()
        while self.peek():
            if self.peek() == "[":
                table = self.heading()
            else:
                self.assignment(table)
            self.skip()

    def heading(self) -> KeyPath:
        line, opening = self.line, self.step(2 if self.peek(2) == "[[" else 1)
        path = self.resolved(self.key("]"))
        self.step(len(opening))
        if opening == "[[":
            self.lines.setdefault(path, line)
            self.counts[path] = self.counts.get(path, 0) + 1
            path = (*path, self.counts[path] - 1)
        self.note(path, line)
        return path

    def resolved(self, parts: list[str]) -> KeyPath:
        """Name the latest element wherever a part of the heading is an array of tables."""
        path: KeyPath = ()
        for number, part in enumerate(parts, start=1):
            path = (*path, part)
            if number < len(parts) and path in self.counts:
                path = (*path, self.counts[path] - 1)
        return path

    def note(self, path: KeyPath, line: int) -> None:
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def key(self, end: str) -> list[str]:
        parts: list[str] = []
        self.skip(_BLANK)
        while self.peek() not in (end, ""):
            if self.peek() in "\"'":
                parts.append(self.quoted()[1:-1])
            else:
                start = self.at
                while self.peek() not in (end, ".", "") and self.peek() not in _BLANK:
                    self.step()
                parts.append(self.text[start : self.at])
            self.skip(_BLANK)
            if self.peek() == ".":
                self.step()
                self.skip(_BLANK)
        return parts

    def assignment(self, table: KeyPath) -> None:
        line = self.line
        path = (*table, *self.key("="))
        self.note(path, line)
        self.step()
        self.value(path)

    def value(self, path: KeyPath) -> None:
        self.skip(_BLANK)
        here = self.peek()
        if here in ("'", '"'):
            self.quoted()
        elif here == "[":
            self.array(path)
        elif here == "{":
            self.inline_table(path)
        else:
            while self.peek() and self.peek() not in _END_OF_BARE:
                self.step()

    def array(self, path: KeyPath) -> None:
        self.step()
        number = 0
        self.skip()
        while self.peek() != "]":
            self.note((*path, number), self.line)
            self.value((*path, number))
            number += 1
            self.skip()
            if self.peek() == ",":
                self.step()
                self.skip()
        self.step()

    def inline_table(self, path: KeyPath) -> None:
        self.step()
        self.skip()
        while self.peek() != "}":
            self.assignment(path)
            self.skip()
            if self.peek() == ",":
                self.step()
                self.skip()
        self.step()

    def quoted(self) -> str:
        start, quote = self.at, self.peek()
        fence = quote * 3 if self.peek(3) == quote * 3 else quote
        self.step(len(fence))
        while self.peek(len(fence)) != fence:
            self.step(2 if quote == '"' and self.peek() == "\\" else 1)
        self.step(len(fence))
        while len(fence) == 3 and self.peek() == quote:  # up to two more belong to the text
            self.step()
        return self.text[start : self.at]

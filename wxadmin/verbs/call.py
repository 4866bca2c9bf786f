"""What a verb is handed and what it hands back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from wxadmin.domain.errors import UserError
from wxadmin.services.workplace import Workplace

DONE, REFUSED, WRONG_WORDS, STOPPED = 0, 1, 2, 3


@dataclass(frozen=True)
class Call:
    """One call of a verb: its words, where the register is, and how to open it.

    `open` opens the register for reading or writing; `create` makes a new one, elsewhere where a
    place is given; `printing` loads the printing room (the core itself knows no Qt), and
    `pictures` draws every desk of a register into a folder, None where there is no window.
    """

    words: Namespace
    register: str
    clock: Callable[[], date]
    open: Callable[[bool], Workplace]
    create: Callable[..., Workplace]
    printing: Callable[[], Any]
    pictures: Callable[[str, Path, date], list[Path]] | None = None

    def today(self) -> date:
        """Return the day everything is judged by."""
        return self.clock()


@dataclass(frozen=True)
class Outcome:
    """What a verb has to say: an object for scripts, lines for people, an exit code."""

    data: dict[str, Any]
    lines: Sequence[str] = ()
    code: int = DONE


class Verb(Protocol):
    """What a verb's module offers."""

    HELP: str

    def add_words(self, parser: ArgumentParser) -> None:
        """Declare the words it takes."""

    def run(self, call: Call) -> Outcome:
        """Do it. Raises `UserError` for a refusal."""


class RefusalWithData(UserError):  # noqa: N818 - a refusal, like UserError
    """A refusal that carries more than its sentence: `data` is shown with `--json`."""

    def __init__(self, message: str, code: str, data: dict[str, Any]) -> None:
        super().__init__(message, code)
        self.data = data


@dataclass
class Table:
    """Columns of text for people, aligned by width (a Chinese character takes two)."""

    heads: Sequence[str]
    rows: list[Sequence[object]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the lines of the table."""
        cells = [[_text(cell) for cell in row] for row in (self.heads, *self.rows)]
        widths = [max(_width(row[i]) for row in cells) for i in range(len(self.heads))]
        return [
            "  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip()
            for row in cells
        ]


def _text(value: object) -> str:
    return "—" if value in (None, "") else str(value)


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)

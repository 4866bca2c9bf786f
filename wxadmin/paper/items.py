"""What stands on a sheet of paper: lines, frames, texts and codes at places in millimetres."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import Protocol

from wxadmin.domain.frozen import dataclass

MM_PER_POINT = 25.4 / 72

SMALLEST_PT = 8.0  # smaller cannot be read on an office printer; longer text goes to another page


class FontRole(StrEnum):
    """The faces of a Chinese office paper; the painter finds the font the machine has for each."""

    SONG = "song"  # 宋体: body and titles
    HEI = "hei"  # 黑体: marks and headings
    FANG = "fang"  # 仿宋: clauses


@dataclass(frozen=True, slots=True)
class Face:
    """How a text is set."""

    size_pt: float = 10.5
    role: FontRole = FontRole.SONG
    bold: bool = False

    @property
    def size(self) -> float:
        """The height of a character in mm."""
        return self.size_pt * MM_PER_POINT


class Measure(Protocol):
    """Tells how wide a text is in mm; the front end knows the fonts, this room does not."""

    def __call__(self, text: str, face: Face) -> float:
        """Return the width in mm of `text` set in `face`."""


@dataclass(frozen=True, slots=True)
class Box:
    """A frame; `line` is the width of its stroke in mm, drawn centred on the edge."""

    x: float
    y: float
    w: float
    h: float
    line: float = 0.18


@dataclass(frozen=True, slots=True)
class Line:
    """A straight stroke."""

    x1: float
    y1: float
    x2: float
    y2: float
    line: float = 0.18


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `x` is its left end, `y` its baseline."""

    x: float
    y: float
    text: str
    face: Face = Face()


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code without its quiet zone; `x`, `y` its upper left corner, `size` its side."""

    x: float
    y: float
    size: float
    modules: tuple[bytes, ...]  # one byte a module, 1 is black


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG or JPEG) filling a rectangle."""

    x: float
    y: float
    w: float
    h: float
    data: bytes = field(repr=False)


Item = Box | Line | Text | QrCode | Picture


@dataclass(frozen=True, slots=True)
class Page:
    """One side of paper with what stands on it."""

    width: float
    height: float
    items: tuple[Item, ...]

    def texts(self) -> list[str]:
        """Return every text on the page in the order it is drawn."""
        return [item.text for item in self.items if isinstance(item, Text)]

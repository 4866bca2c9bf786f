"""Read the company's mark (标志): PNG or JPEG, told by its content and not by its name."""

from __future__ import annotations

import struct
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.domain.form_definition import Logo
from wxadmin.files import reason_of

MOST_BYTES = 2_000_000
MOST_PIXELS = 4000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Segments of a JPEG that say how large the picture is."""


def read_logo(path: Path) -> Logo:
    """Return a picture with its size. Raises `UserError` where the file is none, or too large."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise _refusal(path, f"打不开（{reason_of(error)}）") from error
    if not data and size:
        raise _refusal(path, f"有{size / 1e6:.1f}MB，太大了，不要超过2MB")
    found = size_of(data)
    if found is None:
        raise _refusal(path, "不是图片，或者图片已经损坏；请用 PNG 或 JPG 图片")
    width, height = found
    if max(width, height) > MOST_PIXELS:
        raise _refusal(path, f"有{width}×{height}点，太大了，每边不要超过{MOST_PIXELS}点")
    return Logo(path.name, width, height, data)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels, None for what is no whole PNG or JPEG."""
    size = None
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and b"IEND" in data[-16:]:
        size = struct.unpack(">II", data[16:24])
    elif data.startswith(_JPEG) and b"\xff\xd9" in data[-64:]:
        size = _jpeg_size(data)
    return size if size and min(size) > 0 else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _refusal(path: Path, reason: str) -> UserError:
    return UserError(f"标志“{path.name}”{reason}。", "bad_logo")

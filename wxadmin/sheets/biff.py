"""What the fast reader drops from an old .xls/.et workbook: errors, padded numbers, hidden rows.

Runs in the reading child. It walks the BIFF8 records and takes only what it knows; whatever it
cannot follow is left to the fast reader, which judges whether the file is sound.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from wxadmin.sheets.prescan import SheetFacts

_END = 0xFFFFFFFC  # this and above mark the end of a chain
_FORMULA, _DATE_MODE, _SHEET, _MANY_NUMBERS = 0x06, 0x22, 0x85, 0xBD
_NUMBER, _ERROR, _ROW, _SHORT_NUMBER = 0x203, 0x205, 0x208, 0x27E
_FORMAT, _CELL_FORMAT, _BEGIN, _FINISH = 0x41E, 0xE0, 0x809, 0x0A
_CELLS = frozenset((_FORMULA, _MANY_NUMBERS, _NUMBER, _ERROR, _ROW, _SHORT_NUMBER))
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}
_HIDDEN = 0x20
_ZEROS = re.compile(r"^(0{2,})(?:;@|_ )?$")


class OldBookFacts:
    """The facts of all sheets by name, and the workbook's calendar."""

    def __init__(self, data: bytes) -> None:
        self.date1904 = False
        self.sheets: dict[str, SheetFacts] = {}
        self._widths: dict[int, int] = {}
        self._padded: dict[int, int] = {}
        try:
            stream = _stream(data)
            for name, offset in self._globals(stream):
                self.sheets[name] = self._sheet(stream, offset)
        except (struct.error, IndexError, UnicodeDecodeError, ValueError):
            return  # not the BIFF8 we know

    def _globals(self, stream: bytes) -> list[tuple[str, int]]:
        sheets = []
        styles = 0
        for kind, body in _records(stream, 0):
            if kind == _DATE_MODE:
                self.date1904 = body[0] == 1
            elif kind == _SHEET:
                sheets.append((_text(body, 6, 1), struct.unpack_from("<I", body)[0]))
            elif kind == _FORMAT:
                match = _ZEROS.match(_text(body, 2, 2).replace('"', ""))
                if match:
                    self._widths[struct.unpack_from("<H", body)[0]] = len(match[1])
            elif kind == _CELL_FORMAT:
                width = self._widths.get(struct.unpack_from("<H", body, 2)[0])
                if width:
                    self._padded[styles] = width
                styles += 1
        return sheets

    def _sheet(self, stream: bytes, offset: int) -> SheetFacts:
        facts = SheetFacts()
        for kind, body in _records(stream, offset):
            if kind not in _CELLS:
                continue
            row, column, style = struct.unpack_from("<HHH", body)
            if kind == _ROW:
                if body[12] & _HIDDEN:
                    facts.hidden_rows.append(row)
            elif kind in (_ERROR, _FORMULA):
                mark = _error(kind, body)
                if mark:
                    facts.marks.setdefault(row, []).append((column, mark))
            elif self._padded:
                for place, one, number in _numbers(kind, body, column, style):
                    width = self._padded.get(one)
                    if width and number >= 0 and number.is_integer():
                        mark_text = str(int(number)).zfill(width)
                        facts.marks.setdefault(row, []).append((place, mark_text))
        return facts


def _stream(data: bytes) -> bytes:
    """The workbook's stream out of the compound file, along its chain of sectors."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    tables = struct.unpack_from("<109I", data, 76)[: struct.unpack_from("<I", data, 44)[0]]
    chain: list[int] = []
    for table in tables:
        chain += struct.unpack_from(f"<{size // 4}I", data, (table + 1) * size)

    def along(sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < _END and len(pieces) <= len(chain):
            pieces.append(data[(sector + 1) * size : (sector + 2) * size])
            sector = chain[sector]
        return b"".join(pieces)

    folder = along(struct.unpack_from("<I", data, 48)[0])
    for start in range(0, len(folder) - 127, 128):
        length = struct.unpack_from("<H", folder, start + 64)[0]
        name = folder[start : start + max(0, length - 2)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            sector, total = struct.unpack_from("<II", folder, start + 116)
            return along(sector)[:total] if total >= 4096 else b""
    return b""


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream; charts embedded in a sheet are stepped over."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        body = stream[position + 4 : position + 4 + length]
        position += 4 + length
        if kind == _BEGIN:
            depth += 1
        elif kind == _FINISH:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, body


def _text(body: bytes, at: int, width: int) -> str:
    length = int.from_bytes(body[at : at + width], "little")
    wide = body[at + width] & 1
    start = at + width + 1
    if wide:
        return body[start : start + 2 * length].decode("utf-16-le")
    return body[start : start + length].decode("latin-1")


def _error(kind: int, body: bytes) -> bytes | None:
    if kind == _ERROR:
        code, is_error = body[6], body[7]
        return _ERRORS.get(code, "#N/A").encode() if is_error else None
    result = body[6:14]
    if result[6:8] == b"\xff\xff" and result[0] == 2:
        return _ERRORS.get(result[2], "#N/A").encode()
    return None


def _numbers(kind: int, body: bytes, column: int, style: int) -> Iterator[tuple[int, int, float]]:
    """The numbers of a record as (column, cell style, value)."""
    if kind == _NUMBER:
        yield column, style, struct.unpack_from("<d", body, 6)[0]
    elif kind == _SHORT_NUMBER:
        yield column, style, _short(struct.unpack_from("<I", body, 6)[0])
    elif kind == _MANY_NUMBERS:
        for index in range((len(body) - 6) // 6):
            one, packed = struct.unpack_from("<HI", body, 4 + 6 * index)
            yield column + index, one, _short(packed)


def _short(packed: int) -> float:
    """A number packed into 30 bits, whole or the upper half of a double, perhaps times 100."""
    if packed & 2:
        number = float(struct.unpack("<i", struct.pack("<I", packed))[0] >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return number / 100 if packed & 1 else number

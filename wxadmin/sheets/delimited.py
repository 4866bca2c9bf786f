"""Text tables (CSV, TSV): find the encoding and the delimiter, never guess between two readings.

Runs in the reading child.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from wxadmin.sheets.refusals import Refusal

MAX_LINE = 1_000_000
MAX_CELL = 131_072

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8（带 BOM）"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
_LITERAL = re.compile(r'^="(.*)"$')
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_FORMULA_GUARD = ("'=", "'+", "'-", "'@", "'\t")


def read_text(data: bytes, suffix: str, most: int) -> tuple[list[list[str]], str]:
    """Read the rows of a text table and name its encoding; more than `most` with text is refused.

    They are counted while they are read: a file of millions must not fill the memory first.
    """
    text, encoding = _decoded(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check_lines(text)
    text, delimiter = _delimiter(text)
    if delimiter is None and suffix not in (".csv", ".tsv", ".txt"):
        raise Refusal("plain_text")
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(_lines(text), delimiter=delimiter or ",", strict=True)
    rows: list[list[str]] = []
    start, filled = 1, 0
    try:
        for row in reader:
            filled += any(row)
            if filled > most:
                raise Refusal("too_many_rows", where="", limit=most)
            rows.append(row)
            start = reader.line_num + 1
    except csv.Error as error:
        code = "long_line" if "limit" in str(error) else "open_quote"
        raise Refusal(code, line=start) from error
    return _plain(rows), encoding


def _lines(text: str) -> Iterator[str]:
    """Line by line without a second copy of the whole text."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _decoded(data: bytes) -> tuple[str, str]:
    for bom, codec, label in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], codec), label
    if data[1::2].count(0) > len(data) // 5:
        return _strictly(data, "utf-16-le"), "UTF-16"
    if _mostly_noise(data):
        raise Refusal("not_a_sheet")
    if b"\x00" in data:
        raise Refusal("not_text", line=data[: data.index(b"\x00")].count(b"\n") + 1)
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        _refuse_mixture(data)
    return _strictly(data, "gb18030"), "GB18030（GBK）"


def _strictly(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refusal("not_text", line=line) from error


def _mostly_noise(data: bytes) -> bool:
    head = data[:4096]
    return len(head.translate(None, bytes(range(9)) + bytes(range(14, 32)))) < len(head) * 0.97


def _refuse_mixture(data: bytes) -> None:
    """The file is not UTF-8; a line that surely is UTF-8 then belongs to another encoding."""
    for number, line in enumerate(data.splitlines(), 1):
        if line.isascii():
            continue
        try:
            foreign = re.sub("[^一-鿿]", "", line.decode("utf-8"))
        except UnicodeDecodeError:
            continue
        if len(foreign) >= 2:
            raise Refusal("mixed_encodings", line=number)


def _check_lines(text: str) -> None:
    for number, line in enumerate(_lines(text), 1):
        if len(line) > MAX_LINE:
            raise Refusal("long_line", line=number)
    control = _CONTROL.search(text)
    if control:
        raise Refusal("not_text", line=text[: control.start()].count("\n") + 1)


def _delimiter(text: str) -> tuple[str, str | None]:
    """Take the delimiter a first line `sep=` names, else the one most used outside quotes."""
    if text[:4].lower() == "sep=" and text[4:5]:
        return text.partition("\n")[2], text[4]
    head = re.sub(r'"[^"]*"', "", "\n".join(text.split("\n", 31)[:31]))
    counts = {sign: head.count(sign) for sign in ",\t;"}
    best = max(counts, key=lambda sign: counts[sign])
    return text, best if counts[best] else None


def _plain(rows: list[list[str]]) -> list[list[str]]:
    """Undo what programs add to keep a cell from being read as a formula or a number."""
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        for index, cell in enumerate(row):
            if cell[:1] == "=" and (match := _LITERAL.match(cell)):
                row[index] = match[1]
            elif cell[:1] == "'" and (cell[:2] in _FORMULA_GUARD or cell[1:2].isdigit()):
                row[index] = cell[1:]
        row.extend([""] * (width - len(row)))
    return rows

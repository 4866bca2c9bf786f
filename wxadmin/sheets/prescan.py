"""What the fast reader drops: errors, padded numbers, hidden rows, far cells, workbook facts.

Runs in the reading child, beside the fast reader. A sheet without any sign of these is only
checked for being well-formed; with a sign it is walked cell by cell.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from wxadmin.sheets.gate import check_xml
from wxadmin.sheets.refusals import Refusal

NO_RESULT = b"#="
MAX_AREA = 24_000_000  # cells between the first and the last text; the reader lays them all out

_FAR = re.compile(rb"r=[\"'](?:[A-Z]{3}[0-9]|[0-9]{6})")  # one search tells it of most sheets
_FAR_COLUMN = re.compile(rb"r=[\"'][A-Z]{3}[0-9]")
_FAR_ROW = re.compile(rb"row r=[\"'][0-9]{6}")
_MANY_ROWS = 100_000
_ZEROS = re.compile(r"^(0{2,})(?:;@|_ )?$")
_SIGNS = (b't="e"', b"hidden=", b"<f")
_TASTE = 4_000  # bytes that show how a writer quotes

Attributes = dict[str, str]


def _elements(part: bytes) -> list[tuple[str, Attributes]]:
    """All elements of a small part as (local name, attributes with local names)."""
    found: list[tuple[str, Attributes]] = []

    def start(name: str, attributes: Attributes) -> None:
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append((name.rpartition(":")[2], local))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise Refusal("damaged") from error
    return found


class BookFacts:
    """Which part holds which sheet, which formats pad numbers, and the workbook's calendar."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.date1904 = False
        self.sheets: dict[str, str] = {}
        targets = _targets(parts.get("xl/_rels/workbook.xml.rels", b""))
        for name, attributes in _elements(parts["xl/workbook.xml"]):
            if name == "workbookPr":
                self.date1904 = attributes.get("date1904") in ("1", "true")
            elif name == "sheet":
                self.sheets[attributes.get("name", "")] = targets.get(attributes.get("id", ""), "")
        self.zero_styles = _zero_styles(parts.get("xl/styles.xml", b""))
        self.pictures = any(b"DISPIMG" in part for part in parts.values())


def _targets(rels: bytes) -> dict[str, str]:
    targets = {}
    for name, attributes in _elements(rels) if rels else []:
        if name == "Relationship":
            target = attributes.get("Target", "").replace("\\", "/").lower()
            path = target.lstrip("/") if target.startswith("/") else "xl/" + target
            targets[attributes.get("Id", "")] = path.replace("/./", "/")
    return targets


def _zero_styles(styles: bytes) -> dict[str, int]:
    """Cell styles whose number format is nothing but zeros, with the width they pad to."""
    widths: dict[str, int] = {}
    padded: dict[str, int] = {}
    inside, index = False, 0
    for name, attributes in _elements(styles) if styles else []:
        if name == "numFmt":
            match = _ZEROS.match(attributes.get("formatCode", "").replace('"', ""))
            if match:
                widths[attributes.get("numFmtId", "")] = len(match[1])
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            if attributes.get("numFmtId") in widths:
                padded[str(index)] = widths[attributes["numFmtId"]]
            index += 1
    return padded


class SheetFacts:
    """What one sheet's XML says beyond its plain values; rows and columns count from 0."""

    def __init__(self) -> None:
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.marks: dict[int, list[tuple[int, str | bytes]]] = {}
        self.far: tuple[int, int] = (0, 0)
        self.area = 0


def lies_far_out(xml: bytes) -> bool:
    """Whether some cell lies far from the rest; such a sheet must be walked before it is read.

    Many rows in a row are no matter: the reader's table is then full, not empty.
    """
    if not _FAR.search(xml):
        return False
    if _FAR_COLUMN.search(xml):
        return True
    return _FAR_ROW.search(xml) is not None and xml.count(b"row ") < _MANY_ROWS


def scan(xml: bytes, zero_styles: dict[str, int]) -> SheetFacts:
    """Check the sheet and collect its facts, walking it only when there is a sign of any."""
    padded = any(f's="{style}"'.encode() in xml for style in zero_styles)
    if padded or _has_sign(xml):
        return walk(xml, zero_styles)
    check_xml(xml)
    return SheetFacts()


def _has_sign(xml: bytes) -> bool:
    """Whether anything in the sheet calls for a walk; three searches tell it of usual writers."""
    start = xml.find(b"<sheetData")
    usual = start >= 0 and b"='" not in xml[start : start + _TASTE]
    return not usual or any(sign in xml for sign in _SIGNS)


def walk(xml: bytes, zero_styles: dict[str, int]) -> SheetFacts:
    """Go through the sheet cell by cell."""
    walker = _Walker(zero_styles)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise Refusal("damaged") from error
    walker.facts.area = (walker.last_row + 1) * (walker.last_column + 1)
    return walker.facts


class _Walker:
    def __init__(self, zero_styles: dict[str, int]) -> None:
        self.facts = SheetFacts()
        self.zero_styles = zero_styles
        self.row, self.column = -1, -1
        self.last_row, self.last_column = 0, 0
        self.cell: Attributes = {}
        self.value: list[str] = []
        self.formula: list[str] = []
        self.taking: list[str] | None = None
        self.has_formula = False

    def start(self, name: str, attributes: Attributes) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._place(attributes)
        elif name == "v" or name == "t":
            self.taking = self.value
        elif name == "f":
            self.has_formula = True
            self.taking = self.formula
        elif name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.facts.hidden_rows.append(self.row)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.facts.hidden_columns.extend(range(first - 1, min(last, 16384)))

    def _place(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference:
            column = 0
            for sign in reference:
                if not sign.isalpha():
                    break
                column = column * 26 + ord(sign.upper()) - 64
            self.column = column - 1
        else:
            self.column += 1
        self.cell = attributes
        self.value.clear()
        self.formula.clear()
        self.has_formula = False

    def text(self, text: str) -> None:
        if self.taking is not None:
            self.taking.append(text)

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("v", "t", "f"):
            self.taking = None
        elif name == "c":
            self._finish("".join(self.value))

    def _finish(self, value: str) -> None:
        kind = self.cell.get("t", "n")
        if value:
            if self.row > self.last_row:
                self.last_row, self.facts.far = self.row, (self.row, self.column)
            if self.column > self.last_column:
                self.last_column, self.facts.far = self.column, (self.row, self.column)
        mark = self._mark(kind, value)
        if mark is not None:
            self.facts.marks.setdefault(self.row, []).append((self.column, mark))

    def _mark(self, kind: str, value: str) -> str | bytes | None:
        if kind == "e":
            return value.encode() if value[:1] == "#" else b"#?"
        if self.has_formula and not value and kind != "str":
            return "" if "DISPIMG" in "".join(self.formula) else NO_RESULT
        width = self.zero_styles.get(self.cell.get("s", ""), 0)
        if width and kind == "n" and value.isdigit():
            return value.zfill(width)
        return None

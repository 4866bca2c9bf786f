"""The gate before any reader: what the bytes really are, and whether a package is safe to open.

Runs in the reading child. Magic bytes decide, never the suffix; a package is inflated and counted
here first, so that a bomb, a twin part or an entity never reaches a reader.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from wxadmin.sheets.refusals import Refusal

MAX_PARTS = 2_000
MAX_INFLATED = 100 * 1024 * 1024
MAX_RATIO = 200
_RATIO_COUNTS_FROM = 1024 * 1024  # below this a high ratio only means a small, repetitive file
_SLICE = 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM6", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "word"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "password"),
    ("WordDocument", "word"),
    ("PowerPoint Document", "slides"),
)
_ZIP_KINDS = (
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "word"),
    ("ppt/presentation.xml", "slides"),
    ("content.xml", "ods"),
)


def family(data: bytes) -> str:
    """Tell what the bytes are: `zip`, `ole` or `text`; anything else is refused by its name."""
    if not data:
        raise Refusal("empty_file")
    if data[:2] == b"PK":
        return "zip"
    if data[:8] == _OLE:
        return _ole(data)
    for magic, code in _MAGIC:
        if data.startswith(magic):
            raise Refusal(code)
    _refuse_markup(data)
    return "text"


def _ole(data: bytes) -> str:
    if len(data) < 1536:
        raise Refusal("damaged")
    for stream, code in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            raise Refusal(code)
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise Refusal("not_a_sheet")
    return "ole"


def _refuse_markup(data: bytes) -> None:
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not head.startswith(b"<"):
        return
    if b"schemas-microsoft-com:office:spreadsheet" in head or b'progid="excel.sheet"' in head:
        raise Refusal("xml2003")
    if re.search(rb"<(!doctype html|html|table|head|meta|style|div)\b", head):
        raise Refusal("html")
    raise Refusal("not_a_sheet")


class Package:
    """A checked workbook package: its XML parts by their lower-case name with `/`."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.parts: dict[str, bytes] = {}
        self._recoded: dict[str, bytes] = {}
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._check_names(archive.infolist())
                self._inflate(archive)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise Refusal("damaged") from error
        except (ValueError, RuntimeError, UnicodeError) as error:
            raise Refusal("damaged") from error
        self._check_kind()

    def _check_names(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > MAX_PARTS:
            raise Refusal("too_many_parts", count=len(entries))
        seen: set[str] = set()
        for entry in entries:
            if entry.flag_bits & 1:
                raise Refusal("password")
            name = _part_name(entry)
            if name in seen:
                raise Refusal("twin_parts", part=entry.filename)
            seen.add(name)
        self.names = seen

    def _inflate(self, archive: zipfile.ZipFile) -> None:
        total = 0
        most = min(MAX_INFLATED, max(_RATIO_COUNTS_FROM, len(self.data) * MAX_RATIO))
        for entry in archive.infolist():
            pieces = []
            with archive.open(entry) as stream:
                while piece := stream.read(_SLICE):
                    total += len(piece)
                    if total > most:
                        raise Refusal("too_big_inside", limit=MAX_INFLATED // 1024 // 1024)
                    pieces.append(piece)
            name = _part_name(entry)
            if name.endswith((".xml", ".rels", ".vml")):
                self._keep(name, b"".join(pieces))

    def _keep(self, name: str, part: bytes) -> None:
        if part[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = re.sub(r'encoding=["\'][^"\']*["\']', 'encoding="UTF-8"', part.decode("utf-16"))
            part = text.encode("utf-8")
            self._recoded[name] = part
        _refuse_declarations(part)
        if name.startswith("xl/") or "/" not in name or name == "_rels/.rels":
            self.parts[name] = part

    def _check_kind(self) -> None:
        if "xl/workbook.xml" in self.parts:
            return
        for part, code in _ZIP_KINDS:
            if part in self.names:
                raise Refusal(code)
        raise Refusal("archive" if "[content_types].xml" not in self.names else "damaged")

    def readable(self) -> bytes:
        """The package as the reader can take it: parts in UTF-16 written again as UTF-8."""
        if not self._recoded:
            return self.data
        return _rewritten(self.data, self._recoded)


def _part_name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lstrip("/").lower()


def _refuse_declarations(part: bytes) -> None:
    """No part of a workbook declares a document type or entities, nor an odd encoding."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:  # the longer the word, the quicker the search
        raise Refusal("entities")
    declared = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([^\"']*)", part[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise Refusal("damaged")
    if b"\x00" in part[:200]:
        raise Refusal("damaged")


def check_xml(part: bytes) -> None:
    """Refuse a part that is not well-formed; the fast reader would quietly take half of it."""
    parser = expat.ParserCreate()
    try:
        for start in range(0, len(part), _SLICE):
            parser.Parse(part[start : start + _SLICE], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refusal("damaged") from error


def _rewritten(data: bytes, changed: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, changed.get(_part_name(entry)) or old.read(entry))
    return target.getvalue()


def without_dangling_parts(data: bytes) -> bytes:
    """Drop content types declared for parts that are not there.

    A genuine console template declares `xl/sharedStrings.xml` without having it; openpyxl then
    stops with a KeyError, so a template is cured by this before it is filled.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {_part_name(entry) for entry in archive.infolist()}
        types = archive.read("[Content_Types].xml")

    def kept(match: re.Match[bytes]) -> bytes:
        part = match[1].decode("utf-8", "replace").lstrip("/").lower()
        return match[0] if part in names else b""

    cured = re.sub(rb"<(?:\w+:)?Override\b[^>]*?PartName=[\"']([^\"']*)[\"'][^>]*?/>", kept, types)
    return data if cured == types else _rewritten(data, {"[content_types].xml": cured})

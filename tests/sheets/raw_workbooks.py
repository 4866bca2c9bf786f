"""Workbooks made part by part, so that they can be odd, broken or hostile in any way wanted."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from wxadmin.domain.sheet import address

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

HEADINGS = ("姓名", "工号", "部门")
PEOPLE = (("赵一", "A01", "生产部"), ("钱二", "A02", "生产部"), ("孙三", "A03", "质检部"))


def cell(text: str, at: str = "", attributes: str = "") -> str:
    """One text cell."""
    place = f' r="{at}"' if at else ""
    return f'<c{place}{attributes} t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def lines(rows: Iterable[Sequence[str]] = (HEADINGS, *PEOPLE), refs: bool = True) -> str:
    """Rows of text cells as XML."""
    out = []
    for number, row in enumerate(rows, 1):
        cells = (
            cell(text, address(number, index) if refs else "") for index, text in enumerate(row)
        )
        place = f' r="{number}"' if refs else ""
        out.append(f"<row{place}>{''.join(cells)}</row>")
    return "".join(out)


def sheet(body: str | None = None, before: str = "", after: str = "", ns: str = MAIN) -> str:
    """A worksheet part."""
    body = lines() if body is None else body
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{ns}">{before}'
        f"<sheetData>{body}</sheetData>{after}</worksheet>"
    )


def styles(*codes: str) -> str:
    """A styles part with one cell style per number format; style 0 is General."""
    formats = "".join(
        f"<numFmt numFmtId='{164 + index}' formatCode={quoteattr(code)}/>"
        for index, code in enumerate(codes)
    )
    xfs = "".join(f'<xf numFmtId="{164 + index}"/>' for index in range(len(codes)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{xfs}</cellXfs></styleSheet>'
    )


def parts(
    sheets: Sequence[tuple[str, str | bytes]] = (("花名册", ""),),
    *,
    states: Sequence[str] = (),
    style: str = "",
    workbook: str = "",
) -> dict[str, str | bytes]:
    """The parts of a workbook with these (name, XML) sheets."""
    states = [*states, *[""] * (len(sheets) - len(states))]
    entries = "".join(
        f'<sheet name="{name}" sheetId="{index}" r:id="rId{index}"{state}/>'
        for index, ((name, _), state) in enumerate(zip(sheets, states, strict=True), 1)
    )
    rels = "".join(
        f'<Relationship Id="rId{index}" Type="{_OFFICE}/worksheet"'
        f' Target="worksheets/sheet{index}.xml"/>'
        for index in range(1, len(sheets) + 1)
    )
    if style:
        rels += f'<Relationship Id="rId99" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">'
        f"{workbook}<sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?>'
        f'<Relationships xmlns="{_PACKAGE}/relationships">{rels}</Relationships>',
    }
    for index, (_, xml) in enumerate(sheets, 1):
        found[f"xl/worksheets/sheet{index}.xml"] = xml or sheet()
    if style:
        found["xl/styles.xml"] = style
    return found


def packed(contents: dict[str, str | bytes], separator: str = "/") -> bytes:
    """The parts as a zip file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name if separator == "/" else name.replace("/", separator), content)
    return target.getvalue()


def workbook(xml: str | bytes = "", name: str = "花名册", **more: str) -> bytes:
    """A workbook with one sheet."""
    return packed(parts([(name, xml)], **more))  # type: ignore[arg-type]


def compound_file(stream: str, content: bytes) -> bytes:
    """An OLE file (.xls and its kind) with one stream of at least 4096 bytes."""
    content = content.ljust(-(-max(len(content), 4096) // 512) * 512, b"\x00")
    count = len(content) // 512
    end, free, fat = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    chain = [fat, end, *range(3, count + 2), end]
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x3I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1)
    header += struct.pack("<6I", 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    root = _entry("Root Entry", 5, child=1, start=end, size=0)
    one = _entry(stream, 2, child=free, start=2, size=len(content))
    return header + table + root + one + _entry("", 0) * 2 + content


def _entry(name: str, kind: int, child: int = 0xFFFFFFFF, start: int = 0, size: int = 0) -> bytes:
    text = name.encode("utf-16-le")
    used = len(text) + 2 if name else 0
    none = 0xFFFFFFFF
    return (
        text.ljust(64, b"\x00")
        + struct.pack("<HBB3I", used, kind, 1, none, none, child)
        + bytes(16 + 4 + 8 + 8)
        + struct.pack("<IQ", start, size)
    )


def biff(rows: Sequence[Sequence[str | float]]) -> bytes:
    """A BIFF8 workbook stream with one sheet of texts and numbers."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def text(value: str, width: str) -> bytes:
        return struct.pack(f"<{width}B", len(value), 1) + value.encode("utf-16-le")

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    body = begin(0x10)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(value, str):
                body += record(0x204, place + text(value, "H"))
            else:
                body += record(0x203, place + struct.pack("<d", value))
    body += record(0x0A, b"")
    head = begin(0x05) + record(0x42, struct.pack("<H", 1200)) + record(0xE0, bytes(20))
    bound_size = 4 + 6 + len(text("花名册", "B"))
    start = len(head) + bound_size + 4
    bound = record(0x85, struct.pack("<IBB", start, 0, 0) + text("花名册", "B"))
    return head + bound + record(0x0A, b"") + body


def xls(rows: Sequence[Sequence[str | float]] = (HEADINGS, *PEOPLE)) -> bytes:
    """An .xls file."""
    return compound_file("Workbook", biff(rows))

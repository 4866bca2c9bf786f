"""Make the text of a painted PDF read exactly as typed.

Qt looks up what a glyph means in the font, where several characters share one (户 is drawn by the
glyph of a radical), and knows nothing beyond the first 65,536 characters. We know what was typed:
the glyphs of every text are read back in the order they were painted and named after it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.paper.items import Face, Page, Text

if TYPE_CHECKING:
    import pikepdf

_TOKEN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj")
_BEGIN = b"BT\n"
_NEAR = 0.6  # painter units; places are written with that precision

_MAP_HEAD = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_MAP_END = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
_MOST_IN_BLOCK = 100  # the format allows no more


def readable_text(painted: bytes, pages: Sequence[Page], path: Path, units: float = 100.0) -> None:
    """Write a painted PDF to a file, its glyphs named after the characters of its pages.

    `units` are painter units in a millimetre. Raises OSError as any writing does.
    """
    import pikepdf  # only when a PDF is written

    with pikepdf.open(io.BytesIO(painted)) as pdf:
        fonts: dict[bytes, pikepdf.Object] = {}
        meanings: dict[bytes, dict[int, str]] = {}
        seen: set[tuple[str, Face]] = set()
        for drawn, page in zip(pdf.pages, pages, strict=True):
            for name, font in drawn.Resources.get("/Font", {}).items():
                fonts[name[1:].encode()] = font
            for text, runs in _paired(page, drawn.Contents.read_bytes(), units):
                if (text.text, text.face) not in seen:
                    seen.add((text.text, text.face))
                    _learn(meanings, text.text, b"".join(runs))
        for used, named in meanings.items():
            fonts[used].ToUnicode = pdf.make_stream(_unicode_map(named))
        pdf.save(path)


def _paired(page: Page, content: bytes, units: float) -> Iterator[tuple[Text, list[bytes]]]:
    """Yield every text with the runs of glyphs it was painted in.

    It is one run or, where another font helps out, several.
    """
    runs = content.split(_BEGIN)[1:]
    texts = [item for item in page.items if isinstance(item, Text)]
    at = 0
    for number, text in enumerate(texts):
        following = texts[number + 1] if number + 1 < len(texts) else None
        start = at
        at += 1
        while at < len(runs) and not (following and _begins(following, runs[at], units)):
            at += 1
        yield text, runs[start:at]


def _begins(text: Text, run: bytes, units: float) -> bool:
    """Whether the run's first place, on its second line, is that of the text."""
    across, down = run.split(b"\n", 2)[1].split(b" ", 2)[:2]
    return abs(text.x * units - float(across)) < _NEAR and abs(text.y * units + float(down)) < _NEAR


def _learn(meanings: dict[bytes, dict[int, str]], text: str, content: bytes) -> None:
    """Name the glyphs of a text after its characters.

    One that is not painted character by character (an emoji put together of several) teaches
    nothing: there Qt's own meaning stays.
    """
    font, glyphs = b"", []
    for name, codes in _TOKEN.findall(content):
        font = name or font
        glyphs += [(font, int(codes[at : at + 4], 16)) for at in range(0, len(codes), 4)]
    if len(glyphs) == len(text):
        for (used, glyph), character in zip(glyphs, text, strict=True):
            meanings.setdefault(used, {}).setdefault(glyph, character)


def _unicode_map(meanings: dict[int, str]) -> bytes:
    lines = [
        b"<%04X> <%s>\n" % (glyph, character.encode("utf-16-be").hex().upper().encode())
        for glyph, character in sorted(meanings.items())
    ]
    blocks = []
    for start in range(0, len(lines), _MOST_IN_BLOCK):
        block = lines[start : start + _MOST_IN_BLOCK]
        blocks.append(b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block)))
    return _MAP_HEAD + b"".join(blocks) + _MAP_END

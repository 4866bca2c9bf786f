"""Fill a company's own Word form: its tags become texts, the row of a list is repeated.

The engine never sees what stands in the document as a language of its own: its signs for values
and loops are characters no document has, and only we write them, where a known tag stood.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wxadmin.documents.word_gate import refusal, word_bytes
from wxadmin.domain.template_tags import CODE, HOUSE, TAG, PlacedText, TagName, TagValues, tag_name
from wxadmin.files import replace_file

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

# private characters: no document has them, so nothing in it can be taken for ours
VALUE, VALUE_END = "\ue000v", "\ue001v"
BLOCK, BLOCK_END = "\ue000b", "\ue001b"
NOTE, NOTE_END = "\ue000n", "\ue001n"
CODE_MM = 15
_PRIVATE = re.compile("[\ue000\ue001]")
_ROW = re.compile(r"<w:tr[ >](?:(?!<w:tr[ >]).)*?</w:tr>", re.DOTALL)
_XML_TAG = re.compile(r"<[^>]*>")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_texts(path: Path) -> list[PlacedText]:
    """Return every paragraph of a template, headers and footers too.

    Raises `UserError` where it is no document that can be filled.
    """
    return list(_Texts(_opened(path, word_bytes(path))).all())


def fill_word(path: Path, out: Path, values: TagValues) -> None:
    """Write a template filled to another file; it appears whole or not at all."""
    template = _opened(path, word_bytes(path))
    filling = _Filling(template, values)
    try:
        template.render(filling.context, _environment())
    except (KeyError, ValueError, AttributeError, IndexError) as error:
        raise refusal(path, "里面有填不了的排版，请用 Word 或 WPS 另存一次再试") from error
    replace_file(out, lambda fresh: template.save(str(fresh)))


@lru_cache(maxsize=1)
def _environment() -> Any:
    """Return the engine: sandboxed, everything escaped, an unknown name an error."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        block_start_string=BLOCK,
        block_end_string=BLOCK_END,
        variable_start_string=VALUE,
        variable_end_string=VALUE_END,
        comment_start_string=NOTE,
        comment_end_string=NOTE_END,
        autoescape=True,
        undefined=StrictUndefined,
    )


def _opened(path: Path, data: bytes) -> DocxTemplate:
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate
    from lxml.etree import XMLSyntaxError

    class Ours(DocxTemplate):  # type: ignore[misc, unused-ignore]
        """A document of which only text, headers and footers are filled, by our own signs."""

        filling: _Filling | None = None

        def patch_xml(self, src_xml: str) -> str:
            patched = super().patch_xml(_PRIVATE.sub("", src_xml))
            return self.filling.signed(patched) if self.filling else patched

        def render_properties(self, context: Any, jinja_env: Any = None) -> None:
            """Properties of the file stay as they are."""

        def render_footnotes(self, context: Any, jinja_env: Any = None) -> None:
            """Footnotes stay as they are."""

    template = Ours(io.BytesIO(data))
    try:
        template.init_docx()
    except (OpcError, KeyError, ValueError, XMLSyntaxError) as error:
        raise refusal(path, "已损坏，打不开，请重新要一份") from error
    return template


class _Texts:
    """Walks through a document's paragraphs."""

    def __init__(self, template: DocxTemplate) -> None:
        self._template = template

    def all(self) -> Iterator[PlacedText]:
        """Yield the paragraphs of the body, of headers and of footers."""
        template = self._template
        yield from _paragraphs(template.docx._element.body, "正文")
        for uri, name in ((template.HEADER_URI, "页眉"), (template.FOOTER_URI, "页脚")):
            for _, part in template.get_headers_footers(uri):
                yield from _paragraphs(_tree(part.blob), name)


def _tree(blob: bytes) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(blob)


def _paragraphs(root: Any, name: str) -> Iterator[PlacedText]:
    rows: dict[Any, str] = {}
    for number, paragraph in enumerate(root.iter(f"{_W}p"), start=1):
        own = [t for t in paragraph.iter(f"{_W}t") if _nearest(t, "p") is paragraph]
        text = "".join(t.text or "" for t in own)
        if text.strip():
            row = _nearest(paragraph, "tr")
            row_name = "" if row is None else rows.setdefault(row, f"{name}{len(rows) + 1}")
            yield PlacedText(f"{name}第{number}段", text, row_name)


def _nearest(element: Any, local: str) -> Any:
    return next(element.iterancestors(f"{_W}{local}"), None)


@dataclass
class _Filling:
    """Puts our signs where the tags stood, and remembers what each means."""

    template: Any
    values: TagValues
    context: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.template.filling = self

    def signed(self, xml: str) -> str:
        """Return a part with our signs in place of its tags."""
        xml = _ROW.sub(lambda row: self._row(row[0]), xml)
        return TAG.sub(lambda tag: self._value(tag_name(_inner(tag[1]))), xml)

    def _row(self, row: str) -> str:
        """Repeat a row that speaks of a list; its cells then speak of one line of it."""
        names = [tag_name(_inner(found[1])) for found in TAG.finditer(row)]
        lists = {name.name for name in names if name.column}
        if len(lists) != 1:
            return row
        list_name = next(iter(lists))
        rows = self._named([dict(one) for one in self.values.rows.get(list_name, ())])

        def cell(found: re.Match[str]) -> str:
            name = tag_name(_inner(found[1]))
            if not name.column:
                return found[0]
            return f"{VALUE} line[{self._key(name.column)}] {VALUE_END}"

        body = TAG.sub(cell, row)
        return f"{BLOCK} for line in {rows} {BLOCK_END}{body}{BLOCK} endfor {BLOCK_END}"

    def _key(self, column: str) -> str:
        """Name a column by a variable of ours, so that no word of the document is read."""
        return self._named(column)

    def _value(self, tag: TagName) -> str:
        if HOUSE.get(tag.name) == CODE and self.values.code:
            return f"{VALUE} {self._named(self._picture())} {VALUE_END}"
        return f"{VALUE} {self._named(self.values.texts.get(tag, ''))} {VALUE_END}"

    def _picture(self) -> Any:
        from docx.shared import Mm
        from docxtpl import InlineImage

        return InlineImage(self.template, io.BytesIO(self.values.code), width=Mm(CODE_MM))

    def _named(self, value: Any) -> str:
        name = f"v{len(self.context)}"
        self.context[name] = value
        return name


def _inner(text: str) -> str:
    return unescape(_XML_TAG.sub("", text))

"""The shared strings of a workbook: read by number, and added to at the end."""

from __future__ import annotations

import re
from xml.parsers import expat
from xml.sax.saxutils import escape

from wxadmin.sheets.refusals import Refusal

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CLOSING = re.compile(rb"</(?:\w+:)?sst\s*>\s*$|/>\s*$")
_OPENING = re.compile(rb"<(?:\w+:)?sst\b[^>]*>")
_COUNT = re.compile(rb"\b(count|uniqueCount)(=[\"'])([0-9]+)")


def text_element(prefix: str, text: str) -> bytes:
    """Return a `t` element with the text, its outer blanks kept."""
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    clean = escape(_ILLEGAL.sub("", text))
    return f"<{prefix}t{space}>{clean}</{prefix}t>".encode()


class SharedStrings:
    """A shared strings part; what is added goes behind what is there, which stays as it is."""

    def __init__(self, data: bytes) -> None:
        self.texts: list[str] = []
        self._data = data
        self._plain: dict[str, int] = {}
        self._added: list[str] = []
        self._uses = 0
        self._prefix = ""
        self._reading = self._aside = self._rich = False
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._stop
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise Refusal("damaged") from error

    def _start(self, name: str, _: dict[str, str]) -> None:
        prefix, _colon, local = name.rpartition(":")
        if local == "sst":
            self._prefix = f"{prefix}:" if prefix else ""
        elif local == "si":
            self.texts.append("")
            self._rich = False
        elif local in {"r", "rPh"}:
            self._rich = True  # more than a text: never shared with a text of ours
            self._aside = local == "rPh" or self._aside
        elif local == "t":
            self._reading = not self._aside

    def _stop(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "t":
            self._reading = False
        elif local == "rPh":
            self._aside = False
        elif local == "si" and not self._rich:
            self._plain.setdefault(self.texts[-1], len(self.texts) - 1)

    def _text(self, text: str) -> None:
        if self._reading:
            self.texts[-1] += text

    def number_of(self, text: str) -> int:
        """Return the number of a text; one that is not there yet is added."""
        self._uses += 1
        number = self._plain.get(text)
        if number is None:
            number = self._plain[text] = len(self.texts) + len(self._added)
            self._added.append(text)
        return number

    def part(self) -> bytes:
        """Return the part with what was added."""
        if not self._uses:
            return self._data
        counted = _COUNT.sub
        data = _OPENING.sub(lambda tag: counted(self._counted, tag[0]), self._data, count=1)
        closing = _CLOSING.search(data)
        if closing is None:
            raise Refusal("damaged")
        p = self._prefix
        more = b"".join(
            f"<{p}si>".encode() + text_element(p, text) + f"</{p}si>".encode()
            for text in self._added
        )
        opening = b">" if closing[0].startswith(b"/>") else b""
        return data[: closing.start()] + opening + more + f"</{p}sst>".encode()

    def _counted(self, match: re.Match[bytes]) -> bytes:
        more = self._uses if match[1] == b"count" else len(self._added)
        return match[1] + match[2] + str(int(match[3]) + more).encode()

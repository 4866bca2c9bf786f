"""Fill the small templates of a form: only named fields, no logic, nothing is interpreted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wxadmin.domain.form_definition import PLACEHOLDER, FieldType, FormField
from wxadmin.paper.values import (
    BETWEEN_BOXES,
    BLANK_DATE,
    BLANK_DAY,
    OPEN,
    TICKED,
    box,
    chinese_date,
    chinese_day,
    plain,
    spelled_out,
    ticks,
    truth,
    written,
)
from wxadmin.paper.wrapping import Piece, pieces_of

# a blank form leaves room to write in three groups
ROOM_FOR_GROUPS = [Piece(OPEN), Piece("", 32.0), Piece(BETWEEN_BOXES)] * 3


@dataclass(frozen=True)
class Filler:
    """Values by field name; `known` says how a field is written, `is_blank` shows no stand-ins."""

    values: Mapping[str, object]
    known: Mapping[str, FormField] = field(default_factory=dict)
    is_blank: bool = False

    def paragraphs(self, template: str) -> list[list[Piece]]:
        """Return the pieces of each line of a template; typed line ends start a new one."""
        lines: list[list[Piece]] = [[]]
        for number, typed in enumerate(template.split("\n")):
            if number:
                lines.append([])
            at = 0
            for found in PLACEHOLDER.finditer(typed):
                self._add(lines, typed[at : found.start()])
                self._fill(lines, found["name"], found["how"] or "", float(found["rule"] or 0))
                at = found.end()
            self._add(lines, typed[at:])
        return lines

    def text(self, template: str) -> str:
        """Return a template as plain text: for titles, files and chat."""
        return "\n".join(
            "".join("＿＿" if piece.rule else piece.text for piece in line)
            for line in self.paragraphs(template)
        )

    def is_empty(self, template: str) -> bool:
        """Whether nothing but blanks would be written."""
        return not any(
            piece.rule or piece.text.strip() for line in self.paragraphs(template) for piece in line
        )

    def value(self, name: str) -> object:
        """Return the value of a field or of the house (company, version)."""
        return self.values.get(name)

    def _fill(self, lines: list[list[Piece]], name: str, how: str, rule: float) -> None:
        if how == "boxes":
            lines[-1] += self._boxes(name, rule)
        elif how == "tick":
            self._add(lines, TICKED if truth(self.value(name)) else OPEN)
        elif text := self._written(name, how):
            self._add(lines, text)
        elif rule:
            lines[-1].append(Piece("", rule))

    def _written(self, name: str, how: str) -> str:
        value = self.value(name)
        if how == "date":
            return chinese_date(value) if value else BLANK_DATE
        if how == "day":
            return chinese_day(value) if value else BLANK_DAY
        known = self.known.get(name)
        if known is None:
            return plain(value)
        return written(known, value) or ("" if self.is_blank else known.empty)

    def _boxes(self, name: str, rule: float) -> list[Piece]:
        """Return tick boxes with their words, and room to write beside the last one."""
        known, value = self.known[name], self.value(name)
        pieces: list[Piece] = []
        if self.is_blank and known.type is FieldType.GROUPS:
            return ROOM_FOR_GROUPS
        for tick in ticks(known, value):
            if pieces:
                pieces.append(Piece(BETWEEN_BOXES))
            pieces.append(Piece(box(tick)))
        if extra := spelled_out(known, value):
            pieces.append(Piece(f"：{extra}"))
        elif rule:
            pieces.append(Piece("", rule))
        return pieces

    def _add(self, lines: list[list[Piece]], text: str) -> None:
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([])
            lines[-1] += pieces_of(part) if part else []

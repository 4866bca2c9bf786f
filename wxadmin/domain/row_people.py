"""Tell which rows of a table are people: not blank lines, totals, signatures, notes, organs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from wxadmin.domain.headings import ANCHORS, Vocabulary, normalise
from wxadmin.domain.sheet import Cell, shown
from wxadmin.domain.sheet_table import Table

NUMBERS = ("emp_no", "mobile", "wecom_userid", "id_no")  # a row with one of these is somebody's

_FIRST_WORD = re.compile(r"[:：\s\d（(]")
_COUNT = re.compile(r"共\s*\d+\s*人")
_PLAIN = re.compile(r"[\u4e00-\u9fff]{2,4}")  # most names: nothing to split off or to respell
_SAMPLE = "示例"


class People:
    """The rows that are people, judged by their name, their numbers and how they begin.

    `anchor` is the column a row cannot do without: 姓名, or 帐号/群名称 where there is no name.
    """

    def __init__(
        self,
        table: Table,
        vocabulary: Vocabulary,
        values: Mapping[str, Sequence[object]],
        refused: set[int],
    ) -> None:
        self.table = table
        self.vocabulary = vocabulary
        self.refused = refused
        key = next(key for key in ANCHORS if key in values)
        self.anchor = values[key]
        self.anchor_column = next(column for column, field in table.taken if field == key)
        self.label = vocabulary.fields[key].label
        self.own_headings = vocabulary.fields[key].headings
        self.footers = frozenset(vocabulary.footers)
        self.number_columns = [column for column, field in table.taken if field in NUMBERS]
        columns = [_sure(values[number]) for number in NUMBERS if number in values]
        self.known = (
            [any(numbers) for numbers in zip(*columns, strict=True)]
            if columns
            else [False] * table.height
        )

    def indices(self) -> Iterator[int]:
        """The rows (from 0) that are people, good or bad."""
        odd = {name for name in set(self.anchor) if name is not None and self._is_odd(str(name))}
        for index, name in enumerate(self.anchor):
            plain = name is not None and self.known[index] and name not in odd
            if plain or self._is_person(index, name):
                yield index

    def _is_odd(self, name: str) -> bool:
        return (
            _SAMPLE in name
            or (name if _PLAIN.fullmatch(name) else normalise(name)) in self.own_headings
            or self._begins_a_footer(name)
            or name.endswith(self.vocabulary.organs)
        )

    def _begins_a_footer(self, text: str) -> bool:
        if _PLAIN.fullmatch(text):
            return text in self.footers
        word = normalise(_FIRST_WORD.split(text.strip(), maxsplit=1)[0])
        return word in self.footers or _COUNT.match(text.strip()) is not None

    def _is_person(self, index: int, name: object) -> bool:
        cells = [column[index] for column in self.table.cells]
        filled = [cell for cell in cells if not isinstance(cell, str) or cell.strip()]
        if not filled:
            return False
        known = self.known[index]
        if self._begins_a_footer(shown(filled[0])) and (name is None or not known):
            return False
        if name is None:
            bad_name = index in self.refused and _has_text(cells[self.anchor_column])
            return known or bad_name or any(_has_text(cells[c]) for c in self.number_columns)
        text = str(name)
        if _SAMPLE in text or normalise(text) in self.own_headings:
            return False
        return known or not (self._begins_a_footer(text) or text.endswith(self.vocabulary.organs))


def _sure(numbers: Sequence[object]) -> Sequence[object]:
    """Numbers that are plainly numbers; 制表人： in the column of numbers is none."""
    odd = {number for number in set(numbers) if number and not str(number).isascii()}
    return [None if number in odd else number for number in numbers] if odd else numbers


def _has_text(cell: Cell) -> bool:
    return bool(shown(cell).strip())

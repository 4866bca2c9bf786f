"""The members of a group as somebody wrote them down: a table, a pasted list, a 群接龙, a form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from wxadmin.domain.errors import Problem, UserError
from wxadmin.domain.headings import Heading, Vocabulary, normalise
from wxadmin.domain.sheet import Cell, address, shown
from wxadmin.domain.sheet_kind import MEMBERS
from wxadmin.domain.sheet_table import ParsedTable, Table
from wxadmin.domain.values import MAX_NAME, Doubt, Refused, read_mobile, read_number
from wxadmin.domain.written_text import one_spelling

NAME = "name"
_NUMBERED = re.compile(r"^[(（]?\d{1,4}\s*[.、．:：)）]\s*(?=\S)")
_BULLET = re.compile(r"^[•·●▪*\-—]+\s*(?=\S)")
_BETWEEN = re.compile(r"[、，,；;\t]+")
_EXAMPLE = re.compile(r"^(?:例|示例|格式|#?接龙)")
_DUTY = re.compile(r"\s*[（(【\[]?(?:群主|管理员|群管理员|我)[）)】\]]?$")


class MemberLine(NamedTuple):
    """One name of a list, with whatever else stands beside it."""

    name: str
    emp_no: str = ""
    mobile: str = ""
    nickname: str = ""
    group_name: str = ""


def names_of_text(text: str) -> list[str]:
    """Return the names of a pasted text, one a line or between commas; of a 群接龙 the entries."""
    lines = [" ".join(one_spelling(line).split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    numbered = [line for line in lines if _NUMBERED.match(line)]
    if len(numbered) * 2 >= len(lines) > 0 or any(line.startswith("#接龙") for line in lines):
        return [name for name in map(_entry, numbered) if name]
    names = [part for line in lines if not _EXAMPLE.match(line) for part in _BETWEEN.split(line)]
    return [name for name in map(_entry, names) if name]


def _entry(line: str) -> str:
    """One entry without its number, its bullet and the word for what he is in the group."""
    bare = _BULLET.sub("", _NUMBERED.sub("", line)).strip()
    return _DUTY.sub("", bare).strip() or bare


def table_of_names(file_name: str, sha256: str, names: Iterable[str]) -> Table:
    """Return names as a table with one column, so that they go the way of every other list."""
    column: list[Cell] = list(names)
    return Table(
        file_name=file_name,
        sha256=sha256,
        sheet="",
        kind=MEMBERS,
        heading_row=0,
        headings=(Heading(0, ""),),
        taken=((0, NAME),),
        columns={},
        sensitive={},
        ignored=(),
        cells=[column],
    )


def read_member_list(table: Table, vocabulary: Vocabulary) -> ParsedTable:
    """Read all rows as `MemberLine`; a number that cannot be read is listed and left out.

    Raises `UserError` where nobody stands under the headings.
    """
    reader = _Reader(table, vocabulary)
    rows: list[tuple[int, tuple[object, ...]]] = [
        (index + table.first_row, line)
        for index in range(table.height)
        if (line := reader.line(index)) is not None
    ]
    if not rows and not reader.problems:
        raise UserError(f"《{table.file_name}》里没有成员；请确认文件是否选对。", "no_people")
    return ParsedTable(
        MemberLine._fields,
        rows,
        reader.problems,
        [*table.notes, *reader.warnings],
        table.height - len(rows) - len(reader.problems),
    )


class _Reader:
    """Reads one row after another; what it doubts is listed with its cell."""

    def __init__(self, table: Table, vocabulary: Vocabulary) -> None:
        self._table = table
        self._columns = {key: column for column, key in table.taken}
        self._nickname = _nickname_column(table, vocabulary)
        self._footers = frozenset(vocabulary.footers)
        self._is_table = table.heading_row > 0
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def line(self, index: int) -> MemberLine | None:
        """Return one row, None for one that names nobody."""
        name = self._text(index, NAME)
        emp_no = self._number(index, "emp_no")
        nickname = self._shown(index, self._nickname)
        if not name and not emp_no:
            name = nickname
        if not name and not emp_no:
            return None
        if self._is_table and not emp_no and normalise(name) in self._footers:
            return None
        if len(name) > MAX_NAME:
            self._note(self.problems, index, NAME, f"姓名有 {len(name)} 个字，超过 {MAX_NAME} 个")
            return None
        mobile = self._number(index, "mobile")
        return MemberLine(name, emp_no, mobile, nickname, self._text(index, "group_name"))

    def _text(self, index: int, key: str) -> str:
        return self._shown(index, self._columns.get(key))

    def _shown(self, index: int, column: int | None) -> str:
        if column is None:
            return ""
        return " ".join(one_spelling(shown(self._table.cells[column][index])).split())

    def _number(self, index: int, key: str) -> str:
        column = self._columns.get(key)
        if column is None:
            return ""
        cell = self._table.cells[column][index]
        found = read_number(cell) if key == "emp_no" else read_mobile(cell)
        if isinstance(found, Refused):
            self._note(self.warnings, index, key, found.reason)
            return ""
        return str(found.value if isinstance(found, Doubt) else found or "")

    def _note(self, notes: list[Problem], index: int, key: str, reason: str) -> None:
        column = self._columns.get(key, 0)
        number = index + self._table.first_row
        cell = address(number, column)
        value = shown(self._table.cells[column][index])[:100]
        skips = notes is self.problems
        heading = self._table.heading_of(column)
        notes.append(Problem(number, cell, heading, value, reason, skips=skips))


def _nickname_column(table: Table, vocabulary: Vocabulary) -> int | None:
    """The column of group nicknames beside the one of names: a weaker claim to be the name."""
    taken = {column for column, _ in table.taken}
    for heading in table.headings:
        known = vocabulary.recognise(heading.text, heading.above)
        if heading.column not in taken and known and known[0] in {NAME, "alias"}:
            return heading.column
    return next((column for column, key in table.taken if key == "alias"), None)

"""Understand the rows of WeCom's address book: a bad cell is listed and costs no more than itself.

Only a name or an account id that cannot be read costs its row. Several departments of one member
are all kept, in their order; the first is the main one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from wxadmin.domain.errors import Problem, UserError
from wxadmin.domain.headings import Vocabulary, normalise
from wxadmin.domain.row_people import People
from wxadmin.domain.sheet import Cell, address, shown
from wxadmin.domain.sheet_table import ParsedTable, Table
from wxadmin.domain.values import (
    MAX_TEXT,
    Doubt,
    Refused,
    broken,
    read_email,
    read_mobile,
    read_name,
    read_text,
    read_userid,
    read_word,
)
from wxadmin.domain.wecom import DISABLED, ENABLED, QUIT
from wxadmin.domain.written_text import hidden_trouble, one_spelling

MAX_LEVELS = 15
MAX_DEPARTMENT = 32
_SHOWN = 100
_SEVERAL = re.compile(r"\s*[;；]\s*")
_SEVERAL_BY_COMMA = re.compile(r"\s*,\s*(?=[^,]*/)")
_FORBIDDEN = re.compile(r'[\\:?"<>|｜*，]')
_STATUS = "wecom_status"
_OFF = "禁用"
_OF_DISABLING = {"已激活": DISABLED, "未激活": ENABLED}
"""What 是 and 否 mean under a heading such as 禁用状态."""


class MemberRow(NamedTuple):
    """One member as the address book has him; `departments` are paths from the top."""

    name: str
    wecom_userid: str
    alias: str = ""
    mobile: str = ""
    departments: tuple[str, ...] = ()
    position: str = ""
    gender: str = ""
    telephone: str = ""
    email: str = ""
    company_email: str = ""
    status: str = ""


FIELD_OF = {
    "name": "name",
    "wecom_userid": "wecom_userid",
    "alias": "alias",
    "mobile": "mobile",
    "org_unit": "departments",
    "org_path": "departments",
    "position": "position",
    "gender": "gender",
    "telephone": "telephone",
    "personal_email": "email",
    "company_email": "company_email",
}
"""Which field of a member a column holds; 地址 is private and never read."""

_COSTS_ROW = frozenset({"name", "wecom_userid"})


def read_members(table: Table, vocabulary: Vocabulary) -> ParsedTable:
    """Read all rows as `MemberRow`.

    Raises `UserError` when the list is no address book: without 帐号 or 姓名, or without people.
    """
    keys = {key for _, key in table.taken}
    if "wecom_userid" not in keys:
        raise UserError(
            f"《{table.file_name}》没有“帐号”一列，不是企业微信通讯录，没有导入；"
            "请选管理后台导出的通讯录。",
            "wrong_kind",
        )
    if "name" not in keys:
        raise UserError(
            f"《{table.file_name}》没有“姓名”一列，认不出谁是谁，没有导入；请补上这一列再试。",
            "no_name_column",
        )
    return _Members(table, vocabulary).parsed()


class _Members:
    """The rows on their way from cells to members."""

    def __init__(self, table: Table, vocabulary: Vocabulary) -> None:
        self._table = table
        self._vocabulary = vocabulary
        self._columns = {FIELD_OF[key]: column for column, key in table.taken if key in FIELD_OF}
        self._found: list[tuple[int, Problem]] = []
        self._values: dict[str, list[object]] = {}

    def parsed(self) -> ParsedTable:
        table = self._table
        for field, column in self._columns.items():
            self._values[field] = self._read(field, column)
        self._values["status"] = self._statuses()
        refused = {index for index, problem in self._found if problem.skips}
        judged = {"wecom_userid": self._values["wecom_userid"], "name": self._values["name"]}
        alive = list(People(table, self._vocabulary, judged, refused).indices())
        if not alive:
            raise UserError(
                f"《{table.file_name}》第 {table.heading_row} 行是标题，下面没有成员；"
                "请确认文件或工作表是否选对。",
                "no_people",
            )
        self._need(alive, refused)
        rows = [(i + table.first_row, self._row(i)) for i in alive if i not in refused]
        rows = self._without_doubles(rows)
        living = set(alive)
        listed = sorted((i, n) for n, (i, _) in enumerate(self._found) if i in living)
        problems = [self._found[n][1] for _, n in listed]
        return ParsedTable(
            MemberRow._fields,
            [(number, tuple(row)) for number, row in rows],
            problems,
            list(table.notes),
            table.height - len(alive),
        )

    def _need(self, alive: Sequence[int], refused: set[int]) -> None:
        """A member has a name and an account id."""
        for index in alive:
            for field, label in (("name", "姓名"), ("wecom_userid", "帐号")):
                if self._values[field][index] is None and index not in refused:
                    self._note(index, field, f"缺少{label}", skips=True)
                    refused.add(index)

    def _row(self, index: int) -> MemberRow:
        values = {field: values[index] for field, values in self._values.items()}
        return MemberRow(**{field: value for field, value in values.items() if value})  # type: ignore[arg-type]

    # -- cells --------------------------------------------------------------------------------
    def _read(self, field: str, column: int) -> list[object]:
        cells = self._table.cells[column]
        reader = self._reader(field)
        results: dict[Cell, object] = {cell: reader(cell) for cell in dict.fromkeys(cells)}
        odd = {cell for cell, found in results.items() if isinstance(found, Refused | Doubt)}
        for index, cell in enumerate(cells) if odd else ():
            found = results[cell]
            if isinstance(found, Refused | Doubt):
                costs = isinstance(found, Refused) and field in _COSTS_ROW
                self._note(index, field, found.reason, skips=costs)
        return [_value(results[cell]) for cell in cells]

    def _reader(self, field: str) -> Callable[[Cell], object]:
        words, nothing = self._vocabulary.words, self._vocabulary.nothing
        plain: dict[str, Callable[[Cell], object]] = {
            "name": read_name,
            "wecom_userid": read_userid,
            "mobile": read_mobile,
            "departments": _departments,
            "email": read_email,
            "company_email": read_email,
            "gender": lambda cell: read_word(cell, words.get("gender", {}), "性别"),
        }
        text: Callable[[Cell], object] = lambda cell: read_text(cell, MAX_TEXT, "内容")  # noqa: E731
        reader = plain.get(field, text)
        if field in _COSTS_ROW:
            return reader

        def or_nothing(cell: Cell) -> object:
            if isinstance(cell, str) and cell.strip().lower() in nothing:
                return None
            return reader(cell)

        return or_nothing

    def _statuses(self) -> list[object]:
        """One word out of every column that says something: 激活状态, 禁用状态."""
        columns = []
        for heading in self._table.headings:
            known = self._vocabulary.recognise(heading.text, heading.above)
            if known and known[0] == _STATUS:
                columns.append(self._status_column(heading.column, heading.text))
        if not columns:
            return [None] * self._table.height
        return [_one_status(found) for found in zip(*columns, strict=True)]

    def _status_column(self, column: int, heading: str) -> list[object]:
        words = self._vocabulary.words.get(_STATUS, {})
        says_disabled = _OFF in normalise(heading)
        cells = self._table.cells[column]
        results: dict[Cell, object] = {}
        for cell in dict.fromkeys(cells):
            word = _value(read_word(cell, words, "状态"))
            if says_disabled and not (isinstance(cell, str) and "激活" in cell):
                word = _OF_DISABLING.get(str(word), word)
            results[cell] = ENABLED if word == "已启用" else word
        return [results[cell] for cell in cells]

    # -- doubles ------------------------------------------------------------------------------
    def _without_doubles(self, rows: list[tuple[int, MemberRow]]) -> list[tuple[int, MemberRow]]:
        """An id belongs to the first row that has it; of two rows with one mobile the second
        keeps everything but the number."""
        ids: dict[str, int] = {}
        mobiles: dict[str, int] = {}
        kept = []
        for number, row in rows:
            first = ids.setdefault(row.wecom_userid.casefold(), number)
            if first != number:
                reason = f"帐号与第 {first} 行相同（不分大小写），只取前一行"
                self._note_row(number, "wecom_userid", reason, skips=True)
                continue
            owner = mobiles.setdefault(row.mobile, number) if row.mobile else number
            if owner != number:
                self._note_row(number, "mobile", f"手机号与第 {owner} 行相同，只有前一行保留")
            kept.append((number, row if owner == number else row._replace(mobile="")))
        return kept

    # -- problems -----------------------------------------------------------------------------
    def _note_row(self, number: int, field: str, reason: str, *, skips: bool = False) -> None:
        self._note(number - self._table.first_row, field, reason, skips=skips)

    def _note(self, index: int, field: str, reason: str, *, skips: bool) -> None:
        column = self._columns[field]
        number = index + self._table.first_row
        value = shown(self._table.cells[column][index])[:_SHOWN]
        heading = self._table.heading_of(column)
        problem = Problem(number, address(number, column), heading, value, reason, skips=skips)
        self._found.append((index, problem))


def _value(found: object) -> object:
    if isinstance(found, Refused):
        return None
    return found.value if isinstance(found, Doubt) else found


def _one_status(found: Sequence[object]) -> object:
    """Whoever quit has quit, whoever is disabled is; else the word on activation."""
    words = [word for word in found if word]
    for strong in (QUIT, DISABLED):
        if strong in words:
            return strong
    return next((word for word in words if word != ENABLED), words[0] if words else None)


def _departments(cell: Cell) -> object:
    """Every department of a member as paths; what no department may be called is pointed out."""
    if not isinstance(cell, str):
        return broken(cell) or (shown(cell),)
    text = " ".join(one_spelling(cell).split())
    trouble = hidden_trouble(text)
    if trouble:
        return Refused(trouble)
    pieces = [p for part in _SEVERAL.split(text) for p in _SEVERAL_BY_COMMA.split(part) if p]
    if not pieces:
        return None
    paths = tuple(dict.fromkeys(piece.strip("/ ") for piece in pieces))
    wrong = next(filter(None, map(department_trouble, pieces)), "")
    return Doubt(paths, wrong) if wrong else paths


def department_trouble(path: str) -> str:
    """Say why a path cannot be the path of a department (a name with `/`, `；` or `，` in it)."""
    levels = path.strip().split("/")
    if not all(level.strip() for level in levels):
        return f"部门“{path}”有一级是空的：部门名里不能有“/”和“；”"
    if len(levels) > MAX_LEVELS:
        return f"部门“{path[:20]}…”有 {len(levels)} 级，超过 {MAX_LEVELS} 级"
    for level in levels:
        sign = _FORBIDDEN.search(level)
        if sign:
            return f"部门名“{level}”里有“{sign[0]}”，导入企业微信时会出错"
        if len(level) > MAX_DEPARTMENT:
            return f"部门名“{level[:12]}…”有 {len(level)} 个字，超过 {MAX_DEPARTMENT} 个"
    return ""

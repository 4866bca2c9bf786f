"""Understand a table's rows: every bad cell is listed with its place, the good rows go on.

Columns are read one at a time and each distinct cell once, so that 10,000 rows take a tenth of a
second. What a row loses its place for, and what is only a warning, is told at each check.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wxadmin.domain.cell_readings import CellReadings
from wxadmin.domain.errors import Problem, UserError
from wxadmin.domain.headings import Vocabulary
from wxadmin.domain.row_doubles import find_doubles
from wxadmin.domain.row_people import People
from wxadmin.domain.sheet import address, shown
from wxadmin.domain.sheet_kind import MEMBERS
from wxadmin.domain.sheet_table import ParsedTable, Table
from wxadmin.domain.values import Doubt, Refused, without_company

_UNITS = ("org_path", "org_level_1", "org_level_2", "org_level_3", "org_level_4", "org_unit")
_SHOWN = 100


def parse_rows(
    table: Table,
    vocabulary: Vocabulary,
    *,
    companies: Iterable[str] = (),
    skip_hidden: bool = False,
    readings: CellReadings | None = None,
) -> ParsedTable:
    """Read all rows; `companies` are names of the company to drop from the top of a path.

    `readings` are the cells that were read while the list was still coming in.
    Raises `UserError` when there is no person under the headings.
    """
    rows = _Rows(table, vocabulary, readings or CellReadings(vocabulary))
    rows.read_columns(frozenset(companies))
    rows.drop_nobodies(skip_hidden)
    if not rows.alive:
        raise UserError(
            f"《{table.file_name}》第 {table.heading_row} 行是标题，下面没有人员；"
            "请确认文件或工作表是否选对。",
            "no_people",
        )
    return rows.finish()


class _Rows:
    """The rows on their way from cells to values."""

    def __init__(self, table: Table, vocabulary: Vocabulary, readings: CellReadings) -> None:
        self.table = table
        self.vocabulary = vocabulary
        self.readings = readings
        self.values: dict[str, list[object]] = {}
        self.column_of: dict[str, int] = {}
        self.refused: dict[int, list[Problem]] = {}
        self.doubted: dict[int, list[Problem]] = {}
        self.alive: list[int] = list(range(table.height))

    def read_columns(self, companies: frozenset[str]) -> None:
        """Read each taken column; afterwards refused cells are None and listed."""
        taken = {key: column for column, key in self.table.taken}
        for column, key in self.table.taken:
            self.column_of[key] = column
            self.values[key] = self._read(key, column)
        if "org_path" in taken or any(key.startswith("org_level") for key in taken):
            self._join_units(taken)
        if "org_unit" in self.values:
            self._drop_company(companies)
        if self.table.employment_type and "employment_type" not in self.values:
            self.values["employment_type"] = [self.table.employment_type] * self.table.height

    def _read(self, key: str, column: int) -> list[object]:
        cells = self.table.cells[column]
        results = self.readings.read(key, cells, self.table.date1904)
        odd = {cell: found for cell, found in results.items() if type(found) in (Refused, Doubt)}
        if odd:
            results = dict(results)
            for index, cell in enumerate(cells):
                if cell in odd:
                    self._note(index, column, odd[cell])
            for cell, found in odd.items():
                results[cell] = found.value if isinstance(found, Doubt) else None
        return [results[cell] for cell in cells]

    def _note(self, index: int, column: int, found: object) -> None:
        number = index + self.table.first_row
        skips = isinstance(found, Refused)
        notes = self.refused if skips else self.doubted
        reason = found.reason if isinstance(found, Refused | Doubt) else ""
        value = shown(self.table.cells[column][index])[:_SHOWN]
        heading = self.table.heading_of(column)
        problem = Problem(number, address(number, column), heading, value, reason, skips=skips)
        notes.setdefault(index, []).append(problem)

    def _join_units(self, taken: dict[str, int]) -> None:
        """One path out of 一级部门, 二级部门 … and 部门; a full path stands for itself."""
        keys = [key for key in _UNITS if key in taken]
        columns = [self.values.pop(key) for key in keys]
        joined: dict[tuple[object, ...], str | None] = {}
        paths: list[object] = []
        for levels in zip(*columns, strict=True):
            if levels not in joined:
                joined[levels] = _path(dict(zip(keys, levels, strict=True)))
            paths.append(joined[levels])
        self.values["org_unit"] = paths
        self.column_of["org_unit"] = taken[keys[-1]]

    def _drop_company(self, companies: frozenset[str]) -> None:
        paths = self.values["org_unit"]
        own = self.values.get("company") or [None] * len(paths)
        short = {
            (path, company): _without(path, company, companies)
            for path, company in set(zip(paths, own, strict=True))
        }
        self.values["org_unit"] = [short[pair] for pair in zip(paths, own, strict=True)]

    def drop_nobodies(self, skip_hidden: bool) -> None:
        """Leave out blank lines, totals, signatures, repeated headings, organs."""
        hidden = set(self.table.hidden_rows) if skip_hidden else set()
        first = self.table.first_row
        people = People(self.table, self.vocabulary, self.values, set(self.refused))
        self.alive = [
            index for index in people.indices() if not hidden or index + first not in hidden
        ]
        for index in self.alive:
            if people.anchor[index] is None and not self._refused_at(index, people.anchor_column):
                self._note(index, people.anchor_column, Refused(f"缺少{people.label}"))

    def _refused_at(self, index: int, column: int) -> bool:
        place = address(index + self.table.first_row, column)
        return any(problem.cell == place for problem in self.refused.get(index, ()))

    def finish(self) -> ParsedTable:
        """Put the good rows together, settle doubles and list everything that was found."""
        first = self.table.first_row
        fields = tuple(self.values)
        tuples = list(zip(*self.values.values(), strict=True))
        good = [(index + first, tuples[index]) for index in self.alive if index not in self.refused]
        doubles = find_doubles(good, fields, self._place, self.table.kind == MEMBERS)
        for problem in doubles.problems:
            self.refused.setdefault(problem.row - first, []).append(problem)
        gone = doubles.gone
        rows = [row for row in good if row[0] not in gone] if gone else good
        return ParsedTable(
            fields,
            rows,
            self._listed(self.refused),
            [*self.table.notes, *self._listed(self.doubted), *doubles.warnings],
            self.table.height - len(self.alive),
        )

    def _place(self, number: int, key: str) -> tuple[str, str, str]:
        """The address, heading and text of a row's cell, for a list of problems."""
        column = self.column_of[key]
        text = shown(self.table.cells[column][number - self.table.first_row])
        return address(number, column), self.table.heading_of(column), text[:_SHOWN]

    def _listed(self, notes: dict[int, list[Problem]]) -> list[Problem]:
        if not notes:
            return []
        alive = set(self.alive)
        numbers = self.values.get("emp_no")
        listed = []
        for index in sorted(notes):
            if index in alive:
                emp_no = numbers[index] if numbers else None
                known = emp_no if isinstance(emp_no, str) else None
                listed += [replace(problem, emp_no=known) for problem in notes[index]]
        return listed


def _without(path: object, company: object, companies: frozenset[str]) -> object:
    if not path:
        return None
    known = companies | {str(company)} if company else companies
    return without_company(str(path), known)


def _path(levels: dict[str, object]) -> str | None:
    full = levels.get("org_path")
    if full:
        return str(full)
    unit = str(levels.get("org_unit") or "")
    if "/" in unit:
        return unit
    parts: list[str] = []
    for key in _UNITS[1:]:
        level = levels.get(key)
        if level and (not parts or parts[-1] != level):
            parts.append(str(level))
    return "/".join(parts) or None

"""A list as read from a file: which column holds what, and its rows, raw and understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from wxadmin.domain.errors import Problem
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.headings import Heading
from wxadmin.domain.sheet import Cell


def signature(headings: Iterable[Heading]) -> str:
    """The set of headings as one text, whatever their order."""
    return "\t".join(sorted(one.text for one in headings))


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet's list with its columns settled; cells are raw and kept column by column.

    `heading_row` and row numbers count from 1 as in Excel; `taken` is (column from 0, field) and
    `columns` the same by heading. `ignored` names every column that is not read; `sensitive` are
    those of them the user may tick. `preface` are the rows above the headings, `hidden_rows` the
    numbers of rows hidden in the file.
    """

    file_name: str
    sha256: str
    sheet: str
    kind: str
    heading_row: int
    headings: tuple[Heading, ...]
    taken: tuple[tuple[int, str], ...]
    columns: dict[str, str]
    sensitive: dict[str, str]
    ignored: tuple[str, ...]
    cells: list[list[Cell]] = field(repr=False)
    preface: tuple[tuple[Cell, ...], ...] = field(default=(), repr=False)
    month: str | None = None
    encoding: str = ""
    date1904: bool = False
    hidden_rows: tuple[int, ...] = ()
    other_sheets: tuple[str, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    employment_type: str = ""
    notes: tuple[Problem, ...] = ()

    @property
    def first_row(self) -> int:
        """The number of the first row under the headings."""
        return self.heading_row + 1

    @property
    def height(self) -> int:
        """How many rows stand under the headings, blank ones included."""
        return len(self.cells[0]) if self.cells else 0

    def row(self, number: int) -> tuple[Cell, ...]:
        """One row's raw cells by its number as in Excel."""
        index = number - self.first_row
        return tuple(column[index] for column in self.cells)

    def heading_of(self, column: int) -> str:
        """The heading over a column; empty when there is none."""
        return next((one.text for one in self.headings if one.column == column), "")

    @property
    def signature(self) -> str:
        """The set of headings as one text, under which a corrected mapping is remembered."""
        return signature(self.headings)


@dataclass(frozen=True, slots=True)
class ParsedTable:
    """The good rows of a table as (row number, values in the order of `fields`).

    Values are str, date or None. `problems` cost their rows, `warnings` do not; `not_people`
    counts blank lines, totals, signatures and the like.
    """

    fields: tuple[str, ...]
    rows: list[tuple[int, tuple[object, ...]]]
    problems: list[Problem]
    warnings: list[Problem]
    not_people: int = 0

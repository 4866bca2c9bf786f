"""Find rows that speak of the same person twice, or of two people under one number.

The same row twice counts once, with a warning. A mobile, account or identity number belongs to the
first row that names it; a later one is listed. One staff number with two names says nothing sure
about either, so both rows are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from wxadmin.domain.errors import Problem

Row = tuple[int, tuple[object, ...]]
Place = Callable[[int, str], tuple[str, str, str]]

_CLAIMED = (("mobile", "手机号"), ("id_no", "身份证号"), ("wecom_userid", "帐号"))


@dataclass(slots=True)
class Doubles:
    """What was found; `gone` are the numbers of the rows that are not taken."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)


def find_doubles(
    rows: Sequence[Row], fields: Sequence[str], place: Place, only_whole: bool = False
) -> Doubles:
    """Look through the good rows; with `only_whole` (one person in many groups) whole rows only."""
    finder = _Finder(rows, fields, place)
    finder.whole_rows()
    if not only_whole:
        finder.staff_numbers()
        for key, label in _CLAIMED:
            finder.claims(key, label)
    return finder.found


class _Finder:
    def __init__(self, rows: Sequence[Row], fields: Sequence[str], place: Place) -> None:
        self.rows = rows
        self.fields = list(fields)
        self.place = place
        self.found = Doubles()

    def _column(self, key: str) -> int | None:
        return self.fields.index(key) if key in self.fields else None

    def whole_rows(self) -> None:
        if len({values for _, values in self.rows}) == len(self.rows):
            return
        first: dict[tuple[object, ...], int] = {}
        key = "name" if "name" in self.fields else self.fields[0]
        for number, values in self.rows:
            if values in first:
                reason = f"与第 {first[values]} 行完全相同，只取一次"
                self._warn(number, key, reason)
            else:
                first[values] = number

    def staff_numbers(self) -> None:
        column, names = self._column("emp_no"), self._column("name")
        if column is None or not self._has_twins(column):
            return
        groups: dict[tuple[object, object], list[Row]] = {}
        source = self._column("hr_source")  # two plants may number from 1
        for row in self.rows:
            if row[1][column] is not None and row[0] not in self.found.gone:
                of = None if source is None else row[1][source]
                groups.setdefault((of, row[1][column]), []).append(row)
        for (_, emp_no), group in groups.items():
            if len(group) == 1:
                continue
            people = {values[names] for _, values in group} if names is not None else set()
            if len(people) > 1:
                self._two_names(str(emp_no), group, names)
            else:
                for number, _ in group[1:]:
                    reason = f"工号 {emp_no} 在第 {group[0][0]} 行已有，内容不同，只取前一行"
                    self._refuse(number, "emp_no", reason)

    def _two_names(self, emp_no: str, group: list[Row], names: int | None) -> None:
        who = "、".join(f"第 {number} 行{values[names or 0]}" for number, values in group[:5])
        for number, _ in group:
            self._refuse(number, "emp_no", f"工号 {emp_no} 有几个姓名（{who}），请人事核对")

    def claims(self, key: str, label: str) -> None:
        column = self._column(key)
        if column is None or not self._has_twins(column):
            return
        owner: dict[str, int] = {}
        for number, values in self.rows:
            claimed = values[column]
            if not isinstance(claimed, str) or number in self.found.gone:
                continue
            first = owner.setdefault(claimed.lower(), number)
            if first != number:
                self._refuse(number, key, f"{label}与第 {first} 行相同，只有前一行保留")

    def _has_twins(self, column: int) -> bool:
        claimed = [values[column] for _, values in self.rows if values[column] is not None]
        return len({str(one).lower() for one in claimed}) != len(claimed)

    def _refuse(self, number: int, key: str, reason: str) -> None:
        if number in self.found.gone:
            return
        cell, heading, text = self.place(number, key)
        self.found.problems.append(Problem(number, cell, heading, text, reason, skips=True))
        self.found.gone.add(number)

    def _warn(self, number: int, key: str, reason: str) -> None:
        cell, heading, text = self.place(number, key)
        self.found.warnings.append(Problem(number, cell, heading, text, reason))
        self.found.gone.add(number)

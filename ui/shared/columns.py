"""Columns as data, and the few kinds of values a cell can hold.

Example:
    COLUMNS = (
        Column("person", "姓名", 150, kind="person", value=lambda r: Person(r.name, r.emp_no)),
        Column("unit", "部门", 180, stretch=1, value=lambda row: Cell(row.team, note=row.unit)),
        Column("phone", "手机号码", 120, tone="ink2", priority=3),
        Column("state", "状态", 110, kind="state", value=lambda row: State("tick", "在用")),
        Column("act", "", 130, kind="act", value=lambda row: "停用账号"),
    )
A column without `value` reads `row[key]` or `row.key`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ui import marks
from ui.shared.text import thousands
from ui.tokens import GROUND_OF
from wxadmin.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A name in bold with the number (or any smaller word) behind it."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """A state mark (see ui/marks.py) and its word."""

    mark: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """原 → 新 of one field."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Text with what else it may need: the cause in smaller ink, weight, tone, a quiet ground.

    `ground` is red, amber, accent or green: the value is bold on that ground (a differing value).
    """

    text: str
    note: str = ""
    bold: bool = False
    tone: str | None = None
    ground: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it shows and how it behaves when room is short.

    kind: text, number, date, person, state, mark, change, act, check.
    priority: 1 never leaves; when the table is narrow the highest leaves first.
    stretch: share of the room left over; sort_key: row → anything that sorts.
    when_struck: the word shown instead when the line is struck out (已划掉).
    """

    key: str
    title: str
    width: int = 100
    kind: str = "text"
    align: str | None = None
    priority: int = 1
    stretch: int = 0
    tone: str = "ink"
    bold: bool = False
    expected: bool = False
    sortable: bool = True
    when_struck: str | None = None
    value: Callable[[Any], Any] | None = None
    sort_key: Callable[[Any], Any] | None = None

    def of(self, row: Any) -> Any:
        """The value of this column in `row`."""
        if self.value is not None:
            return self.value(row)
        return row.get(self.key) if isinstance(row, Mapping) else getattr(row, self.key, None)

    @property
    def is_act(self) -> bool:
        """Say whether it is what is done at the end of a line; a value to be copied has a title."""
        return self.kind == "act" and not self.title

    @property
    def alignment(self) -> str:
        """left, right or centre, by kind unless said otherwise."""
        by_kind = {"number": "right", "act": "right", "mark": "centre", "check": "centre"}
        return self.align or by_kind.get(self.kind, "left")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a drawn cell: text in one font and tone, or a mark."""

    text: str = ""
    size: int = 13
    bold: bool = False
    struck: bool = False
    tone: str = "ink"
    gap: int = 0
    mark: str | None = None
    ground: str | None = None
    column: int = 0


def runs_of(column: Column, value: Any, struck: bool = False) -> tuple[Run, ...]:
    """How a value is drawn; the delegate does no more than put these side by side."""
    if struck and column.when_struck:
        return (Run(column.when_struck, tone="ink3"),)
    runs = _runs(column, value)
    if not struck:
        return runs
    return tuple(Run(r.text, r.size, r.bold, r.size == 13 and not r.mark, "ink3", r.gap, r.mark,
                     None, r.column) for r in runs)  # fmt: skip


def _runs(column: Column, value: Any) -> tuple[Run, ...]:
    if value is None or value == "":
        return (Run("—", tone="ink3"),) if column.expected else ()
    if isinstance(value, Person):
        return _person(value)
    if isinstance(value, State):
        # in a column of marks the word is for the tooltip and the screen reader
        return (Run(mark=value.mark, size=14),) if column.kind == "mark" else _state(value)
    if isinstance(value, Changed):
        return _changed(value)
    if isinstance(value, Cell):
        return _cell(column, value)
    if column.kind == "mark":
        return (Run(mark=str(value), size=14),)
    tone = "accent" if column.kind == "act" else column.tone
    return (Run(plain_text(value), bold=column.bold, tone=tone),)


def _person(value: Person) -> tuple[Run, ...]:
    name = Run(value.name, bold=True)
    return (name, Run(value.note, 12, tone="ink3", gap=8)) if value.note else (name,)


def _state(value: State) -> tuple[Run, ...]:
    if not value.word:
        return (Run(mark=value.mark),)
    return Run(mark=value.mark), Run(value.word, tone=marks.word_token(value.mark), gap=7)


def _changed(value: Changed) -> tuple[Run, ...]:
    field = Run(value.field, 12, tone="ink3", column=60)
    new = Run(value.new or "（空）", bold=True, gap=8)
    if not value.old:
        return field, Run(value.new, bold=True)
    old = Run(value.old, struck=True, tone="ink3")
    return field, old, Run(mark="arrow", tone="ink3", gap=8), new


def _cell(column: Column, value: Cell) -> tuple[Run, ...]:
    bold = value.bold or column.bold or value.ground is not None
    tone = value.tone or value.ground or column.tone
    ground = GROUND_OF.get(value.ground, "grey") if value.ground else None
    runs = [Run(value.text, bold=bold, tone=tone, ground=ground, gap=7 if value.mark else 0)]
    if value.mark:
        runs.insert(0, Run(mark=value.mark))
    if value.note:
        runs.append(Run(value.note, 12, tone="ink3", gap=10))
    return tuple(runs)


def plain_text(value: Any) -> str:
    """A value as text: for copying, tooltips, screen readers."""
    if value is None:
        return ""
    if isinstance(value, Person | Cell):
        main = value.name if isinstance(value, Person) else value.text
        return f"{main} {value.note}".strip()
    if isinstance(value, State):
        return value.word
    if isinstance(value, Changed):
        return f"{value.field} {value.old} → {value.new}".strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return thousands(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def sort_value(column: Column, row: Any) -> Any:
    """What a row is sorted by in this column; empty values come last."""
    if column.sort_key is not None:
        value = column.sort_key(row)
    else:
        value = column.of(row)
        if isinstance(value, Person | Cell | State | Changed):
            value = plain_text(value)
    return (value is None or value == "", value if value is not None else "")

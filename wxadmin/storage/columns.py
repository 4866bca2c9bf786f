"""What columns a kind of record has, read off its fields: tables and plain readings share it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

from wxadmin.domain.change import Record
from wxadmin.domain.frozen import dataclass

SCHEMA_HEAD = "0003"
"""The migration this program's tables correspond to."""

_HELD: dict[str, type[Any]] = {"int": int, "str": str, "bool": bool, "date": date}
_MAYBE = " | None"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the type it holds (int, str, bool, date, tuple), may it be empty."""

    name: str
    holds: type[Any]
    nullable: bool


_COLUMNS: dict[type[Record], tuple[Column, ...]] = {}


def columns_of(record_type: type[Record]) -> tuple[Column, ...]:
    """Return the columns of a kind of record in the order of its fields (`id` first).

    The annotations are read as they are written: evaluating those of every record would cost
    the program a noticeable part of its start. Raises `TypeError` for one no column can hold.
    """
    known = _COLUMNS.get(record_type)
    if known is None:
        known = tuple(_column(field.name, str(field.type)) for field in fields(record_type))
        _COLUMNS[record_type] = known
    return known


def _column(name: str, annotation: str) -> Column:
    nullable = annotation.endswith(_MAYBE)
    held = annotation.removesuffix(_MAYBE)
    if held.startswith("tuple["):
        return Column(name, tuple, nullable)
    if held not in _HELD:
        raise TypeError(f"no column holds {annotation}")
    return Column(name, _HELD[held], nullable)


def as_tuple(value: Any) -> Any:
    """Turn the lists of JSON into tuples, all the way down."""
    return tuple(as_tuple(item) for item in value) if isinstance(value, list) else value


def tuple_from_text(text: str | None) -> tuple[Any, ...]:
    """Read a tuple that is kept as JSON text."""
    return () if text in {None, "[]"} else as_tuple(json.loads(text or "[]"))


def _date_from(value: str | date) -> date:
    """Read a day: SQLite keeps text, a server hands over dates."""
    return date.fromisoformat(value) if isinstance(value, str) else value


_FROM_DRIVER: dict[type[Any], Callable[[Any], Any]] = {
    bool: bool,
    date: _date_from,
    tuple: tuple_from_text,
}


def readers_of(columns: tuple[Column, ...]) -> list[tuple[int, Callable[[Any], Any]]]:
    """Return the places of the columns a driver does not hand over as they are, and how to read."""
    found = ((place, _FROM_DRIVER.get(column.holds)) for place, column in enumerate(columns))
    return [(place, reader) for place, reader in found if reader is not None]

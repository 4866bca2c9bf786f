"""Put many rows into a table: the statement compiled once, values handed over by their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

PIECE = 2_000
"""Rows handed to the driver at once, so that a long list is not held twice."""

Values = Sequence[Any]
Bind = Callable[[Any], Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows, each with a value for every column in the table's order.

    What the usual way spends most of its time on, a dictionary of parameters for each row, is
    left out where the driver takes parameters by place; the types still convert every value.
    """
    dialect = connection.dialect
    statement = table.insert().compile(dialect=dialect)
    names = [column.name for column in table.columns]
    if not isinstance(statement, SQLCompiler) or statement.positiontup != names:
        connection.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in rows])
        return
    binds = _binds(table, dialect)
    for start in range(0, len(rows), PIECE):
        piece = rows[start : start + PIECE]
        bound = _bound(piece, binds) if binds else list(map(tuple, piece))
        connection.exec_driver_sql(statement.string, bound)


def _binds(table: Table, dialect: Dialect) -> list[tuple[int, Bind]]:
    """Return the columns whose values must be converted, and how."""
    found: list[tuple[int, Bind]] = []
    for place, column in enumerate(table.columns):
        if isinstance(column.type, LargeBinary):
            continue  # bytes are taken as they are
        bind = column.type.dialect_impl(dialect).bind_processor(dialect)
        if bind is not None:
            found.append((place, bind))
    return found


def _bound(rows: Sequence[Values], binds: list[tuple[int, Bind]]) -> list[tuple[Any, ...]]:
    """Convert values column by column; each different value once."""
    columns = list(zip(*rows, strict=True))
    for place, bind in binds:
        column = columns[place]
        converted = {value: bind(value) for value in set(column)}
        columns[place] = tuple([converted[value] for value in column])
    return list(zip(*columns, strict=True))

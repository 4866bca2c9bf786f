"""Plain readings straight through the database's driver: columns of one table, by equal values.

Nearly everything the program reads is of this form. Asking the driver itself keeps SQLAlchemy
out of the window's start and costs half as much a row; whatever asks for more goes by SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from queue import Empty, SimpleQueue
from typing import Any

from wxadmin.domain.change import Record
from wxadmin.storage.columns import Column, columns_of, readers_of

FETCHED = 1000
_KEPT = 4


class Readers:
    """A few open connections for short reads, lent to one thread at a time.

    `connect` opens one that may only read; `mark` is how its driver writes a parameter, and
    `begin` is said before the first of several readings.
    """

    def __init__(self, connect: Callable[[], Any], mark: str = "?", begin: str = "BEGIN") -> None:
        self._connect = connect
        self._begin = begin
        self._idle: SimpleQueue[Any] = SimpleQueue()
        self._closed = False
        self.mark = mark

    @contextmanager
    def lend(self) -> Iterator[Any]:
        """Lend a cursor whose readings all see the same moment."""
        connection, cursor = self._idle_one() or self._fresh()
        try:
            yield cursor
        finally:
            self._take_back(connection)

    def _idle_one(self) -> tuple[Any, Any] | None:
        """Return a connection that was used before and its cursor; one that was lost is let go."""
        while True:
            try:
                connection = self._idle.get_nowait()
            except Empty:
                return None
            try:
                return connection, self._begun(connection)
            except Exception:  # a server was started anew meanwhile
                self._let_go(connection)

    def _fresh(self) -> tuple[Any, Any]:
        connection = self._connect()
        try:
            return connection, self._begun(connection)
        except BaseException:
            self._let_go(connection)
            raise

    def _begun(self, connection: Any) -> Any:
        cursor = connection.cursor()
        cursor.execute(self._begin)
        return cursor

    @staticmethod
    def _let_go(connection: Any) -> None:
        with suppress(Exception):  # a broken connection may refuse even that
            connection.close()

    def _take_back(self, connection: Any) -> None:
        try:
            connection.rollback()
        except Exception:  # a broken connection is let go of, whatever it says
            self._let_go(connection)
            return
        if self._closed or self._idle.qsize() >= _KEPT:
            connection.close()
        else:
            self._idle.put(connection)

    def close(self) -> None:
        """Close what is not lent; what is lent is closed when it comes back."""
        self._closed = True
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                break
        self._closed = False


class Question:
    """One reading of a table: which columns, and which values others must have."""

    def __init__(
        self,
        record_type: type[Record],
        names: Sequence[str] = (),
        wanted: Mapping[str, Any] | None = None,
        mark: str = "?",
    ) -> None:
        known = {column.name: column for column in columns_of(record_type)}
        self.columns: tuple[Column, ...] = tuple(known[name] for name in names or known)
        self.table = quoted(record_type.kind)
        self.parameters: list[Any] = []
        tests = [self._test(known[name], value, mark) for name, value in (wanted or {}).items()]
        self.where = f" WHERE {' AND '.join(tests)}" if tests else ""

    def _test(self, column: Column, value: Any, mark: str) -> str:
        name = quoted(column.name)
        if value is None:
            return f"{name} IS NULL"
        if not is_many(value):
            self.parameters.append(_bound(value))
            return f"{name} = {mark}"
        values = [_bound(one) for one in value if one is not None]
        self.parameters += values
        return f"{name} IN ({', '.join([mark] * len(values))})" if values else "1 = 0"

    def asking(self, what: str) -> str:
        """Return the statement that asks for `what` (a list of columns, a count)."""
        return f"SELECT {what} FROM {self.table}{self.where}"

    @property
    def in_order(self) -> str:
        """Return the statement that asks for the columns, by id."""
        what = ", ".join(quoted(column.name) for column in self.columns)
        return f'{self.asking(what)} ORDER BY "id"'

    def rows(self, cursor: Any) -> Iterator[tuple[Any, ...]]:
        """Yield the rows by id, fetched in pieces: long lists are never held twice."""
        cursor.execute(self.in_order, self.parameters)
        readers = readers_of(self.columns)
        while piece := cursor.fetchmany(FETCHED):
            yield from _read(piece, readers) if readers else piece


def _read(
    rows: Sequence[Sequence[Any]], readers: Iterable[tuple[int, Callable[[Any], Any]]]
) -> Iterator[tuple[Any, ...]]:
    """Read values column by column; each different value once."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for place, reader in readers:
        column = columns[place]
        known = {value: None if value is None else reader(value) for value in set(column)}
        columns[place] = [known[value] for value in column]
    return zip(*columns, strict=True)


def quoted(name: str) -> str:
    """Write a name so that it is never taken for a word of SQL (a table is called "group")."""
    return f'"{name}"'


def is_many(value: Any) -> bool:
    """Say whether a wanted value stands for any of several."""
    return isinstance(value, (set, frozenset, list, tuple))


def _bound(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

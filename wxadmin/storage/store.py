"""The one door to the register: reading records, and writing changes with their journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice, starmap
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, func, select, text
from sqlalchemy.exc import DBAPIError

from wxadmin.domain.change import Record
from wxadmin.domain.errors import UserError
from wxadmin.storage.engine import Database, refusal_of
from wxadmin.storage.operation import IdSource, Operation, read_counters
from wxadmin.storage.tables import RECORD_TABLES, SCHEMA_HEAD, alembic_version, metadata

T = TypeVar("T", bound=Record)
CHUNK = 500
FETCHED = 1000


def chunks(ids: Iterable[int], size: int = CHUNK) -> Iterator[list[int]]:
    """Cut a long list of ids into pieces a query can take."""
    iterator = iter(ids)
    while piece := list(islice(iterator, size)):
        yield piece


class Store:
    """The register on disk. Reads return records or plain tuples; writes go by `operation`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # -- reading ------------------------------------------------------------------------------
    def get(self, record_type: type[T], record_id: int) -> T | None:
        """Return one record by its id, or None."""
        found = self.find(record_type, id=record_id)
        return found[0] if found else None

    def all(self, record_type: type[T]) -> list[T]:
        """Return every record of a kind, by id."""
        return self.find(record_type)

    def find(self, record_type: type[T], **wanted: Any) -> list[T]:
        """Return the records whose fields equal the given values, by id.

        A value may be None (nothing there) or a set, list or tuple (any of these).
        """
        return list(starmap(record_type, self._rows(record_type, (), wanted)))

    def columns(
        self, record_type: type[Record], *names: str, **wanted: Any
    ) -> list[tuple[Any, ...]]:
        """Return bare tuples of the named fields: for long lists, where records cost too much."""
        return list(map(tuple, self._rows(record_type, names, wanted)))

    def pairs(
        self, record_type: type[Record], first: str, second: str, **wanted: Any
    ) -> list[tuple[int, int | None]]:
        """Return pairs of two number columns in no order, straight from the driver: for lists of
        hundreds of thousands, such as who is in which group."""
        table = RECORD_TABLES[record_type]
        query = self._where(select(table.c[first], table.c[second]), record_type, wanted)
        with self.reading() as connection, connection.execute(query) as result:
            assert result.cursor is not None
            return list(result.cursor.fetchall())

    def ids_of(self, record_type: type[Record], **wanted: Any) -> Sequence[int]:
        """Return nothing but ids, in their order: all a long table needs before it is painted.

        All ids of a kind are a range where none is missing, and quick to tell.
        """
        table = RECORD_TABLES[record_type]
        query = self._where(select(table.c.id), record_type, wanted).order_by(table.c.id)
        with self.reading() as connection:
            if wanted:
                return list(connection.execute(query).scalars())
            asked = (func.min(table.c.id), func.max(table.c.id), func.count())
            alone = [select(one).select_from(table).scalar_subquery() for one in asked]
            low, high, found = tuple(connection.execute(select(*alone)).one())
            if found == 0 or found == high - low + 1:
                return range(low, high + 1) if found else []
            return _ids_between(connection, table, low, high)

    def count(self, record_type: type[Record], **wanted: Any) -> int:
        """Count the records whose fields equal the given values."""
        table = RECORD_TABLES[record_type]
        query = self._where(select(func.count()).select_from(table), record_type, wanted)
        with self.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def _rows(
        self, record_type: type[Record], names: Sequence[str], wanted: dict[str, Any]
    ) -> Iterator[Any]:
        """Yield rows by id, fetched in pieces: long lists are never held twice."""
        table = RECORD_TABLES[record_type]
        query = select(*(table.c[name] for name in names) if names else table.c)
        long = next((k for k, v in wanted.items() if _is_many(v) and len(v) > CHUNK), None)
        pieces = [{}] if long is None else ({long: ids} for ids in chunks(sorted(wanted[long])))
        with self.reading() as connection:
            for piece in pieces:
                part = self._where(query, record_type, {**wanted, **piece}).order_by(table.c.id)
                for rows in connection.execute(part).partitions(FETCHED):
                    yield from rows

    @staticmethod
    def _where(
        query: Select[Any], record_type: type[Record], wanted: dict[str, Any]
    ) -> Select[Any]:
        table = RECORD_TABLES[record_type]
        for name, value in wanted.items():
            column = table.c[name]
            query = query.where(column.in_(list(value)) if _is_many(value) else column == value)
        return query

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a short read; for this room only."""
        with self._sentences(), self.database.reader.connect() as connection:
            yield connection

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        """Turn what a disk does to us into one sentence; anything else stays a bug."""
        try:
            yield
        except DBAPIError as error:
            path = self.database.path
            refusal = refusal_of(error, path) if path else None
            if refusal is None:
                raise
            raise refusal from error

    # -- writing ------------------------------------------------------------------------------
    def ids(self) -> IdSource:
        """Return a source of new ids and numbers, counting on from what the register has given.

        Drawing from it writes nothing; the operation that uses the numbers keeps them.
        """
        with self.reading() as connection:
            return IdSource(read_counters(connection))

    @contextmanager
    def operation(
        self,
        title: str,
        *,
        by: str,
        on: date,
        source: str = "",
        undoes: int | None = None,
        at: datetime | None = None,
    ) -> Iterator[Operation]:
        """Open one act: everything written inside is kept together with its journal, or nothing.

        An act that writes no change leaves no trace (`Operation.id` stays None).
        """
        writer = self.database.writer
        if writer is None:
            raise UserError("登记库是以只读方式打开的，不能修改。", "read_only")
        moment = at or datetime.now(UTC).replace(tzinfo=None)
        with self._sentences(), writer.connect() as connection, connection.begin() as transaction:
            operation = Operation(connection, title, by, on, source, undoes, moment)
            yield operation
            if operation.finish():
                transaction.commit()
                operation.settle()
            else:
                transaction.rollback()

    # -- the whole ----------------------------------------------------------------------------
    def create_schema(self) -> None:
        """Make all tables, fresh, and mark them with the schema this program knows."""
        writer = self.database.writer
        assert writer is not None
        with self._sentences(), writer.begin() as connection:
            metadata.create_all(connection)
            connection.execute(alembic_version.insert().values(version_num=SCHEMA_HEAD))

    def schema_version(self) -> str:
        """Return the schema the file has, "" where it has none."""
        try:
            with self.reading() as connection:
                row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
        except DBAPIError:
            return ""
        return str(row[0]) if row else ""

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def _ids_between(connection: Connection, table: Table, low: int, high: int) -> Sequence[int]:
    """Return the ids that are there, halving until a stretch is whole or short enough to read."""
    within = table.c.id.between(low, high)
    found = connection.execute(select(func.count()).where(within)).scalar_one()
    if found == high - low + 1:
        return range(low, high + 1)
    if high - low < CHUNK:
        ids = select(table.c.id).where(within).order_by(table.c.id)
        return list(connection.execute(ids).scalars())
    if found == 0:
        return []
    middle = (low + high) // 2
    lower = _ids_between(connection, table, low, middle)
    return [*lower, *_ids_between(connection, table, middle + 1, high)]


def _is_many(value: Any) -> bool:
    return isinstance(value, (set, frozenset, list, tuple))

"""The one door to the register: reading records, and writing changes with their journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice, starmap
from typing import TYPE_CHECKING, Any, TypeVar

from wxadmin.domain.change import Record
from wxadmin.domain.errors import UserError
from wxadmin.storage.columns import SCHEMA_HEAD
from wxadmin.storage.database import Database
from wxadmin.storage.numbers import IdSource
from wxadmin.storage.rows import Question, is_many, quoted

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from wxadmin.storage.operation import Operation

T = TypeVar("T", bound=Record)
CHUNK = 500


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
        asked = f"{quoted(first)}, {quoted(second)}"
        return self._answers(self._question(record_type, (), wanted), asked)

    def ids_of(self, record_type: type[Record], **wanted: Any) -> Sequence[int]:
        """Return nothing but ids, in their order: all a long table needs before it is painted.

        All ids of a kind are a range where none is missing, and quick to tell.
        """
        if wanted:
            return [row[0] for row in self._rows(record_type, ("id",), wanted)]
        table = quoted(record_type.kind)
        asked = ('min("id")', 'max("id")', "count(*)")
        alone = ", ".join(f"(SELECT {one} FROM {table})" for one in asked)
        with self._plain() as cursor:
            cursor.execute(f"SELECT {alone}")
            low, high, found = cursor.fetchone()
            if found == 0 or found == high - low + 1:
                return range(low, high + 1) if found else []
            return _ids_between(cursor, table, low, high)

    def count(self, record_type: type[Record], **wanted: Any) -> int:
        """Count the records whose fields equal the given values."""
        return int(self._answers(self._question(record_type, (), wanted), "count(*)")[0][0])

    def journal_head(self) -> tuple[int, int, str] | None:
        """Return how many acts and entries there are and the chain's last link, None before any."""
        with self._plain() as cursor:
            cursor.execute('SELECT "operations", "entries", "chain" FROM "journal_head"')
            row = cursor.fetchone()
        return (int(row[0]), int(row[1]), str(row[2])) if row else None

    def _answers(self, question: Question, asked: str) -> list[Any]:
        with self._plain() as cursor:
            cursor.execute(question.asking(asked), question.parameters)
            return list(cursor.fetchall())

    def _rows(
        self, record_type: type[Record], names: Sequence[str], wanted: dict[str, Any]
    ) -> Iterator[Any]:
        """Yield rows by id, fetched in pieces: long lists are never held twice."""
        long = next((k for k, v in wanted.items() if is_many(v) and len(v) > CHUNK), None)
        pieces = [{}] if long is None else ({long: ids} for ids in chunks(sorted(wanted[long])))
        with self._plain() as cursor:
            for piece in pieces:
                yield from self._question(record_type, names, {**wanted, **piece}).rows(cursor)

    def _question(
        self, record_type: type[Record], names: Sequence[str], wanted: dict[str, Any]
    ) -> Question:
        return Question(record_type, names, wanted, self.database.plain.mark)

    @contextmanager
    def _plain(self) -> Iterator[Any]:
        with self.sentences(), self.database.plain.lend() as cursor:
            yield cursor

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a short read by SQLAlchemy; for this room only."""
        with self.sentences(), self.database.reader.connect() as connection:
            yield connection

    @contextmanager
    def sentences(self) -> Iterator[None]:
        """Turn what a disk does to us into one sentence; anything else stays a bug."""
        try:
            yield
        except Exception as error:
            refusal = self.database.refusal(error)
            if refusal is None:
                raise
            raise refusal from error

    # -- writing ------------------------------------------------------------------------------
    def ids(self) -> IdSource:
        """Return a source of new ids and numbers, counting on from what the register has given.

        Drawing from it writes nothing; the operation that uses the numbers keeps them.
        """
        with self._plain() as cursor:
            cursor.execute('SELECT "name", "value" FROM "counter"')
            return IdSource(dict(cursor.fetchall()))

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
        from wxadmin.storage.operation import Operation

        moment = at or datetime.now(UTC).replace(tzinfo=None)
        with self.sentences(), writer.connect() as connection, connection.begin() as transaction:
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
        from wxadmin.storage.tables import alembic_version, metadata

        writer = self.database.writer
        assert writer is not None
        with self.sentences(), writer.begin() as connection:
            metadata.create_all(connection)
            connection.execute(alembic_version.insert().values(version_num=SCHEMA_HEAD))

    def schema_version(self) -> str:
        """Return the schema the file has, "" where it has none."""
        try:
            with self._plain() as cursor:
                cursor.execute("SELECT version_num FROM alembic_version")
                row = cursor.fetchone()
        except UserError as refusal:
            if refusal.code != "incomplete":
                raise
            return ""
        return str(row[0]) if row else ""

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def _ids_between(cursor: Any, table: str, low: int, high: int) -> Sequence[int]:
    """Return the ids that are there, halving until a stretch is whole or short enough to read."""
    within = f'FROM {table} WHERE "id" BETWEEN {low:d} AND {high:d}'
    cursor.execute(f"SELECT count(*) {within}")
    found = cursor.fetchone()[0]
    if found == high - low + 1:
        return range(low, high + 1)
    if high - low < CHUNK:
        cursor.execute(f'SELECT "id" {within} ORDER BY "id"')
        return [row[0] for row in cursor.fetchall()]
    if found == 0:
        return []
    middle = (low + high) // 2
    lower = _ids_between(cursor, table, low, middle)
    return [*lower, *_ids_between(cursor, table, middle + 1, high)]

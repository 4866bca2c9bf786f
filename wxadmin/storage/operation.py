"""One act on the register: the only function that writes, and the journal it writes with."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, select

from wxadmin.domain.change import AnyChange, Record
from wxadmin.domain.errors import UserError
from wxadmin.storage.bulk import PIECE, insert_rows
from wxadmin.storage.numbers import IdSource
from wxadmin.storage.payload import values_of, write_payload
from wxadmin.storage.tables import (
    RECORD_TABLES,
    counter,
    journal_entry,
    journal_head,
    operation,
)

CHUNK = 500
SALT_BYTES = 16
NO_CHAIN = "0" * 64


class StaleError(UserError):
    """The register no longer looks as the change expects; `stale` are the changes concerned."""

    def __init__(self, stale: Sequence[AnyChange]) -> None:
        super().__init__("登记库在此期间已被改动，预览已过时，没有写入。请重新生成预览。", "stale")
        self.stale = tuple(stale)


def read_counters(connection: Connection) -> dict[str, int]:
    """Return the last number given in every series."""
    return {name: value for name, value in connection.execute(select(counter))}


class Operation:
    """What is written inside one transaction, with who, when, and from which file."""

    def __init__(
        self,
        connection: Connection,
        title: str,
        by: str,
        on: date,
        source: str,
        undoes: int | None,
        at: datetime,
    ) -> None:
        self._connection = connection
        self._about = {"title": title, "by": by, "on": on, "source": source, "undoes": undoes}
        self._at = at
        self._links: list[bytes] = []
        self._counters = read_counters(connection)
        self._at_start = dict(self._counters)
        self._numbers: dict[str, int] = {}
        self._sources: list[IdSource] = []
        self.id: int | None = None
        head = connection.execute(select(journal_head)).first()
        self._head = (0, 0, NO_CHAIN) if head is None else tuple(head)[1:]

    def write(self, changes: Iterable[AnyChange], numbers: IdSource | None = None) -> None:
        """Write changes and their journal; the only place in the program that writes.

        Checks first that the register still looks like every `before`; raises `StaleError`
        with the changes that do not fit, and then nothing at all is written. `numbers` is
        where the new ids were drawn from, so that other series drawn there are kept too; a
        number somebody else drew in the meantime is stale as well.
        """
        real = [change for change in changes if change.before != change.after]
        if not real:
            return
        if numbers is not None and not numbers.fits(self._at_start):
            raise StaleError([change for change in real if change.before is None])
        self._check(real)
        for record_type, run in _runs(real):
            self._apply(record_type, run)
        self._journal(real)
        if numbers is not None:
            for series, value in numbers.drawn().items():
                self._numbers[series] = max(value, self._numbers.get(series, 0))
            self._sources.append(numbers)

    # -- the three parts of a write -------------------------------------------------------------
    def _check(self, changes: Sequence[AnyChange]) -> None:
        before: dict[type[Record], dict[int, AnyChange]] = defaultdict(dict)
        for change in changes:
            before[type(change.record)][change.record.id] = change
        stale: list[AnyChange] = []
        for record_type, wanted in before.items():
            found = self._present(record_type, list(wanted))
            given = self._at_start.get(record_type.kind, 0)
            for record_id, change in wanted.items():
                # an id is given once; only an undo brings a thing back under its own
                if change.before is None and record_id <= given and self._about["undoes"] is None:
                    stale.append(change)
                    continue
                expected = None
                if change.before is not None:
                    expected = values_of(change.before)
                if found.get(record_id) != expected:
                    stale.append(change)
        if stale:
            raise StaleError(stale)

    def _present(self, record_type: type[Record], ids: list[int]) -> dict[int, tuple[Any, ...]]:
        table = RECORD_TABLES[record_type]
        highest = self._counters.get(record_type.kind, 0)
        known = [record_id for record_id in ids if record_id <= highest]
        found: dict[int, tuple[Any, ...]] = {}
        query = select(table).where(table.c.id.in_(bindparam("ids", expanding=True)))
        for start in range(0, len(known), CHUNK):
            piece = known[start : start + CHUNK]
            for row in self._connection.execute(query, {"ids": piece}):
                found[row[0]] = tuple(row)
        return found

    def _apply(self, record_type: type[Record], changes: Sequence[AnyChange]) -> None:
        table = RECORD_TABLES[record_type]
        new = [values_of(c.after) for c in changes if c.before is None and c.after is not None]
        if new:
            insert_rows(self._connection, table, new)
            self._counters[record_type.kind] = self._numbers[record_type.kind] = max(
                self._counters.get(record_type.kind, 0), *(row[0] for row in new)
            )
        gone = [{"_id": c.record.id} for c in changes if c.after is None]
        if gone:
            self._connection.execute(table.delete().where(table.c.id == bindparam("_id")), gone)
        updates: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for change in changes:
            if change.before is not None and change.after is not None:
                differing = {d.name: d.new for d in change.differences()}
                updates[tuple(differing)].append({"_id": change.record.id, **differing})
        for columns, rows in updates.items():
            statement = table.update().where(table.c.id == bindparam("_id"))
            self._connection.execute(
                statement.values({name: bindparam(name) for name in columns}), rows
            )

    def _journal(self, changes: Sequence[AnyChange]) -> None:
        if self.id is None:
            self.id = int(self._head[0]) + 1
            self._connection.execute(
                operation.insert(),
                {**self._about, "id": self.id, "at": self._at, "entries": 0, "chain": NO_CHAIN},
            )
        for start in range(0, len(changes), PIECE):
            piece = changes[start : start + PIECE]
            salts = os.urandom(SALT_BYTES * len(piece))
            rows = [
                self._entry(change, salts[at : at + SALT_BYTES])
                for at, change in zip(range(0, len(salts), SALT_BYTES), piece, strict=True)
            ]
            insert_rows(self._connection, journal_entry, rows)

    def _entry(self, change: AnyChange, salt: bytes) -> tuple[Any, ...]:
        """Return the row that keeps one change, and link it into the chain."""
        record = change.record
        kind, record_id, version = record.kind, record.id, record.version
        payload = write_payload(change)
        digest = entry_digest(salt, payload)
        self._links.append(entry_link(kind, record_id, version, digest))
        return (self.id, len(self._links), kind, record_id, version, payload, salt, digest)

    def settle(self) -> None:
        """Tell the sources of numbers that what they gave is kept; called after the commit."""
        for source in self._sources:
            source.settle()

    def finish(self) -> bool:
        """Close the chain and keep the counters; False where nothing was written."""
        if self.id is None:
            return False
        operations, entries, chain = self._head
        about = {**self._about, "at": self._at, "id": self.id}
        chain = operation_chain(str(chain), about, self._links)
        run = self._connection.execute
        run(
            operation.update().where(operation.c.id == self.id),
            {"entries": len(self._links), "chain": chain},
        )
        run(journal_head.delete())
        run(
            journal_head.insert(),
            {
                "id": 1,
                "operations": int(operations) + 1,
                "entries": int(entries) + len(self._links),
                "chain": chain,
            },
        )
        if self._numbers:
            run(
                counter.delete().where(counter.c.name == bindparam("_name")),
                [{"_name": name} for name in self._numbers],
            )
            run(counter.insert(), [{"name": n, "value": v} for n, v in self._numbers.items()])
        return True


def entry_digest(salt: bytes, payload: str) -> bytes:
    """Return the salted hash that stands for an entry's values in the chain.

    Value and salt may be erased by law; the digest stays and the chain still holds.
    """
    return sha256(salt + payload.encode()).digest()


def entry_link(kind: str, record_id: int, version: int, digest: bytes) -> bytes:
    """Return what the chain takes of one entry: whose values, and their digest."""
    return b"%s\x1f%d\x1f%d\x1f%s" % (kind.encode(), record_id, version, digest)


def operation_chain(previous: str, about: dict[str, Any], links: Iterable[bytes]) -> str:
    """Return the link of an operation: everything before it, what it is, what it wrote."""
    head = "\x1f".join(
        str(about[name]) for name in ("id", "at", "on", "by", "title", "source", "undoes")
    )
    return sha256(b"\x1e".join([previous.encode(), head.encode(), b"\x1d".join(links)])).hexdigest()


def _runs(changes: Sequence[AnyChange]) -> list[tuple[type[Record], list[AnyChange]]]:
    """Group changes by kind of record; references are checked at the end of the transaction."""
    grouped: dict[type[Record], list[AnyChange]] = defaultdict(list)
    for change in changes:
        grouped[type(change.record)].append(change)
    return list(grouped.items())

"""Reading the journal back: what was done, what became of a record, whether the chain holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import starmap
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from wxadmin.domain.change import AnyChange, Change, Record, combined
from wxadmin.domain.journal import Entry, JournalOperation
from wxadmin.storage.operation import NO_CHAIN, entry_digest, entry_link, operation_chain
from wxadmin.storage.payload import GONE, NEW, read_entry
from wxadmin.storage.store import Store, chunks
from wxadmin.storage.tables import (
    RECORD_TABLES,
    journal_entry,
    journal_head,
    operation,
)


class Journal:
    """The journal of one register. It is written by operations only; here it is read."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def operations(self, limit: int | None = None) -> list[JournalOperation]:
        """Return the acts, oldest first; with `limit`, the newest so many."""
        query = select(operation).order_by(operation.c.id.desc()).limit(limit)
        return list(starmap(JournalOperation, self._rows(query)))[::-1]

    def operation(self, operation_id: int) -> JournalOperation | None:
        """Return one act, or None."""
        rows = self._rows(select(operation).where(operation.c.id == operation_id))
        return JournalOperation(*rows[0]) if rows else None

    def entries(self, operation_id: int) -> list[Entry]:
        """Return what an act changed, in the order it was written (erased values are left out)."""
        return self._entries(journal_entry.c.operation_id == operation_id)

    def history(self, record: Record) -> list[tuple[JournalOperation, Entry]]:
        """Return what happened to one record, oldest first."""
        entries = self._entries(
            (journal_entry.c.record_kind == record.kind) & (journal_entry.c.record_id == record.id)
        )
        return [(self._known(e.operation_id), e) for e in entries]

    def later_entry(self, entry: Entry) -> tuple[JournalOperation, Entry] | None:
        """Return the newest act after an entry's own that touched the same fields, if any."""
        j = journal_entry.c
        later = self._entries(
            (j.record_kind == entry.record_type.kind)
            & (j.record_id == entry.record_id)
            & (j.operation_id > entry.operation_id)
        )
        fields = set(entry.changed)
        touching = [e for e in later if e.sign or not fields.isdisjoint(e.changed)]
        return (self._known(touching[-1].operation_id), touching[-1]) if touching else None

    def later_entries(self, record_type: type[Record], on: date) -> list[Entry]:
        """Return what acts that count for later days did to records of a kind, oldest first."""
        later = select(operation.c.id).where(operation.c.on > on)
        j = journal_entry.c
        return self._entries((j.record_kind == record_type.kind) & j.operation_id.in_(later))

    def former_values(self, record_type: type[Record], field: str) -> set[Any]:
        """Return every value a field held in records that have since been changed or taken out."""
        j = journal_entry.c
        told = j.payload.like(f'{{"{GONE}":%') | j.payload.like(f'%"{field}":%')
        entries = self._entries((j.record_kind == record_type.kind) & told)
        return {v for e in entries for v in (e.old.get(field), e.new.get(field)) if v is not None}

    def changes_to_undo(self, operation_id: int) -> tuple[list[AnyChange], list[Entry]]:
        """Return the changes that take an act back, and the entries that were overtaken.

        An entry is overtaken where a field it set no longer holds what it set.
        """
        entries = self.entries(operation_id)[::-1]
        present = self._present(entries)
        changes: list[AnyChange] = []
        overtaken: list[Entry] = []
        for entry in entries:
            record = present.get((entry.record_type, entry.record_id))
            change = _undo_of(entry, record)
            if change is None:
                overtaken.append(entry)
            else:
                changes.append(change)
                present[entry.record_type, entry.record_id] = change.after
        return changes, overtaken

    def changes_back_to(
        self, operation_id: int, kept: tuple[type[Record], ...] = ()
    ) -> list[AnyChange]:
        """Return the changes that take back an act and everything since, folded into one.

        Records of the kinds `kept` stay as they are now.
        """
        written = self._entries(journal_entry.c.operation_id >= operation_id)
        entries = [entry for entry in reversed(written) if entry.record_type not in kept]
        present = self._present(entries)
        changes: list[AnyChange] = []
        for entry in entries:
            change = _undo_of(entry, present.get((entry.record_type, entry.record_id)))
            if change is not None:
                changes.append(change)
                present[entry.record_type, entry.record_id] = change.after
        return combined(changes)

    def referring(self, changes: Sequence[AnyChange]) -> dict[tuple[str, int], tuple[str, int]]:
        """Return, for records that would go, one record that stays and still refers to each."""
        after = {(c.record.kind, c.record.id): c.after for c in changes}
        gone = {key for key, record in after.items() if record is None}
        found: dict[tuple[str, int], tuple[str, int]] = {}
        for record_type, table in RECORD_TABLES.items():
            for key in table.foreign_keys:
                target = key.column.table.name
                ids = sorted(i for kind, i in gone if kind == target)
                for piece in chunks(ids):
                    query = select(table.c.id, key.parent).where(key.parent.in_(piece))
                    for record_id, to in self._rows(query):
                        who = (record_type.kind, record_id)
                        lets_go = who in after and getattr(after[who], key.parent.name, None) != to
                        if not lets_go:
                            found[target, to] = who
        return found

    def verify(self) -> list[str]:
        """Return what is wrong with the chain, in Chinese; nothing wrong is an empty list."""
        try:
            links, entries, findings = self._links()
            return findings + self._check_chain(links, entries)
        except (TypeError, ValueError, AttributeError, DBAPIError):
            return ["日志：有内容已不是日志写下的样子，无法读取"]

    def _links(self) -> tuple[dict[int, list[bytes]], int, list[str]]:
        """Return what the chain takes of every entry, how many there are, and what is wrong."""
        findings: list[str] = []
        links: dict[int, list[bytes]] = defaultdict(list)
        entries = 0
        for op_id, seq, kind, record_id, version, payload, salt, digest in self._rows(
            select(journal_entry).order_by(journal_entry.c.operation_id, journal_entry.c.seq)
        ):
            entries += 1
            erased = payload is None and salt is None
            if not erased and entry_digest(salt or b"", payload or "") != digest:
                findings.append(f"日志：第 {op_id} 步第 {seq} 条的内容被改动过")
            if seq != len(links[op_id]) + 1:
                findings.append(f"日志：第 {op_id} 步第 {seq} 条是多出来的，或前面缺了一条")
            links[op_id].append(entry_link(kind, record_id, version, digest))
        return links, entries, findings

    def _check_chain(self, links: dict[int, list[bytes]], entries: int) -> list[str]:
        chain = NO_CHAIN
        operations = self.operations()
        for number, done in enumerate(operations, start=1):
            about: dict[str, Any] = {name: getattr(done, name) for name in _ABOUT}
            own = links.pop(done.id, [])
            chain = operation_chain(chain, about, own)
            if chain != done.chain or done.id != number or done.entries != len(own):
                return [f"日志：从第 {done.id} 步“{done.title}”起，链条对不上"]
        if links:
            return [f"日志：有 {sum(map(len, links.values()))} 条不属于任何一步"]
        return self._check_head(len(operations), entries, chain)

    def head(self) -> tuple[int, int, str]:
        """Return how many acts and entries there are, and the last link of the chain."""
        rows = self._rows(select(journal_head))
        return (int(rows[0][1]), int(rows[0][2]), str(rows[0][3])) if rows else (0, 0, NO_CHAIN)

    def _check_head(self, operations: int, entries: int, chain: str) -> list[str]:
        if self.head() == (operations, entries, chain):
            return []
        return ["日志：最后一步与登记的链头不符，末尾可能被截掉"]

    def _present(self, entries: list[Entry]) -> dict[tuple[type[Record], int], Record | None]:
        wanted: dict[type[Record], set[int]] = {}
        for entry in entries:
            wanted.setdefault(entry.record_type, set()).add(entry.record_id)
        present: dict[tuple[type[Record], int], Record | None] = {}
        for record_type, ids in wanted.items():
            for record in self._store.find(record_type, id=ids):
                present[record_type, record.id] = record
        return present

    def _known(self, operation_id: int) -> JournalOperation:
        found = self.operation(operation_id)
        assert found is not None
        return found

    def _entries(self, where: Any) -> list[Entry]:
        j = journal_entry.c
        query = (
            select(j.operation_id, j.seq, j.record_kind, j.record_id, j.version, j.payload)
            .where(where & j.payload.is_not(None))
            .order_by(j.operation_id, j.seq)
        )
        return list(starmap(read_entry, self._rows(query)))

    def _rows(self, query: Any) -> list[Any]:
        with self._store.reading() as connection:
            return list(connection.execute(query))

    def count(self) -> int:
        """Count the acts."""
        return int(self._rows(select(func.count()).select_from(operation))[0][0])


_ABOUT = ("id", "at", "on", "by", "title", "source", "undoes")


def _undo_of(entry: Entry, record: Record | None) -> AnyChange | None:
    """Return the change that takes one entry back, or None where it was overtaken."""
    if entry.sign == GONE:
        return Change(None, entry.record_type(**entry.old)) if record is None else None
    if record is None:
        return None
    if any(getattr(record, name) != value for name, value in entry.new.items()):
        return None
    if entry.sign == NEW:
        return Change(record, None)
    return Change(record, replace(record, **entry.old))

"""The register as it stood on a day: the present minus what was written for later days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NoReturn

from sqlalchemy import select

from wxadmin.domain.catalogue import BY_KIND
from wxadmin.domain.change import Record, field_names
from wxadmin.domain.errors import UserError
from wxadmin.domain.journal import Entry, JournalOperation
from wxadmin.storage.journal import Journal
from wxadmin.storage.numbers import IdSource
from wxadmin.storage.payload import GONE, NEW
from wxadmin.storage.store import Store
from wxadmin.storage.tables import journal_entry, operation


class PastJournal(Journal):
    """The journal up to a day."""

    def __init__(self, store: Store, on: date) -> None:
        super().__init__(store)
        self._on = on

    def operations(self, limit: int | None = None) -> list[JournalOperation]:
        """Return the acts that count for that day or an earlier one, oldest first."""
        found = [done for done in super().operations() if done.on <= self._on]
        return found if limit is None else found[max(0, len(found) - limit) :]

    def history(self, record: Record) -> list[tuple[JournalOperation, Entry]]:
        """Return what had happened to one record by then."""
        return [pair for pair in super().history(record) if pair[0].on <= self._on]


class PastStore(Store):
    """Reads as a store does, of a day that is over. What nothing later touched comes from the
    tables as it is; only records that later acts touched are put back, from the journal."""

    def __init__(self, store: Store, on: date) -> None:
        super().__init__(store.database)
        self.on = on
        self._restored: dict[type[Record], dict[int, Record | None]] = {}

    def restored(self, record_type: type[Record]) -> dict[int, Record | None]:
        """Return the records of a kind that later acts touched, as they stood; None: not there."""
        if record_type not in self._restored:
            self._restored[record_type] = self._put_back(record_type)
        return self._restored[record_type]

    def kinds_touched(self) -> list[type[Record]]:
        """Return the kinds of record that acts of later days touched."""
        query = (
            select(journal_entry.c.record_kind)
            .join(operation, operation.c.id == journal_entry.c.operation_id)
            .where(operation.c.on > self.on)
            .distinct()
        )
        with self.reading() as connection:
            touched = set(connection.execute(query).scalars())
        return [record_type for kind, record_type in BY_KIND.items() if kind in touched]

    def _put_back(self, record_type: type[Record]) -> dict[int, Record | None]:
        later = Journal(self).later_entries(record_type, self.on)
        ids = {entry.record_id for entry in later}
        now = Store(self.database).find(record_type, id=ids) if ids else []
        found: dict[int, Record | None] = dict.fromkeys(ids)
        found.update((record.id, record) for record in now)
        for entry in reversed(later):
            found[entry.record_id] = before_entry(entry, found[entry.record_id])
        return found

    # -- reading ------------------------------------------------------------------------------
    def _rows(
        self, record_type: type[Record], names: Sequence[str], wanted: dict[str, Any]
    ) -> Iterator[Any]:
        restored = self.restored(record_type)
        if not restored:
            return super()._rows(record_type, names, wanted)
        shown = tuple(names) or field_names(record_type)
        rows = [
            tuple(row)
            for row in super()._rows(record_type, ("id", *shown), wanted)
            if row[0] not in restored
        ]
        rows += [
            (record.id, *(getattr(record, name) for name in shown))
            for record in restored.values()
            if record is not None and _fits(record, wanted)
        ]
        return iter([row[1:] for row in sorted(rows, key=lambda row: row[0])])

    def pairs(
        self, record_type: type[Record], first: str, second: str, **wanted: Any
    ) -> list[tuple[int, int | None]]:
        """Return pairs of two number columns as they stood."""
        return [(one, two) for one, two in self._rows(record_type, (first, second), wanted)]

    def ids_of(self, record_type: type[Record], **wanted: Any) -> list[int]:
        """Return nothing but ids, in their order."""
        return [row[0] for row in self._rows(record_type, ("id",), wanted)]

    def count(self, record_type: type[Record], **wanted: Any) -> int:
        """Count the records whose fields equal the given values."""
        return len(self.ids_of(record_type, **wanted))

    # -- no writing ---------------------------------------------------------------------------
    def ids(self) -> IdSource:
        """Refuse: what is over takes no new records."""
        refuse_writing(self.on)

    def operation(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: what is over cannot be changed."""
        refuse_writing(self.on)


def refuse_writing(on: date) -> NoReturn:
    """Refuse an act on a day that is over."""
    raise UserError(f"这是{on.isoformat()}那天的样子，只能查看，不能修改。", "past")


def before_entry(entry: Entry, record: Record | None) -> Record | None:
    """Return a record as it was before an entry.

    A field that no longer holds what the entry set was set again by an act that counts for an
    earlier day: that one stands.
    """
    if entry.sign == NEW:
        return None
    if entry.sign == GONE:
        return entry.record_type(**entry.old) if record is None else record
    if record is None:
        return None
    back = {
        name: old for name, old in entry.old.items() if getattr(record, name) == entry.new[name]
    }
    return replace(record, **back)


def _fits(record: Record, wanted: dict[str, Any]) -> bool:
    return all(
        getattr(record, name) in value
        if isinstance(value, (set, frozenset, list, tuple))
        else getattr(record, name) == value
        for name, value in wanted.items()
    )

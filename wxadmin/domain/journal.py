"""What was done: an act with its title and time, and what it changed, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from wxadmin.domain.change import Record
from wxadmin.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class JournalOperation:
    """One act as the journal keeps it. `at` is the clock (UTC), `on` the day it counts for."""

    id: int
    at: datetime
    on: date
    by: str
    title: str
    source: str
    undoes: int | None
    entries: int
    chain: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal entry read back: what happened to which record, field by field.

    `sign` is "+" (new), "-" (gone) or "" (changed); `old` and `new` hold field values.
    """

    operation_id: int
    seq: int
    record_type: type[Record]
    record_id: int
    sign: str
    old: dict[str, Any]
    new: dict[str, Any]

    @property
    def changed(self) -> tuple[str, ...]:
        """Name the fields concerned."""
        return tuple(self.new or self.old)


def in_effect(operations: Iterable[JournalOperation]) -> dict[int, bool]:
    """Say of every operation whether it holds: nothing that takes it back is itself in effect."""
    by_id = {operation.id: operation for operation in operations}
    holds = dict.fromkeys(by_id, True)
    for operation in sorted(by_id.values(), key=lambda o: o.id, reverse=True):
        if operation.undoes in holds and holds[operation.id]:
            holds[operation.undoes] = False
    return holds


def next_to_undo(operations: list[JournalOperation]) -> JournalOperation | None:
    """Return what Ctrl+Z takes back: the newest act in effect that is no undo itself."""
    holds = in_effect(operations)
    plain = (o for o in reversed(operations) if o.undoes is None and holds[o.id])
    return next(plain, None)


def next_to_redo(operations: list[JournalOperation]) -> JournalOperation | None:
    """Return what Ctrl+Y takes back: the newest undo in effect with no new act after it.

    What took an undo back (a redo) is passed over: it brought back what Ctrl+Y brings back.
    """
    holds = in_effect(operations)
    takes_back: dict[int, bool] = {}
    for operation in operations:
        takes_back[operation.id] = operation.undoes is not None and not takes_back.get(
            operation.undoes, False
        )
    for operation in reversed(operations):
        if not holds[operation.id]:
            continue
        if takes_back[operation.id]:
            return operation
        if operation.undoes is None:
            return None
    return None

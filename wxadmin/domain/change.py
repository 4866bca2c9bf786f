"""A change is a thing as it was and as it shall be: the plan, the preview, the apply, the undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import ClassVar, Generic, TypeVar

from wxadmin.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """Anything the register keeps: a frozen value with a number of its own.

    `kind` names the record in journal and tables; `version` grows when its fields change, so that
    old journal entries can be read for ever.
    """

    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1

    id: int


R = TypeVar("R", bound=Record, covariant=True)


_FIELD_NAMES: dict[type[Record], tuple[str, ...]] = {}


def field_names(record_type: type[Record]) -> tuple[str, ...]:
    """Name the fields of a kind of record, in the order of its columns (`id` first)."""
    names = _FIELD_NAMES.get(record_type)
    if names is None:
        names = _FIELD_NAMES[record_type] = tuple(field.name for field in fields(record_type))
    return names


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change: its name, the old value, the new one."""

    name: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Change(Generic[R]):
    """`before` is None for a new thing, `after` is None for one that is taken out again."""

    before: R | None
    after: R | None

    @property
    def record(self) -> R:
        """Return the thing concerned, as it shall be or, if it goes, as it was."""
        record = self.after if self.after is not None else self.before
        assert record is not None, "a change of nothing into nothing"
        return record

    def reversed(self) -> Change[R]:
        """Return the change that takes this one back."""
        return Change(self.after, self.before)

    def differences(self) -> Iterator[FieldChange]:
        """Yield the fields that differ; for a new or removed thing, those that hold something."""
        for name in field_names(type(self.record)):
            old = None if self.before is None else getattr(self.before, name)
            new = None if self.after is None else getattr(self.after, name)
            if old != new and name != "id":
                yield FieldChange(name, old, new)


AnyChange = Change[Record]


def undoing(changes: Iterable[Change[R]]) -> list[Change[R]]:
    """Return the same changes reversed, back to front: what undo writes."""
    return [change.reversed() for change in reversed(list(changes))]


def combined(changes: Iterable[Change[R]]) -> list[Change[R]]:
    """Fold successive changes of the same thing into one, at the place of the first."""
    folded: dict[tuple[str, int], Change[R]] = {}
    for change in changes:
        record = change.record
        key = (record.kind, record.id)
        earlier = folded.get(key)
        folded[key] = change if earlier is None else Change(earlier.before, change.after)
    return [change for change in folded.values() if change.before != change.after]

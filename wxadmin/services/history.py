"""What was done, and taking it back: undo and redo over restarts, refused when overtaken."""

from __future__ import annotations

from datetime import datetime

from wxadmin.domain.catalogue import BY_KIND
from wxadmin.domain.change import AnyChange, Record
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.journal import (
    Entry,
    JournalOperation,
    in_effect,
    next_to_redo,
    next_to_undo,
)
from wxadmin.domain.organisation import Office
from wxadmin.domain.words import field_label, record_label, value_text
from wxadmin.services.naming import Naming
from wxadmin.services.workplace import Workplace

UNDO, REDO = "撤销：", "恢复："
SHOWN = 20


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One act as the journal desk shows it."""

    operation: JournalOperation
    undone_by: int | None

    @property
    def in_effect(self) -> bool:
        """Say whether it still holds."""
        return self.undone_by is None


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a change as it is shown: what it is called, the old text, the new one."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record an act touched, or one act that touched a record."""

    operation: JournalOperation
    what: str
    sign: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What taking an act back would do: the changes, and what is in the way (sentences).

    `later` is the act that has to be taken back first, where one can be named.
    """

    changes: tuple[AnyChange, ...]
    obstacles: tuple[str, ...] = ()
    later: int | None = None


class History:
    """The journal, and the way back and forth in it."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def lines(self, limit: int | None = None) -> list[JournalLine]:
        """Return the acts, newest first, each with the act that took it back."""
        operations = self._workplace.journal.operations()
        holds = in_effect(operations)
        undone = {o.undoes: o.id for o in operations if o.undoes and holds[o.id]}
        lines = [JournalLine(o, undone.get(o.id)) for o in reversed(operations)]
        return lines if limit is None else lines[:limit]

    def to_undo(self) -> JournalOperation | None:
        """Return what Ctrl+Z would take back."""
        return next_to_undo(self._workplace.journal.operations())

    def to_redo(self) -> JournalOperation | None:
        """Return what Ctrl+Y would bring back."""
        return next_to_redo(self._workplace.journal.operations())

    def of_operation(self, operation_id: int) -> list[RecordLine]:
        """Return what an act changed, record by record, in words."""
        done = self._workplace.journal.operation(operation_id)
        if done is None:
            raise UserError(f"日志里没有第 {operation_id} 步。", "no_operation")
        entries = self._workplace.journal.entries(operation_id)
        naming = Naming(self._workplace)
        for record_type in {entry.record_type for entry in entries}:
            ids = [e.record_id for e in entries if e.record_type is record_type]
            naming.learn(record_type, ids)
        return [self._line_of(done, entry, naming) for entry in entries]

    def of_record(self, record: Record) -> list[RecordLine]:
        """Return what happened to one record, newest first."""
        naming = Naming(self._workplace)
        happened = self._workplace.journal.history(record)
        return [self._line_of(done, entry, naming) for done, entry in reversed(happened)]

    def _line_of(self, done: JournalOperation, entry: Entry, naming: Naming) -> RecordLine:
        kind = entry.record_type.kind
        fields = tuple(
            FieldLine(
                field_label(kind, name),
                naming.value(kind, name, entry.old.get(name)),
                naming.value(kind, name, entry.new.get(name)),
            )
            for name in entry.changed
            if name != "id" and (entry.old.get(name) or entry.new.get(name))
        )
        called = entry.new.get("name") or entry.old.get("name")
        name = str(called) if called else naming.of_id(entry.record_type, entry.record_id)
        return RecordLine(done, f"{record_label(kind)}：{name}", entry.sign, fields)

    def undo(self, operation_id: int | None = None, *, rest: bool = False) -> JournalOperation:
        """Take an act back (an undo is one); by default the act written last.

        Raises `UserError` naming the records where later acts overtook it; `rest` then takes
        back what nobody has touched since.
        """
        done = self._chosen(operation_id)
        outlook = self.outlook(done.id)
        if outlook.obstacles and not rest:
            raise _refusal(done, outlook.obstacles)
        changes = outlook.changes
        if not changes:
            raise UserError(f"“{done.title}”已没有可撤销的内容。", "nothing_to_undo")
        with self._workplace.act(_title(done), undoes=done.id) as operation:
            operation.write(changes)
        written = self._workplace.journal.operation(operation.id or 0)
        assert written is not None
        return written

    def _chosen(self, operation_id: int | None) -> JournalOperation:
        operations = self._workplace.journal.operations()
        if not operations:
            raise UserError("还没有可撤销的操作。", "nothing_to_undo")
        if operation_id is None:
            return operations[-1]
        done = next((o for o in operations if o.id == operation_id), None)
        if done is None:
            raise UserError(f"日志里没有第 {operation_id} 步。", "no_operation")
        if not in_effect(operations)[done.id]:
            raise UserError(f"第 {done.id} 步“{done.title}”已经撤销过了。", "already_undone")
        return done

    def _still_referred(self, changes: list[AnyChange]) -> dict[tuple[str, int], tuple[str, int]]:
        """Return every record that must stay because something outside refers to it."""
        blocked: dict[tuple[str, int], tuple[str, int]] = {}
        remaining = changes
        while found := self._workplace.journal.referring(remaining):
            blocked |= found
            remaining = [c for c in remaining if (c.record.kind, c.record.id) not in blocked]
        return blocked

    def outlook(self, operation_id: int) -> Outlook:
        """Return what taking an act back would do, and what stands in the way of it."""
        journal = self._workplace.journal
        changes, overtaken = journal.changes_to_undo(operation_id)
        if any(c.after is None and isinstance(c.record, Office) for c in changes):
            raise UserError(
                "“建库”是登记库的开头，不能撤销。要重来，请另建一个登记库。", "first_act"
            )
        blocked = self._still_referred(changes)
        free = tuple(c for c in changes if (c.record.kind, c.record.id) not in blocked)
        later = [(entry, journal.later_entry(entry)) for entry in overtaken[:SHOWN]]
        lines = [self._line(entry, found) for entry, found in later]
        for kind, record_id in list(blocked)[: SHOWN - len(lines)]:
            name = Naming(self._workplace).of_id(BY_KIND[kind], record_id)
            lines.append(f"{record_label(kind)}“{name}”：此后的记录还要用到它")
        more = len(overtaken) + len(blocked) - len(lines)
        shown = lines + ([f"……另有 {more} 处"] if more > 0 else [])
        named = [found[0].id for _, found in later if found is not None]
        makers = map(self._written_by, list(blocked.values())[:SHOWN])
        named += [found for found in makers if found is not None]
        return Outlook(free, tuple(shown), max(named, default=None))

    def _written_by(self, key: tuple[str, int]) -> int | None:
        """Return the act that last wrote a record."""
        record = self._workplace.store.get(BY_KIND[key[0]], key[1])
        found = self._workplace.journal.history(record) if record is not None else []
        return found[-1][0].id if found else None

    def _line(self, entry: Entry, later: tuple[JournalOperation, Entry] | None) -> str:
        name = self._name_of(entry)
        if later is None:
            return f"{name}已不是当时的样子"
        operation, change = later
        kind = change.record_type.kind
        touched = [f for f in change.changed if f in entry.changed] or list(change.changed)
        fields = "、".join(field_label(kind, f) for f in touched[:3])
        when = local_minute(operation.at)
        what = f"改过{name}的{fields}" if not change.sign else f"动过{name}"
        return f"此后又{what}（{when}）"

    def _name_of(self, entry: Entry) -> str:
        record = self._workplace.store.get(entry.record_type, entry.record_id)
        for field in ("name", "title", "number"):
            text = getattr(record, field, None) or entry.new.get(field) or entry.old.get(field)
            if text:
                return value_text(text)
        return f"{record_label(entry.record_type.kind)} {entry.record_id}"


def local_minute(at: datetime) -> str:
    """Return a UTC moment as the user's clock shows it, to the minute."""
    from datetime import UTC

    return f"{at.replace(tzinfo=UTC).astimezone():%m-%d %H:%M}"


def _refusal(done: JournalOperation, obstacles: tuple[str, ...]) -> UserError:
    return UserError(
        f"不能单独撤销“{done.title}”：{obstacles[0]}。可以先撤销后来那一步，或只撤销其余部分。",
        "overtaken",
        obstacles,
    )


def _title(done: JournalOperation) -> str:
    if done.undoes is None:
        return UNDO + done.title
    if done.title.startswith(UNDO):
        return REDO + done.title.removeprefix(UNDO)
    return UNDO + done.title.removeprefix(REDO)

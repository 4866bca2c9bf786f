"""As of a date: the whole register as it stood, and what changed between two days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import cast

from wxadmin.domain.catalogue import REFERENCES
from wxadmin.domain.change import AnyChange, Change, Record
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.words import field_label, record_label
from wxadmin.services.history import FieldLine
from wxadmin.services.naming import Naming
from wxadmin.services.workplace import Workplace
from wxadmin.storage.journal import Journal
from wxadmin.storage.operation import Operation
from wxadmin.storage.past import PastJournal, PastStore, refuse_writing
from wxadmin.storage.store import Store

NEW, CHANGED, GONE = "新增", "变更", "去除"
_NAMED_BY = ("name", "title", "number", "account_no", "wecom_userid", "userid")
_ABOUT = ("employee_id", "account_id", "holder_id", "admin_number_id", "group_id", "checklist_id")


class PastWorkplace(Workplace):
    """A register as it stood on a day that is over: read by every service, written by none."""

    def __init__(self, workplace: Workplace, on: date) -> None:
        super().__init__(
            workplace.register,
            by=workplace.by,
            clock=lambda: on,
            user_policies=workplace.user_policies,
            backups=workplace.backups,
        )
        self._past = PastStore(workplace.register.store, on)
        self._past_journal = PastJournal(workplace.register.store, on)

    @property
    def store(self) -> Store:
        """Return the store of that day."""
        return self._past

    @property
    def journal(self) -> Journal:
        """Return the journal up to that day."""
        return self._past_journal

    @contextmanager
    def act(
        self, title: str, *, source: str = "", undoes: int | None = None
    ) -> Iterator[Operation]:
        """Refuse: what is over cannot be changed."""
        refuse_writing(self._past.on)
        yield


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One record that is not on the second day what it was on the first."""

    kind: str
    label: str
    record_id: int
    name: str
    sign: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """What changed from the end of one day to the end of another."""

    from_on: date
    to_on: date
    lines: tuple[ChangeLine, ...]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Count by kind of record: how many are new, changed, gone."""
        found = Counter((line.label, line.sign) for line in self.lines)
        labels = dict.fromkeys(line.label for line in self.lines)
        return {
            label: {sign: found[label, sign] for sign in (NEW, CHANGED, GONE)} for label in labels
        }


class AsOf:
    """Looks back. `first_day` is the day the register begins."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def first_day(self) -> date:
        """Return the first day anything was written for."""
        days = [done.on for done in self._workplace.journal.operations()]
        return min(days, default=self._workplace.today)

    def at(self, on: date) -> Workplace:
        """Return the register as it stood at the end of a day; today is today itself.

        Raises `UserError` for a day to come, and for one before anything was written.
        """
        self._check(on)
        if on == self._workplace.today:
            return self._workplace
        return PastWorkplace(self._workplace, on)

    def between(
        self, from_on: date, to_on: date, kinds: Collection[type[Record]] | None = None
    ) -> Between:
        """Return what is different at the end of the second day from the end of the first.

        What was changed and changed back in between is no difference.
        """
        if from_on > to_on:
            raise UserError(f"起 {from_on} 晚于止 {to_on}。请把两个日期对调。", "wrong_words")
        self._check(to_on)
        before, after = (PastStore(self._workplace.store, on) for on in (from_on, to_on))
        touched = [kind for kind in before.kinds_touched() if kinds is None or kind in kinds]
        changes = [change for kind in touched for change in _differing(kind, before, after)]
        naming = Naming(self._workplace)
        _learn(naming, changes)
        return Between(from_on, to_on, tuple(_line(change, naming) for change in changes))

    def _check(self, on: date) -> None:
        first, today = self.first_day(), self._workplace.today
        if on > today:
            raise UserError(f"{on} 还没有到（今天是 {today}）。请写过去的日期。", "future")
        if on < first:
            raise UserError(
                f"登记库从 {first} 开始登记，没有 {on} 的情况。请写 {first} 或以后的日期。",
                "before_register",
            )


def _differing(kind: type[Record], before: PastStore, after: PastStore) -> Iterator[AnyChange]:
    """Yield what became of the records of a kind, only of those that acts in between touched."""
    was, later = before.restored(kind), after.restored(kind)
    untouched = was.keys() - later.keys()
    now = {record.id: record for record in after.find(kind, id=untouched)} if untouched else {}
    for record_id in sorted(was):
        one = was[record_id]
        other = later[record_id] if record_id in later else now.get(record_id)
        if one != other:
            yield Change(one, other)


def _learn(naming: Naming, changes: list[AnyChange]) -> None:
    """Look up the names of everything the changes refer to, all at once."""
    wanted: dict[type[Record], set[int]] = {}
    for change in changes:
        for record in (change.before, change.after):
            for field, target in REFERENCES.items():
                value = getattr(record, field, None)
                if isinstance(value, int):
                    wanted.setdefault(target, set()).add(value)
    for target, ids in wanted.items():
        naming.learn(target, ids)


def _line(change: AnyChange, naming: Naming) -> ChangeLine:
    record, kind = change.record, change.record.kind
    sign = NEW if change.before is None else GONE if change.after is None else CHANGED
    fields = tuple(
        FieldLine(
            field_label(kind, difference.name),
            naming.value(kind, difference.name, difference.old),
            naming.value(kind, difference.name, difference.new),
        )
        for difference in change.differences()
        if difference.old or difference.new
    )
    return ChangeLine(kind, record_label(kind), record.id, _called(record, naming), sign, fields)


def _called(record: Record, naming: Naming) -> str:
    """Return what a record is called: by its own name, else by whom and what it is about."""
    own = [str(getattr(record, name)) for name in _NAMED_BY if getattr(record, name, "")]
    if own:
        return own[0]
    about = [
        naming.of_id(REFERENCES[name], cast(int, getattr(record, name)))
        for name in _ABOUT
        if getattr(record, name, None) is not None
    ]
    return " · ".join(about) or naming.of_record(record)

"""What a journal entry keeps of a change, as text; how to read it back, in any version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any

import orjson

from wxadmin.domain.account import Account, Custody
from wxadmin.domain.catalogue import BY_KIND, RECORDS
from wxadmin.domain.change import AnyChange, Record, field_names
from wxadmin.domain.form import Form, FormStep
from wxadmin.domain.group import Group, GroupMember, GroupRole
from wxadmin.domain.journal import Entry
from wxadmin.storage.columns import as_tuple, columns_of

NEW, GONE = "+", "-"


_VALUES = {record: attrgetter(*field_names(record)) for record in RECORDS}


def values_of(record: Record) -> tuple[Any, ...]:
    """Return a record's values, in the order of its columns."""
    return _VALUES[type(record)](record)


def write_payload(change: AnyChange) -> str:
    """Put a change into text: the whole record when new or gone, else the changed fields."""
    if change.before is None or change.after is None:
        record = change.record
        sign = NEW if change.before is None else GONE
        return orjson.dumps({sign: values_of(record)}).decode()
    return orjson.dumps({d.name: (d.old, d.new) for d in change.differences()}).decode()


def _with_new(**defaults: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return how to read a version that lacked these fields: a whole record gets them."""
    return lambda plain: {**plain, **defaults} if "id" in plain else plain


UPGRADES: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("account", 1): _with_new(state_until=None),
    ("custody", 1): _with_new(login_on=None),
    ("form", 1): _with_new(sheet=1, copied_from="", lost_on=None, lost_note=""),
    ("form_step", 1): _with_new(
        way="签字", confirm_due=None, confirmed_on=None, for_whom="", scan_id=None
    ),
    ("group", 1): _with_new(wecom_kind="", dissolve_proof="", last_active_on=None),
    ("group", 2): _with_new(
        code="",
        public_name="",
        platform="",
        security_level="",
        creator="",
        responsible_id=None,
        approved_by="",
        approved_on=None,
        undertaking_on=None,
        announced_on=None,
        merged_into_id=None,
    ),
    ("group_member", 1): _with_new(external_person_id=None),
    ("group_role", 1): _with_new(filing_no="", filing_dept=""),
}
"""(kind, old version) → how to read that version's fields as the next version's."""


_FROM_JSON: dict[type[Any], Callable[[Any], Any]] = {date: date.fromisoformat, tuple: as_tuple}


def _readers_of(record_type: type[Record]) -> dict[str, Callable[[Any], Any]]:
    shapes = columns_of(record_type)
    return {s.name: _FROM_JSON[s.holds] for s in shapes if s.holds in _FROM_JSON}


_READERS = {record: _readers_of(record) for record in RECORDS}


def _typed(record_type: type[Record], version: int, plain: dict[str, Any]) -> dict[str, Any]:
    for step in range(version, record_type.version):
        plain = UPGRADES[record_type.kind, step](plain)
    readers = _READERS[record_type]
    return {
        name: readers[name](value) if name in readers and value is not None else value
        for name, value in plain.items()
    }


def read_entry(
    operation_id: int, seq: int, kind: str, record_id: int, version: int, payload: str
) -> Entry:
    """Read an entry back into values of today's record."""
    record_type = BY_KIND[kind]
    plain = orjson.loads(payload)
    for sign in (NEW, GONE):
        if sign in plain:
            whole = _typed(record_type, version, _named(record_type, version, plain[sign]))
            old, new = ({}, whole) if sign == NEW else (whole, {})
            return Entry(operation_id, seq, record_type, record_id, sign, old, new)
    old = _typed(record_type, version, {name: pair[0] for name, pair in plain.items()})
    new = _typed(record_type, version, {name: pair[1] for name, pair in plain.items()})
    return Entry(operation_id, seq, record_type, record_id, "", old, new)


def _before(record_type: type[Record], field: str) -> tuple[str, ...]:
    """Return the fields a record had before one was added at its end."""
    names = field_names(record_type)
    return names[: names.index(field)]


FORMER_FIELDS: dict[tuple[str, int], tuple[str, ...]] = {
    ("account", 1): _before(Account, "state_until"),
    ("custody", 1): _before(Custody, "login_on"),
    ("form", 1): _before(Form, "sheet"),
    ("form_step", 1): _before(FormStep, "way"),
    ("group", 1): _before(Group, "wecom_kind"),
    ("group", 2): _before(Group, "code"),
    ("group_member", 1): _before(GroupMember, "external_person_id"),
    ("group_role", 1): _before(GroupRole, "filing_no"),
}
"""(kind, version) → the order its fields had, for versions before today's."""


def _named(record_type: type[Record], version: int, values: list[Any]) -> dict[str, Any]:
    names = FORMER_FIELDS.get((record_type.kind, version)) or field_names(record_type)
    return dict(zip(names, values, strict=True))

"""What records and references are called, so that nobody is shown a bare id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wxadmin.domain.catalogue import REFERENCES
from wxadmin.domain.change import Record
from wxadmin.domain.organisation import OrgUnit
from wxadmin.domain.words import field_label, record_label, value_text
from wxadmin.services.workplace import Workplace

_NAMED_BY = ("name", "number", "title", "account_no", "group_no", "template", "company_name")


class Naming:
    """Names for records and for the values of their fields; looked up in bulk, kept for a while."""

    def __init__(self, workplace: Workplace) -> None:
        self._store = workplace.store
        self._tree = workplace.units()
        self._names: dict[tuple[str, int], str] = {}

    def learn(self, record_type: type[Record], ids: Iterable[int]) -> None:
        """Look the names of many records up at once."""
        wanted = {i for i in ids if (record_type.kind, i) not in self._names}
        for record in self._store.find(record_type, id=wanted) if wanted else ():
            self._names[record.kind, record.id] = self.of_record(record)

    def know(self, record: Record) -> None:
        """Take in a record that is only planned, so that others may be said to refer to it."""
        self._names[record.kind, record.id] = self.of_record(record)

    def of_record(self, record: Record) -> str:
        """Return what one record is called."""
        for field in _NAMED_BY:
            text = getattr(record, field, "")
            if text:
                return str(text)
        return f"{record_label(record.kind)} {record.id}"

    def of_id(self, record_type: type[Record], record_id: int) -> str:
        """Return what the record of an id is called; a unit by its path."""
        if record_type is OrgUnit:
            return self._tree.text(record_id) or f"{record_label(OrgUnit.kind)} {record_id}"
        if (record_type.kind, record_id) not in self._names:
            self.learn(record_type, [record_id])
        return self._names.get((record_type.kind, record_id), "已不在册")

    def value(self, kind: str, field: str, value: Any) -> str:
        """Return a field's value as it is shown."""
        if value is None or value == "":
            return ""
        target = REFERENCES.get(field)
        if target is not None and isinstance(value, int):
            return self.of_id(target, value)
        if field == "covers":
            return "、".join(self._tree.text(unit) for unit in value)
        if kind == "form" and field == "values":
            return "、".join(f"{name} {_seen(name, text)}" for name, text in value)
        return _seen(field, value_text(value))

    def label(self, kind: str, field: str) -> str:
        """Return what a field is called."""
        return field_label(kind, field)


def _seen(field: str, text: str) -> str:
    """Return a text as it may be seen: an identity number is never shown in full."""
    if field != "id_no" or not text or "*" in text:
        return text
    from wxadmin.domain.identity_numbers import masked

    return masked(text)

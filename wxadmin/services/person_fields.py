"""Fields of a person as she types them, read by the same rules as a cell of HR's list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wxadmin.domain.change import AnyChange
from wxadmin.domain.dates import read_date
from wxadmin.domain.errors import UserError
from wxadmin.domain.identity_numbers import read_id_no
from wxadmin.domain.organisation import HrSource, OrgUnit, Position
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_units import PostFinder, UnitFinder
from wxadmin.domain.values import (
    Doubt,
    Refused,
    read_email,
    read_mobile,
    read_name,
    read_number,
    read_remark,
    read_text,
)
from wxadmin.domain.words import field_label
from wxadmin.services.pinyin import syllables
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

READERS: dict[str, Callable[[str], Any]] = {
    "name": read_name,
    "emp_no": read_number,
    "mobile": read_mobile,
    "company_email": read_email,
    "id_no": read_id_no,
    "hire_date": read_date,
    "leave_date": read_date,
    "contract_end": read_date,
    "remark": read_remark,
}
TEXTS = (
    "region",
    "employment_type",
    "status",
    "leave_type",
    "personal_wechat",
    "telephone",
    "superior",
)
DATES = frozenset({"hire_date", "leave_date", "contract_end"})


class PersonFields:
    """Reads typed fields; new units and posts that they name are collected in `made`."""

    def __init__(self, workplace: Workplace, ids: IdSource | None = None) -> None:
        self._workplace = workplace
        ids = ids or workplace.store.ids()
        office = workplace.office()
        tree = workplace.units()
        self.units = UnitFinder(
            tree,
            lambda: ids.next(OrgUnit),
            home=None,
            hr_source_id=None,
            company=office.company_name,
            sort_from=len(tree.units),
        )
        self.posts = PostFinder(
            workplace.positions(),
            workplace.pack.ranks_by_name(),
            lambda: ids.next(Position),
            {},
        )

    def values(self, fields: Mapping[str, str]) -> dict[str, Any]:
        """Return the values the texts mean. Raises `UserError` naming the field that is wrong."""
        values: dict[str, Any] = {}
        for name, text in fields.items():
            value = self._value(name, text.strip())
            values[_STORED_AS.get(name, name)] = value
        if values.get("name"):
            values["pinyin"] = " ".join(syllables(values["name"]))
        return values

    def made(self) -> list[AnyChange]:
        """Return the new units and posts the texts named."""
        return [*self.units.changes(), *self.posts.changes()]

    def problem(self, name: str, text: str) -> str:
        """Say what is wrong with one typed field, "" where nothing is."""
        try:
            self._value(name, text.strip())
        except UserError as refusal:
            return refusal.message.removesuffix("没有改动。")
        return ""

    def _value(self, name: str, text: str) -> Any:
        if name == "org_unit":
            return self.units.find(text)
        if name == "position":
            return self.posts.find(text)
        if name == "hr_source":
            return self._source(text)
        if name in TEXTS:
            found: Any = read_text(text) if text else ""
        elif name in READERS:
            found = READERS[name](text) if text else None if name in DATES else ""
        else:
            known = "、".join(sorted({*READERS, *TEXTS, *_STORED_AS}))
            raise UserError(f"人员没有“{name}”这一项，可改的有：{known}。", "unknown_field")
        if isinstance(found, Refused):
            label = field_label(Employee.kind, name)
            raise UserError(f"{label}“{text}”不能用：{found.reason}。没有改动。", "bad_value")
        return found.value if isinstance(found, Doubt) else found if found is not None else None

    def _source(self, text: str) -> int | None:
        if not text:
            return None
        found = self._workplace.store.find(HrSource, name=text)
        if not found:
            known = "、".join(s.name for s in self._workplace.store.all(HrSource))
            raise UserError(f"没有“{text}”这个人事来源，可用的有：{known}。", "no_source")
        return found[0].id


_STORED_AS = {
    "org_unit": "org_unit_id",
    "position": "position_id",
    "hr_source": "hr_source_id",
}

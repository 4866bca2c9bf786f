"""Whom a word of `reconcile` means: a 工号, a name, 姓名@人事来源, a WeCom id or a line's id."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from wxadmin.domain.errors import UserError
from wxadmin.domain.organisation import HrSource
from wxadmin.domain.person import Employee
from wxadmin.domain.wecom import Mark
from wxadmin.services.reconciliation import line_key
from wxadmin.services.reconciliation_view import Item, Reconciled, WrongHr
from wxadmin.services.workplace import Workplace


class Who:
    """Finds what stands in one reading by such a word; refuses one that names several lines."""

    def __init__(self, workplace: Workplace, seen: Reconciled) -> None:
        self._store = workplace.store
        self._seen = seen

    def open(self, who: str, field: str = "") -> list[Item]:
        """Return what is open about somebody, all of it or one field or group."""
        return self._of_one(self._fitting(self._seen.items, who, field), who)

    def marks(self, who: str, field: str = "") -> list[Mark]:
        """Return the marks set about somebody."""
        aside = self._of_one(self._fitting(self._seen.set_aside, who, field), who)
        wrong = [
            one.mark
            for one in self._seen.wrong_hr
            if self._is_person(one, f"person-{one.person_id}", who) and field in {"", one.field}
        ]
        found = [item.mark for item in aside if item.mark is not None]
        return list({mark.id: mark for mark in (*found, *wrong)}.values())

    def _fitting(self, items: Iterable[Item], who: str, field: str) -> list[Item]:
        return [
            item for item in items if self._is(item, who) and field in {"", item.field, item.group}
        ]

    def _is(self, item: Item, who: str) -> bool:
        key = line_key(item.finding)
        if item.finding.person_id is None:
            return who in {key, item.wecom, item.name}
        return self._is_person(item, key, who)

    def _is_person(self, one: Item | WrongHr, key: str, who: str) -> bool:
        if who in {key, one.emp_no, one.name}:
            return True
        called, at, source = who.rpartition("@")
        person_id = one.person_id if isinstance(one, WrongHr) else one.finding.person_id
        return bool(at) and called in {one.emp_no, one.name} and self._source(person_id) == source

    def _source(self, person_id: int | None) -> str:
        return self._sources.get(person_id, "")

    @cached_property
    def _sources(self) -> dict[int | None, str]:
        """Whose roster everybody stands on; read once, and only for a word with @."""
        names = dict(self._store.columns(HrSource, "id", "name"))
        rows = self._store.columns(Employee, "id", "hr_source_id")
        return {person_id: names.get(source_id, "") for person_id, source_id in rows}

    def _of_one(self, items: list[Item], who: str) -> list[Item]:
        """Refuse a word that names several: namesakes, or one 工号 in two plants."""
        lines = {line_key(item.finding): item for item in items}
        if len(lines) > 1:
            raise UserError(
                f"“{who}”有{len(lines)}个人，没有改动。请写下面方括号里的编号，或写姓名@人事来源。",
                "ambiguous",
                tuple(self._told(key, item) for key, item in lines.items()),
            )
        return items

    def _told(self, key: str, item: Item) -> str:
        about = (item.emp_no, item.name, item.org_unit, self._source(item.finding.person_id))
        return f"[{key}] {' '.join(filter(None, about))}"

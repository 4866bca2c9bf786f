"""People of other companies in groups (外部人员): of where, who brought them in; said once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import ExternalPerson, Group, GroupMember
from wxadmin.domain.unit_names import fold_name
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of an outsider: his name in the group, his company, who brought him in."""

    name: str
    org: str = ""
    brought_by: str = ""


def told_of(text: str) -> Told:
    """Read 老周@顺达物流/林国栋: name, company, who brought him in; the latter may be left out."""
    name, _, about = text.replace("＠", "@").partition("@")
    org, _, brought_by = about.partition("/")
    return Told(name.strip(), org.strip(), brought_by.strip())


def noted(
    workplace: Workplace, changes: Sequence[AnyChange], told: Iterable[Told], ids: IdSource
) -> list[AnyChange]:
    """Return the changes with the outsiders among the members noted, known ones as known."""
    known = {fold_name(one.name): one for one in workplace.store.all(ExternalPerson)}
    people: list[AnyChange] = []
    found: dict[str, int] = {}
    for one in told:
        change = _noted(workplace, known.get(fold_name(one.name)), one, ids)
        people.append(change)
        found[one.name] = change.record.id
    members = [Change(c.before, _bound(c.after, found)) for c in changes]
    return combined([*(p for p in people if p.before != p.after), *members])


def _noted(
    workplace: Workplace, known: ExternalPerson | None, told: Told, ids: IdSource
) -> Change[ExternalPerson]:
    if known is not None:
        org, brought_by = told.org or known.org, told.brought_by or known.brought_by
        return Change(known, replace(known, org=org, brought_by=brought_by))
    made = ExternalPerson(
        ids.next(ExternalPerson),
        told.name,
        told.org,
        brought_by=told.brought_by,
        noted_on=workplace.today,
    )
    return Change(None, made)


def _bound(record: object, found: dict[str, int]) -> Any:
    if isinstance(record, GroupMember) and record.employee_id is None:
        return replace(
            record,
            external_person_id=found.get(record.external_name, record.external_person_id),
        )
    return record


class Outsiders:
    """Marks names nobody knew as outsiders; every act is one operation."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def by_id(self) -> dict[int, ExternalPerson]:
        """Return everybody who was ever noted."""
        return {one.id: one for one in self._workplace.store.all(ExternalPerson)}

    def mark(self, group: Group, told: Told, picture: Picture) -> int | None:
        """Say that a name in a group is an outsider: counted apart, not asked about again."""
        members = [
            m
            for m in picture.members(group.id)
            if m.employee_id is None and m.external_name == told.name
        ]
        if not members:
            raise UserError(f"“{group.name}”的名单里没有“{told.name}”，没有改动。", "no_outsider")
        if not told.org.strip():
            raise UserError(f"请写明“{told.name}”是哪个单位的，没有改动。", "no_org")
        ids = self._workplace.store.ids()
        changes = noted(self._workplace, [Change(m, m) for m in members], [told], ids)
        with self._workplace.act(f"标为外部人员：{told.name}（{told.org}）") as operation:
            operation.write(changes, ids)
        return operation.id

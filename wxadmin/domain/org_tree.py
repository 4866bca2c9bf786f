"""The units of the company as a tree: paths, texts, and what lies below what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from wxadmin.domain.organisation import OrgUnit

WHOLE = frozenset({"公司", "事业部", "集团"})
"""Kinds of unit that stand for the whole: left out of a path as it is shown."""


class OrgTree:
    """Looks up units by id or by path; built once for many questions."""

    def __init__(self, units: Iterable[OrgUnit]) -> None:
        self.units = {unit.id: unit for unit in units}
        self._children: dict[int | None, list[OrgUnit]] = defaultdict(list)
        for unit in self.units.values():
            self._children[unit.parent_id].append(unit)
        self._paths: dict[int, tuple[int, ...]] = {}

    def path(self, unit_id: int | None) -> tuple[int, ...]:
        """Return the ids from the top down to a unit; () for no unit."""
        if unit_id is None or unit_id not in self.units:
            return ()
        found = self._paths.get(unit_id)
        if found is None:
            parent = self.units[unit_id].parent_id
            found = self._paths[unit_id] = (*self.path(parent), unit_id)
        return found

    def names(self, unit_id: int | None) -> tuple[str, ...]:
        """Return the names from the top down to a unit."""
        return tuple(self.units[i].name for i in self.path(unit_id))

    def text(self, unit_id: int | None) -> str:
        """Return a unit as it is shown, without the whole it belongs to: 莆田一厂/生产部."""
        path = self.path(unit_id)
        if len(path) > 1 and self.units[path[0]].unit_kind in WHOLE:
            path = path[1:]
        return "/".join(self.units[i].name for i in path)

    def root(self) -> OrgUnit | None:
        """Return the unit that stands for the whole, if there is one."""
        return next((u for u in self.children(None) if u.unit_kind in WHOLE), None)

    def children(self, unit_id: int | None) -> list[OrgUnit]:
        """Return the units right below one; those at the top for None."""
        return self._children.get(unit_id, [])

    def below(self, unit_id: int) -> set[int]:
        """Return a unit and everything below it."""
        found, open_ids = {unit_id}, [unit_id]
        while open_ids:
            for child in self.children(open_ids.pop()):
                found.add(child.id)
                open_ids.append(child.id)
        return found

    def child_called(self, parent_id: int | None, name: str) -> OrgUnit | None:
        """Return the unit right below one that has this name or alias."""
        for unit in self.children(parent_id):
            if unit.name == name or name in unit.aliases:
                return unit
        return None

    def find(self, path: Sequence[str]) -> OrgUnit | None:
        """Return the unit at a path of names, each a name or alias; None where it ends early."""
        unit: OrgUnit | None = None
        for name in path:
            unit = self.child_called(unit.id if unit else None, name)
            if unit is None:
                return None
        return unit

    def called(self, name: str) -> list[OrgUnit]:
        """Return every unit that has this name or alias, wherever it stands."""
        return [u for u in self.units.values() if u.name == name or name in u.aliases]

"""Departments as the WeCom console has them: paths from its top, in its own spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from wxadmin.domain.wecom import WecomMember
from wxadmin.domain.wecom_rows import BETWEEN_LEVELS
from wxadmin.services.workplace import Workplace

ROOT_SETTING = "wecom_path_root"
COMPANY_WORD = "{公司}"


class ConsolePaths:
    """Turns units into the console's paths and back; built once for a whole file.

    A unit the last export knows, by its name or an alias, keeps the spelling it has there: a path
    the console does not know would become a new department.
    """

    def __init__(self, workplace: Workplace, members: Iterable[WecomMember]) -> None:
        self._workplace = workplace
        self._tree = workplace.units()
        self._top = self._tree.root()
        self._exported = Counter(
            tuple(part.strip() for part in path.split(BETWEEN_LEVELS))
            for member in members
            for path in member.departments
        )
        self._paths: dict[int, str] = {}

    @cached_property
    def root(self) -> str:
        """Return what every path begins with: as the last export has it, else by the setting."""
        written = str(self._workplace.setting(ROOT_SETTING))
        company = self._workplace.office().company_name
        by_setting = written.replace(COMPANY_WORD, company).strip(f" {BETWEEN_LEVELS}")
        firsts: Counter[str] = Counter()
        for path, count in self._exported.items():
            firsts[path[0]] += count
        if not firsts:
            return by_setting
        below = self._tree.children(self._top.id if self._top else None)
        names = {name for unit in below for name in (unit.name, *unit.aliases)}
        first, count = firsts.most_common(1)[0]
        if first in names:
            return ""
        return first if count == firsts.total() else by_setting

    @cached_property
    def _spelt(self) -> dict[int, str]:
        """The console's own spelling of the units the last export names; the commonest first."""
        found: dict[int, str] = {}
        for path, _ in self._exported.most_common():
            unit_id = self._unit_at(path)
            if unit_id is not None:
                found.setdefault(unit_id, BETWEEN_LEVELS.join(path))
        return found

    def _unit_at(self, path: tuple[str, ...]) -> int | None:
        top = self._top
        heads = {self.root, top.name, *top.aliases} if top else {self.root}
        rest = path[1:] if path[0] in heads else path
        unit = self._tree.find([*([top.name] if top else []), *rest])
        return unit.id if unit is not None else None

    def unit_called(self, path: str) -> int | None:
        """Return the unit a path of the console means, None where the register knows none."""
        return self._unit_at(tuple(part.strip() for part in path.split(BETWEEN_LEVELS)))

    def unwritable(self, unit_id: int | None) -> str:
        """Return the name of a unit on the way down whose own `/` would break the path, or ""."""
        if unit_id is None or self._spelt.get(unit_id):
            return ""
        names = self._tree.names(unit_id)[1 if self._top else 0 :]
        return next((name for name in names if BETWEEN_LEVELS in name), "")

    def of(self, unit_id: int | None) -> str:
        """Return a unit's path in the console, "" for no unit."""
        if unit_id is None or unit_id not in self._tree.units:
            return ""
        path = self._paths.get(unit_id)
        if path is None:
            path = self._paths[unit_id] = self._spelt.get(unit_id) or self._built(unit_id)
        return path

    def _built(self, unit_id: int) -> str:
        unit = self._tree.units[unit_id]
        if self._top is not None and unit_id == self._top.id:
            return self.root or unit.name
        below_top = unit.parent_id is None or (self._top and unit.parent_id == self._top.id)
        above = self.root if below_top else self.of(unit.parent_id)
        return f"{above}{BETWEEN_LEVELS}{unit.name}" if above else unit.name

"""Whom or what a dialog offers while somebody types: people in service, or groups in use."""

from __future__ import annotations

from functools import cached_property

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group
from wxadmin.domain.person import LEAVING, LEFT
from wxadmin.domain.search import SearchIndex, folded
from wxadmin.services.people import People
from wxadmin.services.workplace import Workplace

_GONE = frozenset({LEAVING, LEFT})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One hit: its id, its name, and what tells it from its namesakes."""

    id: int
    name: str
    note: str


class Candidates:
    """Finds people and groups for one dialog; the index is built at the first key."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._people = People(workplace)

    @cached_property
    def _index(self) -> SearchIndex[int]:
        return self._people.index()

    def people(self, typed: str, most: int = 30, leavers: bool = False) -> list[Candidate]:
        """Return the people every word typed fits; who leaves only when asked for."""
        if not typed.strip():
            return []
        lines = self._people.lines(self._index.find(typed)[: most * 4])
        wanted = [line for line in lines if leavers or line.standing not in _GONE]
        return [
            Candidate(
                line.id, line.name, "　".join(
                    part for part in (line.emp_no, line.org_unit, line.position) if part
                )
            )
            for line in wanted[:most]
        ]  # fmt: skip

    def groups(self, typed: str, most: int = 30) -> list[Candidate]:
        """Return the groups whose name or number holds what is typed."""
        words = folded(typed).split()
        units = self._workplace.units()
        return [
            Candidate(group.id, group.name, f"{group.group_no}　{units.text(group.org_unit_id)}")
            for group in self._workplace.store.all(Group)
            if group.dissolved_on is None
            and all(word in folded(f"{group.name} {group.group_no}") for word in words)
        ][:most]

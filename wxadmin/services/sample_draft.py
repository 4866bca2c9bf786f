"""What the sample office is drawn up with: its description, its dice, and what it will write."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final, TypeVar

from wxadmin import paths
from wxadmin.domain.change import AnyChange, Change, Record, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import OrgUnit, Position
from wxadmin.domain.person import Employee
from wxadmin.policy.toml_table import Table
from wxadmin.services.workplace import Workplace

FOLDER: Final = paths.RESOURCES / "sample"
OFFICE: Final = FOLDER / "office.toml"
NAMES: Final = FOLDER / "names.toml"
T = TypeVar("T")


class Dice:
    """The same throws on every machine: built on the one generator call whose values are fixed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def between(self, lowest: int, highest: int) -> int:
        """Throw a whole number, both ends included."""
        return lowest + int(self._random.random() * (highest - lowest + 1))

    def pick(self, things: Sequence[T]) -> T:
        """Pick one thing."""
        return things[self.between(0, len(things) - 1)]


def month_back(today: date, months: int, day: int) -> date:
    """Return a day (1–28) of the month so many months ago; negative counts forward."""
    index = today.year * 12 + today.month - 1 - months
    return date(index // 12, index % 12 + 1, day)


def load(path: Path) -> Table:
    """Read one file of the sample office."""
    return Table.of_file(path)


def check_sample_pack(pack_id: str) -> None:
    """Refuse a pack the sample office was not made for."""
    made_for = load(OFFICE).text("pack")
    if pack_id != made_for:
        raise UserError(
            f"示例办公室是按“{made_for}”制度包编的，不能用于“{pack_id}”，没有改动。",
            "sample_other_pack",
        )


class Draft:
    """Collects what the sample office will write; nothing is written before it is whole.

    `people` are in the order of their units; `by_key` are those the description names.
    """

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.today = workplace.today
        self.pack = workplace.pack
        self.ids = workplace.store.ids()
        self.plan = load(OFFICE)
        self.dice = Dice(self.plan.whole("seed"))
        self.tree = workplace.units()
        self.posts = {post.name: post for post in workplace.positions().values()}
        self.groups = {group.group_no: group for group in workplace.store.all(Group)}
        self.people: list[Employee] = []
        self.by_key: dict[str, Employee] = {}
        self._changes: list[AnyChange] = []
        check_sample_pack(self.pack.id)

    # -- what will be written -----------------------------------------------------------------
    def add(self, *records: Record) -> None:
        """Put new records on the list."""
        self._changes += [Change(None, record) for record in records]

    def alter(self, before: Record, after: Record) -> None:
        """Put a change of a record that is there already on the list."""
        self._changes.append(Change(before, after))

    def plan_more(self, changes: Sequence[AnyChange]) -> None:
        """Put on the list what somebody else planned."""
        self._changes += changes

    def changes(self) -> list[AnyChange]:
        """Return everything that will be written, each record once."""
        return combined(self._changes)

    # -- looking things up --------------------------------------------------------------------
    def day(self, days: int) -> date:
        """Return the day so many days from today."""
        return self.today + timedelta(days=days)

    def unit(self, path: str) -> OrgUnit:
        """Return a unit by its path from any unit the pack names: 莆田一厂/生产部."""
        first, *rest = path.split("/")
        for unit in self.tree.called(first):
            found: OrgUnit | None = unit
            for name in rest:
                found = self.tree.child_called(found.id, name) if found else None
            if found is not None:
                return found
        raise UserError(f"示例办公室要用的单位“{path}”制度包里没有，没有改动。", "sample_no_unit")

    def paths(self, pattern: str) -> list[str]:
        """Spell out {工厂}, {区域} and {办事处} in a unit path."""
        regions = [unit.name for unit in self.pack.regions]
        if "{工厂}" in pattern:
            plants = [u.name for u in self.pack.units if u.kind == "工厂"]
            return [pattern.replace("{工厂}", plant) for plant in plants]
        if pattern == "{办事处}":
            return [
                f"{region}/{office.name}"
                for region in regions
                for office in self.tree.children(self.unit(region).id)
            ]
        return [pattern.replace("{区域}", r) for r in regions] if "{区域}" in pattern else [pattern]

    def group(self, group_no: str) -> Group:
        """Return a group of the pack by its number."""
        return self.groups[group_no]

    def post_of(self, person: Employee) -> str:
        """Return what somebody is: 行政文员."""
        return next((p.name for p in self.posts.values() if p.id == person.position_id), "")

    def post(self, name: str) -> Position:
        """Return a post; one the pack does not list is made, with the rank the pack gives it."""
        from wxadmin.domain.policy_names import suggested_rank

        if name not in self.posts:
            rank = suggested_rank(name, self.pack) or self.pack.ranks_by_name()[-1]
            made = Position(self.ids.next(Position), name, rank, len(self.posts))
            self.posts[name] = made
            self.add(made)
        return self.posts[name]

    def alter_group(self, group_no: str, **fields: object) -> None:
        """Change fields of a group the pack made; may be called again for the same group."""
        before = self.groups[group_no]
        after = replace(before, **fields)  # type: ignore[arg-type]
        self.groups[group_no] = after
        self.alter(before, after)

    def grow(self, units: Sequence[OrgUnit]) -> None:
        """Put new units into the tree."""
        self.add(*units)
        self.tree = OrgTree([*self.tree.units.values(), *units])

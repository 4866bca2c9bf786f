"""Units, HR sources and posts as the company keeps them: reading them, and changing one an act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import HrSource, Office, OrgUnit, Position
from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its place in the tree, how many work in it, and who sends its lists."""

    unit: OrgUnit
    depth: int
    path: str
    people: int
    source: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """An HR source with the units it covers, and how many of the roster came from it."""

    source: HrSource
    covers: tuple[str, ...]
    due_day: int
    people: int


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post, its rank, and how many hold it."""

    post: Position
    people: int


class Organisation:
    """Reads and changes how the company is described; every change is one act."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    # -- units --------------------------------------------------------------------------------
    def units(self) -> list[UnitLine]:
        """Return every unit in use, each above those below it."""
        tree = self._workplace.units()
        people = self._headcount("org_unit_id")
        sources = {source.id: source.name for source in self._workplace.store.all(HrSource)}
        return [
            UnitLine(
                unit,
                len(tree.path(unit.id)) - 1,
                tree.text(unit.id),
                sum(people[below] for below in tree.below(unit.id)),
                sources.get(unit.hr_source_id or 0, ""),
            )
            for unit in _in_order(tree, None)
            if unit.active
        ]

    def change_unit(
        self, unit_id: int, *, name: str, aliases: Sequence[str], support: bool
    ) -> int | None:
        """Name a unit anew, with its aliases, and say whether it is a 支持部门.

        A former name stays an alias, so that lists bearing it are still understood. Raises
        `UserError` where a unit beside it already bears one of the names.
        """
        tree = self._workplace.units()
        before = tree.units[unit_id]
        new = name.strip()
        if not new:
            raise UserError("请写单位名称，没有改动。", "missing_name")
        wanted = [alias.strip() for alias in aliases]
        if new != before.name:
            wanted.append(before.name)
        others = tuple(dict.fromkeys(alias for alias in wanted if alias and alias != new))
        for called in (new, *others):
            self._refuse_taken(tree, before, called)
        after = replace(before, name=new, aliases=others, support=support)
        title = f"单位更名：{before.name} → {new}" if new != before.name else f"修改单位：{new}"
        return self._write(title, [Change(before, after)])

    @staticmethod
    def _refuse_taken(tree: OrgTree, unit: OrgUnit, called: str) -> None:
        beside = tree.child_called(unit.parent_id, called)
        if beside is not None and beside.id != unit.id:
            raise UserError(
                f"“{called}”已是“{beside.name}”的名称或别名，没有改动。请换一个。", "name_taken"
            )

    # -- HR sources -----------------------------------------------------------------------------
    def sources(self) -> list[SourceLine]:
        """Return every HR source, those retired last."""
        tree = self._workplace.units()
        people = self._headcount("hr_source_id")
        usual = self._workplace.number("leaver_list_day")
        found = sorted(self._workplace.store.all(HrSource), key=lambda s: (not s.active, s.id))
        return [
            SourceLine(
                source,
                tuple(tree.text(unit) for unit in source.covers if unit in tree.units),
                source.due_day or usual,
                people[source.id],
            )
            for source in found
        ]

    def save_source(
        self,
        source_id: int | None,
        *,
        name: str,
        contact: str = "",
        due_day: int | None = None,
        covers: Iterable[int] = (),
    ) -> int | None:
        """Keep an HR source (None: a new one) with the units its lists cover, as one act.

        Raises `UserError` for a name that another one has and for a day no month has.
        """
        store, new = self._workplace.store, name.strip()
        if not new:
            raise UserError("请写人事来源的名称，没有改动。", "missing_name")
        if due_day is not None and not 1 <= due_day <= 28:
            raise UserError("交付日应是1到28之间的整数，没有改动。", "bad_day")
        if any(s.name == new and s.id != source_id for s in store.all(HrSource)):
            raise UserError(f"已有叫“{new}”的人事来源，没有改动。请换一个名称。", "name_taken")
        ids = store.ids()
        before = store.get(HrSource, source_id) if source_id is not None else None
        made = before or HrSource(ids.next(HrSource), new)
        after = replace(
            made, name=new, contact=contact.strip(), due_day=due_day, covers=tuple(covers)
        )
        changes: list[AnyChange] = [Change(before, after), *self._covered(after)]
        word = "修改" if before else "登记"
        with self._workplace.act(f"{word}人事来源：{new}") as operation:
            operation.write([c for c in changes if c.before != c.after], ids)
        return operation.id

    def _covered(self, source: HrSource) -> list[AnyChange]:
        """Units point at the source that covers them; those no longer covered at none."""
        changes: list[AnyChange] = []
        for unit in self._workplace.store.all(OrgUnit):
            mine = unit.id in source.covers
            if mine != (unit.hr_source_id == source.id):
                after = replace(unit, hr_source_id=source.id if mine else None)
                changes.append(Change(unit, after))
        return changes

    def retire_source(self, source_id: int, active: bool = False) -> int | None:
        """Take an HR source out of use (or into use again); its lists stay as they are."""
        before = self._source(source_id)
        word = "启用" if active else "停用"
        return self._write(
            f"{word}人事来源：{before.name}", [Change(before, replace(before, active=active))]
        )

    def _source(self, source_id: int) -> HrSource:
        found = self._workplace.store.get(HrSource, source_id)
        if found is None:
            raise UserError("没有这个人事来源，没有改动。", "no_source")
        return found

    # -- posts ----------------------------------------------------------------------------------
    def posts(self) -> list[PostLine]:
        """Return every post; those whose rank nobody has said come first."""
        people = self._headcount("position_id")
        found = sorted(
            self._workplace.store.all(Position), key=lambda p: (bool(p.rank), p.sort_no, p.id)
        )
        return [PostLine(post, people[post.id]) for post in found]

    def set_rank(self, post_id: int, rank: str) -> int | None:
        """Say which rank (职务级别) a post counts as. Raises `UserError` for an unknown one."""
        ranks = self._workplace.pack.ranks_by_name()
        if rank and rank not in ranks:
            raise UserError(f"没有“{rank}”这一级，可用的有：{'、'.join(ranks)}。", "no_rank")
        before = self._workplace.store.get(Position, post_id)
        if before is None:
            raise UserError("没有这个岗位，没有改动。", "no_post")
        title = f"定职级：{before.name} 为 {rank or '未定'}"
        return self._write(title, [Change(before, replace(before, rank=rank))])

    # -- the office -----------------------------------------------------------------------------
    def rename_office(self, name: str) -> int | None:
        """Change the company's name as it stands on paper."""
        before: Office = self._workplace.office()
        if not name.strip():
            raise UserError("请写公司名称，没有改动。", "missing_name")
        after = replace(before, company_name=name.strip())
        return self._write(f"修改公司名称：{name.strip()}", [Change(before, after)])

    def _write(self, title: str, changes: Sequence[AnyChange]) -> int | None:
        with self._workplace.act(title) as operation:
            operation.write([change for change in changes if change.before != change.after])
        return operation.id

    def _headcount(self, field: str) -> Counter[int]:
        """Count those in service by a field of theirs."""
        today = self._workplace.today
        rows = self._workplace.store.columns(Employee, field, "leave_date")
        return Counter(key for key, left in rows if key and (left is None or left > today))


def _in_order(tree: OrgTree, parent: int | None) -> list[OrgUnit]:
    found: list[OrgUnit] = []
    for unit in sorted(tree.children(parent), key=lambda u: (u.sort_no, u.id)):
        found += [unit, *_in_order(tree, unit.id)]
    return found

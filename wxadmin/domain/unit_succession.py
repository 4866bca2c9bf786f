"""A unit under another name: when nearly all of one turn up in another, ask; do what is answered.

更名 and 合并 are one dated act: nobody moved, no checklists, the old name stays an alias.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from wxadmin.domain import import_plan as plans
from wxadmin.domain.change import Change
from wxadmin.domain.import_plan import Line, UnitQuestion
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import OrgUnit
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_units import UnitFinder

MOVING = frozenset({"org_unit_id", "position_id", "region"})
"""Fields whose change is a move (调动)."""


@dataclass(slots=True)
class UnitSuccession:
    """Looks at the moves of one plan. `staff` counts who serves in each unit now."""

    tree: OrgTree
    units: UnitFinder
    staff: Mapping[int | None, int]
    percent: int
    least: int
    answers: Mapping[int, str]
    asked: list[UnitQuestion] = field(default_factory=list)
    dropped: dict[int, int] = field(default_factory=dict)
    """Units the list seemed to make, and the known units they turned out to be."""
    _renamed: list[tuple[int, int]] = field(default_factory=list)
    _merged: list[tuple[int, int]] = field(default_factory=list)

    def settle(self, lines: Sequence[Line]) -> list[Line]:
        """Return the lines as the answers leave them; questions and unit changes are kept here."""
        for (old, new), people in self._moves(lines).items():
            self._consider(old, new, people)
        if not self._renamed and not self._merged:
            return list(lines)
        self._follow_renames()
        return [self._settled(line) for line in lines]

    def changes(self) -> list[Change[OrgUnit]]:
        """Return what becomes of units: renamed ones, merged ones, new ones that are truly new."""
        after: dict[int, OrgUnit] = {}
        for old, new in self._renamed:
            unit, made = self.tree.units[old], self.units.made[new]
            parent = self.dropped.get(made.parent_id or 0, made.parent_id)
            aliases = _with(unit.aliases, unit.name, but=made.name)
            after[old] = replace(unit, name=made.name, parent_id=parent, aliases=aliases)
        made_units = dict(self.units.made)
        for old, new in self._merged:
            name = self.tree.units[old].name
            known = made_units if new in made_units else after
            into = known.get(new) or self.tree.units[new]
            known[new] = replace(into, aliases=_with(into.aliases, name, but=into.name))
            for unit_id in self._emptied(old):
                unit = after.get(unit_id) or self.tree.units[unit_id]
                after[unit_id] = replace(unit, active=False)
        new_units = [
            replace(unit, parent_id=self.dropped.get(unit.parent_id or 0, unit.parent_id))
            for unit in made_units.values()
            if unit.id not in self.dropped
        ]
        kept = [Change(self.tree.units[unit_id], unit) for unit_id, unit in after.items()]
        return [*(Change(None, unit) for unit in new_units), *kept]

    # -- finding out ------------------------------------------------------------------------------
    def _moves(self, lines: Sequence[Line]) -> dict[tuple[int, int], int]:
        """Count who went from which unit to which; the commonest goal of each unit only."""
        moves: dict[int, Counter[int]] = defaultdict(Counter)
        for line in lines:
            if line.moved and line.change and line.change.before and line.change.after:
                old, new = line.change.before.org_unit_id, line.change.after.org_unit_id
                if old is not None and new is not None and old != new:
                    old, new = self._lifted(old, new)
                    moves[old][new] += 1
        return {
            (old, goals.most_common(1)[0][0]): max(goals.values()) for old, goals in moves.items()
        }

    def _lifted(self, old: int, new: int) -> tuple[int, int]:
        """Where 生产部/一班 went to 制造部/一班, it is 生产部 that went to 制造部."""
        root = self.tree.root()
        top = root.id if root else None
        while self._same_name(old, new):
            above, above_new = self.tree.units[old].parent_id, self._parent(new)
            if above in {None, top} or above_new in {None, top} or above == above_new:
                break
            assert above is not None
            assert above_new is not None
            old, new = above, above_new
        return old, new

    def _consider(self, old: int, new: int, people: int) -> None:
        of = sum(self.staff.get(unit, 0) for unit in self.tree.below(old))
        if people < self.least or people * 100 < of * self.percent:
            return
        if old in self.units.path(new):  # named more exactly now, not renamed
            return
        answer = self.answers.get(old, "")
        texts = self.units.text(old), self.units.text(new)
        self.asked.append(UnitQuestion(old, *texts, people, of, answer))
        if answer == plans.RENAME and new in self.units.made:
            self._renamed.append((old, new))
        elif answer in {plans.RENAME, plans.MERGE}:
            self._merged.append((old, new))

    def _same_name(self, old: int, new: int) -> bool:
        unit = self.tree.units[old]
        name = (self.units.made.get(new) or self.tree.units[new]).name
        return name == unit.name or name in unit.aliases

    def _parent(self, unit_id: int) -> int | None:
        return (self.units.made.get(unit_id) or self.tree.units[unit_id]).parent_id

    # -- doing it ---------------------------------------------------------------------------------
    def _follow_renames(self) -> None:
        """Find, below a unit that was only renamed, the units the list seemed to make anew."""
        self.dropped |= {new: old for old, new in self._renamed}
        for made in self.units.made.values():  # a unit stands behind the one above it
            above = self.dropped.get(made.parent_id or 0)
            known = self.tree.child_called(above, made.name) if above is not None else None
            if known is not None and made.id not in self.dropped:
                self.dropped[made.id] = known.id

    def _settled(self, line: Line) -> Line:
        change = line.change
        if change is None or change.after is None:
            return line
        after, before = change.after, change.before
        target = self.dropped.get(after.org_unit_id or 0)
        if target is not None:
            after = replace(after, org_unit_id=target)
        if before is None:
            return replace(line, change=Change(None, after))
        if target is None and not self._was_merged(before, after):
            return line
        fields = {d.name for d in Change(before, after).differences()}
        same_unit = target == before.org_unit_id or self._was_merged(before, after)
        moved = bool(fields & (MOVING - {"org_unit_id"} if same_unit else MOVING))
        sets_off = "" if line.sets_off == plans.TRANSFER and not moved else line.sets_off
        kind = plans.UNCHANGED if after == before else line.kind
        return replace(
            line,
            kind=kind,
            change=Change(before, after),
            moved=line.moved and moved,
            sets_off=sets_off,
        )

    def _was_merged(self, before: Employee, after: Employee) -> bool:
        was, shall = self.tree.path(before.org_unit_id), self.units.path(after.org_unit_id)
        return any(old in was and new in shall for old, new in self._merged)

    def _emptied(self, old: int) -> list[int]:
        """Return the merged unit and everything below it."""
        return sorted(self.tree.below(old))


def _with(aliases: tuple[str, ...], name: str, *, but: str) -> tuple[str, ...]:
    """Return aliases with one more, without the name the unit bears itself."""
    return tuple(dict.fromkeys(a for a in (*aliases, name) if a != but))

"""The words a rule is put together from: fields, verbs, and the values to choose among."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from wxadmin.domain.membership_rule import Condition, Rule
from wxadmin.domain.person import Employee
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace

RANK, RANK_FROM = "rank", "rank_from"
FIELDS = (
    ("unit", "单位"),
    ("position", "职务"),
    (RANK, "职务级别"),
    ("region", "销售区域"),
    ("tag", "标签"),
    ("employment_type", "用工类型"),
)
IS, IS_NOT, FROM, BELOW = "是", "不是", "不低于", "低于"


@dataclass(frozen=True, slots=True)
class Line:
    """One condition while it is being put together; it may still lack its values."""

    field: str = "unit"
    verb: str = IS
    values: tuple[str, ...] = ()
    include_below: bool = True

    @property
    def condition(self) -> Condition | None:
        """The condition, once it has values."""
        if not self.values:
            return None
        name = RANK_FROM if self.verb in (FROM, BELOW) else self.field
        below = self.include_below or self.field != "unit"
        return Condition(name, self.values, below, self.verb in (IS_NOT, BELOW))

    def with_field(self, name: str) -> Line:
        """The same line about another field: its values would mean nothing there."""
        verb = self.verb if self.verb in verbs_of(name) else IS
        return self if name == self.field else Line(name, verb)


def verbs_of(name: str) -> tuple[str, ...]:
    """What may be said of a field."""
    return (IS, IS_NOT, FROM, BELOW) if name == RANK else (IS, IS_NOT)


def line_of(condition: Condition) -> Line:
    """A condition as a line of the editor."""
    if condition.field == RANK_FROM:
        return Line(RANK, BELOW if condition.exclude else FROM, condition.values)
    verb = IS_NOT if condition.exclude else IS
    return Line(condition.field, verb, condition.values, condition.include_below)


@dataclass
class Draft:
    """A rule while it is being edited: blocks joined by 或, lines within a block by 且.

    A block without lines lets everybody in service in.
    """

    blocks: list[list[Line]] = field(default_factory=list)

    @classmethod
    def of(cls, rule: Rule) -> Draft:
        """The draft that starts from a rule in force."""
        return cls([[line_of(condition) for condition in branch] for branch in rule.any_of])

    def unfinished(self) -> int:
        """How many conditions still lack their values."""
        return sum(line.condition is None for block in self.blocks for line in block)

    def rule(self) -> Rule:
        """The rule as it stands; lines without values are left out, and so are their blocks."""
        branches = []
        for block in self.blocks:
            conditions = tuple(line.condition for line in block)
            if None not in conditions:
                branches.append(tuple(c for c in conditions if c is not None))
        return Rule(tuple(branches))

    def add_block(self) -> None:
        """One more alternative."""
        self.blocks.append([Line()])

    def add_everybody(self) -> None:
        """An alternative that lets everybody in service in."""
        self.blocks.append([])

    def add_line(self, block: int) -> None:
        """One more demand within an alternative."""
        self.blocks[block].append(Line())

    def change(self, block: int, number: int, **changes: object) -> None:
        """Change one line."""
        line = self.blocks[block][number]
        if "field" in changes:
            line = line.with_field(str(changes.pop("field")))
        self.blocks[block][number] = replace(line, **changes)  # type: ignore[arg-type]

    def remove(self, block: int, number: int) -> None:
        """Take a line away; with its last line the block goes: empty it would mean everybody."""
        del self.blocks[block][number]
        if not self.blocks[block]:
            del self.blocks[block]


class Values:
    """The values each field may have, with a smaller word that tells them apart."""

    def __init__(self, workplace: Workplace, picture: Picture) -> None:
        self._workplace = workplace
        self._picture = picture

    def of(self, name: str) -> list[tuple[str, str]]:
        """Values of a field, those the policy names first."""
        pack = self._picture.pack
        found: dict[str, str] = {}
        if name == "unit":
            return self._units()
        if name == "position":
            found = {rank.name: "级别" for rank in pack.ranks}
            for post in sorted(self._picture.positions.values(), key=lambda post: post.name):
                found.setdefault(post.name, post.rank)
        elif name == RANK:
            found = {rank.name: "" for rank in sorted(pack.ranks, key=lambda rank: -rank.no)}
        elif name == "region":
            found = {unit.name: "、".join(unit.aliases) for unit in pack.regions}
        elif name == "tag":
            rows = self._workplace.store.columns(Employee, "tags")
            found = {tag: "" for tag in sorted({tag for (tags,) in rows for tag in tags})}
        else:
            found = {kind.name: "" for kind in pack.employment_types}
        return list(found.items())

    def _units(self) -> list[tuple[str, str]]:
        """Units by name from the top down; a name several units have stands once."""
        tree = self._picture.tree
        found: dict[str, str] = {self._picture.pack.support_set: "按单位设定的一组"}
        places: dict[str, int] = {}
        for unit in sorted(tree.units.values(), key=lambda u: (len(tree.path(u.id)), u.id)):
            places[unit.name] = places.get(unit.name, 0) + 1
            above = tree.text(unit.parent_id) if unit.parent_id else ""
            found.setdefault(unit.name, above)
        return [
            (name, f"{places[name]}个单位同名" if places.get(name, 0) > 1 else note)
            for name, note in found.items()
        ]

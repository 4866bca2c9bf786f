"""The likely cause of a brake: one renamed unit behind most of the open questions about units."""

from __future__ import annotations

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.import_plan import UnitQuestion


@dataclass(frozen=True, slots=True)
class Succession:
    """The likely cause of a brake: the questions that one renamed unit answers together."""

    old: str
    new: str
    people: int
    units: tuple[int, ...]


def likely_cause(asked: list[UnitQuestion]) -> Succession | None:
    """Return the renaming that explains most of the open questions about units.

    莆田总厂/包装车间 → 莆田一厂/包装车间 and its like are one renaming, 莆田总厂 → 莆田一厂.
    """
    found: dict[tuple[str, str], list[UnitQuestion]] = {}
    for one in asked:
        if not one.answer:
            found.setdefault(_renaming(one.old, one.new), []).append(one)
    if not found:
        return None
    (old, new), same = max(found.items(), key=lambda item: sum(one.people for one in item[1]))
    return Succession(old, new, sum(one.people for one in same), tuple(one.old_id for one in same))


def _renaming(old: str, new: str) -> tuple[str, str]:
    was, becomes = old.split("/"), new.split("/")
    while len(was) > 1 and len(becomes) > 1 and was[-1] == becomes[-1]:
        was.pop()
        becomes.pop()
    while len(was) > 1 and len(becomes) > 1 and was[0] == becomes[0]:
        was.pop(0)
        becomes.pop(0)
    return "/".join(was), "/".join(becomes)

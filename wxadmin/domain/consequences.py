"""What a plan sets in motion: checklists, drafted forms, groups to join and to leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wxadmin.domain import import_plan as plans
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.import_plan import Line
from wxadmin.domain.membership import PersonFacts, RuleBook, expected_members
from wxadmin.domain.person import Employee

CHECKLIST, FORM = "checklist", "form"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What one line sets in motion; `joins` and `leaves` are groups, `owns` those he owns."""

    key: str
    checklist: str
    form: bool
    joins: tuple[int, ...] = ()
    leaves: tuple[int, ...] = ()
    owns: tuple[int, ...] = ()


FactsOf = Callable[[Employee], PersonFacts]


def consequences_of(
    lines: list[Line],
    book: RuleBook,
    facts_of: FactsOf,
    members: Mapping[int, frozenset[int]],
    owned: Mapping[int, tuple[int, ...]],
) -> dict[str, Consequence]:
    """Return what every line of the plan sets in motion, by the line's key.

    `members` are the groups each person is really in, `owned` those each person owns.
    """
    moving = [line for line in lines if line.sets_off and line.change is not None]
    after = _groups_of([line.change.after for line in moving if line.change], book, facts_of)
    before = _groups_of([line.change.before for line in moving if line.change], book, facts_of)
    found = {}
    for line in moving:
        person_id = line.employee_id or 0
        shall = after.get(person_id, frozenset())
        was = before.get(person_id, frozenset())
        present = members.get(person_id, frozenset())
        leaves = (was | present) - shall if line.sets_off != plans.OFFBOARDING else was | present
        found[line.key] = Consequence(
            line.key,
            line.sets_off,
            line.sets_off == plans.ONBOARDING,
            tuple(sorted(shall - was - present)),
            tuple(sorted(leaves)),
            owned.get(person_id, ()) if line.sets_off == plans.OFFBOARDING else (),
        )
    return found


def _groups_of(
    people: list[Employee | None], book: RuleBook, facts_of: FactsOf
) -> dict[int, frozenset[int]]:
    facts = [facts_of(person) for person in people if person is not None]
    groups: dict[int, set[int]] = {fact.id: set() for fact in facts}
    for group_id, expected in expected_members(book, facts).items():
        for person_id in expected & groups.keys():
            groups[person_id].add(group_id)
    return {person_id: frozenset(found) for person_id, found in groups.items()}

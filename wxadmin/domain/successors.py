"""Who could take over what a leaver answers for: same unit first, then the next rank."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.membership import PersonFacts


@dataclass(frozen=True, slots=True)
class Successor:
    """A person proposed, and why: 副主任，同在包装车间."""

    person_id: int
    reason: str


def suggest(
    leaver: PersonFacts,
    candidates: Iterable[PersonFacts],
    ranks: Mapping[str, int],
    unit_name: Callable[[int], str],
    among: Collection[int] = (),
) -> Successor | None:
    """Propose who takes over, or None where no post fits.

    `ranks` are the ranks that may answer for a group, by number, higher is higher. `among` are
    the people who belong to the group; empty means that nobody knows. The nearest unit counts
    first, then the rank nearest to the leaver's from below.
    """
    own = ranks.get(leaver.rank, 0)
    best: tuple[tuple[int, int, int], PersonFacts] | None = None
    for person in candidates:
        if person.id == leaver.id or not person.in_service or person.rank not in ranks:
            continue
        if among and person.id not in among:
            continue
        shared = _shared(leaver.unit_path, person.unit_path)
        if not shared:
            continue
        key = (-shared, _distance(own, ranks[person.rank]), person.id)
        if best is None or key < best[0]:
            best = (key, person)
    if best is None:
        return None
    shared, found = -best[0][0], best[1]
    place = unit_name(leaver.unit_path[shared - 1])
    return Successor(found.id, f"{found.position or found.rank}，同在{place}")


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How many units the paths share, from the top."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _distance(own: int, other: int) -> int:
    """The same rank, then the next below and so on; those above come after all of them."""
    return own - other if own >= other else 100 + other - own

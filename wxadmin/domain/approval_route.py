"""Which route a document takes, and whose decision on it is asked for next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.policy import Route, RouteStep

ALL = "all"


@dataclass(frozen=True, slots=True)
class RouteCase:
    """What a route may be chosen by: the id of the account's type, the group's class and those
    above it (the own one first), the names of the units the document comes from."""

    account_type: str = ""
    group_classes: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a document stands on its route: the step that is open (None after the last), the
    roles that may decide now, and how many decisions are missing at least."""

    step: RouteStep | None
    roles: tuple[str, ...]
    left: int


def route_for(routes: Iterable[Route], document: str, case: RouteCase) -> Route | None:
    """Return the route of a document: the one that is meant most narrowly, None without any.

    A route that names types, classes or departments is for those alone; a group class that is
    nearer counts before one above it (X03, X04).
    """
    fitting = [
        (fit, route)
        for route in routes
        if document in (route.document, route.id) and (fit := _fit(route, case)) is not None
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _fit(route: Route, case: RouteCase) -> tuple[int, int] | None:
    """Return how narrowly a route is meant for a case, None where it is not meant for it."""
    if route.account_types and case.account_type not in route.account_types:
        return None
    if route.departments and not case.units & set(route.departments):
        return None
    nearness = 0
    if route.group_classes:
        places = [i for i, one in enumerate(case.group_classes) if one in route.group_classes]
        if not places:
            return None
        nearness = len(case.group_classes) - places[0]
    narrow = bool(route.account_types) + bool(route.departments) + bool(route.group_classes)
    return narrow, nearness


def standing(approvals: Sequence[RouteStep], given: Sequence[str]) -> Standing:
    """Return where a document stands after decisions by these roles, in their order."""
    decided = list(given)
    for at, step in enumerate(approvals):
        missing = _missing(step, decided)
        if missing:
            own = len(missing) if step.mode == ALL else 1
            return Standing(step, missing, own + sum(map(_wanted, approvals[at + 1 :])))
    return Standing(None, (), 0)


def _missing(step: RouteStep, decided: list[str]) -> tuple[str, ...]:
    """Return the roles a step still asks for; takes its decisions off the list."""
    missing = list(step.roles)
    if step.mode != ALL:
        if not decided or decided[0] not in (*missing, step.role):
            return tuple(missing)
        decided.pop(0)
        return ()
    while missing and decided and decided[0] in missing:
        missing.remove(decided.pop(0))
    return tuple(missing)


def _wanted(step: RouteStep) -> int:
    return len(step.roles) if step.mode == ALL else 1


def opinions(approvals: Iterable[RouteStep]) -> tuple[str, ...]:
    """Return whose opinion the paper has room for, in order: one box for each decision."""
    return tuple(
        title
        for step in approvals
        for title in (step.roles if step.mode == ALL else ("或".join(step.roles),))
    )

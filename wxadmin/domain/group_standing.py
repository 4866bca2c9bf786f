"""How a group stands on a day: what follows from its dates, and what is wrong about its end."""

from __future__ import annotations

from datetime import date, timedelta

from wxadmin.domain.group import NOT_CARRIED_OUT, Group

IN_USE, TO_DISSOLVE, DISSOLVED, MERGED = "使用中", "待解散", "已解散", "已并入"
PAST_END, NO_END, TOO_LONG, DORMANT = "已过计划解散日期", "未定计划解散日期", "临时群超期", "僵尸群"
ENDINGS = (NOT_CARRIED_OUT, PAST_END, TOO_LONG, NO_END, DORMANT, TO_DISSOLVE)
"""What may be wrong about the end of a group, the worst first."""


def standing(group: Group, on: date) -> str:
    """Return the state to show: past its planned end a group is to be dissolved (I19)."""
    ended = group.planned_end_on is not None and group.planned_end_on < on
    return TO_DISSOLVE if ended and group.state == IN_USE else group.state


def endings(
    group: Group, on: date, *, temporary: bool, longest_days: int, dormant_days: int
) -> tuple[tuple[str, date | None], ...]:
    """Return what is wrong about a group's end, each with the day since when.

    `temporary` groups need a planned end; `longest_days` is how long they may last at most,
    `dormant_days` after how many silent days a group counts as dormant (0: not asked). A group
    nobody ever said anything about is not called dormant.
    """
    if group.state in {DISSOLVED, MERGED}:
        return ()
    found: list[tuple[str, date | None]] = []
    if group.state == NOT_CARRIED_OUT:
        found.append((NOT_CARRIED_OUT, group.members_on))
    if group.planned_end_on is not None and group.planned_end_on < on:
        found.append((PAST_END, group.planned_end_on))
    elif group.state == TO_DISSOLVE:
        found.append((TO_DISSOLVE, None))
    if temporary and group.planned_end_on is None:
        found.append((NO_END, group.created_on))
        limit = group.created_on + timedelta(days=longest_days) if group.created_on else None
        if limit is not None and limit < on:
            found.append((TOO_LONG, limit))
    active = group.last_active_on
    if dormant_days and active is not None and active + timedelta(days=dormant_days) < on:
        found.append((DORMANT, active))
    return tuple(sorted(found, key=lambda one: ENDINGS.index(one[0])))

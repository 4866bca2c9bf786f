"""A member list older than the newest one: it fills in the history and leaves the present alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from wxadmin.domain.change import Change
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import GroupMember
from wxadmin.domain.presence import BY_LIST

Key = int | str
"""Who a membership is of: a person's id, or the name of somebody who is not on the roster."""


def key_of(member: GroupMember) -> Key:
    """Return who a membership is of."""
    return member.external_name if member.employee_id is None else member.employee_id


@dataclass(frozen=True, slots=True)
class Gap:
    """The day of an older list, and the day of the list that follows it."""

    group_id: int
    on: date
    following: date


@dataclass(frozen=True, slots=True)
class Filled:
    """What an older list tells: `changed` memberships as they were and are, `new` without ids."""

    changed: tuple[Change[GroupMember], ...]
    new: tuple[GroupMember, ...]


def filled_in(members: Iterable[GroupMember], listed: Collection[Key], gap: Gap) -> Filled:
    """Return what a list of an earlier day adds to the memberships of a group.

    Who stands on it was in on that day; who does not, was not. What later lists and acts told
    holds from the following list on, so nobody joins or leaves the group as it is now.
    """
    spells: dict[Key, list[GroupMember]] = defaultdict(list)
    for member in members:
        spells[key_of(member)].append(member)
    changed: list[Change[GroupMember]] = []
    new: list[GroupMember] = []
    for key in [*listed, *(key for key in spells if key not in listed)]:
        own = sorted(spells.get(key, ()), key=lambda one: (one.joined_on or date.min, one.id))
        more = _present(key, own, gap) if key in listed else _absent(own, gap)
        for before, after in more:
            if before is None:
                new.append(after)
            else:
                changed.append(Change(before, after))
    return Filled(tuple(changed), tuple(new))


Step = tuple[GroupMember | None, GroupMember]


def _present(key: Key, spells: Sequence[GroupMember], gap: Gap) -> Iterator[Step]:
    """He was in on the day of the list: begin a membership earlier, or put one in between."""
    if any(_covers(one, gap.on) for one in spells):
        return
    later = [one for one in spells if one.joined_on is not None and one.joined_on > gap.on]
    first = later[0] if later else None
    joined = first.joined_on if first is not None else None
    if first is not None and joined == gap.following and first.join_kind == BY_LIST:
        yield first, replace(first, joined_on=gap.on)
        return
    until = min(filter(None, (joined, gap.following)))
    person = key if isinstance(key, int) else None
    yield (
        None,
        GroupMember(
            0,
            gap.group_id,
            person,
            "" if isinstance(key, int) else key,
            joined_on=gap.on,
            join_kind=BY_LIST,
            left_on=until,
            exit_reason=BY_LIST,
        ),
    )


def _absent(spells: Sequence[GroupMember], gap: Gap) -> Iterator[Step]:
    """He was not in on the day of the list: his membership ended by then, or began later."""
    for one in spells:
        if not _covers(one, gap.on) or one.joined_on == gap.on or one.left_on == gap.on:
            continue
        if one.joined_on is None:
            yield one, replace(one, joined_on=gap.following, join_kind=BY_LIST)
        elif one.left_on is not None and one.left_on <= gap.following:
            yield one, replace(one, left_on=gap.on)
        else:
            yield one, replace(one, left_on=gap.on, exit_reason=BY_LIST)
            yield None, replace(one, id=0, joined_on=gap.following, join_kind=BY_LIST)


def _covers(member: GroupMember, on: date) -> bool:
    """Say whether a membership says of a day that he was in; the last one by act counts."""
    joined, left = member.joined_on, member.left_on
    if joined is not None and joined > on:
        return False
    return left is None or left > on or (left == on and member.exit_reason != BY_LIST)


def following_list(lists: Iterable[date], on: date) -> date | None:
    """Return the day of the list that follows a day; None where it is the newest."""
    return min((day for day in lists if day > on), default=None)


def told_nicknames(
    members: Iterable[GroupMember], nicknames: Mapping[Key, str], on: date
) -> Iterator[Change[GroupMember]]:
    """Yield the memberships of a day for which an older list gives a nickname nobody gave yet.

    A later list knows the later nickname, and that one stands.
    """
    for one in members:
        nickname = nicknames.get(key_of(one), "")
        if nickname and not one.nickname and _covers(one, on):
            yield Change(one, replace(one, nickname=nickname))

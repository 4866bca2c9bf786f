"""Who was in a group at any time of a period: what is proven, and what lies between two lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import GroupMember

BY_LIST = "名单登记"
"""How a join or a leave is recorded that a whole list of members told."""

SURE, RECORDED, MAYBE = "在群", "登记在群", "可能在群"
"""Proven within the period; recorded as in, the last proof being older; not to be ruled out."""


@dataclass(frozen=True, slots=True)
class Presence:
    """One member in a period. `first_proof` and `last_proof` are the first and last day somebody
    put down that he was in; he was not in before `not_before` nor after `not_after` (None: open).
    """

    member: GroupMember
    verdict: str
    first_proof: date | None
    first_how: str
    last_proof: date | None
    last_how: str
    not_before: date | None = None
    not_after: date | None = None


def present_between(
    members: Iterable[GroupMember], lists: Sequence[date], first: date, last: date, today: date
) -> list[Presence]:
    """Return who was in a group, or may have been, on any day from `first` to `last`.

    `lists` are the days on which all its members were put down, in order.
    """
    found = (presence_of(member, lists, today) for member in members)
    return [judged for one in found if (judged := _in_period(one, first, last, today)) is not None]


def presence_of(member: GroupMember, lists: Sequence[date], today: date) -> Presence:
    """Return the proofs that somebody was in a group, whatever the period."""
    joined, left = member.joined_on, member.left_on
    by_list_out = left is not None and member.exit_reason == BY_LIST
    start, end = joined or date.min, left or today
    seen = [day for day in lists if start <= day and (day < end if by_list_out else day <= end)]
    last_proof, last_how = _last_proof(member, seen, by_list_out=by_list_out)
    return Presence(
        member,
        SURE,
        joined or (seen[0] if seen else None),
        member.join_kind or (BY_LIST if seen else "入群日期不详"),
        last_proof,
        last_how,
        _not_before(member, lists),
        left,
    )


def _not_before(member: GroupMember, lists: Sequence[date]) -> date | None:
    """Who was found on a list came some time after the list before it; else the day is known."""
    joined = member.joined_on
    if joined is None or member.join_kind != BY_LIST:
        return joined
    return max((day for day in lists if day < joined), default=None)


def _last_proof(
    member: GroupMember, seen: Sequence[date], *, by_list_out: bool
) -> tuple[date | None, str]:
    if member.left_on is not None and not by_list_out:
        return (
            member.left_on,
            f"移出登记：{member.exit_reason}" if member.exit_reason else "移出登记",
        )
    if seen:
        return seen[-1], BY_LIST
    return member.joined_on, member.join_kind


def _in_period(one: Presence, first: date, last: date, today: date) -> Presence | None:
    """Judge a member for a period: proven, possible, or None for certainly not in it."""
    sure_from, sure_to = one.first_proof, one.last_proof
    if sure_from and sure_to and sure_from <= last and sure_to >= first:
        return one
    if one.member.left_on is None and sure_from and sure_from <= last:
        return replace(one, verdict=RECORDED)
    may_from, may_to = one.not_before or date.min, one.not_after or today
    return replace(one, verdict=MAYBE) if may_from <= last and may_to >= first else None


def honest_line(lists: Sequence[date], first: date, last: date) -> str:
    """Say what the proofs rest on and what they cannot show."""
    before = [day for day in lists if day <= first][-1:]
    within = [day for day in lists if first < day <= last]
    after = [day for day in lists if day > last][:1]
    used = [*before, *within, *after]
    if not used:
        return "这个群没有登记过成员名单，只有零星的进出记录，没有记录的人是否在群，这里看不出来。"
    text = f"凭据为{'、'.join(map(str, used))}的成员名单和其间登记的进出。"
    if not before:
        text += f"{used[0]}以前没有名单，那以前在群而又退出的人看不出来。"
    if not after:
        text += f"{used[-1]}以后没有名单，那以后进出而没有登记的人看不出来。"
    if len(used) > 1:
        text += "两次名单之间进来又退出、没有登记的人，这里看不出来。"
    return text

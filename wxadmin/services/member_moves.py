"""What it takes to record people as in a group, or as out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group, GroupMember
from wxadmin.services.membership_picture import Picture
from wxadmin.storage.numbers import IdSource

ADDED = "群主添加"


@dataclass(frozen=True, slots=True)
class Joining:
    """Who joins: when, how, and outsiders by their names."""

    employee_ids: Sequence[int]
    on: date
    join_kind: str = ADDED
    outsiders: Sequence[str] = ()


def plan_joins(group: Group, joining: Joining, picture: Picture, ids: IdSource) -> list[AnyChange]:
    """Return the changes that record people as members; who is one already is left alone."""
    present = picture.member_ids(group.id)
    names = {m.external_name for m in picture.members(group.id) if m.employee_id is None}
    new = [(i, "") for i in dict.fromkeys(joining.employee_ids) if i not in present]
    new_names = [(None, name) for name in dict.fromkeys(joining.outsiders) if name not in names]
    return [
        Change(
            None,
            GroupMember(
                ids.next(GroupMember),
                group.id,
                employee_id,
                name,
                joined_on=joining.on,
                join_kind=joining.join_kind,
            ),
        )
        for employee_id, name in (*new, *new_names)
    ]


def plan_leaves(members: Iterable[GroupMember], on: date, reason: str) -> list[AnyChange]:
    """Return the changes that record members as out."""
    return [
        Change(member, replace(member, left_on=on, exit_reason=reason))
        for member in members
        if member.left_on is None
    ]

"""A whole list of a group's members: of today, of some days ago, older than the one in hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import NOT_CARRIED_OUT, Group, GroupCheck, GroupMember
from wxadmin.domain.group_checks import BACKFILLED, DONE
from wxadmin.domain.journal import in_effect
from wxadmin.domain.member_history import (
    Gap,
    Key,
    filled_in,
    following_list,
    told_nicknames,
)
from wxadmin.domain.presence import BY_LIST
from wxadmin.services.member_moves import Joining, plan_joins, plan_leaves
from wxadmin.services.membership_picture import GONE_STATES, Picture
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

ONLY_HISTORY = "补登的旧名单，只补历史"


def checked_day(workplace: Workplace, on: date | None) -> date:
    """Return the day of a list. Raises `UserError` for one that has not come yet."""
    day = on or workplace.today
    if day > workplace.today:
        raise UserError(
            f"名单日期 {day} 还没有到，没有改动。请写今天（{workplace.today}）或以前的日期。",
            "future",
        )
    return day


def is_older(group: Group, on: date) -> bool:
    """Say whether a list is older than what is known: a later list, or the group's end."""
    if group.members_on is not None and on < group.members_on:
        return True
    ended = group.state in GONE_STATES and group.dissolved_on is not None
    return ended and on < (group.dissolved_on or on)


def list_days(workplace: Workplace, group: Group) -> list[date]:
    """Return the days on which all members of a group were put down, in order."""
    holds = in_effect(workplace.journal.operations())
    days = {
        entry.new["members_on"]
        for done, entry in workplace.journal.history(group)
        if holds[done.id] and done.undoes is None and entry.new.get("members_on")
    }
    late = workplace.store.columns(GroupCheck, "members_on", group_id=group.id, trigger=BACKFILLED)
    days |= {day for (day,) in late if day is not None}
    return sorted(days | ({group.members_on} if group.members_on else set()))


def plan_list(
    group: Group,
    employee_ids: Collection[int],
    outsiders: Collection[str],
    picture: Picture,
    on: date,
    ids: IdSource,
) -> list[AnyChange]:
    """Return the changes after which exactly these are the members, as of that day.

    A list of what is breaks no rule by being written down, so nobody is refused here; of a group
    that was dissolved it tells that it was not (解散未落实).
    """
    names, wanted = set(outsiders), set(employee_ids)
    gone = [
        member
        for member in picture.members(group.id)
        if (member.employee_id not in wanted)
        and not (member.employee_id is None and member.external_name in names)
    ]
    joining = Joining(sorted(wanted), on, BY_LIST, sorted(names))
    state = NOT_CARRIED_OUT if group.state in GONE_STATES else group.state
    looked = max(filter(None, (on, group.checked_on)))
    known = replace(group, state=state, members_on=on, checked_on=looked)
    changes: list[AnyChange] = [Change(group, known)]
    changes += plan_leaves(gone, on, BY_LIST)
    return changes + plan_joins(group, joining, picture, ids)


def plan_older_list(
    workplace: Workplace,
    group: Group,
    listed: Mapping[Key, str],
    on: date,
    ids: IdSource,
) -> list[AnyChange]:
    """Return the changes of a list older than the newest: who was in then, by nickname or "".

    The members as they are now stay as they are; the day of the list is kept as a check of it.
    """
    lists = list_days(workplace, group)
    ended = group.dissolved_on if group.state in GONE_STATES else None
    following = following_list([*lists, *([ended] if ended else [])], on)
    assert following is not None, "a list is older than nothing"
    members = workplace.store.find(GroupMember, group_id=group.id)
    found = filled_in(members, set(listed), Gap(group.id, on, following))
    made = [replace(one, id=ids.next(GroupMember)) for one in found.new]
    after = {one.id: one for one in members}
    after.update((c.record.id, c.record) for c in found.changed)
    after.update((one.id, one) for one in made)
    changes: list[AnyChange] = [*found.changed, *(Change(None, one) for one in made)]
    changes += told_nicknames(after.values(), listed, on)
    if on not in lists:
        changes.append(Change(None, _kept_day(workplace, group, len(listed), on, ids)))
    return combined(changes)


def _kept_day(
    workplace: Workplace, group: Group, people: int, on: date, ids: IdSource
) -> GroupCheck:
    """Return the entry of the check log that keeps the day of an older list."""
    return GroupCheck(
        ids.next(GroupCheck),
        group.id,
        None,
        on,
        workplace.by,
        BACKFILLED,
        people,
        people,
        DONE,
        note=ONLY_HISTORY,
        group_name=group.name,
        members_on=on,
    )

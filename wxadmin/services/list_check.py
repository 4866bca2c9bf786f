"""Taking a member list settles the check of its group that waits for one, in the same act."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from wxadmin.domain.change import AnyChange, combined
from wxadmin.domain.group import CheckRound, Group, GroupCheck, GroupCheckLine, GroupMember
from wxadmin.domain.group_checks import FINDINGS
from wxadmin.services.check_view import CheckView
from wxadmin.services.group_checks import GroupChecks
from wxadmin.services.group_duties import Duties
from wxadmin.services.member_lists import is_older
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource


class ListCheck:
    """Draws up what a list does to the open check of its group."""

    def __init__(self, workplace: Workplace, picture: Picture) -> None:
        self._workplace = workplace
        self._picture = picture
        self._checks = GroupChecks(workplace)

    def waiting(self, group: Group, on: date) -> CheckView | None:
        """Return the check a list of that day answers; an older list answers none."""
        view = self._checks.open_one(group)
        if view is None:
            return None
        began = view.check.checked_on
        if began is None and view.check.round_id is not None:
            found = self._workplace.store.get(CheckRound, view.check.round_id)
            began = found.started_on if found else None
        return view if began is None or on >= began else None

    def settled(
        self, view: CheckView, changes: Collection[AnyChange], ids: IdSource
    ) -> list[AnyChange]:
        """Return the changes of a list together with those that settle a check by it."""
        before = self._picture.all_groups[view.check.group_id]
        group = next((c.after for c in changes if isinstance(c.after, Group)), before)
        then = self._picture.supposing(group, self._members(group, changes))
        duties = Duties(self._workplace, then)
        planned, _ = self._checks.plan_with_list(group, then, duties, ids, view=view)
        return combined([*changes, *planned])

    def along(
        self, group_id: int, changes: list[AnyChange], on: date, ids: IdSource
    ) -> list[AnyChange]:
        """Return the changes of a list of that day, with those of the check it answers, if any."""
        group = self._picture.all_groups[group_id]
        view = None if is_older(group, on) else self.waiting(group, on)
        return changes if view is None else self.settled(view, changes, ids)

    def _members(self, group: Group, changes: Iterable[AnyChange]) -> list[GroupMember]:
        members = {member.id: member for member in self._picture.members(group.id)}
        members.update((c.after.id, c.after) for c in changes if isinstance(c.after, GroupMember))
        return list(members.values())


def said_of(changes: Iterable[AnyChange]) -> str:
    """Say how the check comes out: 应加未加1人、不应在群2人; "" where no check is settled."""
    records = [change.after for change in changes]
    if not any(isinstance(record, GroupCheck) for record in records):
        return ""
    lines = [record for record in records if isinstance(record, GroupCheckLine)]
    counted = {finding: sum(x.finding == finding for x in lines) for finding in FINDINGS}
    return "、".join(f"{what}{count}人" for what, count in counted.items() if count) or "没有问题"

"""How groups end (C23): dissolved on proof, merged, dormant, past their day, or not really gone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import BACKEND, NOT_CARRIED_OUT, Group
from wxadmin.domain.group_standing import MERGED, endings
from wxadmin.services.group_proof import proof_of
from wxadmin.services.groups import Groups
from wxadmin.services.member_lists import checked_day, plan_list
from wxadmin.services.member_moves import Joining, plan_joins
from wxadmin.services.membership_picture import GONE_STATES, Picture
from wxadmin.services.outsiders import noted, told_of
from wxadmin.services.workplace import Workplace

SEEN = "解散后仍在群"


@dataclass(frozen=True, slots=True)
class Ending:
    """Something about the end of a group that somebody must see to."""

    group: Group
    what: str
    since: date | None
    days: int | None
    members: int


class GroupEndings:
    """Lists and acts about the end of groups."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store

    def lines(self, picture: Picture) -> list[Ending]:
        """Return what is wrong about the ends of groups, group by group, the worst first."""
        today = self._workplace.today
        found = []
        for group in picture.groups.values():
            if group.side == BACKEND:
                continue
            scope = picture.scope(group)
            known = picture.pack.group_class(group.class_key)
            wrong = endings(
                group,
                today,
                temporary=known is not None and known.planned_end,
                longest_days=picture.number("temp_group_max_days", scope),
                dormant_days=picture.number("dormant_group_days", scope),
            )
            members = len(picture.members(group.id)) if wrong else 0
            for what, since in wrong:
                days = (today - since).days if since else None
                found.append(Ending(group, what, since, days, members))
        return sorted(found, key=lambda one: (-(one.days or 0), one.group.sort_no))

    # -- acts -----------------------------------------------------------------------------------
    def dissolve(
        self, group: Group, proof: str, *, on: date | None = None, reason: str = ""
    ) -> int | None:
        """Record a group as dissolved, on a picture of it or the owner's word."""
        return Groups(self._workplace).dissolve(group, on=on, reason=reason, proof=proof)

    def merge(self, group: Group, into: Group, *, basis: str, on: date | None = None) -> int | None:
        """Record that a group went up in another one; its members are out of it.

        Who belongs into the other one follows from that one's rule.
        """
        changes = self.plan_merge(group, into, on or self._workplace.today, basis)
        with self._workplace.act(f"并群：{group.name} → {into.name}") as operation:
            operation.write(changes)
        return operation.id

    def plan_merge(self, group: Group, into: Group, on: date, basis: str) -> list[AnyChange]:
        """Return the changes after which a group is gone and the other one is its successor."""
        if group.state in GONE_STATES:
            raise UserError(f"“{group.name}”{group.state}，没有改动。", "group_gone")
        if group.id == into.id or into.state in GONE_STATES:
            raise UserError(f"不能并入“{into.name}”，请另选一个在用的群。没有改动。", "bad_value")
        reason = f"并入“{into.name}”（{into.group_no}）"
        first, *rest = Groups(self._workplace).plan_dissolve(group, on, reason, proof_of(basis))
        dissolved = first.after
        assert isinstance(dissolved, Group)
        merged = replace(dissolved, state=MERGED, merged_into_id=into.id)
        return [Change(group, merged), *rest]

    def seen_again(
        self,
        group: Group,
        employee_ids: Collection[int],
        picture: Picture,
        *,
        outsiders: Sequence[str] = (),
        on: date | None = None,
        whole: bool = False,
    ) -> int | None:
        """Record members seen in a group that was dissolved: it is open again as 解散未落实.

        `whole` says that they are all its members.
        """
        if group.state not in GONE_STATES:
            raise UserError(f"“{group.name}”没有解散，没有改动。", "not_gone")
        if not employee_ids and not outsiders:
            raise UserError(f"请写明在“{group.name}”里看到了谁，没有改动。", "nobody")
        ids, day = self._store.ids(), checked_day(self._workplace, on)
        told = list(map(told_of, outsiders))
        names = [one.name for one in told]
        if whole:
            changes = plan_list(group, employee_ids, names, picture, day, ids)
        else:
            reopened = replace(group, state=NOT_CARRIED_OUT, members_on=day, checked_on=day)
            joining = Joining(tuple(employee_ids), day, SEEN, names)
            changes = [Change(group, reopened), *plan_joins(group, joining, picture, ids)]
        changes = noted(self._workplace, changes, told, ids)
        with self._workplace.act(f"解散未落实：{group.name}") as operation:
            operation.write(changes, ids)
        return operation.id

    def confirm_active(self, group: Group, on: date | None = None) -> int | None:
        """Note that a group is in use: on that day somebody wrote in it."""
        day = on or self._workplace.today
        if day > self._workplace.today:
            raise UserError(f"{day} 还没有到，没有改动。", "future")
        with self._workplace.act(f"确认群在用：{group.name}") as operation:
            operation.write([Change(group, replace(group, last_active_on=day))])
        return operation.id

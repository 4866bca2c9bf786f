"""Record who is really in a group: one by one, or as a whole list was taken (I08, I10)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group, GroupMember
from wxadmin.domain.member_history import Key
from wxadmin.domain.policy_settings import Scope
from wxadmin.services.list_check import ListCheck
from wxadmin.services.member_lists import checked_day, is_older, plan_list, plan_older_list
from wxadmin.services.member_moves import ADDED, Joining, plan_joins, plan_leaves
from wxadmin.services.membership_picture import GONE_STATES, Picture
from wxadmin.services.outsiders import noted, told_of
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource


@dataclass(frozen=True, slots=True)
class Moved:
    """What recording members did: ids who joined, who left, for whom nothing changed."""

    joined: tuple[int, ...]
    left: tuple[int, ...]
    unchanged: tuple[int, ...]
    operation: int | None


class GroupMembers:
    """Joins, leaves, and whole lists of members."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def join(
        self,
        group: Group,
        employee_ids: Sequence[int],
        picture: Picture,
        *,
        on: date | None = None,
        reason: str = "",
        outsiders: Sequence[str] = (),
    ) -> Moved:
        """Record that people are in a group now; outsiders as 姓名@单位/拉入人.

        Raises `UserError` naming who is not in the address book (I08), has left (I09), or is an
        outsider in a group that allows none (I10); then nobody is recorded.
        """
        self._check_group(group)
        self.check_directory(employee_ids, picture)
        told = list(map(told_of, outsiders))
        names = [one.name for one in told]
        self._check_outsiders(group, names, picture)
        ids = self._workplace.store.ids()
        day = on or self._workplace.today
        joining = Joining(employee_ids, day, reason or ADDED, names)
        changes = noted(self._workplace, plan_joins(group, joining, picture, ids), told, ids)
        return self._written(f"登记入群：{group.name}", changes, employee_ids, ids)

    def leave(
        self,
        group: Group,
        employee_ids: Sequence[int],
        picture: Picture,
        *,
        on: date | None = None,
        reason: str = "",
        outsiders: Sequence[str] = (),
    ) -> Moved:
        """Record that people are out of a group; who was not recorded in it is left alone."""
        members = _chosen(picture.members(group.id), employee_ids, outsiders)
        changes = plan_leaves(members, on or self._workplace.today, reason)
        return self._written(f"登记退群：{group.name}", changes, employee_ids)

    def settle(
        self,
        group: Group,
        joining: Sequence[int],
        leaving: Sequence[int],
        picture: Picture,
        *,
        outsiders: Sequence[str] = (),
        on: date | None = None,
    ) -> Moved:
        """Record as one act who was added and who was taken out; `outsiders` are out as well.

        Raises `UserError` where somebody who was to join may not (see `join`).
        """
        self._check_group(group)
        self.check_directory(joining, picture)
        ids, day = self._workplace.store.ids(), on or self._workplace.today
        joins = plan_joins(group, Joining(joining, day), picture, ids)
        leaves = plan_leaves(_chosen(picture.members(group.id), leaving, outsiders), day, "")
        title = f"登记成员变动：{group.name}"
        return self._written(title, [*joins, *leaves], [*joining, *leaving], ids)

    def identify(
        self, group: Group, outsider: str, employee_id: int, picture: Picture
    ) -> int | None:
        """Say that a name nobody knew is one of the people: the stranger's entry becomes his.

        A list of what is breaks no rule by being put right, so nobody is refused here.
        """
        self._check_group(group)
        strangers = _chosen(picture.members(group.id), (), [outsider])
        if not strangers:
            raise UserError(f"“{group.name}”的名单里没有“{outsider}”，没有改动。", "no_outsider")
        stranger, present = strangers[0], picture.member_ids(group.id)
        if employee_id in present:
            after = replace(stranger, left_on=self._workplace.today, exit_reason="与本人重复")
        else:
            after = replace(stranger, employee_id=employee_id, external_name="", nickname=outsider)
        person = picture.person(employee_id)
        with self._workplace.act(f"认出群成员：{outsider} → {person.name}") as operation:
            operation.write([Change(stranger, after)])
        return operation.id

    def declare_new(self, group: Group, *, on: date | None = None) -> int | None:
        """Say that a group was just made and is empty: everybody expected is missing then."""
        self._check_group(group)
        if group.members_on is not None:
            raise UserError(f"“{group.name}”已登记过成员名单，不能再当作新建的群。", "has_members")
        day = on or self._workplace.today
        known = replace(group, members_on=day, created_on=group.created_on or day)
        with self._workplace.act(f"新建群，尚无成员：{group.name}") as operation:
            operation.write([Change(group, known)])
        return operation.id

    def capture(
        self,
        group: Group,
        employee_ids: Collection[int],
        picture: Picture,
        *,
        outsiders: Collection[str] = (),
        on: date | None = None,
    ) -> Moved:
        """Take a whole list of members as what is: others are out, the list's day is kept.

        A list older than the newest one only fills in who was in then; the newest one settles
        the check of the group that waits for it.
        """
        self._check_group(group)
        ids, day = self._workplace.store.ids(), checked_day(self._workplace, on)
        title, people = f"登记成员名单：{group.name}", list(employee_ids)
        told = list(map(told_of, outsiders))
        names = [one.name for one in told]
        if not is_older(group, day):
            changes = plan_list(group, employee_ids, names, picture, day, ids)
            check = ListCheck(self._workplace, picture)
            changes = noted(self._workplace, changes, told, ids)
            changes = check.along(group.id, changes, day, ids)
            return self._written(title, changes, people, ids)
        listed: dict[Key, str] = dict.fromkeys(employee_ids, "")
        listed |= dict.fromkeys(names, "")
        older = plan_older_list(self._workplace, group, listed, day, ids)
        written = self._written(title, noted(self._workplace, older, told, ids), people, ids)
        return Moved((), (), tuple(people), written.operation)

    def _written(
        self,
        title: str,
        changes: Sequence[AnyChange],
        asked: Sequence[int],
        ids: IdSource | None = None,
    ) -> Moved:
        """Write as one act who joins and who leaves; `asked` are the people it was about."""
        with self._workplace.act(title) as operation:
            operation.write(changes, ids)
        members = [c for c in changes if isinstance(c.record, GroupMember)]
        joined = _people_of(c for c in members if c.before is None)
        left = _people_of(c for c in members if c.before is not None)
        return Moved(joined, left, _others(asked, [*joined, *left]), operation.id)

    def history(self, group_id: int) -> list[GroupMember]:
        """Return everybody who ever was recorded in a group."""
        return self._workplace.store.find(GroupMember, group_id=group_id)

    def of_person(self, employee_id: int) -> list[GroupMember]:
        """Return the memberships somebody still has."""
        return self._workplace.store.find(GroupMember, employee_id=employee_id, left_on=None)

    # -- guards -------------------------------------------------------------------------------
    @staticmethod
    def _check_group(group: Group) -> None:
        if group.state in GONE_STATES:
            raise UserError(f"“{group.name}”{group.state}，不能再登记成员。", "group_gone")

    @staticmethod
    def check_directory(employee_ids: Iterable[int], picture: Picture) -> None:
        """Refuse people who cannot be in any group: gone, or not in the address book (I08)."""
        refused = []
        for employee_id in employee_ids:
            person = picture.person(employee_id)
            who = f"{person.emp_no} {person.name}"
            if picture.has_left(employee_id):
                refused.append(f"{who}已离职")
            elif not person.in_directory:
                refused.append(f"{who}不在通讯录")
        if refused:
            raise UserError(
                f"{'、'.join(refused)}。通讯录中的在职人员才能入群，没有改动；"
                "请先开通账号并加入通讯录。",
                "not_in_directory",
                tuple(refused),
            )

    def _check_outsiders(self, group: Group, outsiders: Sequence[str], picture: Picture) -> None:
        if outsiders and not picture.takes_outsiders(group):
            names = "、".join(outsiders)
            raise UserError(f"“{group.name}”不允许外部人员：{names}，没有改动。", "no_outsiders")


def scope_of(group: Group, picture: Picture) -> Scope:
    """Return what a question about a group's settings is about."""
    return picture.scope(group)


def _chosen(
    members: Iterable[GroupMember], employee_ids: Iterable[int], outsiders: Iterable[str]
) -> list[GroupMember]:
    wanted, names = set(employee_ids), set(outsiders)
    return [
        m
        for m in members
        if (m.employee_id in wanted if m.employee_id is not None else m.external_name in names)
    ]


def _people_of(changes: Iterable[AnyChange]) -> tuple[int, ...]:
    found = (c.record.employee_id for c in changes if isinstance(c.record, GroupMember))
    return tuple(employee_id for employee_id in found if employee_id is not None)


def _others(asked: Sequence[int], moved: Collection[int]) -> tuple[int, ...]:
    return tuple(employee_id for employee_id in asked if employee_id not in set(moved))

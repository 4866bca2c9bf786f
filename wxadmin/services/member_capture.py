"""A list of members sorted into people, outsiders and strangers, and what taking it in writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from wxadmin.domain import import_plan as plans
from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.group import ExternalPerson, Group, GroupMember
from wxadmin.domain.import_plan import Line
from wxadmin.domain.member_history import Key
from wxadmin.domain.member_list import MemberLine
from wxadmin.services.member_lists import plan_list, plan_older_list
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource


class SortedMembers:
    """The lines of one list; each keeps the key of the line of the plan it came from.

    `made` are outsiders nobody had noted before.
    """

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.people: dict[int, tuple[str, MemberLine]] = {}
        self.outsiders: dict[str, tuple[str, MemberLine, ExternalPerson]] = {}
        self.strangers: dict[str, str] = {}
        self.made: list[ExternalPerson] = []

    def captured(
        self, group: Group, on: date, ids: IdSource
    ) -> tuple[dict[str, tuple[AnyChange, ...]], list[AnyChange]]:
        """Return the changes by line key, and those of the list as a whole: its day."""
        names = [*self.outsiders, *self.strangers]
        changes = plan_list(group, list(self.people), names, self._picture, on, ids)
        records: dict[str, list[AnyChange]] = {}
        kept: list[AnyChange] = []
        for change in changes:
            if isinstance(change.record, GroupMember):
                key = self._key(change.record)
                records.setdefault(key, []).append(self._told_more(change))
            elif change.before != change.after:
                kept.append(change)
        for member in self._picture.members(group.id):
            more = self._told_more(Change(member, member))
            if more.before != more.after:
                records.setdefault(self._key(member), []).append(more)
        return {key: tuple(combined(found)) for key, found in records.items()}, kept

    def filled_in(
        self, workplace: Workplace, group: Group, on: date, ids: IdSource
    ) -> list[AnyChange]:
        """Return the changes of a list older than the newest: it only tells who was in then."""
        listed: dict[Key, str] = dict.fromkeys([*self.outsiders, *self.strangers], "")
        for person_id, (_, line) in self.people.items():
            listed[person_id] = self._nickname(person_id, line)
        changes = plan_older_list(workplace, group, listed, on, ids)
        return [Change(c.before, self._told_outsider(c.after)) for c in changes]

    def _key(self, member: GroupMember) -> str:
        """Return the key of the line a membership comes from; without one it ends."""
        if member.employee_id is not None:
            found = self.people.get(member.employee_id)
            return found[0] if found else f"-{self._picture.called(member.employee_id)[0]}"
        outsider = self.outsiders.get(member.external_name)
        if outsider is not None:
            return outsider[0]
        return self.strangers.get(member.external_name, f"-{member.external_name}")

    def _told_more(self, change: AnyChange) -> AnyChange:
        """Add to a membership what the list says: the nickname, who the outsider is."""
        member = change.after
        if not isinstance(member, GroupMember) or member.left_on is not None:
            return change
        if member.employee_id in self.people:
            line = self.people[member.employee_id][1]
            nickname = self._nickname(member.employee_id, line)
            return Change(change.before, replace(member, nickname=nickname or member.nickname))
        return Change(change.before, self._told_outsider(member))

    def _told_outsider(self, record: Any) -> Any:
        """Add to a membership which outsider it is of."""
        if not isinstance(record, GroupMember) or record.employee_id is not None:
            return record
        found = self.outsiders.get(record.external_name)
        return record if found is None else replace(record, external_person_id=found[2].id)

    def _nickname(self, person_id: int, line: MemberLine) -> str:
        """What he is called in the group, where the list says more than his name or number."""
        if line.nickname:
            return line.nickname
        return "" if line.name in self._picture.called(person_id) else line.name

    def said(self, lines: Sequence[Line], records: Mapping[str, Sequence[AnyChange]]) -> list[Line]:
        """Say of every line whether somebody joins or stays; add one for whoever is out."""
        known = {line.key for line in lines}
        gone = [
            self._gone(key, found[0].record) for key, found in records.items() if key not in known
        ]
        return [*(_with_kind(line, records.get(line.key, ())) for line in lines), *gone]

    def _gone(self, key: str, record: object) -> Line:
        assert isinstance(record, GroupMember)
        name = record.external_name
        if record.employee_id is not None:
            name = self._picture.called(record.employee_id)[1]
        return Line(0, plans.LEFT, name, key[1:], why="名单里没有了")


def _with_kind(line: Line, changes: Sequence[AnyChange]) -> Line:
    if line.kind != plans.UNCHANGED or not changes:
        return line
    joins = any(change.before is None for change in changes)
    return replace(line, kind=plans.NEW if joins else plans.CHANGED)

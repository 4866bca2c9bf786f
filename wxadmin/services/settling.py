"""What a checklist step of one person asks for, recorded as one act: groups, address book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from wxadmin.domain.account import Account
from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.domain.person import Employee
from wxadmin.services.account_book import AccountBook
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.member_moves import Joining, plan_joins, plan_leaves
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace

BY_CHECKLIST = "按办理单"


class Settling:
    """Records for one person what was done outside: in his groups, in the address book."""

    def __init__(self, workplace: Workplace, employee_id: int) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._id = employee_id

    @cached_property
    def _picture(self) -> Picture:
        return Picture(self._workplace)

    @cached_property
    def _person(self) -> Employee:
        found = self._store.get(Employee, self._id)
        assert found is not None
        return found

    def groups(
        self, joined: Sequence[Group], left: Sequence[Group], *, on: date | None = None
    ) -> int | None:
        """Record which groups he joined and left.

        Raises `UserError` where he may not join yet (not in the address book, I08).
        """
        if joined:
            GroupMembers.check_directory([self._id], self._picture)
        ids, day = self._store.ids(), on or self._workplace.today
        changes: list[AnyChange] = []
        for group in joined:
            changes += plan_joins(group, Joining([self._id], day), self._picture, ids)
        for group in left:
            members = [m for m in self._picture.members(group.id) if m.employee_id == self._id]
            changes += plan_leaves(members, day, BY_CHECKLIST)
        with self._workplace.act(f"登记进出群：{self._person.name}") as operation:
            operation.write(changes, ids)
        return operation.id

    def put_into_directory(self) -> int | None:
        """Note that his accounts now stand in the address book, under his unit and post."""
        return self._accounts("加入通讯录", lambda a: a.live, in_directory=True)

    def update_directory(self) -> int | None:
        """Note that the address book now has his present unit and post."""
        return self._accounts("更新通讯录", lambda a: a.live and a.in_directory, in_directory=True)

    def take_out_of_directory(self) -> int | None:
        """Note that he was taken out of the address book."""
        return self._accounts("移出通讯录", lambda a: a.in_directory, in_directory=False)

    def _accounts(
        self, word: str, concerned: Callable[[Account], bool], *, in_directory: bool
    ) -> int | None:
        person = self._person
        wanted = [a for a in self._store.find(Account, holder_id=self._id) if concerned(a)]
        if not wanted:
            raise UserError(f"{person.name}名下没有要{word}的账号，没有改动。", "no_account")
        ids, book = self._store.ids(), AccountBook(self._workplace)
        changes: list[AnyChange] = []
        for account in wanted:
            after = replace(account, in_directory=in_directory)
            if not in_directory:
                changes.append(Change(account, after))
                continue
            title = self._picture.person(person.id).position
            after = replace(after, org_unit_id=person.org_unit_id, directory_title=title)
            changes += book.plan_change(account, after, ids, basis=BY_CHECKLIST)
        with self._workplace.act(f"{word}：{person.name}") as operation:
            operation.write(combined(changes), ids)
        return operation.id

"""What an act would change of the accounts: planned here, written by nobody here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property

from wxadmin.domain.account import (
    BARRED,
    CLOSED,
    IN_USE,
    RECLAIMED,
    RESTRICTED,
    SUSPENDED,
    Account,
    AccountException,
    AccountHolding,
)
from wxadmin.domain.account_moves import HAND_OVER, MOVES, OPEN, account_state_after
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import OWNER, Group, GroupRole
from wxadmin.domain.person import Employee
from wxadmin.services.account_checks import ROLES, AccountChecks
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

_OUT_OF_HAND = frozenset({RECLAIMED, CLOSED, BARRED})


class AccountBook:
    """A reading of all accounts; its `plan_…` return changes for an act and write nothing.

    Keep one for one act or one plan: it is not told of what others write.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self.today = workplace.today
        self.checks = AccountChecks(workplace)
        self._running: dict[int, list[AccountHolding]] = {}

    def read_ahead(self, accounts: Collection[Account]) -> None:
        """Read at once what planning for many accounts would ask of the register one by one."""
        self.checks.read_people(accounts)
        wanted = {account.id for account in accounts} - self._running.keys()
        self._running |= {account_id: [] for account_id in wanted}
        for holding in self._store.find(AccountHolding, account_id=wanted, to_on=None):
            self._running[holding.account_id].append(holding)

    def plan_open(
        self,
        account: Account,
        ids: IdSource,
        *,
        basis: str = "",
        more: Iterable[AccountException] = (),
    ) -> list[AnyChange]:
        """A new account, in whatever state it is handed over, with the record of who has it."""
        checked = self.checks.check(self._kept(account), more)
        return [Change(None, checked), *self._holdings(None, checked, ids, basis)]

    def plan_change(
        self, account: Account, after: Account, ids: IdSource, *, basis: str = ""
    ) -> list[AnyChange]:
        """Changed fields; who has it is kept from–to whenever that changes (I28)."""
        checked = self.checks.check(self._kept(after))
        return [Change(account, checked), *self._holdings(account, checked, ids, basis)]

    def plan_move(
        self,
        account: Account,
        move: str,
        ids: IdSource,
        *,
        reason: str = "",
        on: date | None = None,
        handed_over: Collection[int] = (),
        until: date | None = None,
    ) -> list[AnyChange]:
        """Another state by a lawful move. Raises `UserError` for an unlawful one.

        `handed_over` are groups whose owner changes in the same act; `until` is the last day of
        a suspension or restriction.
        """
        on = on or self.today
        state = account_state_after(account.state, move)
        if move == HAND_OVER:
            raise UserError("转交要写明接收人，请用“转交”。", "no_receiver")
        after = replace(account, state=state, state_until=None)
        if until is not None:
            after = replace(after, state_until=_last_day(state, until, on))
        if state == CLOSED:
            self._refuse_owner(account, handed_over, on)
        if state in {CLOSED, BARRED}:
            after = replace(after, closed_on=on, in_directory=False, close_reason=reason)
        elif state == RECLAIMED:
            after = replace(after, in_directory=False, close_reason=reason)
        elif state == IN_USE:
            after = replace(after, opened_on=account.opened_on or on, close_reason="")
        else:
            after = replace(after, close_reason=reason or account.close_reason)
        if move == OPEN:
            after = replace(after, opened_by=self._workplace.by)
            self.checks.check(after)
        basis = f"{MOVES[move]}：{reason}" if reason else MOVES[move]
        return [Change(account, after), *self._holdings(account, after, ids, basis, on)]

    def plan_hand_over(
        self, account: Account, to: Employee, ids: IdSource, *, basis: str, on: date | None = None
    ) -> list[AnyChange]:
        """The account to a successor, who must pass 一人一号; the former holder stays on record."""
        on = on or self.today
        state = account_state_after(account.state, HAND_OVER)
        if not basis:
            raise UserError("转交账号要有交接单，请先填交接单或附件一（转交）。", "no_handover")
        if to.id == self.checks.keeper_of(account):
            raise UserError(f"账号本来就由{to.name}使用，不用转交。", "same_holder")
        kind = self.checks.type_of(account)
        keeper = f"{kind.keeper}_id"
        after = replace(account, state=state, close_reason="", **{keeper: to.id})  # type: ignore[arg-type]
        if kind.keeper == "holder":
            after = replace(after, name=to.name, responsible_id=to.id, org_unit_id=to.org_unit_id)
        self.checks.check(after)
        return [Change(account, after), *self._holdings(account, after, ids, basis, on)]

    def _kept(self, account: Account) -> Account:
        """Return the account with its holder as the one responsible, where the type says so."""
        if self.checks.type_of(account).keeper == "holder" and account.responsible_id is None:
            return replace(account, responsible_id=account.holder_id)
        return account

    def _refuse_owner(self, account: Account, handed_over: Collection[int], on: date) -> None:
        if account.holder_id is None or not self.checks.type_of(account).counts_as_personal:
            return
        owned = [
            role
            for role in self._owners.get(account.holder_id, ())
            if (role.to_on is None or role.to_on > on) and role.group_id not in handed_over
        ]
        if owned:
            names = self._store.find(Group, id={role.group_id for role in owned})
            raise UserError(
                f"“{account.name}”仍是{len(owned)}个群的群主，不能注销账号。请先办理群主转让。",
                "still_owner",
                tuple(group.name for group in names),
            )

    @cached_property
    def _owners(self) -> dict[int, list[GroupRole]]:
        """The owners of groups, and of which: an office has far fewer of them than accounts."""
        found: dict[int, list[GroupRole]] = defaultdict(list)
        for role in self._store.find(GroupRole, role=OWNER):
            if role.employee_id is not None:
                found[role.employee_id].append(role)
        return found

    def _holdings(
        self,
        before: Account | None,
        after: Account,
        ids: IdSource,
        basis: str,
        on: date | None = None,
    ) -> list[AnyChange]:
        changes: list[AnyChange] = []
        day = on or self.today
        for field, role in ROLES.items():
            old = _in_hand(before, f"{field}_id")
            new = _in_hand(after, f"{field}_id")
            if old == new:
                continue
            if before is not None and old is not None:
                changes += self._ended(before.id, old, role, day)
            if new is not None:
                start = day if before is not None or after.opened_on is None else after.opened_on
                record = AccountHolding(
                    ids.next(AccountHolding), after.id, new, role, start, None, basis
                )
                changes.append(Change(None, record))
        return changes

    def _ended(self, account_id: int, employee_id: int, role: str, day: date) -> list[AnyChange]:
        if account_id not in self._running:
            running = self._store.find(AccountHolding, account_id=account_id, to_on=None)
            self._running[account_id] = running
        return [
            Change(holding, replace(holding, to_on=day))
            for holding in self._running[account_id]
            if (holding.employee_id, holding.role) == (employee_id, role)
        ]


def _last_day(state: str, until: date, on: date) -> date:
    """Return the last day of a state that has one. Raises `UserError` where it makes no sense."""
    if state not in {SUSPENDED, RESTRICTED}:
        raise UserError(f"“{state}”没有期限，没有改动。", "bad_period")
    if until < on:
        raise UserError(f"期限 {until} 早于 {on}，没有改动。", "bad_period")
    return until


def _in_hand(account: Account | None, field: str) -> int | None:
    """Return who has the account in that role; nobody once it is reclaimed or closed."""
    if account is None or account.state in _OUT_OF_HAND:
        return None
    value: int | None = getattr(account, field)
    return value

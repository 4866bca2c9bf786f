"""Accounts: the register with its history, and everything that may be done to an account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from wxadmin.domain.account import Account, AccountException, AccountHolding
from wxadmin.domain.account_moves import CLOSE, MOVES, RESTORE
from wxadmin.domain.account_rules import EXCEPTION_KINDS
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.journal import Entry, JournalOperation
from wxadmin.domain.person import Employee
from wxadmin.services.account_book import AccountBook
from wxadmin.services.people import person_called
from wxadmin.services.userids import UserIds
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

SERIES = "ZH"


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who had an account in which role, from–to, as it is shown."""

    role: str
    emp_no: str
    name: str
    from_on: date
    to_on: date | None
    basis: str


def next_account_no(ids: IdSource) -> str:
    """Draw the next number of the register of accounts: ZH-00001."""
    return f"{SERIES}-{ids.next(SERIES):05d}"


class Accounts:
    """What can be done with accounts; every act is one operation with one undo."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store

    # -- reading ------------------------------------------------------------------------------
    def called(self, key: str) -> Account:
        """Return an account by its number, userid or mobile, or by the 工号 of who has it.

        Raises `UserError` where none or more than one fits.
        """
        found = self._store.find(Account, account_no=key) or self._by_id_or_mobile(key)
        if not found:
            person = person_called(self._workplace, key)
            found = self._store.find(Account, holder_id=person.id)
            found = [a for a in found if a.live] or found[-1:]
        if not found:
            raise UserError(f"“{key}”没有登记账号。", "no_account")
        if len(found) > 1:
            which = tuple(f"{a.account_no} {a.name} {a.wecom_userid} {a.state}" for a in found)
            raise UserError(f"“{key}”有{len(found)}个账号，请用台账编号指明。", "ambiguous", which)
        return found[0]

    def _by_id_or_mobile(self, key: str) -> list[Account]:
        wanted = key.casefold()
        rows = self._store.columns(Account, "id", "wecom_userid", "mobile")
        ids = {i for i, userid, mobile in rows if wanted in (userid.casefold(), mobile)}
        found = self._store.find(Account, id=ids) if ids else []
        return [account for account in found if account.live] or found[-1:]

    def keepings(self, account: Account) -> list[Keeping]:
        """Return everybody who ever had the account, the first first."""
        holdings = self._store.find(AccountHolding, account_id=account.id)
        people = self._store.find(Employee, id={h.employee_id for h in holdings})
        by_id = {person.id: person for person in people}
        return [
            Keeping(
                h.role,
                by_id[h.employee_id].emp_no,
                by_id[h.employee_id].name,
                h.from_on,
                h.to_on,
                h.basis,
            )
            for h in sorted(holdings, key=lambda h: (h.from_on, h.id))
        ]

    def history(self, account: Account) -> list[tuple[JournalOperation, Entry]]:
        """Return every change of the account with the act it came from, oldest first."""
        return self._workplace.journal.history(account)

    def exceptions(self, employee_id: int | None = None) -> list[AccountException]:
        """Return the approved exceptions, all or those of one person."""
        if employee_id is None:
            return self._store.all(AccountException)
        return self._store.find(AccountException, employee_id=employee_id)

    def proposed_userid(self, person: Employee) -> str:
        """Return a userid for a person that nobody else ever had."""
        return UserIds(self._workplace).propose(person)

    # -- acts -----------------------------------------------------------------------------------
    def add(self, fields: dict[str, Any], *, basis: str = "") -> Account:
        """Register an account by hand, for example one that is in use already (历史导入)."""
        ids = self._store.ids()
        kind = self._workplace.pack.account_type(str(fields.get("account_type", "")))
        defaults = {
            "ownership": kind.ownership,
            "usage_scope": kind.usage_scope,
            "permission_level": kind.permission,
        }
        values = {**defaults, **fields, "account_type": kind.id}
        account = Account(ids.next(Account), next_account_no(ids), **values)
        changes = AccountBook(self._workplace).plan_open(account, ids, basis=basis)
        return self._write(f"登记账号：{account.name}", changes, ids)

    def change(self, account: Account, fields: dict[str, Any], *, reason: str = "") -> Account:
        """Correct fields of an account; what it was and who changed it stays in the journal."""
        ids = self._store.ids()
        after = replace(account, **fields)
        changes = AccountBook(self._workplace).plan_change(account, after, ids, basis=reason)
        return self._write(f"修改账号：{account.name}", changes, ids) if changes else account

    def move(
        self,
        account: Account,
        move: str,
        *,
        reason: str = "",
        on: date | None = None,
        until: date | None = None,
    ) -> Account:
        """Suspend, restrict, restore, reclaim, close … an account (see `account_moves.MOVES`);
        `until` is the last day of a suspension or restriction."""
        ids = self._store.ids()
        book = AccountBook(self._workplace)
        changes = book.plan_move(account, move, ids, reason=reason, on=on, until=until)
        why = f"（{reason}）" if reason and move == RESTORE else ""  # the account keeps no reason
        return self._write(f"{MOVES[move]}账号：{account.name}{why}", changes, ids)

    def close_many(
        self, accounts: Iterable[Account], *, reason: str, brake_released: bool = False
    ) -> int:
        """Close several accounts as one act; all or none. Returns how many.

        Raises `UserError` where they are more than the policy lets pass unasked.
        """
        ids = self._store.ids()
        book = AccountBook(self._workplace)
        wanted = list(accounts)
        if self.is_mass(len(wanted)) and not brake_released:
            raise UserError(f"一次要注销{len(wanted)}个账号，已暂停，没有改动。", "brake")
        changes = [c for a in wanted for c in book.plan_move(a, CLOSE, ids, reason=reason)]
        with self._workplace.act(f"注销账号：{len(wanted)}个") as operation:
            operation.write(changes, ids)
        return len(wanted)

    def is_mass(self, count: int) -> bool:
        """Say whether so many accounts at once want a second look."""
        return count > self._workplace.number("brake_count")

    def hand_over(
        self, account: Account, to: Employee, *, basis: str, on: date | None = None
    ) -> Account:
        """Give an account to a successor, on the paper that says so (I27)."""
        ids = self._store.ids()
        book = AccountBook(self._workplace)
        changes = book.plan_hand_over(account, to, ids, basis=basis, on=on)
        return self._write(f"转交账号：{account.name}→{to.name}", changes, ids)

    def put_into_directory(self, account: Account, *, title: str = "") -> Account:
        """Note that the account now stands in the company's address book (通讯录)."""
        if not account.live:
            raise UserError(
                f"账号{account.account_no}是“{account.state}”，不能加入通讯录。", "not_live"
            )
        fields: dict[str, Any] = {"in_directory": True}
        if title:
            fields["directory_title"] = title
        return self._mark(account, f"加入通讯录：{account.name}", fields)

    def take_out_of_directory(self, account: Account) -> Account:
        """Note that the account was taken out of the address book."""
        return self._mark(account, f"移出通讯录：{account.name}", {"in_directory": False})

    def verify(self, account: Account, on: date | None = None) -> Account:
        """Note that the account's particulars were checked (资料核实)."""
        day = on or self._workplace.today
        return self._mark(account, f"核实账号资料：{account.name}", {"verified_on": day})

    def grant(
        self,
        person: Employee,
        exception_kind: str,
        *,
        granted_by: str,
        until: date,
        from_on: date | None = None,
        reason: str = "",
        basis: str = "",
    ) -> AccountException:
        """Record an approved exception (多账号, 私用) with its last day."""
        ids = self._store.ids()
        start = from_on or self._workplace.today
        exception = planned_exception(
            person, exception_kind, ids, granted_by=granted_by, from_on=start, until=until,
            reason=reason, basis=basis,
        )  # fmt: skip
        with self._workplace.act(f"批准{exception_kind}：{person.name}") as operation:
            operation.write([Change(None, exception)], ids)
        return exception

    def end_exception(self, exception: AccountException, on: date | None = None) -> None:
        """Let an exception run out on a day (today), its last."""
        day = max(on or self._workplace.today, exception.from_on)
        with self._workplace.act(f"终止{exception.exception_kind}") as operation:
            operation.write([Change(exception, replace(exception, until=day))])

    def _mark(self, account: Account, title: str, fields: dict[str, Any]) -> Account:
        after = replace(account, **fields)
        with self._workplace.act(title) as operation:
            operation.write([Change(account, after)])
        return after

    def _write(self, title: str, changes: list[AnyChange], ids: IdSource) -> Account:
        with self._workplace.act(title) as operation:
            operation.write(changes, ids)
        written = changes[0].after
        assert isinstance(written, Account)
        return written


def planned_exception(
    person: Employee,
    exception_kind: str,
    ids: IdSource,
    *,
    granted_by: str,
    from_on: date,
    until: date,
    reason: str = "",
    basis: str = "",
) -> AccountException:
    """Make the record of an approved exception. Raises `UserError` for one that makes no sense."""
    if exception_kind not in EXCEPTION_KINDS:
        raise UserError(
            f"没有“{exception_kind}”这种例外，可用的有：{'、'.join(EXCEPTION_KINDS)}。",
            "unknown_exception",
        )
    if until < from_on:
        raise UserError(f"有效期止{until}早于起{from_on}，没有改动。", "bad_period")
    return AccountException(
        ids.next(AccountException),
        person.id,
        exception_kind,
        granted_by,
        from_on,
        until,
        reason,
        basis,
    )

"""What becomes of a leaver's accounts (C10): closed, taken back, given on; by when, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from wxadmin.domain.account import (
    CLOSED,
    LIVE,
    RECLAIMED,
    TO_RECLAIM,
    Account,
    AccountHolding,
)
from wxadmin.domain.account_moves import CLOSE, RECLAIM, TAKE_BACK
from wxadmin.domain.change import AnyChange, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.person import Employee
from wxadmin.domain.policy_settings import Scope, resolve
from wxadmin.services.account_book import AccountBook
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

TO_CLOSE, TAKEN_BACK, GIVEN_ANEW, TO_SUCCESSOR = "注销", "回收待分配", "重新分配", "转交接替者"
DISPOSITIONS = (TO_CLOSE, TAKEN_BACK, GIVEN_ANEW, TO_SUCCESSOR)
NEED_RECEIVER = frozenset({GIVEN_ANEW, TO_SUCCESSOR})
BECAUSE_LEFT = "离职"


@dataclass(frozen=True, slots=True)
class Disposition:
    """An account somebody must decide on. `allowed` is what the policy lets become of it;
    `former` are all who ever had it, the first first."""

    account: Account
    holder: Employee | None
    due_on: date | None
    days_late: int
    allowed: tuple[str, ...]
    former: tuple[str, ...]

    @property
    def waits_for_a_holder(self) -> bool:
        """Say whether it was taken back and nobody has been given it yet."""
        return self.account.state == RECLAIMED


class Dispositions:
    """Lists the accounts of people who left, and settles what becomes of each."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._overrides = workplace.overrides()

    # -- reading ------------------------------------------------------------------------------
    def due(self) -> list[Disposition]:
        """Return the live accounts of people who have left, the longest overdue first (I25)."""
        today = self._workplace.today
        left = {e.id: e for e in self._people_left(today)}
        accounts = self._store.find(Account, holder_id=set(left), state=LIVE) if left else []
        former = self._former(accounts)
        found = [
            self._line(account, left[account.holder_id or 0], former.get(account.id, ()))
            for account in accounts
        ]
        return sorted(found, key=lambda one: (one.due_on or today, one.account.account_no))

    def of(self, account: Account) -> Disposition | None:
        """Return what must be decided on one account, None where nothing must."""
        if not account.live or account.holder_id is None:
            return None
        holder = self._store.get(Employee, account.holder_id)
        if holder is None or not holder.has_left(self._workplace.today):
            return None
        return self._line(account, holder, self._former([account]).get(account.id, ()))

    def overdue(self) -> list[Disposition]:
        """Return those whose day has passed."""
        return [one for one in self.due() if one.days_late > 0]

    def unassigned(self) -> list[Disposition]:
        """Return the accounts that were taken back and wait for somebody (回收待分配)."""
        accounts = self._store.find(Account, state=RECLAIMED)
        holders = {a.holder_id for a in accounts if a.holder_id is not None}
        people = {e.id: e for e in self._store.find(Employee, id=holders)} if holders else {}
        former = self._former(accounts)
        return [
            Disposition(
                account,
                people.get(account.holder_id or 0),
                None,
                0,
                tuple(x for x in self.allowed(account) if x != TAKEN_BACK),
                former.get(account.id, ()),
            )
            for account in accounts
        ]

    def allowed(self, account: Account) -> tuple[str, ...]:
        """Return what the policy lets become of an account of a leaver, by its type."""
        scope = Scope(account_type=account.account_type)
        key = "leaver_dispositions"
        value = resolve(key, scope, self._overrides, self._workplace.pack).value
        wanted = value if isinstance(value, tuple) else ()
        return tuple(one for one in DISPOSITIONS if one in wanted)

    def _people_left(self, today: date) -> list[Employee]:
        rows = self._store.columns(Employee, "id", "leave_date")
        ids = {i for i, left in rows if left is not None and left <= today}
        return self._store.find(Employee, id=ids) if ids else []

    def _line(self, account: Account, holder: Employee, former: tuple[str, ...]) -> Disposition:
        today = self._workplace.today
        units = self._units.path(holder.org_unit_id)[::-1]
        scope = Scope(account_type=account.account_type, units=units)
        key = "leaver_deadline_days"
        days = resolve(key, scope, self._overrides, self._workplace.pack).value
        assert isinstance(days, int) and holder.leave_date is not None
        due = holder.leave_date + timedelta(days=days)
        late = max(0, (today - due).days)
        return Disposition(account, holder, due, late, self.allowed(account), former)

    def _former(self, accounts: Sequence[Account]) -> dict[int, tuple[str, ...]]:
        """Name everybody who ever had the accounts: 林国栋（2020-03-01至2026-11-03）."""
        ids = {account.id for account in accounts}
        holdings = self._store.find(AccountHolding, account_id=ids) if ids else []
        people = {h.employee_id for h in holdings}
        rows = self._store.columns(Employee, "id", "name", id=people) if people else []
        names = {row[0]: row[1] for row in rows}
        found: dict[int, list[str]] = defaultdict(list)
        for h in sorted(holdings, key=lambda h: (h.from_on, h.id)):
            text = f"{names[h.employee_id]}（{h.role}，{h.from_on}至{h.to_on or '今'}）"
            found[h.account_id].append(text)
        return {account_id: tuple(texts) for account_id, texts in found.items()}

    # -- the act --------------------------------------------------------------------------------
    def dispose(
        self,
        account: Account,
        disposition: str,
        *,
        to: Employee | None = None,
        basis: str = "",
        reason: str = BECAUSE_LEFT,
        on: date | None = None,
    ) -> int | None:
        """Settle what becomes of an account. Raises `UserError` for what the policy does not
        allow, for a giving on without receiver or paper, and for what the state forbids."""
        ids = self._store.ids()
        book = AccountBook(self._workplace)
        changes = self.plan(
            book, account, disposition, ids, to=to, basis=basis, reason=reason, on=on
        )
        whom = f" → {to.name}" if to else ""
        with self._workplace.act(f"账号去向：{account.name} {disposition}{whom}") as operation:
            operation.write(changes, ids)
        return operation.id

    def plan(
        self,
        book: AccountBook,
        account: Account,
        disposition: str,
        ids: IdSource,
        *,
        to: Employee | None = None,
        basis: str = "",
        reason: str = BECAUSE_LEFT,
        on: date | None = None,
    ) -> list[AnyChange]:
        """Return the changes of a disposition; writes nothing."""
        allowed = self.allowed(account)
        if disposition not in allowed:
            offer = "、".join(allowed) or "（没有）"
            raise UserError(
                f"制度不允许把{account.account_no}“{disposition}”，可选：{offer}。没有改动。",
                "not_allowed",
            )
        if disposition in NEED_RECEIVER:
            if to is None:
                raise UserError(f"“{disposition}”要写明接收人，没有改动。", "no_receiver")
            return book.plan_hand_over(account, to, ids, basis=basis, on=on)
        if disposition == TO_CLOSE:
            return book.plan_move(account, CLOSE, ids, reason=reason, on=on)
        return self._plan_taking_back(book, account, ids, reason, on)

    @staticmethod
    def _plan_taking_back(
        book: AccountBook, account: Account, ids: IdSource, reason: str, on: date | None
    ) -> list[AnyChange]:
        """Both moves at once, where nobody had begun: 发起回收, 确认收回."""
        changes: list[AnyChange] = []
        if account.state not in {TO_RECLAIM, CLOSED}:
            changes = book.plan_move(account, RECLAIM, ids, reason=reason, on=on)
            begun = changes[0].after
            assert isinstance(begun, Account)
            account = begun
        return combined([*changes, *book.plan_move(account, TAKE_BACK, ids, reason=reason, on=on)])

    @cached_property
    def _units(self) -> OrgTree:
        return self._workplace.units()

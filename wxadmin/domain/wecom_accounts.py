"""What an export of the address book tells of the accounts: ids, who is listed, unknown ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from typing import Any

from wxadmin.domain.account import IN_USE, PENDING, SUSPENDED, Account, AccountHolding
from wxadmin.domain.change import AnyChange, Change, Record
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.person import AS_FOUND, Employee
from wxadmin.domain.wecom import DISABLED, LINKED, QUIT
from wxadmin.domain.wecom_match import Whose
from wxadmin.domain.wecom_reading import MemberRow

ROLES = ("使用人", "责任人")
BASIS = "企业微信通讯录"


@dataclass(frozen=True, slots=True)
class Opening:
    """How an account the register did not know of is written down."""

    account_type: str
    personal_types: AbstractSet[str]
    number: Callable[[], str]
    next_id: Callable[[type[Record]], int]
    brake_count: int
    brake_percent: int
    ownership: str = "公司"
    usage_scope: str = ""
    permission: str = ""


class AccountsSeen:
    """The accounts of the register, and what an export tells of them."""

    def __init__(self, accounts: Sequence[Account], opening: Opening, on: date) -> None:
        self._opening = opening
        self._on = on
        self._by_userid: dict[str, list[Account]] = defaultdict(list)
        self._held: dict[int, list[Account]] = defaultdict(list)
        self._mobiles: set[str] = set()
        self._done: set[int] = set()
        for account in accounts:
            if account.wecom_userid:
                self._by_userid[account.wecom_userid.casefold()].append(account)
            if account.holder_id and account.account_type in opening.personal_types:
                self._held[account.holder_id].append(account)
            if account.live and account.mobile:
                self._mobiles.add(account.mobile)
        self.listed = sum(a.live and a.in_directory for a in accounts)

    def of(self, row: MemberRow, whose: Whose) -> tuple[Account | None, list[AnyChange]]:
        """Return the account a member is, and what the register learns of it."""
        if whose.state != LINKED:
            return None, []
        known = self._by_userid.get(row.wecom_userid.casefold(), [])
        mine = [a for a in known if whose.person is None or a.holder_id == whose.person.id]
        found = next((a for a in mine if a.live), mine[-1] if mine else None)
        if found is not None:
            return found, self._seen(found, row)
        if whose.person is None or known:
            return None, []
        held = [a for a in self._held[whose.person.id] if a.live]
        nameless = next((a for a in held if not a.wecom_userid and a.id not in self._done), None)
        if nameless is not None:
            return nameless, self._seen(nameless, row)
        return self._opened(row, whose.person) if not held else (None, [])

    def _seen(self, account: Account, row: MemberRow) -> list[AnyChange]:
        if not account.live or account.id in self._done:
            return []
        self._done.add(account.id)
        wanted: dict[str, Any] = {"in_directory": row.status != QUIT}
        if not account.wecom_userid:
            wanted["wecom_userid"] = row.wecom_userid
        return [Change(account, replace(account, **wanted))]

    def _opened(self, row: MemberRow, person: Employee) -> tuple[Account | None, list[AnyChange]]:
        if row.status == QUIT:
            return None, []
        opening = self._opening
        mobile = "" if row.mobile in self._mobiles else row.mobile
        self._mobiles.add(row.mobile)
        account = Account(
            opening.next_id(Account),
            opening.number(),
            person.name,
            opening.account_type,
            opening.ownership,
            wecom_userid=row.wecom_userid,
            mobile=mobile,
            company_email=row.company_email,
            usage_scope=opening.usage_scope,
            permission_level=opening.permission,
            org_unit_id=person.org_unit_id,
            holder_id=person.id,
            responsible_id=person.id,
            in_directory=True,
            state=SUSPENDED if row.status == DISABLED else IN_USE,
            entry=AS_FOUND,
        )
        self._held[person.id].append(account)
        next_id = opening.next_id
        holdings = [
            AccountHolding(
                next_id(AccountHolding), account.id, person.id, role, self._on, None, BASIS
            )
            for role in ROLES
        ]
        return account, [Change(None, account), *(Change(None, h) for h in holdings)]

    # -- out of the address book --------------------------------------------------------------
    def listed_without(self, present: AbstractSet[str]) -> list[Account]:
        """Return the accounts said to be listed that an export lacks, but for today's own."""
        return [
            account
            for key, accounts in self._by_userid.items()
            if key not in present
            for account in accounts
            if account.live
            and account.in_directory
            and account.id not in self._done
            and account.state != PENDING
            and (account.opened_on is None or account.opened_on < self._on)
        ]

    def out_of_directory(self, userid: str) -> list[AnyChange]:
        """Note that the account of an id no longer stands in the address book."""
        changes: list[AnyChange] = []
        for account in self._by_userid.get(userid, ()):
            if account.live and account.in_directory and account.id not in self._done:
                self._done.add(account.id)
                changes.append(Change(account, replace(account, in_directory=False)))
        return changes

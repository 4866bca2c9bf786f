"""The accounts of the sample office and who holds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from wxadmin.domain.account import (
    CLOSED,
    IN_USE,
    Account,
    AccountException,
    AccountHolding,
)
from wxadmin.domain.account_rules import SECOND_ACCOUNT, VERIFIED
from wxadmin.domain.person import AS_FOUND, AS_JOINER, Employee
from wxadmin.domain.policy_names import employment_type_of
from wxadmin.policy.toml_table import Table
from wxadmin.services.account_checks import ROLES
from wxadmin.services.accounts import next_account_no
from wxadmin.services.sample_draft import Draft
from wxadmin.services.userids import UserIds

OLDEST_DAYS = 1500
BASIS = "示例：建库时登记"
NONE, OPEN = "none", "open"


class SampleAccounts:
    """Opens the accounts; `holders` are who stands in the address book afterwards."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._userids = UserIds(draft.workplace)
        self._marks = {
            table.text("key"): table.text("account", "") for table in draft.plan.tables("persons")
        }
        self.holders: set[int] = set()
        self.by_person: dict[int, Account] = {}
        self._company_numbers = 0

    def draw_up(self) -> None:
        """Draw up all accounts, the holdings, and one approved second account."""
        keys = {person.id: key for key, person in self._draft.by_key.items()}
        for person in self._draft.people:
            kind = employment_type_of(person.employment_type, self._draft.pack)
            mark = self._marks.get(keys.get(person.id, ""), "")
            if mark != NONE and (kind is None or kind.covered):
                self._personal(person, still_open=mark == OPEN)
        self._second(self._draft.plan.table("second_account"))
        for table in self._draft.plan.tables("department_accounts"):
            self._department(table)

    def company_number(self) -> str:
        """Return the next made-up number that belongs to the company."""
        self._company_numbers += 1
        prefix = self._draft.plan.text("company_mobile_prefix")
        return f"{prefix}0000{9000 + self._company_numbers:04d}"

    def _personal(self, person: Employee, *, still_open: bool) -> None:
        draft = self._draft
        closed_on = None
        if person.leave_date is not None and not still_open:
            closed_on = person.leave_date + timedelta(days=1)
        account = replace(
            self._new("personal", person.name, person.mobile, self._opened(person)),
            wecom_userid=self._userids.propose(person),
            real_name_state=VERIFIED,
            org_unit_id=person.org_unit_id,
            holder_id=person.id,
            responsible_id=person.id,
            in_directory=closed_on is None,
            directory_title=draft.post_of(person),
            company_email=self._mail(person),
            state=IN_USE if closed_on is None else CLOSED,
            closed_on=closed_on,
            close_reason="离职注销" if closed_on else "",
            entry="" if person.entry == AS_JOINER else AS_FOUND,
        )
        self.by_person[person.id] = account
        if closed_on is None:
            self.holders.add(person.id)
        self._keep(account, closed_on)

    def _mail(self, person: Employee) -> str:
        """Give an address to those in the offices; the shop floor has none."""
        rank = next((p.rank for p in self._draft.posts.values() if p.id == person.position_id), "")
        leaders = {rank.name for rank in self._draft.pack.ranks if rank.is_leader}
        if rank not in leaders:
            return ""
        return f"{_joined(person)}@{self._draft.plan.text('mail_domain')}"

    def _opened(self, person: Employee) -> date:
        earliest = self._draft.day(-OLDEST_DAYS)
        return max(earliest, (person.hire_date or earliest) + timedelta(days=2))

    def _new(self, type_id: str, name: str, mobile: str, opened_on: date) -> Account:
        kind = self._draft.pack.account_type(type_id)
        return Account(
            self._draft.ids.next(Account),
            next_account_no(self._draft.ids),
            name,
            type_id,
            kind.ownership,
            mobile=mobile,
            usage_scope=kind.usage_scope,
            permission_level=kind.permission,
            in_directory=True,
            state=IN_USE,
            opened_on=opened_on,
            opened_by=self._draft.workplace.by,
            entry=AS_FOUND,
        )

    def _keep(self, account: Account, to_on: date | None = None) -> None:
        """Put an account on the list, with who has it in which role."""
        draft = self._draft
        draft.add(account)
        for field, role in ROLES.items():
            keeper = getattr(account, f"{field}_id")
            if keeper is not None and account.opened_on is not None:
                holding_id = draft.ids.next(AccountHolding)
                draft.add(
                    AccountHolding(
                        holding_id, account.id, keeper, role, account.opened_on, to_on, BASIS
                    )
                )

    def _second(self, table: Table) -> None:
        draft = self._draft
        person = draft.by_key[table.text("person")]
        since = draft.day(table.whole("from"))
        draft.add(
            AccountException(
                draft.ids.next(AccountException),
                person.id,
                SECOND_ACCOUNT,
                table.text("granted_by"),
                since,
                draft.day(table.whole("until")),
                table.text("reason"),
            )
        )
        account = self._new("personal", f"{person.name}（培训）", self.company_number(), since)
        self._keep(
            replace(
                account,
                wecom_userid=f"{_joined(person)}.px",
                mobile_is_company=True,
                org_unit_id=person.org_unit_id,
                holder_id=person.id,
                responsible_id=person.id,
                real_name_state=VERIFIED,
            )
        )

    def _department(self, table: Table) -> None:
        draft = self._draft
        unit = draft.unit(table.text("unit"))
        post = table.text("position")
        own = [p for p in draft.people if p.org_unit_id == unit.id]
        head = next(p for p in own if draft.post_of(p) == post)
        levels = draft.tree.text(unit.id).split("/")
        name = levels[-1] if levels[-1].startswith(levels[0]) else "".join(levels)
        account = self._new("department", name, self.company_number(), self._opened(head))
        self._keep(
            replace(account, mobile_is_company=True, org_unit_id=unit.id, responsible_id=head.id)
        )


def _joined(person: Employee) -> str:
    return person.pinyin.replace(" ", "")

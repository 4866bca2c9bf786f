"""What must hold before an account may be as it shall be: each invariant in one sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from wxadmin.domain.account import BARRED, IN_USE, Account, AccountException
from wxadmin.domain.account_rules import (
    accounts_allowed,
    email_problem,
    missing_identifiers,
    mobile_problem,
    name_problem,
    personal_accounts,
    same_mobile,
)
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.person import AS_FOUND, Employee
from wxadmin.domain.phones import spaced_phone
from wxadmin.domain.policy import AccountType
from wxadmin.domain.policy_settings import Scope, Value, resolve
from wxadmin.services.userids import UserIds
from wxadmin.services.workplace import Workplace
from wxadmin.steady import without_collection

Key = TypeVar("Key")
ROLES = {"holder": "使用人", "responsible": "责任人", "custodian": "保管人"}


class AccountChecks:
    """A reading of all accounts and the questions asked of it (I01–I06, I36).

    Keep one for one act or one plan: it is not told of what others write.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self.today = workplace.today
        self._people: dict[int, Employee | None] = {}
        self.accounts = {account.id: account for account in self._store.all(Account)}

    # -- what there is ------------------------------------------------------------------------
    def note(self, account: Account) -> None:
        """Let further checks see an account as the same act leaves it."""
        self.accounts[account.id] = account
        self._by_mobile.setdefault(account.mobile, []).append(account.id)
        self._by_holder.setdefault(account.holder_id, []).append(account.id)

    @cached_property
    def _by_mobile(self) -> dict[str, list[int]]:
        return _ids_by((account.mobile, account.id) for account in self.accounts.values())

    @cached_property
    def _by_holder(self) -> dict[int | None, list[int]]:
        return _ids_by((account.holder_id, account.id) for account in self.accounts.values())

    def _of_holder(self, employee_id: int | None) -> list[Account]:
        """Return the accounts a person is the holder of, live or not."""
        if employee_id is None:
            return []
        known = (self.accounts[i] for i in dict.fromkeys(self._by_holder.get(employee_id, ())))
        return [account for account in known if account.holder_id == employee_id]

    def read_people(self, accounts: Iterable[Account]) -> None:
        """Read at once who answers for accounts that are about to be checked."""
        wanted = {getattr(a, f"{role}_id") for a in accounts for role in ROLES} - {None}
        wanted -= self._people.keys()
        self._people |= {person.id: person for person in self._store.find(Employee, id=wanted)}

    # -- what the checks ask ------------------------------------------------------------------
    @cached_property
    def exceptions(self) -> Mapping[int, list[AccountException]]:
        """Return the approved exceptions by person."""
        found: dict[int, list[AccountException]] = defaultdict(list)
        for exception in self._store.all(AccountException):
            found[exception.employee_id].append(exception)
        return found

    @cached_property
    def userids(self) -> UserIds:
        """Return the ids that are given, promised or were used."""
        return UserIds(self._workplace)

    @cached_property
    def personal_types(self) -> frozenset[str]:
        """Return the types that count for 一人一号."""
        types = self._workplace.pack.account_types
        return frozenset(t.id for t in types if t.counts_as_personal)

    def type_of(self, account: Account) -> AccountType:
        """Return the pack's type of an account."""
        return self._workplace.pack.account_type(account.account_type)

    def held_by(self, employee_id: int) -> list[Account]:
        """Return a person's live accounts, the oldest first."""
        return [a for a in self._of_holder(employee_id) if a.live]

    @cached_property
    def _tree(self) -> OrgTree:
        return self._workplace.units()

    @cached_property
    def _overrides(self) -> Mapping[tuple[str, str], str]:
        return self._workplace.overrides()

    def _setting(self, key: str, scope: Scope | None = None) -> Value:
        return resolve(key, scope or Scope(), self._overrides, self._workplace.pack).value

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        units = self._tree.units.values()
        groups = (str(name) for (name,) in self._store.columns(Group, "name"))
        unit_names = (word for u in units for word in (u.name, u.short_name, *u.aliases))
        company = self._workplace.office().company_name
        return {
            "部门名称": tuple(unit_names),
            "群组名称": tuple(groups),
            "公司名称": (company,),
        }

    # -- what must hold ---------------------------------------------------------------------
    def objections(self, account: Account, more: Iterable[AccountException] = ()) -> list[str]:
        """Say what keeps an account from being as it shall be: each invariant in one sentence.

        `more` are exceptions granted in the same act. The order is that of the checks.
        """
        holder = self.person(account.holder_id)
        found = [
            mobile_problem(account.mobile),
            email_problem(account.company_email) or self._domain(account),
            self._name(account),
            self._mobile_once(account),
            self._userid(account),
        ]
        if account.live:
            found += [self._holder(account, holder), self._once(account, holder, tuple(more))]
            found += [self._barred(account), self._answered_for(account)]
        if account.state == IN_USE and account.entry != AS_FOUND:
            found.append(self._identified(account, holder))
        return [sentence for sentence in found if sentence]

    def check(self, account: Account, more: Iterable[AccountException] = ()) -> Account:
        """Return the account where nothing speaks against it; else raise `UserError`."""
        found = self.objections(account, more)
        if found:
            raise UserError(f"{found[0]}没有改动。", "account_rule", tuple(found[1:]))
        return account

    def _name(self, account: Account) -> str:
        kind = self.type_of(account)
        keeper = self.person(self.keeper_of(account))
        return name_problem(
            account.name, kind.name_rule, keeper.name if keeper else "", self._names
        )

    def _domain(self, account: Account) -> str:
        domain = str(self._setting("company_email_domain")).lstrip("@")
        address = account.company_email
        present = self.accounts.get(account.id)
        known = present is not None and present.company_email == address
        if not domain or not address or known or address.lower().endswith(f"@{domain.lower()}"):
            return ""
        return f"公司邮箱“{address}”应以@{domain}结尾。"

    def _mobile_once(self, account: Account) -> str:
        with_it = self._by_mobile.get(account.mobile, ()) if account.mobile else ()
        other = same_mobile(account, (self.accounts[i] for i in with_it))
        if other is None:
            return ""
        return (
            f"手机号码{spaced_phone(account.mobile)}已登记在账号{other.account_no}（{other.name}，"
            f"{other.state}）上，一个号码只能开一个账号。"
        )

    def _userid(self, account: Account) -> str:
        present = self.accounts.get(account.id)
        if present is not None and present.wecom_userid == account.wecom_userid:
            return ""
        forms = self._forms_by_number.get(account.form_no)
        return self.userids.objection(
            account.wecom_userid, holder_id=account.holder_id, form_id=forms
        )

    @cached_property
    def _forms_by_number(self) -> Mapping[str, int]:
        from wxadmin.domain.form import Form

        return {number: i for i, number in self._store.columns(Form, "id", "number")}

    def _holder(self, account: Account, holder: Employee | None) -> str:
        if holder is None:
            if self.type_of(account).keeper == "holder":
                return f"账号“{account.name}”没有使用人，请填使用人的工号。"
            return ""
        present = self.accounts.get(account.id)
        is_new = present is None or present.holder_id != account.holder_id or not present.live
        if is_new and holder.has_left(self.today) and account.entry != AS_FOUND:
            return f"{holder.name}（{holder.emp_no}）已于{holder.leave_date}离职，不能开账号。"
        return ""

    def _once(
        self, account: Account, holder: Employee | None, more: tuple[AccountException, ...]
    ) -> str:
        present = self.accounts.get(account.id)
        unchanged = present is not None and present.live and present.holder_id == account.holder_id
        held = self._of_holder(account.holder_id)
        others = personal_accounts(held, account, self.personal_types)
        if holder is None or unchanged or not others:
            return ""
        units = self._tree.path(holder.org_unit_id)[::-1]
        scope = Scope(account_type=account.account_type, units=units)
        limit = self._setting("max_personal_accounts", scope)
        assert isinstance(limit, int)
        granted = [*self.exceptions.get(holder.id, ()), *more]
        if len(others) < accounts_allowed(limit, granted, self.today):
            return ""
        first = others[0]
        return (
            f"{holder.name}（{holder.emp_no}）已有账号{first.account_no}"
            f"（{first.wecom_userid or first.mobile}，{first.state}），每人限{limit}个；"
            f"确需再开，请先办“多账号”审批。"
        )

    def _barred(self, account: Account) -> str:
        held = self._of_holder(account.holder_id)
        barred = any(other.state == BARRED for other in held if other.id != account.id)
        if not barred:
            return ""
        return f"{account.name}已被永久取消使用资格，解除之前不能再开账号。"

    def _answered_for(self, account: Account) -> str:
        if account.entry == AS_FOUND or self.keeper_of(account) is not None:
            return ""
        role = ROLES[self.type_of(account).keeper]
        return f"账号“{account.name}”没有{role}，请填{role}的工号。"

    def _identified(self, account: Account, holder: Employee | None) -> str:
        scope = Scope(account_type=account.account_type)
        required = self._setting("required_identifiers", scope)
        assert isinstance(required, tuple)
        missing = missing_identifiers(account, required, holder)
        return f"开通“{account.name}”前还缺：{'、'.join(missing)}。" if missing else ""

    def keeper_of(self, account: Account) -> int | None:
        """Return who answers for an account by its type (I04): holder, responsible, custodian."""
        keeper: int | None = getattr(account, f"{self.type_of(account).keeper}_id")
        return keeper

    def person(self, employee_id: int | None) -> Employee | None:
        """Return a person by id, read once."""
        if employee_id is None:
            return None
        if employee_id not in self._people:
            self._people[employee_id] = self._store.get(Employee, employee_id)
        return self._people[employee_id]


def _ids_by(pairs: Iterable[tuple[Key, int]]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = {}
    with without_collection():
        for key, account_id in pairs:
            found.setdefault(key, []).append(account_id)
    return found

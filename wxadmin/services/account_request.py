"""What 附件一 does when it is completed: one kind of request, one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from wxadmin.domain.account import IN_USE, Account, AccountException
from wxadmin.domain.account_moves import CLOSE, SUSPEND
from wxadmin.domain.account_rules import PRIVATE_USE, SECOND_ACCOUNT, TERM, VERIFIED
from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.person import Employee
from wxadmin.domain.policy import AccountType
from wxadmin.services.account_book import AccountBook
from wxadmin.services.accounts import next_account_no, planned_exception
from wxadmin.services.form_draft import COMPARED, PERMISSION
from wxadmin.services.form_effects import Effects
from wxadmin.services.form_facts import NO, YES
from wxadmin.services.form_fields import FormFields
from wxadmin.services.form_shelf import Shelf
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

PERSONAL_PLATFORM = "微信"
SELF_REGISTERED = "自行注册"
PERSONAL_OWNED = "个人"


@dataclass(frozen=True, slots=True)
class RequestCase:
    """One request being carried out: of a form, or of one line of a form for many."""

    form: Form
    values: Mapping[str, str]
    person: Employee
    fields: FormFields
    ids: IdSource
    on: date

    @property
    def kind(self) -> str:
        """Return which of the nine kinds of request it is."""
        return self.values.get("request_kind") or self.form.request_kind

    def value(self, name: str) -> str:
        """Return what stands in a field, "" for nothing."""
        return self.values.get(name, "")


class AccountRequests:
    """Works out what requests change; it writes nothing."""

    def __init__(self, workplace: Workplace, shelf: Shelf, book: AccountBook) -> None:
        self._workplace = workplace
        self._shelf = shelf
        self._book = book

    def plan(self, case: RequestCase) -> Effects:
        """Return what one request does. Raises `UserError` where it may not be done."""
        act = self._ACTS.get(case.kind)
        if act is None:
            raise UserError(f"{case.form.number}没有写明申请类别。", "no_request_kind")
        effects = act(self, case)
        effects.changes = combined(effects.changes)
        self.learn(effects.changes)
        return effects

    def learn(self, changes: list[AnyChange]) -> None:
        """Let the next request of the same act see what this one does."""
        for change in changes:
            if isinstance(change.after, Account):
                self._book.checks.note(change.after)

    # -- the nine kinds of request ----------------------------------------------------------------
    def _open(self, case: RequestCase) -> Effects:
        """新增: the account, in the address book, with who has it (I05, I06)."""
        account = self._new_account(case)
        changes = self._book.plan_open(account, case.ids, basis=case.form.number)
        return Effects(changes, _opened(changes))

    def _change(self, case: RequestCase) -> Effects:
        """变更: every field of the form that the account has too."""
        account = self._account(case)
        fields = {
            attribute: case.value(name) for name, attribute in COMPARED.items() if case.value(name)
        }
        after = replace(account, **fields)  # type: ignore[arg-type]
        after = replace(after, mobile_is_company=case.value("mobile_is_company") == YES)
        if after.holder_id == case.person.id:
            after = replace(after, org_unit_id=case.person.org_unit_id)
        return self._changed(case, account, after)

    def _permission(self, case: RequestCase) -> Effects:
        """权限调整: the level and nothing else (I07)."""
        account = self._account(case)
        level = case.value(PERMISSION)
        if level == account.permission_level:
            raise UserError(f"账号{account.account_no}的权限本来就是“{level}”。", "nothing_to_do")
        return self._changed(case, account, replace(account, permission_level=level))

    def _changed(self, case: RequestCase, account: Account, after: Account) -> Effects:
        after = replace(after, form_no=case.form.number)
        basis = case.form.number
        return Effects(self._book.plan_change(account, after, case.ids, basis=basis), after)

    def _suspend(self, case: RequestCase) -> Effects:
        """停用."""
        return self._moved(case, SUSPEND)

    def _close(self, case: RequestCase) -> Effects:
        """注销: closed and out of the address book; an owner of groups must hand over first."""
        return self._moved(case, CLOSE)

    def _moved(self, case: RequestCase, move: str) -> Effects:
        account = self._account(case)
        changes = self._book.plan_move(
            account, move, case.ids, reason=f"申请单{case.form.number}", on=case.on
        )
        return Effects(changes, _opened(changes))

    def _hand_over(self, case: RequestCase) -> Effects:
        """转交: to the receiver, who must pass 一人一号 (I27)."""
        account = self._account(case)
        receiver = case.fields.person(case.value("receiver"))
        changes = self._book.plan_hand_over(
            account, receiver, case.ids, basis=case.form.number, on=case.on
        )
        return Effects(changes, _opened(changes))

    def _private_use(self, case: RequestCase) -> Effects:
        """私用: an exception with its last day."""
        return Effects([self._exception(case, PRIVATE_USE)])

    def _second_account(self, case: RequestCase) -> Effects:
        """多账号: the exception, and the second account where the form gives it its own number."""
        change = self._exception(case, SECOND_ACCOUNT)
        held = self._book.checks.held_by(case.person.id)
        mobile = case.value("mobile")
        if not held or not mobile or mobile in {account.mobile for account in held}:
            return Effects([change])
        if case.value("account_id") in {account.wecom_userid for account in held}:
            case = replace(case, values={**case.values, "account_id": ""})  # it needs its own
        account = self._new_account(case)
        assert change.after is not None
        opened = self._book.plan_open(
            account, case.ids, basis=case.form.number, more=[change.after]
        )
        return Effects([change, *opened], _opened(opened))

    def _declare(self, case: RequestCase) -> Effects:
        """个人号申报: a person's own WeChat, on record and not in the address book."""
        wechat = case.value("wechat_id")
        if not wechat:
            raise UserError("个人号申报要填微信号。", "no_wechat_id")
        account = replace(
            self._new_account(case),
            platform=PERSONAL_PLATFORM,
            ownership=PERSONAL_OWNED,
            source=SELF_REGISTERED,
            wecom_userid="",
            wechat_id=wechat,
            in_directory=False,
            mobile_is_company=False,
        )
        changes = self._book.plan_open(account, case.ids, basis=case.form.number)
        return Effects(changes, _opened(changes))

    _ACTS: Mapping[str, Callable[[AccountRequests, RequestCase], Effects]] = {
        "新增": _open,
        "变更": _change,
        "权限调整": _permission,
        "停用": _suspend,
        "注销": _close,
        "转交": _hand_over,
        PRIVATE_USE: _private_use,
        SECOND_ACCOUNT: _second_account,
        "个人号申报": _declare,
    }

    # -- parts ------------------------------------------------------------------------------------
    def _account(self, case: RequestCase) -> Account:
        account = self._book.checks.accounts.get(case.form.account_id or 0)
        if account is None:
            raise UserError(
                f"{case.person.name}（{case.person.emp_no}）没有账号，不能办“{case.kind}”。",
                "no_account",
            )
        return account

    def _new_account(self, case: RequestCase) -> Account:
        kind = self._workplace.pack.account_type(case.value("account_type"))
        account = Account(
            case.ids.next(Account),
            next_account_no(case.ids),
            case.value("account_name") or case.person.name,
            kind.id,
            ownership=case.value("ownership") or kind.ownership,
            wecom_userid=case.value("account_id")
            or self._book.checks.userids.propose(case.person, form_id=case.form.id),
            wechat_id=case.value("wechat_id"),
            mobile=case.value("mobile"),
            mobile_is_company=case.value("mobile_is_company") == YES,
            company_email=case.value("company_email"),
            real_name_state=VERIFIED if case.value("real_name_done") == YES else "",
            purposes=(case.value("purposes"),) if case.value("purposes") else (),
            usage_scope=case.value("usage_scope") or kind.usage_scope,
            permission_level=case.value(PERMISSION) or kind.permission,
            org_unit_id=case.person.org_unit_id,
            in_directory=case.value("add_to_directory") != NO,
            directory_title=case.value("directory_title"),
            state=IN_USE,
            opened_on=case.on,
            opened_by=self._workplace.by,
            sms_verify=case.value("sms_verified") == YES,
            profile_set=case.value("profile_set") == YES,
            form_no=case.form.number,
        )
        return replace(account, **self._keepers(case, kind))  # type: ignore[arg-type]

    def _keepers(self, case: RequestCase, kind: AccountType) -> dict[str, int]:
        """Return who has the account by its type: its holder, or the one made responsible."""
        if kind.keeper == "holder":
            return {"holder_id": case.person.id, "responsible_id": case.person.id}
        named = case.value("responsible_id")
        keeper = case.fields.person(named) if named else case.person
        return {f"{kind.keeper}_id": keeper.id, "responsible_id": keeper.id}

    def _exception(self, case: RequestCase, exception_kind: str) -> Change[AccountException]:
        until = case.value("exception_until")
        if not until:
            raise UserError(f"“{exception_kind}”要写明有效期到哪一天。", "no_period")
        exception = planned_exception(
            case.person,
            exception_kind,
            case.ids,
            granted_by=self._granted_by(case.form),
            from_on=case.on,
            until=date.fromisoformat(until),
            reason=case.value("exception_reason"),
            basis=case.form.number,
        )
        return Change(None, exception)

    def term(self, case: RequestCase, until: date) -> Change[AccountException]:
        """Until when the person may use the account that is opened (使用期限)."""
        granted_by, basis = self._granted_by(case.form), case.form.number
        return Change(
            None,
            planned_exception(
                case.person, TERM, case.ids,
                granted_by=granted_by, from_on=case.on, until=until, basis=basis,
            ),
        )  # fmt: skip

    def _granted_by(self, form: Form) -> str:
        """Return the role that approved last."""
        approvals = self._shelf.way_of(form).approvals
        return approvals[-1].role if approvals else self._shelf.authority(form)


def _opened(changes: list[AnyChange]) -> Account | None:
    """Return the account as it shall be."""
    return next((c.after for c in changes if isinstance(c.after, Account)), None)

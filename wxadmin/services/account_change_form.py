"""A signed 账号信息变更（权限调整）申请表 carried out: what was filled in on its right side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wxadmin.domain.account import Account
from wxadmin.domain.errors import UserError
from wxadmin.services.form_effects import Effects
from wxadmin.services.units import unit_called

if TYPE_CHECKING:
    from wxadmin.services.form_completion import Completing

ACCOUNT_CHANGE = "account_change_request"
TEXTS = {
    "new_mobile": "mobile",
    "new_email": "company_email",
    "new_name": "name",
    "new_title": "directory_title",
    "new_permission": "permission_level",
}
"""Fields on the form's right side, and what of the account each becomes."""
UNIT, DEVICE = "new_dept", "new_device"


def plan_account_change(case: Completing) -> Effects:
    """Return the changes of an account. Raises `UserError` where nothing is filled in."""
    account = case.book.checks.accounts.get(case.form.account_id or 0)
    if account is None:
        raise UserError(f"{case.form.number}上的人没有账号，不能变更。没有改动。", "no_account")
    after = _changed(case, account)
    if after == account:
        if case.value(DEVICE):
            return Effects(notes=(f"绑定设备改为{case.value(DEVICE)}（只留在表上）",))
        raise UserError(f"{case.form.number}的“变更后”一栏都没有填，没有改动。", "nothing_to_do")
    after = replace(after, form_no=case.form.number)
    changes = case.book.plan_change(account, after, case.ids, basis=case.form.number)
    return Effects(changes, after)


def _changed(case: Completing, account: Account) -> Account:
    texts = {field: case.value(name) for name, field in TEXTS.items() if case.value(name)}
    after = replace(account, **texts)  # type: ignore[arg-type]
    if case.value(UNIT):
        unit = unit_called(case.workplace.units(), case.value(UNIT))
        after = replace(after, org_unit_id=unit.id)
    return after

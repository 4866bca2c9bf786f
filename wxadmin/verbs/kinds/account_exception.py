"""The four lists of what is amiss with accounts, for `list`."""

from __future__ import annotations

from typing import Any

from wxadmin.services.account_register import AccountRegister, AccountRow, PersonWithoutAccount
from wxadmin.services.workplace import Workplace

HEADS = {
    "list": "例外",
    "account_no": "台账编号",
    "wecom_userid": "账号",
    "emp_no": "工号",
    "name": "姓名",
    "org_unit": "部门",
    "position": "职务",
    "responsible": "责任人",
    "verified_on": "最近核实",
    "entry": "登记方式",
}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return a line for every list somebody or an account stands on."""
    lines = [
        _person(name, one) if isinstance(one, PersonWithoutAccount) else _account(name, one)
        for name, found in AccountRegister(workplace).amiss().items()
        for one in found
    ]
    return [line for line in lines if search in " ".join(map(str, line.values()))]


def _person(name: str, one: PersonWithoutAccount) -> dict[str, Any]:
    return {
        "list": name,
        "account_no": "",
        "wecom_userid": "",
        "emp_no": one.emp_no,
        "name": one.name,
        "org_unit": one.unit,
        "position": one.position,
        "responsible": "",
        "verified_on": None,
        "entry": one.entry,
    }


def _account(name: str, row: AccountRow) -> dict[str, Any]:
    return {
        "list": name,
        "account_no": row.account_no,
        "wecom_userid": row.wecom_userid,
        "emp_no": row.emp_no,
        "name": row.holder or row.name,
        "org_unit": row.unit,
        "position": "",
        "responsible": row.responsible,
        "verified_on": row.verified_on,
        "entry": row.entry,
    }

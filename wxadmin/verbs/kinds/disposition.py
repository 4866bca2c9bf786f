"""Accounts of leavers for `list`: what may become of them, by when, who ever had them."""

from __future__ import annotations

from typing import Any

from wxadmin.services.dispositions import Disposition, Dispositions
from wxadmin.services.workplace import Workplace

HEADS = {
    "account_no": "台账编号",
    "wecom_userid": "账号",
    "name": "账户名称",
    "emp_no": "使用人工号",
    "holder": "使用人",
    "leave_date": "离职日期",
    "due_on": "期限",
    "days_late": "逾期天数",
    "state": "状态",
    "allowed": "可选去向",
    "former": "历任",
}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return the accounts of leavers that are live, then those that wait for a new holder."""
    found = Dispositions(workplace)
    lines = [_row(one) for one in (*found.due(), *found.unassigned())]
    return [line for line in lines if search in " ".join(map(str, line.values()))]


def _row(one: Disposition) -> dict[str, Any]:
    account, holder = one.account, one.holder
    return {
        "account_no": account.account_no,
        "wecom_userid": account.wecom_userid,
        "name": account.name,
        "emp_no": holder.emp_no if holder else None,
        "holder": holder.name if holder else None,
        "leave_date": holder.leave_date if holder else None,
        "due_on": one.due_on,
        "days_late": one.days_late,
        "state": account.state,
        "allowed": "、".join(one.allowed),
        "former": "、".join(one.former),
    }

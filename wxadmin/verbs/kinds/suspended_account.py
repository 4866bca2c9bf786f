"""Accounts that are suspended or restricted, for `list`: until when."""

from __future__ import annotations

from typing import Any

from wxadmin.services.account_watch import AccountWatch
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds.idle_account import watched_rows

HEADS = {
    "account_no": "台账编号",
    "wecom_userid": "账号",
    "emp_no": "工号",
    "holder": "使用人",
    "unit": "部门",
    "state": "状态",
    "state_until": "停用至",
    "days": "过期天数",
    "reason": "原因",
}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return the list."""
    return watched_rows(AccountWatch(workplace).suspended(), "state_until", search)

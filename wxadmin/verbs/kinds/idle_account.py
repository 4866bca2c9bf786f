"""Accounts nobody signed in to for long, for `list`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wxadmin.services.account_watch import AccountWatch, Watched
from wxadmin.services.workplace import Workplace

HEADS = {
    "account_no": "台账编号",
    "wecom_userid": "账号",
    "emp_no": "工号",
    "holder": "使用人",
    "unit": "部门",
    "state": "状态",
    "last_login_on": "最近登录",
    "days": "天数",
    "reason": "原因",
}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return the list."""
    return watched_rows(AccountWatch(workplace).idle(), "last_login_on", search)


def watched_rows(watched: Iterable[Watched], day: str, search: str) -> list[dict[str, Any]]:
    """Return watched accounts as rows; `day` names the date each is watched by."""
    lines = [
        {
            "account_no": one.account.account_no,
            "wecom_userid": one.account.wecom_userid,
            "emp_no": one.emp_no,
            "holder": one.holder,
            "unit": one.unit,
            "state": one.account.state,
            day: one.day,
            "days": one.days,
            "reason": one.account.close_reason,
        }
        for one in watched
    ]
    return [line for line in lines if search in " ".join(map(str, line.values()))]

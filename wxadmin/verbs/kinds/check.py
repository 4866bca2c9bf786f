"""Checks of groups for `list` and `show`: the log, with what was found and who signed."""

from __future__ import annotations

from typing import Any

from wxadmin.domain.search import SearchIndex, search_line
from wxadmin.services.group_checks import GroupChecks
from wxadmin.services.groups import Groups
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.group_check import plain

HEADS = {
    "id": "序号",
    "group": "群名称",
    "checked_on": "核查日期",
    "by": "核查人",
    "trigger": "起因",
    "expected": "应在",
    "actual": "实在",
    "state": "状态",
    "signed_by": "签字",
    "note": "备注",
}
LABELS = {**HEADS, "owner": "群主", "members_on": "名单日期", "lines": "发现"}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return the log of checks, the latest first."""
    found = [plain(view) for view in GroupChecks(workplace).log()]
    if not search:
        return found
    names = ("group", "by", "trigger", "state", "note")
    index = SearchIndex(
        (one["id"], search_line(*(str(one[name] or "") for name in names))) for one in found
    )
    hits = set(index.find(search))
    return [one for one in found if one["id"] in hits]


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one check by its number, or the latest of a group."""
    checks = GroupChecks(workplace)
    if key.isdecimal():
        return plain(checks.view(int(key)))
    group = Groups(workplace).find(key)
    log = checks.log(group)
    return plain(log[0]) if log else {"group": group.name, "state": "从未核查", "lines": []}

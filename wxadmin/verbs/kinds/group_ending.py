"""What is wrong about the ends of groups, for `list`: past their day, dormant, not really gone."""

from __future__ import annotations

from typing import Any

from wxadmin.services.group_endings import GroupEndings
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace

HEADS = {
    "group_no": "群编号",
    "group": "群名称",
    "what": "情况",
    "since": "自",
    "days": "天数",
    "members": "登记成员",
}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return the list, the longest first."""
    lines = [
        {
            "group_no": one.group.group_no,
            "group": one.group.name,
            "what": one.what,
            "since": one.since,
            "days": one.days,
            "members": one.members,
        }
        for one in GroupEndings(workplace).lines(Picture(workplace))
    ]
    return [line for line in lines if search in " ".join(map(str, line.values()))]

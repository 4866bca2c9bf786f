"""Which groups the roster shows, and which one a key from elsewhere means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.groups.reading import Roll, differs, has_no_owner, is_alive, is_unknown
from wxadmin.domain.group import BACKEND, MOBILE
from wxadmin.services.group_lines import GroupLine

FILTERS: dict[str, Callable[[GroupLine], bool]] = {
    "mobile": lambda line: is_alive(line) and line.group.side == MOBILE,
    "backend": lambda line: is_alive(line) and line.group.side == BACKEND,
    "differs": differs,
    "ownerless": has_no_owner,
    "unknown": is_unknown,
}
FURTHER = (
    ("mobile", "手机端"),
    ("backend", "后台"),
    ("ownerless", "无群主"),
    ("unknown", "未取名单"),
)


def group_meant(roll: Roll, key: Any) -> int | None:
    """The group of an id, a number (those in use first), or the number of an open order."""
    if isinstance(key, int):
        return key if key in roll.lines else None
    for line in sorted(roll.lines.values(), key=lambda line: not is_alive(line)):
        if line.group.group_no == key:
            return line.group.id
    views = (view for view in roll.orders.values() if view.order.number == key)
    return next((view.group.id for view in views), None)

"""Groups that are to be checked, for `list`: since when and why, the longest due first."""

from __future__ import annotations

from typing import Any

from wxadmin.domain.search import SearchIndex, search_line
from wxadmin.services.check_calendar import CheckCalendar
from wxadmin.services.group_duties import Duties
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.group_check import due_plain

HEADS = {
    "group_no": "群编号",
    "group": "群名称",
    "reason": "起因",
    "last_on": "上次核查",
    "due_on": "应于",
    "days_late": "逾期天数",
    "age_days": "名单天数",
}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return what is due."""
    picture = Picture(workplace)
    due = CheckCalendar(workplace, picture, Duties(workplace, picture)).due()
    if search:
        index = SearchIndex((d.group.id, search_line(d.group.group_no, d.group.name)) for d in due)
        hits = set(index.find(search))
        due = [one for one in due if one.group.id in hits]
    return [
        {"group_no": one.group.group_no, "group": one.group.name, **due_plain(one)} for one in due
    ]

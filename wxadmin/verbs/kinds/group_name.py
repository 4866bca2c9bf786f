"""Groups that are not named as the policy wants, for `list`: why, and the name that would do."""

from __future__ import annotations

from typing import Any

from wxadmin.domain.group import BACKEND, Group
from wxadmin.services.group_naming import GroupNaming
from wxadmin.services.membership_picture import GONE_STATES
from wxadmin.services.workplace import Workplace

HEADS = {"group_no": "群编号", "name": "群名称", "problem": "不合规定", "proposal": "可改为"}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return each group in use whose name or code its class does not allow."""
    groups = [
        group
        for group in workplace.store.all(Group)
        if group.side != BACKEND and group.state not in GONE_STATES and search in group.name
    ]
    return [
        {"group_no": group.group_no, "name": group.name, "problem": wrong, "proposal": proposal}
        for group, wrong, proposal in GroupNaming(workplace).judged(groups)
    ]

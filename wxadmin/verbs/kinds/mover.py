"""One person's move for `show`: groups to join, leave, keep by exception; what of the account."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from wxadmin.services.group_duties import Duties
from wxadmin.services.membership_picture import Picture
from wxadmin.services.movers import HAND_OVER, JOIN, KEEP, LEAVE, STAY, Movers
from wxadmin.services.people import person_called
from wxadmin.services.workplace import Workplace

LABELS = {
    "emp_no": "工号",
    "name": "姓名",
    "org_unit": "部门",
    "position": "岗位",
    "hand_over": HAND_OVER,
    "join": JOIN,
    "leave": LEAVE,
    "keep": KEEP,
    "stay": STAY,
    "accounts": "账号",
}
_ACTIONS = {"hand_over": HAND_OVER, "join": JOIN, "leave": LEAVE, "keep": KEEP, "stay": STAY}


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return what follows from somebody's move, by 工号."""
    person = person_called(workplace, key)
    picture = Picture(workplace)
    sheet = Movers(workplace, picture, Duties(workplace, picture)).sheet(person.id)
    return {
        "emp_no": sheet.person.emp_no,
        "name": sheet.person.name,
        "org_unit": sheet.person.org_unit,
        "position": sheet.person.position,
        **{name: [asdict(x) for x in sheet.of(word)] for name, word in _ACTIONS.items()},
        "accounts": [{"account": x.what, "action": x.reason} for x in sheet.of("账号")],
    }

"""Orders to group owners for `list` and `show`."""

from __future__ import annotations

from typing import Any

from wxadmin.services.group_duties import Duties
from wxadmin.services.membership_picture import Picture
from wxadmin.services.order_drafts import ADD, LOOK, REMOVE
from wxadmin.services.order_sheet import OrderView
from wxadmin.services.orders import Orders
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.order import order_called

HEADS = {
    "number": "编号",
    "group": "群名称",
    "to": "致",
    "issued_on": "开单",
    "due_on": "限办",
    "state": "状态",
    "add_count": "加",
    "remove_count": "移",
    "check_count": "核对",
    "overdue": "逾期",
}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return the orders issued, the newest first."""
    lines = [_row(view) for view in Orders(workplace).all()]
    return [x for x in lines if search in f"{x['number']}{x['group']}{x['to']}{x['state']}"]


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one order by its number, its file or its group, with lines and chat text."""
    view = order_called(workplace, key)
    picture = Picture(workplace)
    text = Orders(workplace).text(view, picture, Duties(workplace, picture))
    lines = [
        {"action": x.action, "name": x.name, "reason": x.reason, "done_on": x.done_on}
        for x in view.lines
    ]
    return {**_row(view), "basis": view.order.basis, "lines": lines, "text": text}


def _row(view: OrderView) -> dict[str, Any]:
    order = view.order
    return {
        "number": order.number,
        "group": view.group.name,
        "group_no": view.group.group_no,
        "to": order.addressed_to,
        "issued_on": order.issued_on,
        "due_on": order.due_on,
        "state": order.state,
        "done_on": order.done_on,
        "add_count": len(view.of(ADD)),
        "remove_count": len(view.of(REMOVE)),
        "check_count": len(view.of(LOOK)),
        "open_count": len(view.open_lines),
        "overdue": view.is_overdue,
        "note": order.note,
    }

"""The menus of the desk: what can be done with one group, and with all orders at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QWidget

from ui.groups.member_acts import IN, OUT
from ui.groups.reading import is_alive

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

Entry = tuple[str, Callable[[], Any] | None]
"""What a menu says and does; no act is a line between two parts."""


def group_acts(desk: GroupsDesk) -> list[Entry]:
    """What can be done with the shown group besides its order."""
    shown, dialogs, owners = desk.shown(), desk.dialogs, desk.owners
    if shown is None:
        return []
    line = shown[1]
    if not is_alive(line):
        return [
            ("修改群组…", dialogs.edit),
            ("又看到群里有人…", desk.endings.seen_again),
            ("取名单（群里还有人，或补登旧名单）…", desk.take_list),
            ("群职务历史", owners.history),
            ("在群人员（时段）…", desk.checking.presence),
        ]
    taking: list[Entry] = [("取名单…", desk.take_list)]
    if line.actual is None:
        taking.append(("登记为新建群（空）", desk.members.declare_new))
    return [
        ("群主转让…" if line.owner.kind else "指定群主…", owners.set_owner),
        ("设群管理员…", owners.add_admin),
        ("免去群职务…", owners.end_role),
        ("群职务历史", owners.history),
        ("", None),
        *taking,
        ("登记入群…", lambda: desk.members.move(IN)),
        ("登记退群…", lambda: desk.members.move(OUT)),
        ("核查本群…", desk.checking.acts.check_one),
        ("核查记录", desk.checking.acts.log),
        ("在群人员（时段）…", desk.checking.presence),
        ("特批、借调、兼任…", desk.show_exceptions),
        ("", None),
        ("改规则…", desk.edit_rule),
        ("修改群组…", dialogs.edit),
        ("今天有人说话（在用）", desk.endings.confirm_active),
        ("并入别的群…", desk.endings.merge),
        ("解散…", dialogs.dissolve),
    ]


def order_acts(desk: GroupsDesk) -> list[tuple[str, Callable[[], Any], bool]]:
    """What can be done with the orders of all groups; the last says whether there is anything."""
    waiting, opened = len(desk.roll.waiting) if desk.roll else 0, desk.orders.all_open()
    return [
        (f"给 {waiting} 个群开通知单", desk.orders.issue_all, waiting > 0),
        (f"打印未办的 {len(opened)} 张通知单", desk.print_orders, bool(opened)),
        ("未办通知单存为一个PDF", lambda: desk.orders.save_pdf(opened), bool(opened)),
        ("未办通知单存为表格", lambda: desk.orders.save_workbook(opened), bool(opened)),
    ]


def open_orders_menu(desk: GroupsDesk, button: QWidget) -> None:
    """Open the menu of all orders under its button."""
    menu = QMenu(desk)
    for text, do, enabled in order_acts(desk):
        entry = menu.addAction(text)
        entry.setEnabled(enabled)
        entry.triggered.connect(lambda _=False, do=do: do())
    menu.exec(button.mapToGlobal(button.rect().bottomLeft()))

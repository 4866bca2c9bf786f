"""三方核对 played to its end by keys: an export dropped, all that differs settled, nothing left."""

from __future__ import annotations

from pathlib import Path

import month
import three_lists
from office import settle
from player import KEY, Player
from PySide6.QtWidgets import QApplication, QLabel

from ui.main_window import MainWindow
from wxadmin.domain import reconciliation_finding as kinds
from wxadmin.domain.group import Order
from wxadmin.services.workplace import Workplace

RECONCILE = 8


def lines_left(window: MainWindow) -> dict[str, int]:
    """How many lines of each kind wait at the desk of the three lists."""
    desk = window.current()
    rows = [row for row in desk.rows.values() if not row.beneath]
    return {kind: sum(row.group == kind for row in rows) for kind in kinds.KINDS}


def take_in(player: Player, path: Path) -> None:
    """Drop an export, confirm, go to what differs: two keys."""
    player.window.take_files([path])
    settle(player.window)
    player.enter()
    player.enter()
    assert player.window.current().objectName() == "reconciliation"


def settle_all(player: Player) -> None:
    """Everything ticked, the simulation looked at, done: four keys."""
    player.ctrl(KEY.Key_A)
    player.press(KEY.Key_Space)
    with player.answer(player.enter):
        player.ctrl(KEY.Key_Return)


def open_accounts(player: Player, window: MainWindow) -> None:
    """附件一 of everybody without an account: drafted from his line, signed, opened, told."""
    desk = window.current()
    while waiting := [row.id for row in desk.rows.values() if row.group == kinds.TO_OPEN]:
        player.ctrl(KEY.Key_Home)
        player.down_to(lambda row, key=waiting[0]: row.id == key)
        player.enter()
        if window.current() is not desk:  # else he has his account: the console is told
            month.sign_and_open(player)
            player.go(RECONCILE)


def test_a_damaged_export_is_settled_until_the_three_lists_agree(
    window: MainWindow, workplace: Workplace, tmp_path: Path, papers: Path
) -> None:
    lines = three_lists.good_lines(workplace)
    three_lists.some_damage(lines)
    damaged = three_lists.write_export(tmp_path / "通讯录导出.xlsx", lines)
    with Player(window) as player:
        take_in(player, damaged)
        assert sum(lines_left(window).values()) == 27
        start = player.hand.keys
        settle_all(player)
        assert player.hand.keys - start <= 4
        left = lines_left(window)
        assert left[kinds.TO_CHANGE] == 0
        player.down_to(lambda row: row.name == "柯大伟")
        player.enter()  # a stranger in the address book: handed to the console
        assert lines_left(window)[kinds.TO_CLOSE] == 0
        open_accounts(player, window)

        # what the console was told is done there; its next export says so
        mended = three_lists.good_lines(workplace)
        take_in(player, three_lists.write_export(tmp_path / "通讯录导出2.xlsx", mended))
        left = lines_left(window)
        assert {kind for kind, count in left.items() if count} == {kinds.TO_ADD, kinds.TO_REMOVE}
        settle_all(player)
        assert workplace.store.all(Order)
        player.go(month.GROUPS)
        player.ctrl(KEY.Key_Home)
        desk = window.current()
        for group in sorted(desk.roll.orders, key=desk.table.model.line_of):
            player.down_to(lambda line, key=group: line.group.id == key)
            player.ctrl(KEY.Key_Return)
        player.go(RECONCILE)
        reasons = [row.item.reason for row in window.current().rows.values()]
        assert len(reasons) == 3
        assert all("待入通讯录" in reason for reason in reasons)  # contractors without an account
        player.ctrl(KEY.Key_A)
        player.press(KEY.Key_Space)
        player.ctrl(KEY.Key_D)  # 不动
        assert sum(lines_left(window).values()) == 0
        said = [label.text() for label in window.current().findChildren(QLabel)]
        assert "三处都对得上" in said
        assert player.hand.clicks == 0
        QApplication.processEvents()

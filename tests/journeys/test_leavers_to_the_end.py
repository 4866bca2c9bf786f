"""Journey 2 to its end: eight leavers, their groups, orders as chat text, papers, HR's answer.

Held to: ≤ 8 clicks to the confirmed import, ≤ 2 a leaver afterwards; keys count as clicks do.
"""

from __future__ import annotations

from pathlib import Path

import month
import pytest
from hr_files import namesake, people_of
from office import settle, toast_of
from openpyxl import load_workbook
from player import CTRL, KEY, SHIFT, Player
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.main_window import MainWindow
from ui.shared.buttons import Button
from wxadmin.domain.account import Account
from wxadmin.domain.group import MOBILE, OWNER, GroupMember, Order
from wxadmin.domain.person import Employee
from wxadmin.services.groups import Groups
from wxadmin.services.workplace import Workplace

LEAVERS = 8


@pytest.fixture
def player(window: MainWindow, papers: Path):
    with Player(window) as made:
        yield made


def owned(workplace: Workplace, people: set[int]) -> list[str]:
    """The groups and the designated numbers these people still hold."""
    groups = Groups(workplace)
    duties = groups.duties(groups.picture())
    held = [duty for person in people for duty in duties.of_person(person)]
    return [duty.what for duty in held if duty.what == OWNER or duty.admin_number is not None]


def test_eight_leavers_go_by_keys_from_the_list_to_the_answer_for_hr(
    player: Player, window: MainWindow, workplace: Workplace, tmp_path: Path, papers: Path
) -> None:
    twin = namesake(workplace, people_of(workplace, "销售部门"))
    path = month.leavers(workplace, tmp_path)
    before = {person.id for person in workplace.store.all(Employee) if person.leave_date}
    operations = workplace.journal.count()
    month.take_in(player, path, decisions=2)
    assert player.hand.keys <= 8
    assert workplace.journal.count() == operations + 1  # one undo step
    leavers = {p for p in workplace.store.all(Employee) if p.leave_date and p.id not in before}
    assert twin.id in {person.id for person in leavers}
    player.ctrl(KEY.Key_E)  # 处理结果
    results = next(papers.glob("*.xlsx"))
    assert "结果" in [cell.value for cell in load_workbook(results).active[1]]

    start = player.hand.keys
    player.enter()  # 办理 7 人 ›
    assert window.current().template == "offboarding"
    player.ctrl(KEY.Key_A)
    month.hand_over_groups(player)  # owned groups first
    assert not owned(workplace, {person.id for person in leavers})
    at_desk = player.hand.keys - start

    player.go(month.GROUPS)
    player.press(KEY.Key_T, CTRL)
    ids = {person.id for person in leavers}
    waiting = month.groups_with_order(player, ids)
    assert len(waiting) >= 8
    start = player.hand.keys
    player.ctrl(KEY.Key_Home)
    for group in waiting:
        text = month.send_and_tick(player, group)
        assert text.startswith("【群成员调整】")
        assert "离职" in text
        assert "违纪" not in text
    walked = window.current().table.model.rowCount()
    assert player.hand.keys - start <= 2 * len(waiting) + walked  # copy, tick, and the way there
    assert not workplace.store.find(GroupMember, employee_id=ids, left_on=None)
    assert all(order.number for order in workplace.store.all(Order))

    start = player.hand.keys
    player.go(month.CHECKLISTS)
    player.ctrl(KEY.Key_A)
    month.settle_column(player)
    month.settle_column(player)
    views = window.current().views.values()
    assert {view.name for view in views if view.look.done < view.look.total} == set()
    accounts = workplace.store.find(Account, holder_id=ids)
    assert not [one for one in accounts if one.in_directory]
    at_desk += player.hand.keys - start
    assert at_desk <= 2 * LEAVERS
    month.print_batch(player)  # forms printed in one batch
    assert "页）" in toast_of(window)
    assert list(papers.glob("*.pdf"))

    month.take_in(player, path, decisions=0)  # the same list next day
    assert window.current().preview.confirm.text() == "没有要改的"
    assert player.hand.clicks == 0
    assert player.typed == 0


def test_the_leavers_by_mouse_take_two_clicks_each_after_the_import(
    player: Player, window: MainWindow, workplace: Workplace, tmp_path: Path
) -> None:
    hand = player.hand

    def button(text: str) -> Button:
        place = QApplication.activeModalWidget() or window.current()
        found = place.findChildren(Button)
        return next(one for one in found if one.isVisible() and one.text().startswith(text))

    def answered(*texts: str):
        return player.answer(*(lambda text=text: hand.click(button(text)) for text in texts))

    window.take_files([month.leavers(workplace, tmp_path)])
    settle(window)
    hand.click(button("是他"))
    settle(window)
    hand.click(button("以后再说"))
    settle(window)
    hand.click(button("确认导入"))
    settle(window)
    assert hand.clicks <= 8
    start = hand.clicks
    hand.click(button("办理"))
    settle(window)
    table = window.current().table
    for key, held in ((0, Qt.KeyboardModifier.NoModifier), (-1, Qt.KeyboardModifier.ShiftModifier)):
        line = table.model.line_of(table.model.shown_ids()[key])
        place = table.view.visualRect(table.model.index(line, 0)).center()
        QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, held, place)
    settle(window)
    with answered("给 8 人打勾", "采用并登记转让"):
        hand.click(button("给选中的人整列打勾"))
    for _ in range(3):
        with answered("给 8 人打勾"):
            hand.click(button("给选中的人整列打勾"))
        settle(window)
    views = window.current().views.values()
    assert {view.name for view in views if view.look.done < view.look.total} == set()
    assert hand.clicks - start <= 2 * LEAVERS
    assert hand.keys == 0


def test_an_order_is_for_mobile_groups_and_names_no_cause_but_leaving(
    player: Player, window: MainWindow, workplace: Workplace, tmp_path: Path
) -> None:
    month.take_in(player, month.leavers(workplace, tmp_path), decisions=2)
    player.go(month.GROUPS)
    player.press(KEY.Key_C, CTRL | SHIFT)
    player.press(KEY.Key_T, CTRL)
    reasons = {
        line.reason
        for view in window.current().roll.orders.values()
        if view.group.side == MOBILE
        for line in view.lines
        if line.action == "移"
    }
    assert reasons <= {"离职", "调出", "到期", "外部人员"}

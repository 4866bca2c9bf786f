"""A month of the office played in the real window by keys alone, each key counted.

The limits are those the work is held to: a newcomer ≤ 15 clicks and ≤ 60 keys, nothing typed
twice; a leaver list ≤ 8 strokes to the confirmed import and ≤ 2 for each leaver afterwards.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import month
import pytest
from counting import Counting
from hr_files import namesake, people_of
from office import band_of, open_sample, settle, toast_of
from player import KEY, Player
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from ui.main_window import MainWindow
from ui.shared.buttons import Button
from wxadmin.domain.catalogue import RECORDS
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.form import Form
from wxadmin.domain.group import Order
from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace


@pytest.fixture
def player(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    papers = iter(tmp_path / f"纸{number}.pdf" for number in range(1, 20))
    monkeypatch.setattr(window.messages, "ask_where", lambda *_: next(papers))
    with Player(window) as made:
        yield made


def named(workplace: Workplace, name: str) -> Employee:
    (found,) = workplace.store.find(Employee, name=name)
    return found


def checklist_of(workplace: Workplace, name: str) -> Checklist:
    (found,) = workplace.store.find(Checklist, employee_id=named(workplace, name).id)
    return found


def everything(workplace: Workplace) -> dict[str, list[object]]:
    """All records of the register, but for what the journal keeps of itself."""
    return {kind.kind: workplace.store.all(kind) for kind in RECORDS}


def words_of(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


# -- a newcomer -------------------------------------------------------------------------------


def test_a_newcomer_is_registered_printed_opened_and_ticked_in_a_few_keys(
    player: Player, window: MainWindow, workplace: Workplace, tmp_path: Path
) -> None:
    month.hire(player)
    newcomer = named(workplace, month.NEWCOMER)
    assert (newcomer.emp_no, newcomer.mobile) == ("09001", "16300007777")
    (form,) = workplace.store.find(Form, employee_id=newcomer.id)
    assert form.number == "QWSQ-202611-003"
    assert form.number in toast_of(window)
    month.print_and_open(player)
    assert (tmp_path / "纸1.pdf").read_bytes().startswith(b"%PDF")
    assert workplace.store.get(Form, form.id).printed_on == workplace.today
    player.go(month.CHECKLISTS)
    player.down_to(lambda view: view.name == month.NEWCOMER)
    player.press(KEY.Key_Right)
    player.press(KEY.Key_Right)
    player.press(KEY.Key_Space)
    assert "已打勾：陈新来 核对花名册" in toast_of(window)
    assert player.hand.clicks == 0
    assert player.hand.keys <= 60
    assert player.typed == 0  # everything came from HR's line


def test_a_newcomer_by_mouse_takes_fewer_than_fifteen_clicks(
    player: Player, window: MainWindow, workplace: Workplace
) -> None:
    hand: Counting = player.hand

    def button(text: str) -> Button:
        place = QApplication.activeModalWidget() or window.current()
        return next(b for b in place.findChildren(Button) if b.isVisible() and b.text() == text)

    hand.click(window.rail._items["people"])
    settle(window)
    with player.answer(lambda: (player.paste(month.LINE), hand.click(button("登记并起草附件一")))):
        hand.click(button("登记新员工"))
    hand.click(window.rail._items["forms"])
    settle(window)
    view = window.current().table.view
    row = view.visualRect(view.table_model.index(view.table_model.line_of("QWSQ-202611-003"), 1))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    settle(window)
    hand.click(button("存为PDF"))
    settle(window)
    with player.answer(lambda: hand.click(button("登记签回"))):
        hand.click(button("登记签回"))
    hand.click(button("开通账号"))
    hand.click(button("登记已告知"))
    settle(window)
    assert "表单归档" in toast_of(window)
    assert hand.clicks <= 15
    assert hand.keys == 1  # Ctrl+V


# -- lists ------------------------------------------------------------------------------------


def test_a_roster_is_taken_in_with_its_decision(
    player: Player, window: MainWindow, workplace: Workplace, tmp_path: Path
) -> None:
    path = month.roster(workplace, tmp_path)
    month.take_in(player, path, decisions=1)
    assert "新增 1 人" in words_of(window.current())
    joiner = named(workplace, month.OTHER)
    assert workplace.store.find(Checklist, employee_id=joiner.id)
    assert workplace.store.find(Form, employee_id=joiner.id)
    assert workplace.store.find(Employee, name="李改名")
    assert player.hand.keys <= 3


def test_eight_leavers_are_confirmed_and_settled_in_few_strokes(
    player: Player, window: MainWindow, workplace: Workplace, tmp_path: Path
) -> None:
    twin = namesake(workplace, people_of(workplace, "销售部门"))
    path = month.leavers(workplace, tmp_path)
    month.take_in(player, path, decisions=2)
    assert player.hand.keys <= 8
    assert workplace.store.get(Employee, twin.id).leave_date is not None
    at_import = player.hand.keys

    player.enter()  # 办理 7 人 ›
    assert window.current().template == "offboarding"
    player.ctrl(KEY.Key_A)
    owning = {v.name for v in window.current().views.values() if v.step(2).mark == "stuck"}
    assert owning, "somebody among the leavers still owns a group"
    month.hand_over_groups(player)
    for _ in range(3):
        month.settle_column(player)
    views = window.current().views.values()
    assert {v.name for v in views if v.look.done < v.look.total} == set()
    assert player.hand.keys - at_import <= 2 * 7
    month.take_in(player, path, decisions=0)
    assert window.current().preview.confirm.text() == "没有要改的"


def test_orders_are_issued_and_ticked_back(
    player: Player, window: MainWindow, workplace: Workplace
) -> None:
    month.give_order(player, "14")
    (order,) = workplace.store.find(Order, number="TZ-202611-01")
    assert "入群" in toast_of(window)
    assert order.id


def test_forms_are_printed_in_a_batch(
    player: Player, window: MainWindow, workplace: Workplace, tmp_path: Path
) -> None:
    month.print_batch(player)
    assert "（2页）" in toast_of(window)
    assert (tmp_path / "纸1.pdf").read_bytes().startswith(b"%PDF")
    assert all(form.printed_on for form in workplace.store.all(Form) if form.is_open)


# -- closing, taking back ---------------------------------------------------------------------


def test_nobody_is_closed_who_still_owns_a_group(
    player: Player, window: MainWindow, workplace: Workplace, tmp_path: Path
) -> None:
    month.take_in(player, month.leavers(workplace, tmp_path), decisions=2)
    player.enter()
    player.down_to(lambda view: view.name == "阮国川")
    player.tab_to("办结")
    with player.answer(player.enter, player.enter):  # 办理群主转让, then 采用并登记转让
        player.enter()
    assert checklist_of(workplace, "阮国川").is_open
    for _ in range(2):
        month.settle_column(player)
    player.tab_to("办结")
    player.enter()
    assert not checklist_of(workplace, "阮国川").is_open
    assert "已办结" in toast_of(window)


def test_the_whole_month_is_taken_back_and_brought_forward_again(
    player: Player, window: MainWindow, workplace: Workplace, tmp_path: Path
) -> None:
    before = everything(workplace)
    written = workplace.journal.count()
    month.hire(player)
    month.print_and_open(player)
    month.take_in(player, month.roster(workplace, tmp_path), decisions=1)
    month.take_in(player, month.leavers(workplace, tmp_path), decisions=2)
    month.give_order(player, "14")
    acts = workplace.journal.count() - written
    after = everything(workplace)
    for _ in range(acts):
        player.ctrl(KEY.Key_Z)
        assert band_of(window) == ""
    assert everything(workplace) == before
    for _ in range(acts):
        player.ctrl(KEY.Key_Y)
    assert everything(workplace) == after


def test_undo_is_kept_when_the_program_is_closed(
    open_window, sample_register: Path, tmp_path: Path
) -> None:
    register = tmp_path / "登记库.db"
    shutil.copy2(sample_register, register)
    first = open_window(open_sample(register))
    with Player(first) as player:
        month.hire(player)
    first.close()
    again = open_sample(register)
    second = open_window(again)
    with Player(second) as player:
        player.ctrl(KEY.Key_Z)
        assert toast_of(second) == f"已撤销：登记入职：{month.NEWCOMER}"
        assert again.store.find(Employee, name=month.NEWCOMER) == []
        player.ctrl(KEY.Key_Y)
        assert again.store.find(Employee, name=month.NEWCOMER)
    second.close()

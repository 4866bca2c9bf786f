"""办理小窗: stays beside the console; one click copies, Enter ticks, the next one is ready."""

from __future__ import annotations

import pytest
from access import nameless, rich
from office import desk_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from ui.console_window.window import ConsoleWindow, show_console_window
from wxadmin.domain.account import Account
from wxadmin.domain.group import Group, GroupMember
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.groups import Groups


@pytest.fixture
def small(office_window, qtbot):
    desk_of(office_window, "checklists")
    window = show_console_window(office_window.context)
    qtbot.addWidget(window)
    yield window
    window.close()


def test_it_stays_on_top_and_does_not_keep_the_program_open(small):
    assert small.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert not small.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)


def test_opened_twice_it_is_one_window(small, office_window):
    assert show_console_window(office_window.context) is small


def test_one_click_copies_the_id_the_number_the_name(small):
    task = small.task()
    assert task is not None
    for what, value in (("手机", task.mobile), ("姓名", task.name)):
        small.copies[what].click()
        assert QGuiApplication.clipboard().text() == value
        assert small.copies[what].text() == "已复制"


def test_what_must_be_settled_before_is_said_and_blocks(small):
    blocked = next(n for n, task in enumerate(small.tasks) if task.first)
    small.at = blocked
    small._show()
    assert not small.done.isEnabled()
    assert small.task().first.startswith("先办")


def test_what_can_be_done_comes_before_what_must_wait(small):
    waits = [bool(task.first) for task in small.tasks]
    assert waits == sorted(waits)


def test_arrows_walk_and_come_round(small):
    first = small.task().key
    for _ in small.tasks:
        QTest.keyClick(small, Qt.Key.Key_Right)
    assert small.task().key == first


def test_everything_has_a_name(small):
    assert nameless(small) == []
    assert rich(small) == []
    assert isinstance(small, ConsoleWindow)


def test_enter_ticks_it_off_and_the_register_knows(small, workplace):
    task = next(one for one in small.tasks if one.act == "take_out_of_directory")
    groups = Groups(workplace)
    picture = groups.picture()
    for member in workplace.store.find(GroupMember, employee_id=task.employee_id, left_on=None):
        group = workplace.store.get(Group, member.group_id)
        staying = groups.picture().member_ids(group.id) - {task.employee_id}
        GroupMembers(workplace).capture(group, staying, picture)
        picture = groups.picture()
    small.read()
    small.at = [one.key for one in small.tasks].index(task.key)
    small._show()
    assert small.done.isEnabled()
    many = len(small.tasks)
    QTest.keyClick(small, Qt.Key.Key_Return)
    assert len(small.tasks) == many - 1
    account = workplace.store.find(Account, holder_id=task.employee_id)[0]
    assert not account.in_directory
    small.undo.click()
    assert workplace.store.get(Account, account.id).in_directory
    assert len(small.tasks) == many

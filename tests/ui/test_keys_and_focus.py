"""Where the focus is and what Enter does: after a desk's key, in a dialog, on the rail."""

from __future__ import annotations

import pytest
from counting import Counting
from office import desk_of, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.rail import RailItem
from ui.shared.dialog import Choice, Dialog
from ui.shared.record_form import Field, RecordForm


@pytest.fixture
def behind(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def shown(qtbot, dialog):
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_enter_in_a_field_does_the_filled_act_of_the_dialog(qtbot, behind):
    form = RecordForm([Field("kind", "类别", "choice", choices=[(1, "新增")], value=1)])
    acts = (Choice("取消", None), Choice("登记", "yes", kind="filled"))
    dialog = shown(qtbot, Dialog(behind, "登记", body=form, acts=acts))
    QTest.keyClick(form.boxes["kind"].input, Qt.Key.Key_Return)
    assert dialog.answer == "yes"


def test_several_lines_take_enter_and_ctrl_enter_does_the_act(qtbot, behind):
    form = RecordForm([Field("note", "备注", "lines", lines=2)])
    acts = (Choice("取消", None), Choice("登记", "yes", kind="filled"))
    dialog = shown(qtbot, Dialog(behind, "登记", body=form, acts=acts))
    QTest.keyClick(form.boxes["note"].input, Qt.Key.Key_Return)
    assert dialog.answer is None
    QTest.keyClick(form.boxes["note"].input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.answer == "yes"


def test_enter_never_destroys_anything(qtbot, behind):
    acts = (Choice("取消", None), Choice("清除", "gone", kind="danger"))
    dialog = shown(qtbot, Dialog(behind, "清除？", acts=acts))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.answer is None


def test_a_desk_has_the_focus_unless_the_rail_is_walked_by_keys(office_window, qtbot):
    with qtbot.waitActive(office_window):
        office_window.activateWindow()
    office_window.go("people")
    settle(office_window)
    assert office_window.current().isAncestorOf(QApplication.focusWidget())
    item = office_window.rail._items["accounts"]
    item.setFocus()
    QTest.keyClick(item, Qt.Key.Key_Return)
    assert office_window.current().objectName() == "accounts"
    assert isinstance(QApplication.focusWidget(), RailItem)


def test_tab_passes_by_a_table_that_shows_no_row(office_window, qtbot):
    desk = desk_of(office_window, "groups")
    with qtbot.waitActive(office_window):
        office_window.activateWindow()
    desk.toolbar.search_box.setFocus()
    desk.search("没有这样的群")
    seen = []
    for _ in range(12):
        Counting().press(Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    texts = [widget.text() for widget in seen if isinstance(widget, QAbstractButton)]
    assert "清除筛选" in texts
    assert len(set(seen)) > 6


def test_tab_comes_to_the_filter_the_program_chose(office_window, qtbot):
    desk = desk_of(office_window, "groups")
    with qtbot.waitActive(office_window):
        office_window.activateWindow()
    desk.toolbar.filters.choose("differs")
    desk.toolbar.search_box.setFocus()
    Counting().press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget().text() == "有差异"

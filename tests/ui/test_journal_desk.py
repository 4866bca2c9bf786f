"""日志: what was done field by field, taken back from its line, refused with the way out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from access import nameless, rich
from office import answering, band_of, desk_of, press, settle, toast_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.shared.buttons import Button
from ui.shared.runs_label import RunsLabel
from wxadmin.domain.change import Change
from wxadmin.domain.person import Employee
from wxadmin.services.history import History
from wxadmin.services.people import People


@pytest.fixture
def someone(workplace):
    person = workplace.store.all(Employee)[0]
    People(workplace).change(person, {"mobile": "16300000262"})
    return workplace.store.get(Employee, person.id)


@pytest.fixture
def desk(office_window, someone):
    return desk_of(office_window, "journal")


def words_of(widget):
    said = [label.text() for label in widget.findChildren(QLabel)]
    runs = [run.text for label in widget.findChildren(RunsLabel) for run in label._runs]
    return "\n".join([*said, *runs])


def choose(desk, window, key):
    desk.open(key)
    settle(window)


def buttons(desk):
    return {b.text(): b for b in desk.panel.findChildren(Button) if not b.isHidden()}


def test_acts_stand_newest_first_with_who_and_how_much(desk, someone):
    rows = [desk.table.model.row(key) for key in desk.table.model.shown_ids()]
    assert [row.id for row in rows] == [3, 2, 1]
    assert rows[0].done.title == f"修改人员：{someone.name}"
    assert rows[0].done.by == "测试"
    assert rows[1].done.entries > 1000
    assert [row.act for row in rows] == ["撤销", "撤销", ""]
    assert desk.header.facts() == "3 步　最早 2026-11-20"


def test_an_act_is_shown_field_by_field(desk, office_window, someone):
    choose(desk, office_window, 3)
    said = words_of(desk.panel)
    assert someone.name in said
    assert "手机号码" in said
    assert "163 0000 0262" in said
    with answering(lambda dialog: press(dialog, "关闭")) as seen:
        next(b for b in desk.panel.findChildren(Button) if b.text() == "全部").click()
    assert seen.sentences == [f"修改人员：{someone.name}"]


def test_a_step_is_taken_back_and_brought_back(desk, office_window, workplace, someone):
    choose(desk, office_window, 3)
    buttons(desk)["撤销这一步"].click()
    settle(office_window)
    assert workplace.store.get(Employee, someone.id).mobile != "16300000262"
    assert desk.rows[3].undone
    choose(desk, office_window, 3)
    buttons(desk)["恢复"].click()
    settle(office_window)
    assert workplace.store.get(Employee, someone.id).mobile == "16300000262"
    assert not desk.rows[3].undone


def test_enter_on_a_line_takes_it_back(desk, office_window, workplace, someone, qtbot):
    desk.table.select(3)
    qtbot.keyClick(desk.table.view, Qt.Key.Key_Return)
    settle(office_window)
    assert workplace.store.get(Employee, someone.id).mobile != "16300000262"
    assert toast_of(office_window) == f"已撤销：修改人员：{someone.name}"


def test_an_overtaken_step_says_by_what_and_leads_there(desk, office_window, someone):
    choose(desk, office_window, 2)
    said = words_of(desk.panel)
    assert "不能单独撤销" in said
    assert f"此后又改过{someone.name}的手机号码（" in said
    assert "撤销这一步" not in buttons(desk)
    buttons(desk)["查看那一步"].click()
    settle(office_window)
    assert desk.table.current_id() == 3


def test_undo_of_an_overtaken_step_is_refused_as_a_band(desk, office_window):
    desk.take_back(2)
    assert band_of(office_window).startswith("不能单独撤销“放入示例办公室”：此后又改过")


def test_the_rest_of_an_overtaken_step_can_be_taken_back(desk, office_window, workplace, someone):
    others = workplace.store.find(Employee, id={2, 3})
    marked = [Change(person, replace(person, remark="同一步")) for person in others]
    with workplace.act("批量备注") as operation:
        operation.write(marked)
    People(workplace).change(workplace.store.get(Employee, 2), {"remark": "后来又改"})
    desk.refresh()
    choose(desk, office_window, operation.id)
    buttons(desk)["只撤销其余部分"].click()
    settle(office_window)
    assert workplace.store.get(Employee, 2).remark == "后来又改"
    assert workplace.store.get(Employee, 3).remark == others[1].remark


def test_where_nothing_is_left_the_rest_is_not_offered(desk, office_window, workplace, someone):
    People(workplace).change(someone, {"mobile": "16300000363"})
    desk.refresh()
    choose(desk, office_window, 3)
    assert "只撤销其余部分" not in buttons(desk)
    outlook = History(workplace).outlook(3)
    assert (outlook.changes, outlook.later) == ((), 4)


def test_the_founding_of_the_register_is_not_taken_back(desk, office_window):
    choose(desk, office_window, 1)
    assert "撤销这一步" not in buttons(desk)


def test_the_header_walks_back_and_forth(desk, office_window, someone):
    words = [b.text() for b in desk.header.findChildren(Button)]
    assert f"撤销：修改人员：{someone.name}" in words
    next(b for b in desk.header.findChildren(Button) if b.text().startswith("撤销：")).click()
    settle(office_window)
    words = [b.text() for b in desk.header.findChildren(Button)]
    assert f"恢复：修改人员：{someone.name}" in words


def test_filters_and_search_narrow_the_list(desk, office_window):
    desk.take_back(3)
    settle(office_window)
    desk.toolbar.filters.choose("undone")
    assert desk.table.model.shown_ids() == [3]
    desk.toolbar.clear()
    desk.search("示例")
    assert desk.table.model.shown_ids() == [2]


def test_the_journal_goes_into_a_workbook(desk, office_window, tmp_path, monkeypatch):
    target = tmp_path / "日志.xlsx"
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName",
                        lambda *_: (str(target), ""))  # fmt: skip
    desk.export()
    settle(office_window)
    assert target.exists()


def test_everything_that_takes_the_focus_has_a_name_in_the_journal(desk, office_window):
    choose(desk, office_window, 2)
    assert nameless(desk) == []
    assert rich(desk) == []

"""人员: found by any word, one whole file, the newcomer's journey, leave and exceptions."""

from __future__ import annotations

from datetime import date

import pytest
from access import nameless, rich
from office import answering, band_of, desk_of, fill, press, settle, toast_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from ui.people.joiner_dialog import JoinerDialog
from ui.shared.detail_panel import PanelLine
from ui.shared.inputs import Tick
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.form import Form
from wxadmin.domain.person import Employee, ExtraPost, Secondment
from wxadmin.services.departures import Departures
from wxadmin.services.people import People

LINE = "00871\t陈佳禾\t女\t莆田一厂/生产部\t操作工\t合同工\t163 0001 0002\t2026-11-23"


@pytest.fixture
def desk(office_window):
    return desk_of(office_window, "people")


def words_of(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def someone(workplace, name=None, **wanted) -> Employee:
    found = workplace.store.find(Employee, **({"name": name} if name else {}), **wanted)
    return next(p for p in found if p.in_service(date(2026, 11, 20)) and p.leave_date is None)


def choose(desk, window, person):
    desk.open(person.id)
    settle(window)


def test_everybody_is_listed_with_counts_behind_the_filters(desk):
    assert desk.table.hits() == 314
    counts = {key: word.count for key, word in desk.toolbar.filters._words.items()}
    assert counts[""] == 314
    assert counts["serving"] == 308
    assert desk.status_text().startswith("314 人，在职 308")
    for key, count in counts.items():
        desk.toolbar.filters.choose(key)
        assert desk.table.hits() == count


@pytest.mark.parametrize("typed", ["卢秀岚", "luxiulan", "lxl", "00028", "2051", "仓储部 卢秀"])
def test_a_person_is_found_by_whatever_she_types(desk, typed):
    desk.search(typed)
    names = [desk.table.model.row(key).name for key in desk.table.model.shown_ids()]
    assert "卢秀岚" in names


def test_columns_sort_and_empty_values_come_last(desk):
    columns = [column.key for column in desk.table.model.columns]
    for key in columns:
        desk.table.model.sort(columns.index(key))
        assert desk.table.hits() == 314
    desk.table.model.sort(columns.index("leave_date"))
    ids = desk.table.model.shown_ids()
    assert desk.table.model.row(ids[0]).leave_date is not None
    assert desk.table.model.row(ids[-1]).leave_date is None


def test_the_panel_says_for_each_group_why(desk, office_window, workplace):
    choose(desk, office_window, workplace.store.find(Employee, name="卢秀岚")[0])
    said = words_of(desk.panel)
    assert "luxiulan" in said
    assert "单位为莆田一厂/仓储部" in said
    assert "应加未加" in said


def test_a_line_of_the_panel_leads_to_the_account(desk, office_window, workplace, qtbot):
    choose(desk, office_window, workplace.store.find(Employee, name="卢秀岚")[0])
    line = next(part for part in desk.panel.findChildren(PanelLine)
                if part.accessibleName().startswith("luxiulan"))  # fmt: skip
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(office_window)
    accounts = office_window.current()
    assert accounts.title == "账号"
    assert accounts.table.current_row().row.wecom_userid == "luxiulan"


def test_a_pasted_line_becomes_number_checklist_and_form_in_one_act(
    desk, office_window, workplace, qtbot
):
    before = len(workplace.journal.operations())

    def newcomer(dialog: JoinerDialog) -> None:
        QGuiApplication.clipboard().setText(LINE)
        dialog.paste.boxes["line"].input.paste()
        assert dialog.form.values()["name"] == "陈佳禾"
        said = words_of(dialog)
        assert "chenjiahe" in said
        assert "莆田一厂" in said
        assert dialog.buttons[-1].hasFocus() or dialog.focusWidget() is dialog.buttons[-1]
        qtbot.keyClick(dialog.buttons[-1], Qt.Key.Key_Return)

    with answering(newcomer):
        desk.new()
    made = workplace.store.find(Employee, emp_no="00871")[0]
    assert workplace.store.find(Checklist, employee_id=made.id)
    form = workplace.store.find(Form, employee_id=made.id)[0]
    assert form.number in toast_of(office_window)
    assert len(workplace.journal.operations()) == before + 1
    assert desk.table.current_id() == made.id
    office_window.messages._toast.take_back()
    assert not workplace.store.find(Employee, emp_no="00871")


def test_a_namesake_is_warned_of_and_what_is_missing_is_asked(desk, workplace):
    def newcomer(dialog: JoinerDialog) -> None:
        fill_form(dialog, name="卢秀岚")
        dialog.look()
        assert dialog.form.boxes["name"].verdict.kind == "doubtful"
        press(dialog, "登记并起草附件一")
        assert dialog.form.boxes["org_unit"].verdict.kind == "wrong"
        assert dialog.isVisible()

    before = workplace.store.count(Employee)
    with answering(newcomer):
        desk.new()
    assert workplace.store.count(Employee) == before


def test_who_looks_like_a_leaver_may_be_said_to_be_another_person(desk, workplace):
    left = someone(workplace, entry="历史导入")
    Departures(workplace).leave(left, date(2026, 11, 2))

    def newcomer(dialog: JoinerDialog) -> None:
        fill_form(dialog, name=left.name, mobile=left.mobile, org_unit="莆田一厂")
        dialog.look()
        assert "按重新入职办" in words_of(dialog)
        switch = next(t for t in dialog.findChildren(Tick) if "另一个人" in t.text())
        switch.click()
        dialog.look()
        assert "是另一个人" in words_of(dialog)
        press(dialog, "登记并起草附件一")

    before = workplace.store.count(Employee)
    with answering(newcomer):
        desk.new()
    assert workplace.store.count(Employee) == before + 1
    assert workplace.store.get(Employee, left.id).leave_date is not None


def fill_form(dialog: JoinerDialog, **values) -> None:
    for key, value in values.items():
        dialog.form.boxes[key].input.set_value(value)
        dialog.form.boxes[key].input.edited.emit()
        dialog.form.boxes[key].input.left.emit()


def test_a_number_that_is_taken_is_refused_in_the_dialog_and_nothing_typed_is_lost(desk, workplace):
    taken = workplace.store.find(Employee, hr_source_id=None) or [someone(workplace)]
    People(workplace).add({"name": "甘大同", "emp_no": "T1", "org_unit": "莆田一厂"})
    assert taken

    def newcomer(dialog: JoinerDialog) -> None:
        fill_form(dialog, name="甘小同", emp_no="T1", org_unit="莆田一厂")
        press(dialog, "只登记")
        assert "T1" in dialog.refused
        assert dialog.form.values()["name"] == "甘小同"

    with answering(newcomer):
        desk.new()
    assert not workplace.store.find(Employee, name="甘小同")


def test_one_field_is_corrected_where_it_stands(desk, office_window, workplace):
    person = someone(workplace, name="卢秀岚")
    choose(desk, office_window, person)

    def corrected(dialog) -> None:
        fill(dialog, mobile="16300099999")
        press(dialog, "保存更正")

    with answering(corrected):
        desk.table.edit_asked.emit(person.id, "mobile")
    assert workplace.store.get(Employee, person.id).mobile == "16300099999"
    assert toast_of(office_window) == "已更正 卢秀岚 的资料"


def test_a_masked_number_is_refused_under_its_field(desk, office_window, workplace):
    choose(desk, office_window, someone(workplace, name="卢秀岚"))

    def corrected(dialog) -> None:
        fill(dialog, mobile="163****9999")
        press(dialog, "保存更正")
        assert dialog.isVisible()

    with answering(corrected):
        desk.correct("mobile")
    assert band_of(office_window) == ""


def test_a_leave_by_hand_starts_the_offboarding_and_can_be_taken_back(
    desk, office_window, workplace
):
    person = someone(workplace, name="卢秀岚")
    choose(desk, office_window, person)

    def left(dialog) -> None:
        fill(dialog, on=date(2026, 11, 20), kind="辞职")
        press(dialog, "登记并开始离职办理")

    with answering(left):
        desk.leave()
    assert workplace.store.get(Employee, person.id).leave_date == date(2026, 11, 20)
    assert desk.file.line.standing == "离职办理中"
    with answering(lambda dialog: (fill(dialog, text="人事来电"), press(dialog, "撤销离职"))):
        desk.stay()
    assert workplace.store.get(Employee, person.id).leave_date is None
    assert not any(c.is_open for c in workplace.store.find(Checklist, employee_id=person.id))


def test_exceptions_are_granted_and_ended_from_the_panel(desk, office_window, workplace):
    person = someone(workplace, name="卢秀岚")
    choose(desk, office_window, person)
    group = next(g for g in desk.files.picture.groups.values() if "经理群组" in g.name)

    def granted(dialog) -> None:
        fill(dialog, group=group.id, granted_by="林总", until=date(2026, 12, 31))
        press(dialog, "登记特批")

    with answering(granted):
        desk.grant()
    assert "特批入群" in words_of(desk.panel)
    desk.end(desk.file.exceptions[0])
    assert not desk.file.exceptions[0].in_force


def test_loans_and_second_posts_are_recorded_with_their_period(desk, office_window, workplace):
    person = someone(workplace, name="卢秀岚")
    choose(desk, office_window, person)
    unit = next(u for u in workplace.units().units.values() if u.name == "莆田二厂")

    def lent(dialog) -> None:
        fill(dialog, unit=unit.id, until=date(2026, 12, 31))
        press(dialog, "登记借调")

    with answering(lent):
        desk.second()
    assert workplace.store.find(Secondment, employee_id=person.id)[0].org_unit_id == unit.id
    assert "莆田二厂" in words_of(desk.panel)
    with answering(lambda dialog: (fill(dialog, unit=unit.id), press(dialog, "登记兼任"))):
        desk.add_post()
    assert workplace.store.find(ExtraPost, employee_id=person.id)


def test_without_a_form_printing_offers_to_draft_one(desk, office_window, workplace):
    person = someone(workplace, name="卢秀岚")
    choose(desk, office_window, person)
    desk.print_form()
    assert band_of(office_window) == "卢秀岚还没有表单可打印。"
    desk.draft()
    assert [form.employee_id for form in workplace.store.find(Form, employee_id=person.id)]


def test_the_list_goes_into_a_workbook(desk, office_window, tmp_path, monkeypatch):
    target = tmp_path / "人员.xlsx"
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName",
                        lambda *_: (str(target), ""))  # fmt: skip
    desk.export()
    settle(office_window)
    assert target.exists()
    assert "314" in toast_of(office_window)


def test_everything_that_takes_the_focus_has_a_name(desk, office_window, workplace):
    choose(desk, office_window, someone(workplace, name="卢秀岚"))
    assert nameless(desk) == []
    assert rich(desk) == []
    dialog = JoinerDialog(desk)
    assert nameless(dialog) == []
    dialog.deleteLater()


def test_ctrl_z_takes_the_last_act_back(desk, office_window, workplace, qtbot):
    person = someone(workplace, name="卢秀岚")
    People(workplace).change(person, {"remark": "请假"})
    office_window.activateWindow()
    qtbot.waitUntil(office_window.isActiveWindow)
    qtbot.keyClick(office_window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert workplace.store.get(Employee, person.id).remark == person.remark
    assert toast_of(office_window).startswith("已撤销")


def test_an_identity_number_is_shown_masked_as_everywhere(desk, office_window, workplace):
    person = someone(workplace, name="卢秀岚")
    People(workplace).change(person, {"id_no": "11010519491231002X"})
    choose(desk, office_window, someone(workplace, name="卢秀岚"))
    said = [label.text() for label in office_window.findChildren(QLabel)]
    assert "110105********002X" in said
    assert not [text for text in said if "19491231" in text]

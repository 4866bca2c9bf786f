"""表单: agreed by phone, signed later, lost, repeated; lists over all forms; files taken in."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import answering, desk_of, fill, press
from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from ui.forms import boards, decisions, more_acts, moves
from ui.forms.new_form import ask_new_form
from ui.program import take_files
from wxadmin.domain.form import FormStep, SigningDelegate
from wxadmin.domain.incoming import Incoming
from wxadmin.domain.person import Employee
from wxadmin.services.form_decisions import decision_words
from wxadmin.services.form_facts import table_rows
from wxadmin.services.forms import Forms

OUT = "QWSQ-202611-002"


@pytest.fixture
def desk(office_window):
    found = desk_of(office_window, "forms")
    found.open(OUT)
    return found


def form(workplace, number: str = OUT):
    return Forms(workplace).called(number)


def agree_by_phone(desk) -> None:
    def say(dialog):
        fill(dialog, way="电话", by="何经理")
        press(dialog, "登记同意")

    with answering(say):
        decisions.agree(desk)


def test_a_word_on_the_phone_lets_the_form_go_on_and_stands_under_its_own_filter(desk, workplace):
    agree_by_phone(desk)
    assert form(workplace).state == "已批准"
    step = workplace.store.find(FormStep, form_id=form(workplace).id, move="approve")[-1]
    assert (step.way, step.by, step.is_owed) == ("电话", "何经理", True)
    desk.toolbar.filters.choose("owed")
    assert desk.table.model.shown_ids() == [OUT]
    assert "何经理待补签" in desk.side_sheet._said.text()
    with answering(lambda dialog: press(dialog, "登记补签")):
        decisions.confirm(desk)
    desk.open(OUT)
    said = [decision_words(one, one.move) for one in desk.view.steps if one.move == "approve"]
    assert "何经理（电话，11-" in said[0]
    with answering(lambda dialog: press(dialog, "知道了")) as seen:
        decisions.show_record(desk)
    assert seen.sentences == [f"签批记录：{OUT}　第1版"]
    assert form(workplace).signed_on == workplace.today


def test_what_completion_does_stands_above_the_paper(desk, workplace):
    Forms(workplace).receive_signed(OUT, received_from="阮思齐")
    desk.context.refresh()
    assert "办结会：开通账号" in desk.side_sheet._said.text()
    with answering(lambda dialog: press(dialog, "知道了")) as seen:
        decisions.show_effects(desk)
    assert seen.sentences == [f"办结会改动什么：{OUT}"]


def test_a_refused_form_is_repeated_from_its_button(desk, workplace):
    Forms(workplace).move(OUT, "reject", note="不同意")
    desk.context.refresh()
    desk.open(OUT)
    assert desk.side_sheet.first.text() == "复制重报"
    desk.do_first()
    assert desk.view.form.copied_from == OUT
    assert desk.view.form.state == "草稿"


def test_a_lost_sheet_is_printed_again_as_another_sheet(desk, workplace):
    def say(dialog):
        fill(dialog, note="途中遗失")
        press(dialog, "登记遗失")

    with answering(say):
        decisions.lose(desk)
    assert (form(workplace).sheet, form(workplace).paper_state()) == (2, "待打印")


def test_the_board_leads_to_a_form_and_copies_the_words_that_urge(desk):
    table = boards.waiting_table(desk)
    assert OUT in table.model.shown_ids()
    with answering(lambda dialog: press(dialog, "复制催办文字")):
        boards.show_waiting(desk)
    assert "请部门经理尽快签批" in QGuiApplication.clipboard().text()
    with answering(lambda dialog: press(dialog, "复制催办文字")):
        decisions.remind_out(desk)
    assert OUT in QGuiApplication.clipboard().text()


def test_a_delegate_is_put_on_record(desk, workplace):
    def say(dialog):
        fill(dialog, person="王副", basis="授权书")
        press(dialog, "登记授权")

    with answering(say):
        decisions.authorise(desk)
    (one,) = workplace.store.all(SigningDelegate)
    assert (one.role, one.person_name) == ("部门经理", "王副")
    with answering(lambda dialog: press(dialog, "终止授权")):
        decisions.end_authority(desk)
    assert workplace.store.all(SigningDelegate)[0].to_on == workplace.today


def test_many_people_stand_on_one_form(desk, workplace):
    people = [p.emp_no for p in workplace.store.all(Employee)[:3]]

    def say(dialog):
        fill(dialog, kind="account_request_batch")
        fill(dialog, people="\n".join(people))
        press(dialog, "起草")

    with answering(say):
        number = ask_new_form(desk)
    assert number is not None
    assert [r["emp_no"] for r in table_rows(form(workplace, number).value("people"))] == people
    desk.open(number)
    assert "没有一个人可以开通" in desk.side_sheet._said.text()


def test_a_file_without_a_code_is_entered_and_a_filled_blank_files_itself(
    desk, workplace, tmp_path: Path, monkeypatch
):
    blank = tmp_path / "申请表.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(blank), ""))
    with answering(lambda dialog: press(dialog, "存为 Excel")):
        more_acts.save_workbook(desk)
    assert blank.exists()
    note = tmp_path / "便条.docx"
    note.write_bytes(b"x")
    take_files(desk.window(), [note])
    (entry,) = workplace.store.all(Incoming)
    assert boards.came_table(desk).model.shown_ids() == [entry.number]
    book = load_workbook(blank)
    rows = {str(row[0].value).rstrip(" *"): row[1] for row in book.worksheets[0].iter_rows(4)}
    rows["姓名"].value, rows["手机号码"].value = "新来的", "13900000009"
    book.save(blank)
    take_files(desk.window(), [blank])
    assert (desk.view.form.value("holder_name"), desk.view.form.state) == ("新来的", "草稿")


def test_a_completion_that_changes_much_is_looked_at_first(desk, workplace, monkeypatch):
    Forms(workplace).receive_signed(OUT, received_from="阮思齐")
    desk.context.refresh()
    desk.open(OUT)
    monkeypatch.setattr(moves, "FEW", 0)
    with answering(lambda dialog: press(dialog, "先不办")):
        moves.complete(desk)
    assert form(workplace).state == "已邮件"
    with answering(lambda dialog: press(dialog, "办结")):
        moves.complete(desk)
    assert form(workplace).state == "已开通"


def test_nothing_dead_is_offered_where_nothing_came_in(desk):
    def look(dialog):
        said = [button.text() for button in dialog.buttons]
        assert said == ["关闭", "登记一份文件"]
        press(dialog, "关闭")

    with answering(look):
        boards.show_incoming(desk)


def test_a_filter_without_forms_does_not_leave_the_sheet_empty_afterwards(desk):
    desk.toolbar.filters.choose("owed")
    assert desk.view is None
    desk.toolbar.filters.choose("")
    assert desk.view is not None


def test_phones_in_a_list_are_shown_in_groups_and_kept_whole(workplace):
    from ui.forms.table_fields import ListShape, kept_list, shown_list
    from wxadmin.services.form_facts import table_text

    shape = ListShape(("emp_no", "name"), ("mobile",), "")
    kept = table_text([{"emp_no": "00001", "name": "张伟", "mobile": "13805956621"}])
    assert shown_list(shape, kept) == "00001　张伟　138 0595 6621"
    typed = "00001　张伟　138 0595 6622"
    assert table_rows(kept_list(shape, kept, typed))[0]["mobile"] == "13805956622"
    assert table_rows(kept_list(shape, kept, shown_list(shape, kept))) == table_rows(kept)

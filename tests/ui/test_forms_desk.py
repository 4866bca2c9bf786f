"""表单: the way of one form through the desk, batches, and what is typed into a draft."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from access import nameless, rich
from office import answering, band_of, desk_of, fill, press, settle, toast_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from ui.shared.buttons import Button
from ui.shared.record_form import RecordForm
from ui.shared.record_picker import RecordPicker
from wxadmin.domain.account import IN_USE, Account
from wxadmin.domain.person import Employee
from wxadmin.services.forms import Forms
from wxadmin.services.people import People

DRAFT, OUT = "QWSQ-202611-001", "QWSQ-202611-002"


@pytest.fixture
def desk(office_window):
    return desk_of(office_window, "forms")


@pytest.fixture
def saved(monkeypatch, tmp_path: Path) -> Path:
    """Where a PDF is saved when the desk asks."""
    path = tmp_path / "纸面.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    return path


def saving(dialog) -> None:
    """This machine has no printer: take the PDF that is offered."""
    press(dialog, "存为PDF")


def first(desk) -> str:
    button = desk.side_sheet.first
    return button.text() if button is not None else ""


def links(desk) -> list[str]:
    buttons = [b.text() for b in desk.side_sheet.findChildren(Button) if b.kind == "words"]
    return [text for text in buttons if text]


def link(desk, text: str) -> None:
    shown = [b for b in desk.side_sheet.findChildren(Button) if b.text() == text]
    shown[-1].click()


def form(workplace, number: str):
    return Forms(workplace).called(number)


def pages_of(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def test_forms_stand_under_where_their_paper_is_and_the_late_one_is_marked(desk):
    assert desk.table.model.shown_ids() == [DRAFT, OUT]
    assert desk.header.facts() == "待签回 1，最长 9 天"
    texts = [w.accessibleName() for w in desk.toolbar.filters._words.values()]
    assert texts == ["未完 2", "逾期 1", "未收回 1", "待补签 0", "全部 3"]
    desk.toolbar.filters.choose("late")
    assert desk.table.model.shown_ids() == [OUT]


def test_the_next_act_leads_a_form_from_paper_to_an_open_account(desk, workplace, saved):
    desk.open(DRAFT)
    assert first(desk) == "打印"
    with answering(saving):
        desk.do_first()
    settle(desk.window())
    assert pages_of(saved) == 1
    assert form(workplace, DRAFT).paper_state() == "待签回"
    assert first(desk) == "登记签回"
    with answering(lambda dialog: press(dialog, "登记签回")):
        desk.do_first()
    after = form(workplace, DRAFT)
    assert (after.state, after.received_on, after.paper_state()) == (
        "已邮件", workplace.today, "已签回",
    )  # fmt: skip
    assert first(desk) == "开通账号"
    desk.do_first()
    found = workplace.store.find(Account, holder_id=after.employee_id)
    assert [(a.state, a.in_directory) for a in found] == [(IN_USE, True)]
    link(desk, "复制告知邮件")
    assert "已开通" in QGuiApplication.clipboard().text()
    assert first(desk) == "登记已告知"
    desk.do_first()
    assert form(workplace, DRAFT).paper_state() == "已归档"


def test_opening_an_account_is_taken_back_by_its_toast(desk, workplace):
    Forms(workplace).receive_signed(OUT, received_from="阮思齐")
    desk.context.refresh()
    desk.open(OUT)
    desk.do_first()
    assert toast_of(desk.window()) == "已给阮思齐开通账号并加入通讯录"
    desk.window().messages._toast.take_back()
    assert form(workplace, OUT).state == "已邮件"
    assert not workplace.store.find(Account, holder_id=form(workplace, OUT).employee_id)


def test_a_head_who_says_no_must_give_a_reason_and_nothing_typed_is_lost(desk, workplace):
    desk.open(OUT)

    def refuse(dialog):
        fill(dialog, opinion="不同意", sender="何经理")
        press(dialog, "登记签回")
        assert dialog.refused == "驳回要写明理由，没有改动。"
        assert dialog.findChild(RecordForm).values()["sender"] == "何经理"
        fill(dialog, note="岗位还没有定")
        press(dialog, "登记签回")

    with answering(refuse):
        desk.do_first()
    assert (form(workplace, OUT).state, form(workplace, OUT).note) == ("驳回", "岗位还没有定")


def test_a_form_sent_back_keeps_its_number_and_brings_its_mail(desk, workplace):
    from ui.forms import moves

    desk.open(OUT)

    def reason(dialog):
        fill(dialog, note="工号写成了别人的")
        press(dialog, "退回补正")

    with answering(reason, lambda dialog: press(dialog, "复制邮件文字")):
        moves.send_back(desk)
    assert form(workplace, OUT).state == "退回修改"
    assert "工号写成了别人的" in QGuiApplication.clipboard().text()
    desk.open(OUT)
    assert "复制退回邮件" in links(desk)


def test_the_words_that_urge_are_copied(desk):
    desk.open(OUT)
    link(desk, "复制催办文字")
    assert OUT in QGuiApplication.clipboard().text()
    assert toast_of(desk.window()).startswith("已复制催办文字")


def test_ticked_forms_are_printed_as_one_batch_and_one_operation(desk, workplace, saved):
    before = len(workplace.journal.operations(100))
    desk.table.tick([DRAFT, OUT])
    assert desk.batch.text() == "打印 2 张"
    assert "勾选 2 张" in desk.status_text()
    with answering(saving):
        desk.printing.print_these()
    settle(desk.window())
    assert pages_of(saved) == 2
    assert form(workplace, DRAFT).printed_on == workplace.today
    assert len(workplace.journal.operations(100)) == before + 1


def test_a_blank_form_is_printed_without_a_number(desk, workplace, saved):
    with answering(lambda dialog: press(dialog, "打印"), saving):
        desk.printing.print_blank()
    settle(desk.window())
    assert pages_of(saved) == 1
    assert form(workplace, DRAFT).printed_on is None


def somebody(workplace) -> Employee:
    line = next(p for p in People(workplace).lines() if p.standing == "在职" and not p.account)
    found = workplace.store.get(Employee, line.id)
    assert found is not None
    return found


def test_a_new_form_is_drafted_for_who_was_found_and_then_filled_in(desk, workplace):
    who = somebody(workplace)

    def choose(dialog):
        press(dialog, "起草")
        assert dialog.isVisible()  # nobody is chosen yet
        dialog.findChild(RecordPicker).search(who.emp_no)
        press(dialog, "起草")

    def type_in(dialog):
        part = dialog.findChildren(RecordForm)[0]
        part.set_values({"purposes": "收发通知", "mobile": "1380595"})
        press(dialog, "存好")
        assert part.boxes["mobile"].verdict.kind == "wrong"
        press(dialog, "没填完，先存着")

    with answering(choose, type_in):
        desk.new()
    drafted = desk.view.form
    assert drafted.employee_id == who.id
    assert (drafted.value("purposes"), drafted.value("mobile")) == ("收发通知", "1380595")
    assert first(desk).startswith("补填")
    assert "mobile" in desk.view.problems


def test_escape_keeps_what_was_typed_into_a_draft(desk, workplace):
    desk.open(DRAFT)

    def type_and_leave(dialog):
        dialog.findChildren(RecordForm)[0].set_values({"purposes": "只写了一半"})
        dialog.reject()

    with answering(type_and_leave):
        desk.edit()
    assert form(workplace, DRAFT).value("purposes") == "只写了一半"


def test_a_form_on_its_way_is_not_edited_any_more(desk):
    desk.open(OUT)
    desk.edit()
    assert band_of(desk.window()).startswith(f"{OUT}已是“已提交”")


def test_a_withdrawn_form_stands_under_its_own_heading(desk, workplace):
    from ui.forms import moves

    desk.open(DRAFT)
    with answering(lambda dialog: press(dialog, "撤回")):
        moves.withdraw(desk)
    assert DRAFT not in desk.table.model.shown_ids()
    desk.open(DRAFT)
    assert DRAFT in desk.table.model.shown_ids()
    assert first(desk) == "复制重报"


def test_the_paper_can_be_looked_at_large(desk):
    desk.open(DRAFT)
    with answering(lambda dialog: press(dialog, "关闭")) as seen:
        desk.side_sheet.preview.print_preview_asked.emit()
    assert seen.sentences == ["柯子衿的申请表"]


def test_enter_in_the_list_does_the_next_act(desk, qtbot):
    desk.open(OUT)
    with answering(lambda dialog: dialog.reject()) as seen:
        qtbot.keyClick(desk.table.view, Qt.Key.Key_Return)
    assert seen.sentences == [f"登记签回：阮思齐 {OUT}"]


def test_every_part_of_the_desk_has_a_name_and_shows_text_literally(desk):
    for number in (DRAFT, OUT):
        desk.open(number)
        assert nameless(desk) == []
        assert rich(desk) == []


def test_the_dialogs_have_names_for_all_their_fields(desk):
    found = []

    def look(dialog):
        found.extend(nameless(dialog))
        dialog.reject()

    desk.open(DRAFT)
    with answering(look, look):
        desk.edit()
        desk.new()
    assert found == []

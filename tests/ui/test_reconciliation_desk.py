"""三方核对: one line a person, the act that settles it, batches with brake, marks, files out."""

from __future__ import annotations

import pytest
import three_lists
from access import nameless, rich
from office import answering, band_of, desk_of, fill, press, settle, toast_of
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from ui.reconciliation.columns import first_act
from ui.reconciliation.console_errors import ErrorsDialog
from ui.reconciliation.lines import HANDED, SAME
from ui.shared.buttons import Button
from wxadmin.domain import reconciliation_finding as kinds
from wxadmin.domain.account import Account
from wxadmin.domain.form import Form
from wxadmin.domain.reconciliation_words import OPEN_ACCOUNT
from wxadmin.domain.wecom import HANDS_OFF, HR_IS_WRONG, LINKED, NOT_NOW, Mark, WecomMember
from wxadmin.services.frame import Frame


@pytest.fixture
def desk(office_window, workplace, tmp_path):
    three_lists.export_with(workplace, tmp_path, three_lists.some_damage)
    return desk_of(office_window, "reconciliation")


def settled(desk):
    settle(desk.window())


def keys_of(desk, kind):
    return [row.id for row in desk.rows.values() if row.group == kind and not row.beneath]


def texts_of(desk, key):
    model = desk.table.model
    line = model.line_of(key)
    return {c.key: model.text(line, n) for n, c in enumerate(model.columns)}


def row_called(desk, name):
    return next(row for row in desk.rows.values() if row.name == name)


# -- what is shown ------------------------------------------------------------------------------


def test_only_what_differs_is_shown_one_line_a_person(desk):
    shown = [row for row in desk.rows.values() if not row.beneath]
    assert len(shown) == len({row.name + row.note for row in shown})
    assert len(shown) == len(desk.seen.view.lines)
    assert "不一致 27" in desk.header.facts()


def test_the_rail_says_how_many_people_differ_before_the_desk_is_opened(desk, workplace):
    rail = desk.window().rail._items["reconciliation"]
    assert rail.count == len(desk.seen.view.lines)
    assert Frame(workplace).due("today") == {"reconciliation": rail.count}
    desk.acts.mark_chosen("不动")
    settled(desk)
    assert rail.count == len(desk.seen.view.lines) == 26


def test_a_changed_phone_stands_on_its_ground_between_the_three_sides(desk):
    key = keys_of(desk, kinds.TO_CHANGE)[0]
    texts = texts_of(desk, key)
    assert texts["difference"] == "手机号码"
    assert texts["wecom"] == "139 0000 0000"
    assert texts["hr"] == texts["register"] != texts["wecom"]
    assert texts["act"] == "以人事为准"
    column = next(c for c in desk.table.model.columns if c.key == "wecom")
    assert column.of(desk.rows[key]).ground == "amber"


def test_each_list_tells_its_day_and_its_age(desk):
    titles = [column.title for column in desk.table.model.columns]
    assert "人事　10-06（45 天前）" in titles
    assert "企业微信　11-20（今天）" in titles
    assert "台账　现在" in titles


def test_further_differences_of_a_person_fold_out_without_the_name(desk):
    row = next(row for row in desk.rows.values() if row.further)
    before = desk.table.hits()
    desk.turn(row.id)
    beneath = [other for other in desk.rows.values() if other.beneath]
    assert len(beneath) == row.further
    assert {other.name for other in beneath} == {""}
    assert desk.table.hits() == before + row.further
    desk.turn(row.id)
    assert desk.table.hits() == before


def test_a_counter_shows_only_its_kind_and_again_shows_all(desk):
    everything = desk.table.hits()
    desk.counters._counters[kinds.TO_OPEN].click()
    assert {row.group for row in desk.rows.values()} == {kinds.TO_OPEN}
    desk.counters._counters[kinds.TO_OPEN].click()
    assert desk.table.hits() == everything


def test_search_finds_a_line_by_pinyin_and_by_the_value_that_differs(desk):
    row = row_called(desk, "卢江月")
    desk.search("lujiangyue")
    assert desk.table.model.shown_ids() == [row.id]
    desk.search("13900000001")
    assert [desk.rows[key].name for key in desk.table.model.shown_ids()] == ["李国樑"]


def test_who_agrees_everywhere_is_shown_by_one_filter(desk):
    desk.toolbar.filters.choose(SAME)
    assert desk.table.hits() > 200
    assert first_act(next(iter(desk.rows.values()))) == "open_person"


def test_without_an_export_the_desk_says_so(office_window):
    desk = desk_of(office_window, "reconciliation")
    assert "通讯录还没有导入" in desk.ages.text()
    assert "企业微信　还没有导入" in [column.title for column in desk.table.model.columns]


def test_everything_has_a_name_for_the_screen_reader(desk):
    assert nameless(desk) == []
    assert rich(desk) == []


# -- one line -----------------------------------------------------------------------------------


def test_enter_settles_a_line_and_undo_brings_it_back(desk, workplace, qtbot):
    key = keys_of(desk, kinds.TO_CHANGE)[0]
    desk.table.select(key)
    qtbot.keyClick(desk.table.view, Qt.Key.Key_Return)
    settled(desk)
    assert key not in desk.rows
    assert "以人事为准" in toast_of(desk.window())
    assert workplace.store.find(Mark, mark=NOT_NOW)
    desk.window().messages._toast.take_back()
    settled(desk)
    assert key in desk.rows


def test_what_was_given_to_the_console_waits_in_its_own_filter(desk):
    key = keys_of(desk, kinds.TO_CHANGE)[0]
    desk.act_on(key)
    settled(desk)
    desk.toolbar.filters.choose(HANDED)
    assert [row.name for row in desk.rows.values()] == ["卢江月"]
    desk.act_on(next(iter(desk.rows)))
    settled(desk)
    desk.toolbar.filters.choose("open")
    assert key in desk.rows


def test_the_winner_may_be_another_by_the_menu(desk, workplace):
    row = row_called(desk, "杨少华")
    entries = dict(desk.acts.entries(row))
    entries["以企业微信为准"]()
    settled(desk)
    assert row.id not in desk.rows
    account = workplace.store.find(Account, holder_id=row.person_id)[0]
    assert account.directory_title == "副主任"
    desk.toolbar.filters.choose(HR_IS_WRONG)
    assert [one.name for one in desk.rows.values()] == ["杨少华"]


def test_somebody_without_account_gets_his_form_drafted(desk, workplace):
    key = next(
        k for k in keys_of(desk, kinds.TO_OPEN) if desk.rows[k].item.acts == ("open_account",)
    )
    before = workplace.store.count(Form)
    desk.act_on(key)
    settled(desk)
    assert workplace.store.count(Form) == before + 1
    assert desk.window().current().objectName() == "forms"


def test_an_order_is_issued_from_the_line(desk):
    key = next(k for k in keys_of(desk, kinds.TO_REMOVE))
    desk.act_on(key)
    settled(desk)
    assert "开通知单" in toast_of(desk.window())


def test_after_an_order_or_a_form_the_line_leads_to_it(desk, workplace):
    key = keys_of(desk, kinds.TO_REMOVE)[0]
    desk.act_on(key)
    settled(desk)
    row = desk.rows[key]
    assert texts_of(desk, key)["act"] == "看通知单"
    desk.act_on(key)
    settled(desk)
    groups = desk.window().current()
    assert groups.objectName() == "groups"
    assert groups.table.current_id() == row.item.finding.group_id
    key = next(k for k in keys_of(desk, kinds.TO_OPEN) if first_act(desk.rows[k]) == OPEN_ACCOUNT)
    desk.act_on(key)
    settled(desk)
    desk.window().go("reconciliation")
    settled(desk)
    before = workplace.store.count(Form)
    assert texts_of(desk, key)["act"] == "看附件一"
    desk.act_on(key)
    settled(desk)
    assert workplace.store.count(Form) == before
    assert desk.window().current().objectName() == "forms"


# -- marks --------------------------------------------------------------------------------------


def test_a_mark_sets_a_line_aside_and_can_be_taken_away(desk, workplace):
    row = row_called(desk, "李国樑")
    desk.table.select(row.id)
    desk.acts.mark_chosen(HANDS_OFF)
    settled(desk)
    assert row.id not in desk.rows
    desk.toolbar.filters.choose(HANDS_OFF)
    assert texts_of(desk, next(iter(desk.rows)))["act"] == "取消标记"
    desk.act_on(next(iter(desk.rows)))
    settled(desk)
    assert not workplace.store.find(Mark, mark=HANDS_OFF)


def test_a_wrong_value_of_hr_is_kept_until_hr_mends_it(desk):
    row = row_called(desk, "李国樑")
    with answering(lambda d: (fill(d, value="13812345678"), press(d, "记下"))):
        desk.acts.hr_is_wrong(row)
    settled(desk)
    desk.toolbar.filters.choose(HR_IS_WRONG)
    texts = texts_of(desk, next(iter(desk.rows)))
    assert texts["register"].startswith("138 1234 5678")
    assert texts["difference"] == "手机号码"


# -- who is it ----------------------------------------------------------------------------------


def test_a_disputed_member_is_decided_in_place_with_candidates(office_window, workplace, tmp_path):
    def damage(lines):
        lines[0]["帐号"], lines[0]["手机"] = "somebody9", "13933334444"

    three_lists.export_with(workplace, tmp_path, damage)
    desk = desk_of(office_window, "reconciliation")
    key = keys_of(desk, kinds.TO_DECIDE)[0]
    assert texts_of(desk, key)["act"] == "是哪一位"
    desk.act_on(key)
    buttons = [b for b in desk.table.view.findChildren(Button) if b.text() == "是他"]
    assert buttons[0].accessibleName().startswith("是他：卢江月")
    assert buttons[0].hasFocus()
    buttons[0].click()
    settled(desk)
    assert key not in desk.rows
    member = workplace.store.find(WecomMember, userid="somebody9")[0]
    assert member.match_state == LINKED


def test_a_question_at_the_foot_is_scrolled_into_view(office_window, workplace, tmp_path):
    def damage(lines):
        for number in range(60):
            lines[number]["职务"] = "副主任"
        lines[70]["帐号"], lines[70]["手机"] = "somebody9", "13933334444"

    three_lists.export_with(workplace, tmp_path, damage)
    desk = desk_of(office_window, "reconciliation")
    view = desk.table.view
    view.verticalScrollBar().setValue(0)
    desk.act_on(keys_of(desk, kinds.TO_DECIDE)[0])
    settled(desk)
    for text in ("是他", "都不是", "以后再说"):
        button = next(b for b in view.findChildren(Button) if b.text() == text)
        assert not button.visibleRegion().isEmpty()


def test_a_member_may_be_named_by_a_number(desk, workplace):
    row = row_called(desk, "柯大伟")
    desk.ask(row)
    from ui.shared.inputs import LineInput

    field = next(f for f in desk.table.view.findChildren(LineInput))
    field.setText("00000")
    field.returnPressed.emit()
    assert "00000" in band_of(desk.window())
    assert workplace.store.find(WecomMember, userid="kedawei")[0].employee_id is None


# -- many at once -------------------------------------------------------------------------------


def test_a_batch_is_simulated_before_it_is_written(desk, workplace):
    ticked = keys_of(desk, kinds.TO_CHANGE)[:4]
    desk.table.tick(ticked)
    before = len(workplace.journal.operations(1000))
    with answering(lambda d: press(d, "先不处理")) as seen:
        desk.batches.settle_ticked()
        settled(desk)
    assert seen.sentences == ["处理以前，请看会改什么。"]
    assert len(workplace.journal.operations(1000)) == before
    with answering(lambda d: press(d, "处理 4 处")):
        desk.batches.settle_ticked()
        settled(desk)
    settled(desk)
    assert len(workplace.journal.operations(1000)) == before + 1
    assert not set(ticked) & set(desk.rows)


def test_too_many_at_once_stop_at_the_brake(desk, workplace, monkeypatch):
    monkeypatch.setattr(type(workplace), "number", _few_only(type(workplace).number))
    desk.table.tick(keys_of(desk, kinds.TO_CHANGE))
    desk.batches.settle_ticked()
    settled(desk)
    band = desk._brake.itemAt(0).widget()
    assert "已暂停" in band.accessibleName()
    more = next(b for b in band.findChildren(Button) if b.text().startswith("确实要改"))
    with answering(
        lambda d: (fill(d, people="3"), press(d, "继续"), fill(d, people="10"), press(d, "继续")),
        lambda d: press(d, "处理 10 处"),
    ):
        more.click()
    settled(desk)
    assert not keys_of(desk, kinds.TO_CHANGE)
    assert desk._brake.count() == 0


def _few_only(real):
    def number(self, key, scope=None):
        return 3 if key == "brake_count" else real(self, key, scope) if scope else real(self, key)

    return number


def test_a_batch_without_ticks_cannot_be_started(desk):
    assert not desk.foot.settle.isEnabled()
    assert desk.foot.settle.text() == "先勾要处理的行"


# -- files and papers ---------------------------------------------------------------------------


def test_the_report_is_written_to_a_workbook(desk, tmp_path, monkeypatch):
    path = tmp_path / "报告.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    desk.out.save_report()
    settled(desk)
    sheet = load_workbook(path).active
    assert sheet.max_row == len(desk.seen.view.items) + 1


def test_the_consoles_template_is_filled_after_a_look_at_who_is_in_it(desk, tmp_path, monkeypatch):
    from openpyxl import Workbook

    template, out = tmp_path / "模板.xlsx", tmp_path / "填好.xlsx"
    book = Workbook()
    book.active.title = "成员列表"
    book.active.append(["姓名", "帐号", "职务", "部门", "手机", "个人邮箱"])
    book.save(template)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(template)], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    count = len(desk.seen.filling.rows)
    with answering(lambda d: press(d, "选模板…")) as seen:
        desk.out.fill_template()
    settled(desk)
    assert seen.sentences[0].startswith("填导入表：新增")
    assert f"已填 {count:,} 人" in toast_of(desk.window())
    assert load_workbook(out).active.max_row == count + 1


def test_pasted_refusals_are_explained_line_by_line(desk):
    dialog = ErrorsDialog(desk.context)
    dialog.text.set_value("卢江月 60104 手机号码已存在\n莫名其妙的一行")
    dialog.explain()
    assert dialog.table.hits() == 1
    row = dialog.explained.lines[0]
    assert row.name == "卢江月" and row.next_step
    assert dialog.said.text() == "看懂 1 行；没看懂的：第 2 行"
    dialog.deleteLater()


def test_the_desk_opens_at_a_person_or_a_kind(desk):
    person = row_called(desk, "杨少华").person_id
    desk.open(person)
    assert desk.current().name == "杨少华"
    desk.open(kinds.TO_OPEN)
    assert {row.group for row in desk.rows.values()} == {kinds.TO_OPEN}

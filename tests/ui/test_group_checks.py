"""群核查 in the window: the round of all groups by keys alone, odd ones, lists, reports."""

from __future__ import annotations

from datetime import timedelta

import pytest
from access import nameless, rich
from office import answering, band_of, desk_of, fill, press, settle, toast_of
from openpyxl import load_workbook
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from ui.groups.check_dialogs import FindingsDialog, LogDialog
from ui.groups.checks_page import ChecksPage, act_of
from ui.groups.list_page import ListPage
from ui.groups.presence_dialog import PresenceDialog
from wxadmin.domain.group import BACKEND, CheckRound, Group, GroupCheck
from wxadmin.domain.group_checks import COUNTING, DONE, MENDING, SKIPPED, WAITING
from wxadmin.services.check_rounds import CheckRounds
from wxadmin.services.group_checks import GroupChecks
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.groups import Groups, NewGroup


class Counting(QObject):
    """Counts what she does: every key pressed and every click, as they reach the program."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = self.clicks = 0

    def __enter__(self) -> Counting:
        QApplication.instance().installEventFilter(self)
        return self

    def __exit__(self, *_) -> None:
        QApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched, event) -> bool:
        # a key not taken climbs to the parents; only where it first arrives does it count
        if event.type() == QEvent.Type.KeyPress and watched is QApplication.focusWidget():
            self.keys += 1
        if event.type() == QEvent.Type.MouseButtonPress and watched.isWidgetType():
            self.clicks += 1
        return False


@pytest.fixture
def desk(office_window, qtbot):
    made = desk_of(office_window, "groups", "14")
    office_window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is not None)
    return made


@pytest.fixture
def page(desk) -> ChecksPage:
    desk.checking.begin()
    settle(desk.window())
    shown = desk._pages.currentWidget()
    assert isinstance(shown, ChecksPage)
    return shown


def page_of(desk) -> ChecksPage:
    shown = desk._pages.currentWidget()
    assert isinstance(shown, ChecksPage)
    return shown


def type_number(page, number) -> None:
    """Type a number and Enter where the focus is."""
    where = QApplication.focusWidget()
    assert where is page.number
    QTest.keyClicks(where, str(number))
    QTest.keyClick(where, Qt.Key.Key_Return)


def line_called(page, name):
    return next(one for one in page.view.lines if one.check.group_name == name)


# -- the round ----------------------------------------------------------------------------------


def test_a_round_begins_with_what_is_odd_seen_beforehand(page, workplace):
    assert page.view.round.title == "2026年第4季度群核查"
    assert len(page.view.lines) == len(workplace.store.all(GroupCheck)) >= 20
    assert any("外部人员" in one for line in page.view.lines for one in line.anomalies)
    assert page._who.text() == page.view.lines[0].check.group_name
    assert "应在" in page._should.text()
    assert "名单9天前" in page._should.text()


def test_a_number_that_fits_ends_a_normal_group_and_goes_on(page, workplace):
    first, second = page.view.lines[0], page.view.lines[1]
    type_number(page, first.check.expected)
    assert workplace.store.get(GroupCheck, first.check.id).state == DONE
    assert page.at == second.check.id
    assert page.number.hasFocus()
    assert page.number.text() == ""
    assert "一致" in page._told.text()


def test_a_number_that_is_off_waits_for_its_list_and_holds_nobody_up(page, workplace):
    first = page.view.lines[0]
    type_number(page, first.check.expected + 2)
    assert workplace.store.get(GroupCheck, first.check.id).state == COUNTING
    assert "多2人" in page._told.text()
    assert act_of(page.line(first.check.id)) == "贴名单"
    assert page.at == page.view.lines[1].check.id


def test_what_is_no_number_is_said_in_place(page):
    page.number.setText("八十")
    page.count()
    assert page._told.text() == "请填群里显示的人数，例如 87。"
    assert page.view.lines[0].check.state == WAITING


def test_a_number_may_be_corrected(page, workplace):
    first = page.view.lines[0]
    type_number(page, first.check.expected)
    page.act_on(first.check.id)
    assert page.number.text() == str(first.check.expected)
    page.number.setText(str(first.check.expected + 1))
    page.count()
    assert workplace.store.get(GroupCheck, first.check.id).actual == first.check.expected + 1


def test_a_round_is_gone_on_with_tomorrow(desk, page):
    for line in page.view.lines[:3]:
        page.number.setText(str(line.check.expected))
        page.count()
    fourth = page.view.lines[3].check.id
    desk.close_page()
    desk.window().go("today")
    desk.window().go("groups")
    settle(desk.window())
    desk.checking.begin()
    again = page_of(desk)
    assert len(CheckRounds(desk.context.services).all()) == 1
    assert again.at == fourth
    assert "查过 3 /" in again._sum.text()


def test_the_last_number_is_taken_back_with_ctrl_z(desk, page, workplace):
    first = page.view.lines[0]
    type_number(page, first.check.expected)
    desk.window().links.undo()
    desk.context.refresh()
    settle(desk.window())
    assert workplace.store.get(GroupCheck, first.check.id).state == WAITING
    assert page.line(first.check.id).check.state == WAITING


def test_an_odd_group_is_settled_by_a_choice_and_a_note(page, workplace):
    odd = next(one for one in page.view.lines if one.is_odd)
    page.choose(odd.check.id)
    page.number.setText(str(odd.check.expected))
    page.count()
    assert act_of(page.line(odd.check.id)) == "定结论"
    with answering(lambda d: (fill(d, choice="known", note="经理已知"), press(d, "定下"))):
        page.act_on(odd.check.id)
    settle(page.window())
    kept = workplace.store.get(GroupCheck, odd.check.id)
    assert kept.state == DONE
    assert "经理已知" in kept.note


def test_the_list_on_the_way_comes_back_with_the_four_lists(desk, page, workplace):
    line = line_called(page, "莆田一厂")
    page.choose(line.check.id)
    page.number.setText(str(line.check.expected + 1))
    page.count()
    with answering(lambda d: press(d, "贴名单")):
        page.act_on(line.check.id)
    listing = desk._pages.currentWidget()
    assert isinstance(listing, ListPage)
    people = desk.roll.picture.people(sorted(desk.roll.picture.member_ids(line.check.group_id)))
    listing.text.set_value("\n".join(person.emp_no for person in people))
    listing.recognise()
    seen = []
    with answering(lambda d: (seen.append(d), press(d, "关闭"))):
        listing.take()
        settle(desk.window())
    assert isinstance(seen[0], FindingsDialog)
    assert workplace.store.get(GroupCheck, line.check.id).state == MENDING
    assert "应加未加" in seen[0].windowTitle()
    assert isinstance(desk._pages.currentWidget(), ChecksPage)


def test_lines_of_the_four_lists_get_a_result(desk, page, workplace):
    line = line_called(page, "莆田一厂")
    checks = GroupChecks(workplace)
    made = CheckRounds(workplace).with_list(line, desk.roll.picture, desk.roll.duties)

    def mend(dialog):
        dialog.table.tick([dialog.table.model.shown_ids()[0]])
        dialog._result.set_value("已加入")
        press(dialog, "登记处理结果")

    with answering(mend):
        desk.checking.acts.look(made.view)
    after = checks.view(made.check.id)
    assert len(after.open_lines) == len(made.view.open_lines) - 1


def test_a_round_is_closed_only_when_what_is_left_was_let_go(desk, page, workplace):
    with answering(lambda d: (press(d, "结束核查"), fill(d, rest=True), press(d, "结束核查"))):
        page.close_round()
    settle(desk.window())
    states = {check.state for check in workplace.store.all(GroupCheck)}
    assert states == {SKIPPED}
    assert workplace.store.all(CheckRound)[0].closed_on is not None
    assert not page._close.isVisible()


def test_the_report_of_a_round_goes_into_a_workbook(desk, page, tmp_path, monkeypatch):
    path = tmp_path / "报告.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    desk.checking.acts.papers.save_report(str(page.view.round.id), tasks=False)
    settle(desk.window())
    assert load_workbook(path).active.max_row == len(page.view.lines) + 1


def test_the_page_has_names_for_the_screen_reader(page):
    assert nameless(page) == []
    assert rich(page) == []


# -- journey 3 ----------------------------------------------------------------------------------


@pytest.fixture
def forty(workplace):
    """As many groups as the journey speaks of: twenty more, each with its list."""
    groups = Groups(workplace)
    source = workplace.store.find(Group, group_no="14")[0]
    members = groups.picture().member_ids(source.id)
    backend = workplace.store.find(Group, side=BACKEND)[0]
    for number in range(20):
        made, _ = groups.register(NewGroup(f"项目{number + 1}组", backend=backend))
        picture = groups.picture()
        GroupMembers(workplace).capture(made, members, picture)
    return 40


def test_the_quarterly_check_of_forty_groups_by_keys_alone(forty, desk, page, workplace):
    """Normal groups: 0 clicks, at most 4 keys; the odd ones later, each by choice and note."""
    assert len(page.view.lines) == forty
    normal = [line for line in page.view.lines if not line.is_odd]
    half = len(page.view.lines) // 2
    with Counting() as done:
        for number, line in enumerate(page.view.lines):
            before = done.keys
            type_number(page, line.check.expected)
            assert done.keys - before <= 4, line.check.group_name
            if number == half:  # interrupted, and gone on with
                desk.close_page()
                desk.checking.begin()
                page = page_of(desk)
        assert done.clicks == 0
    kept = {check.id: check for check in workplace.store.all(GroupCheck)}
    assert {kept[line.check.id].state for line in normal} <= {DONE, MENDING}
    odd = [line for line in page.view.lines if line.check.state == COUNTING]
    for line in odd:
        with answering(lambda d: (fill(d, choice="mend", note="下周处理"), press(d, "定下"))):
            page.act_on(line.check.id)
        settle(desk.window())
    with answering(lambda d: press(d, "结束核查")):
        page.close_round()
    settle(desk.window())
    closed = CheckRounds(workplace).all()[0]
    assert closed.closed_on is not None
    assert not page.view.undecided and not page.view.left


# -- one group ----------------------------------------------------------------------------------


def test_one_group_is_checked_by_its_number(desk, workplace):
    with answering(lambda d: (fill(d, actual="999"), press(d, "记下"))):
        desk.checking.acts.check_one()
    settle(desk.window())
    assert "请取名单看是谁" in toast_of(desk.window())
    assert isinstance(desk._pages.currentWidget(), ListPage)
    assert band_of(desk.window()) == ""


def test_the_log_of_a_group_shows_its_checks_and_prints_one(desk, workplace, tmp_path, monkeypatch):
    acts = desk.checking.acts
    with answering(lambda d: press(d, "关闭")):
        acts.check_list()
    path = tmp_path / "核查明细.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    seen = []
    with answering(lambda d: (seen.append(d), press(d, "存为表格"))):
        acts.log()
    settle(desk.window())
    assert isinstance(seen[0], LogDialog)
    sheet = load_workbook(path).active
    (check,) = workplace.store.all(GroupCheck)
    assert sheet.cell(2, 1).value == f"HC-{check.id:05d}"
    path = tmp_path / "核查明细.pdf"
    with answering(lambda d: press(d, "看这一次"), lambda d: press(d, "存为PDF")):
        acts.log()
    settle(desk.window())
    assert path.stat().st_size > 1000


def test_who_signed_a_check_is_put_down_from_its_log(desk, workplace):
    with answering(lambda d: press(d, "关闭")):
        desk.checking.acts.check_list()
    with answering(
        lambda d: press(d, "登记签字"), lambda d: (fill(d, signed="林国栋"), press(d, "登记签字"))
    ):
        desk.checking.acts.log()
    assert workplace.store.all(GroupCheck)[0].signed_by == "林国栋"


def test_every_check_of_a_round_goes_out_on_a_page_of_its_own(desk, page, tmp_path, monkeypatch):
    path = tmp_path / "逐群.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    desk.checking.acts.papers.sheets(page.view, "pdf")
    assert "没有可印的" in band_of(desk.window())
    for line in page.view.lines[:2]:
        page.number.setText(str(line.check.expected))
        page.count()
    desk.checking.acts.papers.sheets(page.view, "pdf")
    settle(desk.window())
    assert path.stat().st_size > 1000


def test_the_list_asked_for_settles_the_check_and_shows_what_is_wrong(desk, workplace):
    with answering(lambda d: (fill(d, actual="999"), press(d, "记下"))):
        desk.checking.acts.check_one()
    settle(desk.window())
    listing = desk._pages.currentWidget()
    people = desk.roll.picture.people(desk.roll.picture.member_ids(desk.panel.line.group.id))
    listing.text.set_value("\n".join(person.emp_no for person in people))
    listing.recognise()
    with answering(lambda d: press(d, "关闭")) as seen:
        listing.take()
        settle(desk.window())
    assert "应加未加" in seen.sentences[0]
    (check,) = workplace.store.all(GroupCheck)
    assert (check.state, check.actual) == (MENDING, 999)


def test_a_list_of_a_dissolved_group_opens_it_again_after_a_question(desk, workplace):
    group = desk.roll.lines[desk.table.current_id()].group
    Groups(workplace).dissolve(group, proof="群主说的", reason="不用了")
    desk.refresh()
    desk.table.model.fold("已解散", False)
    desk.table.select(group.id)
    desk.take_list()
    listing = desk._pages.currentWidget()
    listing.text.set_value("00001")
    listing.recognise()
    with answering(lambda d: press(d, "再看看")):
        listing.take()
    assert workplace.store.get(Group, group.id).state == "已解散"
    with answering(lambda d: press(d, "登记并重开")):
        listing.take()
    settle(desk.window())
    assert workplace.store.get(Group, group.id).state == "解散未落实"
    desk.context.messages._toast.take_back()
    assert workplace.store.get(Group, group.id).state == "已解散"


def test_a_period_shows_who_could_read_a_group(desk, workplace):
    dialog = PresenceDialog(desk, desk.roll, desk.roll.lines[desk.table.current_id()].group)
    assert dialog.table.hits() > 0
    assert dialog.honest.text()
    today = workplace.today
    dialog.from_on.set_value(today)
    dialog.to_on.set_value(today - timedelta(days=3))
    dialog.look()
    assert "晚于" in dialog.honest.text()
    assert dialog.table.hits() == 0
    dialog.deleteLater()


# -- ends of groups, numbers --------------------------------------------------------------------


def test_the_round_that_is_due_begins_from_its_reminder_after_a_question(desk, workplace):
    with answering(lambda d: press(d, "以后再说")):
        desk.open("round:new")
    assert workplace.store.count(CheckRound) == 0
    with answering(lambda d: press(d, "开始核查")) as seen:
        desk.open("round:new")
    assert seen.sentences == ["开始2026年第4季度群核查？"]
    assert isinstance(desk._pages.currentWidget(), ChecksPage)


def test_a_reminder_of_the_round_leads_back_into_it(desk, page):
    desk.close_page()
    desk.open(f"round:{page.view.round.id}")
    assert isinstance(desk._pages.currentWidget(), ChecksPage)


def test_a_group_goes_up_in_another_on_somebodys_word(desk, workplace):
    group = desk.roll.lines[desk.table.current_id()].group
    into = workplace.store.find(Group, group_no="15")[0]
    with answering(lambda d: (fill(d, into=into.id, basis="林国栋 11-20 说的"), press(d, "并群"))):
        desk.endings.merge()
    settle(desk.window())
    after = workplace.store.get(Group, group.id)
    assert after.state == "已并入"
    assert "林国栋" in after.dissolve_proof


def test_a_dissolved_group_seen_again_is_open(desk, workplace):
    group = desk.roll.lines[desk.table.current_id()].group
    Groups(workplace).dissolve(group, proof="群主说的", reason="不用了")
    desk.refresh()
    desk.table.model.fold("已解散", False)
    desk.table.select(group.id)
    with answering(lambda d: (fill(d, names="00001"), press(d, "记为解散未落实"))):
        desk.endings.seen_again()
    settle(desk.window())
    assert workplace.store.get(Group, group.id).state == "解散未落实"


def test_the_keepers_sign_in_is_put_down(desk, workplace):
    desk.show_numbers(1)
    page = desk._pages.currentWidget()
    with answering(lambda d: press(d, "记下")):
        page._of_current(page.confirm_login)
    assert "登录过" in toast_of(desk.window())

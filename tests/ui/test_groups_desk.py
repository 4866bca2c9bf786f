"""群组: the roster, the panel with its reasons, orders from opening to ticking back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from access import nameless, rich
from office import answering, desk_of, fill, press, settle, toast_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.groups import desk as desk_module
from ui.groups import order_acts
from ui.groups.menus import group_acts
from ui.groups.menus import order_acts as acts_on_orders
from ui.groups.panel_foot import PanelFoot
from ui.groups.person_search import PersonSearch, caption_of
from ui.groups.reading import EXTRA, MISSING, SAME, read_roll, rows_of
from ui.shared.buttons import Button
from wxadmin.domain.change import Change
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.group import Group, GroupRole, Order
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.orders import DONE, Orders


@pytest.fixture
def desk(office_window):
    made = desk_of(office_window, "groups", "14")
    assert made.panel.line is not None
    return made


def names_under(desk, section):
    return [row.name for row in desk.panel._rows.values() if row.section == section]


def foot_acts(desk):
    foot = desk.panel.findChild(PanelFoot)
    QApplication.processEvents()
    return [b.text() for b in foot.findChildren(Button) if b.text() and b.isVisibleTo(foot)]


def press_foot(desk, text):
    press(desk.panel.findChild(PanelFoot), text)


def line_of(desk, key):
    return next(x for x in desk.roll.lines.values() if x.group.group_no == key)


# -- the roster ---------------------------------------------------------------------------------


def test_every_group_stands_in_the_roster_by_side(desk):
    assert desk.table.hits() == 42
    assert desk.header.facts().startswith("42 个　手机端 20")
    words = desk.toolbar.filters._words
    assert (words["mobile"].count, words["backend"].count, words["unknown"].count) == (20, 22, 1)


def test_filters_leave_only_what_is_amiss(desk):
    desk.toolbar.filters.choose("differs")
    shown = [desk.roll.lines[i] for i in desk.table.model.shown_ids()]
    assert shown
    assert all(line.missing or line.extra for line in shown)
    assert len(shown) == desk.toolbar.filters._words["differs"].count


def test_a_group_is_found_by_reading_owner_and_member(desk):
    assert desk.table.find("putianyichang")
    owner = line_of(desk, "14").owner.name
    desk.table.find(owner)
    assert line_of(desk, "14").group.id in desk.table.model.shown_ids()
    member = names_under(desk, SAME)[0]
    desk.table.find(member)
    assert line_of(desk, "14").group.id in desk.table.model.shown_ids()


def test_a_dissolved_group_is_only_looked_at(desk, workplace):
    group = line_of(desk, "20").group
    Groups(workplace).dissolve(group, reason="并入他群", proof="群主说的")
    desk.refresh()
    desk.open(group.id)
    desk.table.model.fold("已解散", False)
    desk.table.select(group.id)
    assert desk.panel.line.group.id == group.id
    assert foot_acts(desk) == []
    offered = [text for text, _ in group_acts(desk)]
    assert offered == [
        "修改群组…",
        "又看到群里有人…",
        "取名单（群里还有人，或补登旧名单）…",
        "群职务历史",
        "在群人员（时段）…",
    ]


# -- the panel ----------------------------------------------------------------------------------


def test_the_reason_of_the_chosen_person_stands_in_full_beneath_the_list(desk):
    desk.open("15")
    settle(desk.window())
    panel = desk.panel
    row = next(row for row in panel._rows.values() if row.reason)
    panel.table.select(row.key)
    assert panel.whole.isVisible()
    assert row.name in panel.whole.text() and row.reason in panel.whole.text()


def test_the_panel_counts_and_gives_a_reason_for_everybody(desk):
    counters = desk.panel.counters._counters
    line = desk.panel.line
    assert counters["expected"].number == line.expected
    assert counters["actual"].number == line.actual
    assert counters["missing"].number == len(names_under(desk, MISSING))
    assert counters["extra"].number == len(names_under(desk, EXTRA))
    rows = [row for row in desk.panel._rows.values() if row.section in (MISSING, EXTRA, SAME)]
    assert all(row.reason for row in rows)
    assert any("待入通讯录" in row.reason for row in rows)


def test_a_counter_shows_only_its_people(desk):
    desk.panel.counters._counters["extra"].click()
    keys = desk.panel.table.model.shown_ids()
    assert keys
    assert {desk.panel.row(key).section for key in keys} == {EXTRA}
    desk.panel.counters._counters["extra"].click()
    assert len(desk.panel.table.model.shown_ids()) == len(desk.panel._rows)


def test_a_group_nobody_looked_into_shows_no_counts_it_cannot_know(desk):
    desk.open("k")
    assert desk.panel.counters._counters["actual"].shown == "—"
    assert "还没有取过成员名单" in desk.panel._age.accessibleName()


def test_why_answers_in_one_sentence_for_anybody(desk, qtbot):
    row = next(row for row in desk.panel._rows.values() if row.section == MISSING)
    number, name = desk.roll.picture.called(row.employee_id)
    desk.panel.why.setText(number)  # a list that pops up needs a real screen
    qtbot.keyClick(desk.panel.why, Qt.Key.Key_Return)
    assert "应在“莆田一厂”" in desk.panel.why.sentence.text()
    assert desk.panel.why.sentence.text().startswith(name)
    desk.panel.why.setText("没有这个人的")
    desk.panel.why._asked()
    assert "没有这个人" in desk.panel.why.sentence.text()


def test_enter_on_a_person_says_why(desk, qtbot):
    key = next(key for key, row in desk.panel._rows.items() if row.section == MISSING)
    desk.panel.table.select(key)
    qtbot.keyClick(desk.panel.table.view, Qt.Key.Key_Return)
    assert desk.panel.row(key).name in desk.panel.why.sentence.text()


# -- orders -------------------------------------------------------------------------------------


def test_an_order_goes_to_the_owner_with_the_ticked_people_only(desk, workplace):
    left_out = next(key for key, row in desk.panel._rows.items() if row.section == MISSING)
    desk.panel.table.tick([left_out], on=False)
    count = len(desk.panel.ticked_rows())
    owner = desk.panel.line.owner.name
    press_foot(desk, f"开通知单给{owner}")
    (order,) = workplace.store.find(Order, group_id=desk.panel.line.group.id)
    view = Orders(workplace).find(order.number)
    assert len(view.lines) == count
    assert desk.panel.row(left_out).employee_id not in {x.employee_id for x in view.lines}
    desk.context.messages._toast.take_back()
    assert workplace.store.find(Order, group_id=desk.panel.line.group.id) == []


def test_ticking_back_records_who_joined_and_who_left(desk, workplace, office_window):
    group = desk.panel.line.group
    ready = {row.employee_id for row in desk.panel._rows.values()
             if row.section == MISSING and row.line.ready}  # fmt: skip
    gone = {row.employee_id for row in desk.panel._rows.values() if row.section == EXTRA}
    desk.orders.issue()
    press_foot(desk, f"办完登记 {len(desk.panel.ticked_rows())} 人")
    members = Picture(workplace).member_ids(group.id)
    assert ready <= members
    assert not gone & members
    assert "还不能加" in toast_of(office_window)
    (order,) = workplace.store.find(Order, group_id=group.id)
    assert order.state != DONE


def test_the_text_for_a_chat_names_everybody_before_the_order_has_a_number(desk):
    desk.orders.copy_text()
    text = QGuiApplication.clipboard().text()
    assert "莆田一厂" in text
    assert all(row.name in text for row in desk.panel.ticked_rows())


def test_all_orders_are_opened_as_one_act(desk, workplace):
    waiting = len(desk.roll.waiting)
    assert [enabled for _, _, enabled in acts_on_orders(desk)] == [True, False, False, False]
    desk.orders.issue_all()
    assert len(workplace.store.all(Order)) == waiting == len(desk.orders.all_open())


def test_when_somebody_else_must_be_moved_the_order_is_opened_anew(desk, workplace):
    desk.orders.issue()
    group = desk.panel.line.group
    someone = next(row for row in desk.panel._rows.values() if row.section == SAME)
    GroupMembers(workplace).leave(group, [someone.employee_id], Picture(workplace))
    desk.refresh()
    press_foot(desk, "人员有变，重开通知单")
    states = [order.state for order in workplace.store.find(Order, group_id=group.id)]
    assert sorted(states) == ["已替代", "待办"]


def test_an_order_is_saved_as_pdf_and_workbook(desk, office_window, tmp_path, monkeypatch):
    desk.orders.issue()
    pdf, workbook = tmp_path / "单.pdf", tmp_path / "单.xlsx"
    monkeypatch.setattr(desk.context.messages, "ask_where", lambda *_: pdf)
    monkeypatch.setattr(order_acts, "ask_where", lambda *_: workbook)
    desk.orders.save_pdf()
    desk.orders.save_workbook()
    settle(office_window)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert workbook.stat().st_size > 1000


def test_the_console_group_nobody_owns_is_put_right_by_herself(desk, workplace):
    desk.open("q")
    assert foot_acts(desk)[-1] == f"开通知单给{desk.panel.line.owner.name}"
    owner = desk.roll.duties.role(desk.panel.line.group.id)
    with workplace.act("准备") as operation:
        operation.write([Change(owner, replace(owner, to_on=workplace.today))])
    desk.refresh()
    desk.open("q")
    rows = desk.panel.ticked_rows()
    assert rows
    press_foot(desk, f"登记已办 {len(rows)} 人")
    assert desk.panel.line.extra == 0


# -- owners, strangers, in and out ----------------------------------------------------------------


def test_a_group_is_handed_over_and_the_transfer_is_checked(desk, workplace):
    group = desk.panel.line.group
    successor = next(row for row in desk.panel._rows.values()
                     if row.section == SAME and row.name != desk.panel.line.owner.name)  # fmt: skip
    number = desk.roll.picture.called(successor.employee_id)[0]
    with answering(lambda d: (fill(d, person=number, basis="交接单"), press(d, "群主转让"))):
        desk.owners.set_owner()
    assert desk.panel.line.owner.name == successor.name
    lists = workplace.store.find(Checklist, template="owner_transfer", group_id=group.id)
    assert len(lists) == 1


def test_an_outsider_may_own_a_group(desk, workplace):
    with answering(
        lambda d: (
            fill(d, kind="外部人员", outsider="周顾问", basis="公司指定"),
            press(d, "群主转让"),
        )
    ):
        desk.owners.set_owner()
    assert desk.panel.line.owner.text == "周顾问"


def test_an_owner_must_be_named(desk, workplace):
    before = workplace.store.count(GroupRole)
    with answering(lambda d: (fill(d, person="", basis="交接单"), press(d, "群主转让"))):
        desk.owners.set_owner()
    assert workplace.store.count(GroupRole) == before


def test_a_stranger_is_recognised_or_let_in(desk, workplace):
    desk.open("07")
    (stranger,) = [row for row in desk.panel._rows.values() if row.section == "outsiders"]
    number = desk.roll.picture.called(min(desk.panel.line.difference.expected))[0]
    with answering(lambda d: (fill(d, person=number), press(d, "就是他"))):
        desk.members.identify(stranger)
    assert desk.panel.line.difference.outsiders == ()


def test_a_group_may_be_opened_to_outsiders_from_the_stranger(desk):
    desk.open("07")
    stranger = next(row for row in desk.panel._rows.values() if row.section == "outsiders")
    with answering(lambda d: press(d, "本群允许外部人员")):
        desk.members.identify(stranger)
    assert desk.panel.line.group.allow_external


def test_a_stranger_is_marked_as_of_another_company_once(desk, workplace):
    desk.open("07")
    stranger = next(row for row in desk.panel._rows.values() if row.section == "outsiders")
    with answering(
        lambda d: press(d, "是外部人员"),
        lambda d: (fill(d, org="顺达物流", brought_by="林国栋"), press(d, "标为外部人员")),
    ):
        desk.members.identify(stranger)
    row = next(row for row in desk.panel._rows.values() if row.section == "outsiders")
    assert (row.dept, row.reason, row.note) == ("顺达物流", "外部人员", "林国栋拉入")
    assert row.line is not None  # the group's class wants no outsiders: he is on the order


def test_people_are_recorded_in_and_out_by_name(desk, workplace):
    row = next(row for row in desk.panel._rows.values() if row.section == SAME)
    number = desk.roll.picture.called(row.employee_id)[0]
    with answering(lambda d: (fill(d, people=number), press(d, "登记退群"))):
        desk.members.move("退群")
    assert row.employee_id not in Picture(workplace).member_ids(desk.panel.line.group.id)
    with answering(lambda d: (fill(d, people=f"办公室-{number}"), press(d, "登记入群"))):
        desk.members.move("入群")
    assert row.employee_id in Picture(workplace).member_ids(desk.panel.line.group.id)


# -- the entry ------------------------------------------------------------------------------------


def test_a_new_group_follows_its_back_end_group_and_is_shown(desk, workplace):
    backend = line_of(desk, "p").group

    def answer(dialog):
        fill(dialog, name="莆田一厂包装", backend=backend.id)
        press(dialog, "登记新群")

    with answering(answer):
        desk.dialogs.register()
    assert desk.panel.line.group.name == "莆田一厂包装"
    assert desk.panel.line.expected == line_of(desk, "p").expected
    desk.members.declare_new()
    assert desk.panel.line.actual == 0


def test_a_renamed_group_keeps_its_old_name_as_alias(desk):
    with answering(lambda d: (fill(d, name="莆田一厂大群"), press(d, "保存修改"))):
        desk.dialogs.edit()
    assert desk.panel.line.group.aliases[-1] == "莆田一厂"
    desk.context.messages._toast.take_back()
    assert desk.panel.line.group.name == "莆田一厂"


def test_a_group_is_dissolved_and_brought_back(desk, workplace):
    group = desk.panel.line.group
    with answering(lambda d: (fill(d, reason="工作结束", proof="群主说已解散"), press(d, "解散"))):
        desk.dialogs.dissolve()
    assert workplace.store.get(Group, group.id).state == "已解散"
    desk.context.messages._toast.take_back()
    assert workplace.store.get(Group, group.id).state == "使用中"


# -- the whole ------------------------------------------------------------------------------------


def test_everything_that_takes_the_focus_has_a_name_and_shows_text_literally(desk):
    assert nameless(desk) == []
    assert rich(desk) == []


def test_an_order_number_leads_to_its_group(desk):
    desk.open("03")
    desk.orders.issue()
    number = desk.orders.open_order().order.number
    desk.open("14")
    desk.open(number)
    assert desk.panel.line.group.group_no == "03"


def test_a_large_register_is_read_beside_the_window(office_window, workplace, monkeypatch):
    monkeypatch.setattr(desk_module, "MANY", 10)
    made = desk_of(office_window, "groups", "14")
    assert made.panel.line.group.group_no == "14"


def test_the_unit_is_left_out_of_a_department_of_the_groups_own_unit(workplace):
    roll = read_roll(workplace)
    line = next(x for x in roll.lines.values() if x.group.group_no == "14")
    assert not any(row.dept.startswith("莆田一厂/") for row in rows_of(roll, line))


def test_a_group_without_owner_is_stuck(desk, workplace):
    number, owner = desk.panel.line.admin_number, desk.roll.duties.role(desk.panel.line.group.id)
    with workplace.act("准备") as operation:
        operation.write(
            [
                Change(number, replace(number, group_id=None, state="空闲")),
                *([Change(owner, replace(owner, to_on=workplace.today))] if owner else []),
            ]
        )
    desk.refresh()
    assert desk.toolbar.filters._words["ownerless"].count == 1
    assert foot_acts(desk)[-1] == "开通知单（无群主）"


def test_people_are_offered_by_name_reading_and_number(workplace):
    picture = Picture(workplace)
    search = PersonSearch(workplace, picture)
    known = next(picture.person(i) for i, facts in picture.facts.items() if facts.in_service)
    assert known.id in {person.id for person in search.find(known.emp_no)}
    assert search.read(caption_of(known)) == known.id
    assert search.check("没有这个人的", {}).kind == "wrong"
    assert search.check("张伟", {}).sentence.startswith("有")

"""群组's pages: a rule with its preview, a list pasted in, numbers, 特批、借调、兼任."""

from __future__ import annotations

import pytest
from access import nameless
from office import answering, desk_of, fill, press, settle, toast_of
from PySide6.QtCore import Qt

from ui.groups.exceptions_page import ExceptionsPage
from ui.groups.list_page import KNOWN, ListPage
from ui.groups.numbers_page import NumbersPage
from ui.groups.panel import GroupPanel
from ui.groups.pick_list import picking
from ui.groups.reading import OUTSIDERS, SAME
from ui.groups.rule_editor import RuleEditor
from ui.groups.rule_words import Draft, Line, Values
from wxadmin.domain.account import Custody
from wxadmin.domain.group import ExternalPerson, Group, MemberException
from wxadmin.domain.membership_rule import EVERYONE, NOBODY, Condition, Rule, rule_from_text
from wxadmin.domain.person import ExtraPost, Secondment
from wxadmin.services.membership_picture import Picture


@pytest.fixture
def desk(office_window):
    return desk_of(office_window, "groups", "14")


def page_of(desk, kind):
    page = desk._pages.currentWidget()
    assert isinstance(page, kind)
    return page


def backend(workplace):
    return workplace.store.find(Group, group_no="p")[0]


def someone(desk):
    row = [row for row in desk.panel._rows.values() if row.section == SAME][-1]
    return row.employee_id, desk.roll.picture.called(row.employee_id)[0]


# -- the rule -------------------------------------------------------------------------------------


def test_a_rule_is_shown_with_who_joins_and_leaves_before_it_is_saved(
    desk, office_window, workplace
):
    desk.edit_rule()
    page = page_of(desk, RuleEditor)
    assert not page._save.isEnabled()
    page.rows._do(lambda: page.rows.draft.change(0, 0, values=("莆田二厂",)))
    page.work_out()
    settle(office_window)
    rows = [page.table.model.row(key) for key in page.table.model.shown_ids()]
    assert {joins for _, joins, _ in rows} == {True, False}
    assert rule_from_text(backend(workplace).rule).any_of[0][0].values == ("莆田一厂",)
    press(page, "保存规则")
    assert rule_from_text(backend(workplace).rule).any_of[0][0].values == ("莆田二厂",)
    assert isinstance(desk._pages.currentWidget(), GroupPanel)
    desk.context.messages._toast.take_back()
    assert rule_from_text(backend(workplace).rule).any_of[0][0].values == ("莆田一厂",)


def test_a_condition_without_values_cannot_be_saved(desk, office_window):
    desk.edit_rule()
    page = page_of(desk, RuleEditor)
    page.rows._do(page.rows.draft.add_block)
    page.work_out()
    settle(office_window)
    assert page._save.text() == "还差 1 个条件没有取值"
    assert not page._save.isEnabled()


def test_the_editor_says_whose_rule_a_mobile_group_follows(desk):
    desk.edit_rule()
    assert "跟着后台群组" in page_of(desk, RuleEditor)._about.text()


def test_every_box_of_the_editor_has_a_name(desk):
    desk.edit_rule()
    assert nameless(page_of(desk, RuleEditor)) == []


@pytest.mark.parametrize(
    "rule",
    [
        NOBODY,
        EVERYONE,
        Rule(((Condition("unit", ("莆田一厂",), include_below=False),),)),
        Rule(
            (
                (Condition("unit", ("莆田一厂",)), Condition("rank_from", ("经理",))),
                (Condition("rank_from", ("主任",), exclude=True),),
                (Condition("region", ("福建东部", "福建中部"), exclude=True),),
            )
        ),
    ],
)
def test_a_rule_goes_through_the_editor_unchanged(rule):
    assert Draft.of(rule).rule() == rule


def test_a_field_that_changes_drops_values_that_mean_nothing_there():
    draft = Draft([[Line("rank", "不低于", ("经理",))]])
    draft.change(0, 0, field="unit")
    assert draft.blocks[0][0] == Line("unit", "是")
    assert draft.unfinished() == 1


def test_a_block_whose_last_line_goes_goes_with_it():
    draft = Draft([[Line("unit", values=("莆田一厂",))]])
    draft.remove(0, 0)
    assert draft.rule() == NOBODY


def test_values_are_chosen_from_what_there_is(desk, workplace, qtbot):
    values = Values(workplace, Picture(workplace))
    assert "支持部门" in dict(values.of("unit"))
    assert {"经理", "副经理"} <= set(dict(values.of("position")))
    dialog, table = picking(desk, "单位是哪些", values.of("unit"), ["莆田一厂", "旧单位"])
    qtbot.addWidget(dialog)
    assert table.ticked_ids() == ["旧单位", "莆田一厂"]
    assert nameless(dialog) == []


# -- a list ---------------------------------------------------------------------------------------


def test_names_pasted_in_become_the_members_and_doubts_are_asked(desk, workplace):
    person_id, number = someone(desk)
    desk.take_list()
    page = page_of(desk, ListPage)
    page.text.set_value(f"{number}\n张伟\n老周-送货")
    page.recognise()
    assert page._take.text() == "还差 2 行没认出"
    namesake = page._rows["张伟"].named.candidates[0]
    with answering(
        lambda d: (fill(d, namesake=namesake.id), press(d, "就是他")),
        lambda d: press(d, "是外部人员"),
        lambda d: (fill(d, org="顺达物流", brought_by="林国栋"), press(d, "标为外部人员")),
    ):
        page.ask_about("张伟")
        page.ask_about("老周-送货")
    assert {row.section for row in page._rows.values()} == {KNOWN}
    with answering(lambda d: press(d, "就是全部名单")) as asked:
        press(page, "登记名单 3 人")
    assert "会记为退群，超过20%" in asked.sentences[0]
    picture = Picture(workplace)
    group = desk.panel.line.group
    assert picture.member_ids(group.id) == {person_id, namesake.id}
    assert [m.external_name for m in desk.panel.line.difference.outsiders] == ["老周-送货"]
    assert isinstance(desk._pages.currentWidget(), GroupPanel)
    (noted,) = workplace.store.all(ExternalPerson)
    assert (noted.name, noted.org, noted.brought_by) == ("老周-送货", "顺达物流", "林国栋")
    (row,) = [row for row in desk.panel._rows.values() if row.section == OUTSIDERS]
    assert (row.dept, row.note, row.line is not None) == ("顺达物流", "林国栋拉入", True)


def test_an_outsider_without_a_company_is_asked_again(desk):
    desk.take_list()
    page = page_of(desk, ListPage)
    page.text.set_value("老周")
    page.recognise()
    with answering(lambda d: press(d, "是外部人员"), lambda d: press(d, "标为外部人员")):
        page.ask_about("老周")
    assert page._rows["老周"].section != KNOWN


def test_a_list_of_last_week_keeps_nicknames_and_leaves_the_newer_one_alone(desk, workplace):
    _, number = someone(desk)
    group = desk.panel.line.group
    before = Picture(workplace).member_ids(group.id)
    desk.take_list()
    page = page_of(desk, ListPage)
    page.text.set_value(f"{number}\n一厂-李四喜")
    page.recognise()
    page.day.set_value("2026-11-03")
    with answering(
        lambda d: press(d, "是外部人员"),
        lambda d: (fill(d, org="顺达物流"), press(d, "标为外部人员")),
        lambda d: press(d, "补登旧名单"),
    ) as seen:
        page.ask_about("一厂-李四喜")
        page.take()
    assert seen.sentences[-1].endswith("的名单")
    assert Picture(workplace).member_ids(group.id) == before
    assert workplace.store.get(Group, group.id).members_on == group.members_on


def test_a_list_of_tomorrow_is_refused(desk):
    _, number = someone(desk)
    desk.take_list()
    page = page_of(desk, ListPage)
    page.text.set_value(number)
    page.recognise()
    page.day.set_value("2027-01-01")
    page.take()
    assert page is desk._pages.currentWidget()
    assert "名单日期不对" in page._counted.text()


def test_esc_leads_back_to_the_group(desk, qtbot):
    desk.take_list()
    qtbot.keyClick(page_of(desk, ListPage), Qt.Key.Key_Escape)
    assert isinstance(desk._pages.currentWidget(), GroupPanel)


# -- numbers --------------------------------------------------------------------------------------


def test_a_number_is_handed_over_with_its_basis(desk, workplace):
    person_id, number = someone(desk)
    desk.show_numbers(14)
    page = page_of(desk, NumbersPage)
    key = page.table.current_id()
    with answering(lambda d: (fill(d, person=number, basis="交接单"), press(d, "交接"))):
        page.hand_over(key)
    running = workplace.store.find(Custody, admin_number_id=key, to_on=None)
    assert [(c.employee_id, c.basis) for c in running] == [(person_id, "交接单")]
    assert page.table.model.row(key)[2].employee_id == person_id
    with answering(lambda d: press(d, "知道了")) as seen:
        page.history(key)
    assert seen.sentences == ["14号群管理号的保管人"]


def test_a_numbers_sim_and_phone_are_corrected(desk):
    desk.show_numbers(1)
    page = page_of(desk, NumbersPage)
    key = page.table.current_id()
    with answering(
        lambda d: (fill(d, sim_registered_to="公司", device="备用机"), press(d, "保存修改"))
    ):
        page.edit(key)
    assert page.table.model.row(key)[0].sim_registered_to == "公司"


def test_a_full_pool_says_so(desk, office_window):
    from office import band_of

    desk.show_numbers()
    page = page_of(desk, NumbersPage)
    with answering(lambda d: (fill(d, mobile="16400009999"), press(d, "登记新号"))):
        page.add()
    assert "最多20个" in band_of(office_window)


# -- exceptions -----------------------------------------------------------------------------------


def test_a_special_word_needs_who_said_it_and_lets_somebody_out(desk, workplace):
    person_id, number = someone(desk)
    group = desk.panel.line.group
    desk.show_exceptions()
    page = page_of(desk, ExceptionsPage)
    before = workplace.store.count(MemberException)
    with answering(lambda d: (fill(d, person=number, allowed=False), press(d, "登记特批"))):
        page.grant()
    assert workplace.store.count(MemberException) == before
    with answering(
        lambda d: (
            fill(d, person=number, allowed=False, by="何总监", until="2026-12-31"),
            press(d, "登记特批"),
        )
    ):
        page.grant()
    made = workplace.store.find(MemberException, employee_id=person_id)[-1]
    assert (made.group_id, made.allowed, made.granted_by) == (group.id, False, "何总监")
    assert person_id in desk.panel.line.difference.extra


def test_loans_and_second_posts_are_registered_and_ended(desk, workplace, office_window):
    person_id, number = someone(desk)
    desk.show_exceptions()
    page = page_of(desk, ExceptionsPage)
    unit = workplace.units().called("莆田二厂")[0]
    with answering(
        lambda d: (fill(d, person=number, unit=unit.id, until="2026-12-31"), press(d, "登记借调")),
        lambda d: (fill(d, person=number, position="工会主席"), press(d, "登记兼任")),
    ):
        page.second()
        page.add_post()
    (loan,) = workplace.store.find(Secondment, employee_id=person_id)
    assert workplace.store.find(ExtraPost, employee_id=person_id)
    page.end(("借调", loan.id))
    assert workplace.store.get(Secondment, loan.id).until < workplace.today
    assert "已结束" in toast_of(office_window)


def test_pages_name_everything_that_takes_the_focus(desk):
    for show in (desk.show_numbers, desk.show_exceptions, desk.take_list):
        show()
        assert nameless(desk._pages.currentWidget()) == []


def test_a_reminder_of_a_number_leads_to_its_line(desk):
    desk.open("number:7")
    page = page_of(desk, NumbersPage)
    assert page.table.current_row()[0].seq == 7


def test_a_solitaire_is_read_and_an_outsider_is_never_asked_about_again(desk, workplace):
    _, number = someone(desk)
    desk.take_list()
    page = page_of(desk, ListPage)
    page.text.set_value(f"#接龙\n1. {number}\n2. 老周-送货")
    page.recognise()
    with answering(
        lambda d: press(d, "是外部人员"),
        lambda d: (fill(d, org="顺达物流"), press(d, "标为外部人员")),
    ):
        page.ask_about("老周-送货")
    with answering(lambda d: press(d, "就是全部名单")) as asked:
        press(page, "登记名单 2 人")
    assert "会记为退群，超过20%" in asked.sentences[0]
    desk.take_list()
    again = page_of(desk, ListPage)
    again.text.set_value(f"{number}\n老周-送货")
    again.recognise()
    assert again._rows["老周-送货"].section == KNOWN
    assert again._take.isEnabled()

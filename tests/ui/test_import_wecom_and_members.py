"""导入 for WeCom's address book and a group's members: preview in their own words, then on."""

from __future__ import annotations

from datetime import date

import pytest
import three_lists
from office import band_of, desk_of, settle
from openpyxl import Workbook

from ui.shared.buttons import Button
from ui.shared.inputs import LineInput
from wxadmin.domain.group import ExternalPerson, Group
from wxadmin.domain.wecom import WecomMember
from wxadmin.services.groups import Groups


@pytest.fixture
def export(workplace, tmp_path):
    lines = three_lists.good_lines(workplace)
    lines[20]["帐号"], lines[20]["手机"] = "another1", "13955556666"
    return three_lists.write_export(tmp_path / "通讯录导出.xlsx", lines)


def text_of(desk, row):
    table = desk.preview.table.model
    return {c.key: table.text(table.line_of(row), n) for n, c in enumerate(table.columns)}


def test_an_export_goes_straight_to_its_preview_in_its_own_words(office_window, export):
    desk = desk_of(office_window, "imports", [export])
    assert desk.pages.currentWidget() is desk.preview
    words = [counter.text() for counter in desk.preview.counters._counters.values()]
    assert words[:3] == ["新成员", "变更", "不在了"]
    first = next(row for row in desk.preview._rows.values() if row.group == "new")
    assert first.word == "新成员"
    assert "按" in text_of(desk, first.id)["what"]


def test_an_open_question_holds_an_export_up_until_it_is_answered(office_window, export, workplace):
    desk = desk_of(office_window, "imports", [export])
    assert any(row.group == "ask" for row in desk.preview._rows.values())
    assert not desk.preview.confirm.isEnabled()
    said = [b.text() for b in desk.preview.table.view.findChildren(Button)]
    assert {"是他", "都不是", "以后再说"} <= set(said)
    later = next(b for b in desk.preview.table.view.findChildren(Button)
                 if b.text() == "以后再说")  # fmt: skip
    later.click()
    settle(office_window)
    assert desk.preview.confirm.isEnabled()
    desk.confirm()
    settle(office_window)
    assert desk.pages.currentWidget() is desk.done
    assert workplace.store.count(WecomMember) > 200
    links = [b.text() for b in desk.done.findChildren(Button)]
    assert "去三方核对看对不上的 ›" in links
    assert "导出处理结果" not in links


def test_a_file_keeps_the_day_of_its_list(office_window, workplace, tmp_path):
    group = workplace.store.find(Group, group_no="14")[0]
    book = Workbook()
    book.active.append(["姓名", "工号"])
    book.active.append(list(Groups(workplace).picture().called(1))[::-1])
    path = tmp_path / "群成员.xlsx"
    book.save(path)
    day = date(2026, 11, 3)
    desk = desk_of(office_window, "imports", {"group": "14", "paths": [path], "on": day})
    made = [row.what.text for row in desk.preview._rows.values() if row.group == "organisation"]
    assert made == ["2026-11-03 的名单，已有2026-11-11 的名单：只补那时谁在群，现在的成员不变。"]
    desk.confirm()
    settle(office_window)
    assert workplace.store.get(Group, group.id).members_on == group.members_on


def test_the_members_of_a_group_are_asked_about_and_taken(office_window, workplace, tmp_path):
    group = workplace.store.find(Group, group_no="14")[0]
    picture = Groups(workplace).picture()
    book = Workbook()
    book.active.append(["姓名", "工号"])
    for person_id in sorted(picture.member_ids(group.id)):
        emp_no, name = picture.called(person_id)
        book.active.append([name, emp_no])
    book.active.append(["路人甲", ""])
    path = tmp_path / "群成员.xlsx"
    book.save(path)
    desk = desk_of(office_window, "imports", {"group": "14", "paths": [path]})
    assert desk.pages.currentWidget() is desk.preview, band_of(office_window)
    assert "实有" in desk.header.facts()
    assert not desk.preview.confirm.isEnabled()
    outside = next(b for b in desk.preview.table.view.findChildren(Button)
                   if b.text() == "是外部人员")  # fmt: skip
    outside.click()
    settle(office_window)
    assert not desk.preview.confirm.isEnabled()  # of which company is asked first
    org = next(x for x in desk.preview.table.view.findChildren(LineInput)
               if x.accessibleName() == "路人甲的单位")  # fmt: skip
    org.set_value("顺达物流")
    outside.click()
    settle(office_window)
    assert desk.preview.confirm.isEnabled()
    desk.confirm()
    settle(office_window)
    assert desk.pages.currentWidget() is desk.done
    after = workplace.store.get(Group, group.id)
    assert after.members_on == workplace.today
    assert [one.org for one in workplace.store.all(ExternalPerson)] == ["顺达物流"]


def test_many_questions_are_put_off_together_and_stay_with_the_reconciliation(
    office_window, workplace, tmp_path
):
    lines = three_lists.good_lines(workplace)
    for number in range(20, 26):
        lines[number]["帐号"], lines[number]["手机"] = f"another{number}", f"139555566{number}"
    path = three_lists.write_export(tmp_path / "通讯录导出.xlsx", lines)
    desk = desk_of(office_window, "imports", [path])
    assert desk.preview.later.isVisible()
    desk.preview.later.click()
    settle(office_window)
    assert not desk.preview.later.isVisible() and desk.preview.confirm.isEnabled()
    desk.confirm()
    settle(office_window)
    assert len(workplace.store.find(WecomMember, match_state="disputed")) == 6

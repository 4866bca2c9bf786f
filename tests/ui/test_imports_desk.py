"""导入: lists dropped, decided in place, struck out, confirmed, taken back; by keyboard too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from access import nameless, rich
from counting import Counting
from hr_files import (
    leavers_file,
    namesake,
    people_of,
    roster_file,
    roster_row,
    unnamed_twice,
)
from office import answering, band_of, desk_of, fill, press, settle, toast_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from ui.imports.preview_rows import ASK, CHANGED, NEW, PROBLEM
from ui.shared.buttons import Button
from wxadmin.domain.change import Change
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.form import Form
from wxadmin.domain.leavers import LeaverList
from wxadmin.domain.organisation import HeadingMemory, Position
from wxadmin.domain.person import Employee
from wxadmin.services.history import History
from wxadmin.services.imports import Imports, Said
from wxadmin.sheets.writing import write_table

KEY = Qt.Key


@pytest.fixture
def desk(office_window, qtbot):
    with qtbot.waitActive(office_window):
        office_window.activateWindow()
    return desk_of(office_window, "imports")


@pytest.fixture
def office_window(office_window):
    office_window.files_dropped.connect(lambda paths: office_window.go("imports", paths))
    return office_window


def drop(window, *paths):
    window.take_files(list(paths))
    settle(window)


def words_of(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def rows_in(desk, group):
    return [row for row in desk.preview._rows.values() if row.group == group]


def row_named(desk, name):
    return next(row for row in desk.preview._rows.values() if row.name == name)


def button(widget, text) -> Button:
    found = [b for b in widget.findChildren(Button) if b.text() == text and b.isVisible()]
    assert found, [b.text() for b in widget.findChildren(Button) if b.isVisible()]
    return found[0]


def roster_of(workplace, tmp_path, *extra, unit="莆田一厂", **changed):
    """The whole roster of a plant; `changed` are cells by 工号: (heading, value)."""
    rows = [
        roster_row(workplace, one, **dict([changed[f"n{one.emp_no}"]]
                   if f"n{one.emp_no}" in changed else []))
        for one in people_of(workplace, unit)
    ]  # fmt: skip
    return roster_file(tmp_path / "2026年11月花名册.xlsx", [*rows, *extra])


# -- the leaver journey -----------------------------------------------------------------------


def test_eight_leavers_are_imported_by_keyboard_in_eight_strokes(desk, workplace, tmp_path):
    window = desk.window()
    path = leavers_file(workplace, tmp_path / "2026年11月离职清单.xlsx")
    before = len(workplace.store.find(Checklist, template="offboarding"))
    twin = namesake(workplace, people_of(workplace, "销售部门"))
    with Counting() as hand:
        drop(window, path)
        assert desk.preview.confirm.text() == "还差 2 行待确认"
        hand.press(KEY.Key_Return)  # the likelier namesake has the focus
        settle(window)
        hand.press(KEY.Key_Return)  # 以后再说
        settle(window)
        assert desk.preview.confirm.text() == "确认导入 7 行"
        hand.press(KEY.Key_Return)
        settle(window)
    assert hand.clicks == 0
    assert hand.keys <= 8
    assert str(workplace.store.get(Employee, twin.id).leave_date) == "2026-11-19"
    assert sum(1 for one in workplace.store.all(LeaverList) if one.month == "2026-11") == 1
    assert len(workplace.store.find(Checklist, template="offboarding")) == before + 7
    assert "离职 7 人" in words_of(desk.done)
    assert "以后再说 1 行" in words_of(desk.done)


def test_the_same_journey_takes_three_clicks_with_the_mouse(desk, workplace, tmp_path):
    window = desk.window()
    drop(window, leavers_file(workplace, tmp_path / "2026年11月离职清单.xlsx"))
    with Counting() as hand:
        hand.click(button(desk.preview, "是他"))
        settle(window)
        hand.click(button(desk.preview, "以后再说"))
        settle(window)
        hand.click(desk.preview.confirm)
        settle(window)
    assert hand.clicks == 3
    assert desk.pages.currentWidget() is desk.done


def test_the_likelier_namesake_is_the_one_of_the_unit_the_list_names(desk, workplace, tmp_path):
    drop(desk.window(), leavers_file(workplace, tmp_path / "2026年11月离职清单.xlsx"))
    twin = namesake(workplace, people_of(workplace, "销售部门"))
    focused = QApplication.focusWidget()
    assert focused.accessibleName() == f"是他：{twin.name} {twin.emp_no}"
    desk.journey.answer_row(row_named(desk, twin.name).about.row, "skip")
    settle(desk.window())
    assert row_named(desk, twin.name).group == "later"


def test_a_decision_can_be_taken_back_before_confirming(desk, workplace, tmp_path):
    window = desk.window()
    drop(window, leavers_file(workplace, tmp_path / "2026年11月离职清单.xlsx"))
    press(desk.preview, "是他")
    settle(window)
    assert len(rows_in(desk, ASK)) == 1
    name = namesake(workplace, people_of(workplace, "销售部门")).name
    desk.preview.open_row(row_named(desk, name).id)
    press(desk.preview, "重新选")
    settle(window)
    assert len(rows_in(desk, ASK)) == 2


def test_someone_not_found_can_be_named_by_his_number(desk, workplace, tmp_path):
    window = desk.window()
    drop(window, leavers_file(workplace, tmp_path / "2026年11月离职清单.xlsx"))
    other = unnamed_twice(workplace, people_of(workplace, "销售部门"))[8]
    desk.preview.open_row(row_named(desk, "欧阳不在册").id)
    box = desk.preview._below.findChild(type(desk.columns.month))
    box.set_value(other.emp_no)
    press(desk.preview._below, "是他")
    settle(window)
    assert row_named(desk, other.name).group == "left"


def test_the_same_list_next_day_has_nothing_to_do(desk, workplace, tmp_path):
    window = desk.window()
    path = leavers_file(workplace, tmp_path / "2026年11月离职清单.xlsx")
    drop(window, path)
    press(desk.preview, "是他")
    settle(window)
    press(desk.preview, "以后再说")
    settle(window)
    desk.confirm()
    settle(window)
    drop(window, path)
    assert rows_in(desk, ASK) == []
    assert desk.preview.confirm.text() == "没有要改的"
    assert not desk.preview.confirm.isEnabled()
    assert "已导入过" in desk.header.facts()


# -- the preview ------------------------------------------------------------------------------


def test_nothing_is_written_before_it_is_confirmed(desk, workplace, tmp_path):
    before = workplace.journal.count()
    drop(desk.window(), leavers_file(workplace, tmp_path / "2026年11月离职清单.xlsx", eight=False))
    assert desk.pages.currentWidget() is desk.preview
    assert workplace.journal.count() == before
    desk.drop()
    assert workplace.journal.count() == before
    assert desk.pages.currentWidget() is desk.start


def test_a_change_is_shown_field_by_field_and_may_be_struck_out(desk, workplace, tmp_path):
    one, two = unnamed_twice(workplace, people_of(workplace, "莆田一厂"))[5:7]
    changed = {f"n{one.emp_no}": ("手机", "16300009999"), f"n{two.emp_no}": ("岗位", "班长")}
    drop(desk.window(), roster_of(workplace, tmp_path, **changed))
    row = row_named(desk, one.name)
    assert (row.group, row.what.new) == (CHANGED, "163 0000 9999")
    assert desk.preview.confirm.text() == "确认导入 2 行"
    desk.preview.table.tick([row.id], on=False)
    assert desk.preview.confirm.text() == "确认导入 1 行"
    assert "划掉 1 行" in desk.preview._sum.text()
    desk.confirm()
    settle(desk.window())
    assert workplace.store.get(Employee, one.id).mobile == one.mobile
    assert workplace.store.get(Employee, two.id).position_id != two.position_id


def test_a_consequence_can_be_struck_out_for_one_person(desk, workplace, tmp_path):
    joiner = ["09001", "陈新来", "莆田一厂/生产部", "操作工", "16300007777", "2026-11-16"]
    other = ["09002", "苏新来", "莆田一厂/生产部", "操作工", "16300007778", "2026-11-17"]
    forms = len(workplace.store.all(Form))
    drop(desk.window(), roster_of(workplace, tmp_path, joiner, other))
    row = row_named(desk, "陈新来")
    assert row.group == NEW
    assert row.effect.text.startswith("入职办理，附件一")
    desk.preview.open_row(row.id)
    tick = next(t for t in desk.preview._below.findChildren(type(desk.columns.complete))
                if "附件一" in t.text())  # fmt: skip
    tick.click()
    assert "附件一" not in row_named(desk, "陈新来").effect.text
    assert row_named(desk, "陈新来").effect.note == "划掉 1 项"
    desk.confirm()
    settle(desk.window())
    assert len(workplace.store.all(Form)) == forms + 1
    assert "附件一 1 张待打印" in "".join(b.text() for b in desk.done.findChildren(Button))


def test_bad_cells_are_listed_with_their_place_and_can_be_exported(
    desk, workplace, tmp_path, monkeypatch
):
    one = people_of(workplace, "莆田一厂")[4]
    changed = {f"n{one.emp_no}": ("入职日期", "2024-13-5")}
    drop(desk.window(), roster_of(workplace, tmp_path, **changed))
    problem = rows_in(desk, PROBLEM)[0]
    assert (problem.name, problem.note) == (one.name, "F6")
    assert "2024-13-5" in problem.what.text
    target = tmp_path / "问题行.xlsx"
    monkeypatch.setattr(desk.context.messages, "ask_where", lambda name: target)
    desk.export_problems()
    settle(desk.window())
    assert "已导出 1 行" in toast_of(desk.window())
    assert target.exists()


def test_counters_filter_and_unfold_what_did_not_change(desk, workplace, tmp_path):
    one = people_of(workplace, "莆田一厂")[4]
    drop(
        desk.window(), roster_of(workplace, tmp_path, **{f"n{one.emp_no}": ("手机", "16300009999")})
    )
    assert desk.preview.counters._counters["same"].number == 28
    desk.preview.counters._counters["same"].click()
    assert desk.preview.table.hits() == 28
    assert desk.preview.table.model.rowCount() == 29
    desk.preview.counters._counters["same"].click()
    assert desk.preview.table.hits() == 29


def test_a_title_never_seen_is_asked_once_and_remembered(desk, workplace, tmp_path):
    one = people_of(workplace, "莆田一厂")[6]
    drop(
        desk.window(), roster_of(workplace, tmp_path, **{f"n{one.emp_no}": ("岗位", "首席酿造师")})
    )
    desk.preview.open_row(("titles",))
    box = desk.preview._below.findChild(type(desk.columns.kind))
    rank = workplace.pack.ranks_by_name()[2]
    box.set_value(rank)
    press(desk.preview._below, "记住")
    settle(desk.window())
    assert not desk.journey.preview.plan.titles_asked
    desk.confirm()
    settle(desk.window())
    assert workplace.store.find(Position, name="首席酿造师")[0].rank == rank


def test_a_renamed_plant_stops_the_import_and_is_the_first_thing_proposed(
    desk, workplace, tmp_path
):
    tree = workplace.units()
    people = people_of(workplace, "莆田一厂")
    units = [tree.text(one.org_unit_id).replace("莆田一厂", "莆田新厂") for one in people]
    rows = [roster_row(workplace, one, 部门=unit) for one, unit in zip(people, units, strict=True)]
    drop(desk.window(), roster_file(tmp_path / "12月花名册.xlsx", rows))
    assert "已暂停" in words_of(desk.preview)
    assert not desk.preview.confirm.isEnabled()
    focused = QApplication.focusWidget()
    assert focused.text() == "是部门更名：莆田一厂 → 莆田新厂"
    focused.click()
    settle(desk.window())
    assert not desk.journey.braked()
    assert desk.journey.executed() == 0
    desk.confirm()
    settle(desk.window())
    assert workplace.units().called("莆田一厂")[0].name == "莆田新厂"
    assert not workplace.store.find(Checklist, trigger="花名册变动", event_on=workplace.today)


def test_the_brake_is_released_only_with_the_number_typed(desk, workplace, tmp_path):
    rows = [
        roster_row(workplace, one, 部门=f"莆田一厂/新{number}班")
        for number, one in enumerate(people_of(workplace, "莆田一厂"))
    ]
    drop(desk.window(), roster_file(tmp_path / "12月花名册.xlsx", rows))
    people = desk.journey.preview.plan.brake.people
    with answering(lambda dialog: (fill(dialog, people=people - 1), press(dialog, "继续"))):
        desk.go_on()
    assert desk.journey.braked()
    with answering(lambda dialog: (fill(dialog, people=people), press(dialog, "继续"))):
        desk.go_on()
    assert desk.preview.confirm.text() == f"确认导入 {people} 行"


# -- files and columns ------------------------------------------------------------------------


def test_a_file_that_is_no_spreadsheet_is_refused_in_place(desk, tmp_path):
    path = tmp_path / "花名册.xlsx"
    path.write_text("<html><body>登录</body></html>", encoding="utf-8")
    drop(desk.window(), path)
    assert "花名册.xlsx" in band_of(desk.window())
    assert desk.pages.currentWidget() is desk.start


def test_headings_nobody_knows_are_mapped_once_and_remembered(desk, workplace, tmp_path):
    window = desk.window()
    headings = ("员编", "名儿", "部门", "岗位", "手机", "入职日期", "民族")
    one = people_of(workplace, "莆田一厂")[3]
    rows = [[*roster_row(workplace, one, 手机="16300009999"), "汉族"]]
    path = roster_file(tmp_path / "十一月花名册.xlsx", rows, headings)
    drop(window, path)
    assert desk.pages.currentWidget() is desk.columns
    assert "姓名" in band_of(window)
    chosen = {"员编": "emp_no", "名儿": "name"}
    for line, box in zip(desk.columns.lines, desk.columns.choices, strict=True):
        if line.heading in chosen:
            box.set_value(chosen[line.heading])
    desk.columns.go.click()
    settle(window)
    assert desk.pages.currentWidget() is desk.preview
    assert desk.preview.confirm.text() == "确认导入 1 行"
    desk.confirm()
    settle(window)
    assert workplace.store.all(HeadingMemory)
    roster_file(tmp_path / "十二月花名册.xlsx", rows, headings)
    drop(window, tmp_path / "十二月花名册.xlsx")
    assert desk.pages.currentWidget() is desk.preview


def test_private_columns_are_never_offered_and_sensitive_ones_are_left_out(
    desk, workplace, tmp_path
):
    headings = ("工号", "姓名", "部门", "岗位", "手机", "入职日期", "身份证号", "民族")
    one = people_of(workplace, "莆田一厂")[3]
    rows = [[*roster_row(workplace, one), "350302199001011234", "汉族"]]
    drop(desk.window(), roster_file(tmp_path / "花名册.xlsx", rows, headings))
    desk.show_columns()
    boxes = dict(zip((line.heading for line in desk.columns.lines), desk.columns.choices,
                     strict=True))  # fmt: skip
    assert boxes["民族"] is None
    assert boxes["身份证号"].currentText() == "不导入（敏感，默认不取）"
    assert "350302199001011234" not in words_of(desk.columns)
    assert "民族" in desk.status_text()


def test_two_columns_for_one_thing_are_refused_and_nothing_is_lost(desk, workplace, tmp_path):
    one = people_of(workplace, "莆田一厂")[3]
    drop(desk.window(), roster_file(tmp_path / "花名册.xlsx", [roster_row(workplace, one)]))
    desk.show_columns()
    desk.columns.choices[3].set_value("name")
    desk.columns.go.click()
    settle(desk.window())
    assert "一项只能取一列" in band_of(desk.window())
    assert desk.pages.currentWidget() is desk.columns


def test_an_address_book_is_known_and_speaks_of_members(desk, tmp_path):
    path = tmp_path / "通讯录.xlsx"
    write_table(path, "成员列表", ("姓名", "帐号", "手机", "部门", "激活状态"),
                [["陈新来", "chenxinlai", "16300007777", "莆田一厂", "已激活"]])  # fmt: skip
    drop(desk.window(), path)
    settle(desk.window())
    assert desk.journey.preview.plan.kind == "wecom"
    assert desk.pages.currentWidget() is desk.preview
    assert row_named(desk, "陈新来").word == "新成员"


def test_several_files_come_one_after_the_other(desk, workplace, tmp_path):
    window = desk.window()
    first = leavers_file(workplace, tmp_path / "2026年11月离职清单.xlsx", eight=False)
    second = leavers_file(workplace, tmp_path / "2026年10月离职清单.xlsx", eight=False)
    drop(window, first, second)
    assert "还有 1 个文件等着" in desk.header.facts()
    desk.confirm()
    settle(window)
    assert desk.done.next.text() == "下一个文件（还有 1 个）"
    desk.done.next.click()
    settle(window)
    assert "2026年10月" in desk.header.facts()


# -- the end, the start page ------------------------------------------------------------------


def test_an_import_is_taken_back_from_its_last_page(desk, workplace, tmp_path):
    window = desk.window()
    drop(window, leavers_file(workplace, tmp_path / "2026年11月离职清单.xlsx", eight=False))
    desk.confirm()
    settle(window)
    operation = desk.done.operation
    press(desk.done, "撤销这次导入")
    settle(window)
    undone = {one.operation.id for one in History(workplace).lines() if not one.in_effect}
    assert operation in undone
    assert "已撤销" in words_of(desk.done)
    assert "已撤销" in toast_of(window)


def test_hr_gets_its_file_back_with_results(desk, workplace, tmp_path, monkeypatch):
    window = desk.window()
    drop(window, leavers_file(workplace, tmp_path / "2026年11月离职清单.xlsx"))
    press(desk.preview, "是他")
    settle(window)
    press(desk.preview, "以后再说")
    settle(window)
    desk.confirm()
    settle(window)
    target = tmp_path / "处理结果.xlsx"
    monkeypatch.setattr(desk.context.messages, "ask_where", lambda name: target)
    desk.export()
    settle(window)
    from openpyxl import load_workbook

    rows = list(load_workbook(target).active.iter_rows(values_only=True))
    assert rows[0][-1] == "结果"
    assert [row[-1] for row in rows[1:]] == ["离职"] * 7 + ["以后再说"]


def test_a_missing_list_is_urged_or_recorded_as_nobody_left(desk, workplace):
    window = desk.window()
    grid = desk.start.grid
    late = next(row for row in desk.start._rows.values() if "未交" in row.texts)
    grid.select(late.id)
    assert desk.start.urge.text() == "复制10月催办文字"
    desk.start.urge.click()
    assert late.name in QGuiApplication.clipboard().text()
    desk.start.nobody.click()
    settle(window)
    assert "无离职" in toast_of(window)
    source = workplace.store.find(LeaverList, month="2026-10", hr_source_id=late.id)
    assert [one.row_count for one in source] == [0]


def test_past_lists_are_shown_and_lead_to_the_journal(desk, monkeypatch):
    went = []
    object.__setattr__(desk.context, "navigate", lambda *where: went.append(where))
    desk.start.toolbar.filters.choose("past")
    assert desk.start.past.hits() > 10
    first = desk.start.past.model.shown_ids()[0]
    desk.start.past.acted.emit(first, "act")
    assert went[0][0] == "journal"


def test_every_page_can_be_read_out(desk, workplace, tmp_path):
    window = desk.window()
    assert nameless(desk) == []
    drop(window, leavers_file(workplace, tmp_path / "2026年11月离职清单.xlsx"))
    assert nameless(desk) == []
    desk.show_columns()
    assert nameless(desk) == []
    assert rich(desk) == []


def test_the_keys_of_the_preview_work(desk, workplace, tmp_path):
    window = desk.window()
    drop(window, leavers_file(workplace, tmp_path / "2026年11月离职清单.xlsx", eight=False))
    with Counting() as hand:
        hand.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(window)
    assert desk.pages.currentWidget() is desk.done
    assert hand.keys == 1


def test_a_plan_the_register_has_overtaken_is_refused_and_drawn_up_anew(desk, workplace, tmp_path):
    window = desk.window()
    one = people_of(workplace, "莆田一厂")[4]
    changed = {f"n{one.emp_no}": ("手机", "16300009999")}
    drop(window, roster_of(workplace, tmp_path, **changed))
    with workplace.act("别处改号") as operation:
        operation.write([Change(one, replace(one, mobile="16300008888"))])
    desk.confirm()
    settle(window)
    assert band_of(window)
    assert desk.pages.currentWidget() is desk.preview
    assert row_named(desk, one.name).what.old == "163 0000 8888"
    assert desk.preview.confirm.text() == "确认导入 1 行"
    desk.confirm()
    settle(window)
    assert workplace.store.get(Employee, one.id).mobile == "16300009999"


def test_a_bad_identity_number_is_masked_in_the_preview(desk, office_window, workplace, tmp_path):
    heads = ("工号", "姓名", "部门", "身份证号")
    rows = [["T1", "甘大同", "莆田一厂", "11010519491231002X"]]
    file = roster_file(tmp_path / "一.xlsx", rows, heads)
    imports = Imports(workplace)
    imports.apply(imports.plan(imports.read(file, mapping=(("身份证号", "id_no"),)), Said()))
    bad = [["T2", "甘小同", "莆田一厂", "110105194912310021"]]
    drop(office_window, roster_file(tmp_path / "二.xlsx", rows + bad, heads))
    shown = rows_in(desk, PROBLEM)[0].what.text
    assert shown == "身份证号 110105********0021"

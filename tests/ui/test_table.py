"""The one table: rows by id, sorted, searched, grouped, ticked, copied, fitted."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from ui import memory, style
from ui.shared.columns import Cell, Changed, Column, Person, State
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.table_model import GroupHeading, HeadingLine, TableModel


@dataclass(frozen=True)
class Row:
    emp_no: str
    name: str
    unit: str
    count: int
    phone: str = "138 0595 6621"


ROWS = [
    Row("00012", "林国栋", "一厂", 12),
    Row("00031", "王小兰", "二厂", 1204),
    Row("00033", "李四", "一厂", 2),
]
COLUMNS = (
    Column("name", "姓名", 150, kind="person", value=lambda r: Person(r.name, r.emp_no)),
    Column("unit", "部门", 160, stretch=1, value=lambda r: Cell(r.unit, note="东南事业部")),
    Column("count", "次数", 70, kind="number"),
    Column("phone", "手机号码", 120, priority=3),
    Column("state", "状态", 90, kind="state", value=lambda r: State("tick", "在用")),
    Column("act", "", 120, kind="act", value=lambda r: "停用账号" if r.count > 2 else None),
)


@pytest.fixture(autouse=True)
def _blank_memory():
    memory.forget()
    yield
    memory.forget()


@pytest.fixture
def table(qtbot):
    made = Table(COLUMNS, name="账号表")
    made.show_rows(RowsInMemory(ROWS, key="emp_no", filters={"few": lambda r: r.count < 10}))
    made.resize(900, 300)
    qtbot.addWidget(made)
    made.show()
    return made


def _names(table: Table) -> list[str]:
    return [table.model.text(line, 0).split()[0] for line in range(table.model.rowCount())]


def test_the_model_keeps_qts_rules(qtmodeltester):
    groups = [GroupHeading("一厂", "一厂", foldable=True), GroupHeading("二厂", "二厂")]
    model = TableModel(COLUMNS, RowsInMemory(ROWS, key="emp_no", group=lambda r: r.unit),
                       groups=groups, checkable=True)  # fmt: skip
    qtmodeltester.check(model)
    model.sort(1)
    model.fold("一厂")
    qtmodeltester.check(model)


def test_rows_sort_up_and_down_and_back(table):
    table.model.sort(2, Qt.SortOrder.AscendingOrder)
    assert _names(table) == ["李四", "林国栋", "王小兰"]
    table.model.sort(2, Qt.SortOrder.DescendingOrder)
    assert _names(table) == ["王小兰", "林国栋", "李四"]
    table.model.sort(-1)
    assert _names(table) == ["林国栋", "王小兰", "李四"]


def test_searching_narrows_and_clearing_brings_all_back(table):
    assert table.find("一厂") == 2
    assert table.find("一厂 李") == 1
    assert table.find("没有这个人") == 0
    assert table._stack.currentWidget() is table._no_hits
    table.clear_search()
    assert table.hits() == 3


def test_a_filter_word_and_a_question_both_filter(table):
    assert table.choose("few") == 1
    assert table.choose(lambda row: row.unit == "二厂") == 1
    assert table.choose(None) == 3


def test_the_current_row_stays_current_when_the_order_changes(table):
    table.select("00031")
    table.model.sort(2)
    assert table.current_id() == "00031"


def test_a_row_that_is_filtered_away_is_no_longer_current(table, qtbot):
    table.select("00031")
    with qtbot.waitSignal(table.current_changed) as seen:
        table.choose("few")
    assert seen.args == [None]


def test_enter_does_the_rows_act_and_opens_a_row_without_one(table, qtbot):
    table.select("00012")
    with qtbot.waitSignal(table.acted) as seen:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert seen.args == ["00012", "act"]
    table.select("00033")
    with qtbot.waitSignal(table.opened):
        qtbot.keyClick(table.view, Qt.Key.Key_Return)


def test_a_click_on_the_act_does_it(table, qtbot):
    index = table.model.index(0, 5)
    with qtbot.waitSignal(table.acted) as seen:
        qtbot.mouseClick(
            table.view.viewport(), Qt.MouseButton.LeftButton,
            pos=table.view.visualRect(index).center(),
        )  # fmt: skip
    assert seen.args == ["00012", "act"]


def test_copied_rows_carry_their_headings_and_phones_without_blanks(table):
    table.select("00012")
    table.view.copy()
    heads, first = QGuiApplication.clipboard().text().split("\n")
    assert heads.split("\t") == ["姓名", "部门", "次数", "手机号码", "状态", ""]
    assert first.split("\t")[:5] == [
        "林国栋 00012", "一厂 东南事业部", "12", "13805956621", "在用"]  # fmt: skip


def test_columns_leave_by_priority_when_the_table_is_narrow(table):
    assert 3 in table.view.fit.visible()
    table.resize(560, 300)
    assert 3 not in table.view.fit.visible()
    assert {0, 4, 5} <= set(table.view.fit.visible())


def test_a_width_set_by_hand_is_remembered_by_the_next_table(table, qtbot):
    table.view.head.resizeSection(0, 222)
    again = Table(COLUMNS, name="账号表")
    qtbot.addWidget(again)
    again.show_rows(RowsInMemory(ROWS, key="emp_no"))
    again.resize(900, 300)
    again.show()
    assert again.view.columnWidth(0) == 222


def test_space_ticks_and_an_unticked_line_is_struck_out(qtbot):
    columns = (Column("name", "姓名"), Column("then", "会引起", when_struck="已划掉"))
    table = Table(columns, name="预览", checkable=True, strike_unticked=True)
    qtbot.addWidget(table)
    table.show_rows(RowsInMemory([{"name": "何永明", "then": "加 1 群"}]))
    table.tick([0])
    assert table.model.runs(0, 2)[0].text == "加 1 群"
    table.select(0)
    qtbot.keyClick(table.view, Qt.Key.Key_Space)
    assert table.ticked_ids() == []
    assert table.model.runs(0, 1)[0].struck
    assert table.model.runs(0, 2)[0].text == "已划掉"


def test_headings_count_fold_and_unfold(qtbot):
    groups = [GroupHeading("一厂", "一厂", "两个人", foldable=True), GroupHeading("二厂", "二厂")]
    table = Table(COLUMNS, name="分组", groups=groups)
    qtbot.addWidget(table)
    table.show_rows(RowsInMemory(ROWS, key="emp_no", group=lambda r: r.unit))
    assert table.model.rowCount() == 5
    heading = table.model.line(0)
    assert isinstance(heading, HeadingLine)
    assert heading.count == 2
    assert table.model.id_at(0) is None
    table.view.setCurrentIndex(table.model.index(0, 0))
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert table.model.rowCount() == 3
    assert table.hits() == 3


def test_a_row_opened_in_place_has_its_widget_beneath(table):
    from ui.shared.text import Text

    table.open_below(["00012"], lambda key: Text(f"候选 {key}"))
    assert table.model.rowCount() == 4
    assert table.view.indexWidget(table.model.index(1, 0)).text() == "候选 00012"
    table.open_below([], None)
    assert table.model.rowCount() == 3


def test_a_paged_source_is_asked_only_for_what_is_shown(qtbot):
    class Pages:
        asked: list[int] = []  # noqa: RUF012

        def ids(self, sort, descending, search, chosen):
            return range(100_000)

        def page(self, ids):
            self.asked.extend(ids)
            return {key: {"name": f"第{key}人"} for key in ids}

    table = Table((Column("name", "姓名"),), name="长表")
    qtbot.addWidget(table)
    source = Pages()
    table.show_rows(source)
    table.resize(400, 300)
    table.grab()
    assert 0 < len(source.asked) <= 200


def test_a_name_with_markup_is_drawn_and_copied_literally(qtbot):
    table = Table((Column("name", "姓名", 200),), name="敌意文本")
    qtbot.addWidget(table)
    table.show_rows(RowsInMemory([{"name": "<b>张伟</b>"}]))
    plain = Table((Column("name", "姓名", 200),), name="敌意文本")
    qtbot.addWidget(plain)
    plain.show_rows(RowsInMemory([{"name": "张伟"}]))
    for one in (table, plain):
        one.resize(300, 100)
    assert table.grab().toImage() != plain.grab().toImage()
    assert table.model.text(0, 0) == "<b>张伟</b>"


def test_the_tooltip_shows_markup_literally():
    from ui.shared.text import plain_tip

    assert plain_tip("<img src=x>") == "<span>&lt;img src=x&gt;</span>"


def test_grounds_leave_no_seam_between_cells(table):
    table.select("00012")
    image = table.view.viewport().grab().toImage()
    y = table.view.rowViewportPosition(0) + 2
    found = {image.pixelColor(x, y).name() for x in range(170, image.width())}
    assert len(found) == 1
    assert found <= {style.colour("grey").name(), style.colour("sel").name()}


def test_every_kind_of_value_is_drawn(qtbot):
    columns = (
        Column("a", "字段", kind="change"),
        Column("b", "差别", value=lambda r: Cell("已激活", ground="red")),
        Column("c", "群主\n转让", kind="mark"), Column("d", "日期", kind="date", expected=True),
    )  # fmt: skip
    table = Table(columns, name="各种值")
    qtbot.addWidget(table)
    table.show_rows(
        RowsInMemory([{"a": Changed("职务", "操作工", "班长"), "c": "stuck", "d": None}])
    )
    table.resize(600, 200)
    table.grab()
    assert table.model.text(0, 0) == "职务 操作工 → 班长"
    assert table.model.runs(0, 3)[0].text == "—"
    assert table.view.rowAt(QPoint(5, 5).y()) == 0

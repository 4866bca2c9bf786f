"""截至某日 in the window: every desk of a day that is over, read-only; what changed between two."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from access import nameless, rich
from office import TODAY, answering, band_of, desk_of, fill, press, settle, window_on
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from ui import memory
from ui.journal import past
from ui.rail import RailItem
from ui.shared.buttons import Button
from ui.shared.table_view import TableView
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.change import Change
from wxadmin.domain.person import Employee
from wxadmin.services.people import person_called

LATER = date(2026, 12, 20)


@pytest.fixture
def later(workplace, tmp_path):
    """The register a month later, after somebody was renamed."""
    workplace.close()
    with closing(
        open_workplace(str(tmp_path / "登记库.db"), writing=True, by="测试", clock=lambda: LATER)
    ) as opened:
        person = person_called(opened, "余雅琴")
        with opened.act("改名") as operation:
            operation.write([Change(person, replace(person, name="余改名"))], opened.store.ids())
        yield opened


@pytest.fixture
def window(qtbot, later):
    memory.forget()
    made = window_on(later)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.jobs.close()
    memory.forget()


@pytest.fixture
def desk(window):
    return desk_of(window, "journal")


def test_the_window_of_a_day_shows_the_register_as_it_was_and_writes_nothing(desk, later, qtbot):
    with answering(lambda d: (fill(d, on=TODAY), press(d, "打开那天的窗口"))):
        desk.ask_past()
    shown = past._open[-1]
    qtbot.addWidget(shown)
    settle(shown)
    assert shown.windowTitle() == "截至 2026-11-20（只供查看）"
    people = shown.current()
    people.search("余改名")
    assert people.table.hits() == 0
    people.search("余雅琴")
    assert people.table.hits() == 1
    groups = desk_of(shown, "groups", "14")
    groups.orders.issue()
    assert "只能查看" in band_of(shown)
    assert later.store.find(Employee, name="余改名")
    shown.jobs.close()


def visible_words(window):
    found = [b for b in window.findChildren(Button) if b.isVisible()]
    return {b.text() or b.accessibleName() for b in found}


def test_the_window_of_a_day_has_nothing_that_writes(desk, tmp_path):
    memory.open_file(tmp_path / "window.json")
    memory.keep("window/geometry", "kept")
    shown = past.show_past(desk.context, past._past(desk.context.services, TODAY))
    wrote = {"登记新员工", "登记离职", "更正", "停用账号", "变更", "新建账号", "登记新群", "改规则",
             "取名单", "填新表", "修改内容", "打印空白表", "发起办理", "办结", "登记签回",
             "撤销这一步"}  # fmt: skip
    for name in ("people", "accounts", "groups", "forms", "checklists", "journal"):
        page = desk_of(shown, name)
        if name != "forms":
            page.table.select(page.table.model.id_at(0) or page.table.model.id_at(1))
        settle(shown)
        assert not wrote & visible_words(shown), name
        assert not any(
            column.is_act for view in page.findChildren(TableView) if view.isVisible()
            for column in (view.table_model.columns[n] for n in view.fit.visible())
        )  # fmt: skip
    assert {"导出", "截至某日"} <= visible_words(shown)
    assert shown.rail.findChildren(RailItem) and "imports" not in shown.rail._items
    people = desk_of(shown, "people")
    with answering():  # no dialog opens
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2):
            QTest.keyClick(people.table.view, key)
    shown.go("groups")
    shown.keys._desk_act("orders")
    settle(shown)
    assert band_of(shown) == ""
    shown.close()
    assert memory.value("window/geometry") == "kept"


def test_a_day_to_come_and_today_itself_are_refused_in_the_dialog(desk):
    seen = []

    def refused(dialog):
        for day in (date(2027, 1, 1), LATER):
            fill(dialog, on=day)
            press(dialog, "打开那天的窗口")
            assert dialog.isVisible()
            seen.append(day)

    with answering(refused):
        desk.ask_past()
    assert len(seen) == 2


def test_what_changed_between_two_days_is_listed_and_saved(desk, tmp_path, monkeypatch):
    path = tmp_path / "改动.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    dialog = past.BetweenDialog(desk.context)
    dialog.from_on.set_value(TODAY)
    dialog.look()
    assert "变更 1" in dialog.said.text()
    (line,) = dialog.found.lines
    assert (line.label, line.sign) == ("人员", "变更")
    assert "余雅琴 → 余改名" in past._told(line)
    dialog.save()
    assert load_workbook(path).active.max_row == 2
    dialog.to_on.set_value(date(2026, 11, 1))
    dialog.look()
    assert "晚于" in dialog.said.text()
    assert dialog.table.hits() == 0
    assert nameless(dialog) == []
    assert rich(dialog) == []
    dialog.deleteLater()

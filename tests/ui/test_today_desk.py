"""今日: what is to be seen to, each line one step from its place, the month on one page."""

from __future__ import annotations

import pytest
from access import nameless, rich
from office import answering, desk_of, fill, press, settle, toast_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from ui.shared.buttons import Button
from ui.shared.detail_panel import PanelLine
from wxadmin.services.reminders import Reminders
from wxadmin.services.transfer import Transfer


@pytest.fixture
def desk(office_window):
    return desk_of(office_window, "today")


def key_of(desk, act):
    return next(key for key in desk.table.model.shown_ids()
                if desk.table.model.row(key).reminder.act == act)  # fmt: skip


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def test_every_reminder_stands_under_its_heading(desk, workplace):
    today = Reminders(workplace).today()
    assert desk.table.hits() == len(today.reminders)
    assert {k: c.number for k, c in desk.counters._counters.items()} == today.counts
    due = today.counts["late"] + today.counts["stuck"] + today.counts["today"]
    assert desk.status_text() == f"今天要办 {due} 件，本周 {today.counts['week']} 件"
    assert desk.header.facts() == "11月20日　星期五"


def test_a_counter_shows_only_its_own_lines(desk):
    desk.counters._counters["late"].click()
    shown = [desk.table.model.row(key).reminder.band for key in desk.table.model.shown_ids()]
    assert shown and set(shown) == {"late"}
    desk.counters._counters["late"].click()
    assert desk.table.hits() > len(shown)


def test_enter_goes_to_the_place_of_a_line(desk, office_window, qtbot):
    went = []
    office_window.context = None
    object.__setattr__(desk.context, "navigate", lambda *where: went.append(where))
    desk.table.select(key_of(desk, "open_person"))
    qtbot.keyClick(desk.table.view, Qt.Key.Key_Return)
    assert went[0][0] == "people"
    assert went[0][1]


def test_a_missing_leaver_list_is_urged_from_its_line_and_from_the_column(desk, office_window):
    desk.do(key_of(desk, "copy_urge"))
    text = QGuiApplication.clipboard().text()
    assert "10月离职清单至今未收到" in text
    assert "催办文字" in toast_of(office_window)
    QGuiApplication.clipboard().clear()
    missing = next(line for line in desk.side_column.findChildren(PanelLine)
                   if line.accessibleName().endswith("未交"))  # fmt: skip
    missing._act()
    assert QGuiApplication.clipboard().text() == text


def test_a_recurring_task_is_marked_done_and_can_be_taken_back(desk, office_window, workplace):
    before = desk.table.hits()
    desk.do(key_of(desk, "tick_recurring"))
    settle(office_window)
    assert desk.table.hits() == before - 1
    assert workplace.journal.operations(1)[-1].title.startswith("每月事项已办")
    office_window.keys.take_back(office_window.links.undo, "")
    settle(office_window)
    assert desk.table.hits() == before


def test_a_backup_is_made_from_its_line(desk, office_window, workplace):
    desk.do(key_of(desk, "back_up"))
    settle(office_window)
    assert list(workplace.backups.glob("*.wxbak"))
    assert all(desk.table.model.row(key).reminder.act != "back_up"
               for key in desk.table.model.shown_ids())  # fmt: skip


def test_the_month_goes_on_one_page(desk, office_window, tmp_path, monkeypatch):
    target = tmp_path / "月报.pdf"
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName",
                        lambda *_: (str(target), ""))  # fmt: skip
    with answering(
        lambda dialog: press(dialog, "看月报"), lambda dialog: press(dialog, "存为PDF")
    ) as seen:
        desk.report()
        settle(office_window)
    settle(office_window)
    assert seen.sentences == ["印哪个月的月报？", "2026年11月月报"]
    assert target.read_bytes().startswith(b"%PDF")


def test_an_earlier_month_may_be_chosen(desk, office_window):
    from datetime import date

    with answering(
        lambda dialog: (fill(dialog, month=date(2026, 10, 1)), press(dialog, "看月报")),
        lambda dialog: press(dialog, "关闭"),
    ) as seen:
        desk.report()
        settle(office_window)
    assert seen.sentences[1] == "2026年10月月报"


def test_the_column_says_how_new_the_lists_are(desk):
    said = texts(desk.side_column)
    assert "10月离职清单" in said
    assert "10月6日，45天前" in said
    assert any("办结" in text for text in said)


def test_a_register_given_away_says_so_on_the_first_page(desk, office_window, workplace, tmp_path):
    Transfer(workplace).hand_over(tmp_path / "交出.wxbak", "小陈")
    desk.refresh()
    assert "交给“小陈”，只能查看" in desk.band().accessibleName()


def test_chosen_files_go_to_the_import_desk(desk, tmp_path, monkeypatch):
    went = []
    object.__setattr__(desk.context, "navigate", lambda *where: went.append(where))
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileNames",
                        lambda *_: ([str(tmp_path / "花名册.xlsx")], ""))  # fmt: skip
    desk.import_files()
    assert went == [("imports", [tmp_path / "花名册.xlsx"])]


def test_everything_that_takes_the_focus_has_a_name_here_too(desk):
    assert nameless(desk) == []
    assert rich(desk) == []
    assert sum(b.kind == "filled" for b in desk.findChildren(Button)) == 1


def test_a_late_form_that_its_checklist_names_is_one_line(workplace):
    today = Reminders(workplace).today()
    named = [
        line for line in today.reminders if "QWSQ-202611-002" in f"{line.sentence}{line.detail}"
    ]
    assert [line.kind for line in named] == ["checklist"]

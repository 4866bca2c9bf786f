"""扫描件: dropped, looked at, signed; the tray of what is doubtful."""

from __future__ import annotations

from pathlib import Path

import pytest
from access import nameless
from office import answering, band_of, desk_of, fill, press, settle, toast_of
from PySide6.QtCore import Qt

from tests.scans.scanned_paper import save_pdf, scanned, sheet
from ui.forms.scan_acts import ways_to_scans
from ui.program import take_files
from ui.shared.record_picker import RecordPicker
from wxadmin.domain.form_definition import paper_code
from wxadmin.domain.incoming import DUPLICATE, TO_LOOK_AT, TO_SETTLE
from wxadmin.services.forms import Forms
from wxadmin.services.reminders import Reminders
from wxadmin.services.scans import Scans

OUT = "QWSQ-202611-002"


@pytest.fixture
def desk(office_window):
    return desk_of(office_window, "forms")


@pytest.fixture
def paper(workplace, tmp_path: Path) -> Path:
    """A scan of two pages: the form that is out, and a page without a code."""
    form = Forms(workplace).called(OUT)
    code = paper_code(form.number, form.definition_version, form.sheet)
    return save_pdf(tmp_path / "SCAN0001.pdf", [scanned(sheet(code), 2), scanned(sheet())])


def in_tray(desk) -> list[tuple[str, str]]:
    lines = (desk.tray.lines[key] for key in desk.tray.table.model.shown_ids())
    return [(line.state, line.number) for line in lines]


def test_a_scan_dropped_on_the_window_lies_in_the_tray(office_window, desk, paper, qtbot):
    take_files(office_window, [paper])
    settle(office_window)
    assert office_window.stack.currentWidget() is desk
    assert in_tray(desk) == [(TO_LOOK_AT, OUT), (TO_SETTLE, "")]
    assert desk.scans.text() == "扫描件 2"
    assert "认出1张，待处理1张" in toast_of(office_window)
    qtbot.waitUntil(lambda: len(desk.tray.sheet.preview._pages.sizes) == 1)


def test_enter_signs_the_page_looked_at_and_goes_on_to_the_next(
    office_window, desk, paper, workplace, qtbot
):
    desk.take_scans([paper])
    settle(office_window)
    qtbot.keyClick(desk.tray.table.view, Qt.Key.Key_Return)
    assert Forms(workplace).called(OUT).paper_state() == "已签回"
    assert in_tray(desk) == [(TO_SETTLE, "")]
    assert [
        text for text, _, _ in ways_to_scans(desk.context, Forms(workplace).called(OUT).id)
    ] == ["看扫描件（2026-11-20）"]
    assert desk.tray.current().reason.startswith("没有找到二维码")
    assert not desk.tray.sheet.signed.isEnabled()
    assert desk.tray.sheet._name.text() == "还不知道是哪张表"
    settle(office_window)


def test_a_page_without_a_code_is_given_to_its_form(office_window, desk, paper, workplace):
    desk.take_scans([paper])
    settle(office_window)
    desk.tray.table.select(desk.tray.table.model.shown_ids()[1])

    def choose(dialog) -> None:
        dialog.findChild(RecordPicker).search(OUT)
        press(dialog, "已签，归到这张")

    with answering(choose):
        desk.tray.do_first()
    assert Forms(workplace).called(OUT).paper_state() == "已签回"
    assert [line.number for line in Scans(workplace).tray()] == [OUT]
    settle(office_window)


def test_a_page_nobody_knows_is_entered_as_having_come_in(office_window, desk, paper):
    desk.take_scans([paper])
    settle(office_window)
    desk.tray.table.select(desk.tray.table.model.shown_ids()[1])

    def enter(dialog) -> None:
        fill(dialog, whom="王五")
        press(dialog, "登记来件")

    with answering(enter):
        desk.tray.acts.enter()
    assert in_tray(desk) == [(TO_LOOK_AT, OUT)]
    assert toast_of(office_window) == "已登记为来件 LJ-202611-001"
    settle(office_window)


def test_a_no_on_the_paper_is_recorded_with_its_reason(office_window, desk, paper, workplace):
    desk.take_scans([paper])
    settle(office_window)

    def say_no(dialog) -> None:
        fill(dialog, reason="岗位不需要")
        press(dialog, "登记驳回")

    with answering(say_no):
        desk.tray.sheet.refused.click()
    assert Forms(workplace).called(OUT).state == "驳回"
    settle(office_window)


def test_the_same_file_again_is_a_duplicate_and_is_put_aside(office_window, desk, paper):
    for _ in range(2):
        desk.take_scans([paper])
        settle(office_window)
    assert [state for state, _ in in_tray(desk)] == [TO_LOOK_AT, TO_SETTLE, DUPLICATE, DUPLICATE]
    desk.tray.table.select(desk.tray.table.model.shown_ids()[-1])
    desk.tray.sheet.unused.click()
    assert len(in_tray(desk)) == 3
    settle(office_window)


def test_a_broken_scan_is_one_sentence(office_window, desk, tmp_path):
    path = tmp_path / "坏.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    desk.take_scans([path])
    settle(office_window)
    assert "《坏.pdf》已损坏" in band_of(office_window)
    assert in_tray(desk) == []


def test_a_day_that_is_no_day_is_refused_and_nothing_is_signed(
    office_window, desk, paper, workplace
):
    desk.take_scans([paper])
    settle(office_window)
    desk.tray.sheet.day.setText("昨天下午")
    desk.tray.sheet.signed.click()
    assert "不是日期" in band_of(office_window)
    assert Forms(workplace).called(OUT).paper_state() == "待签回"
    settle(office_window)


def test_a_scan_dropped_on_the_imports_desk_goes_to_the_tray_all_the_same(
    office_window, paper, desk
):
    imports = desk_of(office_window, "imports")
    imports.start.zone.files.emit([paper])
    settle(office_window)
    assert office_window.stack.currentWidget() is desk
    assert len(in_tray(desk)) == 2


def test_what_waits_in_the_tray_stands_in_today_and_leads_there(
    office_window, desk, paper, workplace
):
    desk.take_scans([paper])
    settle(office_window)
    desk.leave_scans()
    found = [one for one in Reminders(workplace).all() if one.subject == "扫描件"]
    assert [(one.sentence, one.act) for one in found] == [("待看1份，待处理1份", "look_at_scans")]
    office_window.go(found[0].desk, found[0].key)
    assert desk.looks_at_scans()
    settle(office_window)


def test_the_way_back_leads_to_the_sheet(office_window, desk, qtbot):
    desk.show_scans()
    assert "托盘是空的" in desk.tray._about.text()
    qtbot.keyClick(desk.tray, Qt.Key.Key_Escape)
    assert not desk.looks_at_scans()


def test_everything_in_the_tray_has_a_name(desk):
    desk.show_scans()
    assert nameless(desk.tray) + nameless(desk.tray.sheet) == []

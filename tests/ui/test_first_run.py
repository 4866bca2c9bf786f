"""The first run: four steps, each skippable; a register, a sample, or a colleague's file."""

from __future__ import annotations

from datetime import date

import pytest
from access import nameless, rich
from office import settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from ui.first_run.page import FirstRun, SetupWishes, default_backups
from ui.main_window import Links, MainWindow
from wxadmin.bootstrap import create_workplace, open_workplace
from wxadmin.domain.errors import UserError
from wxadmin.domain.organisation import OrgUnit
from wxadmin.domain.person import Employee
from wxadmin.services.sample_office import SampleOffice
from wxadmin.services.setup import Setup, available_packs


class Started:
    """What the page asked for, done on real registers."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.wishes: SetupWishes | None = None
        self.ended = None
        self.refuse = ""

    def create(self, wishes):
        if self.refuse:
            raise UserError(self.refuse)
        self.wishes = wishes
        made = create_workplace(
            str(self.folder / "登记库.db"), by="测试", clock=lambda: date(2026, 11, 20)
        )
        Setup(made).from_pack(
            wishes.pack_id, company_name=wishes.company_name,
            support_units=wishes.support_units, sample=wishes.sample,
        )  # fmt: skip
        if wishes.sample:
            SampleOffice(made).fill()
        return made

    def restore(self, path):
        return open_workplace(str(path), writing=True, by="测试")

    def done(self, workplace, files):
        self.ended = (workplace, files)


@pytest.fixture
def started(tmp_path):
    made = Started(tmp_path)
    yield made
    if made.ended is not None:
        made.ended[0].close()


@pytest.fixture
def window(qtbot):
    shown = MainWindow()
    shown.resize(1280, 800)
    shown.prepare(None, Links())
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    shown.jobs.close()


@pytest.fixture
def page(window, started, qtbot):
    made = FirstRun(window.messages, window.jobs, started.create, started.restore, started.done)
    window.show_whole(made)
    with qtbot.waitActive(window):
        window.activateWindow()
    made.go(0)
    return made


def said(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_four_steps_skipped_make_a_register_as_the_pack_has_it(page, window, started):
    for step in range(4):
        assert f"第 {step + 1} 步，共 4 步" in said(page)
        page.skip_button.click()
    settle(window)
    assert started.wishes == SetupWishes("southeast", "东南事业部")
    workplace, files = started.ended
    assert files == []
    assert workplace.office().company_name == "东南事业部"


def test_the_answers_of_all_steps_reach_the_register(page, window, started, tmp_path):
    roster = tmp_path / "花名册.xlsx"
    page.company.name.set_value("东南啤酒")
    page.next.click()
    page.support.ticks["莆田一厂"].click()
    page.next.click()
    assert not page.next.isEnabled()
    page.roster.take([roster])
    page.next.click()
    page.backup.box.set_value(str(tmp_path / "备份"))
    assert page.next.text() == "开始使用"
    page.next.click()
    settle(window)
    workplace, files = started.ended
    assert workplace.office().company_name == "东南啤酒"
    supporting = {unit.name for unit in workplace.store.find(OrgUnit, support=True)}
    assert {"莆田一厂", "商务支持"} == supporting
    assert files == [roster]
    assert started.wishes.backup_folder == tmp_path / "备份"


def test_the_sample_office_is_put_in_instead_of_a_roster(page, window, started):
    page.go(2)
    page.roster.sample_button.click()
    page.next.click()
    page.next.click()
    settle(window)
    workplace, files = started.ended
    assert workplace.office().sample
    assert workplace.store.count(Employee) > 250
    assert files == []


def test_a_colleagues_register_is_opened_instead(
    page, window, started, sample_register, monkeypatch
):
    monkeypatch.setattr(page._messages, "ask_files", lambda kinds: [sample_register])
    page.restore()
    settle(window)
    assert started.ended[0].store.count(Employee) > 250
    assert started.wishes is None


def test_a_refusal_stands_on_the_page_and_the_answers_stay(page, window, started):
    started.refuse = "磁盘满了，没有建登记库。"
    page.company.name.set_value("东南啤酒")
    page.go(3)
    page.next.click()
    settle(window)
    assert "磁盘满了" in said(page)
    assert page.at == 3
    assert page.wishes().company_name == "东南啤酒"
    assert page.next.isEnabled()


def test_a_backup_folder_must_be_a_whole_path(page):
    page.go(3)
    page.backup.box.set_value("备份")
    page.next.click()
    assert "写全路径" in said(page)
    page.backup.box.set_value(str(default_backups()))
    assert page.wishes().backup_folder is None


def test_a_roster_dropped_anywhere_goes_to_its_step(page, tmp_path):
    page.roster.take([tmp_path / "花名册.xlsx"])
    page.go(2)
    assert "花名册.xlsx" in said(page.roster)
    page.skip_button.click()
    page.go(2)
    assert "花名册.xlsx" not in said(page.roster)


def test_the_first_run_goes_by_keyboard_alone(page, window, started):
    for _ in range(60):
        if started.ended is not None:
            break
        focused = QApplication.focusWidget()
        if focused in (page.next, page.skip_button) and focused.isEnabled():
            QTest.keyClick(focused, Qt.Key.Key_Return)
            settle(window)
        else:
            QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert started.ended is not None


def test_everything_that_takes_the_focus_has_a_name(page):
    for number in range(4):
        page.go(number)
        assert nameless(page) == []
    assert rich(page) == []


def test_the_packs_are_offered_with_the_units_that_may_be_support(tmp_path):
    pack = next(one for one in available_packs() if one.id == "southeast")
    assert pack.company == "东南事业部"
    assert "莆田一厂" in pack.units
    assert "东南事业部" not in pack.units
    assert "福建东部" not in pack.units
    assert pack.support == ("商务支持",)


def test_a_pack_with_a_mistake_is_listed_with_it(tmp_path):
    (tmp_path / "broken.toml").write_text("title = ", encoding="utf-8")
    broken = next(one for one in available_packs(tmp_path) if one.id == "broken")
    assert "broken.toml" in broken.problem


def test_a_file_handed_over_by_a_second_start_is_the_roster(page, window, tmp_path):
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(b"")
    window.take_files([path])
    assert page.at == page.steps.index(page.roster)
    window.go("imports")  # the keys of the desks are asleep until there is a register
    assert window.current() is None


def test_enter_in_any_field_goes_on(page, window):
    page.company.name.setFocus()
    QTest.keyClick(page.company.name, Qt.Key.Key_Return)
    assert page.at == 1

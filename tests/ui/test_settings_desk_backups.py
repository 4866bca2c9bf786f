"""设置: backups, putting one back, giving the register away, clearing the sample office."""

from __future__ import annotations

import shutil

import pytest
from office import answering, band_of, desk_of, fill, open_sample, press, settle, toast_of
from PySide6.QtWidgets import QLabel

from ui.app import Opening
from ui.main_window import Links, MainWindow
from wxadmin.domain.change import Change
from wxadmin.domain.incoming import Scan
from wxadmin.domain.person import Employee
from wxadmin.services.people import People
from wxadmin.services.policy_choices import PolicyChoices
from wxadmin.services.scan_folder import ScanFolder, digest
from wxadmin.services.transfer import Transfer
from wxadmin.storage.paper_store import NAME
from wxadmin.storage.parcel import look_through


@pytest.fixture
def desk(office_window):
    return desk_of(office_window, "settings", "backup")


def words_of(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def where(monkeypatch, target):
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName",
                        lambda *_: (str(target), ""))  # fmt: skip


class Alone:
    """A program that nobody else calls."""

    def listen(self) -> None:
        """Nobody calls."""


@pytest.fixture
def running(qtbot, sample_register, tmp_path):
    """A window opened as the program opens it, on a copy of the sample register."""
    copy = tmp_path / "登记库.db"
    shutil.copy2(sample_register, copy)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    opening = Opening(
        window, lambda: open_sample(copy), lambda services: Links(close=services.close), None, [],
        Alone(),
    )  # fmt: skip
    opening.open()
    settle(window)
    yield window
    opening.close()
    window.jobs.close()
    window.links.close()


def test_a_backup_is_made_listed_and_the_register_checked(desk, office_window, workplace):
    assert desk.page.table.hits() == 0
    desk.back_up()
    settle(office_window)
    assert desk.page.table.hits() == 1
    assert "已备份并校验" in toast_of(office_window)
    desk.page.check()
    settle(office_window)
    assert "登记库完好" in toast_of(office_window)


def test_a_copy_goes_where_she_says(desk, office_window, tmp_path, monkeypatch):
    where(monkeypatch, tmp_path / "u盘" / "登记库")
    desk.page.make_to()
    settle(office_window)
    assert (tmp_path / "u盘" / "登记库.wxbak").exists()


def test_a_backup_put_back_is_asked_first_and_the_present_register_kept(running):
    desk = desk_of(running, "settings", "backup")
    desk.back_up()
    settle(running)
    workplace = running.context.services
    person = workplace.store.all(Employee)[0]
    People(workplace).change(person, {"remark": "备份以后"})
    path = desk.page.table.model.shown_ids()[0]
    with answering(lambda dialog: press(dialog, "不换")):
        desk.page.restore(desk.page.lines[path].path)
    assert workplace.store.get(Employee, person.id).remark == "备份以后"
    with answering(lambda dialog: press(dialog, "恢复")):
        desk.page.restore(desk.page.lines[path].path)
    settle(running)
    reopened = running.context.services
    assert reopened is not workplace
    assert reopened.store.get(Employee, person.id).remark == person.remark
    assert any("恢复前" in p.name for p in reopened.backups.glob("*.wxbak"))


def test_a_damaged_backup_is_refused_and_the_register_goes_on(running, tmp_path):
    desk = desk_of(running, "settings", "backup")
    broken = tmp_path / "坏的.wxbak"
    broken.write_bytes(b"SQLite format 3\x00" + b"\x00" * 5000)
    with answering(lambda dialog: press(dialog, "恢复")):
        desk.page.restore(broken)
    settle(running)
    assert running.context.services.store.count(Employee) == 314
    assert band_of(running)


def test_the_register_is_given_away_and_this_copy_only_read(
    desk, office_window, workplace, tmp_path, monkeypatch
):
    where(monkeypatch, tmp_path / "交出.wxjj")

    def named(dialog):
        fill(dialog, to="小陈")
        press(dialog, "选择存放位置")

    with answering(named):
        desk.page.hand_over()
    settle(office_window)
    assert (tmp_path / "交出.wxjj").exists()
    assert "交给“小陈”，这一份只能查看" in words_of(desk.page)
    desk.open("policy")
    desk.page.take_default("leaver_list_day")
    assert "只能查看" in band_of(office_window)
    desk.open("backup")
    desk.page.take_back()
    assert workplace.office().handed_over_on is None
    assert "换电脑／交给同事" in words_of(desk.page)


def test_a_colleagues_file_takes_this_ones_place(running, tmp_path, monkeypatch):
    services = running.context.services
    Transfer(services).hand_over(tmp_path / "同事.wxjj", "小陈")
    assert services.office().handed_over_on is not None
    desk = desk_of(running, "settings", "backup")
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileNames",
                        lambda *_: ([str(tmp_path / "同事.wxjj")], ""))  # fmt: skip
    with answering(lambda dialog: press(dialog, "改用这一份")):
        desk.page.open_given()
    settle(running)
    assert running.context.services.office().handed_over_on is None


def test_the_sample_office_goes_in_one_act_with_what_was_tried_on_it(
    desk, office_window, workplace
):
    People(workplace).change(workplace.store.all(Employee)[0], {"remark": "试一试"})
    PolicyChoices(workplace).change("leaver_list_day", {"company": "8"})
    desk.open("about")
    before = len(workplace.journal.operations())
    with answering(lambda dialog: press(dialog, "清除")):
        desk.page.clear_sample()
        settle(office_window)
    assert workplace.store.count(Employee) == 0
    assert not workplace.office().sample
    assert workplace.number("leaver_list_day") == 8
    assert len(workplace.journal.operations()) == before + 1
    assert "示例办公室" not in words_of(desk.page)
    office_window.keys.take_back(office_window.links.undo, "")
    settle(office_window)
    assert workplace.store.count(Employee) == 314
    assert workplace.office().sample


def test_a_sample_that_is_kept_stays(desk, workplace):
    desk.open("about")
    with answering(lambda dialog: press(dialog, "留着")):
        desk.page.clear_sample()
    assert workplace.store.count(Employee) == 314


def test_a_scan_that_is_gone_is_fetched_back_by_the_check(desk, office_window, workplace):
    stored, _ = ScanFolder(workplace).put(b"%PDF signed", "一张")
    ids = workplace.store.ids()
    scan = Scan(ids.next(Scan), digest(b"%PDF signed"), stored, "SCAN.pdf", 1, 1)
    with workplace.act("收扫描件") as operation:
        operation.write([Change(None, scan)], ids)
    desk.page.make()
    settle(office_window)
    place = ScanFolder(workplace).path_of(stored)
    place.unlink()
    desk.page.check()
    settle(office_window)
    assert place.read_bytes() == b"%PDF signed"
    assert "从备份找回 1 个文件" in toast_of(office_window)
    place.unlink()
    for copy in (workplace.backups / NAME).glob("*.pdf"):
        copy.unlink()
    desk.page.check()
    settle(office_window)
    assert "扫描件《一张.pdf》不见了" in band_of(office_window)


def test_the_file_that_is_given_away_says_what_it_carries(
    desk, office_window, workplace, tmp_path, monkeypatch
):
    folder = workplace.register.path.parent
    ScanFolder(workplace).put(b"%PDF signed", "一张")
    design = folder / "制度" / "forms" / "标志-1.png"
    design.parent.mkdir(parents=True)
    design.write_bytes(b"logo")
    where(monkeypatch, tmp_path / "交出.wxjj")

    def named(dialog):
        fill(dialog, to="小陈")
        press(dialog, "选择存放位置")

    with answering(named):
        desk.page.hand_over()
    settle(office_window)
    assert "连同 2 个扫描件、来件和制度文件" in toast_of(office_window)
    assert len(look_through(tmp_path / "交出.wxjj").files) == 2

"""The program starts: frame first, then the register; refusals and first run stand on the page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget

from ui.app import Opening
from ui.desks import DeskEntry
from ui.main_window import Links, MainWindow
from ui.shared.text import Text
from ui.single_instance import SingleInstance
from wxadmin.domain.errors import UserError

ROOT = Path(__file__).resolve().parents[2]
DESKS = (DeskEntry("imports", "导入", "import", 0, "made_up_desks:PlainDesk", "Ctrl+1"),)

WHOLE_START = """
import sys
from pathlib import Path
from types import SimpleNamespace
from PySide6.QtCore import QTimer
sys.path[:0] = [{tests!r}, {root!r}]
import ui.app, ui.main_window
from ui.desks import DeskEntry
desks = (DeskEntry("imports", "导入", "import", 0, "made_up_desks:PlainDesk"),)
ui.app.MainWindow = lambda: windows.append(ui.main_window.MainWindow(desks)) or windows[0]
windows = []
def services():
    assert windows[0].isVisible(), "the frame is there before the register"
    QTimer.singleShot(50, look)
    return SimpleNamespace()
def look():
    print(windows[0].current().title, windows[0].current().opened[0].name)
    windows[0].close()
sys.exit(ui.app.run_window(services, [Path("roster.xlsx")], folder=Path({folder!r})))
"""


@pytest.fixture
def window(qtbot):
    made = MainWindow(DESKS)
    qtbot.addWidget(made)
    made.files_dropped.connect(lambda paths: made.go("imports", paths))
    made.show()
    yield made
    made.close()


@pytest.fixture
def opening(window, tmp_path):
    made: list[Opening] = []

    def build(*args, files=(), **more):
        made.append(Opening(window, *args, list(files), SingleInstance(tmp_path), **more))
        return made[0]

    yield build
    made[0].close()


def _child(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
        check=False, timeout=60,
    )  # fmt: skip


def test_the_whole_program_starts_opens_its_file_and_ends(tmp_path):
    here = str(Path(__file__).parent)
    done = _child(WHOLE_START.format(tests=here, root=str(ROOT), folder=str(tmp_path)))
    assert done.stdout.split() == ["甲", "roster.xlsx"], done.stderr
    assert done.returncode == 0
    assert (tmp_path / "window.json").exists()


def test_the_first_desk_is_built_without_the_registers_library():
    done = _child("import sys; import ui.desk, ui.today.desk; print('sqlalchemy' in sys.modules)")
    assert done.stdout.strip() == "False", done.stderr


def test_files_given_at_the_start_are_opened_after_the_register(window, opening):
    opening(SimpleNamespace, None, None, files=[Path("花名册.xlsx")]).open()
    assert window.current().opened == [Path("花名册.xlsx")]


def test_a_register_that_cannot_be_opened_is_told_on_the_whole_page(window, opening):
    def refuse():
        raise UserError("登记库已损坏。", details=("请从备份恢复。",))

    opening(refuse, None, None).open()
    shown = {text.text() for text in window.findChildren(Text) if text.isVisible()}
    assert {"登记库已损坏。", "请从备份恢复。"} <= shown
    assert window.current() is None


def test_first_run_stands_before_the_desks_until_it_is_done(window, opening):
    asked: list[object] = []

    def first_run(context, done):
        asked.extend((context.services, done))
        return QWidget()

    opening(
        lambda: None, lambda services: Links(company=lambda: services.company), first_run
    ).open()
    assert asked[0] is None
    assert window.current() is None
    asked[1](SimpleNamespace(company="东南事业部"))
    assert window.context.services.company == "东南事业部"
    assert window.current().title == "甲"
    assert window.rail._company.text() == "东南事业部"


class Ahead:
    """A first page that is read already, or that the child did not have."""

    def __init__(self, page):
        self.page, self.closed = page, False

    def take(self):
        return self.page

    def close(self):
        self.closed = True


def test_the_page_read_ahead_is_painted_before_the_register_is_opened(window, opening):
    seen: list[object] = []

    def services():
        desk = window.current()
        seen.extend((desk.ahead, desk.refreshed, window.rail._company.text()))
        return SimpleNamespace()

    ahead = Ahead(SimpleNamespace(company="东南事业部", today="今日的行"))
    opening(services, None, None, begun=None, ahead=ahead).open()
    assert seen == ["今日的行", 0, "东南事业部"]
    assert ahead.closed
    desk = window.current()
    assert desk.refreshed == 1
    assert desk.context is window.context
    assert desk.context.services is not None


def test_without_a_page_read_ahead_the_register_is_opened_as_ever(window, opening):
    ahead = Ahead(None)
    opening(SimpleNamespace, None, None, ahead=ahead).open()
    assert ahead.closed
    assert window.current().refreshed == 1


def test_a_refusal_after_the_page_read_ahead_still_stands_on_the_whole_page(window, opening):
    def refuse():
        raise UserError("登记库已损坏。")

    ahead = Ahead(SimpleNamespace(company="东南事业部", today="今日的行"))
    opening(refuse, None, None, ahead=ahead).open()
    shown = {text.text() for text in window.findChildren(Text) if text.isVisible()}
    assert "登记库已损坏。" in shown
    assert not window.rail.isVisible()


def test_nothing_heavy_is_loaded_for_the_first_frame():
    done = _child(
        "import sys; import ui.app, ui.program; from ui.main_window import MainWindow; "
        "heavy = {'openpyxl','python_calamine','alembic','sqlalchemy','pypinyin','pikepdf',"
        "'segno','PySide6.QtNetwork','PySide6.QtPrintSupport'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert done.stdout.strip() == "[]", done.stderr

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
from wxadmin.bootstrap import create_workplace
from wxadmin.domain.errors import UserError
from wxadmin.services.setup import Setup

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

    def build(*args, files=()):
        made.append(Opening(window, *args, list(files), SingleInstance(tmp_path)))
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


def test_nothing_heavy_is_loaded_for_the_first_frame():
    done = _child(
        "import sys; import ui.app; from ui.main_window import MainWindow; "
        "heavy = {'openpyxl','python_calamine','alembic','sqlalchemy','pypinyin','pikepdf',"
        "'segno','PySide6.QtNetwork','PySide6.QtPrintSupport'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_the_first_page_is_read_without_what_only_an_act_needs(tmp_path: Path) -> None:
    register = tmp_path / "登记库.db"
    office = create_workplace(str(register), by="测试")
    Setup(office).from_pack("southeast")
    office.close()
    done = _child(
        "import sys; from wxadmin.bootstrap import open_workplace; "
        "from wxadmin.services.frame import Frame; "
        "from wxadmin.services.reminders import Reminders; "
        f"office = open_workplace({str(register)!r}, writing=True); "
        "frame = Frame(office); frame.counts(); Reminders(office).today(); "
        "heavy = {'openpyxl','python_calamine','alembic','sqlalchemy','pypinyin','segno'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert done.stdout.strip() == "[]", done.stderr

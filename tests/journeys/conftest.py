"""The journeys are played in the real window, on the register the desks' own tests use."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "ui"))

from office import open_sample, sample_register, settle, workplace  # noqa: F401 - fixtures
from PySide6.QtWidgets import QApplication, QFileDialog

from ui import memory, style
from ui.main_window import MainWindow
from ui.program import Program
from wxadmin.services.workplace import Workplace

Opening = Callable[[Workplace], MainWindow]


@pytest.fixture
def open_window(qapp: QApplication, qtbot, tmp_path: Path) -> Iterator[Opening]:
    """Opens the program's own window on a register, as its start does; today's desk is shown."""
    memory.forget()
    style.look.install(qapp, mode="light")

    def opened(register: Workplace) -> MainWindow:
        window = MainWindow()
        window.resize(1280, 800)
        qtbot.addWidget(window)
        window.files_dropped.connect(lambda paths: window.go("imports", paths))
        window.import_asked.connect(lambda: window.go("imports"))
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.start(register, Program(tmp_path / "登记库.db").links(register))
        settle(window)
        return window

    yield opened
    memory.forget()


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where every file she saves goes, under the name the program proposes."""
    folder = tmp_path / "存"
    folder.mkdir()

    def where(parent: object, title: str, name: str, *_: object) -> tuple[str, str]:
        return str(folder / Path(name).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    return folder


@pytest.fixture
def window(open_window: Opening, workplace: Workplace) -> Iterator[MainWindow]:  # noqa: F811
    """The window on a fresh copy of the sample office."""
    shown = open_window(workplace)
    yield shown
    shown.jobs.close()

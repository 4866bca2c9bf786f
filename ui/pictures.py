"""Pictures of every desk, taken without a screen: for the demo and for the user guide."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from ui import style
from ui.app import window_application
from ui.desks import DESKS
from ui.main_window import MainWindow
from ui.program import Program
from wxadmin import bootstrap

SIZE = (1280, 800)
LONGEST_WAIT = 60.0
"""Seconds after which a picture is taken as things stand."""


def take_pictures(
    register: Path | str,
    folder: Path,
    *,
    on: date | None = None,
    modes: Sequence[str] = ("light", "dark"),
    size: tuple[int, int] = SIZE,
) -> list[Path]:
    """Open a register for reading and grab every desk in every mode as a PNG file."""
    app = window_application()
    clock = date.today if on is None else lambda: on
    workplace = bootstrap.open_workplace(str(register), writing=False, clock=clock)
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    for mode in modes:
        style.look.install(app, mode, "standard")
        window = MainWindow()
        window.resize(*size)
        window.show()
        window.start(workplace, Program(Path(register)).links(workplace))
        for number, entry in enumerate(DESKS, start=1):
            window.go(entry.id)
            settle(window)
            target = folder / f"{number:02d}-{entry.id}-{mode}.png"
            window.grab().save(str(target))
            taken.append(target)
        _let_go(window)
    workplace.close()
    return taken


def settle(window: MainWindow) -> None:
    """Wait until no work is under way and everything has been painted."""
    end = time.monotonic() + LONGEST_WAIT
    QApplication.processEvents()
    while window.jobs.busy() and time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        time.sleep(0.005)  # the worker, too, needs its turn
    for _ in range(3):
        QApplication.processEvents()


def _let_go(window: QWidget) -> None:
    window.hide()
    window.deleteLater()
    QApplication.processEvents()

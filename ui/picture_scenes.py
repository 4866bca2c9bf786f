"""Scenes for the user guide that are more than a desk: an order, a check, the small window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtWidgets import QWidget

from ui import printing
from ui.main_window import MainWindow
from wxadmin.services.demo_scan import scanned_page
from wxadmin.services.form_shelf import ACCOUNT_REQUEST
from wxadmin.services.workplace import Workplace

OUT = ("待打印", "待签回")
"""Where the paper of the forms is that come home in the picture."""
GROUP = "14"
"""The mobile group of the sample office that has people to add and to remove."""
COUNTED = 9
"""As many groups of the round are counted in the picture; the fourth is one too many."""


def take_export_in(workplace: Workplace, folder: Path) -> None:
    """Let the console of the sample office export its address book, a few things amiss."""
    from wxadmin.services.demo import Diary
    from wxadmin.services.demo_console import DemoConsole

    nothing: Any = None  # the exports are not printed
    DemoConsole(workplace, nothing, Diary(folder)).next_export(())


def scenes(window: MainWindow, settle: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    """The name and the widget of each scene, in turn; the register is written on the way."""
    yield "scans", _tray(window, settle)
    window.go("groups", GROUP)
    settle()
    desk: Any = window.current()
    desk.orders.issue()
    settle()
    window.messages.hide_toast()
    yield "group-order", window
    yield "group-presence", _presence(desk)
    desk.checking.begin()
    settle()
    page = desk._pages.currentWidget()
    for number, line in enumerate(page.view.lines[:COUNTED]):
        page.number.setText(str(line.check.expected + (number == 3)))
        page.count()
    settle()
    window.messages.hide_toast()
    yield "group-check", window
    yield "console-window", _console(window)


def _tray(window: MainWindow, settle: Callable[[], None]) -> QWidget:
    """Two forms and a sheet without a code came out of the copier."""
    from wxadmin.services.forms import Forms

    assert window.context is not None
    workplace = window.context.services
    forms = Forms(workplace)
    out = [line.number for line in forms.lines() if line.paper_state in OUT][:2]
    with TemporaryDirectory() as name:
        folder = Path(name)
        forms.print_to(out, folder / "signed.pdf", printing)
        forms.print_blank(ACCOUNT_REQUEST, folder / "blank.pdf", printing)
        sheets = [("signed", page) for page, _ in enumerate(out, start=1)] + [("blank", 1)]
        scans = []
        for number, (printed, page) in enumerate(sheets, start=1):
            scans.append(folder / f"SCAN_{number:03d}.pdf")
            scans[-1].write_bytes(scanned_page(folder / f"{printed}.pdf", page))
        window.go("forms", {"scans": scans})
        settle()
    desk: Any = window.current()
    desk.tray.table.select(next(iter(desk.tray.lines)))
    settle()
    window.messages.hide_toast()
    return window


def _presence(desk: Any) -> QWidget:
    from ui.groups.presence_dialog import PresenceDialog

    roll, line = desk.shown()
    dialog = PresenceDialog(desk, roll, line.group)
    dialog.ensurePolished()
    dialog.adjustSize()
    return dialog


def _console(window: MainWindow) -> QWidget:
    from ui.console_window.window import ConsoleWindow

    assert window.context is not None
    small = ConsoleWindow(window.context)
    ready = next((n for n, task in enumerate(small.tasks) if not task.first), 0)
    small.go(ready)
    small.ensurePolished()
    return small

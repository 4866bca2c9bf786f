"""Pictures of every desk, taken without a screen: for the demo and for the user guide."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ui import printing, style
from ui.app import window_application
from ui.desks import DESKS
from ui.main_window import Links, MainWindow
from ui.picture_scenes import scenes, take_export_in
from ui.program import Program
from ui.tokens import LIGHT
from wxadmin import bootstrap
from wxadmin.services.forms import Forms
from wxadmin.services.sample_office import SampleOffice
from wxadmin.services.setup import Setup
from wxadmin.services.workplace import Workplace

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
        _show_unseen(window)
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


ANNEX_PIXELS_PER_MM = 4.2
"""附件一 is about 880 pixels wide in the guide."""


def guide_pictures(register: Path, folder: Path, on: date) -> Iterator[Path]:
    """Make the sample office and grab what the user guide shows of it, light, one by one."""
    app = window_application()
    style.look.install(app, "light", "standard")
    folder.mkdir(parents=True, exist_ok=True)
    yield _first_run(folder / "first-run.png")
    workplace = bootstrap.create_workplace(str(register), by="行政文员", clock=lambda: on)
    Setup(workplace).from_pack("southeast", company_name="东南事业部", sample=True)
    SampleOffice(workplace).fill()
    take_export_in(workplace, register.parent)
    window = MainWindow()
    window.resize(*SIZE)
    _show_unseen(window)
    window.start(workplace, Program(register).links(workplace))
    for entry in DESKS:
        window.go(entry.id)
        settle(window)
        yield _saved(window.grab(), folder / f"{entry.id}.png")
    forms = Forms(workplace)
    newest = max(forms.lines(), key=lambda line: line.number)
    (page,) = forms.pages([newest.number], printing.measure)
    pixmap = printing.render_page(page, ANNEX_PIXELS_PER_MM)
    yield _saved(pixmap, folder / "annex-one.png")
    for name, widget in scenes(window, lambda: settle(window)):
        yield _saved(widget.grab(), folder / f"{name}.png")
    window.jobs.close()
    _let_go(window)
    workplace.close()


def _first_run(target: Path) -> Path:
    """The first page a new user sees; nothing is made by it."""
    from ui.first_run.page import FirstRun

    window = MainWindow()
    window.resize(*SIZE)
    window.prepare(None, Links())
    page = FirstRun(window.messages, window.jobs, _never, _never, lambda workplace, files: None)
    window.show_whole(page)
    _show_unseen(window)
    page.go(page.steps.index(page.roster))
    settle(window)
    saved = _saved(window.grab(), target)
    window.jobs.close()
    _let_go(window)
    return saved


def _show_unseen(window: QWidget) -> None:
    """Laid out and painted as on a screen; where there is one, nothing flashes up on it."""
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()


def _never(*_: object) -> Workplace:
    raise AssertionError("a picture makes no register")


def _saved(picture: QPixmap, target: Path) -> Path:
    """Write a picture in 256 colours: those of the look first, then its commonest."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(image.constBits()).cast("I"))
    own = [style.colour(token).rgb() for token in LIGHT]
    common = [colour for colour, _ in counted.most_common(256)]
    table = list(dict.fromkeys([*own, *common]))[:256]
    image.convertToFormat(QImage.Format.Format_Indexed8, table).save(str(target), quality=0)
    return target


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

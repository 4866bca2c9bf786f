"""The sample office for the desks' tests: made once a session, copied for every test.

`workplace` is the register opened for writing on 2026-11-20; `office_window` a shown window on it:
    def test_a_leaver_is_shown(office_window):
        desk = desk_of(office_window, "people")
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui import memory
from ui.desk import Desk
from ui.main_window import Links, MainWindow
from wxadmin.bootstrap import create_workplace, open_workplace
from wxadmin.domain.errors import UserError
from wxadmin.services.history import History
from wxadmin.services.sample_office import SampleOffice
from wxadmin.services.setup import Setup
from wxadmin.services.workplace import Workplace

TODAY = date(2026, 11, 20)


def make_sample(path: Path) -> Path:
    """Make a register with the sample office in it."""
    with closing(create_workplace(str(path), by="测试", clock=lambda: TODAY)) as made:
        Setup(made).from_pack("southeast", company_name="东南事业部", sample=True)
        SampleOffice(made).fill()
    return path


def open_sample(path: Path) -> Workplace:
    """Open a register as it stands on the day of the tests."""
    return open_workplace(str(path), writing=True, by="测试", clock=lambda: TODAY)


@pytest.fixture(scope="session")
def sample_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register every test starts from; never opened by a test itself."""
    return make_sample(tmp_path_factory.mktemp("sample") / "登记库.db")


@pytest.fixture
def workplace(sample_register: Path, tmp_path: Path) -> Iterator[Workplace]:
    """A copy of the sample register, open for writing."""
    copy = tmp_path / "登记库.db"
    shutil.copy2(sample_register, copy)
    with closing(open_sample(copy)) as opened:
        yield opened


@pytest.fixture
def office_window(qtbot, workplace: Workplace) -> Iterator[MainWindow]:
    """A shown window of 1280 × 800 on the sample register; no desk is open yet."""
    memory.forget()
    window = window_on(workplace)
    qtbot.addWidget(window)
    window.show()
    yield window
    window.jobs.close()
    memory.forget()


def window_on(workplace: Workplace, size: tuple[int, int] = (1280, 800)) -> MainWindow:
    """A window prepared with the register's services, its undo and redo."""
    window = MainWindow()
    window.resize(*size)
    history = History(workplace)

    def taken(found) -> str | None:
        return None if found is None else f"已{history.undo(found.id).title}"

    links = Links(
        company=lambda: workplace.office().company_name,
        undo=lambda: taken(history.to_undo()),
        redo=lambda: taken(history.to_redo()),
    )
    window.prepare(workplace, links)
    window.rail.set_company("东南事业部")
    return window


def desk_of(window: MainWindow, name: str, key: object = None) -> Desk:
    """Open a desk and wait until what it reads beside the window is there."""
    window.go(name, key)
    settle(window)
    desk = window.current()
    assert desk is not None
    return desk


def settle(window: MainWindow, seconds: float = 20) -> None:
    """Let the window work until no job is under way."""
    import time

    end = time.monotonic() + seconds
    QApplication.processEvents()
    while window.jobs.busy():
        assert time.monotonic() < end, "a job does not come to its end"
        QApplication.processEvents()
        time.sleep(0.005)
    QApplication.processEvents()


def toast_of(window: MainWindow) -> str:
    """What the toast says, "" where none is shown."""
    toast = window.messages._toast
    return toast.text() if toast.isVisible() else ""


def band_of(window: MainWindow) -> str:
    """What the error band of the current desk says, "" where none is shown."""
    desk = window.current()
    band = desk.band() if desk is not None else None
    return band.accessibleName() if band is not None else ""


class Answering:
    """Answers the next dialogs as they open, in order; a dialog left open is closed with Esc.

    Example:
        with answering(lambda dialog: (fill(dialog, until=day), press(dialog, "登记"))) as seen:
            desk.new()
        assert seen.sentences == ["登记新员工"]
    """

    def __init__(self, *answers) -> None:
        self._answers = list(answers)
        self._failed: Exception | None = None
        self.sentences: list[str] = []

    def __enter__(self) -> Answering:
        self._exec = QDialog.exec
        QDialog.exec = lambda dialog: self._run(dialog)
        return self

    def __exit__(self, *_) -> None:
        QDialog.exec = self._exec
        if self._failed is not None:
            raise self._failed

    def _run(self, dialog: QDialog) -> int:
        self.sentences.append(dialog.windowTitle())
        QTimer.singleShot(0, dialog, lambda: self._answer(dialog))
        return self._exec(dialog)

    def _answer(self, dialog: QDialog) -> None:
        try:
            assert self._answers, f"nobody answers “{dialog.windowTitle()}”"
            self._answers.pop(0)(dialog)
        except Exception as failed:
            self._failed = self._failed or failed
        if dialog.isVisible():
            dialog.reject()


answering = Answering


def fill(dialog: QWidget, **values: object) -> None:
    """Type values into the form of a dialog as a user would, leaving each field."""
    from ui.shared.record_form import RecordForm

    form = dialog.findChild(RecordForm)
    for key, value in values.items():
        box = form.boxes[key].input
        box.set_value(value)
        box.edited.emit()
        box.left.emit()


def press(dialog: QWidget, text: str) -> None:
    """Press the button that says so."""
    from ui.shared.buttons import Button

    found = [b for b in dialog.findChildren(Button) if b.text() == text and b.isEnabled()]
    said = [b.text() for b in dialog.findChildren(Button)]
    assert found, f"no button says {text}: {said}"
    found[0].click()


def refusal_of(do) -> str:
    """The sentence of the refusal that `do` ends with."""
    with pytest.raises(UserError) as refusal:
        do()
    return refusal.value.message


def picture(widget: QWidget, path: Path, size: tuple[int, int] | None = None) -> Path:
    """Grab a widget into a PNG to be looked at."""
    if size is not None:
        widget.resize(*size)
    for _ in range(3):
        QApplication.processEvents()
    path.parent.mkdir(parents=True, exist_ok=True)
    widget.grab().save(str(path))
    return path

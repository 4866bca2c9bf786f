"""The frame: desks built when needed, keys, bands, drops, jobs, crashes, one instance."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from access import nameless, rich
from gallery import window_with
from gallery_desks import AccountsExample, FormsExample, ImportExample, TodayExample
from made_up_desks import OtherDesk, PlainDesk
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from ui import memory, style
from ui.crash import CrashGuard, facts
from ui.desks import DESKS, DeskEntry
from ui.main_window import Links, MainWindow
from ui.shared.bands import ErrorBand
from ui.shared.buttons import plain
from ui.shared.detail_panel import DetailPanel
from ui.single_instance import SingleInstance
from wxadmin.domain.errors import Cancelled, UserError


@pytest.fixture
def entries():
    PlainDesk.built = OtherDesk.built = 0
    return (
        DeskEntry("a", "甲", "today", 0, "made_up_desks:PlainDesk", "Ctrl+1"),
        DeskEntry("b", "乙", "people", 1, "made_up_desks:OtherDesk", "Ctrl+2"),
    )


@pytest.fixture
def window(qtbot, entries):
    memory.forget()
    made = MainWindow(entries)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    yield made
    made.jobs.close()
    memory.forget()


def test_a_desk_is_built_when_it_is_first_opened(window):
    window.start(SimpleNamespace())
    assert (PlainDesk.built, OtherDesk.built) == (1, 0)
    window.go("b", 7)
    assert (OtherDesk.built, window.current().opened) == (1, 7)
    assert window.status.text() == "3 行"


def test_a_change_makes_other_desks_read_again_when_they_are_seen(window):
    window.start(SimpleNamespace(), Links(counts=lambda: {"a": 10}))
    window.go("b")
    window.current().changed.emit()
    window.go("a")
    assert window.current().refreshed == 2
    assert window.rail._items["a"].count == 10


def test_keys_reach_the_desk_in_view(window, qtbot):
    window.start(SimpleNamespace())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_P, control)
    assert window.current().printed == 1
    qtbot.keyClick(window, Qt.Key.Key_2, control)
    assert window.current().title == "乙"
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.current().refreshed == 2
    side = window.current().side
    assert side.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert not side.isVisible()


def test_every_shortcut_is_given_once():
    keys = [entry.shortcut for entry in DESKS]
    assert len(set(keys)) == len(keys)


def test_undo_says_what_was_taken_back_and_a_refusal_stands_as_a_band(window):
    window.start(SimpleNamespace(), Links(undo=lambda: "已撤销：导入花名册"))
    window.keys.take_back(window.links.undo, "没有可以撤销的。")
    assert window.messages._toast.text() == "已撤销：导入花名册"

    def refuse():
        raise UserError("不能单独撤销：此后又改过。")

    window.keys.take_back(refuse, "")
    band = window.current().band()
    assert isinstance(band, ErrorBand)
    assert band.sentence() == "不能单独撤销：此后又改过。"
    window.messages.clear_error()
    assert window.current().band() is None


def test_the_panel_floats_over_a_narrow_window_and_docks_in_a_wide_one(window):
    window.start(SimpleNamespace())
    desk = window.current()
    window.resize(1024, 600)
    assert window.rail.width() == style.px(72)
    assert not desk.side.isVisible()
    desk.show_side()
    assert desk.side.isVisible()
    assert desk.side.geometry().right() == desk.width() - 1
    window.resize(1280, 800)
    assert desk.side.isVisible()
    assert desk.side.parentWidget() is desk._splitter


@pytest.mark.parametrize("example", [AccountsExample, TodayExample, ImportExample, FormsExample])
def test_a_desk_fits_1024_by_600_and_names_everything(qtbot, example):
    window = window_with(example, "today", (1024, 600))
    qtbot.addWidget(window)
    assert (window.width(), window.height()) == (1024, 600)
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 600
    assert nameless(window) == []
    assert rich(window) == []


def test_a_header_stands_at_the_same_place_on_every_desk(qtbot):
    places = set()
    for example in (AccountsExample, TodayExample, FormsExample):
        window = window_with(example, "today", (1280, 800))
        qtbot.addWidget(window)
        header = window.current().header
        title = header._title
        places.add((title.mapTo(window, title.rect().topLeft()).toTuple(), header.height()))
    assert len(places) == 1


def test_another_text_size_builds_the_desks_anew(window):
    window.start(SimpleNamespace())
    before = window.current()
    style.look.set_text_size("large")
    assert window.current() is not before
    assert window.current().title == "甲"


def test_a_window_wide_enough_for_small_text_is_narrow_for_a_large_one(window):
    window.start(SimpleNamespace())
    window.resize(1280, 800)
    assert window.rail.width() == style.px(156)
    style.look.set_text_size("huge")
    assert window.rail.width() == style.px(72)


def test_dropped_files_are_told_wherever_they_fall(window, qtbot, tmp_path):
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(b"x")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)  # fmt: skip
    with qtbot.waitSignal(window.files_dropped) as seen:
        window.dropEvent(drop)
    assert seen.args == [[path]]


def test_the_windows_size_is_remembered(qtbot, entries, tmp_path):
    memory.open_file(tmp_path / "window.json")
    first = MainWindow(entries)
    qtbot.addWidget(first)
    first.resize(780, 600)
    first.show()
    first.close()
    memory.forget()
    memory.open_file(tmp_path / "window.json")
    second = MainWindow(entries)
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (780, 600)
    memory.forget()


def test_a_job_hands_its_result_over_on_the_windows_thread(window, qtbot):
    window.start(SimpleNamespace())
    seen: list[tuple[object, bool]] = []
    here = threading.current_thread()

    def work(progress, cancelled):
        progress(1, 2)
        return threading.current_thread() is here

    window.jobs.run(work, lambda result: seen.append((result, threading.current_thread() is here)))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]


def test_a_cancelled_job_stops_in_silence(window, qtbot):
    window.start(SimpleNamespace())
    begun, quiet = threading.Event(), []

    def work(progress, cancelled):
        begun.set()
        while True:
            progress(1, 10)

    window.jobs.run(
        work, lambda _: quiet.append("done"), on_cancelled=lambda: quiet.append("cancelled")
    )
    begun.wait(5)
    window.jobs.cancel()
    qtbot.waitUntil(lambda: bool(quiet))
    assert quiet == ["cancelled"]
    assert not window.jobs.busy()


def test_a_refused_job_stands_as_a_band(window, qtbot):
    window.start(SimpleNamespace())

    def work(progress, cancelled):
        raise UserError("打不开文件：文件有密码。")

    window.jobs.run(work)
    qtbot.waitUntil(lambda: window.current().band() is not None)
    assert window.current().band().sentence() == "打不开文件：文件有密码。"


def test_slow_work_shows_its_progress_in_place_and_quick_work_does_not(window, qtbot):
    window.start(SimpleNamespace())
    go = threading.Event()

    def work(progress, cancelled):
        progress(6240, 10000)
        go.wait(5)
        if cancelled():
            raise Cancelled

    window.jobs.run(work, caption="正在读入")
    assert window.current()._strip is None
    qtbot.waitUntil(lambda: window.current()._strip is not None, timeout=3000)
    assert window.current()._strip.isVisible()
    go.set()
    qtbot.waitUntil(lambda: not window.current()._strip.isVisible())


def test_an_unexpected_error_is_logged_without_names_and_the_window_lives(window, qtbot, caplog):
    guard = CrashGuard()
    told: list[tuple[str, int]] = []
    guard.seen.connect(lambda text, count: told.append((text, count)))
    window.jobs.failed.connect(guard.report)

    def work(progress, cancelled):
        raise KeyError("张伟 13805956621")

    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            window.jobs.run(work)
        qtbot.waitUntil(lambda: len(told) == 3)
    assert told[-1][1] == 3
    assert "KeyError" in told[0][0]
    assert "张伟" not in caplog.text + told[0][0]
    assert "138" not in caplog.text


def test_an_error_in_a_plain_thread_reaches_the_window_too(qtbot):
    guard = CrashGuard()
    guard.install()
    try:
        with qtbot.waitSignal(guard.seen):
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
    finally:
        guard.remove()


def test_facts_of_an_error_hold_no_value_and_no_home_folder():
    try:
        int("李四")
    except ValueError as error:
        text = facts(error)
    assert "李四" not in text
    assert str(Path.home()) not in text


def test_a_second_start_hands_its_files_to_the_first(qtbot, tmp_path):
    first = SingleInstance(tmp_path)
    assert not first.hand_over([])
    assert first.listen()
    answers: list[bool] = []

    def start_again() -> None:
        answers.append(SingleInstance(tmp_path).hand_over([tmp_path / "离职清单.xlsx"]))

    second = threading.Thread(target=start_again)
    with qtbot.waitSignal(first.called) as seen:
        second.start()
    second.join()
    assert seen.args == [[tmp_path / "离职清单.xlsx"]]
    assert answers == [True]
    first.close()


def test_the_same_fault_three_times_offers_to_start_again(window, monkeypatch):
    from ui.app import CrashTeller

    asked: list[list[str]] = []

    def ask(sentence, reason="", things=(), acts=(), left=()):
        asked.append([choice.text for choice in acts])

    monkeypatch.setattr(window.messages, "ask", ask)
    teller = CrashTeller(window)
    for count in (1, 2, 3):
        teller.tell("KeyError", count)
    assert asked == [["接着用"], ["接着用"], ["接着用", "重新打开"]]


def test_a_few_values_are_asked_for_in_a_dialog(window, qtbot):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui.shared.form_dialog import FormDialog
    from ui.shared.record_form import RecordForm

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FormDialog)
        form = dialog.findChild(RecordForm)
        dialog.buttons[-1].click()  # refused: the reason is missing
        assert dialog.isVisible()
        form.set_values({"text": "已由部门代签"})
        dialog.buttons[-1].click()

    QTimer.singleShot(100, fill)
    assert window.messages.ask_text("为什么免办？", "原因", "免办") == "已由部门代签"


def test_a_second_band_takes_the_place_of_the_first(window):
    window.start(SimpleNamespace())
    window.messages.error("第一句。")
    window.messages.error("第二句。", ("再选文件", lambda: None), details="第 57 行")
    assert window.current().band().sentence() == "第二句。"
    assert nameless(window) == []


def test_what_is_copied_lies_on_the_clipboard_and_is_said(window):
    from PySide6.QtGui import QGuiApplication

    window.messages.copied("请于11月5日前交离职清单。", "催办文字")
    assert QGuiApplication.clipboard().text() == "请于11月5日前交离职清单。"
    assert window.messages._toast.text().startswith("已复制催办文字")


def test_parts_that_are_gone_neither_linger_nor_hear_of_a_new_mode(qtbot):
    """Panels are filled anew at every row; what they held must not pile up behind the look."""
    import gc
    import weakref

    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from ui.shared.chip import StateWord
    from ui.shared.detail_panel import Details

    panel = DetailPanel()
    qtbot.addWidget(panel)
    gone = []
    for number in range(5):
        panel.show_details(
            Details(f"第{number}人", chip=("tick", "在用"), acts=[plain("停用", "print")])
        )
        gone += [weakref.ref(word) for word in panel.findChildren(StateWord)]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    style.look.set_mode("dark")
    assert sum(ref() is not None for ref in gone) <= 1

"""The 账号 desk over 100,000 accounts: first paint, scrolling, sorting, a key of search.

python benchmarks/bench_table.py [people]

The desk, the window and the register are the program's own. The floor of the first paint is the
same window over a register without accounts; rounds of both are taken in turn.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from big_register import PEOPLE, open_made
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from ui import style
from ui.accounts.desk import AccountsDesk
from ui.app import calm_collector
from ui.desks import DESKS
from ui.main_window import MainWindow
from wxadmin.domain.account import Account
from wxadmin.services.workplace import Workplace

ROUNDS = 11
ENTRIES = [entry for entry in DESKS if entry.id == "accounts"]
WORDS = ("zhang", "chen", "E0500", "1380", "没有", "莆田一厂", "lgd", "99")


def timed(act: Callable[[], object]) -> float:
    """Milliseconds an act takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def settled(window: MainWindow) -> None:
    """Let the worker end and everything be painted."""
    waited = time.perf_counter() + 0.1  # the bulk reading begins after the first paint
    while window.jobs.busy() or time.perf_counter() < waited:
        QApplication.processEvents()
        time.sleep(0.01)
    for _ in range(3):
        QApplication.processEvents()


def opened(workplace: Workplace) -> tuple[MainWindow, float]:
    """A window with the desk, and the milliseconds from nothing to its first paint."""
    made: list[MainWindow] = []

    def act() -> None:
        window = MainWindow(ENTRIES)
        made.append(window)
        window.start(workplace)
        window.show()
        QApplication.processEvents()

    took = timed(act)
    return made[0], took


def first_paint(workplace: Workplace) -> float:
    """Milliseconds to the first paint; the window is put away again."""
    window, took = opened(workplace)
    settled(window)
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del window
    gc.collect()
    return took


def told(name: str, times: list[float], target: str) -> None:
    """Print a series of milliseconds."""
    ranks = statistics.quantiles(times, n=100)
    print(f"{name}: median {statistics.median(times):.1f} ms, 95 of 100 within {ranks[94]:.1f}, "
          f"worst {max(times):.1f} ms ({target})")  # fmt: skip


def scrolled(desk: AccountsDesk, steps: list[int]) -> list[float]:
    """Milliseconds of every frame while the table moves by these steps."""
    bar, frames = desk.table.view.verticalScrollBar(), []
    for step in steps:
        bar.setValue((bar.value() + step) % bar.maximum())
        frames.append(timed(QApplication.processEvents))
    return frames


def frames_and_sorts(desk: AccountsDesk) -> None:
    """Scroll by the wheel and by the bar, then sort every column."""
    model = desk.table.model
    told("frame, wheel", scrolled(desk, [96] * 400), "target 16")
    far = desk.table.view.verticalScrollBar().maximum() // 61
    told("frame, dragging the bar", scrolled(desk, [far] * 200), "target 16")
    for number, column in enumerate(model.columns):

        def again(number: int = number) -> None:
            model.sort(number, Qt.SortOrder.DescendingOrder)
            QApplication.processEvents()

        first = timed(lambda number=number: (model.sort(number), QApplication.processEvents()))
        print(f"sort by {column.title}: {first:.0f} ms to the paint, again {timed(again):.0f} ms "
              "(target 500)")  # fmt: skip
    model.sort(-1)


def keys(desk: AccountsDesk) -> None:
    """Type words letter by letter: the search itself and the paint after it."""
    times = []
    for word in WORDS:
        for end in range(len(word) + 1):

            def key(text: str = word[:end]) -> None:
                desk.table.find(text)
                QApplication.processEvents()

            times.append(timed(key))
    told("key of search, to the paint", times, "the search alone is in bench_search")


def measure(full: Workplace, empty: Workplace) -> None:
    """Print the figures of one run."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    style.look.install(app, mode="light")
    calm_collector()
    first_paint(empty), first_paint(full)
    floors, paints = [], []
    for _ in range(ROUNDS):
        floors.append(first_paint(empty))
        paints.append(first_paint(full))
    floor, paint = statistics.median(floors), statistics.median(paints)
    print(f"first paint: empty {floor:.0f} ms, {full.store.count(Account):,} accounts "
          f"{paint:.0f} ms, {paint / floor:.2f} x (target 1.7)")  # fmt: skip
    window, _ = opened(full)
    while_reading(window)
    desk = window.desk("accounts")
    assert isinstance(desk, AccountsDesk)
    frames_and_sorts(desk)
    keys(desk)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB")
    window.close()


def while_reading(window: MainWindow) -> None:
    """Scroll while the worker reads what sorts and finds."""
    desk = window.desk("accounts")
    assert isinstance(desk, AccountsDesk)
    frames: list[float] = []
    begun = time.perf_counter()
    while window.jobs.busy() or time.perf_counter() < begun + 0.1:
        frames += scrolled(desk, [96])
        time.sleep(0.004)
    settled(window)
    if len(frames) > 1:
        told("frame while the worker reads", frames, "no target")


def main() -> None:
    """Make both registers and measure."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as folder:
        full = open_made(Path(folder) / "大.db", people)
        empty = open_made(Path(folder) / "空.db", 0)
        measure(full, empty)
        full.close()
        empty.close()


if __name__ == "__main__":
    main()

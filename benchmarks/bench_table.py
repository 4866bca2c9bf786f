"""A table of 100,000 accounts: first paint against an empty table, scrolling, sorting, searching.

python benchmarks/bench_table.py [rows]
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import ClassVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui import style
from ui.app import calm_collector
from ui.desk import Context, Desk
from ui.desks import DeskEntry
from ui.main_window import MainWindow
from ui.shared.columns import Cell, Column, Person, State
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.toolbar import Toolbar

Row = tuple[str, str, str, str, str, str, str, str]
COLUMNS = (
    Column("name", "姓名", 140, kind="person", value=lambda r: Person(r[1], r[0])),
    Column("userid", "账号", 110, tone="ink2", priority=5, value=lambda r: r[2]),
    Column("unit", "部门", 190, stretch=1, value=lambda r: Cell(r[4], note=r[3])),
    Column("post", "职务", 90, tone="ink2", priority=4, value=lambda r: r[5]),
    Column("phone", "手机号码", 120, value=lambda r: r[6]),
    Column("state", "状态", 110, kind="state", value=lambda r: State("tick", "在用")),
    Column("opened", "开通日期", 100, priority=6, value=lambda r: r[7]),
    Column("act", "", 110, kind="act", value=lambda r: "停用账号"),
)


def made_up(count: int) -> list[Row]:
    """Rows of made-up people."""
    family, given = "陈郑徐肖叶何罗郭刘林", "佳雅国小永美海俊春文"
    return [
        (f"{n:05}", family[n * 7 % 10] + given[n * 3 % 10] + given[n % 10], f"user{n}", "莆田一厂",
         f"包装车间　{n % 9}班", "操作工", f"138 {n % 10000:04} {n * 7 % 10000:04}",
         f"20{10 + n % 16}-0{1 + n % 9}-1{n % 10}")
        for n in range(count)
    ]  # fmt: skip


def timed(act: Callable[[], object]) -> float:
    """Milliseconds an act takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


class InPages:
    """A source as a service gives it: ids in order at once, rows when they are shown."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows

    def ids(self, sort: str | None, descending: bool, search: str, chosen: object) -> range:
        """The ids in order (the benchmark sorts and searches with rows in memory)."""
        return range(len(self._rows))

    def page(self, ids: Sequence[int]) -> dict[int, Row]:
        """The rows of these ids."""
        return {key: self._rows[key] for key in ids}


class BenchDesk(Desk):
    """A desk with toolbar and table, as 账号 is."""

    title = "账号"
    rows: ClassVar[list[Row]] = []
    in_pages = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.toolbar = Toolbar("姓名、拼音、工号", [("", "全部"), ("on", "在用")])
        self.table = Table(COLUMNS, name="账号")
        self.toolbar.serve(self.table)
        self.put(self.toolbar, self.table)

    def refresh(self) -> None:
        """Show the rows of the run."""
        rows = InPages(self.rows) if self.in_pages else RowsInMemory(self.rows, itemgetter(0))
        self.table.show_rows(rows)


ENTRY = DeskEntry("accounts", "账号", "account", 0, f"{__name__}:BenchDesk")


def opened(rows: list[Row], in_pages: bool = True) -> float:
    """From nothing to the first paint of a window with these rows."""
    BenchDesk.rows, BenchDesk.in_pages = rows, in_pages

    def act() -> None:
        window = MainWindow([ENTRY])
        window.start(None)
        window.show()
        QApplication.processEvents()
        window.close()

    return timed(act)


def main() -> None:
    """Print each figure against its floor."""
    app = QApplication([])
    style.look.install(app, mode="light")
    calm_collector()
    rows = made_up(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    opened([])
    opened(rows[:50])
    empty = statistics.median(opened([]) for _ in range(9))
    full = statistics.median(opened(rows) for _ in range(9))
    held = statistics.median(opened(rows, in_pages=False) for _ in range(9))
    print(f"first paint of the window: empty {empty:.0f} ms, {len(rows):,} rows in pages "
          f"{full / empty:.2f} x ({full:.0f} ms), held in memory {held / empty:.2f} x")  # fmt: skip
    table = Table(COLUMNS, name="账号")
    table.resize(1100, 780)
    table.show_rows(RowsInMemory(rows, itemgetter(0)))
    table.show()
    QApplication.processEvents()
    bar = table.view.verticalScrollBar()
    frames = []
    for step in range(200):
        bar.setValue(bar.value() + (96 if step < 150 else bar.maximum() // 60))
        frames.append(timed(QApplication.processEvents))
    print(f"frame while scrolling: median {statistics.median(frames):.1f} ms, "
          f"worst {max(frames):.1f} ms")  # fmt: skip
    print(f"sort: by name {timed(lambda: table.model.sort(0)):.0f} ms, by phone "
          f"{timed(lambda: table.model.sort(4, Qt.SortOrder.DescendingOrder)):.0f} ms")  # fmt: skip
    table.find("准备")
    keys = [timed(lambda text=text: table.find(text)) for text in ("1", "13", "138", "138 0", "")]
    print(f"key of search: worst {max(keys):.0f} ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()

"""A table of 100,000 accounts: first paint against an empty table, scrolling, sorting, searching.

    python benchmarks/bench_table.py [rows]
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui import style
from ui.shared.columns import Cell, Column, Person, State
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table

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


def opened(rows: list[Row]) -> float:
    """From nothing to the first paint of a table with these rows."""

    def act() -> None:
        table = Table(COLUMNS, name="账号")
        table.resize(1100, 780)
        table.show_rows(RowsInMemory(rows, key=lambda r: r[0]))
        table.show()
        QApplication.processEvents()
        table.repaint()
        table.close()

    return timed(act)


def main() -> None:
    """Print each figure against its floor."""
    app = QApplication([])
    style.look.install(app, mode="light")
    rows = made_up(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    opened([])
    opened(rows[:50])
    empty = statistics.median(opened([]) for _ in range(7))
    few = statistics.median(opened(rows[:50]) for _ in range(7))
    full = statistics.median(opened(rows) for _ in range(7))
    print(f"first paint: empty {empty:.0f} ms, 50 rows {few / empty:.2f} x, {len(rows):,} rows "
          f"{full / empty:.2f} x ({full:.0f} ms)")  # fmt: skip
    table = Table(COLUMNS, name="账号")
    table.resize(1100, 780)
    table.show_rows(RowsInMemory(rows, key=lambda r: r[0]))
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

"""Cold start to the painted frame: the program's frame against an empty PySide6 window.

    python benchmarks/bench_start.py [rounds]

Each round starts both programs anew; figures are from the start of the process. Processor time is
given beside the clock, for it does not depend on what else the machine does.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
"""
OURS = """
import gc
gc.disable()
import ui.app
from PySide6.QtWidgets import QApplication
from ui import style
from ui.main_window import MainWindow
app = QApplication(["wxadmin", "-style", "fusion"])
style.look.install(app, bare=True)
window = MainWindow()
"""
PAINTED = """
import os, time
window.resize(1280, 800)
window.show()
app.processEvents()
window.grab()
used = os.times()
print(time.time(), used.user + used.system)
os._exit(0)
"""


def started(program: str) -> tuple[float, float]:
    """Milliseconds by the clock and of processor time until the frame is painted."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(Path(os.environ.get("TMPDIR", "/tmp"), "bench-start"))
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", program + PAINTED], cwd=ROOT, env=environment,
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    at, used = map(float, done.stdout.split())
    return (at - begun) * 1000, used * 1000


def main() -> None:
    """Print the ratio of medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    started(EMPTY), started(OURS)
    empty, ours = zip(*((started(EMPTY), started(OURS)) for _ in range(rounds)), strict=True)
    for name, place in (("clock", 0), ("processor", 1)):
        floor = statistics.median(run[place] for run in empty)
        frame = statistics.median(run[place] for run in ours)
        print(f"{name}: empty window {floor:.0f} ms, painted frame {frame:.0f} ms, "
              f"{frame / floor:.2f} x")  # fmt: skip


if __name__ == "__main__":
    main()

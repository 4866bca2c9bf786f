"""Cold start to the painted frame and to the first page of data, against an empty PySide6 window.

    python benchmarks/bench_start.py [rounds]

The first page is 今日 over the sample office. Each round starts every program anew; figures are
from the start of the process. Processor time is given beside the clock, for it depends less on
what else the machine does.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
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
PAGE = """
import gc
gc.disable()
import sys
from pathlib import Path
from ui.app import run_window
from ui.program import Program
REGISTER = Path(sys.argv[1])
def painted(window, services):
    import os, time
    from PySide6.QtWidgets import QApplication
    while window.current().today is None:
        QApplication.processEvents()
        time.sleep(0.001)
    window.grab()
    used = os.times()
    print(time.time(), used.user + used.system)
    os._exit(0)
program = Program(REGISTER)
run_window(program.open, links=program.links, first_run=program.first_run,
           folder=REGISTER.parent, begun=painted)
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


PROGRAMS = {
    "empty window": EMPTY + PAINTED,
    "painted frame": OURS + PAINTED,
    "first page of data": PAGE,
}
TARGETS = {"painted frame": 1.6, "first page of data": 4.0}


def sample_office(path: Path) -> None:
    """The office of the demo, in a process of its own."""
    from wxadmin.bootstrap import create_workplace
    from wxadmin.services.sample_office import SampleOffice
    from wxadmin.services.setup import Setup

    workplace = create_workplace(str(path), by="bench")
    Setup(workplace).from_pack("southeast", sample=True)
    SampleOffice(workplace).fill()
    workplace.close()


def started(program: str, register: Path) -> tuple[float, float]:
    """Milliseconds by the clock and of processor time until it is painted."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir(), "bench-start"))
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", program, str(register)], cwd=ROOT, env=environment,
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    at, used = map(float, done.stdout.split())
    return (at - begun) * 1000, used * 1000


def main() -> None:
    """Print the ratios of medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder, "登记库.db")
        sample_office(register)
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in PROGRAMS}
        for number in range(rounds + 1):
            for name, program in PROGRAMS.items():
                took = started(program, register)
                if number:  # the first round fills the disk's cache
                    times[name].append(took)
    for place, kind in enumerate(("clock", "processor")):
        medians = {name: statistics.median(t[place] for t in took) for name, took in times.items()}
        floor = medians["empty window"]
        print(f"{kind}: empty window {floor:.0f} ms")
        for name, target in TARGETS.items():
            print(f"{kind}: {name} {medians[name]:.0f} ms, {medians[name] / floor:.2f} x "
                  f"(target {target})")  # fmt: skip


if __name__ == "__main__":
    main()

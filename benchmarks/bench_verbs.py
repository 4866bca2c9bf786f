"""How long a verb takes from its start to its end, against a bare Python.

python benchmarks/bench_verbs.py [rounds]

`list people --limit 5` over the sample office; rounds of every way are taken in turn.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_start import ROOT, sample_office


def ended(words: list[str]) -> float:
    """Milliseconds until a program has ended."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir(), "verbs"))}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=True)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print the ratios of medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder, "登记库.db")
        sample_office(register)
        verb = [sys.executable, "main.py", "--register", str(register)]
        ways = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "import sqlalchemy": [sys.executable, "-c", "import sqlalchemy"],
            "list people --limit 5": [*verb, "list", "people", "--limit", "5"],
            "journal --json": [*verb, "--json", "journal"],
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(rounds + 1):
            for name, words in ways.items():
                took = ended(words)
                if number:  # the first round fills the disk's cache
                    times[name].append(took)
    floor = statistics.median(times["python -c pass"])
    for name, took in times.items():
        print(
            f"{name:22} {statistics.median(took):5.0f} ms, {statistics.median(took) / floor:.1f} x"
        )


if __name__ == "__main__":
    main()

"""Run every check the project holds itself to, cheapest first, and stop at the first that fails.

.venv/bin/python tools/check.py [words for pytest…]
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def steps(pytest_words: list[str]) -> list[tuple[str, list[str]]]:
    """The checks by name, each as words for Python."""
    return [
        ("ruff check", ["-m", "ruff", "check", "."]),
        ("ruff format", ["-m", "ruff", "format", "--check", "."]),
        ("mypy", ["-m", "mypy"]),
        ("import contracts", ["-c", LINT_IMPORTS]),
        ("pytest", ["-m", "pytest", *pytest_words]),
    ]


def main() -> int:
    """Run the checks; the exit code is that of the first one that fails."""
    for name, words in steps(sys.argv[1:]):
        print(f"== {name}", flush=True)
        started = time.monotonic()
        code = subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode
        seconds = time.monotonic() - started
        if code != 0:
            print(f"== stopped: {name} failed (exit code {code}, {seconds:.0f} s)", flush=True)
            return code
        print(f"== {name} passed ({seconds:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

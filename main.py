"""Start the program: no words open the window; a verb does the same act without one."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

READ_SHEET = "--read-sheet"
READ_SCAN = "--read-scan"
TAKE_PICTURES = "--take-pictures"


def load_printing() -> ModuleType:
    """Load the printing room for a verb that needs paper."""
    from ui import printing

    return printing


def take_pictures(register: str, folder: Path, on: date) -> list[Path]:
    """Take a picture of every desk for the demo; the core itself knows no window.

    A program of its own does it: a verb that printed has Qt without windows already.
    """
    words = [sys.executable, __file__] if not getattr(sys, "frozen", False) else [sys.executable]
    env = {**os.environ, "QT_LOGGING_RULES": "default.warning=false"}
    if sys.platform != "win32":  # there, that platform finds no fonts
        env["QT_QPA_PLATFORM"] = "offscreen"
    made = subprocess.run(
        [*words, TAKE_PICTURES, register, str(folder), on.isoformat()],
        env=env,
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=True,
    )
    return [Path(line) for line in made.stdout.splitlines()]


def picture_program(words: list[str]) -> int:
    """Be the program that takes the pictures: register, folder, day."""
    from ui.pictures import take_pictures as take

    register, folder, on = words
    for path in take(register, Path(folder), on=date.fromisoformat(on)):
        print(path)
    return 0


def main(words: list[str]) -> int:
    """Run the reader child, a verb, or the window with the files it was given."""
    if words[:1] == [READ_SHEET]:
        from wxadmin.sheets.child import main as read_sheet

        return read_sheet(words[1:])
    if words[:1] == [READ_SCAN]:
        from wxadmin.scans.child import main as read_scan

        return read_scan(words[1:])
    if words[:1] == [TAKE_PICTURES]:
        return picture_program(words[1:])
    if not words or all(Path(word).suffix and Path(word).is_file() for word in words):
        gc.disable()  # until the frame is painted; ui.app turns it on again
        from ui.program import run

        return run(words)
    from wxadmin.command_line import main as run_verb

    return run_verb(words, load_printing, take_pictures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

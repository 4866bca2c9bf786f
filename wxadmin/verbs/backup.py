"""Copy the living register."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path

from wxadmin.services.backups import Backups
from wxadmin.verbs.call import Call, Outcome

HELP = "备份登记库（复制后重新打开校验）"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE")


def run(call: Call) -> Outcome:
    """Back up."""
    with closing(call.open(False)) as workplace:
        made = Backups(workplace).make(call.words.file)
    return Outcome({"file": made.path, "sha256": made.sha256}, [f"已备份到 {made.path}"])

"""Write a list of the register to a tidy workbook."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path

from wxadmin.services.exports import Exports
from wxadmin.verbs.call import Call, Outcome

HELP = "导出表格：people、accounts、groups、members、address-book、journal"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("what", metavar="WHAT", help="people、accounts、groups ……")
    parser.add_argument("file", type=Path, metavar="OUT.xlsx")


def run(call: Call) -> Outcome:
    """Export one list."""
    with closing(call.open(False)) as workplace:
        rows = Exports(workplace).write(call.words.what, call.words.file)
    return Outcome({"rows": rows, "file": call.words.file}, [f"已导出{rows}行到 {call.words.file}"])

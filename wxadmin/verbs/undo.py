"""Take an act back."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing

from wxadmin.services.history import History
from wxadmin.verbs.call import Call, Outcome

HELP = "撤销最后一步，或指定的一步（撤销本身也能撤销）"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("operation", nargs="?", type=int, metavar="OPERATION")
    parser.add_argument("--rest", action="store_true", help="只撤销此后没人动过的部分")


def run(call: Call) -> Outcome:
    """Undo."""
    with closing(call.open(True)) as workplace:
        done = History(workplace).undo(call.words.operation, rest=call.words.rest)
    data = {"operation": done.id, "undoes": done.undoes}
    return Outcome(data, [f"{done.title}（第 {done.id} 步）"])

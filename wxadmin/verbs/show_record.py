"""Show one record with everything that hangs on it."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from datetime import date

from wxadmin.services.as_of import AsOf
from wxadmin.verbs.call import Call, Outcome
from wxadmin.verbs.kinds import ONES, kind_called, told

HELP = "查看一条记录及其相关内容"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("kind", choices=ONES, metavar="KIND", help="、".join(ONES))
    parser.add_argument("key", metavar="KEY", help="工号、群编号或名称、表单编号……")
    parser.add_argument("--at", type=date.fromisoformat, metavar="DATE", help="这一天结束时的样子")


def run(call: Call) -> Outcome:
    """Show it."""
    words = call.words
    kind = kind_called(words.kind, ONES, "one")
    with closing(call.open(False)) as workplace:
        seen = AsOf(workplace).at(words.at) if words.at else workplace
        found = kind.one(seen, words.key)
    return Outcome(found, told(found, kind))

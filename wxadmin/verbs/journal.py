"""Look back at what was done."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing

from wxadmin.services.history import History, local_minute
from wxadmin.verbs.call import Call, Outcome, Table
from wxadmin.verbs.kinds.operation import row_of

HELP = "日志：做过什么、谁做的、来自哪个文件"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("--limit", type=int, metavar="N")


def run(call: Call) -> Outcome:
    """List the acts, newest first."""
    with closing(call.open(False)) as workplace:
        lines = History(workplace).lines(call.words.limit)
    table = Table(["步", "时间", "经办", "做了什么", "改动", "来源", "已撤销于"])
    for line in lines:
        done = line.operation
        when = local_minute(done.at)
        table.rows.append(
            [done.id, when, done.by, done.title, done.entries, done.source, line.undone_by]
        )
    operations = [row_of(line) for line in lines]
    return Outcome({"operations": operations}, table.lines())

"""Look back at what was done."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing

from wxadmin.services.history import History, local_minute
from wxadmin.verbs.call import Call, Outcome, Table

HELP = "日志：做过什么、谁做的、来自哪个文件"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("--limit", type=int, metavar="N")


def run(call: Call) -> Outcome:
    """List the acts, newest first."""
    with closing(call.open(False)) as workplace:
        lines = History(workplace).lines(call.words.limit)
    table = Table(["步", "时间", "经办", "做了什么", "改动", "来源", "已撤销于"])
    operations = []
    for line in lines:
        done = line.operation
        operations.append(
            {
                "id": done.id,
                "at": done.at,
                "on": done.on,
                "by": done.by,
                "title": done.title,
                "source": done.source,
                "changes": done.entries,
                "undoes": done.undoes,
                "undone_by": line.undone_by,
            }
        )
        when = local_minute(done.at)
        table.rows.append(
            [done.id, when, done.by, done.title, done.entries, done.source, line.undone_by]
        )
    return Outcome({"operations": operations}, table.lines())

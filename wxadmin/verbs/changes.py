"""Say what changed in the register between two days."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from dataclasses import asdict
from datetime import date

from wxadmin.domain.catalogue import BY_KIND
from wxadmin.domain.words import record_label
from wxadmin.services.as_of import AsOf, ChangeLine
from wxadmin.verbs.call import Call, Outcome

HELP = "两个日期之间登记库有哪些不同"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("from_on", type=date.fromisoformat, metavar="FROM", help="起（当天结束时）")
    parser.add_argument("to_on", type=date.fromisoformat, metavar="TO", help="止（当天结束时）")
    parser.add_argument(
        "--kind",
        choices=BY_KIND,
        action="append",
        metavar="KIND",
        help="只看这类：employee、group……",
    )
    parser.add_argument("--limit", type=int, metavar="N", help="最多列出几条（总数照报）")


def run(call: Call) -> Outcome:
    """List what is different on the second day."""
    words = call.words
    kinds = {BY_KIND[kind] for kind in words.kind} if words.kind else None
    with closing(call.open(False)) as workplace:
        found = AsOf(workplace).between(words.from_on, words.to_on, kinds)
    shown = found.lines if words.limit is None else found.lines[: max(0, words.limit)]
    data = {
        "from": found.from_on,
        "to": found.to_on,
        "counts": found.counts,
        "changes": [asdict(line) for line in shown],
        "total": len(found.lines),
    }
    return Outcome(data, [*map(_said, shown), f"共 {len(found.lines)} 处"])


def _said(line: ChangeLine) -> str:
    fields = "；".join(
        f"{one.label}：{one.old or '（空）'} → {one.new or '（空）'}" for one in line.fields
    )
    said = f"　{fields}" if line.sign == "变更" else ""
    return f"{line.sign}{record_label(line.kind)}“{line.name}”{said}"

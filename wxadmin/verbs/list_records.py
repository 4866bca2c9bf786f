"""List what the desk of that name shows."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from datetime import date

from wxadmin.services.as_of import AsOf
from wxadmin.verbs.call import Call, Outcome, Table
from wxadmin.verbs.kinds import LISTS, kind_called

HELP = "列出人员、账号、群组、表单、办理、提醒、日志等"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("what", choices=LISTS, metavar="WHAT", help="、".join(LISTS))
    parser.add_argument("--search", default="", metavar="TEXT", help="姓名、拼音、工号、名称……")
    parser.add_argument("--at", type=date.fromisoformat, metavar="DATE", help="这一天结束时的样子")
    parser.add_argument("--limit", type=int, metavar="N", help="最多列出几条（总数照报）")


def run(call: Call) -> Outcome:
    """List; `total` counts all that were found, `--limit` cuts the list only."""
    words = call.words
    kind = kind_called(words.what, LISTS, "rows")
    with closing(call.open(False)) as workplace:
        seen = AsOf(workplace).at(words.at) if words.at else workplace
        found = kind.rows(seen, words.search)
    shown = found if words.limit is None else found[: max(0, words.limit)]
    heads: dict[str, str] = getattr(kind, "HEADS", {})
    names = [name for name in heads if not found or name in found[0]]
    names = names or list(found[0] if found else ())
    table = Table(
        [heads.get(name, name) for name in names],
        [[_said(row.get(name)) for name in names] for row in shown],
    )
    lines = [*(table.lines() if shown else ()), f"共 {len(found)} 条"]
    return Outcome({words.what.replace("-", "_"): shown, "total": len(found)}, lines)


def _said(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value)) or None
    return value if not isinstance(value, bool) else "是" if value else "否"

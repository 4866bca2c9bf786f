"""Correct or hand over one record, field by field."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from contextlib import closing

from wxadmin.verbs.call import Call, Outcome
from wxadmin.verbs.kinds import ONES, kind_called, told

HELP = "修改或移交一条记录：set group 莆田一厂 owner=E00012"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("kind", choices=ONES, metavar="KIND", help="、".join(ONES))
    parser.add_argument("key", metavar="KEY", help="工号、群编号或名称、设定名……")
    parser.add_argument("fields", nargs="+", type=field, metavar="FIELD=VALUE")


def field(text: str) -> tuple[str, str]:
    """Read one FIELD=VALUE; the value may be empty and may hold further equals signs."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise ArgumentTypeError(f"“{text}”应写成 字段=值")
    return name.strip(), value.strip()


def run(call: Call) -> Outcome:
    """Change it; the record comes back as it stands now, with the operation."""
    words = call.words
    kind = kind_called(words.kind, ONES, "change")
    with closing(call.open(True)) as workplace:
        changed = kind.change(workplace, words.key, dict(words.fields))
    return Outcome(changed, told(changed, kind))

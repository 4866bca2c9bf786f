"""Write a list of the register to a tidy workbook."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path

from wxadmin.services.exports import Exports
from wxadmin.verbs.call import Call, Outcome
from wxadmin.verbs.print_register import month_named

HELP = "导出表格：people、accounts、groups、members、各种台账（同 print）、各种表单 ……"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("what", metavar="WHAT", help="people、accounts、groups ……")
    parser.add_argument("file", type=Path, metavar="OUT.xlsx")
    parser.add_argument("--month", default="", metavar="YYYY-MM", help="离职清单的月份")
    parser.add_argument("--masked", action="store_true", help="通讯录的号码、邮箱打码")


def run(call: Call) -> Outcome:
    """Export one list."""
    month = month_named(call.words.month) if call.words.month else call.today()
    with closing(call.open(False)) as workplace:
        hidden = call.words.masked and call.words.what == "address-book"
        what = "masked-address-book" if hidden else call.words.what
        rows = Exports(workplace, month).write(what, call.words.file)
    return Outcome({"rows": rows, "file": call.words.file}, [f"已导出{rows}行到 {call.words.file}"])

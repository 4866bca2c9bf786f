"""Tick an order to a group's owner off, or read it."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from contextlib import closing
from datetime import date
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.services.group_duties import Duties
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.order_sheet import OrderView
from wxadmin.services.orders import Orders
from wxadmin.services.people import person_called
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import Call, Outcome

HELP = "办结一份调整通知单（done），或取出可发到群里的文字（text）"
_NUMBER = re.compile(r"TZ-\d{6}-\d+")


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("act", choices=("done", "text"))
    parser.add_argument("order", metavar="FILE|GROUP", help="通知单文件、编号，或群")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="EMP_NO", help="只办了其中这几个人"
    )


def run(call: Call) -> Outcome:
    """Tick it off, recording who joined and who is out; or give its text."""
    words = call.words
    with closing(call.open(words.act == "done")) as workplace:
        view = order_called(workplace, words.order)
        picture = Picture(workplace)
        if words.act == "text":
            text = Orders(workplace).text(view, picture, Duties(workplace, picture))
            return Outcome({"number": view.order.number, "text": text}, text.splitlines())
        lines = _lines(workplace, view, words.only) if words.only else None
        done = Orders(workplace).tick(view, picture, line_ids=lines, on=words.on)
    data = {
        "number": done.number,
        "state": done.state,
        "joined": len(done.joined),
        "left": len(done.left),
        "waiting": list(done.waiting),
        "operation": done.operation,
    }
    said = f"{done.number} {done.state}：入群 {len(done.joined)} 人，退群 {len(done.left)} 人"
    return Outcome(data, [said, *(f"还不能加：{text}" for text in done.waiting)])


def order_called(workplace: Workplace, key: str) -> OrderView:
    """Return the order of that file or number, or the open one of a group."""
    number = _NUMBER.search(Path(key).name)
    orders = Orders(workplace)
    if number is not None:
        return orders.find(number.group())
    return orders.find(key, Groups(workplace).find(key))


def _lines(workplace: Workplace, view: OrderView, keys: list[str]) -> set[int]:
    """Return the open lines of these people."""
    wanted = {person_called(workplace, key).id: key for key in keys}
    lines = {line.employee_id: line.id for line in view.open_lines}
    strangers = [key for person_id, key in wanted.items() if person_id not in lines]
    if strangers:
        raise UserError(
            f"{view.order.number}里没有待办的{'、'.join(strangers)}，没有改动。", "not_on_order"
        )
    return {lines[person_id] for person_id in wanted}

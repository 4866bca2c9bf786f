"""Print a register on A4."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError
from wxadmin.services.checklist_paper import ChecklistPaper
from wxadmin.services.people import person_called
from wxadmin.services.register_paper import RegisterPaper
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import Call, Outcome

if TYPE_CHECKING:
    from wxadmin.paper.items import Measure, Page

HELP = "打印台账（A4）：群台账、成员名单、群管理号、账号台账、通讯录、离职清单、月报"
Draw = Callable[[Workplace, "Measure", date], "tuple[Page, ...]"]


def _slips(
    workplace: Workplace, measure: Measure, month: date, emp_nos: list[str]
) -> tuple[Page, ...]:
    """Draw the slips of some people, or of all who were hired in a month."""
    from wxadmin.services.group_duties import Duties
    from wxadmin.services.joining_paper import JoiningPaper
    from wxadmin.services.membership_picture import Picture

    picture = Picture(workplace)
    paper = JoiningPaper(workplace, picture, Duties(workplace, picture))
    people = [person_called(workplace, key).id for key in emp_nos] or paper.newcomers(month)
    if not people:
        raise UserError(f"{month:%Y-%m}没有新入职的人，没有要打印的入群须知。", "nobody")
    return paper.pages(people, measure)


def _movers(
    workplace: Workplace, measure: Measure, month: date, emp_nos: list[str]
) -> tuple[Page, ...]:
    """Draw the sheets of people who moved."""
    from wxadmin.services.group_duties import Duties
    from wxadmin.services.membership_picture import Picture
    from wxadmin.services.movers import Movers

    if not emp_nos:
        raise UserError("请用 --person 写明打印谁的调岗调整单。", "wrong_words")
    picture = Picture(workplace)
    movers = Movers(workplace, picture, Duties(workplace, picture))
    people = [person_called(workplace, key).id for key in emp_nos]
    return tuple(page for i in people for page in movers.pages(i, measure))


OF_PEOPLE = {"joining-slips": _slips, "movers": _movers}
"""What is printed person by person."""

REGISTERS: dict[str, tuple[str, Draw]] = {
    "group-register": ("群台账", lambda w, m, d: RegisterPaper(w, m).group_register()),
    "members": ("群成员名单", lambda w, m, d: RegisterPaper(w, m).member_lists()),
    "admin-numbers": ("群管理号登记表", lambda w, m, d: RegisterPaper(w, m).admin_numbers()),
    "accounts": ("账号台账", lambda w, m, d: RegisterPaper(w, m).account_register()),
    "address-book": ("通讯录", lambda w, m, d: RegisterPaper(w, m).address_book()),
    "leavers": ("离职人员办理清单", lambda w, m, d: RegisterPaper(w, m).leavers(d)),
    "joining-slips": ("入群须知", lambda w, m, d: _slips(w, m, d, [])),
    "movers": ("调岗调整单", lambda w, m, d: _movers(w, m, d, [])),
    "month-report": ("月报", lambda w, m, d: ChecklistPaper(w).month_report(d, m)),
}
"""What can be printed: its title, and how it is drawn for a month."""


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("what", metavar="WHAT", help="、".join(REGISTERS))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    parser.add_argument(
        "--month", default="", metavar="YYYY-MM", help="离职清单、入群须知、月报的月份"
    )
    parser.add_argument(
        "--person",
        action="append",
        default=[],
        metavar="EMP_NO",
        help="入群须知、调岗调整单打印谁的",
    )


def run(call: Call) -> Outcome:
    """Print one register to a PDF."""
    words = call.words
    if words.what not in REGISTERS:
        known = "、".join(REGISTERS)
        raise UserError(f"不能打印“{words.what}”，可用的有：{known}。", "wrong_words")
    title, draw = REGISTERS[words.what]
    month = _month(words.month) if words.month else call.today()
    printing = call.printing()
    printing.ensure_application()  # its fonts need one before anything is measured
    with closing(call.open(False)) as workplace:
        if words.person and words.what in OF_PEOPLE:
            pages = OF_PEOPLE[words.what](workplace, printing.measure, month, words.person)
        else:
            pages = draw(workplace, printing.measure, month)
        count = printing.write_pdf(pages, words.out, title=title)
    line = f"已打印{title} {count} 页到 {words.out}"
    return Outcome({"pages": count, "file": words.out}, [line])


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise UserError(f"月份“{text}”不对，应写成 2026-11 这样。", "wrong_words") from None

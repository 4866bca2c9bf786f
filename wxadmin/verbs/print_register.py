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
from wxadmin.services.registers import REGISTERS, register_called
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import Call, Outcome

if TYPE_CHECKING:
    from wxadmin.paper.items import Measure, Page

HELP = "打印台账（A4）：群台账、成员名单、备案册、编码表、通讯录、离职清单、各种表单的登记簿……"
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


OTHERS: dict[str, tuple[str, Draw]] = {
    "joining-slips": ("入群须知", lambda w, m, d: _slips(w, m, d, [])),
    "movers": ("调岗调整单", lambda w, m, d: _movers(w, m, d, [])),
    "month-report": ("月报", lambda w, m, d: ChecklistPaper(w).month_report(d, m)),
}
"""What is printed besides registers: its title, and how it is drawn for a month."""
MASKED = "masked-address-book"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument(
        "what",
        metavar="WHAT",
        help=f"{'、'.join((*REGISTERS, *OTHERS))}，或表单种类（group_request ……）",
    )
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
    parser.add_argument("--masked", action="store_true", help="通讯录的号码、邮箱打码")


def run(call: Call) -> Outcome:
    """Print one register to a PDF."""
    words = call.words
    month = month_named(words.month) if words.month else call.today()
    printing = call.printing()
    printing.ensure_application()  # its fonts need one before anything is measured
    with closing(call.open(False)) as workplace:
        hidden = words.masked and words.what == "address-book"
        title, draw = _register(workplace, MASKED if hidden else words.what)
        if words.person and words.what in OF_PEOPLE:
            pages = OF_PEOPLE[words.what](workplace, printing.measure, month, words.person)
        else:
            pages = draw(workplace, printing.measure, month)
        count = printing.write_pdf(pages, words.out, title=title)
    line = f"已打印{title} {count} 页到 {words.out}"
    return Outcome({"pages": count, "file": words.out}, [line])


def _register(workplace: Workplace, what: str) -> tuple[str, Draw]:
    """Return what is to be printed: its title and how it is drawn."""
    if what in OTHERS:
        return OTHERS[what]
    kind = register_called(workplace, what, tuple(OTHERS))
    return kind.title, lambda w, m, d: kind.draw(RegisterPaper(w, m), d)


def month_named(text: str) -> date:
    """Read a month as it is typed: 2026-11."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise UserError(f"月份“{text}”不对，应写成 2026-11 这样。", "wrong_words") from None

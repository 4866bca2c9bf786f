"""Checklists on paper, and the month's list of leavers; to the printer or to a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from ui.shared.paper_out import PaperJob, print_paper
from ui.shared.record_form import Field
from wxadmin.services.checklist_paper import ChecklistPaper, checklist_number
from wxadmin.services.groups import Groups
from wxadmin.services.joining_paper import JoiningPaper
from wxadmin.services.register_paper import RegisterPaper

if TYPE_CHECKING:
    from ui.checklists.desk import ChecklistsDesk


def print_chosen(desk: ChecklistsDesk) -> None:
    """The selected checklists on paper."""
    print_these(desk, [view.id for view in desk.chosen()])


def print_these(desk: ChecklistsDesk, keys: Sequence[int]) -> None:
    """Checklists on paper, each beginning a page of its own."""
    if not keys:
        desk.context.messages.error("先选中要打印的人。")
        return
    services = desk.context.services
    facts = desk.facts or desk.lists.views()
    wanted = [facts.one(key) for key in keys]
    first = wanted[0]
    many = f"{first.title}单{len(wanted)}张"
    alone = len(wanted) == 1
    paper = PaperJob(
        lambda measure, progress: ChecklistPaper(services).checklists(wanted, measure),
        f"{first.name}的{first.title}单" if alone else many,
        f"{checklist_number(first)}_{first.name}.pdf" if alone else f"{many}.pdf",
    )
    print_paper(desk.context, paper)


def print_slips(desk: ChecklistsDesk) -> None:
    """入群须知 for the selected newcomers: groups, what to be called in each, manners."""
    people = [view.look.checklist.employee_id for view in desk.chosen()]
    wanted = [person_id for person_id in people if person_id is not None]
    if not wanted:
        desk.context.messages.error("先选中要打印入群须知的人。")
        return
    name = desk.chosen()[0].name if len(wanted) == 1 else f"{len(wanted)}人"
    paper = PaperJob(
        lambda measure, progress: _slips(desk).pages(wanted, measure),
        f"入群须知 {name}",
        f"入群须知_{name}.pdf",
    )
    print_paper(desk.context, paper)


def copy_slip(desk: ChecklistsDesk) -> None:
    """入群须知 of the current newcomer as a chat message."""
    view = next(iter(desk.chosen()), None)
    if view is not None and view.look.checklist.employee_id is not None:
        text = _slips(desk).text(view.look.checklist.employee_id)
        desk.context.messages.copied(text, f"{view.name}的入群须知")


def _slips(desk: ChecklistsDesk) -> JoiningPaper:
    groups = Groups(desk.context.services)
    picture = groups.picture()
    return JoiningPaper(desk.context.services, picture, groups.duties(picture))


def print_month(desk: ChecklistsDesk) -> None:
    """月度名册: the leavers of a month, as HR's lists have them."""
    today = desk.context.services.today
    last = today.replace(day=1) - timedelta(days=1)
    months = [(day.replace(day=1), f"{day.year}年{day.month}月") for day in (today, last)]
    choice = Field("month", "哪个月", "choice", required=True, choices=months, value=months[0][0])
    answer = desk.context.messages.ask_form("打印月度离职名册", [choice], "打印")
    if answer is None:
        return
    services, month = desk.context.services, answer["month"]
    paper = PaperJob(
        lambda measure, progress: RegisterPaper(services, measure).leavers(month),
        f"{dict(months)[month]}离职名册",
        f"离职名册_{month:%Y%m}.pdf",
    )
    print_paper(desk.context, paper)

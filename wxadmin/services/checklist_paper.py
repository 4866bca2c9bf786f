"""Checklists and the month's report as sheets of paper, ready for preview, printer or PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from wxadmin.domain.checklist_view import StepView
from wxadmin.domain.proof import BY_PROOF
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.form_library import form_library
from wxadmin.services.month_report import MonthReports
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from datetime import date

    from wxadmin.domain.form_definition import RegisterDefinition
    from wxadmin.paper.checklist import ChecklistLine, ChecklistSheet
    from wxadmin.paper.items import Measure, Page

EVENTS = {"onboarding": "入职日期", "transfer": "生效日期", "offboarding": "离职日期"}
NUMBERS = {"onboarding": "RZBL", "transfer": "DGBL", "offboarding": "LZBL"}


def register_definition(workplace: Workplace, name: str) -> RegisterDefinition:
    """Return how a register or sheet is laid out; the user's own copy first."""
    return form_library(workplace).registers[name]


class ChecklistPaper:
    """Lays out checklists and the month's report."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def checklists(self, views: Sequence[ChecklistView], measure: Measure) -> tuple[Page, ...]:
        """Return the pages of checklists, each beginning a page of its own."""
        from wxadmin.paper.checklist import checklist_pages

        definition = register_definition(self._workplace, "checklist")
        return checklist_pages(definition, [self.sheet(view) for view in views], measure)

    def month_report(self, month: date, measure: Measure) -> tuple[Page, ...]:
        """Return the month on one page."""
        from wxadmin.paper.month_report import month_report_pages

        report = MonthReports(self._workplace).of(month)
        definition = register_definition(self._workplace, "month_report")
        return month_report_pages(definition, report, measure)

    def sheet(self, view: ChecklistView) -> ChecklistSheet:
        """Return a checklist as the paper takes it; what does not apply is left out."""
        from wxadmin.paper.checklist import ChecklistSheet

        checklist = view.look.checklist
        return ChecklistSheet(
            title=f"{view.title}单",
            number=checklist_number(view),
            subject=f"{view.name}　{view.key}",
            place="　".join(part for part in (view.unit, view.position) if part),
            event=EVENTS.get(checklist.template, "起始日期"),
            event_on=checklist.event_on,
            lines=tuple(_lines(view.shown)),
            company=self._workplace.office().company_name,
            printed_on=self._workplace.today,
        )


def checklist_number(view: ChecklistView) -> str:
    """Return the number a checklist bears on paper: LZBL-00017."""
    return f"{NUMBERS.get(view.look.checklist.template, 'BL')}-{view.id:05d}"


def _lines(steps: Iterable[StepView]) -> Iterable[ChecklistLine]:
    from wxadmin.paper.checklist import ChecklistLine

    for step in steps:
        item = step.item
        text = f"{item.title}：{item.text}" if item.text else item.title
        yield ChecklistLine(
            item.no,
            text,
            item.role,
            item.due_on,
            step.state if step.settled else "",
            step.sentence.removeprefix(BY_PROOF) if step.settled else "",
            item.source,
        )

"""Printing from 表单: one form, those ticked, a blank one; to the printer or to a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.shared.paper_out import PaperJob, print_paper, save_paper
from ui.shared.record_form import Field
from wxadmin.services.forms import Forms

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk
    from wxadmin.paper.items import Page


class FormPrinting:
    """What of the desk goes to paper."""

    def __init__(self, desk: FormsDesk) -> None:
        self._desk = desk

    def pages(self, numbers: Sequence[str]) -> list[Page]:
        """The pages of forms for the preview; nothing is marked as printed."""
        from ui import printing

        return self._desk.forms.pages(numbers, printing.measure)

    def job(self, numbers: Sequence[str]) -> PaperJob:
        """Forms on their way to paper; afterwards they count as printed."""
        desk = self._desk
        services = desk.context.services
        lines = {line.number: line for line in desk.lines}
        first = lines[numbers[0]]
        what = f"{first.name}的{desk.kinds.get(first.kind, '表')}"
        title = what if len(numbers) == 1 else f"{len(numbers)} 张表"
        file_name = f"{first.number}_{first.name}_{desk.kinds.get(first.kind, '表')}.pdf"
        if len(numbers) > 1:
            file_name = f"表单{len(numbers)}张_{services.today:%Y%m%d}.pdf"
        fresh = [number for number in numbers if lines[number].printed_on is None]
        return PaperJob(
            lambda measure, progress: Forms(services).pages(numbers, measure, progress),
            title,
            file_name,
            then=(lambda: desk.mark_printed(fresh)) if fresh else None,
        )

    def print_these(self) -> None:
        """Ctrl+P: those ticked, or else the current one."""
        if self._desk.table.ticked_ids():
            self.print_ticked()
        else:
            self.print_one()

    def print_ticked(self) -> None:
        """The forms with a tick, as one batch."""
        numbers = [str(number) for number in self._desk.table.ticked_ids()]
        if numbers:
            print_paper(self._desk.context, self.job(numbers))

    def print_one(self) -> None:
        """The current form."""
        if self._desk.view is not None:
            print_paper(self._desk.context, self.job([self._desk.view.form.number]))

    def save_one(self) -> None:
        """The current form as PDF."""
        if self._desk.view is not None:
            save_paper(self._desk.context, self.job([self._desk.view.form.number]))

    def save(self) -> None:
        """The current form, or those ticked, as PDF."""
        numbers = [str(number) for number in self._desk.table.ticked_ids()]
        if not numbers and self._desk.view is not None:
            numbers = [self._desk.view.form.number]
        if numbers:
            save_paper(self._desk.context, self.job(numbers))

    def print_blank(self) -> None:
        """A blank form of a kind, to be filled in by hand."""
        desk = self._desk
        kinds = [(kind.id, desk.forms.shelf.title(kind)) for kind in desk.forms.kinds()]
        kinds.sort(key=lambda pair: not desk.forms.shelf.definition(pair[0]).layout.mark)
        answer = desk.context.messages.ask_form(
            "打印空白表",
            [Field("kind", "哪一种表", "choice", required=True, choices=kinds, value=kinds[0][0])],
            "打印",
            "空白表没有编号，填好交来后请登记成新表。",
        )
        if answer is None:
            return
        kind = answer["kind"]
        services = desk.context.services
        paper = PaperJob(
            lambda measure, progress: Forms(services).blank_pages(kind, measure),
            dict(kinds)[kind],
            f"空白_{desk.kinds[kind]}.pdf",
        )
        print_paper(desk.context, paper)

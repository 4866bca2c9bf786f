"""Lay out forms on their sheets, with further pages for what is long."""

from __future__ import annotations

from wxadmin.domain.form_definition import FormDefinition
from wxadmin.paper.canvas import Canvas
from wxadmin.paper.form_drawing import FormDrawing, Memory
from wxadmin.paper.form_sheet import FormSheet
from wxadmin.paper.items import Measure, Page

__all__ = ["FormPress", "FormSheet", "form_pages"]


class FormPress:
    """Prints forms of one kind. Cells that say the same on many forms are laid out once only."""

    def __init__(self, definition: FormDefinition, measure: Measure) -> None:
        self.definition = definition
        self.measure = measure
        self.memory: Memory = {}

    def pages(self, sheet: FormSheet, *, blank: bool = False) -> tuple[Page, ...]:
        """Lay out a form; `blank` fills nothing in but what the company prints.

        The first page is the form, further ones carry long texts and lists to their end.
        """
        layout = self.definition.layout
        canvas = Canvas(self.measure, layout.width, layout.height)
        drawing = FormDrawing(self.definition, sheet, blank, canvas, self.memory)
        drawing.draw()
        further = drawing.appendix().pages(self.measure)
        drawing.count(1 + len(further))
        return (drawing.canvas.page(), *further)


def form_pages(
    definition: FormDefinition, sheet: FormSheet, measure: Measure, *, blank: bool = False
) -> tuple[Page, ...]:
    """Lay out one form; many of one kind are quicker through one FormPress."""
    return FormPress(definition, measure).pages(sheet, blank=blank)

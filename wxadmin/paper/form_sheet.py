"""What one form puts on paper: its values, and the rows its approval route asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from wxadmin.domain.form_definition import FormDefinition, PaperRow, RouteStep, StepPlace
from wxadmin.paper.template import Filler
from wxadmin.paper.values import chinese_date

_COUNTED = "〇一二三四五六七八九"
OPINION = "\n意　　见"
ROOM_FOR_TWO_LINES = 14.0  # mm an opinion needs for its words above a signature


@dataclass(frozen=True)
class FormSheet:
    """What one form puts on paper. Values stand by field name, tables as rows of mappings."""

    number: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    company: str = ""
    printed_on: date | None = None
    route: tuple[RouteStep, ...] = (RouteStep(""),)
    sheet: int = 1


def filler_of(definition: FormDefinition, sheet: FormSheet, blank: bool) -> Filler:
    """Return what fills the templates; a blank form keeps what the pack says (the mailbox)."""
    house = {
        "company": sheet.company,
        "version": str(definition.version),
        "sheet": str(sheet.sheet),
        "copies": _COUNTED[definition.copies] if definition.copies < 10 else str(definition.copies),
        "printed_on": chinese_date(sheet.printed_on) if sheet.printed_on else "",
    }
    known = {one.name: one for one in definition.fields}
    again = f"（第{sheet.sheet}版）" if sheet.sheet > 1 else ""
    values = {**sheet.values, "number": sheet.number + again}
    if blank:
        values = {
            name: value
            for name, value in sheet.values.items()
            if name in known
            and known[name].source.startswith("pack")
            and not known[name].printed_boxes()
        }
    return Filler({**values, **house}, known, blank)


def route_of(definition: FormDefinition, sheet: FormSheet) -> tuple[RouteStep, ...]:
    """Return whose opinions are printed: those the office names, else those of the route."""
    return tuple(RouteStep(title) for title in definition.approvers) or sheet.route


def printed_rows(rows: tuple[PaperRow, ...], route: tuple[RouteStep, ...]) -> list[PaperRow]:
    """Return the rows printed for a route; heights of those left out go to others.

    A route without a decision has no room for an opinion either.
    """
    printed: list[PaperRow] = []
    given: dict[str, float] = defaultdict(float)
    further = route[1:]
    for row in rows:
        if not row.printed:
            continue
        steps = {StepPlace.FIRST: route[:1], StepPlace.REST: further}.get(row.step)
        if steps is None:
            printed.append(row)
            continue
        share = row.height / max(1, len(steps))
        printed += [_opinion(row, step, share) for step in steps]
        for name, height in row.gives.items() if not steps else ():
            given[name] += height
    return [replace(row, height=row.height + given.get(row.id, 0.0)) for row in printed]


def _opinion(row: PaperRow, step: RouteStep, height: float) -> PaperRow:
    """Return the row of one step; where many share a page, choice and signature share a line."""
    titled = replace(_titled(row, step), height=height)
    if height >= ROOM_FOR_TWO_LINES:
        return titled
    cells = [
        replace(cell, text=f"{cell.text.split('，')[0]}　　{cell.foot}", foot="", top=False)
        if cell.foot
        else cell
        for cell in titled.cells
    ]
    return replace(titled, cells=tuple(cells))


def _titled(row: PaperRow, step: RouteStep) -> PaperRow:
    """Name an opinion row after the step of the route, where the pack gives it a title."""
    if not step.title:
        return row
    first, *others = row.cells
    return replace(row, cells=(replace(first, text=step.title + OPINION), *others))

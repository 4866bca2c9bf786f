"""A checklist on paper (办理单): each step with its role, day, proof and room to sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wxadmin.domain.form_definition import RegisterDefinition
from wxadmin.domain.frozen import dataclass
from wxadmin.paper.flow import Flow
from wxadmin.paper.flow_table import set_table
from wxadmin.paper.items import Face, Measure, Page
from wxadmin.paper.qr_code import qr_code
from wxadmin.paper.register import signers
from wxadmin.paper.template import Filler
from wxadmin.paper.values import chinese_date, chinese_day

CODE_SIZE = 13.0
ROW_HEIGHT = 9.0  # room to sign


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One step as it is printed."""

    no: int
    text: str
    role: str
    due_on: date | None
    state: str
    proof: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistSheet:
    """One checklist: of whom or of which group, since when, with its steps."""

    title: str  # 入职办理单
    number: str
    subject: str  # 陈佳怡　00418
    place: str  # 莆田一厂／综合办公室　人事专员
    event: str  # 入职日期
    event_on: date
    lines: tuple[ChecklistLine, ...]
    company: str = ""
    printed_on: date | None = None
    code: str = ""  # what its QR code says; none is printed without


def checklist_pages(
    definition: RegisterDefinition, sheets: Sequence[ChecklistSheet], measure: Measure
) -> tuple[Page, ...]:
    """Lay out checklists, each beginning a page of its own."""
    return tuple(page for sheet in sheets for page in _one(definition, sheet, measure))


def _one(
    definition: RegisterDefinition, sheet: ChecklistSheet, measure: Measure
) -> tuple[Page, ...]:
    body = Face(definition.body_pt)
    filler = Filler(_values(sheet))
    flow = Flow(measure, definition.margins, (definition.width, definition.height))
    flow.head(
        filler.text(definition.title),
        definition.title_pt,
        [filler.text(part) for part in definition.above],
        body,
    )
    if sheet.code:
        right = definition.width - definition.margins.right
        flow.canvas.code(qr_code(right - CODE_SIZE, definition.margins.top, CODE_SIZE, sheet.code))
    flow.template(filler, definition.words["subject"], body)
    flow.gap()
    set_table(flow, definition.columns, [_row(line) for line in sheet.lines], body, ROW_HEIGHT)
    flow.gap(3.0)
    flow.template(filler, definition.words["note"], body)
    return flow.pages(signers(definition, sheet.printed_on))


def _values(sheet: ChecklistSheet) -> dict[str, object]:
    return {
        "company": sheet.company,
        "title": sheet.title,
        "number": sheet.number,
        "subject": sheet.subject,
        "place": sheet.place,
        "event": sheet.event,
        "event_on": chinese_date(sheet.event_on),
        "count": str(len(sheet.lines)),
    }


def _row(line: ChecklistLine) -> dict[str, object]:
    return {
        "no": str(line.no),
        "text": line.text + (f"\n〔{line.source}〕" if line.source else ""),
        "role": line.role,
        "due_on": chinese_day(line.due_on) if line.due_on else "",
        "state": line.state,
        "proof": line.proof,
    }

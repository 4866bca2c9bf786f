"""One check of a group's members on A4: numbers, four lists, what became of them, signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from wxadmin.domain.form_definition import RegisterDefinition
from wxadmin.paper.flow import Flow
from wxadmin.paper.flow_table import Row, set_table
from wxadmin.paper.items import Face, FontRole, Measure, Page
from wxadmin.paper.template import Filler
from wxadmin.paper.values import chinese_date

SECTION = Face(10.5, FontRole.HEI)
SECTIONS = ("missing", "extra", "unreal", "unfit")


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """One check as it is printed; `lists` are the rows of the four lists by section."""

    number: str
    group: str
    owner: str
    checked_on: date | None
    by: str
    trigger: str
    expected: int
    actual: int | None
    members_on: date | None
    state: str
    note: str = ""
    signed_by: str = ""
    anomalies: tuple[str, ...] = ()
    is_compared: bool = True
    lists: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    company: str = ""

    @property
    def difference(self) -> str:
        """Say how the number is off: 多2人, 少1人, 数目一致."""
        if self.actual is None:
            return "没有数"
        off = self.actual - self.expected
        return f"{'多' if off > 0 else '少'}{abs(off)}人" if off else "数目一致"


def check_pages(
    definition: RegisterDefinition, sheets: Sequence[CheckSheet], measure: Measure
) -> tuple[Page, ...]:
    """Lay out checks, every check on a page of its own."""
    return tuple(page for sheet in sheets for page in _one(definition, sheet, measure))


def _one(definition: RegisterDefinition, sheet: CheckSheet, measure: Measure) -> tuple[Page, ...]:
    words, body = definition.words, Face(definition.body_pt)
    filler = Filler(_values(sheet))
    flow = Flow(measure, definition.margins, (definition.width, definition.height))
    above = [filler.text(part) for part in definition.above]
    flow.head(filler.text(definition.title), definition.title_pt, above, body)
    flow.template(filler, words["about"], body)
    flow.template(filler, words["counts"], body)
    if sheet.anomalies:
        flow.template(filler, words["anomalies"], body)
    flow.template(filler, words["outcome"], body)
    for section in SECTIONS:
        _list(flow, definition, sheet, section, filler)
    flow.gap()
    flow.template(filler, words["below"], body)
    flow.gap(6.0)
    flow.need(16.0)
    flow.template(filler, words["signature"], body)
    flow.template(filler, words["dates"], body)
    return flow.pages()


def _list(
    flow: Flow, definition: RegisterDefinition, sheet: CheckSheet, section: str, filler: Filler
) -> None:
    body, rows = Face(definition.body_pt), sheet.lists.get(section, ())
    flow.heading(filler.text(definition.words[section]), SECTION)
    numbered = [{"no": str(number), **row} for number, row in enumerate(rows, start=1)]
    if numbered:
        set_table(flow, definition.tables["lines"], numbered, body, 7.5)
    else:
        flow.line(definition.words["nobody" if sheet.is_compared else "not_compared"], body)


def _values(sheet: CheckSheet) -> dict[str, object]:
    return {
        "number": sheet.number,
        "group": sheet.group,
        "owner": sheet.owner or "无",
        "checked_on": chinese_date(sheet.checked_on) if sheet.checked_on else "（还没有）",
        "by": sheet.by or "（还没有）",
        "trigger": sheet.trigger,
        "expected": str(sheet.expected),
        "actual": "—" if sheet.actual is None else str(sheet.actual),
        "difference": sheet.difference,
        "members_on": f"{chinese_date(sheet.members_on)}登记" if sheet.members_on else "没有登记",
        "anomalies": "；".join(sheet.anomalies),
        "state": sheet.state,
        "note": sheet.note,
        "signed_by": sheet.signed_by,
        "owner_signed": "",
        "company": sheet.company,
        **{section: str(len(sheet.lists.get(section, ()))) for section in SECTIONS},
    }

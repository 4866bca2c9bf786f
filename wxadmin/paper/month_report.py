"""The month on one page (月报一页纸) for whoever the administrator reports to."""

from __future__ import annotations

from datetime import date

from wxadmin.domain.form_definition import RegisterDefinition
from wxadmin.domain.frozen import dataclass
from wxadmin.paper.flow import Flow
from wxadmin.paper.flow_table import set_table
from wxadmin.paper.items import Face, FontRole, Measure, Page
from wxadmin.paper.register import signers
from wxadmin.paper.template import Filler

SECTION = Face(11, FontRole.HEI)


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """What happened in one unit."""

    unit: str
    staff: int
    joined: int
    left: int
    moved: int
    accounts: int


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something still open at the end of the month."""

    text: str
    count: int
    oldest: str = ""  # 最早：11月5日


@dataclass(frozen=True, slots=True)
class MonthReport:
    """The figures of one month."""

    month: str  # 2026年11月
    units: tuple[UnitMonth, ...]
    open_items: tuple[OpenItem, ...] = ()
    units_without_list: tuple[str, ...] = ()
    groups_without_owner: tuple[str, ...] = ()
    chain_head: str = ""  # the short hash of the journal's last entry
    entries: int = 0  # of the journal this month
    company: str = ""
    made_by: str = ""
    printed_on: date | None = None


def month_report_pages(
    definition: RegisterDefinition, report: MonthReport, measure: Measure
) -> tuple[Page, ...]:
    """Lay out the report."""
    words, body = definition.words, Face(definition.body_pt)
    filler = Filler(_values(report))
    flow = Flow(measure, definition.margins, (definition.width, definition.height))
    flow.head(
        filler.text(definition.title),
        definition.title_pt,
        [filler.text(part) for part in definition.above],
        body,
    )
    flow.heading(words["units"], SECTION)
    set_table(flow, definition.tables["units"], _unit_rows(report), body)
    flow.heading(words["open"], SECTION)
    if report.open_items:
        set_table(flow, definition.tables["open"], _open_rows(report), body)
    else:
        flow.text(words["nothing_open"], body)
    _names(flow, filler, words["units_without_list"], report.units_without_list, body)
    _names(flow, filler, words["groups_without_owner"], report.groups_without_owner, body)
    flow.heading(words["journal"], SECTION, keep=8.0)
    flow.template(filler, words["chain"], body)
    flow.gap(8.0)
    flow.need(10.0)
    flow.template(filler, words["signature"], body)
    return flow.pages(signers(definition, report.printed_on))


def _names(flow: Flow, filler: Filler, heading: str, names: tuple[str, ...], body: Face) -> None:
    flow.heading(filler.text(heading), SECTION, keep=8.0)
    flow.text("、".join(names) or "无", body)


def _values(report: MonthReport) -> dict[str, object]:
    return {
        "company": report.company,
        "month": report.month,
        "made_by": report.made_by,
        "chain_head": report.chain_head,
        "entries": f"{report.entries:,}",
        "without_list": str(len(report.units_without_list)),
        "without_owner": str(len(report.groups_without_owner)),
    }


def _unit_rows(report: MonthReport) -> list[dict[str, object]]:
    units = report.units
    total = UnitMonth(
        "合计",
        sum(one.staff for one in units),
        sum(one.joined for one in units),
        sum(one.left for one in units),
        sum(one.moved for one in units),
        sum(one.accounts for one in units),
    )
    return [
        {
            "unit": one.unit,
            "staff": f"{one.staff:,}",
            "joined": str(one.joined),
            "left": str(one.left),
            "moved": str(one.moved),
            "accounts": f"{one.accounts:,}",
        }
        for one in (*units, total)
    ]


def _open_rows(report: MonthReport) -> list[dict[str, object]]:
    return [
        {"no": str(number), "text": one.text, "count": str(one.count), "oldest": one.oldest}
        for number, one in enumerate(report.open_items, start=1)
    ]

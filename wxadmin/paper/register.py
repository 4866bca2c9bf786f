"""Registers on A4 landscape: the heading on every page, no row split, who made it at the foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from wxadmin.domain.form_definition import Align, PaperColumn, RegisterDefinition
from wxadmin.paper.canvas import Space
from wxadmin.paper.flow import Flow
from wxadmin.paper.flow_table import FlowTable, Row, set_table
from wxadmin.paper.items import Face, Measure, Page
from wxadmin.paper.template import Filler
from wxadmin.paper.values import chinese_date

ABOVE_PT = 9.5
CONTROL_MM = 46.0  # the room of the 受控表号


@dataclass(frozen=True)
class RegisterSheet:
    """What a register prints: rows by column key, and the words over the table by name."""

    rows: Sequence[Row]
    company: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    printed_on: date | None = None
    made_by: str = ""


@dataclass(frozen=True)
class MemberList:
    """The members of one group for the appendix of the group register."""

    group: str
    rows: Sequence[Row]  # dept, name, position, basis
    listed_on: date | None = None
    source: str = ""


def register_pages(
    definition: RegisterDefinition, sheet: RegisterSheet, measure: Measure
) -> tuple[Page, ...]:
    """Lay out a register over as many pages as it takes; long names wrap and never shrink.

    A row without `no` gets its running number; the words `below` follow the last one.
    """
    flow = _flow(definition, measure, sheet.company, sheet.values)
    rows = [{"no": str(number), **row} for number, row in enumerate(sheet.rows, start=1)]
    set_table(flow, definition.columns, rows, Face(definition.body_pt))
    if "below" in definition.words:
        flow.gap()
        filler = Filler({**sheet.values, "company": sheet.company})
        flow.template(filler, definition.words["below"], Face(definition.body_pt))
    return flow.pages(signers(definition, sheet.printed_on, sheet.made_by))


def member_list_pages(
    definition: RegisterDefinition,
    lists: Sequence[MemberList],
    measure: Measure,
    *,
    company: str = "",
    printed_on: date | None = None,
) -> tuple[Page, ...]:
    """Lay out name lists in two columns side by side, every group on a page of its own."""
    pages: list[Page] = []
    for members in lists:
        values = {
            "group": members.group,
            "count": str(len(members.rows)),
            "listed_on": chinese_date(members.listed_on) if members.listed_on else "",
            "source": members.source,
        }
        flow = _flow(definition, measure, company, values)
        _set_twofold(flow, definition, members.rows)
        pages += flow.pages(signers(definition, printed_on))
    return tuple(pages)


def signers(definition: RegisterDefinition, printed_on: date | None, made_by: str = "") -> str:
    """Return the words at the foot: who makes, who checks, when it was printed."""
    words = [f"{signer}：{{|26}}" for signer in definition.signers]
    if words and made_by:
        words[0] = f"{definition.signers[0]}：{made_by}"
    if printed_on:
        words.append(f"打印日期：{chinese_date(printed_on)}")
    return "　　".join(words)


def _flow(
    definition: RegisterDefinition, measure: Measure, company: str, values: Mapping[str, object]
) -> Flow:
    filler = Filler({**values, "company": company})
    title = filler.text(definition.title)
    above = [filler.text(words) for words in definition.above]

    def head(flow: Flow) -> None:
        if definition.control_no:
            right = Space(flow.margins.left + flow.width - CONTROL_MM, flow.y, CONTROL_MM, 5.0)
            flow.canvas.one_line(right, definition.control_no, Face(ABOVE_PT), Align.RIGHT)
        flow.head(title, definition.title_pt, above, Face(ABOVE_PT))

    return Flow(measure, definition.margins, (definition.width, definition.height), head)


def _set_twofold(flow: Flow, definition: RegisterDefinition, rows: Sequence[Row]) -> None:
    """Fill the left half of a page, then its right half, then the next page."""
    face = Face(definition.body_pt)
    numbered = [{"no": str(number), **row} for number, row in enumerate(rows, start=1)]
    single = FlowTable(flow, definition.columns, face)
    heights = [_height(single, row) for row in numbered]
    head = single.height_of_cells(single.head)
    at = 0
    while at < len(numbered) or at == 0:
        left = _taken(heights[at:], flow.room - head)
        pairs = _paired(numbered[at : at + left], numbered[at + left :], left)
        FlowTable(flow, _doubled(definition.columns), face).draw(pairs)
        at += 2 * left
        if at < len(numbered):
            flow.page()


def _height(table: FlowTable, row: Row) -> float:
    return table.height_of_cells([table.lines_of(column, row) for column in table.columns])


def _taken(heights: list[float], room: float) -> int:
    """Return how many rows the left half takes so that it and the right half both fit."""
    count = -(-len(heights) // 2)
    while count > 1 and sum(_rows_beside(heights, count)) > room:
        count -= 1
    return max(1, count)


def _rows_beside(heights: list[float], count: int) -> list[float]:
    right = heights[count : 2 * count]
    return [
        max(height, right[number] if number < len(right) else 0.0)
        for number, height in enumerate(heights[:count])
    ]


def _paired(left: Sequence[Row], following: Sequence[Row], count: int) -> list[Row]:
    """Put the rows of both halves beside each other, the right ones under names of their own."""
    right = following[:count]
    return [
        {**row, **{f"{key}_2": value for key, value in right[number].items()}}
        if number < len(right)
        else row
        for number, row in enumerate(left)
    ]


def _doubled(columns: tuple[PaperColumn, ...]) -> tuple[PaperColumn, ...]:
    second = tuple(
        PaperColumn(column.label, column.text.replace("}", "_2}"), column.width, column.align)
        for column in columns
    )
    return columns + second

"""What must hold of a form's definition as a whole, so that its sheet can be printed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from wxadmin.domain.form_definition import (
    FormDefinition,
    FormField,
    PaperLayout,
    PaperRow,
    StepPlace,
)
from wxadmin.policy.toml_file import TomlTable

GRID_TOLERANCE = 0.05  # mm
LOWEST_ROW = 4.0  # mm: one line of the smallest type
LOWEST_OPINION = 12.0  # mm: room for a signature
_SEQUENCES = re.compile(r"\{n+\}")
_PARTS = re.compile(r"\{(?:n+|YYYYMM|YYYY|MM)\}")
_NOT_IN_NUMBER = re.compile(r"[\s{}\\/:*?\"<>|]")


@dataclass(frozen=True)
class KnownWords:
    """The sources and conditions the program understands; those of its own files."""

    sources: Collection[str]
    conditions: Collection[str]

    @classmethod
    def of(cls, definitions: Iterable[FormDefinition]) -> KnownWords:
        """Return what some definitions use."""
        fields = [field for definition in definitions for field in definition.fields]
        return cls({f.source for f in fields}, {f.required_when for f in fields})


def check_words(table: TomlTable, definition: FormDefinition, known: KnownWords) -> None:
    """Refuse a source or a condition nobody understands: it would silently stay empty."""
    for one, field in zip(table.tables("fields"), definition.fields, strict=True):
        if field.source and field.source not in known.sources:
            raise one.refuse("source", f"不认识的来源“{field.source}”")
        if field.required_when and field.required_when not in known.conditions:
            raise one.refuse("required_when", f"不认识的条件“{field.required_when}”")


def check_number(table: TomlTable, pattern: str) -> None:
    """Refuse a pattern that could not count, or could not stand in a file's name."""
    if len(_SEQUENCES.findall(pattern)) != 1:
        raise table.refuse("number", f"编号“{pattern}”里要有一处流水号，如 {{nnn}}")
    if _NOT_IN_NUMBER.search(_PARTS.sub("", pattern)):
        raise table.refuse(
            "number",
            f"编号“{pattern}”里除 {{YYYYMM}} {{YYYY}} {{MM}} {{nnn}} 外不能有空格和括号斜线等",
        )


def check_names(table: TomlTable, fields: Iterable[FormField], rows: Iterable[PaperRow]) -> None:
    """Refuse two fields, or two rows, of one name."""
    for key, names in (("fields", [f.name for f in fields]), ("rows", [r.id for r in rows])):
        seen: set[str] = set()
        for one, name in zip(table.tables(key), names, strict=True):
            if name in seen:
                raise one.refuse("name" if key == "fields" else "id", f"“{name}”重复了")
            seen.add(name)


def check_row(table: TomlTable, row: PaperRow, columns: tuple[float, ...]) -> None:
    """Refuse a row that is too low, or whose cells overlap or do not end where the grid ends."""
    if row.height < LOWEST_ROW and not (row.table and row.table.apart):
        raise table.refuse("height", f"行高{row.height:g}毫米太低，至少{LOWEST_ROW:g}毫米")
    at, used = 0, 0.0
    for number, cell in enumerate(row.cells):
        if not cell.width and (cell.span < 1 or at + cell.span > len(columns)):
            raise table.refuse("cells", f"第{number + 1}格跨出了表格的{len(columns)}列")
        used += cell.width or sum(columns[at : at + cell.span])
        at += 0 if cell.width else cell.span
    if row.table:
        used = sum(column.width for column in row.table.columns)
    if abs(used - sum(columns)) > GRID_TOLERANCE:
        wide = "互相重叠" if used > sum(columns) else "没有排满"
        key = "table" if row.table else "cells"
        raise table.refuse(key, f"这一行宽{used:g}毫米，应为{sum(columns):g}毫米，{wide}")


def check_size(paper: TomlTable, layout: PaperLayout) -> None:
    """Refuse a form that would run off its sheet."""
    across = layout.margins.left + layout.grid_width + layout.margins.right
    if across > layout.width + GRID_TOLERANCE:
        raise paper.refuse("columns", f"各列加页边共{across:g}毫米，超出纸宽{layout.width:g}毫米")
    above = sum(cell.width for cell in layout.above)
    if above > layout.grid_width + GRID_TOLERANCE:
        raise paper.refuse("columns", f"表上一行宽{above:g}毫米，超出表宽{layout.grid_width:g}毫米")
    down = layout.used_height
    if down > layout.height + GRID_TOLERANCE:
        raise paper.refuse("margins", f"各行加页边共{down:g}毫米，超出纸高{layout.height:g}毫米")


def check_opinions(table: TomlTable, definition: FormDefinition) -> None:
    """Refuse approvers for whom no box is drawn, or one too low to sign in."""
    titles, rows = definition.approvers, definition.layout.rows
    if not titles:
        return
    places = {row.step: row for row in rows if row.step and row.printed}
    if StepPlace.FIRST not in places or (len(titles) > 1 and StepPlace.REST not in places):
        raise table.refuse("approvers", f"写了{len(titles)}位审批人，表上没有这么多意见栏")
    further = len(titles) - 1
    share = places[StepPlace.REST].height / further if further else LOWEST_OPINION
    if share < LOWEST_OPINION:
        raise table.refuse(
            "approvers",
            f"第二位起每栏只有{share:.3g}毫米，签不下字，请加高意见栏（每栏至少{LOWEST_OPINION:g}毫米）",
        )

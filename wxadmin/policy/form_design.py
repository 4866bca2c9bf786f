"""Turn a form's file into a design and lay a changed design over the file again.

Everything here works on the plain tables of the file; whether the outcome can be printed is
judged by reading it as any other form.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from wxadmin.domain.form_definition import FieldType
from wxadmin.domain.form_design import OWN_FIELD, Design, ExtraField, RowDesign, bare

Data = dict[str, Any]
SIDES = ("top", "right", "bottom", "left")
EXTRA_ROW = 9.0  # mm
EXTRA_LONG_ROW = 18.0
QR_SIZE = 13.0
_FIELD = re.compile(r"\{(\w+)")


def design_of(data: Data) -> Design:
    """Return what an office may change, as it stands in a form's file."""
    paper = data["paper"]
    top, right, bottom, left = (float(paper["margins"][side]) for side in SIDES)
    fields = [one for one in data.get("fields", ()) if one["name"].startswith(OWN_FIELD)]
    return Design(
        title=data["title"],
        number=data["number"],
        mark=paper.get("mark", ""),
        letterhead=paper.get("letterhead", ""),
        control_no=paper.get("control_no", ""),
        logo=paper.get("logo", ""),
        copies=data.get("copies", 1),
        margins=(top, right, bottom, left),
        qr_size=float(paper.get("qr_size", QR_SIZE)),
        strike_blank=paper.get("strike_blank", False),
        approvers=tuple(data.get("approvers", ())),
        foot=tuple(data.get("foot", ())),
        rows=tuple(_row_design(row) for row in data["rows"] if not _is_own(row)),
        extras=tuple(_extra(one) for one in fields),
    )


def with_design(data: Data, design: Design) -> Data:
    """Return a form's file with a design laid over it."""
    changed = copy.deepcopy(data)
    changed |= {"title": design.title.strip(), "number": design.number.strip()}
    changed["copies"] = design.copies
    _set_or_drop(changed, "approvers", [one.strip() for one in design.approvers if one.strip()])
    _set_or_drop(changed, "foot", [line for line in design.foot if line.strip()])
    _with_paper(changed["paper"], design)
    _with_rows(changed, design)
    _with_extras(changed, design.extras)
    _with_margins(changed, design)
    return changed


def _with_paper(paper: Data, design: Design) -> None:
    for key in ("mark", "letterhead", "control_no", "logo"):
        _set_or_drop(paper, key, getattr(design, key).strip())
    paper["qr_size"] = design.qr_size
    paper["strike_blank"] = design.strike_blank


def _set_or_drop(table: Data, key: str, value: Any) -> None:
    if value:
        table[key] = value
    else:
        table.pop(key, None)


# -- rows ---------------------------------------------------------------------------------------
def _is_own(row: Data) -> bool:
    return bool(row["id"].startswith(OWN_FIELD))


def _row_design(row: Data) -> RowDesign:
    table = row.get("table")
    cells = row.get("cells", ())
    labels = [table["heading"]] if table else [c["label"] for c in cells if "label" in c]
    return RowDesign(
        id=row["id"],
        labels=tuple(labels),
        height=float(row.get("height", 0.0)),
        printed=row.get("printed", True),
        lines=table.get("rows", 3) if table else 0,
        is_opinion=bool(row.get("step")),
        when=row.get("when", ""),
        words=next((c["text"] for c in cells if c.get("text")), ""),
    )


def _with_rows(data: Data, design: Design) -> None:
    wanted = {row.id: row for row in design.rows}
    for row in data["rows"]:
        if row["id"] in wanted:
            _with_row(data, row, wanted[row["id"]])


def _with_row(data: Data, row: Data, wanted: RowDesign) -> None:
    _set_or_drop(row, "printed", True)
    if wanted.printed:
        del row["printed"]
    else:
        row["printed"] = False
    if "table" in row:
        row["table"] |= {"rows": wanted.lines, "heading": wanted.labels[0]}
        return
    if row.get("gives") and wanted.height != row["height"]:
        share = wanted.height / row["height"]
        row["gives"] = {name: given * share for name, given in row["gives"].items()}
    row["height"] = wanted.height
    labels = iter(wanted.labels)
    for number, cell in enumerate(row["cells"]):
        if "label" in cell:
            _rename(data, row["cells"], number, next(labels, cell["label"]))


def _rename(data: Data, cells: list[Data], number: int, label: str) -> None:
    """Rename a cell, and with it the field behind it that was called the same on the screen."""
    before, cells[number]["label"] = cells[number]["label"], label.strip() or "　"
    behind = cells[number + 1] if number + 1 < len(cells) else {}
    named = behind.get("field") or next(iter(_FIELD.findall(behind.get("text", ""))), "")
    for field in data.get("fields", ()):
        if field["name"] == named and bare(field["label"]) == bare(before) and label.strip():
            field["label"] = bare(label)


# -- added fields -------------------------------------------------------------------------------
def _extra(field: Data) -> ExtraField:
    return ExtraField(
        field["label"],
        FieldType(field.get("type", FieldType.TEXT)),
        field.get("required", False),
        tuple(field.get("choices", ())),
    )


def _with_extras(data: Data, extras: tuple[ExtraField, ...]) -> None:
    """Put the added fields into rows of their own, above the opinions; names stay with labels."""
    known = {one["label"]: one["name"] for one in data["fields"] if _is_own_field(one)}
    data["fields"] = [one for one in data["fields"] if not _is_own_field(one)]
    heights = {row["id"]: row.get("height", EXTRA_ROW) for row in data["rows"]}
    rows = [row for row in data["rows"] if not _is_own(row)]
    at = next((n for n, row in enumerate(rows) if row.get("step")), len(rows))
    taken = set(known.values())
    for extra in extras:
        name = known.get(extra.label) or _free_name(taken)
        taken.add(name)
        usual = EXTRA_LONG_ROW if extra.type is FieldType.LONG_TEXT else EXTRA_ROW
        rows.insert(at, _extra_row(data, name, extra, heights.get(name, usual)))
        data["fields"].append(_extra_field(name, extra))
        at += 1
    data["rows"] = rows


def _is_own_field(field: Data) -> bool:
    return bool(field["name"].startswith(OWN_FIELD))


def _free_name(taken: set[str]) -> str:
    number = 1
    while f"{OWN_FIELD}{number}" in taken:
        number += 1
    return f"{OWN_FIELD}{number}"


def _extra_field(name: str, extra: ExtraField) -> Data:
    field: Data = {"name": name, "label": extra.label, "type": extra.type.value}
    if extra.required:
        field["required"] = True
    if extra.choices:
        field["choices"] = list(extra.choices)
    return field


def _extra_row(data: Data, name: str, extra: ExtraField, height: float) -> Data:
    columns = data["paper"]["columns"]
    label: Data = {"label": extra.label}
    boxed = extra.type in (FieldType.CHOICE, FieldType.BOOL)
    value: Data = {"text": f"{{{name}:boxes}}"} if boxed else {"field": name}
    if len(columns) > 1:
        value["span"] = len(columns) - 1
    else:
        label["width"], value["width"] = columns[0] * 0.15, columns[0] * 0.85
    if extra.type is FieldType.LONG_TEXT:
        value = {"text": f"{{{name}}}", "top": True, **{k: value[k] for k in value if k != "field"}}
    return {"id": name, "height": height, "cells": [label, value]}


# -- the sheet ----------------------------------------------------------------------------------
def _with_margins(data: Data, design: Design) -> None:
    """Set the margins; where those at the sides change, the grid fills what is left between."""
    paper = data["paper"]
    before = paper["margins"]
    paper["margins"] = dict(zip(SIDES, design.margins, strict=True))
    if (before["left"], before["right"]) == (design.margins[3], design.margins[1]):
        return
    room = paper.get("width", 210.0) - design.margins[1] - design.margins[3]
    factor = room / sum(paper["columns"])
    if factor > 0:
        _scale(data, factor)


def _scale(data: Data, factor: float) -> None:
    data["paper"]["columns"] = [width * factor for width in data["paper"]["columns"]]
    cells = [cell for row in data["rows"] for cell in row.get("cells", ())]
    columns = [c for row in data["rows"] for c in row.get("table", {}).get("columns", ())]
    for one in (*cells, *data.get("above", ()), *columns):
        if one.get("width"):
            one["width"] *= factor

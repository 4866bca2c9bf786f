"""Turn a register's file into a design and lay a changed design over the file again."""

from __future__ import annotations

import copy
from typing import Any

from wxadmin.domain.form_design import ColumnDesign, RegisterDesign

Data = dict[str, Any]
SIDES = ("top", "right", "bottom", "left")
BODY_PT = 9.0


def register_design_of(data: Data) -> RegisterDesign:
    """Return what an office may change, as it stands in a register's file."""
    top, right, bottom, left = (float(data["paper"]["margins"][side]) for side in SIDES)
    columns = (
        ColumnDesign(one["label"], float(one["width"]), one.get("printed", True))
        for one in data["columns"]
    )
    return RegisterDesign(
        data["title"],
        data.get("control_no", ""),
        (top, right, bottom, left),
        float(data.get("body_pt", BODY_PT)),
        tuple(data.get("signers", ())),
        tuple(columns),
    )


def with_register_design(data: Data, design: RegisterDesign) -> Data:
    """Return a register's file with a design laid over it; the columns fill the sheet's width."""
    changed = copy.deepcopy(data)
    changed |= {"title": design.title.strip(), "control_no": design.control_no.strip()}
    changed |= {"body_pt": design.body_pt, "signers": list(design.signers)}
    changed["paper"]["margins"] = dict(zip(SIDES, design.margins, strict=True))
    for column, wanted in zip(changed["columns"], design.columns, strict=True):
        column |= {"label": wanted.label.strip() or "　", "width": wanted.width}
        column.pop("printed", None)
        if not wanted.printed:
            column["printed"] = False
    if design != register_design_of(data):
        _fill_width(changed)
    return changed


def _fill_width(data: Data) -> None:
    margins = data["paper"]["margins"]
    room = data["paper"].get("width", 297.0) - margins["left"] - margins["right"]
    printed = [one for one in data["columns"] if one.get("printed", True)]
    used = sum(one["width"] for one in printed)
    for one in printed:
        one["width"] = round(one["width"] * room / used, 3) if used > 0 else one["width"]

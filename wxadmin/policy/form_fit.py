"""Make a form fit its sheet again: what was made taller is taken from the tall rows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from wxadmin.policy.form_checks import LOWEST_OPINION

Data = dict[str, Any]
TALL = 14.0  # mm: rows from here on may give
LOWEST = 11.0  # mm a tall row keeps
LOWEST_SIGNED = 18.0  # mm a row with a signature in it keeps


def fit(data: Data, keep: Collection[str] = ()) -> tuple[str, ...]:
    """Lower the tall rows of a form's file until its sheet holds it; return the ids of those.

    Those in `keep` stay as high as they are: somebody has just said how high they shall be.
    Where even that is not enough nothing is changed: reading the form then says by how much.
    """
    over = used_height(data) - data["paper"].get("height", 297.0)
    rows = [row for row in data["rows"] if _may_give(row) and row["id"] not in keep]
    most = {row["id"]: row["height"] - _lowest(data, row) for row in rows}
    if over <= 0.01 or sum(most.values()) < over:
        return ()
    share = over / sum(most.values())
    for row in rows:
        lower = round(row["height"] - most[row["id"]] * share - 0.005, 2)
        if row.get("gives"):
            row["gives"] = {n: g * lower / row["height"] for n, g in row["gives"].items()}
        row["height"] = lower
    return tuple(row["id"] for row in rows)


def used_height(data: Data) -> float:
    """Return what a form takes of its sheet's height in mm."""
    paper = data["paper"]
    top = any(paper.get(key) for key in ("mark", "letterhead", "control_no"))
    head = paper.get("mark_height", 7.0) if top else 0.0
    head += paper.get("title_height", 12.0) + paper.get("above_height", 8.0)
    rows = sum(_height(row) for row in data["rows"] if row.get("printed", True))
    margins = paper["margins"]
    return float(margins["top"] + head + rows + paper.get("foot_height", 9.0) + margins["bottom"])


def _height(row: Data) -> float:
    if "table" not in row:
        return float(row["height"])
    table = row["table"]
    if table.get("apart"):
        return 0.0
    lines = table.get("rows", 3) * table.get("row_height", 7.5)
    return float(table.get("heading_height", 6.5) + table.get("head_height", 7.0) + lines)


def _may_give(row: Data) -> bool:
    return "table" not in row and row.get("printed", True) and row["height"] >= TALL


def _lowest(data: Data, row: Data) -> float:
    further = len(data.get("approvers", ())) - 1
    if row.get("step") == "rest":
        least = LOWEST_OPINION * max(1, further)
    elif row.get("step") or any(cell.get("foot") or cell.get("spread") for cell in row["cells"]):
        least = LOWEST_SIGNED
    else:
        least = LOWEST
    return float(min(least, row["height"]))

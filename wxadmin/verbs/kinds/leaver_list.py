"""The grid of monthly leaver lists for `list`: who handed in which month, what to write to whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wxadmin.services.leaver_grid import MISSING, LeaverGrid, urge_text
from wxadmin.services.workplace import Workplace

HEADS = {
    "month": "月份",
    "hr_source": "人事来源",
    "state": "状态",
    "due_on": "应交",
    "provided_on": "交来",
    "versions": "份数",
    "rows": "人数",
    "urge": "催办文字",
}
_MONTHS = 5


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return a line for every source and month, this month first; `urge` where one is missing.

    A month before anything was kept here is not missing.
    """
    grid, today = LeaverGrid(workplace), workplace.today
    late = {(cell.source.id, cell.month) for cell in grid.missing(_MONTHS)}
    recent = _months(today)[:2]
    lines = [
        {
            "month": cell.month,
            "hr_source": cell.source.name,
            "state": cell.state,
            "due_on": cell.due_on,
            "provided_on": cell.provided_on,
            "versions": cell.versions,
            "rows": cell.latest.row_count if cell.latest else 0,
            "urge": urge_text(cell, today) if cell.state == MISSING else "",
        }
        for month in _months(today)
        for cell in grid.of(month)
        if cell.latest or month in recent or (cell.source.id, month) in late
    ]
    return [line for line in lines if search in " ".join(map(str, line.values()))]


def _months(today: date) -> list[str]:
    found, first = [], today.replace(day=1)
    for _ in range(_MONTHS):
        found.append(f"{first:%Y-%m}")
        first = (first - timedelta(days=1)).replace(day=1)
    return found

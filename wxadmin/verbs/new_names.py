"""Warn once of every unit and post a list names that the register does not know yet."""

from __future__ import annotations

from wxadmin.domain.errors import Problem
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import OrgUnit, Position
from wxadmin.domain.sheet import column_letter
from wxadmin.services.imports import Preview
from wxadmin.services.workplace import Workplace

NEW_UNIT = "登记里没有这个部门，将新建"
NEW_POST = "登记里没有这个职务，将新建"


def new_names(workplace: Workplace, preview: Preview) -> list[Problem]:
    """Return one warning for each, at the row where the list names it first."""
    made = [change.record for change in preview.plan.organisation if change.before is None]
    units = {unit.id: unit for unit in made if isinstance(unit, OrgUnit)}
    tree = OrgTree({**workplace.units().units, **units}.values())
    warned = [
        _warning(preview, "org_unit", unit.name, tree.text(unit.id), NEW_UNIT)
        for unit in units.values()
    ]
    posts = [post for post in made if isinstance(post, Position)]
    return warned + [_warning(preview, "position", p.name, p.name, NEW_POST) for p in posts]


def _warning(preview: Preview, field: str, name: str, shown: str, reason: str) -> Problem:
    table, row = preview.reading.table, _first_row(preview, field, name)
    column = next((column for column, key in table.taken if key == field), None)
    if column is None or not row:
        return Problem(row, "", "", shown, reason)
    cell = f"{column_letter(column)}{row}"
    return Problem(row, cell, table.heading_of(column), shown, reason)


def _first_row(preview: Preview, field: str, name: str) -> int:
    """Return the first row whose department holds this unit, or whose post it is; 0 for none."""
    parsed = preview.reading.parsed
    if field not in parsed.fields:
        return 0
    at = parsed.fields.index(field)
    for row, values in parsed.rows:
        text = str(values[at] or "")
        if name == text or (field == "org_unit" and name in text.split("/")):
            return row
    return 0

"""Leave out of a form what the policy does not ask for: fields, rows and cells that say `when`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from wxadmin.domain.form_definition import FormDefinition, PaperCell, PaperRow


def only_asked(definition: FormDefinition, asked: Collection[str]) -> FormDefinition:
    """Return the form with what is asked for alone; rows left out give their height to others."""
    if not _waits(definition):
        return definition
    given: dict[str, float] = defaultdict(float)
    rows: list[PaperRow] = []
    for row in definition.layout.rows:
        if row.when and row.when not in asked:
            for name, height in row.gives.items():
                given[name] += height
        else:
            rows.append(replace(row, cells=_cells(row.cells, asked)))
    rows = [replace(row, height=row.height + given.get(row.id, 0.0)) for row in rows]
    return replace(
        definition,
        fields=tuple(one for one in definition.fields if not one.when or one.when in asked),
        layout=replace(definition.layout, rows=tuple(rows)),
    )


def _waits(definition: FormDefinition) -> bool:
    """Whether anything of a form depends on the policy."""
    fields, rows = definition.fields, definition.layout.rows
    cells = [cell for row in rows for cell in row.cells]
    return any([*(f.when for f in fields), *(r.when for r in rows), *(c.when for c in cells)])


def _cells(cells: tuple[PaperCell, ...], asked: Collection[str]) -> tuple[PaperCell, ...]:
    """Return the cells of a row; what those left out took goes to the others.

    Cells of a width of their own share it, those of the grid leave it to the one before.
    """
    kept: list[PaperCell] = []
    free = 0.0
    for cell in cells:
        if not cell.when or cell.when in asked:
            kept.append(cell)
        elif cell.width:
            free += cell.width
        elif kept:
            kept[-1] = replace(kept[-1], span=kept[-1].span + cell.span)
    sharing = sum(cell.width > 0 for cell in kept)
    share = free / sharing if sharing else 0.0
    return tuple(replace(cell, width=cell.width + share) if cell.width else cell for cell in kept)

"""5,000 characters in any field of any form: nothing is cut, nothing leaves its sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wxadmin.domain.form_definition import FieldType, RouteStep, names_in
from wxadmin.paper.form import FormSheet, form_pages
from wxadmin.paper.items import SMALLEST_PT, Line, Picture, Text
from wxadmin.policy.forms import load_forms

FORMS = load_forms(Path(__file__).resolve().parents[2] / "resources" / "forms").forms
LONG = "".join(chr(0x4E00 + number) for number in range(5_000))
TYPED = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PERSON, FieldType.ORG_UNIT)


def printed(kind: str) -> set[str]:
    """The fields that stand on the sheet as they are, under an opinion or in a cell."""
    rows = [row for row in FORMS[kind].layout.rows if not row.when]
    cells = [cell for row in rows for cell in row.cells if not cell.when and not cell.spread]
    return {name for cell in cells for name in names_in(cell.text)}


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_five_thousand_characters_are_all_printed_and_stay_on_their_sheets(kind, measure) -> None:
    form = FORMS[kind]
    names = [f.name for f in form.fields if f.type in TYPED and f.name in printed(kind)]
    for name in names[:4]:
        sheet = FormSheet(
            "QWSQ-202611-003", {name: LONG}, "东南事业部", date(2026, 11, 14), (RouteStep("经理"),)
        )
        pages = form_pages(form, sheet, measure)
        said = "".join("".join(page.texts()) for page in pages)
        assert set(LONG) <= set(said), f"{name} lost {len(set(LONG) - set(said))} characters"
        for page in pages:
            for item in page.items:
                if isinstance(item, Text):
                    assert item.x + measure(item.text, item.face) <= page.width
                    assert item.y <= page.height
                    assert item.face.size_pt >= SMALLEST_PT
                elif isinstance(item, Line | Picture):
                    assert item.x1 >= 0 if isinstance(item, Line) else item.x >= 0


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_no_line_stands_lower_than_its_page(kind, measure) -> None:
    form = FORMS[kind]
    values = {f.name: LONG[:400] for f in form.fields if f.type in TYPED}
    sheet = FormSheet("N-1", values, "东南事业部", date(2026, 11, 14), (RouteStep("经理"),))
    for page in form_pages(form, sheet, measure):
        assert all(i.y <= page.height for i in page.items if isinstance(i, Text))

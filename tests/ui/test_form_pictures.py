"""The contact sheet shows every form and register there is, and the page beside it names each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.builders import office
from ui import printing
from ui.dated_pdf import dated_pdf
from ui.form_pictures import contact_sheet
from wxadmin.bootstrap import create_workplace
from wxadmin.services.form_shelf import Shelf
from wxadmin.services.forms import Forms
from wxadmin.services.registers import REGISTERS

SHEET = Path(__file__).resolve().parents[2] / "docs" / "forms"


def test_every_form_and_register_is_on_the_contact_sheet(tmp_path: Path) -> None:
    place = str(tmp_path / "登记库.db")
    workplace = create_workplace(place, by="测试", clock=lambda: date(2026, 11, 20))
    made = list(contact_sheet(workplace, tmp_path / "样张"))
    wanted = {*Shelf(workplace).forms, *REGISTERS, "forms"}
    workplace.close()
    assert {path.stem for path in made if path.suffix == ".png"} == wanted
    assert {path.suffix for path in made} == {".png", ".pdf"}
    named = (SHEET / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in made} <= {path.name for path in SHEET.iterdir()}
    assert [name for name in wanted if f"({name}.png)" not in named] == []


def test_two_runs_of_the_contact_sheet_make_the_same_pdf(tmp_path: Path) -> None:
    workplace = office(tmp_path)
    pages = Forms(workplace).blank_pages("account_request", printing.measure)
    first, second = (
        dated_pdf(pages, tmp_path / folder / "样张.pdf", date(2026, 11, 20)).read_bytes()
        for folder in ("一", "二")
        if (tmp_path / folder).mkdir() is None
    )
    workplace.close()
    assert first == second

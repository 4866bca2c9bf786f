"""The contact sheet shows every form and register there is, and the page beside it names each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ui.form_pictures import contact_sheet
from wxadmin.bootstrap import create_workplace
from wxadmin.services.form_shelf import Shelf
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

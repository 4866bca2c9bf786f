"""The pictures of the user guide are made by the program itself, and the guide names no others."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from PySide6.QtGui import QImage

from ui import style
from ui.pictures import guide_pictures

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_guide_shows_what_is_made_and_everything_is_small(tmp_path, dressed):
    made = list(guide_pictures(tmp_path / "登记库.db", tmp_path / "图", date(2026, 11, 20)))
    assert all(path.stat().st_size < 200_000 for path in made)
    guide = (DOCS / "用户手册.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\(pictures/([\w-]+\.png)\)", guide))
    assert named <= {path.name for path in made}
    assert {path.name for path in made} == {path.name for path in (DOCS / "pictures").iterdir()}
    today = QImage(str(tmp_path / "图" / "today.png"))
    assert today.pixelColor(3, 300) == style.colour("rail")

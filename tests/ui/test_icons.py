"""Icons are drawn from one grid, tinted by tokens, sharp on every screen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from ui import icons, style

FILES = sorted((style.RESOURCES / "icons").glob("*.svg"))
WANTED = [
    "today",
    "people",
    "account",
    "group",
    "form",
    "handle",
    "import",
    "reconcile",
    "journal",
    "settings",
    "search",
    "filter",
    "columns",
    "sort",
    "plus",
    "edit",
    "print",
    "pdf",
    "export",
    "copy",
    "undo",
    "redo",
    "refresh",
    "close",
    "more",
    "right",
    "down",
    "back",
    "owner",
    "custodian",
    "phone",
    "join",
    "leave",
    "move",
    "send",
    "scan",
    "sheet",
    "proof",
    "why",
    "lock",
    "backup",
    "calendar",
    "alert",
    "pin",
]


def test_all_icons_of_the_house_are_there():
    assert {path.stem for path in FILES} >= set(WANTED)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_icon_is_lines_on_the_grid_and_paints_something(path):
    text = path.read_text(encoding="utf-8")
    assert 'viewBox="0 0 20 20"' in text
    assert 'fill="none"' in text
    image = icons.pixmap(path.stem, 20, "ink", 2.0).toImage()
    assert image.width() == 40
    inked = sum(image.pixelColor(x, y).alpha() > 40 for x in range(40) for y in range(40))
    assert 8 < inked < 800
    edge = [image.pixelColor(n, m).alpha() for n in range(40) for m in (0, 39)]
    assert max(edge) == 0, "the icon touches the edge of its grid"


def test_a_worn_icon_follows_the_mode(qtbot):
    button = QPushButton("打印")
    qtbot.addWidget(button)
    icons.wear(button, "print")
    light = button.icon().pixmap(16, 16).toImage()
    style.look.set_mode("dark")
    assert button.icon().pixmap(16, 16).toImage() != light

"""Colours can be read, modes switch live, Qt speaks Chinese."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
)

from ui import style
from ui.tokens import DARK, GLYPH_PAIRS, LIGHT, TEXT_PAIRS


def _luminance(value: str) -> float:
    shade = QColor(value)
    parts = (shade.redF(), shade.greenF(), shade.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 4.5), (GLYPH_PAIRS, 3.0)])
def test_every_pair_in_use_can_be_told_apart(table, pairs, least):
    poor = {(a, b): round(_contrast(table[a], table[b]), 2) for a, b in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < least} == {}


def test_both_modes_know_the_same_tokens():
    assert LIGHT.keys() == DARK.keys()


def test_every_token_of_the_style_sheet_exists():
    text = (style.RESOURCES / "style" / "window.qss").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert set(re.findall(r"@([a-z_0-9]+)", text)) <= LIGHT.keys()
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", text), "a literal colour in the style sheet"


OF_PAPER = ("printing.py", "paper_painting.py")  # paper is black on white in both modes


def test_no_colour_is_written_anywhere_but_in_the_tokens():
    ui = style.RESOURCES.parent / "ui"
    hits = [
        f"{path.name}:{number}"
        for path in ui.rglob("*.py")
        if path.name not in ("tokens.py", *OF_PAPER)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"[\"']#[0-9A-Fa-f]{6,8}[\"']|GlobalColor\.(?!transparent)", line)
    ]
    assert hits == []


def test_switching_the_mode_rebuilds_palette_and_sheet(qapp: QApplication):
    seen: list[str] = []
    style.look.changed.connect(lambda: seen.append(style.look.mode))
    style.look.set_mode("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK["content"].lower()
    assert style.look.is_dark
    assert seen == ["dark"]


def test_a_larger_text_size_makes_rows_higher():
    before = style.height(32), style.font(13).pixelSize()
    style.look.set_text_size("huge")
    assert style.font(13).pixelSize() == 17
    assert style.height(32) > before[0]


def test_high_contrast_takes_the_systems_colours():
    palette = QPalette(QColor("black"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("yellow"))
    palette.setColor(QPalette.ColorRole.Window, QColor("black"))
    table = style.high_contrast_table(palette, dark=True)
    assert table["ink"] == table["red"] == QColor("yellow").name()
    assert table["content"] == table["sel"] == QColor("black").name()
    assert table["paper"] == DARK["paper"]


def test_qts_own_ok_says_queding(qtbot):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
    qtbot.addWidget(box)
    assert "确定" in box.button(QDialogButtonBox.StandardButton.Ok).text()


def test_no_text_can_turn_into_markup():
    """Labels are made by `Text` alone, links are never opened, Qt's message box is not used."""
    ui = style.RESOURCES.parent / "ui"
    hits = [
        f"{path.name}: {found}"
        for path in ui.rglob("*.py")
        for found in re.findall(
            r"QLabel\(|QMessageBox|setOpenExternalLinks\(True|RichText|AutoText|setToolTip\(",
            path.read_text(encoding="utf-8"),
        )
        if path.name != "text.py"
    ]
    assert hits == []


def test_the_file_dialog_speaks_chinese(qtbot):
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    said = [label.text() for label in dialog.findChildren(QLabel)]
    said += [button.text() for button in dialog.findChildren(QAbstractButton)]
    assert said
    assert not [text for text in said if re.search("[a-z]", text)]

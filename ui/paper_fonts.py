"""The fonts of paper: which the machine has for each role, and how wide each character is."""

from __future__ import annotations

import os
import sys
import threading
from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QRawFont

from wxadmin.domain.errors import UserError
from wxadmin.paper.items import Face, FontRole

UNITS = 100  # painter units in a millimetre
MEASURED_AT = 1000  # pixels; the widths of characters are taken at this size

# 宋体 and the rest where the machine has them; elsewhere the faces of mainland China by name,
# for a family asked for as "SimSun" may fall back to the Japanese one
FAMILIES = {
    FontRole.SONG: ("SimSun", "宋体", "NSimSun", "Songti SC", "Noto Serif CJK SC",
                    "Source Han Serif SC", "Noto Serif SC", "Noto Sans CJK SC"),
    FontRole.HEI: ("SimHei", "黑体", "Heiti SC", "Noto Sans CJK SC", "Source Han Sans SC",
                   "Noto Sans SC", "Microsoft YaHei"),
    FontRole.FANG: ("FangSong", "仿宋", "STFangsong", "Noto Serif CJK SC", "SimSun"),
}  # fmt: skip
HEAVY_ENOUGH = {"SimHei", "黑体", "Heiti SC"}  # 黑体 is heavy by itself, Noto's regular is not


@lru_cache(maxsize=8)
def _family(role: FontRole) -> str:
    installed = _installed()
    for family in FAMILIES[role]:
        if family in installed:
            return family
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if not chinese:
        raise UserError("这台电脑没有中文字体，印不出汉字；请先安装宋体或思源宋体。", "no_font")
    return chinese[0]


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    if sys.platform == "win32" and QGuiApplication.platformName() == "offscreen":
        # without Windows' help Qt passes over collections of fonts, and 宋体 is in one
        for path in Path(os.path.expandvars(r"%WINDIR%\Fonts")).glob("*.ttc"):
            QFontDatabase.addApplicationFont(str(path))
    return frozenset(QFontDatabase.families())


class _Kept(threading.local):
    """What was looked up once; each thread has its own, for Qt's fonts are not shared."""

    def __init__(self) -> None:
        self.fonts: dict[tuple[FontRole, bool, int], QFont] = {}
        self.glyphs: dict[tuple[FontRole, bool], Glyphs] = {}


_kept = _Kept()


def font_of(role: FontRole, bold: bool, pixels: int) -> QFont:
    """Return the font of a role at a size in pixels (painter units)."""
    font = _kept.fonts.get((role, bold, pixels))
    if font is None:
        font = _kept.fonts[role, bold, pixels] = _made_font(role, bold, pixels)
    return font


def _made_font(role: FontRole, bold: bool, pixels: int) -> QFont:
    font = QFont(_family(role))
    font.setPixelSize(pixels)
    font.setBold(bold or (role is FontRole.HEI and font.family() not in HEAVY_ENOUGH))
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


class Glyphs:
    """The characters of one font: the glyph of each (0: it has none) and its width."""

    def __init__(self, role: FontRole, bold: bool) -> None:
        font = font_of(role, bold, MEASURED_AT)
        self.raw = QRawFont.fromFont(font)
        self.metrics = QFontMetricsF(font)
        self.known: dict[str, tuple[int, float]] = {}

    def of(self, character: str) -> tuple[int, float]:
        """Return glyph and width, the width as a part of the font's size."""
        found = self.known.get(character)
        if found is None:
            found = self.known[character] = self._look_up(character)
        return found

    def _look_up(self, character: str) -> tuple[int, float]:
        glyphs = self.raw.glyphIndexesForString(character)
        if len(glyphs) == 1 and glyphs[0]:
            width = self.raw.advancesForGlyphIndexes(glyphs)[0].x()
            return glyphs[0], width / MEASURED_AT
        return 0, self.metrics.horizontalAdvance(character) / MEASURED_AT


def glyphs_of(role: FontRole, bold: bool) -> Glyphs:
    found = _kept.glyphs.get((role, bold))
    if found is None:
        found = _kept.glyphs[role, bold] = Glyphs(role, bold)
    return found


def measure(text: str, face: Face) -> float:
    """Return the width of a text in mm: the sum of its characters, as it is painted."""
    glyphs = glyphs_of(face.role, face.bold)
    return sum(glyphs.of(character)[1] for character in text) * face.size


def font_for(face: Face) -> QFont:
    """Return the font a face is painted with."""
    return font_of(face.role, face.bold, max(1, round(face.size * UNITS)))

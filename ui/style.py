"""The look in one place: tokens, sizes and fonts feed palette, style sheet and delegates alike.

style.look.install(app)            once, at start
style.look.set_mode("dark")        live; everything listening to `look.changed` redraws
painter.setPen(style.colour("ink2")); painter.setFont(style.font(12)); row = style.px(32)
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.tokens import DARK, LIGHT

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
NARROW = 1200
"""Windows narrower than this have the slim rail and floating panels; it grows with the text."""
LOW = 700
"""Windows lower than this have slim headers and counters."""
FAMILIES = ["Microsoft YaHei UI", "Noto Sans CJK SC", "PingFang SC", "Source Han Sans SC"]
MODES = {"system": "跟随系统", "light": "浅色", "dark": "深色"}
TEXT_SIZES = {"standard": 13, "large": 15, "huge": 17}
TEXT_SIZE_WORDS = {"standard": "标准", "large": "大", "huge": "特大"}


class Look(QObject):
    """What the window looks like just now; `changed` fires after mode or text size changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = "system"
        self.text_size = "standard"
        self.row_height = "normal"
        self._translator: Any = None
        self._missing: Any = None
        self._table = LIGHT
        self._app: QApplication | None = None
        self._setting = False

    def install(
        self,
        app: QApplication,
        mode: str = "system",
        text_size: str = "standard",
        bare: bool = False,
    ) -> None:
        """Dress the application: Fusion, Qt's own words in Chinese, palette, style sheet.

        `bare` leaves out what the first paint can do without (the caller has chosen Fusion by
        `-style`, and calls `load_words` afterwards): QStyle and QLocale cost 20 ms to load.
        """
        self._app = app
        if not bare:
            app.setStyle("Fusion")
            self.load_words()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        accessibility = getattr(hints, "accessibility", None)  # Qt 6.10 and later
        if accessibility is not None:
            accessibility().contrastPreferenceChanged.connect(self._system_changed)
        self.text_size = text_size
        self.set_mode(mode)

    def set_mode(self, mode: str) -> None:
        """Choose "light", "dark" or "system"."""
        self.mode = mode
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        self._setting = True
        QGuiApplication.styleHints().setColorScheme(scheme.get(mode, Qt.ColorScheme.Unknown))
        self._setting = False
        self._rebuild()

    def set_text_size(self, size: str) -> None:
        """Choose "standard", "large" or "huge" (13, 15, 17 px body text)."""
        self.text_size = size
        self._rebuild()

    @property
    def is_dark(self) -> bool:
        """Whether the dark table is in force."""
        return self._table is DARK

    @property
    def is_high_contrast(self) -> bool:
        """Whether the system asks for high contrast; then its own palette rules."""
        accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
        if accessibility is None:
            return False
        return accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast

    def value(self, token: str) -> str:
        """The colour of a token as `#RRGGBB` (or `#AARRGGBB`)."""
        return self._table[token]

    def _system_changed(self) -> None:
        if not self._setting:
            self._rebuild()

    def _rebuild(self) -> None:
        dark = self.mode == "dark"
        if self.mode == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._table = DARK if dark else LIGHT
        if self.is_high_contrast:
            self._table = high_contrast_table(QGuiApplication.palette(), dark)
        colour.cache_clear()
        font.cache_clear()
        if self._app is not None:
            self._app.setFont(font(13))
            self._app.setPalette(_palette())
            self._app.setStyleSheet(style_sheet())
        self.changed.emit()

    def load_words(self) -> None:
        """Qt's own words, and dates and numbers, in Chinese."""
        from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

        if self._app is None or self._translator is not None:
            return
        QLocale.setDefault(QLocale("zh_CN"))
        self._translator = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load("qtbase_zh_CN", folder):
            self._app.installTranslator(self._translator)
        from ui.qt_words import MissingWords

        self._missing = MissingWords(self._app)
        self._app.installTranslator(self._missing)


look = Look()


@lru_cache(maxsize=256)
def colour(token: str) -> QColor:
    """The colour of a token in the mode in force."""
    return QColor(look.value(token))


@lru_cache(maxsize=64)
def font(size: int = 13, bold: bool = False, struck: bool = False) -> QFont:
    """A font of the look; `size` is the px at 字号 标准 and grows with the user's choice."""
    made = QFont(FAMILIES)
    made.setPixelSize(px(size))
    made.setBold(bold)
    made.setStrikeOut(struck)
    return made


def px(size: float) -> int:
    """A length at the user's text size (given at 字号 标准), in logical pixels."""
    return round(size * TEXT_SIZES[look.text_size] / TEXT_SIZES["standard"])


def height(size: float) -> int:
    """A height that holds a line of text: at least the font's height and a little air."""
    return max(px(size), QFontMetrics(font(13)).height() + 7)


def style_sheet() -> str:
    """The style sheet with `@token` and `$size` filled in."""
    text = (RESOURCES / "style" / "window.qss").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"@([a-z_0-9]+)", lambda found: _sheet_colour(found[1]), text)
    return re.sub(r"\$(\d+)", lambda found: str(px(int(found[1]))), text)


def high_contrast_table(palette: QPalette, dark: bool) -> dict[str, str]:
    """Tokens given way to the system's palette; shapes and words carry the meaning."""
    role = QPalette.ColorRole
    text = palette.color(role.WindowText).name()
    ground = palette.color(role.Window).name()
    chosen = palette.color(role.Highlight).name()
    on_chosen = palette.color(role.HighlightedText).name()
    table = dict.fromkeys(LIGHT, text)
    grounds = ("rail", "window", "panel", "content", "field_bg", "soft", "hover", "grey", "toast")
    table |= dict.fromkeys((*grounds, "red_s", "amber_s", "green_s", "sel"), ground)
    table |= {"fill": chosen, "fill_hover": chosen, "on_fill": on_chosen, "accent": text}
    keep = DARK if dark else LIGHT
    return table | {name: keep[name] for name in ("paper", "paper_ink", "scrim")}


def _sheet_colour(token: str) -> str:
    shade = colour(token)
    return f"rgba({shade.red()},{shade.green()},{shade.blue()},{shade.alpha()})"


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, token in {
        role.Window: "content", role.WindowText: "ink", role.Base: "field_bg",
        role.AlternateBase: "window", role.Text: "ink", role.Button: "field_bg",
        role.ButtonText: "ink", role.BrightText: "red", role.Highlight: "sel",
        role.HighlightedText: "ink", role.Link: "accent", role.LinkVisited: "accent",
        role.ToolTipBase: "toast", role.ToolTipText: "toast_ink", role.PlaceholderText: "ink3",
        role.Light: "content", role.Midlight: "line", role.Mid: "line2", role.Dark: "field",
        role.Shadow: "field", role.Accent: "fill",
    }.items():  # fmt: skip
        palette.setColor(target, colour(token))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, colour("ink3"))
    return palette

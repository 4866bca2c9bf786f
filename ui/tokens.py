"""Every colour of the window, once: a name, what it is for, its light and its dark value."""

from __future__ import annotations

LIGHT: dict[str, str] = {
    "rail": "#ECECE7",
    "window": "#F3F3EF",
    "panel": "#FAFAF7",
    "content": "#FFFFFF",
    "field_bg": "#FFFFFF",
    "line": "#E4E3DD",
    "line2": "#C8C7C0",
    "field": "#85847D",
    "ink": "#1C1D1F",
    "ink2": "#4D4F54",
    "ink3": "#606369",
    "accent": "#2A56A8",
    "fill": "#2A56A8",
    "fill_hover": "#224789",
    "on_fill": "#FFFFFF",
    "soft": "#E6EDF8",
    "sel": "#E3EBF8",
    "hover": "#F5F6F8",
    "red": "#B0261D",
    "red_s": "#FBE9E7",
    "amber": "#855000",
    "amber_s": "#FCF0DA",
    "green": "#1D6A39",
    "green_s": "#E4F2E8",
    "grey": "#EEEEE9",
    "toast": "#26282C",
    "toast_ink": "#F4F4F2",
    "toast_link": "#A9C4F8",
    "paper": "#FFFFFF",
    "paper_ink": "#000000",
    "scrim": "#5C000000",
}

DARK: dict[str, str] = {
    "rail": "#151618",
    "window": "#191A1C",
    "panel": "#242629",
    "content": "#202124",
    "field_bg": "#1B1C1E",
    "line": "#34363A",
    "line2": "#4C4F55",
    "field": "#80838A",
    "ink": "#ECECE9",
    "ink2": "#BFC1C5",
    "ink3": "#A5A8AE",
    "accent": "#9DBCF7",
    "fill": "#3C69BD",
    "fill_hover": "#4470C2",
    "on_fill": "#FFFFFF",
    "soft": "#26344D",
    "sel": "#293A57",
    "hover": "#282A2E",
    "red": "#F5A29A",
    "red_s": "#3B2423",
    "amber": "#EBBF73",
    "amber_s": "#41331A",
    "green": "#8FD1A3",
    "green_s": "#20392A",
    "grey": "#2F3135",
    "toast": "#E9E9E6",
    "toast_ink": "#1C1D1F",
    "toast_link": "#2A56A8",
    "paper": "#FFFFFF",
    "paper_ink": "#000000",
    "scrim": "#99000000",
}

GROUND_OF = {"red": "red_s", "amber": "amber_s", "green": "green_s", "accent": "soft"}
"""The quiet ground behind a coloured word (chips, differing values); anything else: grey."""

_READ_ON_EVERYTHING = ("rail", "window", "panel", "content", "hover", "sel")
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("ink", "ink2", "ink3") for ground in _READ_ON_EVERYTHING),
    *(
        (text, ground)
        for text in ("red", "amber", "green", "accent")
        for ground in ("window", "panel", "content", "hover", "sel")
    ),
    *((text, ground) for text, ground in GROUND_OF.items()),
    *((text, "field_bg") for text in ("ink", "ink2", "ink3", "accent", "red")),
    *((text, "grey") for text in ("ink", "ink2", "ink3")),
    *(("ink", ground) for ground in ("red_s", "amber_s", "green_s", "soft")),
    *(("ink2", ground) for ground in ("red_s", "amber_s", "soft")),
    ("ink2", "line"),
    ("accent", "red_s"),
    ("on_fill", "fill"),
    ("on_fill", "fill_hover"),
    ("toast_ink", "toast"),
    ("toast_link", "toast"),
    ("paper_ink", "paper"),
)
"""Every text colour on every ground it is drawn on; the test wants 4.5 of each."""

GLYPH_PAIRS: tuple[tuple[str, str], ...] = (
    *(("field", ground) for ground in ("content", "panel", "sel", "field_bg")),
    *(("accent", ground) for ground in (*_READ_ON_EVERYTHING, "field_bg", "soft")),
    ("red", "red_s"),
    ("content", "accent"),
)
"""Borders, glyphs and focus rings on their grounds; the test wants 3.0 of each."""

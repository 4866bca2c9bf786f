"""Put things side by side or one below the other in one line of code.

Example: `across(title, 12, facts, None, button)`; a number is a gap, None takes the room left.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from ui import style

Margins = tuple[int, int, int, int] | int


def across(*things: Any, gap: int = 8, margins: Margins = 0) -> QHBoxLayout:
    """A line from left to right."""
    return _filled(QHBoxLayout(), things, gap, margins)


def down(*things: Any, gap: int = 8, margins: Margins = 0) -> QVBoxLayout:
    """A column from top to bottom."""
    return _filled(QVBoxLayout(), things, gap, margins)


def stacked(*pages: QWidget) -> QStackedLayout:
    """Several pages in one place, the first of them shown."""
    layout = QStackedLayout()
    for page in pages:
        layout.addWidget(page)
    return layout


def region(layout: QLayout, ground: str | None = None) -> QWidget:
    """A widget holding `layout`, on the ground of a token (rail, window, panel, content …)."""
    widget = QWidget()
    widget.setLayout(layout)
    if ground:
        on_ground(widget, ground)
    return widget


def on_ground(widget: Any, ground: str) -> Any:
    """Paint the widget's ground with a token."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty("ground", ground)
    return widget


def hairline(vertical: bool = False) -> QFrame:
    """A line of one pixel between two regions."""
    line = on_ground(QFrame(), "line")
    (line.setFixedWidth if vertical else line.setFixedHeight)(1)
    return line


def cleared(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            cleared(inner)


def _filled(layout: Any, things: tuple[Any, ...], gap: int, margins: Margins) -> Any:
    left, top, right, bottom = (margins,) * 4 if isinstance(margins, int) else margins
    layout.setContentsMargins(style.px(left), style.px(top), style.px(right), style.px(bottom))
    layout.setSpacing(style.px(gap))
    for thing in things:
        add(layout, thing)
    return layout


def add(layout: QBoxLayout, thing: Any) -> None:
    """Add a widget, a layout, a gap (number) or the room left (None)."""
    if thing is None:
        layout.addStretch(1)
    elif isinstance(thing, int):
        layout.addSpacing(style.px(thing))
    elif isinstance(thing, QLayout):
        layout.addLayout(thing)
    else:
        layout.addWidget(thing)

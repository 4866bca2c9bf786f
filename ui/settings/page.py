"""What every page of 设置 is: a part of the desk that reads itself anew and writes by `act`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui import style
from ui.shared.layouts import across, down, hairline, region
from ui.shared.table import Table
from ui.shared.text import Text
from ui.shared.toolbar import Toolbar

if TYPE_CHECKING:
    from ui.desk import Context, Desk

SIDE = 340


class SettingsPage(QWidget):
    """Override `refresh`; `table` and `toolbar` are what Ctrl+F and the focus go to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.table: Table | None = None
        self.toolbar: Toolbar | None = None

    @property
    def context(self) -> Context:
        """What the desk may use."""
        return self.desk.context

    @property
    def services(self) -> Any:
        """The workplace."""
        return self.desk.context.services

    def refresh(self) -> None:
        """Read everything shown anew."""

    def open(self, key: str) -> None:
        """Show one thing of the page."""
        if self.table is not None and key:
            self.table.select(key)

    def status_text(self) -> str:
        """What the status bar says."""
        return ""

    def show_side(self, wanted: bool | None) -> None:
        """Show or hide the page's panel; most pages have none."""


def beside(main: QWidget, side: QWidget) -> QWidget:
    """The list at the left, one of its things at the right."""
    side.setFixedWidth(style.px(SIDE))
    line = across(main, hairline(vertical=True), side, gap=0)
    line.setStretch(0, 1)
    return region(line)


def article(*parts: Any) -> QScrollArea:
    """A page to be read from top to bottom, 760 px at most."""
    column = down(*parts, None, gap=8, margins=6)  # the focus ring needs the room
    inner = region(column)
    inner.setMaximumWidth(style.px(760))
    line = across(inner, gap=0, margins=(14, 2, 14, 14))
    line.addStretch(0)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(region(line, "content"))
    return scroll


def section(title: str, sentence: str, *acts: QWidget) -> QWidget:
    """A titled part of an article: what it is for, and its acts in one row."""
    column = down(Text(title, size=14, bold=True), Text(sentence, tone="ink2", wrap=True), gap=4)
    if acts:
        column.addSpacing(style.px(6))
        column.addLayout(across(*acts, None, gap=8))
    column.addSpacing(style.px(12))
    return region(column)


def beside_job(page: SettingsPage, work: Callable[[], Any], caption: str,
               then: Callable[[Any], Any]) -> None:  # fmt: skip
    """Do something that changes no record on the worker."""
    page.context.jobs.run(
        lambda progress, cancelled: work(), on_done=then, caption=caption,
        written="登记库没有改动。",
    )  # fmt: skip

"""A page that stands in the panel's place for a while: a way back, a title, a body, a foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.buttons import Button
from ui.shared.detail_panel import footer
from ui.shared.layouts import across, down, on_ground, region
from ui.shared.text import Text


class SidePage(QWidget):
    """`left` when she goes back (返回, or Esc). Fill `body`; call `set_foot` once."""

    left = Signal()

    def __init__(self, title: str, about: str = "", acts: Sequence[QWidget] = ()) -> None:
        super().__init__()
        on_ground(self, "content")
        self.title = Text(title, size=18, bold=True, elide=True)
        back = Button("返回", "ghost", "back", self.left.emit)
        head = across(self.title, *acts, back, gap=8, margins=(20, 14, 12, 2))
        head.setStretch(0, 1)
        self._about = Text(about, tone="ink2", wrap=True)
        self._about.setVisible(bool(about))
        said = down(self._about, margins=(20, 0, 16, 8))
        self.body = down(gap=0)
        self._whole = down(head, said, region(self.body), gap=0)
        self._whole.setStretch(2, 1)
        self.setLayout(self._whole)
        self.setMinimumWidth(style.px(420))

    def say(self, title: str, about: str) -> None:
        """Change title and sentence."""
        self.title.setText(title)
        self._about.setText(about)
        self._about.setVisible(bool(about))

    def set_foot(self, *things: Any) -> None:
        """Sum at the left, acts at the right; the filled one last."""
        self._whole.addWidget(footer(*things))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

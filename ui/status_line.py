"""The line at the foot: counts left, what is saved and when the last backup was made right."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.chip import StateWord
from ui.shared.layouts import across, down, hairline, on_ground
from ui.shared.text import Text


class StatusLine(QWidget):
    """26 px; `say(left)`, `set_saved(True)`, `set_backup("今天 08:42")`, `note(text)`."""

    def __init__(self) -> None:
        super().__init__()
        on_ground(self, "window")
        self._left = Text("", size=12, tone="ink2", elide=True)
        self._note = Text("", size=12, tone="ink2")
        self._saved = StateWord("tick", "已保存", 12)
        self._backup = Text("", size=12, tone="ink2")
        line = across(
            self._left, self._note, self._saved, self._backup, gap=20, margins=(16, 0, 16, 0)
        )
        line.setStretch(0, 1)
        self.setLayout(down(hairline(), line, gap=0))
        self._fit()
        style.look.changed.connect(self._fit)

    def say(self, text: str) -> None:
        """The sentence at the left."""
        self._left.setText(text)

    def text(self) -> str:
        """The sentence at the left."""
        return self._left.text()

    def note(self, text: str) -> None:
        """A remark before the saved mark."""
        self._note.setText(text)

    def set_saved(self, saved: bool) -> None:
        """Whether everything is on disk (work under way: not yet)."""
        self._saved.say("tick" if saved else "waiting", "已保存" if saved else "正在写入")

    def set_backup(self, when: str) -> None:
        """When the last backup was made, in words."""
        self._backup.setText(f"上次备份 {when}" if when else "还没有备份")

    def _fit(self) -> None:
        self.setFixedHeight(style.height(26))

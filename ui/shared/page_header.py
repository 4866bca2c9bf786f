"""The head of a desk: title, one line of facts, the acts at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.buttons import Button
from ui.shared.layouts import across, cleared
from ui.shared.text import Text


class PageHeader(QWidget):
    """Title 20 bold, facts on its baseline, acts right; at most one of them is filled.

    Example:
        header = PageHeader("账号"); header.set_facts("312 个", "在用 298")
        header.set_acts(plain("导出", "export"), filled("新建账号", "plus"))
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = Text(title, size=20, bold=True)
        self._facts = Text("", tone="ink2", elide=True)
        self._facts.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self._acts = across(gap=8)
        self._line = across(self._title, self._facts, self._acts, gap=14, margins=(20, 0, 16, 0))
        self._line.setStretch(1, 1)
        self.setLayout(self._line)
        self._slim = False
        self._fit()
        style.look.changed.connect(self._fit)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)

    def set_facts(self, *facts: str) -> None:
        """What stands beside the title, parted by a full-width space."""
        self._facts.setText("　".join(fact for fact in facts if fact))

    def facts(self) -> str:
        """What stands beside the title just now."""
        return self._facts.text()

    def set_acts(self, *acts: QWidget) -> None:
        """The acts (or any widget, such as StepCrumbs) at the right end."""
        if sum(isinstance(act, Button) and act.kind == "filled" for act in acts) > 1:
            raise ValueError("at most one filled button in a header")
        cleared(self._acts)
        for act in acts:
            self._acts.addWidget(act)

    def set_slim(self, slim: bool) -> None:
        """48 px instead of 58, for low windows."""
        self._slim = slim
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(style.px(48 if self._slim else 58))

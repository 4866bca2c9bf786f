"""The foot of 三方核对 with its acts, and beside the counters how old the lists are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.reconciliation.columns import ago
from ui.reconciliation.lines import Row
from ui.shared.buttons import ghost, plain, words
from ui.shared.detail_panel import footer
from ui.shared.layouts import down
from ui.shared.text import Text
from wxadmin.services.reconciliation_view import Age


class Ages(QWidget):
    """How old roster and address book are, and the way to a newer export."""

    def __init__(self, renew: Callable[[], object]) -> None:
        super().__init__()
        self._said = Text("", tone="ink2")
        act = words("换新导出", "import", renew)
        column = down(self._said, act, gap=2)
        column.setAlignment(act, Qt.AlignmentFlag.AlignRight)
        self.setLayout(column)

    def say(self, ages: tuple[Age, ...]) -> None:
        """Say it in days: the newest roster, the last export."""
        hr = [age.days for age in ages if age.side == "人事" and age.days is not None]
        book = next((age for age in ages if age.side == "企业微信"), None)
        days = book.days if book is not None else None
        self._said.setText("　".join((
            f"花名册 {ago(min(hr))}" if hr else "花名册还没有导入",
            f"通讯录 {ago(days)}" if days is not None else "通讯录还没有导入",
        )))  # fmt: skip

    def text(self) -> str:
        """What is said."""
        return self._said.text()


class Foot:
    """不动, 以后再说 and 按建议处理; `widget` is what stands on the desk."""

    def __init__(self, mark: Callable[[str], object], settle: Callable[[], object]) -> None:
        self._said = Text("", tone="ink2", elide=True)
        self._leave = ghost("不动", on_click=lambda: mark("不动"))
        self._later = ghost("以后再说", on_click=lambda: mark("以后再说"))
        self.settle = plain("按建议处理", "tick", lambda: settle())
        self.widget = footer(self._said, self._leave, self._later, self.settle)

    def say(self, ticked: int, row: Row | None, *, open_: bool, shown: bool) -> None:
        """Say what is ticked, or why the line under the cursor differs or is set aside."""
        self.widget.setVisible(shown)
        for button in (self._leave, self._later, self.settle):
            button.setVisible(open_)
        self.settle.block(None if ticked else "先勾要处理的行", f"按建议处理 {ticked:,} 行")
        if ticked:
            self._said.setText(f"已勾 {ticked:,} 行")
        elif row is not None and row.item is not None:
            self._said.setText(row.item.reason)
        else:
            mark = row.mark if row is not None else None
            since = f"{mark.set_on} 标的" if mark is not None and mark.set_on else ""
            self._said.setText("　".join(filter(None, (since, mark.reason if mark else ""))))

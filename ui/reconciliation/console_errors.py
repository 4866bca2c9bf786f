"""看懂后台的报错: paste WeCom's failure list; every line becomes person, cause and next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication

from ui import style
from ui.shared.columns import Cell, Column, Person, State
from ui.shared.dialog import Choice, Dialog
from ui.shared.inputs import LinesInput
from ui.shared.layouts import down, region
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.services.wecom_errors import ErrorLine, Explained, WecomErrors

if TYPE_CHECKING:
    from ui.desk import Context

_WAIT = 250
_EXAMPLE = "把后台“导入失败”的那几行贴在这里，例如：\n张伟　60104　手机号码已存在"
_COPY = "copy"
_COLUMNS = (
    Column("who", "姓名 / 工号", 150, kind="person", sortable=False,
           value=lambda row: Person(row.name or "（没认出是谁）", row.emp_no or row.userid)),
    Column("cause", "原因", 250, stretch=1, sortable=False,
           value=lambda row: Cell(row.cause, row.code)),
    Column("next_step", "下一步", 300, stretch=1, sortable=False,
           value=lambda row: Cell(row.next_step, row.found)),
)  # fmt: skip
_UNREAD = State("ask", "看不懂")


class ErrorsDialog(Dialog):
    """The text above, what it means beneath; explained while she pastes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.text = LinesInput(
            "把后台“导入失败”的那几行贴在这里，例如：\n张伟　60104　手机号码已存在", 5
        )
        self.text.setAccessibleName("后台的失败名单或报错的话")
        self.table = Table(_COLUMNS, "每个人为什么没导进去", row_px=32)
        self.said = Text("只看不改；认得 40003、60102、60104 这些代码，也认得报错的话。", 12,
                         tone="ink3", wrap=True)  # fmt: skip
        self.whole = Text("", wrap=True, selectable=True)
        self.whole.setAccessibleName("这一行的原因和下一步")
        self.whole.setMinimumHeight(style.px(44))
        self.whole.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.table.current_changed.connect(lambda _: self._say_whole())
        window = context.messages.window()
        self.table.setFixedHeight(max(min(window.height() - 480, 260), 110))
        body = region(down(self.text, self.said, self.table, self.whole, gap=8))
        acts = (Choice("关闭", None),)
        left = (Choice("复制下一步", _COPY, icon="copy"),)
        super().__init__(window, "看懂后台的报错", body=body, acts=acts, left=left)
        self.setFixedWidth(max(min(window.width() - style.px(120), style.px(980)), style.px(520)))
        self.explained: Explained | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self.explain)
        self.text.edited.connect(self._timer.start)
        self.text.setFocus()

    @classmethod
    def run_for(cls, context: Context) -> None:
        """Show it, with what lies on the clipboard if that can be understood."""
        dialog = cls(context)
        pasted = QGuiApplication.clipboard().text()
        if pasted and dialog.understands(pasted):
            dialog.text.set_value(pasted)
            dialog.explain()
        dialog.run()

    def understands(self, text: str) -> bool:
        """Whether there is any refusal in a text."""
        try:
            return bool(WecomErrors(self._context.services).explain(text).lines)
        except UserError:
            return False

    def explain(self) -> None:
        """Say what every pasted line means."""
        self._timer.stop()
        try:
            self.explained = WecomErrors(self._context.services).explain(self.text.value())
        except UserError as refusal:
            self.explained = None
            self.said.setText(refusal.message)
            self.table.show_rows(RowsInMemory(()))
            return
        lines = list(self.explained.lines)
        self.table.show_rows(RowsInMemory(lines))
        if lines:
            self.table.select(0)
        self._say_whole()
        unread = [f"第 {row} 行" for row, _ in self.explained.unread]
        rest = f"；没看懂的：{'、'.join(unread[:6])}" if unread else ""
        self.said.setText(f"看懂 {len(lines)} 行{rest}")

    def _say_whole(self) -> None:
        """The current line in full: columns cut what is long."""
        line = self.table.current_row()
        self.whole.setText(_as_text(line) if line is not None else "")

    def _choose(self, value: object) -> None:
        if value != _COPY:
            super()._choose(value)
            return
        lines = self.explained.lines if self.explained is not None else ()
        QGuiApplication.clipboard().setText("\n".join(map(_as_text, lines)))
        self.said.setText(f"已复制 {len(lines)} 行")


def _as_text(line: ErrorLine) -> str:
    who = " ".join(filter(None, (line.name, line.emp_no)))
    return f"{who}：{line.cause}{line.next_step}{line.found}"

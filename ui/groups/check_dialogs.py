"""The dialogs about checks that are over: the log of a group, the four lists of one check."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ui import style
from ui.shared.columns import Cell, Column, Person, State
from ui.shared.dialog import Choice, Dialog
from ui.shared.inputs import ChoiceInput
from ui.shared.layouts import across, down, region
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.table_model import GroupHeading
from ui.shared.text import Text
from wxadmin.domain.group_checks import COUNTING, DONE, FINDINGS, MENDING
from wxadmin.services.check_view import CheckView

PRINT, PDF, WORKBOOK, SIGN = "print", "pdf", "workbook", "sign"
_RESULTS = ("已移出", "已加入", "已改群昵称", "已查明，不用改")
_MARKS = {DONE: "tick", MENDING: "due", COUNTING: "ask"}
_LINES = (
    Column("name", "姓名", 90, kind="person", sortable=False, value=lambda line: Person(line.name)),
    Column("nickname", "群昵称", 130, stretch=1, sortable=False),
    Column("reason", "说明", 190, stretch=2, tone="ink2", sortable=False),
    Column("result", "处理结果", 110, sortable=False, expected=True),
)


def counted(view: CheckView) -> str:
    """What a check found, in a few words."""
    found = [f"{finding}{len(view.of(finding))}人" for finding in FINDINGS if view.of(finding)]
    if view.needs_list:
        return f"{'多' if view.off_by > 0 else '少'}{abs(view.off_by)}人，没有核对名单"
    return "、".join(found) or "没有问题"


def _number(view: CheckView) -> Cell | None:
    check = view.check
    return None if check.actual is None else Cell(f"{check.actual} / {check.expected}")


_CHECKS = (
    Column("day", "日期", 96, kind="date", value=lambda view: view.check.checked_on),
    Column("state", "结论", 96, kind="state",
           value=lambda view: State(_MARKS.get(view.check.state, "empty"), view.check.state)),
    Column("number", "实在 / 应在", 88, value=_number),
    Column("found", "发现", 190, stretch=2,
           value=lambda view: Cell(counted(view), note=view.check.note)),
    Column("why", "为什么查", 88, tone="ink2", value=lambda view: view.check.trigger),
    Column("by", "核查人", 72, tone="ink2", value=lambda view: view.check.by),
    Column("signed", "签字", 72, value=lambda view: view.check.signed_by, expected=True),
)  # fmt: skip


def _out() -> list[Choice]:
    return [
        Choice("打印", PRINT, icon="print"),
        Choice("存为PDF", PDF, icon="pdf"),
        Choice("存为表格", WORKBOOK, icon="sheet"),
    ]


class LogDialog(Dialog):
    """核查记录: every check of a group; the chosen one is looked at, printed or signed."""

    def __init__(self, parent: QWidget, name: str, views: list[CheckView]) -> None:
        self.table = Table(_CHECKS, "核查记录")
        self.table.show_rows(RowsInMemory(views, key=lambda view: view.check.id))
        self.table.setFixedHeight(max(min(parent.window().height() - 260, 380), 160))
        self.table.opened.connect(lambda _: self._choose("look"))
        left = [*_out(), Choice("登记签字", SIGN, icon="edit")] if views else []
        acts = [Choice("关闭", None)]
        if views:
            acts.append(Choice("看这一次", "look", kind="filled"))
        reason = "" if views else "还没有核查过。"
        body = region(down(self.table)) if views else None
        super().__init__(parent, f"核查记录：{name}", reason, body=body, acts=acts, left=left)
        if views:
            self.setFixedWidth(style.px(min(parent.window().width() - 120, 860)))
            self.table.select(views[0].check.id)
            self.table.setFocus()

    def chosen(self) -> int | None:
        """The check the cursor is on."""
        key = self.table.current_id()
        return key if isinstance(key, int) else None


class FindingsDialog(Dialog):
    """应加未加, 不应在群, 未实名, 昵称不符: one table, ticked lines get a result."""

    def __init__(self, parent: QWidget, view: CheckView) -> None:
        self.table = Table(
            _LINES, "核查发现的问题", [GroupHeading(one, one) for one in FINDINGS], checkable=True,
            tickable=lambda line: not line.result,
        )  # fmt: skip
        lines = [line for line in view.lines if line.finding in FINDINGS]
        self.table.show_rows(RowsInMemory(
            lines, key=lambda line: line.id, group=lambda line: line.finding))  # fmt: skip
        wanted = style.height(34) * (self.table.model.rowCount() + 2)
        self.table.setFixedHeight(max(min(parent.window().height() - 260, 420, wanted), 160))
        self._result = ChoiceInput([(one, one) for one in _RESULTS], "处理结果")
        self._result.setAccessibleName("处理结果")
        self._said = Text("勾上办好的，选处理结果，再登记。", 12, tone="ink3")
        acts = [Choice("关闭", None)]
        is_open = bool(view.open_lines) or view.check.state == MENDING
        if is_open:
            acts.append(Choice("登记处理结果", True, kind="filled"))
        body = down(self.table, gap=8)
        if is_open:
            body.addLayout(across(self._said, None, self._result, gap=8))
        title = f"{view.check.group_name}：{counted(view)}"
        super().__init__(parent, title, view.check.note, body=region(body), acts=acts, left=_out())
        self.setFixedWidth(style.px(min(parent.window().width() - 120, 760)))
        self._has_lines = bool(view.open_lines)

    def chosen(self) -> list[int]:
        """The ids of the ticked lines."""
        return [key for key in self.table.ticked_ids() if isinstance(key, int)]

    def result_text(self) -> str:
        """What became of them."""
        return str(self._result.value() or "")

    def _choose(self, value: Any) -> None:
        if value is not True:
            super()._choose(value)
        elif not self.result_text():
            self._said.setText("请选处理结果。")
            self._result.setFocus()
        elif self._has_lines and not self.chosen():
            self._said.setText("请先勾上办好的。")
            self.table.setFocus()
        else:
            super()._choose(value)

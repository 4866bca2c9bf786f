"""Edit a group's rule and see who joins and who leaves before anything is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from ui.groups.reading import Roll
from ui.groups.rule_rows import RuleRows
from ui.groups.rule_words import Draft, Values
from ui.shared.acting import act
from ui.shared.buttons import filled, ghost
from ui.shared.columns import Cell, Column, Person, State
from ui.shared.layouts import across, hairline
from ui.shared.rows import RowsInMemory
from ui.shared.side_page import SidePage
from ui.shared.table import Table
from ui.shared.table_model import GroupHeading
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.domain.membership_rule import describe, rule_from_text
from wxadmin.services.group_lines import GroupLine
from wxadmin.services.membership import Membership, RulePreview

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

_WAIT = 200
"""Milliseconds after the last change before the preview is worked out."""
_COLUMNS = (
    Column("name", "姓名", 150, kind="person",
           value=lambda row: Person(row[2].name, row[2].emp_no)),
    Column("unit", "部门", 170, stretch=1, value=lambda row: Cell(row[2].org_unit), tone="ink2"),
    Column("position", "职务", 90, tone="ink2", priority=2, value=lambda row: row[2].position),
    Column("what", "会怎样", 90, kind="state",
           value=lambda row: State("plus", "应加入") if row[1] else State("minus", "应移出")),
)  # fmt: skip


class RuleEditor(SidePage):
    """The preview comes from the worker; only the newest one counts."""

    def __init__(self, desk: GroupsDesk, roll: Roll, line: GroupLine) -> None:
        self._desk, self._roll = desk, roll
        self._membership = Membership(roll.workplace)
        self._group = self._membership.rule_owner(line.group, roll.picture)
        super().__init__(f"改规则：{self._group.name}", self._about(line))
        self.preview: RulePreview | None = None
        self._before = rule_from_text(self._group.rule)
        self.rows = RuleRows(Values(roll.workplace, roll.picture))
        self.rows.changed.connect(self._changed)
        self.sentence = Text("", wrap=True)
        self.table = Table(_COLUMNS, "规则改后的变动")
        self.body.addWidget(self.rows, 3)
        self.body.addWidget(hairline())
        self.body.addLayout(across(self.sentence, margins=(20, 8, 16, 8)))
        self.body.addWidget(self.table, 4)
        self._sum = Text("还没有改动。点“保存规则”前什么也不写。", tone="ink2", elide=True)
        self._save = filled("保存规则", on_click=self.save)
        self.set_foot(self._sum, ghost("取消", on_click=self.left.emit), self._save)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self.work_out)
        self.rows.show_draft(Draft.of(self._before))
        self._changed()

    def _about(self, line: GroupLine) -> str:
        if self._group.id == line.group.id:
            return "同一组里的条件要都符合，几组之间符合一组就行。"
        return (
            f"手机端“{line.group.name}”跟着后台群组的规则，改的是后台群组，两边一起变。"
            "同一组里的条件要都符合，几组之间符合一组就行。"
        )

    # -- the preview --------------------------------------------------------------------------

    def _changed(self) -> None:
        rule = self.rows.draft.rule()
        self.preview = None
        self.sentence.setText(describe(rule))
        self._show_save("正在算谁进谁出" if rule != self._before else "规则没有变")
        self._timer.start()

    def work_out(self) -> None:
        """Ask who would join and who would leave."""
        self._timer.stop()
        if self.rows.draft.unfinished():
            self._show_effects(None)
            return
        rule = self.rows.draft.rule()
        membership, group, picture = self._membership, self._group, self._roll.picture
        self._desk.context.jobs.run(
            lambda progress, cancelled: membership.preview_rule(group, rule, picture),
            self._take, self._refused, caption="正在算谁进谁出", unit="人",
        )  # fmt: skip

    def _take(self, preview: RulePreview) -> None:
        if preview.rule == self.rows.draft.rule() and not self.rows.draft.unfinished():
            self.preview = preview
            self._show_effects(preview)

    def _refused(self, refusal: UserError) -> None:
        self.sentence.setText(refusal.message)
        self._show_save("规则还不能用")

    def _show_effects(self, preview: RulePreview | None) -> None:
        rows: list[tuple[Any, ...]] = []
        headings = []
        for effect in preview.effects if preview is not None else ():
            group = effect.group
            headings.append(GroupHeading(group.id, f"{group.name}（{group.side}）", foldable=True))
            for joins, people in ((True, effect.joins), (False, effect.leaves)):
                rows += [(group.id, joins, person) for person in people]
        self.table.show_rows(
            RowsInMemory(rows, key=lambda row: (row[0], row[2].id), group=lambda row: row[0]),
            headings,
        )
        self._say_sum(preview)

    def _say_sum(self, preview: RulePreview | None) -> None:
        open_lines = self.rows.draft.unfinished()
        if preview is None:
            self._sum.setText("还没有改动任何数据。")
            self._show_save(f"还差 {open_lines} 个条件没有取值" if open_lines else "正在算谁进谁出")
            return
        joins = sum(len(effect.joins) for effect in preview.effects)
        leaves = sum(len(effect.leaves) for effect in preview.effects)
        same = preview.rule == self._before
        moved = f"应加入 {joins} 人次，应移出 {leaves} 人次" if joins or leaves else "没有人进出"
        self._sum.setText("规则没有变。" if same else f"{moved}。还没有改动任何数据。")
        self._show_save("规则没有变" if same else None)

    def _show_save(self, reason: str | None) -> None:
        self._save.block(reason, "保存规则")

    # -- saving -------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the rule that was looked at; 撤销 brings the old one back."""
        preview = self.preview
        if preview is None:
            return
        if act(self._desk.context, f"已改“{preview.group.name}”的规则",
               lambda: self._membership.set_rule(preview)):  # fmt: skip
            self.left.emit()

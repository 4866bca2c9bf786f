"""The preview: counters, the brake, the table with its questions, the sum in words, 确认导入."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.imports.journey import Journey
from ui.imports.kinds import words_of
from ui.imports.preview_rows import (
    ASK,
    CHANGED,
    COLUMNS,
    COUNTERS,
    LEFT,
    NEW,
    SAME,
    Row,
    counts,
    effect_of,
    headings,
)
from ui.imports.questions import below_for
from ui.messages import Messages
from ui.shared.bands import BrakeBand
from ui.shared.below import Below
from ui.shared.buttons import Button, filled, ghost, plain, words
from ui.shared.counters import Counters
from ui.shared.detail_panel import footer
from ui.shared.layouts import cleared, down, region
from ui.shared.record_form import Field, Verdict, wrong
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.table_model import GroupHeading
from ui.shared.text import Text
from wxadmin.domain import import_plan as plans
from wxadmin.domain.likely_renaming import likely_cause

_FEW_QUESTIONS = 3  # so many are put off one by one


class PreviewPage(QWidget):
    """`confirmed()`, `columns_asked()`, `another_asked()`, `dropped()` (取消), `problems_asked()`,
    `go_on_asked()` (继续 in spite of the brake)."""

    confirmed = Signal()
    columns_asked = Signal()
    another_asked = Signal()
    dropped = Signal()
    problems_asked = Signal()
    go_on_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.journey: Journey | None = None
        self.counters = Counters(COUNTERS)
        self.counters.add_right(
            region(
                down(
                    Text("点“确认导入”前不改动任何数据。", tone="ink2"),
                    Text("每行可划掉；点“会引起”可逐项划掉。", 12, tone="ink3"),
                    gap=2,
                )
            )
        )
        self.counters.chosen.connect(self._choose)
        self._brake = down(gap=0)
        self.table = Table(
            COLUMNS, "导入预览", checkable=True,
            strike_unticked=lambda row: row.strikes, struck=self._is_struck,
            tickable=lambda row: row.strikes, search_clears=self.counters.clear,
        )  # fmt: skip
        self.table.opened.connect(self.turn)
        self.table.view.clicked.connect(self._clicked)
        self.table.ticks_changed.connect(self._ticked)
        self._below: Below | None = None
        self._opened: Hashable | None = None
        self._rows: dict[Hashable, Row] = {}
        column = down(self.counters, self._brake, self.table, self._foot(), gap=0)
        column.setStretchFactor(self.table, 1)
        self.setLayout(column)

    def _foot(self) -> QWidget:
        self.problems = words("导出问题行", "export", self.problems_asked.emit)
        self._sum = Text("", tone="ink2")
        self.confirm = filled("确认导入", on_click=self.confirmed.emit)
        self.later = ghost("其余都以后再说", on_click=self._later)
        back = ghost("返回对列", on_click=self.columns_asked.emit)
        drop = plain("取消", on_click=self.dropped.emit)
        return footer(back, self.problems, self.later, None, self._sum, 4, drop, self.confirm)

    # -- showing ------------------------------------------------------------------------------

    def show_plan(self, journey: Journey) -> None:
        """Show the plan as it stands now; the first open question is opened in place."""
        fresh = journey is not self.journey
        self.journey = journey
        assert journey.plan is not None
        rows = journey.rows
        self._rows = {row.id: row for row in rows}
        strikeable = {row.id for row in rows if row.strikes}
        self.table.model.ticked = strikeable - journey.struck_lines
        if fresh:
            self.counters.clear()
            self.table.model.chosen = None
        words = words_of(journey.preview.plan.kind)
        said = {NEW: words.new, CHANGED: words.changed, LEFT: words.left}
        self.counters.set_words(said)
        self.counters.set_numbers(counts(journey.plan))
        self.table.open_below((), None)
        self._show_rows(rows, headings(journey.plan))
        self._opened = None
        self._show_brake()
        self._say_sum()
        self.take_focus()

    def take_focus(self) -> None:
        """The first question; when there is none, the brake or 确认导入."""
        journey = self.journey
        if journey is None:
            return
        if journey.braked():
            first = next(iter(self._brake_acts), None)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        question = next((row for row in self._rows.values() if row.group == ASK), None)
        if question is not None:
            self.open_row(question.id)
        elif self.confirm.isEnabled():
            self.confirm.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_brake(self) -> None:
        cleared(self._brake)
        self._brake_acts: list[Button] = []
        journey = self.journey
        if journey is None or not journey.braked():
            return
        brake = journey.preview.plan.brake
        assert brake is not None
        stopped, advice = brake.sentence.split("。", 1)
        cause = likely_cause(journey.preview.plan.units_asked)
        acts: list[Button] = []
        if cause is not None:
            advice += f"{brake.people}人中有{cause.people}人都从“{cause.old}”到了“{cause.new}”。"
            rename = filled(f"是部门更名：{cause.old} → {cause.new}", on_click=lambda:
                            journey.answer_units(cause.units, plans.RENAME))  # fmt: skip
            acts.append(rename)
        acts.append(plain("换一个文件", on_click=self.another_asked.emit))
        on = words_of(journey.preview.plan.kind).brake.format(people=brake.people)
        acts.append(ghost(on, on_click=self.go_on_asked.emit))
        self._brake_acts = acts
        self._brake.addWidget(BrakeBand(f"{stopped}。", advice, acts))

    def _later(self) -> None:
        if self.journey is not None:
            self.journey.postpone_questions()

    def _say_sum(self) -> None:
        journey = self.journey
        assert journey is not None
        plan = journey.preview.plan
        self.later.setVisible(plan.count(plans.DISPUTED) > _FEW_QUESTIONS)
        done, struck, open_rows = journey.executed(), journey.struck_count(), plan.undecided
        said = [f"将执行 {done:,} 行"]
        if struck:
            said.append(f"划掉 {struck:,} 行")
        sum_text = "，".join(said) + "，一步可撤销"
        if journey.braked():
            sum_text = "先处理暂停" + (f"，再定 {open_rows} 行待确认" if open_rows else "")
        self._sum.setText(sum_text)
        many = sum(1 for one in plan.problems if one.row)
        self.problems.setVisible(bool(many))
        self.problems.say(f"导出 {many} 个问题行")
        reason = f"还差 {open_rows} 行待确认" if open_rows else None
        if journey.braked():
            reason = "确认导入"
        elif not open_rows and not journey.writes_anything():
            reason = "没有要改的"
        name = f"确认导入 {done:,} 行" if done else "确认收下这份名单"
        self.confirm.block(reason, name)

    # -- striking out -------------------------------------------------------------------------

    def _is_struck(self, row: Row) -> bool:
        """Further fields of a struck line are struck with it."""
        main = self._rows.get(row.line)
        return main is not None and main.strikes and row.line not in self.table.model.ticked

    def _ticked(self) -> None:
        if self.journey is not None:
            strikeable = {row.id for row in self._rows.values() if row.strikes}
            struck = strikeable - self.table.model.ticked
            self.journey.struck_lines = {str(key) for key in struck}
            self._say_sum()

    def _choose(self, key: str) -> None:
        if key == SAME:
            self.table.model.fold(SAME, False)
        self.table.choose((lambda row: row.group == key) if key else None)
        if not key:
            self.table.model.fold(SAME, True)

    # -- opening in place ---------------------------------------------------------------------

    def turn(self, key: Any) -> None:
        """Open a row in place, or close it again."""
        if key == self._opened:
            self.close_row()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.open_row(key)

    def open_row(self, key: Any) -> None:
        """Open a row in place and put the focus into it."""
        row = self._rows.get(key)
        row = self._rows.get(row.line, row) if row is not None else None
        if row is None or row.about is None:
            return
        self.table.open_below([row.id], self._make_below)
        self._opened = row.id
        self.table.select(row.id)
        if self._below is not None:
            self._below.focus_first()
            self.table.view.has_focus = True  # the row belongs to what is open under it
            self.table.view.viewport().update()

    def _make_below(self, key: Hashable) -> QWidget:
        assert self.journey is not None
        self._below = below_for(self.table.view, self.journey, self._rows[key], self._part_struck)
        return self._below

    def close_row(self) -> None:
        """Close what is open."""
        self._opened = self._below = None
        self.table.open_below((), None)

    def _part_struck(self) -> None:
        """A consequence was struck out: say it in the row, keep the place."""
        journey, kept = self.journey, self._opened
        assert journey is not None and journey.plan is not None and kept is not None
        where = self.table.view.verticalScrollBar().value()
        row = self._rows[kept]
        said = effect_of(journey.plan, row.about, journey.struck_parts)
        self._rows[kept] = replace(row, effect=said)
        journey.rows = list(self._rows.values())
        self._show_rows(journey.rows)
        self.open_row(kept)
        self.table.view.verticalScrollBar().setValue(where)

    def _show_rows(self, rows: list[Row], groups: Sequence[GroupHeading] | None = None) -> None:
        source = RowsInMemory(rows, key="id", group=lambda row: row.group)
        self.table.show_rows(source, groups)

    def _clicked(self, index: QModelIndex) -> None:
        key = self.table.model.id_at(index.row()) if index.isValid() else None
        if key is not None and self.table.model.columns[index.column()].key == "effect":
            self.turn(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._opened is not None:
            self.close_row()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)


def released(messages: Messages, journey: Journey) -> bool:
    """Ask for the number of people once more; release the brake where it is the right one."""
    brake = journey.preview.plan.brake
    if brake is None:
        return False

    def check(value: Any, _: Any) -> Verdict | None:
        return None if value == brake.people else wrong(f"人数是 {brake.people}，请核对。")

    field = Field("people", "请填上面的人数", "number", required=True, check=check)
    question = words_of(journey.preview.plan.kind).sure.format(people=brake.people)
    reason = "填对人数才继续；写入前还要点“确认导入”。"
    if not messages.ask_form(question, [field], "继续", reason):
        return False
    journey.release()
    return True

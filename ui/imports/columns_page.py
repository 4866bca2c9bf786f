"""对列: what each column is read as; which sheet, what kind of list, whose, which month."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from ui import style
from ui.imports.journey import Journey
from ui.shared.buttons import filled, ghost
from ui.shared.detail_panel import footer
from ui.shared.inputs import ChoiceInput, LineInput, Tick
from ui.shared.layouts import across, cleared, down, hairline, region
from ui.shared.text import Text
from wxadmin.domain.sheet_kind import LEAVERS, MEMBERS, ROSTER
from wxadmin.services.import_columns import KIND_WORDS, ColumnLine

MOST = 200
"""More columns than these are not laid out; nobody's list has them."""
COMPLETE = "这份名单列出了全部在职人员"
COMPLETE_MEANS = (
    "勾上后，这个来源的单位里、名单上没有的人会提为离职，预览里逐行可划掉；不勾就只看名单上的人。"
)


class ColumnsPage(QWidget):
    """`read_anew()` when sheet or kind were changed, `accepted()` for 看预览, `dropped()`."""

    read_anew = Signal()
    accepted = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.journey: Journey | None = None
        self.lines: list[ColumnLine] = []
        self.choices: list[ChoiceInput | None] = []
        self._make_settings()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(style.px(20), style.px(4), style.px(16), style.px(12))
        self._grid.setHorizontalSpacing(style.px(16))
        self._grid.setVerticalSpacing(style.px(4))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName("各列")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(region(down(self._grid, None)))
        self._ignored = Text("", 12, tone="ink3", elide=True)
        self.go = filled("看预览", on_click=self._accept)
        foot = footer(
            ghost("取消", on_click=self.dropped.emit), 8, self._ignored, 8,
            Text("改过的对照会记住，下次同样的表不用再对。", 12, tone="ink3"), self.go,
        )  # fmt: skip
        column = down(self._settings, hairline(), scroll, foot, gap=0)
        column.setStretchFactor(scroll, 1)
        self.setLayout(column)

    def _make_settings(self) -> None:
        self.kind = ChoiceInput([*KIND_WORDS.items()])
        self.sheet = ChoiceInput([])
        self.source = ChoiceInput([])
        self.month = LineInput("2026-11")
        self.group = ChoiceInput([])
        self.complete = Tick(COMPLETE)
        labelled = []
        boxes = (
            ("种类", self.kind, 130),
            ("工作表", self.sheet, 180),
            ("人事来源", self.source, 220),
            ("月份", self.month, 96),
            ("哪个群的名单", self.group, 260),
        )
        self._labelled: dict[str, QWidget] = {}
        for word, box, wide in boxes:
            label = Text(word, 12, tone="ink2")
            label.setBuddy(box)
            box.setAccessibleName(word)
            box.setFixedWidth(style.px(wide))
            self._labelled[word] = region(down(label, box, gap=3))
            labelled.append(self._labelled[word])
        self._means = Text(COMPLETE_MEANS, 12, tone="ink3", wrap=True)
        top = across(*labelled, None, gap=16)
        self._settings = region(
            down(top, down(self.complete, self._means, gap=0), gap=10, margins=(20, 8, 16, 10))
        )
        self.kind.edited.connect(self._changed_file)
        self.sheet.edited.connect(self._changed_file)

    def show_columns(
        self, journey: Journey, lines: list[ColumnLine], fields: list[tuple[str, str]],
        sources: list[str], groups: list[tuple[str, str]],
    ) -> None:  # fmt: skip
        """Show the columns of a file as it was read."""
        assert journey.look is not None
        self.journey, self.lines = journey, lines
        table, wishes = journey.look.reading.table, journey.wishes
        self.kind.set_value(journey.look.reading.kind)
        sheets = [name for name in (table.sheet, *table.other_sheets, *table.hidden_sheets) if name]
        self.sheet.set_choices([(name, name) for name in sheets] or [("", "只有一张")])
        self.sheet.set_value(table.sheet)
        self.source.set_choices([("", "按表里的单位认"), *((name, name) for name in sources)])
        self.source.set_value(wishes.source)
        self.month.set_value(wishes.month or table.month or "")
        self.complete.set_value(wishes.complete)
        kind = journey.look.reading.kind
        self.group.set_choices([("", "按表里写的"), *groups])
        self.group.set_value(wishes.group)
        self._labelled["人事来源"].setVisible(kind in {ROSTER, LEAVERS})
        self._labelled["月份"].setVisible(kind in {ROSTER, LEAVERS})
        self._labelled["哪个群的名单"].setVisible(kind == MEMBERS)
        roster = kind == ROSTER
        self.complete.setVisible(roster)
        self._means.setVisible(roster)
        self._fill(lines[:MOST], fields)
        ignored = "、".join(one.heading for one in lines if not one.field) or "没有"
        self._ignored.setText(f"忽略列：{ignored}")

    def _fill(self, lines: list[ColumnLine], fields: list[tuple[str, str]]) -> None:
        cleared(self._grid)
        self.choices = []
        heads = ("列", "列名", "里面写着", "当作")
        for at, head in enumerate(heads):
            self._grid.addWidget(Text(head, 12, tone="ink2"), 0, at)
        for row, one in enumerate(lines, start=1):
            self._grid.addWidget(Text(one.letter, 12, tone="ink3"), row, 0)
            self._grid.addWidget(Text(one.heading, bold=bool(one.field), elide=True), row, 1)
            samples = "　".join(one.samples) or "（空）"
            shown = "（不显示）" if one.private or one.sensitive else samples
            self._grid.addWidget(Text(shown, tone="ink3", elide=True), row, 2)
            self._grid.addWidget(self._choice(one, fields), row, 3)
        for at, share in ((1, 3), (2, 5), (3, 4)):
            self._grid.setColumnStretch(at, share)

    def _choice(self, one: ColumnLine, fields: list[tuple[str, str]]) -> QWidget:
        if one.private:
            self.choices.append(None)
            return Text("个人信息，不收取", tone="ink3")
        left_out = "不导入（敏感，默认不取）" if one.sensitive else "不导入"
        box = ChoiceInput([("", left_out), *fields])
        box.setAccessibleName(f"“{one.heading}”列当作")
        box.set_value(one.field)
        if box.currentIndex() < 0:  # read as something a roster has no use for
            box.set_value("")
        self.choices.append(box)
        return box

    def mapped(self) -> list[ColumnLine]:
        """The columns as they are chosen now."""
        chosen = [
            replace(one, field=box.value() or "") if box is not None else one
            for one, box in zip(self.lines, self.choices, strict=False)
        ]
        return chosen + self.lines[len(chosen) :]

    def take_focus(self) -> None:
        """看预览 when everything is settled."""
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_settings(self) -> None:
        assert self.journey is not None
        wishes = self.journey.wishes
        wishes.kind = self.kind.value()
        wishes.sheet = self.sheet.value() or None
        wishes.source = self.source.value() or ""
        wishes.month = self.month.value()
        wishes.group = self.group.value() or ""
        wishes.complete = self.complete.isChecked() and wishes.kind == "roster"

    def _changed_file(self) -> None:
        self._keep_settings()
        self.read_anew.emit()

    def _accept(self) -> None:
        self._keep_settings()
        self.accepted.emit()

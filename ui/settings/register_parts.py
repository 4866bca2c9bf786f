"""The parts of 台账样式: the head of a register, and its columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import style
from ui.settings.design_words import as_kept, in_chinese
from ui.settings.form_parts import SIDES, Part, millimetres, written
from ui.shared.inputs import LineInput, Tick
from ui.shared.layouts import across, cleared, down
from ui.shared.record_form import Field, RecordForm
from ui.shared.text import Text
from wxadmin.domain.form_design import ColumnDesign, RegisterDesign, bare

WIDTH = 62


class RegisterHeadPart(Part):
    """抬头和纸面 of a register."""

    def __init__(self) -> None:
        super().__init__()
        sides = [Field(side, f"页边：{word}", required=True, half=True) for side, word in SIDES]
        self.form = RecordForm([
            Field("title", "标题", required=True, hint="{公司名称} 会印成公司的名称。"),
            Field("control_no", "受控表号（右上）", half=True),
            Field("body_pt", "字号（磅）", required=True, half=True),
            Field("signers", "签名处（用顿号隔开）", hint="如 制表人、审核人；不要就空着。"),
            *sides,
        ])  # fmt: skip
        self.form.changed.connect(lambda key: self.changed.emit())
        self.setLayout(down(self.form, None, gap=0))

    def show_design(self, design: Any) -> None:
        values = {
            side: written(length) for (side, _), length in zip(SIDES, design.margins, strict=True)
        }
        values |= {"title": in_chinese(design.title), "control_no": design.control_no}
        values |= {"body_pt": written(design.body_pt), "signers": "、".join(design.signers)}
        self.form.set_values(values)

    def taken(self, design: Any) -> RegisterDesign:
        values = self.form.values()
        top, right, bottom, left = (
            millimetres(values[side], f"页边“{word}”") for side, word in SIDES
        )
        signers = values["signers"].replace("，", "、").split("、")
        kept: RegisterDesign = replace(
            design,
            title=as_kept(values["title"]),
            control_no=values["control_no"],
            body_pt=millimetres(values["body_pt"], "字号", "磅数，如 9"),
            signers=tuple(one.strip() for one in signers if one.strip()),
            margins=(top, right, bottom, left),
        )
        return kept


class ColumnLine(QWidget):
    """One column: whether it is printed, what it is called, how wide it is."""

    changed = Signal()

    def __init__(self, column: ColumnDesign) -> None:
        super().__init__()
        self.column = column
        name = bare(column.label)
        self.printed = Tick("", column.printed)
        self.printed.setAccessibleName(f"印：{name}")
        self.printed.setFixedWidth(style.px(26))
        self.label, self.width_box = LineInput(), LineInput()
        self.label.setAccessibleName(f"列名：{name}")
        self.label.set_value(name)
        self.width_box.setAccessibleName(f"列宽：{name}")
        self.width_box.setFixedWidth(style.px(WIDTH))
        self.width_box.set_value(written(column.width))
        line = across(self.printed, self.label, self.width_box, gap=6)
        line.setStretch(1, 1)
        self.setLayout(line)
        for box in (self.printed, self.label, self.width_box):
            box.edited.connect(self.changed)

    def taken(self) -> ColumnDesign:
        """Return the column as it was changed."""
        column, typed = self.column, self.label.value()
        label = column.label if typed == bare(column.label) else typed
        shown = self.width_box.value()
        width = column.width
        if shown != written(column.width):
            width = millimetres(shown, f"“{bare(column.label)}”的列宽")
        return ColumnDesign(label, width, self.printed.value())


class ColumnsPart(Part):
    """各列: from left to right as they stand on the sheet."""

    def __init__(self) -> None:
        super().__init__()
        head = across(
            Text("印", size=12, tone="ink2"), 8, Text("列名", size=12, tone="ink2"), None,
            Text("宽（毫米）", size=12, tone="ink2"), gap=6,
        )  # fmt: skip
        self._column = down(gap=4)
        self.lines: list[ColumnLine] = []
        words = "不印的列让出的地方由其余各列按宽窄分。内容照样在登记库里，导出表格时仍有。"
        self.setLayout(
            down(Text(words, size=12, tone="ink3", wrap=True), head, self._column, None, gap=6)
        )

    def show_design(self, design: Any) -> None:
        cleared(self._column)
        self.lines = [ColumnLine(column) for column in design.columns]
        for line in self.lines:
            line.changed.connect(self.changed)
            self._column.addWidget(line)

    def taken(self, design: Any) -> RegisterDesign:
        kept: RegisterDesign = replace(design, columns=tuple(line.taken() for line in self.lines))
        return kept

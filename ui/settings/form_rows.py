"""The parts of 表单样式 that are lists: the rows of the sheet, and the fields the office adds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import style
from ui.settings.form_parts import Part, millimetres, written
from ui.shared.buttons import icon_button, plain
from ui.shared.inputs import ChoiceInput, LineInput, Tick
from ui.shared.layouts import across, cleared, down
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.domain.form_definition import FieldType
from wxadmin.domain.form_design import EXTRA_TYPES, Design, ExtraField, RowDesign, bare

HEIGHT = 62


class RowLine(QWidget):
    """One row of the sheet: whether it is printed, what it is called, how high it is."""

    changed = Signal()

    def __init__(self, row: RowDesign) -> None:
        super().__init__()
        self.row = row
        self.printed = Tick("", row.printed)
        self.printed.setAccessibleName(f"印：{row.name}")
        self.printed.setFixedWidth(style.px(26))
        self.names = [] if row.is_opinion else [LineInput() for _ in row.labels]
        self.height_box = LineInput()
        self.height_box.setFixedWidth(style.px(HEIGHT))
        self.height_box.setAccessibleName(f"{'行数' if row.lines else '行高'}：{row.name}")
        self.height_box.set_value(row.lines or written(row.height))
        for box, label in zip(self.names, row.labels, strict=False):
            box.set_value(bare(label))
            box.setAccessibleName(f"名称：{bare(label)}")
        said = [] if self.names else [Text(self._said(), tone="ink2", elide=True)]
        line = across(self.printed, *self.names, *said, self.height_box, gap=6)
        for place in range(1, 1 + len(self.names) + len(said)):
            line.setStretch(place, 1)
        self.setLayout(line)
        for box in (self.printed, *self.names, self.height_box):
            box.edited.connect(self.changed)

    def _said(self) -> str:
        return f"{self.row.name}（按审批栏）" if self.row.is_opinion else self.row.name

    def taken(self) -> RowDesign:
        """Return the row as it was changed; a label left alone keeps its spreading blanks."""
        row, typed = self.row, self.height_box.value()
        labels = row.labels
        if self.names:
            labels = tuple(
                label if box.value() == bare(label) else box.value()
                for box, label in zip(self.names, row.labels, strict=True)
            )
        changed = replace(row, printed=self.printed.value(), labels=labels)
        if not row.lines:
            return replace(changed, height=millimetres(typed, f"“{row.name}”的行高"))
        if not typed.isdigit() or not 1 <= int(typed) <= 40:
            raise UserError(f"“{row.name}”的行数应是1到40的整数。样式没有改动。", "bad_lines")
        return replace(changed, lines=int(typed))


class RowsPart(Part):
    """各行: from top to bottom as they stand on the sheet."""

    def __init__(self) -> None:
        super().__init__()
        head = across(
            Text("印", size=12, tone="ink2"), 8, Text("名称", size=12, tone="ink2"), None,
            Text("高（毫米）/行数", size=12, tone="ink2"), gap=6,
        )  # fmt: skip
        self._column = down(gap=4)
        self.lines: list[RowLine] = []
        self.asked: frozenset[str] = frozenset()
        words = "不印的行，内容照样留在登记库里。纸放不下时，高的几行会自动压低。"
        self.setLayout(
            down(Text(words, size=12, tone="ink3", wrap=True), head, self._column, None, gap=6)
        )

    def show_design(self, design: Design) -> None:
        cleared(self._column)
        shown = [row for row in design.rows if not row.when or row.when in self.asked]
        self.lines = [RowLine(row) for row in shown]
        for line in self.lines:
            line.changed.connect(self.changed)
            self._column.addWidget(line)

    def taken(self, design: Design) -> Design:
        changed = {line.row.id: line.taken() for line in self.lines}
        return replace(design, rows=tuple(changed.get(row.id, row) for row in design.rows))


class ExtraLine(QWidget):
    """One field of the office's own."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, extra: ExtraField) -> None:
        super().__init__()
        self.label = LineInput("名称，如 工作服尺码")
        self.kind = ChoiceInput([(kind.value, word) for kind, word in EXTRA_TYPES.items()])
        self.required = Tick("必填", extra.required)
        self.choices = LineInput("可选的几项，用顿号隔开，如 S、M、L")
        names: list[tuple[Any, str]] = [(self.label, "名称"), (self.kind, "填什么")]
        for box, name in (*names, (self.choices, "可选的几项")):
            box.setAccessibleName(f"{name}：{extra.label or '新的一栏'}")
        self.label.set_value(extra.label)
        self.kind.set_value(extra.type.value)
        self.kind.setFixedWidth(style.px(116))
        self.choices.set_value("、".join(extra.choices))
        drop = icon_button("close", f"去掉：{extra.label or '新的一栏'}", self._remove)
        first = across(self.label, self.kind, self.required, drop, gap=6)
        first.setStretch(0, 1)
        self.setLayout(down(first, self.choices, gap=4, margins=(0, 0, 0, 10)))
        for edited in (self.label, self.kind, self.required, self.choices):
            edited.edited.connect(self._edited)
        self._edited()

    def _edited(self) -> None:
        self.choices.setVisible(self.kind.value() == FieldType.CHOICE)
        self.changed.emit()

    def _remove(self) -> None:
        self.removed.emit(self)

    def taken(self) -> ExtraField:
        """Return the field as it was typed. Raises `UserError` where something is missing."""
        label, kind = self.label.value(), FieldType(self.kind.value())
        choices = [one.strip() for one in self.choices.value().replace("，", "、").split("、")]
        chosen = tuple(one for one in choices if one) if kind is FieldType.CHOICE else ()
        if not label:
            raise UserError("加的栏还没有写名称。样式没有改动。", "no_label")
        if kind is FieldType.CHOICE and len(chosen) < 2:
            raise UserError(f"“{label}”请写出可选的几项，用顿号隔开。样式没有改动。", "no_choices")
        return ExtraField(label, kind, self.required.value(), chosen)


class ExtrasPart(Part):
    """加的栏: each stands in a row of its own above the opinions."""

    def __init__(self) -> None:
        super().__init__()
        self._column = down(gap=2)
        self.lines: list[ExtraLine] = []
        words = "加的栏印在审批栏上面，填表时也会问。去掉一栏，已填的表照旧。"
        add = across(plain("加一栏", "plus", on_click=self.add), None)
        self.setLayout(
            down(Text(words, size=12, tone="ink3", wrap=True), self._column, add, None, gap=8)
        )

    def show_design(self, design: Design) -> None:
        cleared(self._column)
        self.lines = []
        for extra in design.extras:
            self._line(extra)

    def add(self) -> ExtraLine:
        """Add a field to be named."""
        line = self._line(ExtraField(""))
        line.label.setFocus()
        return line

    def _line(self, extra: ExtraField) -> ExtraLine:
        line = ExtraLine(extra)
        line.changed.connect(self.changed)
        line.removed.connect(self.remove)
        self.lines.append(line)
        self._column.addWidget(line)
        return line

    def remove(self, line: ExtraLine) -> None:
        """Take a field away again."""
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.changed.emit()

    def taken(self, design: Design) -> Design:
        extras = tuple(line.taken() for line in self.lines)
        labels = [extra.label for extra in extras]
        twice = next((label for label in labels if labels.count(label) > 1), "")
        if twice:
            raise UserError(f"加的栏里有两个“{twice}”，请改一个名称。样式没有改动。", "twice")
        return replace(design, extras=extras)

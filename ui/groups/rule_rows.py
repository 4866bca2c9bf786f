"""A rule on the screen: blocks with 或 between them, conditions with 且, each a row of choices."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from ui import style
from ui.groups.pick_list import pick
from ui.groups.rule_words import FIELDS, Draft, Line, Values, verbs_of
from ui.shared.buttons import Button, icon_button, words
from ui.shared.inputs import ChoiceInput, Tick
from ui.shared.layouts import across, cleared, down, hairline, region
from ui.shared.text import Text, tip


class RuleRows(QWidget):
    """Shows a draft and changes it; `changed` after every change."""

    changed = Signal()

    def __init__(self, values: Values) -> None:
        super().__init__()
        self._values = values
        self.draft = Draft()
        self._blocks = down(gap=0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(region(self._blocks, "content"))
        self.setLayout(down(scroll, gap=0))

    def show_draft(self, draft: Draft) -> None:
        """Show this draft from now on."""
        self.draft = draft
        self._lay_out()

    def _lay_out(self) -> None:
        cleared(self._blocks)
        for number, block in enumerate(self.draft.blocks):
            if number:
                self._blocks.addLayout(_between("或"))
            self._blocks.addWidget(self._block(number, block))
        more = "或者再加一组条件" if self.draft.blocks else "加一组条件"
        acts = [words(more, "plus", lambda: self._do(self.draft.add_block))]
        if not self.draft.blocks:
            acts.append(words("全体在职人员", on_click=lambda: self._do(self.draft.add_everybody)))
        self._blocks.addLayout(across(*acts, None, margins=(12, 8, 16, 8)))
        self._blocks.addStretch(1)

    def _block(self, number: int, lines: list[Line]) -> QWidget:
        column = down(gap=4, margins=(20, 6, 16, 6))
        if not lines:
            remove = icon_button("close", "去掉这一组", lambda: self._drop(number))
            column.addLayout(across(Text("全体在职人员", bold=True), None, remove))
        for place, line in enumerate(lines):
            column.addLayout(self._line(number, place, line))
        if lines:
            again = words("且再加一个条件", on_click=lambda: self._do(
                lambda: self.draft.add_line(number)))  # fmt: skip
            column.addLayout(across(16, again, None))
        return region(column)

    def _line(self, block: int, place: int, line: Line) -> QHBoxLayout:
        where = f"第{block + 1}组第{place + 1}条"

        def change(**what: object) -> None:
            self._do(lambda: self.draft.change(block, place, **what))

        name = ChoiceInput(FIELDS)
        name.set_value(line.field)
        name.setAccessibleName(f"{where} 字段")
        name.edited.connect(lambda: change(field=name.value()))
        verb = ChoiceInput([(v, v) for v in verbs_of(line.field)])
        verb.set_value(line.verb)
        verb.setAccessibleName(f"{where} 是或不是")
        verb.edited.connect(lambda: change(verb=verb.value()))
        name.setFixedWidth(style.px(106))
        verb.setFixedWidth(style.px(90))
        value = self._value_button(where, line, change)
        remove = icon_button("close", f"去掉{where}",
                             lambda: self._do(lambda: self.draft.remove(block, place)))  # fmt: skip
        below = Tick("含下级", line.include_below)
        below.setAccessibleName(f"{where} 含下级单位")
        below.edited.connect(lambda: change(include_below=below.value()))
        below.setVisible(line.field == "unit")
        joint = Text("且" if place else "", tone="ink3")
        joint.setFixedWidth(style.px(16))
        row = across(joint, name, verb, value, below, remove, gap=8)
        row.setStretch(3, 1)
        return row

    def _value_button(self, where: str, line: Line, change: Callable[..., None]) -> Button:
        text = "、".join(line.values) or "选取值…"
        button = Button(_short(text), "plain")
        button.setAccessibleName(f"{where} 取值：{text}")
        tip(button, text)
        label = dict(FIELDS)[line.field]

        def choose() -> None:
            taken = pick(self, f"{label}{line.verb}哪些", self._values.of(line.field), line.values)
            if taken is not None:
                change(values=taken)

        button.clicked.connect(choose)
        return button

    def _drop(self, block: int) -> None:
        self._do(lambda: self.draft.blocks.pop(block))

    def _do(self, change: Callable[[], object]) -> None:
        change()
        self._lay_out()
        self.changed.emit()


def _between(word: str) -> QHBoxLayout:
    left, right = hairline(), hairline()
    line = across(left, Text(word, size=12, tone="ink2"), right, gap=8, margins=(20, 2, 16, 2))
    line.setStretch(0, 1)
    line.setStretch(2, 1)
    return line


def _short(text: str, room: int = 22) -> str:
    """The values as a button shows them; all of them are in its tooltip."""
    return text if len(text) <= room else f"{text[: room - 1]}…"

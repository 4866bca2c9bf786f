"""A form laid out from declarations: labels above, room for a sentence under each field.

Example:
    form = RecordForm([
        Field("name", "姓名", required=True),
        Field("phone", "手机号码", kind="phone", required=True, check=check_phone),
        Field("post", "职务", kind="choice", choices=[("op", "操作工")]),
    ])
    if form.accepted(): services.accounts.create(**form.values())
where `check_phone(value, values)` answers None, wrong("少一位：手机号码是11位，例如 …"),
doubtful("已有2位张伟，请核对。") or good("建议这个，前两个已有人用。").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import style
from ui.shared.chip import StateWord
from ui.shared.date_input import DateInput
from ui.shared.inputs import (
    ChoiceInput,
    Choices,
    LineInput,
    LinesInput,
    NumberInput,
    PhoneInput,
    Tick,
    TicksInput,
)
from ui.shared.layouts import across, down
from ui.shared.text import Text
from wxadmin.domain.frozen import dataclass

_MARK = {"wrong": "late", "doubtful": "due", "good": "tick"}
_TONE = {"wrong": "red", "doubtful": "amber", "good": "ink2"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a value: "wrong" blocks, "doubtful" and "good" do not."""

    kind: str
    sentence: str


def wrong(sentence: str) -> Verdict:
    """The value cannot be taken; say why and give an example."""
    return Verdict("wrong", sentence)


def doubtful(sentence: str) -> Verdict:
    """The value may be right; say what to look at."""
    return Verdict("doubtful", sentence)


def good(sentence: str) -> Verdict:
    """A suggestion was taken; say why it is a good one."""
    return Verdict("good", sentence)


Check = Callable[[Any, Mapping[str, Any]], Verdict | None]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. kind: text, phone, number, date, lines, choice, tick, ticks.

    `half` puts two neighbours on one line; `hint` stands where the verdict will stand.
    """

    key: str
    label: str
    kind: str = "text"
    required: bool = False
    value: Any = None
    choices: Choices = ()
    check: Check | None = None
    hint: str = ""
    placeholder: str = ""
    lines: int = 3
    half: bool = False
    read_only: bool = False


def _input_for(field: Field) -> Any:
    made: Any
    match field.kind:
        case "choice":
            made = ChoiceInput(field.choices, field.placeholder or "请选择")
        case "ticks":
            made = TicksInput(field.choices)
        case "tick":
            made = Tick(field.label)
        case "lines":
            made = LinesInput(field.placeholder, field.lines)
        case "date":
            made = DateInput(field.placeholder) if field.placeholder else DateInput()
        case "number":
            made = NumberInput(field.placeholder)
        case "phone":
            made = PhoneInput(field.placeholder)
        case _:
            made = LineInput(field.placeholder)
    return made


class FieldBox(QWidget):
    """Label, input, and the line kept free for what is said of the value."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.verdict: Verdict | None = None
        self.input = _input_for(field)
        need = "　必填" if field.required else ""
        self.input.setAccessibleName(f"{field.label}{need}")
        label = Text(field.label, size=12, tone="ink2")
        label.setBuddy(self.input)
        head = across(
            label, Text("必填" if field.required else "", size=12, tone="ink3"), None, gap=6
        )
        self._mark = StateWord("late", "", 12)
        self._sentence = Text(field.hint, size=12, tone="ink3", wrap=True)
        self._sentence.setMinimumHeight(style.px(18))
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        said = across(self._mark, self._sentence, gap=6, margins=(2, 2, 0, 2))
        said.setAlignment(self._mark, Qt.AlignmentFlag.AlignTop)
        said.setStretch(1, 1)
        self._mark.hide()
        parts = [self.input, said] if field.kind == "tick" else [head, self.input, said]
        self.setLayout(down(*parts, None, gap=3))
        self.input.set_value(field.value)
        self.input.setEnabled(not field.read_only)

    def say(self, verdict: Verdict | None) -> None:
        """Show a verdict under the field, or the hint again."""
        self.verdict = verdict
        kind = verdict.kind if verdict else ""
        self.input.set_verdict(kind)
        self._mark.setVisible(bool(kind))
        if verdict is not None:
            self._mark.say(_MARK[kind], "")
        self._sentence.setText(verdict.sentence if verdict else self.field.hint)
        self._sentence.set_tone(_TONE.get(kind, "ink3"))
        self.input.setAccessibleDescription(verdict.sentence if verdict else self.field.hint)

    def judged(self, values: Mapping[str, Any]) -> Verdict | None:
        """What is to be said of the value as it stands."""
        value = self.input.value()
        if value in (None, "", ()):
            return wrong(f"请填{self.field.label}。") if self.field.required else None
        if self.field.kind == "date" and not isinstance(value, date):
            return wrong("没有这一天，请照 2026-11-18 这样填。")
        if self.field.kind == "number" and not isinstance(value, int):
            return wrong("请填整数，例如 12。")
        return self.field.check(value, values) if self.field.check is not None else None


class RecordForm(QWidget):
    """`changed(key)` while typing; a field is judged when it is left, all of them by `accepted`."""

    changed = Signal(str)

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self.boxes: dict[str, FieldBox] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.px(16))
        grid.setVerticalSpacing(style.px(4))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row, column = 0, 0
        for field in fields:
            box = self._box(field)
            if column and not field.half:
                row, column = row + 1, 0
            grid.addWidget(box, row, column, 1, 1 if field.half else 2)
            row, column = (row, 1) if field.half and not column else (row + 1, 0)
        grid.setRowStretch(row + 1, 1)
        self.setLayout(grid)

    def _box(self, field: Field) -> FieldBox:
        box = FieldBox(field)
        self.boxes[field.key] = box
        box.input.edited.connect(lambda: self._edited(box))
        box.input.left.connect(lambda: self._left(box))
        return box

    def values(self) -> dict[str, Any]:
        """All values by key: text, int, date, the value of a choice, a tuple of ticks, bool."""
        return {key: box.input.value() for key, box in self.boxes.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show these values; other fields stay as they are."""
        for key, value in values.items():
            self.boxes[key].input.set_value(value)

    def say(self, key: str, verdict: Verdict | None) -> None:
        """Say something of a field from outside (a suggestion, a refusal by the service)."""
        self.boxes[key].say(verdict)

    def set_choices(self, key: str, choices: Choices) -> None:
        """Offer other choices in a field."""
        self.boxes[key].input.set_choices(choices)

    def missing(self) -> list[str]:
        """The labels of required fields that are still empty: for a button that says so."""
        empty = (None, "", ())
        return [box.field.label for box in self.boxes.values()
                if box.field.required and box.input.value() in empty]  # fmt: skip

    def accepted(self) -> bool:
        """Judge every field; the first wrong one gets the focus."""
        values = self.values()
        bad = None
        for box in self.boxes.values():
            verdict = box.judged(values)
            if verdict is not None or (box.verdict and box.verdict.kind == "wrong"):
                box.say(verdict)
            if verdict is not None and verdict.kind == "wrong":
                bad = bad or box
        if bad is not None:
            bad.input.setFocus(Qt.FocusReason.OtherFocusReason)
        return bad is None

    def _edited(self, box: FieldBox) -> None:
        if box.verdict is not None and box.verdict.kind == "wrong":
            box.say(box.judged(self.values()))  # the red goes as soon as it is mended
        self.changed.emit(box.field.key)

    def _left(self, box: FieldBox) -> None:
        if box.input.value() not in (None, "", ()):
            box.say(box.judged(self.values()))

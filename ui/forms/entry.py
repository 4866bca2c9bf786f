"""Fill in a draft: every field of its definition, the sheet's own first; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea

from ui import style
from ui.forms.fields import changed, field_of
from ui.forms.table_fields import ListShape, kept_list, shape_of, shown_list
from ui.shared.acting import newest, tell
from ui.shared.acting_dialog import ActingDialog
from ui.shared.dialog import Choice
from ui.shared.layouts import down, region
from ui.shared.record_form import RecordForm, wrong
from ui.shared.text import Text
from wxadmin.domain.form import DRAFTS, Form
from wxadmin.domain.form_definition import FormField
from wxadmin.domain.person import Employee
from wxadmin.services.form_fields import FormFields
from wxadmin.services.forms import FormSheetView

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk

KEEP = "keep"
WIDTH = 720


class Entry:
    """The two parts of the dialog: what stands on the sheet, and what only the register keeps."""

    def __init__(self, desk: FormsDesk, view: FormSheetView) -> None:
        self._desk, self._view = desk, view
        person_id = view.form.employee_id
        person = desk.context.services.store.get(Employee, person_id) if person_id else None
        fields = FormFields(desk.context.services, view.definition)
        holds = fields.conditions(view.values, person)
        self._wanted = {
            known.name
            for known in view.definition.fields
            if known.required or known.required_when in holds
        }
        self._shapes: dict[str, ListShape | None] = {}
        shown = [known for known in view.definition.fields if known.on_screen]
        self.sheet = self._form(known for known in shown if known.on_paper)
        self.register = self._form(known for known in shown if not known.on_paper)
        self.body = region(
            down(
                Text("纸面上的", 14, True), self.sheet, 8,
                Text("只记在登记库里的", 14, True), self.register, gap=8, margins=(2, 4, 12, 4),
            )
        )  # fmt: skip
        for name, problem in view.problems.items():
            self._say(name, problem)

    def _form(self, fields: Iterable[FormField]) -> RecordForm:
        values, kind = self._view.values, self._view.form.form_kind
        made = []
        for known in fields:
            shape = self._shapes[known.name] = shape_of(known)
            field = field_of(
                known,
                shown_list(shape, values.get(known.name, "")),
                self._desk.forms,
                kind,
                known.name in self._wanted,
                shape.hint if shape else "",
            )
            made.append(field)
        return RecordForm(made)

    def _say(self, name: str, problem: str) -> None:
        for part in (self.sheet, self.register):
            if name in part.boxes:
                part.say(name, wrong(problem))

    def typed(self) -> dict[str, str]:
        """What differs from the form as it stands."""
        values: dict[str, Any] = {**self.sheet.values(), **self.register.values()}
        kept: Mapping[str, str] = self._view.values
        shapes = self._shapes
        shown = {name: shown_list(shapes.get(name), text) for name, text in kept.items()}
        found = changed(shown, values)
        return {
            name: kept_list(shapes.get(name), kept.get(name, ""), text)
            for name, text in found.items()
        }

    def answer(self, choice: str) -> dict[str, str] | None:
        """What is typed; unless she keeps it as it is, every field must be acceptable."""
        if choice != KEEP and not (self.sheet.accepted() and self.register.accepted()):
            return None
        return self.typed()


class EntryDialog(ActingDialog):
    """Wider than other dialogs; Esc after typing asks nothing but keeps what was typed."""

    def __init__(self, desk: FormsDesk, entry: Entry, number: str, sentence: str) -> None:
        self._entry = entry
        super().__init__(
            desk.context.messages.window(),
            sentence,
            entry.body,
            (Choice("存好", "save", kind="filled"),),
            lambda typed: desk.forms.set_fields(number, typed, keep=True),
            entry.answer,
            left=(Choice("没填完，先存着", KEEP), Choice("不改了")),
        )
        wide = min(style.px(WIDTH), max(self.parentWidget().width() - style.px(80), 480))
        self.setFixedWidth(wide)

    def showEvent(self, event: QShowEvent) -> None:
        """The field to begin with is in view, however far down it stands."""
        super().showEvent(event)
        scroll, field = self.findChild(QScrollArea), self.focusWidget()
        if scroll is not None and field is not None and scroll.isAncestorOf(field):
            scroll.ensureWidgetVisible(field, 0, style.px(60))

    def reject(self) -> None:
        """Esc: what was typed is kept in the draft, which 撤销 takes back."""
        if self._entry.typed():
            self._choose(KEEP)
        else:
            super().reject()


def edit_form(desk: FormsDesk, view: FormSheetView) -> None:
    """Fill in a draft; a printed sheet is out of date afterwards."""
    form = view.form
    if form.state not in DRAFTS:
        desk.context.messages.error(
            f"{form.number}已是“{form.state}”，不能再改内容；要改请先退回补正。"
        )
        return
    entry = Entry(desk, view)
    title = desk.kinds.get(form.form_kind, "表单")
    dialog = EntryDialog(desk, entry, form.number, f"{title}　{view.line.name}　{form.number}")
    _focus_first(entry, view)
    before = newest(desk.context)
    if dialog.run() is None:
        return
    after: Form = dialog.outcome
    if newest(desk.context) != before:
        again = "；请重新打印" if form.printed_on and after.printed_on is None else ""
        tell(desk.context, f"已改 {form.number}{again}", after, before)


def _focus_first(entry: Entry, view: FormSheetView) -> None:
    """Begin at the first field that is wrong or missing, else at the first."""
    boxes = {**entry.sheet.boxes, **entry.register.boxes}
    name = next((name for name in view.problems if name in boxes), None)
    box = boxes[name] if name else next(iter(boxes.values()))
    box.input.setFocus(Qt.FocusReason.OtherFocusReason)

"""The register of one kind of form: every form of it as a row, for paper and for a workbook."""

from __future__ import annotations

from collections.abc import Mapping

from wxadmin.domain.form import Form
from wxadmin.domain.form_definition import FieldType, FormDefinition, FormField
from wxadmin.services.form_board import FormBoard, FormLine
from wxadmin.services.form_facts import table_rows
from wxadmin.services.form_shelf import Shelf
from wxadmin.services.workplace import Workplace

Row = dict[str, object]
STANDING: Mapping[str, str] = {
    "number": "编号",
    "state": "状态",
    "paper_state": "纸面",
    "printed_on": "打印日期",
    "signed_on": "签回日期",
    "received_on": "收件日期",
    "opened_on": "办结日期",
    "archived_on": "归档日期",
}
"""What is told of every form before its own fields."""
UNITS = ("unit_id", "group_unit", "report_dept", "dept_id")
ABOUT = ("group_name", "old_name", "holder_name")


class FormRegister:
    """The forms of one kind, in the order of their numbers."""

    def __init__(self, workplace: Workplace, kind: str, shelf: Shelf | None = None) -> None:
        self._workplace = workplace
        self._shelf = shelf or Shelf(workplace)
        self.definition: FormDefinition = self._shelf.definition(kind)

    @property
    def title(self) -> str:
        """Return what the forms are called."""
        return self.definition.title.replace("{company}", "")

    def forms(self) -> list[Form]:
        """Return every form of the kind."""
        found = self._workplace.store.find(Form, form_kind=self.definition.id)
        return sorted(found, key=lambda form: form.number)

    # -- on paper ---------------------------------------------------------------------------------
    def rows(self) -> list[Row]:
        """Return a line for each form, as the register on paper shows it."""
        forms = self.forms()
        lines = {line.number: line for line in FormBoard(self._workplace, self._shelf).lines(forms)}
        return [self._row(form, lines[form.number]) for form in forms]

    def _row(self, form: Form, line: FormLine) -> Row:
        return {
            "number": form.number,
            "applied_on": form.applied_on,
            "request_kind": form.request_kind,
            "subject": subject(form) or line.name,
            "emp_no": line.emp_no,
            "unit_of": next(filter(None, map(form.value, UNITS)), ""),
            "state": form.state_word,
            "paper": line.paper_text,
            "signed_on": form.signed_on,
            "note": form.note,
        }

    def summary(self) -> str:
        """Count the forms by where their paper is: 共12张（待签回3、已签回9）."""
        states: dict[str, int] = {}
        for form in self.forms():
            states[form.paper_state()] = states.get(form.paper_state(), 0) + 1
        counted = "、".join(f"{state}{count}" for state, count in states.items())
        total = f"共{sum(states.values())}张"
        return f"{total}（{counted}）" if counted else total

    # -- as a workbook ----------------------------------------------------------------------------
    def columns(self) -> dict[str, str]:
        """Return every column of the workbook: where the form stands, then all its fields."""
        return {**STANDING, **{f"field.{f.name}": f.label for f in self.definition.fields}}

    def whole(self) -> list[Row]:
        """Return a row for each form with everything that stands in it."""
        return [self._whole(form) for form in self.forms()]

    def _whole(self, form: Form) -> Row:
        row: Row = {name: getattr(form, name) for name in STANDING if name != "paper_state"}
        row |= {"state": form.state_word, "paper_state": form.paper_state()}
        for field in self.definition.fields:
            row[f"field.{field.name}"] = _cell(field, form.value(field.name))
        return row


def subject(form: Form) -> str:
    """Return whom or which group a form is about."""
    return next(filter(None, map(form.value, ABOUT)), "")


def _cell(field: FormField, text: str) -> str:
    """Return a value for a cell; a list as lines of words."""
    if field.type is not FieldType.TABLE:
        return text
    return "\n".join("　".join(filter(None, row.values())) for row in table_rows(text))

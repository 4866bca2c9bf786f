"""Forms that go out as workbooks and file themselves when they are dropped back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.form_blank import BlankLine, BlankList, FilledBlank, FormBlank
from wxadmin.domain.form_definition import FieldType, FormDefinition, FormField
from wxadmin.domain.group import MOBILE, Group
from wxadmin.domain.incoming import FILED, Incoming
from wxadmin.domain.organisation import OrgUnit
from wxadmin.domain.person import Employee
from wxadmin.progress import Progress, silent
from wxadmin.services.batch_rows import KNOWN_LABELS, names_of, rows_of_people
from wxadmin.services.form_draft import Drafting
from wxadmin.services.form_facts import table_text
from wxadmin.services.form_fields import FormFields
from wxadmin.services.form_shelf import ACCOUNT_BATCH
from wxadmin.services.incomings import known_file, next_incoming_no
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

if TYPE_CHECKING:
    from wxadmin.services.form_shelf import Shelf

LETTERS = frozenset({".doc", ".docx", ".wps", ".rtf", ".eml", ".msg", ".odt"})
"""Files that may hold a request, and never a list."""
_NOT_ASKED = ("check.", "form.", "account.")
"""Sources of fields that the office fills in itself."""
XLSX = ".xlsx"


@dataclass(frozen=True, slots=True)
class FiledBlank:
    """A workbook that filed itself: the draft it became, and what is still wrong in it."""

    form: Form
    incoming: Incoming
    problems: Mapping[str, str]
    operation: int | None


def is_for_forms(path: Path) -> bool:
    """Say whether a file somebody drops belongs to the forms: a blank of ours, or a letter."""
    return path.suffix.lower() in LETTERS or FormWorkbooks.is_ours(path)


class FormWorkbooks:
    """Blanks to fill in with Excel, and what comes back."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._drafting = Drafting(workplace)

    @property
    def _shelf(self) -> Shelf:
        return self._drafting.shelf

    # -- out --------------------------------------------------------------------------------------
    def write(self, kind: str, path: Path) -> Path:
        """Write a form's blank with its drop-downs."""
        from wxadmin.sheets.form_blank import write_form_blank

        definition = self._shelf.definition(kind)
        target = path if path.suffix.lower() == XLSX else path.with_suffix(XLSX)
        write_form_blank(target, self.blank(definition))
        return target

    def blank(self, definition: FormDefinition) -> FormBlank:
        """Return what the workbook of a form asks."""
        fields = FormFields(self._workplace, definition)
        asked = [one for one in definition.fields if _is_asked(one)]
        lines = [self._line(fields, one) for one in asked if one.type is not FieldType.TABLE]
        lists = [
            BlankList(one.label, tuple(KNOWN_LABELS.get(key, key) for key in _keys(one)))
            for one in asked
            if one.type is FieldType.TABLE and _keys(one)
        ]
        return FormBlank(definition.id, self._shelf.title(definition), tuple(lines), tuple(lists))

    def _line(self, fields: FormFields, field: FormField) -> BlankLine:
        return BlankLine(
            field.label,
            self._choices(fields, field),
            field.hint.strip("（）") or _HINTS.get(field.type, ""),
            field.required,
            field.type is FieldType.DATE,
        )

    def _choices(self, fields: FormFields, field: FormField) -> tuple[str, ...]:
        if field.type is FieldType.BOOL:
            return field.printed_boxes() or ("是", "否")
        if field.name == "unit_id":
            names = [u.name for u in self._workplace.pack.units if u.in_scope]
            known = {str(name) for (name,) in self._store.columns(OrgUnit, "name", active=True)}
            return tuple(name for name in names if name in known)
        if field.name == "employment_type":
            return tuple(one.name for one in self._workplace.pack.employment_types)
        if field.type is FieldType.GROUPS:
            rows = self._store.columns(Group, "name", side=MOBILE)
            return tuple(str(name) for (name,) in rows)
        return fields.choices(field)

    # -- back -------------------------------------------------------------------------------------
    @staticmethod
    def is_ours(path: Path) -> bool:
        """Say whether a file is a blank that was sent out from here."""
        if path.suffix.lower() != XLSX:
            return False
        from wxadmin.sheets.form_blank import kind_of_blank

        return bool(kind_of_blank(path))

    def take_in(
        self, path: Path, *, from_whom: str = "", progress: Progress = silent
    ) -> FiledBlank:
        """File a workbook that came back: a draft with what it says, and its entry in 来件登记.

        What is wrong in it stays as it was typed and is named; nothing is guessed.
        """
        from wxadmin.sheets.form_blank import read_form_blank

        filled = read_form_blank(path, progress)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        known = known_file(self._store, sha256)
        if known is not None:
            form = self._store.get(Form, known.form_id) if known.form_id else None
            where = f"，是{form.number}" if form is not None else ""
            raise UserError(f"“{path.name}”已经收过（{known.number}{where}），没有再收。", "twice")
        ids = self._store.ids()
        change = self._drafted(filled, ids)
        form = change.record
        sender = form.value("applicant_id") or form.value("holder_name")
        day = self._workplace.today
        entry = Incoming(
            ids.next(Incoming), next_incoming_no(ids, day), day, from_whom or sender,
            "文件", path.name, "", sha256, form.id, FILED,
        )  # fmt: skip
        changes: list[AnyChange] = [change, Change(None, entry)]
        with self._workplace.act(f"收下填好的表：{path.name}") as operation:
            operation.write(changes, ids)
        return FiledBlank(form, entry, self._problems(form), operation.id)

    def _drafted(self, filled: FilledBlank, ids: IdSource) -> Change[Form]:
        definition = self._shelf.definition(filled.kind)
        known = {field.label: field for field in definition.fields}
        typed = {
            known[label].name: text
            for label, text in filled.values.items()
            if label in known and text
        }
        if not typed and not any(filled.lists.values()):
            raise UserError("这份表什么也没有填，没有收下。", "empty")
        for field in definition.fields:
            rows = filled.lists.get(field.label)
            if field.type is FieldType.TABLE and rows:
                typed[field.name] = table_text([_keyed(field, row) for row in rows])
        if definition.id == ACCOUNT_BATCH:
            typed |= self._people(typed)
        person = self._person(typed)
        if person is not None and "holder_name" in typed:
            typed["holder_name"] = person.name
        change = self._drafting.plan(definition.id, ids, person=person)
        assert change.after is not None
        unknown = typed.pop("emp_no", "") if person is None else ""
        after = self._drafting.with_values(change.after, typed, person, keep=True)
        if unknown:  # nobody is called so: it stays as it was typed
            after = replace(after, values=(*after.values, ("emp_no", unknown)))
        return Change(change.before, after)

    def _people(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Complete the list of a form for many with what the roster knows."""
        rows = rows_of_people(self._workplace, typed.get("people", ""))
        return {"people": table_text(rows), "holder_name": names_of(rows), "request_kind": "新增"}

    def _person(self, typed: Mapping[str, str]) -> Employee | None:
        """Return whom a form is about: by 工号, else by name where only one is called so."""
        number, name = typed.get("emp_no", ""), typed.get("holder_name", "").strip()
        if name and self._store.count(Employee, emp_no=name):  # the blank says: 写姓名或工号
            number, name = number or name, "" if number in {"", name} else name
        found = self._store.find(Employee, emp_no=number) if number else []
        if not number and name:
            found = self._store.find(Employee, name=name)
        today = self._workplace.today
        here = [one for one in found if not one.has_left(today)] or found
        fits = [one for one in here if not name or one.name == name]
        return fits[0] if len(fits) == 1 else None

    def _problems(self, form: Form) -> Mapping[str, str]:
        from wxadmin.services.form_judging import FormJudge

        found = dict(FormJudge(self._workplace, self._shelf).problems(form))
        if form.employee_id is None and form.form_kind != ACCOUNT_BATCH and form.value("emp_no"):
            found["emp_no"] = f"花名册里没有工号{form.value('emp_no')}、姓名又相符的人。"
        return found


_HINTS = {
    FieldType.PERSON: "写姓名或工号",
    FieldType.DATE: "如 2026-11-23",
    FieldType.MOBILE: "11位手机号码",
    FieldType.GROUPS: "几个群用顿号分开",
}


def _is_asked(field: FormField) -> bool:
    """Say whether whoever applies fills a field in."""
    if not field.on_screen or (not field.on_paper and not field.required):
        return False
    return not field.source.startswith(_NOT_ASKED) and field.name != "admin_mailbox"


def _keys(field: FormField) -> tuple[str, ...]:
    return (*field.known, *field.typed)


def _keyed(field: FormField, row: Mapping[str, str]) -> dict[str, str]:
    """Return a row by the keys of a table's field."""
    return {key: row.get(KNOWN_LABELS.get(key, key), "") for key in _keys(field)}

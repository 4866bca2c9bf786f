"""A form's definition as fields of a dialog: kinds, choices, required marks, sentences beneath."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ui.shared.record_form import Check, Field, Verdict, wrong
from wxadmin.domain.form_definition import FieldType, FormField
from wxadmin.services.forms import Forms

_KINDS = {
    FieldType.DATE: "date",
    FieldType.LONG_TEXT: "lines",
    FieldType.GROUPS: "lines",
    FieldType.TABLE: "lines",
    FieldType.MOBILE: "phone",
}
_WIDE = frozenset({FieldType.LONG_TEXT, FieldType.GROUPS, FieldType.TABLE})
YES_NO = ("是", "否")


def field_of(
    known: FormField, value: Any, forms: Forms, kind: str, required: bool, problem: str
) -> Field:
    """One field as the dialog shows it; what is wrong with it is said on leaving it."""
    choices = _choices(known, forms, kind, value)
    shown = "choice" if choices else _KINDS.get(known.type, "text")
    hint = known.hint.strip("（）")
    if known.type is FieldType.PERSON and known.name != "holder_name":
        hint = hint or "写姓名或工号"
    if known.type is FieldType.GROUPS:
        hint = hint or "几个群用顿号分开"
    return Field(
        known.name,
        known.label,
        shown,
        required=required,
        value=value,
        choices=choices,
        check=_check(forms, kind, known) if known.type is not FieldType.TABLE else None,
        hint=problem or hint,
        lines=3 if known.type is FieldType.LONG_TEXT else 2,
        half=known.type not in _WIDE,
    )


def _choices(known: FormField, forms: Forms, kind: str, value: Any) -> list[tuple[str, str]]:
    if known.type is FieldType.BOOL:
        return [(word, known.box_of.get(word, word)) for word in YES_NO]
    if known.type is not FieldType.CHOICE:
        return []
    found = [(choice, choice) for choice in forms.choices(kind, known)]
    if found and value and value not in dict(found):
        found.append((value, value))  # kept as it was written, and named as wrong
    return found


def _check(forms: Forms, kind: str, known: FormField) -> Check:
    def check(value: Any, values: Mapping[str, Any]) -> Verdict | None:
        problem = forms.field_problem(kind, known, as_text(value))
        return wrong(problem) if problem else None

    return check


def as_text(value: Any) -> str:
    """A typed value as the form keeps it."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def changed(before: Mapping[str, str], typed: Mapping[str, Any]) -> dict[str, str]:
    """Only what differs from what stands in the form."""
    texts = {name: as_text(value) for name, value in typed.items()}
    return {name: text for name, text in texts.items() if text != before.get(name, "").strip()}

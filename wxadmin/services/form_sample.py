"""A made-up sheet of any kind of form, to see how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wxadmin.domain.form_definition import (
    FieldType,
    FormDefinition,
    FormField,
    RouteStep,
    form_number,
)
from wxadmin.services.form_shelf import Shelf
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.form import FormSheet

_BY_NAME = {
    "holder_name": "陈佳怡",
    "emp_no": "00418",
    "unit_id": "莆田一厂",
    "dept_id": "综合办公室",
    "applicant_org_id": "莆田一厂/综合办公室",
    "position_id": "人事专员",
    "employment_type": "合同工",
    "purposes": "新入职，用于部门日常联络、收发通知和资料。",
}
_BY_TYPE = {
    FieldType.MOBILE: "13800001234",
    FieldType.BOOL: "否",
    FieldType.GROUPS: "莆田一厂、事业部经理群组",
}
_LEFT_OPEN = frozenset({"region", "company_email", "wechat_id", "change_from", "change_to"})
_LATER = ("account.", "form.", "check.")
"""Sources of what is written only once the form is on its way."""
_SHORT = (FieldType.TEXT, FieldType.PERSON, FieldType.ORG_UNIT)


def sample_sheet(workplace: Workplace, shelf: Shelf, definition: FormDefinition) -> FormSheet:
    """Return a sheet filled for a person who does not exist."""
    from wxadmin.paper.form import FormSheet

    today = workplace.today
    values = {
        field.name: value
        for field in definition.fields
        if (value := _value(field, today.isoformat())) is not None
    }
    values["admin_mailbox"] = str(workplace.setting("admin_mailbox"))
    return FormSheet(
        form_number(definition.number_pattern, today, 3),
        values,
        workplace.office().company_name,
        today,
        tuple(RouteStep(title) for title in shelf.way(definition).opinions()),
    )


def _value(field: FormField, today: str) -> object:
    if field.name in _BY_NAME:
        return _BY_NAME[field.name]
    if field.type is FieldType.TABLE:
        return [_row(field)]
    if field.choices:
        return field.choices[0]
    if field.type is FieldType.DATE:
        return today if field.source in ("today", "employee.hire_date") else None
    if field.type in _SHORT:
        later = not field.source or field.source.startswith(_LATER)
        return None if later or field.name in _LEFT_OPEN else f"（{field.label}）"
    return _BY_TYPE.get(field.type)


def _row(field: FormField) -> dict[str, str]:
    """Return one line of a list; what its columns are called is the layout's business."""
    return {name: "示例" for name in ("account", "group", "role", "name", *field.known)} | {
        "mobile": "13800001234"
    }

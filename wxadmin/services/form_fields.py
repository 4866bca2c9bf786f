"""What may stand in a form's field: read as typed, or refused in a sentence with an example."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from wxadmin.domain.account_rules import email_problem, mobile_problem
from wxadmin.domain.errors import UserError
from wxadmin.domain.form_definition import FieldType, FormDefinition, FormField
from wxadmin.domain.group import Group
from wxadmin.domain.person import Employee
from wxadmin.domain.policy_settings import Scope
from wxadmin.services.form_facts import NO, YES, person_text, table_rows, table_text
from wxadmin.services.people import person_called
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.policy import GroupClass

SPLIT = re.compile(r"[、，,;；\n]+")
ROW_SPLIT = re.compile(r"[;；\n]+")
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
PERSON = re.compile(r".*[（(](?P<emp_no>[^（()）]+)[）)]$")
TRUE = frozenset({"是", "true", "1", "yes", "√", "☑"})
FALSE = frozenset({"否", "false", "0", "no", "×", "□"})
FREE_PERSON = frozenset({"holder_name"})
"""Fields that name a person on paper only; who is meant is the form's own person."""
CHANGE_KINDS = frozenset({"变更", "权限调整"})
EXCEPTION_KINDS = frozenset({"多账号", "私用"})
HANDOVER_KIND = "转交"
MERGING_KIND = "整合"


def _short_keys(field: FormField) -> tuple[str, ...]:
    """Return the columns a list is typed in when it is written as words in a line."""
    if not field.typed:
        return ("account_no", "action", "receiver")
    return (*field.known[:1], *field.typed)


class FormFields:
    """Reads and judges what is typed into a form's fields."""

    def __init__(self, workplace: Workplace, definition: FormDefinition) -> None:
        self._workplace = workplace
        self.definition = definition

    def named(self, name: str) -> FormField:
        """Return a field by its name or label. Raises `UserError` listing those there are."""
        for field in self.definition.fields:
            if name in (field.name, field.label):
                return field
        known = "、".join(f"{f.name}（{f.label}）" for f in self.definition.fields)
        raise UserError(f"表单没有“{name}”这一栏，可用的有：{known}。", "unknown_field")

    def read(self, field: FormField, typed: str) -> str:
        """Return a value as it is kept. Raises `UserError` with what would be right."""
        text = typed.strip()
        if not text or (field.empty and text == field.empty):
            return text
        return self._READERS.get(field.type, FormFields._plain)(self, field, text)

    def problem(self, field: FormField, typed: str) -> str:
        """Say what is wrong with a value, "" where nothing is: for the line under the field."""
        try:
            self.read(field, typed)
        except UserError as error:
            return error.message
        return ""

    def person(self, text: str) -> Employee:
        """Return the person a field names by 工号, name, or both: 林国栋（00012）."""
        found = PERSON.fullmatch(text.strip())
        return person_called(self._workplace, found["emp_no"] if found else text.strip())

    # -- one reader for a type of field ---------------------------------------------------------
    def _plain(self, field: FormField, text: str) -> str:
        problem = email_problem(text) if field.name == "company_email" else ""
        if problem:
            raise UserError(f"{field.label}：{problem}", "bad_value")
        return text

    def _date(self, field: FormField, text: str) -> str:
        found = DATE.fullmatch(text)
        try:
            assert found is not None
            return date(*map(int, found.groups())).isoformat()
        except (AssertionError, ValueError):
            raise UserError(
                f"{field.label}“{text}”不是日期，请写成2026-11-23。", "bad_value"
            ) from None

    def _bool(self, field: FormField, text: str) -> str:
        word = {box: said for said, box in field.box_of.items()}.get(text, text.lower())
        if word in TRUE:
            return YES
        if word in FALSE:
            return NO
        wanted = "或".join(field.boxes) or "是或否"
        raise UserError(f"{field.label}“{text}”应为{wanted}。", "bad_value")

    def _mobile(self, field: FormField, text: str) -> str:
        problem = mobile_problem(re.sub(r"[\s-]", "", text) if text.startswith("1") else text)
        if problem:
            raise UserError(f"{field.label}：{problem}", "bad_value")
        return re.sub(r"[\s-]", "", text) if text.startswith("1") else text

    def _choice(self, field: FormField, text: str) -> str:
        choices = self.choices(field)
        if field.name == "account_type":
            return self._workplace.pack.account_type(text).name
        if choices and text not in choices:
            raise UserError(f"{field.label}没有“{text}”，可填：{'、'.join(choices)}。", "bad_value")
        return text

    def choices(self, field: FormField) -> tuple[str, ...]:
        """Return what may be chosen in a field: its own choices, or those of the policy."""
        pack = self._workplace.pack
        by_pack = {
            "account_type": tuple(t.name for t in pack.account_types),
            "permission_level_id": tuple(level.name for level in pack.permission_levels),
            "new_permission": tuple(level.name for level in pack.permission_levels),
            "group_class": tuple(one.name for one in pack.group_classes),
        }
        return field.choices or by_pack.get(field.name, ())

    def _person(self, field: FormField, text: str) -> str:
        if field.name in FREE_PERSON:
            return text
        return person_text(self.person(text))

    def _groups(self, field: FormField, text: str) -> str:
        from wxadmin.services.groups import group_called

        groups = self._workplace.store.all(Group)
        names = [group_called(groups, part.strip()).name for part in SPLIT.split(text) if part]
        return "、".join(dict.fromkeys(names))

    def _table(self, field: FormField, text: str) -> str:
        """Take rows as they are kept, or short: 台账编号 去向 接收人；台账编号 去向."""
        if text.startswith("["):
            return table_text(table_rows(text))
        rows = []
        for line in ROW_SPLIT.split(text):
            words = line.split()
            if words:
                rows.append(dict(zip(_short_keys(field), words, strict=False)))
        return table_text(rows)

    _READERS: Mapping[FieldType, Callable[[FormFields, FormField, str], str]] = {
        FieldType.DATE: _date,
        FieldType.BOOL: _bool,
        FieldType.MOBILE: _mobile,
        FieldType.CHOICE: _choice,
        FieldType.PERSON: _person,
        FieldType.GROUPS: _groups,
        FieldType.TABLE: _table,
    }

    # -- what must be filled in ------------------------------------------------------------------
    def conditions(self, values: Mapping[str, str], person: Employee | None) -> frozenset[str]:
        """Return the conditions that hold for a form: which further fields it must have."""
        kind = values.get("request_kind", "")
        holds = {
            "change": kind in CHANGE_KINDS,
            "exception": kind in EXCEPTION_KINDS,
            "handover": kind == HANDOVER_KIND,
            "sales": person is not None and self._is_in_sales(person),
            "shared": self._is_shared(values.get("account_type", "")),
            "planned_end": self._has_an_end(values.get("group_class", "")),
            "merging": kind == MERGING_KIND,
            "external_people": values.get("allow_external") == YES,
            "codes": self._is_coded(values.get("group_class", "")),
            "id_document": self._demands("证件号码", values),
            "company_email": self._demands("公司邮箱", values),
        }
        return frozenset(name for name, value in holds.items() if value)

    def _is_in_sales(self, person: Employee) -> bool:
        """Say whether somebody works in a unit that is divided into sales regions."""
        regions = {unit.name for unit in self._workplace.pack.regions}
        above = {unit.parent for unit in self._workplace.pack.units if unit.name in regions}
        return bool((regions | above) & set(self._workplace.units().names(person.org_unit_id)))

    def _class(self, name: str) -> GroupClass | None:
        classes = self._workplace.pack.group_classes
        return next((one for one in classes if name and name in (one.id, one.name)), None)

    def _has_an_end(self, class_name: str) -> bool:
        """Say whether groups of a class need a day on which they end."""
        found = self._class(class_name)
        return found is not None and found.planned_end

    def _is_coded(self, class_name: str) -> bool:
        """Say whether groups of a class bear a code."""
        found = self._class(class_name)
        line = self._workplace.pack.class_line(found.id) if found else ()
        return any(one.code_range for one in line)

    def _is_shared(self, account_type: str) -> bool:
        if not account_type:
            return False
        return self._workplace.pack.account_type(account_type).keeper != "holder"

    def _demands(self, identifier: str, values: Mapping[str, str]) -> bool:
        name = values.get("account_type", "")
        scope = Scope(account_type=self._workplace.pack.account_type(name).id if name else "")
        required = self._workplace.setting("required_identifiers", scope)
        return isinstance(required, tuple) and identifier in required

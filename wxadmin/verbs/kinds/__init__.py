"""The kinds of record that `list`, `show` and `set` know: one module each, loaded when named."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from wxadmin.domain.errors import UserError
from wxadmin.domain.words import field_label

LISTS = {
    "people": "person",
    "accounts": "account",
    "groups": "group",
    "forms": "form",
    "checklists": "checklist",
    "reminders": "reminder",
    "operations": "operation",
    "admin-numbers": "admin_number",
    "rules": "rule",
    "settings": "setting",
    "exceptions": "exception",
    "account-exceptions": "account_exception",
    "orders": "order",
    "checks": "check",
    "checks-due": "check_due",
    "rounds": "round",
    "dispositions": "disposition",
    "idle": "idle_account",
    "suspended": "suspended_account",
    "group-endings": "group_ending",
    "group-names": "group_name",
    "number-findings": "number_finding",
    "units": "unit",
    "hr-sources": "hr_source",
    "leaver-lists": "leaver_list",
    "positions": "position",
}
"""What `list` calls a kind, and the module that knows it."""

ONES = {
    "person": "person",
    "account": "account",
    "group": "group",
    "form": "form",
    "checklist": "checklist",
    "operation": "operation",
    "admin-number": "admin_number",
    "rule": "rule",
    "setting": "setting",
    "exception": "exception",
    "order": "order",
    "check": "check",
    "round": "round",
    "mover": "mover",
    "unit": "unit",
    "hr-source": "hr_source",
    "position": "position",
    "office": "office",
}
"""What `show` and `set` call a kind, and the module that knows it."""


def kind_called(name: str, table: dict[str, str], act: str) -> ModuleType:
    """Load the module of a kind. Raises `UserError` where it cannot do the act.

    A module offers `rows(workplace, search)`, `one(workplace, key)` and
    `change(workplace, key, fields)`, whichever make sense, and `HEADS` for people to read.
    """
    module = import_module(f"wxadmin.verbs.kinds.{table[name]}")
    if not hasattr(module, act):
        raise UserError(f"“{name}”不能这样用。", "wrong_words")
    return module


_WITH_IT = {
    "holdings": "历任使用人、责任人",
    "exceptions": "例外",
    "history": "变更记录",
    "account_type": "账号类型",
    "operation": "操作编号",
}
"""What hangs on a record, in words for people."""


def told(data: dict[str, object], kind: ModuleType) -> list[str]:
    """Return a record as lines for people: label and value, people and the like one a line.

    A kind may name and order what is worth reading in `LABELS`; the rest is for scripts.
    """
    heads: dict[str, str] = getattr(kind, "HEADS", {})
    labels: dict[str, str] = getattr(kind, "LABELS", {})
    record = kind.__name__.rpartition(".")[2]
    names = [name for name in labels if name in data]
    names = names or [name for name in data if not name.endswith("_id")]
    lines: list[str] = []
    for name in names:
        value = data[name]
        label = labels.get(name) or heads.get(name) or _WITH_IT.get(name)
        label = label or field_label(record, name)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{label}：{len(value)}")
            lines += [f"  {_said(part)}" for part in value]
        elif value not in (None, "", [], {}, ()):
            lines.append(f"{label}：{_said(value)}")
    return lines


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        if "label" in value:  # a field that was changed: its name in the code is for scripts
            value = {name: part for name, part in value.items() if name != "field"}
        return " ".join(_said(part) for part in value.values() if part not in (None, "", []))
    if isinstance(value, (list, tuple)):
        return "；".join(map(_said, value))
    return str(value)

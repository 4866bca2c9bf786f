"""A setting as fields of a form: where it shall hold, and its value by its declaration."""

from __future__ import annotations

from datetime import date
from typing import Any

from ui.shared.record_form import Field, Verdict, wrong
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.domain.policy_settings import Setting, Value, format_value, parse_value
from wxadmin.services.policy_choices import LEVELS, SettingLine
from wxadmin.services.workplace import Workplace

COMPANY = "company"
YES_NO = (("是", "是"), ("否", "否"))


class Places:
    """The places a setting may hold for, and what each is called."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._classes = {c.id: c.name for c in workplace.pack.group_classes}
        self._types = {t.id: t.name for t in workplace.pack.account_types}

    def choices(self, setting: Setting) -> list[tuple[str, str]]:
        """Every place this setting may be set for, the company first."""
        readers = {
            COMPANY: lambda: [(COMPANY, LEVELS[COMPANY])],
            "unit": self._units,
            "class": lambda: self._named("class", self._classes),
            "type": lambda: self._named("type", self._types),
            "group": self._groups,
        }
        return [choice for scope in setting.scopes for choice in readers[scope]()]

    def word(self, place: str) -> str:
        """A place in words: 单位：莆田一厂."""
        level, _, name = place.partition(":")
        if level == COMPANY:
            return LEVELS[COMPANY]
        names = {"class": self._classes, "type": self._types}.get(level, {})
        return f"{LEVELS[level]}：{names.get(name, name)}"

    def _named(self, level: str, names: dict[str, str]) -> list[tuple[str, str]]:
        return [(f"{level}:{key}", f"{LEVELS[level]}：{name}") for key, name in names.items()]

    def _units(self) -> list[tuple[str, str]]:
        tree = self._workplace.units()
        paths = [tree.text(unit.id) for unit in tree.units.values() if unit.active]
        return [(f"unit:{path}", f"{LEVELS['unit']}：{path}") for path in sorted(paths)]

    def _groups(self) -> list[tuple[str, str]]:
        groups = self._workplace.store.all(Group)
        return [(f"group:{g.group_no}", f"{LEVELS['group']}：{g.name}") for g in groups]


def value_field(setting: Setting, value: Value, ranks: tuple[str, ...]) -> Field:
    """The field a value is typed into; what is wrong with it is said under it."""
    label = f"值（{setting.unit}）" if setting.unit else "值"
    hint = setting.hint or _range(setting)

    def check(typed: Any, values: Any) -> Verdict | None:
        try:
            parse_value(setting, text_of(typed), ranks)
        except UserError as refusal:
            return wrong(refusal.message)
        return None

    match setting.kind:
        case "bool":
            return Field("value", label, "choice", True, format_value(value), YES_NO, hint=hint)
        case "choice":
            choices = [(one, one) for one in setting.choices]
            return Field("value", label, "choice", True, value, choices, hint=hint)
        case "rank":
            choices = [(one, one) for one in ranks]
            return Field("value", label, "choice", True, value, choices, hint=hint)
        case "choices":
            choices = [(one, one) for one in setting.choices]
            return Field("value", label, "ticks", value=value, choices=choices, hint=hint)
        case "date":
            return Field("value", label, "date", value=value, hint=hint)
        case "int":
            return Field("value", label, "number", True, value, check=check, hint=hint)
    if setting.kind in ("list", "windows"):
        hint = hint or "几项之间用顿号隔开。"
    return Field("value", label, value=format_value(value), check=check, hint=hint)


def text_of(typed: Any) -> str:
    """What was typed or chosen, as the setting is written."""
    if isinstance(typed, tuple):
        return "、".join(typed)
    return typed.isoformat() if isinstance(typed, date) else "" if typed is None else str(typed)


def allowed_text(setting: Setting) -> str:
    """What may be filled in, in words."""
    if setting.choices:
        return "、".join(setting.choices)
    return _range(setting) or {"bool": "是、否", "date": "日期，如 2026-09-01"}.get(
        setting.kind, ""
    )


def _range(setting: Setting) -> str:
    low, high = setting.minimum, setting.maximum
    return f"{low} 到 {high}" if low is not None and high is not None else ""


def shown_value(line: SettingLine) -> str:
    """The value in force for the company, with its unit."""
    return line.setting.shown(line.value)

"""Settings for `list`, `show` and `set`: `set setting leaver_list_day unit:莆田一厂=6`."""

from __future__ import annotations

from typing import Any

from wxadmin.domain.policy_settings import format_value
from wxadmin.services.policy_choices import PolicyChoices, SettingLine
from wxadmin.services.workplace import Workplace

HEADS = {
    "section": "分类",
    "key": "设定",
    "label": "名称",
    "value": "现值",
    "unit": "单位",
    "origin": "来自",
    "default": "制度默认",
}

LABELS = {
    **HEADS,
    "choices": "可选",
    "scopes": "可按",
    "overrides": "另有设定",
    "source": "依据",
    "operation": "日志第几步",
}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return every setting with its value for the whole company."""
    lines = [_row(line) for line in PolicyChoices(workplace).lines()]
    return [x for x in lines if search in f"{x['key']}{x['label']}{x['section']}"]


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one setting, with where it was set otherwise."""
    return _row(PolicyChoices(workplace).line(key))


def _row(line: SettingLine) -> dict[str, Any]:
    setting = line.setting
    return {
        "key": setting.key,
        "label": setting.label,
        "section": setting.section,
        "value": format_value(line.value),
        "unit": setting.unit,
        "origin": line.origin,
        "default": format_value(line.default),
        "choices": list(setting.choices),
        "scopes": list(setting.scopes),
        "source": setting.source,
        "hint": setting.hint,
        "overrides": dict(line.overrides),
    }


def change(workplace: Workplace, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Set it for company, unit:单位, class:类型, type:账号类型 or group:群; empty takes it back.

    `value=8` alone means the company; `scope=unit:莆田一厂 value=8` says the same in two words.
    """
    wanted = dict(fields)
    if "value" in wanted:
        wanted[wanted.pop("scope", "company")] = wanted.pop("value")
    operation = PolicyChoices(workplace).change(key, wanted)
    return {**one(workplace, key), "operation": operation}

"""Read the declarations of the settings, and the values a pack gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wxadmin.domain.errors import UserError
from wxadmin.domain.policy_settings import KINDS, Setting, Value, format_value, parse_value
from wxadmin.policy.reading import Names, check_among
from wxadmin.policy.toml_table import Table

SCOPES = frozenset({"company", "unit", "class", "type", "group"})
_LISTS = frozenset({"choices", "list", "windows"})


def read_declarations(tables: list[Table]) -> dict[str, Setting]:
    """The settings there are, by key, in the order of the file."""
    names = Names("设定")
    declared = {}
    for table in tables:
        key = table.text("key")
        names.add(table, "key", key)
        setting = Setting(
            key=key,
            label=table.text("label"),
            kind=table.choice("kind", KINDS),
            default=None,
            source=table.text("source"),
            section=table.text("section"),
            unit=table.text("unit", ""),
            choices=table.texts("choices"),
            minimum=table.whole_or_none("minimum"),
            maximum=table.whole_or_none("maximum"),
            scopes=table.texts("scopes", ("company",)),
            hint=table.text("hint", ""),
            zero=table.text("zero", ""),
        )
        check_among(table, "scopes", setting.scopes, SCOPES)
        declared[key] = replace(setting, default=_read_value(table, "default", setting))
        table.finish()
    return declared


def read_pack_settings(table: Table, declared: Mapping[str, Setting]) -> dict[str, Setting]:
    """The declarations with the pack's own defaults; [settings.KEY] may give a source too."""
    settings = dict(declared)
    for key in table.keys():  # noqa: SIM118 - a Table is no dictionary
        setting = _declared(table, key, declared)
        if isinstance(table.raw(key), dict):
            below = table.table(key)
            value = _read_value(below, "value", setting)
            settings[key] = replace(setting, default=value, source=below.text("source"))
            below.finish()
        else:
            settings[key] = replace(setting, default=_read_value(table, key, setting))
    return settings


def read_values(table: Table, declared: Mapping[str, Setting]) -> dict[str, Value]:
    """Values that a group class or an account type fixes."""
    return {
        key: _read_value(table, key, _declared(table, key, declared))
        for key in table.keys()  # noqa: SIM118 - a Table is no dictionary
    }


def _declared(table: Table, key: str, declared: Mapping[str, Setting]) -> Setting:
    if key not in declared:
        table.refuse(key, f"没有“{key}”这项设定")
    return declared[key]


def _read_value(table: Table, key: str, setting: Setting) -> Value:
    """A value in TOML's own type, held to the same demands as what a user types."""
    value: Value
    if setting.kind == "int":
        value = table.whole(key)
    elif setting.kind == "bool":
        value = table.truth(key)
    elif setting.kind in _LISTS:
        value = table.texts(key)
    else:
        value = table.text(key, "" if key in table else None)
    try:
        ranks = (str(value),) if setting.kind == "rank" else ()
        return parse_value(setting, format_value(value), ranks)
    except UserError as error:
        table.refuse(key, error.message.rstrip("。"))

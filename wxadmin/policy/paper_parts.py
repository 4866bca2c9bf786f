"""The parts that forms and registers are written with alike: margins, columns, fixed words."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from wxadmin.domain.form_definition import Align, Margins, PaperColumn, names_in
from wxadmin.policy.toml_file import TomlTable

Word = TypeVar("Word", bound=StrEnum)


def margins(table: TomlTable) -> Margins:
    """Read the margins, in mm; none may be negative."""
    sides = table.table("margins").only("top", "right", "bottom", "left")
    return Margins(*(not_negative(sides, side) for side in ("top", "right", "bottom", "left")))


def columns(table: TomlTable, key: str) -> tuple[PaperColumn, ...]:
    """Read the columns of a list; those an office does not print are left out."""
    found = []
    for one in table.tables(key):
        one.only("label", "text", "width", "align", "printed")
        if not one.truth("printed", True):
            continue
        align = word(one, "align", Align, Align.CENTER)
        found.append(
            PaperColumn(one.text("label"), one.text("text", ""), positive(one, "width"), align)
        )
    return tuple(found)


def word(table: TomlTable, key: str, words: type[Word], default: Word) -> Word:
    """Read a word out of a fixed set."""
    value = table.text(key, default.value)
    if value not in [one.value for one in words]:
        allowed = "、".join(one.value for one in words if one.value)
        raise table.refuse(key, f"“{value}”应为{allowed}之一")
    return words(value)


def positive(table: TomlTable, key: str, default: float | None = None) -> float:
    """Read a length above nothing, in mm or points."""
    value = table.number(key, default)
    if value <= 0:
        raise table.refuse(key, f"“{key}”应大于0，不能是{value:g}")
    return value


def not_negative(table: TomlTable, key: str, default: float | None = None) -> float:
    """Read a length that may be nothing."""
    value = table.number(key, default)
    if value < 0:
        raise table.refuse(key, f"“{key}”不能小于0")
    return value


def check_fields(table: TomlTable, key: str, template: str, known: Iterable[str]) -> None:
    """Refuse a template that speaks of a field nobody has."""
    for name in names_in(template):
        if name not in known:
            raise table.refuse(key, f"没有名为“{name}”的字段")


def short(table: TomlTable, key: str, most: int, default: str | None = "") -> str:
    """Read words that must find room on one line of the sheet."""
    text = table.text(key, default)
    if len(text) > most:
        raise table.refuse(key, f"“{text[:12]}…”有{len(text)}个字，不要超过{most}个字")
    return text

"""How values read on paper: dates in Chinese, numbers in groups, boxes ticked."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from wxadmin.domain.form_definition import FieldType, FormField, Tick

TICKED, OPEN = "☑", "□"
BETWEEN_BOXES = "　　"
BLANK_DATE = "　　　　年　　月　　日"
BLANK_DAY = "　　月　　日"


def chinese_date(value: object) -> str:
    """Write a date (or its ISO text) as 2026年11月23日; anything else stays as it is."""
    day = as_date(value)
    return f"{day.year}年{day.month}月{day.day}日" if day else plain(value)


def chinese_day(value: object) -> str:
    """Write a date as 11月23日."""
    day = as_date(value)
    return f"{day.month}月{day.day}日" if day else plain(value)


def as_date(value: object) -> date | None:
    """Return the date that a date or an ISO text means."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def plain(value: object) -> str:
    """Write any value on paper: control characters become blanks, nothing is interpreted."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return chinese_date(value)
    if isinstance(value, list | tuple):
        return "、".join(plain(item) for item in value)
    if isinstance(value, Tick):
        return value.text
    return "".join(_printable(character) for character in str(value).replace("\r\n", "\n"))


def _printable(character: str) -> str:
    if character == "\n" or unicodedata.category(character) not in ("Cc", "Zl", "Zp", "Cs"):
        return character
    return " "


def written(known: FormField, value: object) -> str:
    """Write the value of a field; an absent one is empty text."""
    if value in (None, ""):
        return ""
    if known.type is FieldType.DATE:
        return chinese_date(value)
    return plain(value)


def ticks(known: FormField, value: object) -> list[Tick]:
    """Return the boxes printed for a field, the chosen ones ticked."""
    if known.type is FieldType.BOOL:
        return _yes_no(known, truth(value))
    if known.type is FieldType.GROUPS or not known.printed_boxes():
        return [_as_tick(item) for item in _listed(value)]
    chosen = {known.box_of.get(plain(item), plain(item)) for item in _listed(value)}
    return [Tick(text, text in chosen) for text in known.printed_boxes()]


def _yes_no(known: FormField, value: bool | None) -> list[Tick]:
    said = {True: "是", False: "否", None: ""}[value]
    chosen = known.box_of.get(said, said)
    return [Tick(text, text == chosen) for text in known.boxes or ("是", "否")]


def truth(value: object) -> bool | None:
    """Return what a kept yes or no means; None when nothing was said."""
    if isinstance(value, bool):
        return value
    return {"是": True, "true": True, "1": True, "否": False, "false": False, "0": False}.get(
        plain(value).lower()
    )


def spelled_out(known: FormField, value: object) -> str:
    """Return the choices that share the box 其他, to be written beside it."""
    return "、".join(
        plain(item) for item in _listed(value) if known.box_of.get(plain(item)) == known.other
    )


def _listed(value: object) -> list[Any]:
    if value in (None, ""):
        return []
    if isinstance(value, str):
        return [part for part in re.split("[、\n]", value) if part]
    return list(value) if isinstance(value, list | tuple) else [value]


def _as_tick(item: object) -> Tick:
    if isinstance(item, Tick):
        return item
    text = plain(item)
    return Tick(text.lstrip(TICKED + OPEN), not text.startswith(OPEN))


def box(tick: Tick) -> str:
    """Write a box with its word: ☑新增."""
    return f"{TICKED if tick.ticked else OPEN}{tick.text}"

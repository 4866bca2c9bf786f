"""Settings a policy leaves to the company: declared once, read from text, resolved by scope.

The order is group → class (or account type) → department, walking up → company → pack default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass

if TYPE_CHECKING:
    from wxadmin.domain.policy import Pack

Value = int | bool | str | date | tuple[str, ...] | None

KINDS: Final = frozenset(
    {
        "int",
        "bool",
        "text",
        "email",
        "choice",
        "choices",
        "list",
        "date",
        "pattern",
        "rank",
        "windows",
    }
)
COMPANY: Final = "company"
_YES: Final = frozenset({"是", "开", "true", "yes", "1", "on"})
_NO: Final = frozenset({"否", "关", "false", "no", "0", "off"})
_SEPARATORS: Final = re.compile(r"[、，,;；\n]+")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WINDOW: Final = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至]+\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting's declaration. `scopes` are the levels at which an override makes sense.

    `zero` is what a nought means (不要求, 不限, 当天), where it is more than a number.
    """

    key: str
    label: str
    kind: str
    default: Value
    source: str
    section: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    scopes: tuple[str, ...] = (COMPANY,)
    hint: str = ""
    zero: str = ""

    def shown(self, value: Value) -> str:
        """Return a value as it is read by people, with its unit."""
        if self.zero and value == 0 and not isinstance(value, bool):
            return self.zero
        text = format_value(value)
        return f"{text} {self.unit}".strip() if text else ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is about; `units` run from the own one upwards."""

    group: int | None = None
    group_class: str = ""
    account_type: str = ""
    units: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """A setting's value and the scope it comes from; `pack` is the pack's default."""

    value: Value
    origin: str


def resolve(
    key: str, scope: Scope, overrides: Mapping[tuple[str, str], str], pack: Pack
) -> Resolved:
    """The value in force. `overrides` maps (scope, key) to the text the user wrote.

    Scopes are written group:3, class:plant, type:personal, unit:7 and company.
    """
    setting = pack.setting(key)
    for place, packed in _places(scope, pack):
        text = overrides.get((place, key))
        if text is not None:
            return Resolved(parse_value(setting, text, pack.ranks_by_name()), place)
        if key in packed:
            return Resolved(packed[key], place)
    return Resolved(setting.default, "pack")


def _places(scope: Scope, pack: Pack) -> list[tuple[str, Mapping[str, Value]]]:
    """The scopes asked in turn, each with what the pack itself fixes there."""
    nothing: Mapping[str, Value] = {}
    places: list[tuple[str, Mapping[str, Value]]] = []
    if scope.group is not None:
        places.append((f"group:{scope.group}", nothing))
    for group_class in pack.class_line(scope.group_class):
        places.append((f"class:{group_class.id}", group_class.settings))
    for account_type in pack.account_types:
        if scope.account_type == account_type.id:
            places.append((f"type:{account_type.id}", account_type.settings))
    places += [(f"unit:{unit}", nothing) for unit in scope.units]
    return [*places, (COMPANY, nothing)]


def parse_value(setting: Setting, text: str, ranks: Sequence[str] = ()) -> Value:
    """Read what the user wrote for a setting; a UserError says what would be right."""
    written = text.strip()
    if setting.kind == "int":
        return _parse_int(setting, written)
    if setting.kind == "bool":
        return _parse_bool(setting, written)
    if setting.kind in ("choices", "list", "windows"):
        return _parse_several(setting, written)
    if setting.kind == "date":
        return _parse_date(setting, written)
    if setting.kind == "email" and written and not _EMAIL.fullmatch(written):
        raise _refusal(setting, written, "一个邮箱地址，如 name@company.cn")
    if setting.kind == "pattern":
        _check_pattern(setting, written)
    allowed = setting.choices if setting.kind == "choice" else tuple(ranks)
    if setting.kind in ("choice", "rank") and written not in allowed:
        raise _refusal(setting, written, "、".join(allowed) + "之一")
    return written


def format_value(value: Value) -> str:
    """A value as it is shown and kept; `parse_value` reads it back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _parse_int(setting: Setting, written: str) -> int:
    low, high = setting.minimum, setting.maximum
    try:
        number = int(written)
    except ValueError:
        number = None
    too_small = number is not None and low is not None and number < low
    too_big = number is not None and high is not None and number > high
    if number is None or too_small or too_big:
        between = f"{low}到{high}之间的" if low is not None and high is not None else ""
        raise _refusal(setting, written, f"{between}整数")
    return number


def _parse_bool(setting: Setting, written: str) -> bool:
    word = written.casefold()
    if word not in _YES | _NO:
        raise _refusal(setting, written, "是或否")
    return word in _YES


def _parse_several(setting: Setting, written: str) -> tuple[str, ...]:
    items = tuple(item.strip() for item in _SEPARATORS.split(written) if item.strip())
    if setting.kind == "choices":
        for item in items:
            if item not in setting.choices:
                raise _refusal(setting, item, "、".join(setting.choices) + "中的若干项")
    if setting.kind == "windows":
        return tuple(_parse_window(setting, item) for item in items)
    return items


def _parse_window(setting: Setting, written: str) -> str:
    """A quiet window as 23:30-07:30; it may cross midnight."""
    found = _WINDOW.fullmatch(written.replace("：", ":"))
    if found is None:
        raise _refusal(setting, written, "起止时刻，如 23:30-07:30")
    hours_and_minutes = [int(part) for part in found.groups()]
    begin_h, begin_m, end_h, end_m = hours_and_minutes
    if max(begin_h, end_h) > 24 or max(begin_m, end_m) > 59:
        raise _refusal(setting, written, "起止时刻，如 23:30-07:30")
    return f"{begin_h:02d}:{begin_m:02d}-{end_h:02d}:{end_m:02d}"


def _parse_date(setting: Setting, written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise _refusal(setting, written, "日期，如 2026-09-01") from None


def _check_pattern(setting: Setting, written: str) -> None:
    try:
        re.compile(written)
    except re.error:
        raise _refusal(setting, written, "一个正则表达式") from None


def _refusal(setting: Setting, written: str, wanted: str) -> UserError:
    given = f"“{written}”" if written else "空"
    return UserError(f"“{setting.label}”应填{wanted}，不能是{given}。", code="bad_setting")

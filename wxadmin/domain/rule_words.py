"""Read a membership rule as an office writes it: 单位=莆田一厂 职务=经理、主任；区域=福建东部."""

from __future__ import annotations

import re
from typing import Final

from wxadmin.domain.errors import UserError
from wxadmin.domain.membership_rule import (
    EVERYONE,
    EVERYONE_TEXT,
    FIELD_LABELS,
    NOBODY,
    NOBODY_TEXT,
    Condition,
    Rule,
)

BELOW: Final = "（含下级）"
_BRANCHES: Final = re.compile(r"[；;\n]\s*或?")
_PARTS: Final = re.compile(r"且|\s+")
_CONDITION: Final = re.compile(
    r"(?P<label>[^=≠!不为]+?)(?P<how>不低于|低于|不为|为|!=|≠|=)(?P<values>.+)"
)
_VALUES: Final = re.compile(r"[、，,]")
_SHORT: Final = {"区域": "region", "部门": "unit", "岗位": "position", "职级": "rank"}


def rule_of_words(text: str) -> Rule:
    """Return the rule some words say, those of `describe` among them; "" is a group without one.

    Raises `UserError` naming the words that are no condition.
    """
    said = text.strip()
    if said in ("", "无", NOBODY_TEXT):
        return NOBODY
    if said in (EVERYONE_TEXT, "全员"):
        return EVERYONE
    branches = [part for part in _BRANCHES.split(said) if part.strip()]
    return Rule(tuple(_branch(branch) for branch in branches))


def _branch(text: str) -> tuple[Condition, ...]:
    return tuple(_condition(part) for part in _PARTS.split(text.strip()) if part)


def _condition(text: str) -> Condition:
    below = text.endswith(BELOW)
    found = _CONDITION.fullmatch(text.removesuffix(BELOW))
    field = _field(found["label"], found["how"]) if found else ""
    if found is None or not field:
        raise UserError(
            f"成员规则里的“{text}”看不懂，请写成 单位=莆田一厂 职务=经理、主任。没有改动。",
            "bad_rule",
        )
    values = tuple(value for value in _VALUES.split(found["values"]) if value)
    plain = found["how"] in ("=", "!=", "≠")  # as typed: those below belong to it unless told
    excluded = found["how"] in ("不为", "!=", "≠", "低于")
    return Condition(field, values, below or plain or field != "unit", excluded)


def _field(label: str, how: str) -> str:
    if how in ("不低于", "低于"):
        return "rank_from"
    names = {said: name for name, said in reversed(list(FIELD_LABELS.items()))}
    return names.get(label) or _SHORT.get(label) or (label if label in FIELD_LABELS else "")

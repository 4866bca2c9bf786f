"""Values as they are written in `FIELD=VALUE`, read into what records hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from wxadmin.domain.errors import UserError
from wxadmin.verbs.words import LARGEST

YES = frozenset({"是", "有", "允许", "true", "yes", "1"})
NO = frozenset({"否", "无", "不允许", "false", "no", "0"})
_BETWEEN = re.compile(r"[、，,;；]+")


def is_id(text: str) -> bool:
    """Say whether a text can be a record's number."""
    return text.isascii() and text.isdigit() and int(text) <= LARGEST


def read_yes(name: str, text: str) -> bool:
    """Read 是 or 否."""
    word = text.strip().casefold()
    if word not in YES | NO:
        raise UserError(f"“{name}”应填是或否，不能是“{text}”，没有改动。", "bad_value")
    return word in YES


def read_date(name: str, text: str) -> date | None:
    """Read a date, None for nothing."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UserError(
            f"“{name}”应填日期，如 2026-11-30，不能是“{text}”，没有改动。", "bad_value"
        ) from None


def read_list(text: str) -> tuple[str, ...]:
    """Read several words with 、 or commas between them."""
    return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())


def check_fields(fields: Mapping[str, str], known: Collection[str], what: str) -> None:
    """Refuse fields nobody knows, naming those there are."""
    for name in fields:
        if name not in known:
            raise UserError(
                f"{what}没有“{name}”这一项，没有改动。可改的有：{'、'.join(known)}。", "bad_field"
            )

"""Guess what kind of list a sheet is, and which month it is for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from wxadmin.domain.headings import Vocabulary

ROSTER, LEAVERS, WECOM, MEMBERS = "roster", "leavers", "wecom", "members"
KINDS = (ROSTER, LEAVERS, WECOM, MEMBERS)

_LEAVING = ("leave_date", "last_day", "leave_type", "leave_reason")
_HIRED = ("emp_no", "hire_date", "employment_type", "status")
_MOSTLY = 0.9  # a leaving column filled in this share of the rows makes a list of leavers
_OWN_COLUMNS = 2
_MONTH = re.compile(
    r"(?<![0-9])(20[0-9]{2})\s*(?:年|[-._/])?\s*(1[0-2]|0?[1-9])(?:\s*月|(?![0-9]))"
)


def guess_by_name(names: Iterable[str], vocabulary: Vocabulary) -> str | None:
    """The kind named by a sheet's, title's or file's name, the first that says something."""
    for name in names:
        for kind, words in vocabulary.kinds.items():
            if any(word in name for word in words):
                return kind
    return None


def guess_kind(
    names: Iterable[str], keys: Collection[str], leaving_share: float, vocabulary: Vocabulary
) -> str:
    """The kind by names and columns; `leaving_share` is how many rows say when someone left."""
    named = guess_by_name(names, vocabulary)
    if "group_name" in keys or named == MEMBERS:
        return MEMBERS
    if any(key in keys for key in _LEAVING):
        mixed = "status" in keys or "hire_date" in keys
        sure = leaving_share >= _MOSTLY
        return LEAVERS if sure or (named == LEAVERS and not mixed) else ROSTER
    if named == LEAVERS:
        return LEAVERS
    if "wecom_userid" in keys and not any(key in keys for key in _HIRED):
        return WECOM
    return WECOM if "wecom_status" in keys else ROSTER


def is_address_book(names: Iterable[str], keys: Collection[str], vocabulary: Vocabulary) -> bool:
    """Whether a sheet can be nothing but WeCom's address book, whatever it was chosen as."""
    if "wecom_userid" not in keys or any(key in keys for key in (*_HIRED, *_LEAVING)):
        return False
    return "wecom_status" in keys or guess_by_name(names, vocabulary) == WECOM


def is_hrs_list(keys: Collection[str]) -> bool:
    """Whether a sheet is a list of HR's, though it has accounts: a column or two may be their own
    in the address book, but then it tells who is activated."""
    hrs = sum(key in keys for key in (*_HIRED, *_LEAVING, "hr_source"))
    return hrs > _OWN_COLUMNS and "wecom_status" not in keys


def month_in(texts: Iterable[str]) -> str | None:
    """The first month named like 2026年11月, 2026-11 or 202611, as "2026-11"."""
    for text in texts:
        match = _MONTH.search(unicodedata.normalize("NFKC", text))
        if match:
            return f"{match[1]}-{int(match[2]):02d}"
    return None


def employment_by_sheet(name: str, vocabulary: Vocabulary) -> str:
    """The form of employment a sheet's name gives to everybody on it; empty when it gives none."""
    for word, employment in vocabulary.employment_by_sheet.items():
        if word in name:
            return employment
    return ""

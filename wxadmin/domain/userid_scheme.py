"""How a userid is made from a person, by the scheme of the company, and kept unlike any other."""

from __future__ import annotations

from collections.abc import Collection

from wxadmin.domain.account_rules import USERID, USERID_LENGTH, free_userid
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.roster_match import PROVISIONAL

FULL = "全拼"
FULL_NUMBERED = "全拼+数字"
INITIALS_NUMBER = "首字母+工号"
NUMBER = "工号"
MOBILE = "手机"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a person a userid may be made of."""

    full_pinyin: str
    initials: str
    emp_no: str = ""
    mobile: str = ""


def proposed_userid(scheme: str, person: Wanted, taken: Collection[str]) -> str:
    """Return the userid of a person by a scheme; `taken` holds every one ever used, casefolded.

    A person who lacks what the scheme asks for (no mobile, a 临-number) gets his name in pinyin.
    """
    if scheme == FULL_NUMBERED:
        return _numbered(person.full_pinyin, taken)
    number = "" if person.emp_no.startswith(PROVISIONAL) else person.emp_no
    stem = {
        INITIALS_NUMBER: f"{person.initials}{number}" if number else "",
        NUMBER: number,
        MOBILE: person.mobile,
    }.get(scheme, "")
    if not USERID.fullmatch(stem):
        return free_userid(person.full_pinyin, taken)
    return stem if stem.casefold() not in taken else _with_tail(stem, taken)


def _numbered(full: str, taken: Collection[str]) -> str:
    """The name in pinyin with the first free number, the first of all too: zhangsan01."""
    stem = free_userid(full, ())[: USERID_LENGTH - 2]
    number = 1
    while f"{stem}{number:02d}" in taken:
        number += 1
    return f"{stem[: USERID_LENGTH - len(f'{number:02d}')]}{number:02d}"


def _with_tail(stem: str, taken: Collection[str]) -> str:
    """A stem that ends in digits and a number set apart, so that neither reads as the other."""
    number = 2
    while True:
        tail = f"-{number}"
        candidate = f"{stem[: USERID_LENGTH - len(tail)]}{tail}"
        if candidate.casefold() not in taken:
            return candidate
        number += 1

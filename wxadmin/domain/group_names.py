"""What groups may be called and how they are numbered: codes, five ways of naming, bad words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Final

from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.unit_names import fold_name

REAL, NUMBERED, INITIALS, CODED, FIXED = "真实名称", "编号", "拼音首字母", "编码+主体", "固定清单"
MODES: Final = (REAL, NUMBERED, INITIALS, CODED, FIXED)
HIDING: Final = frozenset({NUMBERED, INITIALS})
"""Ways under which the name shown in the chat must not tell unit or business (T3-03)."""
COMPANY_WORD: Final = "公司"
_BRACKETS: Final = re.compile(r"[\[\]【】〔〕()「」『』<>《》\s]")
_DOTS: Final = re.compile(r"[,、。．・·:;]")
_RANGE: Final = re.compile(r"(?P<head>.*?)(?P<low>\d+)\s*[-–—~至]\s*(?P=head)(?P<high>\d+)")
_SHOWN: Final = {
    NUMBERED: re.compile(r"[A-Za-z]{0,4}[\d.\-]*\d"),
    INITIALS: re.compile(r"[A-Z]+\d*"),
}
_HAN: Final = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class NameRule:
    """How groups of one class are named. `company` are its names and those of its units, which a
    hiding name must not hold; `fixed` are the names of the list, where there is one."""

    mode: str = REAL
    forbidden: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()


# -- codes -----------------------------------------------------------------------------------------
def normal_code(text: str, pattern: str) -> str:
    """Return a prefix code as it is kept: [1,102] and 1.102】 are 1.102 (T2-02).

    Raises `UserError` for what is no code of the company's pattern.
    """
    folded = _DOTS.sub(".", _BRACKETS.sub("", unicodedata.normalize("NFKC", text)))
    if not folded or re.fullmatch(pattern, folded):
        return folded
    found = re.search(pattern.removeprefix("^").removesuffix("$"), folded)
    if found and not _stands_in_a_number(folded, found):
        return found[0]
    raise UserError(f"前缀编码“{text}”不合规定的格式，应写成 1.001 这样。没有改动。", "bad_code")


def _stands_in_a_number(text: str, found: re.Match[str]) -> bool:
    """Whether digits go on before or behind, so that a part would be taken for the whole."""
    before, behind = text[: found.start()][-1:], text[found.end() :][:1]
    return before.isdigit() or behind.isdigit()


def next_code(segment: str, taken: Collection[str], pattern: str) -> str:
    """Return the next free code of a class (`segment` 1.101-1.199); former ones are not reused.

    Raises `UserError` where the segment is no range or is used up.
    """
    found = _RANGE.fullmatch(segment.strip())
    if found is None:
        raise UserError(f"编码段“{segment}”应写成 1.101-1.199 这样。", "bad_code")
    head, width = found["head"], len(found["low"])
    for number in range(int(found["low"]), int(found["high"]) + 1):
        code = f"{head}{number:0{width}d}"
        if code not in taken:
            return normal_code(code, pattern)
    raise UserError(f"编码段 {segment} 已经用完，请先在群类别里加大编码段。", "no_free_code")


def code_problem(code: str, owner: str, taken: Iterable[tuple[str, str]]) -> str:
    """Say which other group has a code already; `owner` is the group's own number."""
    for number, other in taken:
        if code and other == code and number != owner:
            return f"前缀编码{code}已是群组{number}的，没有改动。"
    return ""


# -- names -----------------------------------------------------------------------------------------
def proposed_name(rule: NameRule, body: str, code: str, initials: str, number: str) -> str:
    """Return the name a group should bear in the chat: 1.001 公司股东会, LDQ, or 1.001."""
    if rule.mode == CODED:
        word = body.removeprefix(code).strip()
        return f"{code} {word if word.startswith(COMPANY_WORD) else COMPANY_WORD + word}"
    if rule.mode == INITIALS:
        return initials.upper()
    return (code or number) if rule.mode == NUMBERED else body


def name_problem(rule: NameRule, name: str, shown: str = "", code: str = "") -> str:
    """Say why a group may not bear a name, "" where it may; `shown` is the one in the chat."""
    seen = shown or name
    if not name.strip():
        return "群名称不能空着。"
    for word in rule.forbidden:
        if word and (word in name or word in shown):
            return f"群名称里不能有“{word}”。"
    return _CHECKS[rule.mode](rule, name.strip(), seen.strip(), code)


def _real(rule: NameRule, name: str, seen: str, code: str) -> str:
    return (
        "" if _HAN.search(name) else f"“{name}”看不出是哪个部门，群名称应为部门、机构的真实名称。"
    )


def _hiding(rule: NameRule, name: str, seen: str, code: str) -> str:
    told = next((word for word in rule.company if len(word) > 1 and word in seen), "")
    if told:
        return f"对外群名“{seen}”露出了“{told}”，应改用{rule.mode}。"
    if not _SHOWN[rule.mode].fullmatch(seen):
        example = "1.001" if rule.mode == NUMBERED else "LDQ"
        return f"对外群名“{seen}”应为{rule.mode}，如 {example}。"
    return ""


def _coded(rule: NameRule, name: str, seen: str, code: str) -> str:
    if not code:
        return "这类群要有前缀编码。"
    wanted = f"{code} {COMPANY_WORD}"
    if seen.startswith(wanted) and len(seen) > len(wanted):
        return ""
    example = proposed_name(rule, name, code, "", "")
    return f"群名称应为“编码＋一个空格＋公司＋主体”，如“{example}”。"


def _listed(rule: NameRule, name: str, seen: str, code: str) -> str:
    if not rule.fixed or fold_name(name) in map(fold_name, rule.fixed):
        return ""
    return f"“{name}”不在制度规定的群组之内；确要建，请先在设置里改“群命名方式”。"


_CHECKS: Final = {
    REAL: _real,
    NUMBERED: _hiding,
    INITIALS: _hiding,
    CODED: _coded,
    FIXED: _listed,
}

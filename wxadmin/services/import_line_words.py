"""The words of a preview: what a line is called, what is asked about it, what it sets in motion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from wxadmin.domain import import_plan as plans
from wxadmin.domain.consequences import Consequence
from wxadmin.domain.import_plan import Candidate, Line

FORM_WORD = "附件一"


def effect_words(
    found: Consequence, titles: Mapping[str, str], struck: frozenset[str] = frozenset()
) -> str:
    """Return a consequence in a few words, without the parts struck out."""
    parts = []
    if found.checklist and "checklist" not in struck:
        parts.append(titles.get(found.checklist, found.checklist))
    if found.form and "form" not in struck:
        parts.append(FORM_WORD)
    if found.owns:
        parts.append(f"任 {len(found.owns)} 群群主")
    if found.joins:
        parts.append(f"加 {len(found.joins)} 群")
    if found.leaves:
        parts.append(f"退 {len(found.leaves)} 群")
    return "，".join(parts)


def word_of(line: Line, fields: Iterable[str]) -> str:
    """Say in a word what kind of change a line is."""
    if line.kind != plans.CHANGED:
        return line.kind
    if line.why:
        return re.split("[：，]", line.why)[0]
    if line.moved:
        return "调动"
    return "改名" if "name" in fields else line.kind


def question_word(line: Line) -> str:
    """Say in few words what is asked about a disputed line."""
    if not line.candidates:
        return "找不到此人"
    if all(one.name != line.name for one in line.candidates):
        return "同号不同名"
    return f"有{len(line.candidates)}人同名" if len(line.candidates) > 1 else "是同一人吗"


def with_likely(candidates: tuple[Candidate, ...], unit: str) -> tuple[Candidate, ...]:
    """Mark the one candidate who is in the unit the row names, where nobody is marked yet."""
    if any(one.likely for one in candidates) or not unit:
        return candidates
    near = [one for one in candidates if _same_end(one.org_unit, unit)]
    if len(near) != 1:
        return candidates
    return tuple(replace(one, likely=one is near[0]) for one in candidates)


def _same_end(known: str, said: str) -> bool:
    """Say whether two paths name one place, one of them written shorter."""
    return bool(known) and (f"/{known}".endswith(f"/{said}") or f"/{said}".endswith(f"/{known}"))

"""Marks on findings (不动 以后再说 人事数据有误): which hold, which a newer list has overtaken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.reconciliation_finding import Finding, Key
from wxadmin.domain.wecom import HANDS_OFF, HR_IS_WRONG, NOT_NOW, Mark

_AFTER = re.compile(r"等第(\d+)份导出之后核对")


def handed_out_reason(issue_id: int) -> str:
    """Say that a correction was given to the console, and which export must show it."""
    return f"已交后台更正，等第{issue_id}份导出之后核对"


def handed_out_after(reason: str) -> int | None:
    """Return the last export at the time a correction was given to the console, if it was."""
    found = _AFTER.search(reason)
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Newest:
    """How new the lists are: last export (record id, day) and each group's members."""

    issue_id: int = 0
    export_on: date | None = None
    groups_on: Mapping[int, date] | None = None

    def day(self, finding: Finding) -> date | None:
        """Return the day of the list a finding comes from."""
        if finding.group_id is not None:
            return (self.groups_on or {}).get(finding.group_id)
        return self.export_on


@dataclass(frozen=True, slots=True)
class Sifted:
    """Findings that are to be dealt with, and those set aside with the mark that does it."""

    open: list[Finding]
    set_aside: list[tuple[Finding, Mark]]


def by_key(marks: Iterable[Mark], on: date) -> dict[Key, Mark]:
    """Return the marks in force on a day, by what they hang on; the latest counts."""
    return {(m.subject, m.subject_id, m.field): m for m in marks if m.in_force(on)}


def sift(findings: Iterable[Finding], marks: Mapping[Key, Mark], newest: Newest) -> Sifted:
    """Part what is open from what somebody has set aside."""
    sifted = Sifted([], [])
    for finding in findings:
        mark = _mark_on(finding, marks) if marks else None
        if mark is None:
            sifted.open.append(finding)
        elif _holds(mark, finding, newest):
            sifted.set_aside.append((finding, mark))
        else:
            tried = handed_out_after(mark.reason) is not None
            sifted.open.append(replace(finding, tried=tried))
    return sifted


def _mark_on(finding: Finding, marks: Mapping[Key, Mark]) -> Mark | None:
    """Return the mark that may set a finding aside: its own, its member's, or that of the whole."""
    subject, subject_id, field = finding.key
    places = [finding.key, (subject, subject_id, "")]
    if finding.member_id is not None and subject == "person":
        places += [("wecom", finding.member_id, field), ("wecom", finding.member_id, "")]
    if finding.account_id is not None:
        places.append(("account", finding.account_id, ""))
    found = (marks.get(place) for place in places)
    return next((mark for mark in found if mark and mark.mark != HR_IS_WRONG), None)


def _holds(mark: Mark, finding: Finding, newest: Newest) -> bool:
    """不动 holds for good, 以后再说 until a newer list, 已交后台 until the next export."""
    if mark.mark == HANDS_OFF:
        return True
    after = handed_out_after(mark.reason)
    if after is not None:
        return newest.issue_id <= after
    if mark.mark != NOT_NOW or mark.until is not None:
        return True
    day = newest.day(finding)
    return day is None or mark.set_on is None or day <= mark.set_on

"""The report of a round of checks, drawn up from what the round itself kept, on any later day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import GroupCheckLine
from wxadmin.domain.group_checks import FINDINGS, MENDING
from wxadmin.domain.proof import listed
from wxadmin.services.as_of import AsOf
from wxadmin.services.check_rounds import CheckRounds, RoundLine, RoundView
from wxadmin.services.check_view import CheckView
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.items import Measure, Page

DEFINITION = "check_round"
COLUMNS = {
    "group": "群名称",
    "owner": "群主",
    "expected": "应在",
    "actual": "实在",
    "off_by": "差",
    "members_on": "名单日期",
    "checked_on": "核查日期",
    "by": "核查人",
    "state": "结论",
    "findings": "发现和情况",
    "signed_by": "签字",
}
TASKS = {
    "group": "群名称",
    "owner": "群主",
    "finding": "问题",
    "name": "姓名",
    "nickname": "群昵称",
    "reason": "说明",
    "result": "处理结果",
}
Row = dict[str, str | int | date | None]


@dataclass(frozen=True, slots=True)
class RoundReport:
    """A round as it is reported: a line a group, a line a thing to rectify."""

    title: str
    started_on: date
    closed_on: date | None
    rows: tuple[Row, ...]
    tasks: tuple[Row, ...]
    counts: Mapping[str, int]
    company: str = ""

    @property
    def summary(self) -> str:
        """Say how the groups stand: 共20个群（已完成17、待整改3）."""
        parts = "、".join(f"{state}{count}" for state, count in self.counts.items())
        return f"共{len(self.rows)}个群（{parts}）"

    @property
    def period(self) -> str:
        """Say from when to when."""
        return f"{self.started_on} 至 {self.closed_on or '（未结束）'}"


class CheckReports:
    """Draws up reports of rounds."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def of(self, key: str = "", *, at: date | None = None) -> RoundReport:
        """Return the report of a round (see `CheckRounds.called`) as it stood on a day.

        Without a day a closed round is reported as it stood on the day it was closed.
        """
        now = CheckRounds(self._workplace).called(key)
        day = at or now.round.closed_on
        if day is None or day >= self._workplace.today:
            return report_of(now, self._workplace.office().company_name)
        then = AsOf(self._workplace).at(day)
        view = CheckRounds(then).called(str(now.round.id))
        return report_of(view, then.office().company_name)

    def workbook(self, report: RoundReport, path: Path) -> int:
        """Write the report to a workbook, a line a group; return how many."""
        return _write(path, report.title, COLUMNS, report.rows)

    def task_workbook(self, report: RoundReport, path: Path) -> int:
        """Write what is to be rectified to a workbook; return how many lines."""
        return _write(path, "整改清单", TASKS, report.tasks)

    def pages(self, report: RoundReport, measure: Measure) -> tuple[Page, ...]:
        """Return the report on A4 landscape, with a line to sign."""
        from wxadmin.paper.register import RegisterSheet, register_pages
        from wxadmin.services.checklist_paper import register_definition

        rows = [
            {key: "" if value is None else str(value) for key, value in row.items()}
            for row in report.rows
        ]
        words = {"title": report.title, "period": report.period, "summary": report.summary}
        sheet = RegisterSheet(rows, report.company, words, self._workplace.today)
        return register_pages(register_definition(self._workplace, DEFINITION), sheet, measure)


def report_of(view: RoundView, company: str = "") -> RoundReport:
    """Draw up a report from what the round kept: names, counts, findings of those days."""
    return RoundReport(
        view.round.title,
        view.round.started_on,
        view.round.closed_on,
        tuple(map(_row, view.lines)),
        tuple(task for line in view.lines for task in tasks_of(line.view)),
        view.counts,
        company,
    )


def _row(line: RoundLine) -> Row:
    check = line.check
    return {
        "group": check.group_name,
        "owner": check.owner,
        "expected": check.expected,
        "actual": check.actual,
        "off_by": None if check.actual is None else line.view.off_by,
        "members_on": check.members_on,
        "checked_on": check.checked_on,
        "by": check.by,
        "state": check.state,
        "findings": "；".join(_findings(line)),
        "signed_by": check.signed_by,
    }


def _findings(line: RoundLine) -> Iterator[str]:
    yield from line.anomalies
    for finding in FINDINGS:
        found = line.view.of(finding)
        if found:
            yield f"{finding}{len(found)}人：{listed((one.name for one in found), 5)}"
    if line.view.off_by and not any(one.finding in FINDINGS for one in line.view.lines):
        yield f"人数{'多' if line.view.off_by > 0 else '少'}{abs(line.view.off_by)}，名单未核对"
    if line.check.note:
        yield line.check.note


def tasks_of(view: CheckView) -> Iterator[Row]:
    """Yield what is to be rectified in one group: its lines, else the conclusion."""
    lines = [line for line in view.lines if line.finding in FINDINGS]
    for line in lines:
        yield _task(view, line)
    if not lines and view.check.state == MENDING:
        about = {"group": view.check.group_name, "owner": view.check.owner}
        yield {
            **about,
            "finding": view.check.state,
            "name": "",
            "nickname": "",
            "reason": view.check.note or f"实在{view.check.actual}人，应在{view.check.expected}人",
            "result": "",
        }


def _task(view: CheckView, line: GroupCheckLine) -> Row:
    return {
        "group": view.check.group_name,
        "owner": view.check.owner,
        "finding": line.finding,
        "name": line.name,
        "nickname": line.nickname,
        "reason": line.reason,
        "result": line.result,
    }


def _write(path: Path, title: str, columns: Mapping[str, str], rows: tuple[Row, ...]) -> int:
    from wxadmin.sheets.writing import write_table

    cells = [[row[key] for key in columns] for row in rows]
    return write_table(path, title, list(columns.values()), cells)

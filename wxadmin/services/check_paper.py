"""One check of a group on paper and as a workbook, from what the check itself kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError
from wxadmin.domain.group_checks import ANOMALY, EXTRA, FINDINGS, MISSING, SKIPPED, WAITING
from wxadmin.domain.nicknames import NOT_AS_WANTED, NOT_REAL_NAME
from wxadmin.services.as_of import AsOf
from wxadmin.services.check_rounds import CheckRounds
from wxadmin.services.check_view import CheckView
from wxadmin.services.group_checks import GroupChecks
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.check_sheet import CheckSheet
    from wxadmin.paper.items import Measure, Page

DEFINITION = "check_sheet"
SECTION_OF = {
    MISSING: "missing",
    EXTRA: "extra",
    NOT_REAL_NAME: "unreal",
    NOT_AS_WANTED: "unfit",
}
HEADINGS = (
    "编号",
    "群名称",
    "群主",
    "核查日期",
    "核查人",
    "应在",
    "实在",
    "名单日期",
    "结论",
    "问题",
    "姓名",
    "群昵称",
    "说明",
    "处理结果",
    "签字",
)


@dataclass(frozen=True, slots=True)
class ChecksOut:
    """Checks as they go out, with the name of the company at that time."""

    views: tuple[CheckView, ...]
    company: str


class CheckPaper:
    """Draws up single checks, now or as they stood on an earlier day."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def of(self, check_id: int, *, at: date | None = None) -> ChecksOut:
        """Return one check, as it stands or as it stood at the end of a day."""
        then = self._workplace if at is None else AsOf(self._workplace).at(at)
        return ChecksOut((GroupChecks(then).view(check_id),), then.office().company_name)

    def of_round(self, key: str = "", *, at: date | None = None) -> ChecksOut:
        """Return the checks of a round that were made, a closed one as on the day it closed."""
        now = CheckRounds(self._workplace).called(key)
        day = at or now.round.closed_on
        is_now = day is None or day >= self._workplace.today
        then = self._workplace if is_now or day is None else AsOf(self._workplace).at(day)
        lines = CheckRounds(then).called(str(now.round.id)).lines
        made = tuple(x.view for x in lines if x.check.state not in {WAITING, SKIPPED})
        if not made:
            raise UserError(f"“{now.round.title}”还没有核查过的群，没有可印的。", "no_check")
        return ChecksOut(made, then.office().company_name)

    def pages(self, out: ChecksOut, measure: Measure) -> tuple[Page, ...]:
        """Lay checks out, every one on a page of its own."""
        from wxadmin.paper.check_sheet import check_pages
        from wxadmin.services.checklist_paper import register_definition

        definition = register_definition(self._workplace, DEFINITION)
        return check_pages(definition, self.sheets(out), measure)

    def sheets(self, out: ChecksOut) -> list[CheckSheet]:
        """Return what is printed."""
        return [_sheet(view, out.company) for view in out.views]

    def workbook(self, out: ChecksOut, path: Path) -> int:
        """Write checks to a workbook, a line a finding; return how many lines."""
        from wxadmin.sheets.writing import write_table

        rows = [row for view in out.views for row in _rows(view)]
        return write_table(path, "群成员核查明细", HEADINGS, rows)


def number_of(view: CheckView) -> str:
    """Return the number a check bears on paper: HC-00012."""
    return f"HC-{view.check.id:05d}"


def _sheet(view: CheckView, company: str) -> CheckSheet:
    from wxadmin.paper.check_sheet import CheckSheet

    check = view.check
    return CheckSheet(
        number_of(view),
        check.group_name,
        check.owner,
        check.checked_on,
        check.by,
        check.trigger,
        check.expected,
        check.actual,
        check.members_on,
        check.state,
        check.note,
        check.signed_by,
        tuple(line.reason for line in view.of(ANOMALY)),
        not view.needs_list,
        {
            section: [
                {"name": x.name, "nickname": x.nickname, "reason": x.reason, "result": x.result}
                for x in view.of(finding)
            ]
            for finding, section in SECTION_OF.items()
        },
        company,
    )


def _rows(view: CheckView) -> Sequence[tuple[str | int | date | None, ...]]:
    check = view.check
    head = (
        number_of(view),
        check.group_name,
        check.owner,
        check.checked_on,
        check.by,
        check.expected,
        check.actual,
        check.members_on,
        check.state,
    )
    lines = [line for line in view.lines if line.finding in FINDINGS]
    if not lines:
        return [
            (*head, "没有问题" if not view.off_by else "", "", "", check.note, "", check.signed_by)
        ]
    return [
        (*head, x.finding, x.name, x.nickname, x.reason, x.result, check.signed_by) for x in lines
    ]

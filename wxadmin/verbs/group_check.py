"""Check who is in a group: a count, the four lists, what became of them, who signed."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.domain.group_checks import BY_HAND, FINDINGS, TRIGGERS, Expectation, Fault
from wxadmin.services.check_calendar import CheckCalendar, CheckDue
from wxadmin.services.check_paper import CheckPaper, ChecksOut
from wxadmin.services.check_view import CheckView
from wxadmin.services.group_checks import About, GroupChecks
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_faults import GroupFaults
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import Call, Outcome

HELP = "核查一个群：先报人数，人数不符再登记名单；不写选项只看不记"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("group", metavar="GROUP", help="群编号、名称或别名")
    acts = parser.add_mutually_exclusive_group()
    acts.add_argument("--count", type=int, metavar="N", help="群里实有多少人")
    acts.add_argument("--list", action="store_true", help="按已登记的成员名单核查")
    acts.add_argument("--done", metavar="RESULT", help="待整改的都已处理，写明结果")
    acts.add_argument("--sign", metavar="NAME", help="登记签字人")
    parser.add_argument(
        "--line", type=int, action="append", metavar="ID", help="只处理这几项（配合 --done）"
    )
    parser.add_argument("--trigger", choices=TRIGGERS, default=BY_HAND, metavar="T")
    parser.add_argument("--note", default="", metavar="T")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--out", type=Path, metavar="FILE.pdf|FILE.xlsx", help="核查明细文件")
    parser.add_argument("--check", type=int, metavar="ID", help="哪一次核查（不写：最近一次）")
    parser.add_argument("--at", type=date.fromisoformat, metavar="DATE", help="按这一天的样子")


def run(call: Call) -> Outcome:
    """Show how the group stands, or put down a check."""
    words = call.words
    writing = bool(words.list or words.done or words.sign) or words.count is not None
    with closing(call.open(writing)) as workplace:
        group = Groups(workplace).find(words.group)
        picture = Picture(workplace)
        duties = Duties(workplace, picture)
        if not writing:
            if words.out:
                return _paper(call, workplace, group)
            return _look(workplace, group, picture, duties)
        view = _act(workplace, group, picture, duties, words)
        operation = workplace.journal.head()[0]
        outcome = Outcome({**plain(view), "operation": operation}, _said(view))
        if words.out:
            paper = CheckPaper(workplace)
            outcome.data["pages"] = write_checks(call, paper, paper.of(view.check.id), words.out)
            outcome.data["file"] = words.out
    return outcome


def _paper(call: Call, workplace: Workplace, group: Group) -> Outcome:
    """Write one check of a group to a file: the latest, or the one named."""
    words, log = call.words, GroupChecks(workplace).log(group)
    chosen = [view for view in log if words.check in (None, view.check.id)]
    if not chosen:
        which = f"没有第 {words.check} 号核查记录" if words.check else "还没有核查过"
        raise UserError(f"“{group.name}”{which}，没有可印的。", "no_check")
    paper = CheckPaper(workplace)
    pages = write_checks(call, paper, paper.of(chosen[0].check.id, at=words.at), words.out)
    data = {**plain(chosen[0]), "file": words.out, "pages": pages}
    return Outcome(
        data, [f"已写出“{group.name}”{chosen[0].check.checked_on}的核查明细到 {words.out}"]
    )


def write_checks(call: Call, paper: CheckPaper, out: ChecksOut, path: Path) -> int | None:
    """Write checks to a workbook or a PDF; return the pages of the latter."""
    if path.suffix.lower() == ".xlsx":
        paper.workbook(out, path)
        return None
    printing = call.printing()
    printing.ensure_application()
    laid_out = paper.pages(out, printing.measure)
    pages: int = printing.write_pdf(laid_out, path, title="群成员核查明细")
    return pages


def _act(
    workplace: Workplace, group: Group, picture: Picture, duties: Duties, words: Any
) -> CheckView:
    checks = GroupChecks(workplace)
    about = About(words.trigger, words.note, on=words.on)
    if words.count is not None:
        return checks.count(group, words.count, picture, duties, about)
    if words.list:
        return checks.with_list(group, picture, duties, about)
    log = checks.log(group)
    if not log:
        raise UserError(f"“{group.name}”还没有核查过，没有改动。", "no_check")
    if words.sign:
        return checks.sign(log[0], words.sign)
    return checks.resolve(log[0], words.done, words.line)


def _look(workplace: Workplace, group: Group, picture: Picture, duties: Duties) -> Outcome:
    faults = GroupFaults(workplace, picture, duties)
    expectation = faults.expectation(group)
    due = CheckCalendar(workplace, picture, duties).of(group)
    found = faults.of(group)
    log = GroupChecks(workplace).log(group)
    data = {
        "group": group.name,
        "group_no": group.group_no,
        "expected": expectation.total,
        "expected_text": expectation.text,
        **due_plain(due),
        "anomalies": list(faults.anomalies(group)),
        "faults": [asdict(one) for one in found],
        "checks": [plain(view) for view in log],
    }
    return Outcome(data, _look_lines(group, expectation, due, found))


def _look_lines(
    group: Group, expectation: Expectation, due: CheckDue, found: tuple[Fault, ...]
) -> list[str]:
    age = "还没有登记过名单" if due.age_days is None else f"名单为{due.age_days}天前"
    lines = [f"“{group.name}”应有 {expectation.text} 人，{age}"]
    lines.append(
        f"该核查了：{due.reason}" if due.is_due else f"下次核查：{due.due_on or '遇事再查'}"
    )
    return [*lines, *(f"{one.finding}　{one.name}　{one.nickname}　{one.reason}" for one in found)]


def due_plain(due: CheckDue) -> dict[str, Any]:
    """Return when a group is to be checked, for JSON."""
    return {
        "frequency": due.frequency,
        "last_on": due.last_on,
        "due_on": due.due_on,
        "is_due": due.is_due,
        "days_late": due.days_late,
        "reason": due.reason,
        "age_days": due.age_days,
        "occasions": [asdict(one) for one in due.occasions],
    }


def plain(view: CheckView) -> dict[str, Any]:
    """Return one check with its four lists, for JSON."""
    check = view.check
    return {
        "id": check.id,
        "group": check.group_name,
        "owner": check.owner,
        "checked_on": check.checked_on,
        "by": check.by,
        "trigger": check.trigger,
        "expected": check.expected,
        "actual": check.actual,
        "off_by": view.off_by,
        "state": check.state,
        "needs_list": view.needs_list,
        "signed_by": check.signed_by,
        "note": check.note,
        "members_on": check.members_on,
        "lines": [
            {
                "id": line.id,
                "finding": line.finding,
                "name": line.name,
                "nickname": line.nickname,
                "reason": line.reason,
                "result": line.result,
            }
            for line in view.lines
            if line.finding in FINDINGS
        ],
    }


def _said(view: CheckView) -> list[str]:
    check = view.check
    lines = [f"“{check.group_name}”{check.state}：应在{check.expected}人，实在{check.actual}人"]
    if view.needs_list:
        off = f"多{view.off_by}人" if view.off_by > 0 else f"少{-view.off_by}人"
        lines.append(f"{off}，请登记成员名单再核查（member {check.group_name} all …）")
    lines += [
        f"{line.id}　{line.finding}　{line.name}　{line.nickname}　{line.reason}"
        for line in view.open_lines
    ]
    return lines

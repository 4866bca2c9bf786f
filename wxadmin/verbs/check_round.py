"""Check all groups together: begin, go on, decide, close, report."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.group_checks import CHOICES
from wxadmin.services.check_paper import CheckPaper
from wxadmin.services.check_report import CheckReports, RoundReport
from wxadmin.services.check_rounds import CheckRounds, RoundLine, RoundView
from wxadmin.services.group_duties import Duties
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import Call, Outcome
from wxadmin.verbs.group_check import plain, write_checks

HELP = (
    "全部群核查：start 开始或接着做，count 填人数，list 按名单，"
    "settle 定结论，close 结束，report 出报告"
)
ACTS = ("start", "show", "count", "list", "settle", "close", "report")


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("act", choices=ACTS)
    parser.add_argument("group", nargs="?", default="", metavar="GROUP")
    parser.add_argument("value", nargs="?", default="", metavar="N|CHOICE", help="、".join(CHOICES))
    parser.add_argument("--round", default="", metavar="TITLE", help="哪一批（不写：正在做的）")
    parser.add_argument("--title", default="", metavar="T", help="这一批叫什么")
    parser.add_argument("--note", default="", metavar="T")
    parser.add_argument("--rest", action="store_true", help="没有核查的群这次不查了")
    parser.add_argument("--sign", default="", metavar="NAME", help="签字人")
    parser.add_argument("--out", type=Path, metavar="FILE.pdf|FILE.xlsx", help="报告文件")
    parser.add_argument(
        "--sheets", type=Path, metavar="FILE.pdf|FILE.xlsx", help="每个核查过的群一张核查明细"
    )
    parser.add_argument("--tasks", type=Path, metavar="FILE.xlsx", help="整改清单文件")
    parser.add_argument("--at", type=date.fromisoformat, metavar="DATE", help="报告按这一天的样子")


def run(call: Call) -> Outcome:
    """Do one step of a round."""
    words = call.words
    with closing(call.open(words.act not in {"show", "report"})) as workplace:
        if words.act == "report":
            return _report(call, workplace)
        rounds = CheckRounds(workplace)
        if words.act in {"count", "list", "settle"}:
            return _one_group(workplace, rounds, words)
        if words.act == "start":
            picture = Picture(workplace)
            view = rounds.start(picture, Duties(workplace, picture), title=words.title)
        else:
            view = rounds.called(words.round)
            if words.act == "close":
                view = rounds.close(view, rest=words.rest, signed_by=words.sign)
    return Outcome(_plain(view), _lines(view))


def _one_group(workplace: Workplace, rounds: CheckRounds, words: Any) -> Outcome:
    line = rounds.called(words.round).line_of(Groups(workplace).find(words.group))
    if words.act == "settle":
        line = rounds.settle(line, words.value, words.note)
    else:
        picture = Picture(workplace)
        duties = Duties(workplace, picture)
        if words.act == "list":
            line = rounds.with_list(line, picture, duties, note=words.note)
        else:
            actual = _number(words.value)
            line = rounds.count(line, actual, picture, duties, note=words.note)
    left = len(rounds.called(words.round).left)
    return Outcome({**_plain_line(line), "left": left}, [_said(line), f"还有 {left} 个群没有核查"])


def _number(text: str) -> int:
    if not text.isdecimal():
        raise UserError(f"人数应填整数，不能是“{text}”，没有改动。", "wrong_words")
    return int(text)


def _report(call: Call, workplace: Workplace) -> Outcome:
    words = call.words
    reports = CheckReports(workplace)
    report = reports.of(words.round, at=words.at)
    pages = _write(call, reports, report) if words.out else None
    sheets = None
    if words.sheets:
        out = CheckPaper(workplace).of_round(words.round, at=words.at)
        sheets = write_checks(call, CheckPaper(workplace), out, words.sheets)
    if words.tasks:
        reports.task_workbook(report, words.tasks)
    data = {
        "title": report.title,
        "started_on": report.started_on,
        "closed_on": report.closed_on,
        "counts": dict(report.counts),
        "groups": list(report.rows),
        "tasks": list(report.tasks),
        "file": words.out,
        "pages": pages,
        "sheets": words.sheets,
        "sheet_pages": sheets,
    }
    return Outcome(data, [f"{report.title}　{report.period}", report.summary])


def _write(call: Call, reports: CheckReports, report: RoundReport) -> int | None:
    path: Path = call.words.out
    if path.suffix.lower() == ".xlsx":
        reports.workbook(report, path)
        return None
    printing = call.printing()
    printing.ensure_application()
    pages: int = printing.write_pdf(
        reports.pages(report, printing.measure), path, title=report.title
    )
    return pages


def _plain(view: RoundView) -> dict[str, Any]:
    return {
        "round": view.round.title,
        "started_on": view.round.started_on,
        "closed_on": view.round.closed_on,
        "counts": view.counts,
        "left": len(view.left),
        "groups": [_plain_line(line) for line in view.lines],
    }


def _plain_line(line: RoundLine) -> dict[str, Any]:
    return {**plain(line.view), "anomalies": list(line.anomalies), "odd": line.is_odd}


def _lines(view: RoundView) -> list[str]:
    counts = "、".join(f"{state}{count}" for state, count in view.counts.items())
    return [f"{view.round.title}（{counts}）", *map(_said, view.lines)]


def _said(line: RoundLine) -> str:
    check = line.check
    actual = "" if check.actual is None else f"实在{check.actual}"
    parts = (check.group_name, check.state, f"应在{check.expected}", actual, *line.anomalies)
    return "　".join(part for part in (*parts, check.note) if part)

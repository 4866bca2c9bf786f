"""Take in a list: draw up the plan; with --apply write it as one act."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Collection
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from wxadmin.domain import import_plan as plans
from wxadmin.domain.errors import Problem, UserError
from wxadmin.domain.import_plan import Candidate
from wxadmin.domain.roster_planner import Answers
from wxadmin.domain.sheet_kind import KINDS, LEAVERS, ROSTER
from wxadmin.services.imports import Imports, Preview, Reading, Said
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import DONE, STOPPED, Call, Outcome
from wxadmin.verbs.decisions import refuse_unknown_people, struck_out, undecided, without_effect
from wxadmin.verbs.import_words import preview_lines
from wxadmin.verbs.kinds.written import is_id
from wxadmin.verbs.leaver_words import leaver_data
from wxadmin.verbs.new_names import new_names

HELP = "导入花名册、离职清单、企业微信通讯录或群成员名单：先出预览，加 --apply 才写入"
_UNIT_ANSWERS = (plans.RENAME, plans.MERGE, plans.MOVE)


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="表格文件：.xlsx、.xls、.csv")
    parser.add_argument("--kind", choices=KINDS, help="哪一类名单（不写：自动判断）")
    parser.add_argument("--sheet", metavar="S", help="工作表名称")
    parser.add_argument("--complete", action="store_true", help="名单列出了全部人员")
    parser.add_argument("--source", default="", metavar="HR", help="哪个人事来源的名单")
    parser.add_argument("--month", default="", metavar="YYYY-MM", help="离职清单的月份")
    parser.add_argument("--group", default="", metavar="G", help="群成员名单：是哪个群的")
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="群成员名单：哪天抄的（不写：今天）"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        type=_pair,
        metavar="COLUMN=FIELD",
        help="某列（列名或列号）是哪一项；也用来收取默认不收的列",
    )
    parser.add_argument("--rows", action="store_true", help="列出每行读成了什么")
    parser.add_argument(
        "--decide",
        action="append",
        default=[],
        type=_pair,
        metavar="ROW=EMP_NO|new|skip",
        help="待确认的行：是谁、新人、先跳过；群成员名单里的外部人员写 ROW=new:单位/拉入人",
    )
    parser.add_argument("--later", action="store_true", help="其余待确认的行都以后再说")
    parser.add_argument(
        "--unit",
        action="append",
        default=[],
        type=_pair,
        metavar="UNIT=rename|merge|move",
        help="部门是更名、合并还是真调动",
    )
    parser.add_argument(
        "--title",
        action="append",
        default=[],
        type=_pair,
        metavar="TITLE=RANK",
        help="没见过的职务是哪一级",
    )
    parser.add_argument(
        "--strike",
        action="append",
        default=[],
        metavar="LINE[:checklist|form]",
        help="划掉预览里的一行（行号或工号），或只划掉它引起的办理、附件一",
    )
    parser.add_argument("--confirm-brake", action="store_true", help="离职、调动人数超限也照做")
    parser.add_argument("--problems", type=Path, metavar="OUT.xlsx", help="问题行另存一份")
    parser.add_argument("--results", type=Path, metavar="OUT.xlsx", help="原表加“结果”列另存")
    parser.add_argument("--apply", action="store_true", help="写入；不写这个词只看预览")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.rpartition("=")
    if not equals or not name:
        raise ArgumentTypeError(f"“{text}”应写成 名=值")
    return name, value


def _refuse_forms(path: Path) -> None:
    """A form somebody filled in is no list; the sentence names the verb that takes it."""
    from wxadmin.services.form_workbooks import FormWorkbooks

    if FormWorkbooks.is_ours(path):
        raise UserError(
            f"“{path.name}”是发出去填的申请表，不是名单，没有读。请用 form take 收下。", "a_form"
        )


def run(call: Call) -> Outcome:
    """Read, plan, and apply where asked and allowed."""
    words = call.words
    _spare_the_list(words)
    _refuse_forms(words.file)
    with closing(call.open(words.apply)) as workplace:
        imports = Imports(workplace)
        reading = imports.read(
            words.file, kind=words.kind, sheet=words.sheet, mapping=tuple(words.map)
        )
        preview = _planned(words, workplace, imports, reading)
        idle = without_effect(preview)
        preview.plan.warnings += idle
        struck = struck_out(preview, words.strike)
        released = words.confirm_brake or preview.plan.brake is None
        stopped = "disputed" if undecided(preview, struck) else "" if released else "brake"
        _write_extras(words, preview, struck.lines)  # first, for it may be refused
        operation = None
        if words.apply and not stopped:
            operation = imports.apply(preview, struck, brake_released=True)
        data = _data(preview, workplace, stopped, operation, words.apply and not stopped)
        if words.rows:
            data["people"] = _people(reading)
        if preview.plan.kind == LEAVERS:
            data |= leaver_data(preview.plan)
    lines = [p.reason for p in idle]
    lines += preview_lines(preview, stopped, operation, applied=data["applied"])
    return Outcome(data, lines, STOPPED if words.apply and stopped else DONE)


def _planned(words: Namespace, workplace: Workplace, imports: Imports, reading: Reading) -> Preview:
    """Plan the list; with --later every question still open is put off, and it is planned again."""
    said = _said(words, workplace, reading.kind)
    preview = imports.plan(reading, said)
    asked = preview.plan.of_kind(plans.DISPUTED) if words.later else []
    if not asked:
        return preview
    rows = {line.row: plans.LATER for line in asked} | dict(said.answers.rows)
    return imports.plan(reading, replace(said, answers=replace(said.answers, rows=rows)))


def _said(words: Namespace, workplace: Workplace, kind: str) -> Said:
    rows = {}
    for row, answer in words.decide:
        if not is_id(row):
            raise UserError(f"--decide 的“{row}”不是行号。", "wrong_words")
        rows[int(row)] = answer
    if kind in {ROSTER, LEAVERS}:  # the other lists know further answers, and refuse by themselves
        refuse_unknown_people(workplace, rows)
    tree = workplace.units()
    units = {}
    for name, answer in words.unit:
        found = [u for u in tree.units.values() if name in (u.name, tree.text(u.id))]
        if len(found) != 1 or answer not in _UNIT_ANSWERS:
            raise UserError(f"--unit 的“{name}={answer}”看不懂。", "wrong_words")
        units[found[0].id] = answer
    answers = Answers(rows, units, dict(words.title))
    return Said(words.source, words.month, words.complete, answers, words.group, words.on)


def _spare_the_list(words: Namespace) -> None:
    """Refuse to write over the very list that is read: it is HR's own."""
    for target in (words.problems, words.results):
        if target is not None and target.resolve() == words.file.resolve():
            raise UserError(
                f"《{target.name}》就是要导入的名单，不能盖掉，没有改动。请另取一个文件名。",
                "same_file",
            )


def _write_extras(words: Namespace, preview: Preview, struck: Collection[str]) -> None:
    if words.problems:
        from wxadmin.sheets.writing import write_problem_rows

        write_problem_rows(words.problems, preview.reading.table, preview.plan.problems)
    if words.results:
        from wxadmin.services.import_book import ImportBook

        ImportBook.write_results(preview, words.results, struck)


def _data(
    preview: Preview, workplace: Workplace, stopped: str, operation: int | None, applied: bool
) -> dict[str, Any]:
    plan, table = preview.plan, preview.reading.table
    disputed = [
        {
            "row": line.row,
            "name": line.name,
            "reason": line.question,
            "candidates": [_candidate(c) for c in line.candidates],
        }
        for line in plan.of_kind(plans.DISPUTED)
    ]
    return {
        "kind": plan.kind,
        "sheet": table.sheet,
        "heading_row": table.heading_row,
        "columns": table.columns,
        "ignored": list(table.ignored),
        "rows": len(preview.reading.parsed.rows),
        "new": plan.count(plans.NEW),
        "changed": plan.count(plans.CHANGED) + plan.count(plans.RETURNED),
        "unchanged": plan.count(plans.UNCHANGED),
        "left": plan.count(plans.LEFT),
        "disputed": disputed,
        "units": [
            {"unit": q.old, "becomes": q.new, "people": q.people, "answer": q.answer}
            for q in plan.units_asked
        ],
        "titles": plan.titles_asked,
        "problems": [_problem(p) for p in plan.problems],
        "warnings": [_problem(p) for p in (*plan.warnings, *new_names(workplace, preview))],
        "consequences": preview.totals(),
        **preview.tally,
        "source": preview.source.name,
        "first": plan.first,
        "stopped_by": stopped or None,
        "brake": plan.brake.sentence if plan.brake else None,
        "applied": applied,
        "operation": operation,
    }


def _candidate(found: Candidate) -> dict[str, Any]:
    return {
        "emp_no": found.emp_no,
        "name": found.name,
        "org_unit": found.org_unit,
        "position": found.position,
        "mobile": found.mobile,
        "hire_date": found.hire_date,
        "likely": found.likely,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    found: dict[str, Any] = {
        "row": problem.row,
        "cell": problem.cell,
        "column": problem.column,
        "value": problem.value,
        "reason": problem.reason,
    }
    if problem.emp_no:
        found["emp_no"] = problem.emp_no
    if problem.skips:
        found["skips"] = True
    return found


def _people(reading: Reading) -> dict[str, dict[str, Any]]:
    fields = reading.parsed.fields
    at = fields.index("emp_no") if "emp_no" in fields else None
    found = {}
    for row, values in reading.parsed.rows:
        key = str(values[at]) if at is not None and values[at] else f"#{row}"
        found[key] = dict(zip(fields, values, strict=True))
    return found

"""Lay HR's roster, the register, WeCom's export and the groups side by side; mark and settle."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from contextlib import closing
from pathlib import Path
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.reconciliation_finding import KINDS, Finding
from wxadmin.domain.reconciliation_values import SIDES
from wxadmin.services.marks import Marks
from wxadmin.services.reconciliation import Reconciliation, line_key
from wxadmin.services.reconciliation_report import (
    ReconciliationReport,
    lists_text,
    summary_text,
)
from wxadmin.services.reconciliation_settling import Settling
from wxadmin.services.reconciliation_view import Item, Reconciled
from wxadmin.services.settlement import Settlement
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import DONE, STOPPED, Call, Outcome, Table
from wxadmin.verbs.reconcile_who import Who

HELP = "三方核对：人事花名册、台账、企业微信通讯录、各群成员，列出不一致的地方"
CLEAR = "清除"
ALL = "all"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="结果另存成表格")
    parser.add_argument("--pdf", type=Path, metavar="FILE.pdf", help="结果打印成 A4")
    parser.add_argument(
        "--mark", action="append", default=[], type=_mark, metavar="WHO[:FIELD]=MARK[:VALUE]",
        help="标记：不动、以后再说、人事数据有误[:正确的值]、清除；"
        "WHO 是工号、姓名、姓名@人事来源，或 --json 里的 id",
    )  # fmt: skip
    parser.add_argument(
        "--settle", action="append", default=[], metavar="all|KIND|WHO",
        help="试算要改什么；加 --apply 才写入",
    )  # fmt: skip
    parser.add_argument("--winner", default="", choices=("", *SIDES), help="以哪一方为准")
    parser.add_argument("--confirm-brake", action="store_true")
    parser.add_argument("--apply", action="store_true")


def _mark(text: str) -> tuple[str, str, str, str]:
    """工号:字段=标记:值 as who, field, mark, value."""
    left, equals, right = text.partition("=")
    who, _, field = left.partition(":")
    mark, _, value = right.partition(":")
    if not equals or not who or not mark:
        raise ArgumentTypeError(f"“{text}”应写成 工号[:字段]=标记[:值]")
    return who, field, mark, value


def run(call: Call) -> Outcome:
    """Compare; mark and settle where asked; write the report where asked."""
    words = call.words
    if words.apply and not words.settle:
        raise UserError("--apply 要和 --settle 一起用。", "wrong_words")
    with closing(call.open(bool(words.mark or words.apply))) as workplace:
        marked = _set_marks(workplace, words)
        reconciliation = Reconciliation(workplace)
        seen = reconciliation.view()
        plan, operation, code = _settle(workplace, reconciliation, seen, words)
        if operation is not None:
            seen = Reconciliation(workplace).view()
        _write(call, workplace, seen)
    data: dict[str, Any] = {
        "summary": seen.summary,
        "items": [_plain(item) for item in seen.items],
        "set_aside": [
            {**_plain(item), "mark": item.mark.mark if item.mark else ""} for item in seen.set_aside
        ],
        "wrong_hr": [
            {"emp_no": w.emp_no, "name": w.name, "field": w.field, "hr": w.hr, "right": w.right}
            for w in seen.wrong_hr
        ],
        "lists": [
            {"side": a.side, "name": a.name, "on": a.on, "days": a.days, "old": a.old}
            for a in seen.ages
        ],
        "marked": marked,
    }
    if plan is not None:
        data["settle"] = _settled(plan, workplace, operation, code)
    if words.out:
        data["file"] = words.out
    return Outcome(data, _lines(seen, plan, operation), code)


def _plain(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "emp_no": item.emp_no,
        "name": item.name,
        "group": item.group,
        "field": item.field,
        "register": item.register,
        "wecom": item.wecom,
        "hr": item.hr,
        "reason": item.reason,
        "id": line_key(item.finding),
        "under_way": item.under_way,
    }


# -- marks ----------------------------------------------------------------------------------------
def _set_marks(workplace: Workplace, words: Namespace) -> list[int | None]:
    return [_set_mark(workplace, *said) for said in words.mark]


def _set_mark(workplace: Workplace, who: str, field: str, mark: str, value: str) -> int | None:
    named = Who(workplace, Reconciliation(workplace).view())
    marks = Marks(workplace)
    if mark == CLEAR:
        found = named.marks(who, field)
        if not found:
            raise UserError(f"“{who}”没有可以清除的标记。", "no_mark")
        return marks.clear(found)
    chosen = [item.finding for item in named.open(who, field)]
    if not chosen:
        raise UserError(f"“{who}”{field}没有可标记的差异。", "no_finding")
    return marks.set(chosen, mark, value=value or None)


# -- settling -------------------------------------------------------------------------------------
def _settle(
    workplace: Workplace, reconciliation: Reconciliation, seen: Reconciled, words: Namespace
) -> tuple[Settlement | None, int | None, int]:
    if not words.settle:
        return None, None, DONE
    settling = Settling(workplace, reconciliation)
    chosen = _chosen(seen, Who(workplace, seen), words.settle)
    plan = settling.plan_settle(chosen, words.winner)
    if not words.apply:
        return plan, None, DONE
    if plan.brake is not None and not words.confirm_brake:
        return plan, None, STOPPED
    return plan, settling.write(plan), DONE


def _chosen(seen: Reconciled, named: Who, said: list[str]) -> list[Finding]:
    found: list[Finding] = []
    for word in said:
        some = [i.finding for i in seen.items if word in {ALL, i.kind, KINDS[i.kind]}]
        if not some:
            some = [item.finding for item in named.open(word)]
        if not some and word not in {ALL, *KINDS}:
            raise UserError(f"“{word}”没有要处理的差异。", "no_finding")
        found += some
    return list(dict.fromkeys(found))


def _settled(
    plan: Settlement, workplace: Workplace, operation: int | None, code: int
) -> dict[str, Any]:
    return {
        "changes": len(plan.changes),
        "people": plan.people,
        "settled": len(plan.settled),
        "outside": len(plan.outside),
        "left_over": len(plan.left_over),
        "refused": [sentence for _, sentence in plan.refused],
        "brake": plan.brake.sentence if plan.brake else None,
        "stopped_by": "brake" if plan.brake and (code == STOPPED or operation is None) else None,
        "applied": operation is not None,
        "operation": operation,
    }


# -- what is written and said ---------------------------------------------------------------------
def _write(call: Call, workplace: Workplace, seen: Reconciled) -> None:
    report = ReconciliationReport(workplace, seen)
    if call.words.out:
        report.write(call.words.out)
    if call.words.pdf:
        printing = call.printing()
        printing.ensure_application()
        printing.write_pdf(report.pages(printing.measure), call.words.pdf, title="三方核对")


def _lines(seen: Reconciled, plan: Settlement | None, operation: int | None) -> list[str]:
    lines = [f"三方核对：{summary_text(seen)}。", lists_text(seen)]
    table = Table(["类别", "姓名", "工号", "字段、群组", "人事", "台账", "企业微信", "说明"])
    for item in seen.items:
        table.rows.append(
            [KINDS[item.kind], item.name, item.emp_no, item.group_shown or item.label, item.hr,
             item.register, item.wecom, item.reason]
        )  # fmt: skip
    lines += table.lines() if table.rows else []
    if seen.set_aside:
        lines.append(f"已标记、不再提的{len(seen.set_aside)}处。")
    if plan is not None:
        lines.append(_end(plan, operation))
    return lines


def _end(plan: Settlement, operation: int | None) -> str:
    what = (
        f"处理{len(plan.settled)}处（其中{len(plan.outside)}处要在企业微信后台改），"
        f"还要人来办{len(plan.left_over)}处，不能办{len(plan.refused)}处。"
    )
    if operation is not None:
        return f"已写入（第 {operation} 步，可撤销）：{what}"
    stop = plan.brake.sentence if plan.brake else ""
    return f"试算，没有改动任何数据：{what}{stop}"

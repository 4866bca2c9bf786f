"""Further acts of `form`: what waits, is owed, lost, repeated or for many; who may sign instead."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from wxadmin.domain.form import Form
from wxadmin.domain.person import Employee
from wxadmin.services.form_again import FormsAgain
from wxadmin.services.form_board import FormLine, pending
from wxadmin.services.forms import Forms
from wxadmin.services.people import person_called
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import Call, Outcome, Table

HELP_OF = {
    "pending": "在等谁：每张在办的表等谁、等了几天、期限",
    "out": "未收回的表和待补签的，连催办的话",
    "preview": "办结会改动什么，先看不办",
    "copy": "驳回、撤回的表复制重报",
    "lose": "遗失：写说明，或作废重印（--again）",
    "code": "纸上的二维码是哪张表、还作不作数",
    "batch": "几个人一张申请表",
    "rest": "批量表里暂缓的人另起一张",
    "workbook": "发出可填写的 Excel 申请表",
    "take": "收下发回的 Excel 申请表；别的文件登记为来件",
    "incoming": "来件登记：列出，或处理一件",
    "delegate": "授权代签人：列出、登记、终止",
}
READING = frozenset({"pending", "out", "preview", "code", "workbook"})


def add_words(words: Mapping[str, ArgumentParser]) -> None:
    """Declare the words each act takes."""
    for name in ("preview", "copy", "lose", "rest"):
        words[name].add_argument("number", metavar="NUMBER")
    words["lose"].add_argument("--note", default="", metavar="T", help="经过；有邮件为证写明日期")
    words["lose"].add_argument("--again", action="store_true", help="重印一张，原来的作废")
    words["code"].add_argument("code", metavar="TEXT")
    words["batch"].add_argument("people", nargs="+", metavar="EMP_NO")
    words["workbook"].add_argument("kind", metavar="KIND")
    words["workbook"].add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    words["take"].add_argument("files", type=Path, nargs="+", metavar="FILE")
    words["take"].add_argument("--from", dest="sender", default="", metavar="NAME")
    words["incoming"].add_argument("number", nargs="?", default="", metavar="LJ-NUMBER")
    words["incoming"].add_argument("--form", default="", metavar="NUMBER", help="归到这张表")
    words["incoming"].add_argument("--note", default="", metavar="T", help="不用的原因")
    delegate = words["delegate"]
    delegate.add_argument("role", nargs="?", default="", metavar="ROLE", help="代谁签，如 部门经理")
    delegate.add_argument("--person", default="", metavar="EMP_NO")
    delegate.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD")
    delegate.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD")
    delegate.add_argument("--basis", default="", metavar="T", help="依据，如授权书日期")
    delegate.add_argument("--end", type=int, metavar="ID", help="终止第几号授权")


def _line(line: FormLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "title": line.title,
        "name": line.name,
        "state": line.state,
        "paper_state": line.paper_text,
        "waits_for": line.waits_for,
        "waits_to": line.waits_to,
        "waiting_days": line.waiting_days,
        "due_on": line.due_on.isoformat() if line.due_on else None,
        "overdue": line.overdue,
        "confirm_due": line.confirm_due.isoformat() if line.confirm_due else None,
    }


def _pending(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    board = pending(forms.lines())
    data = [{"waits_for": who, "forms": [_line(one) for one in lines]} for who, lines in board]
    heads = ("等谁", "办什么", "编号", "姓名", "已等", "期限")
    rows = [
        (who, one.waits_to, one.number, one.name, f"{one.waiting_days}天", one.due_on or "")
        for who, lines in board
        for one in lines
    ]
    lines = Table(heads, list(rows)).lines() if rows else ["没有在等的表。"]
    return Outcome({"pending": data}, lines)


def _out(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    found = FormsAgain(workplace).out()
    data = [
        {"whom": one.whom, "forms": [_line(line) for line in one.lines], "text": one.text}
        for one in found
    ]
    lines = "\n\n".join(one.text for one in found).splitlines()
    return Outcome({"out": data}, lines or ["没有超过期限还没交回的表。"])


def _preview(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    from wxadmin.services.form_judging import FormJudge

    form = forms.called(call.words.number)
    said = forms.preview(form.number)
    first = FormJudge(workplace, forms.shelf).objection(form, workplace.today)
    data = {"number": form.number, "lines": list(said.lines), "refusal": said.refusal}
    lines = said.text.splitlines()
    if first and first.rstrip("。") != said.refusal.rstrip("。"):
        lines.insert(0, first)
    return Outcome({**data, "before": first}, lines)


def _copy(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    return _drafted(FormsAgain(workplace).repeat(call.words.number))


def _lose(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    words = call.words
    moved = FormsAgain(workplace).lose(words.number, words.note, again=words.again)
    form = moved.form
    data = {"number": form.number, "state": form.state, "sheet": form.sheet, "note": form.lost_note}
    said = f"请重新打印（第{form.sheet}版）" if words.again else "已记遗失说明"
    return Outcome({**data, "operation": moved.operation}, [f"{form.number}　{said}"])


def _code(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    answer = FormsAgain(workplace).answer(call.words.code)
    if answer is None:
        return Outcome({"number": None, "current": False}, ["这不是本登记库的表。"])
    data = {"number": answer.form.number, "current": answer.current, "text": answer.sentence}
    return Outcome(data, [answer.sentence])


def _batch(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    from wxadmin.services.form_batch import BatchForms

    people = [person_called(workplace, key) for key in call.words.people]
    return _batch_drafted(workplace, BatchForms(workplace).draft(people))


def _rest(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    from wxadmin.services.form_batch import BatchForms

    return _batch_drafted(workplace, BatchForms(workplace).rest(call.words.number))


def _batch_drafted(workplace: Workplace, form: Form) -> Outcome:
    return _drafted(form, f"{form.number}　{form.value('holder_name')}")


def _drafted(form: Form, line: str = "") -> Outcome:
    data = {"number": form.number, "state": form.state, "copied_from": form.copied_from}
    return Outcome(data, [line or f"{form.number}（{form.state}）"])


def _workbook(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    from wxadmin.services.form_workbooks import FormWorkbooks

    path = FormWorkbooks(workplace).write(call.words.kind, call.words.out)
    return Outcome({"file": str(path)}, [f"可填写的申请表：{path}"])


def _take(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    from wxadmin.services.form_workbooks import FormWorkbooks
    from wxadmin.services.incomings import Incomings

    taken, lines = [], []
    for path in call.words.files:
        if FormWorkbooks.is_ours(path):
            filed = FormWorkbooks(workplace).take_in(path, from_whom=call.words.sender)
            number, entry = filed.form.number, filed.incoming
            problems = list(filed.problems.values())
        else:
            entry = Incomings(workplace).take(path, from_whom=call.words.sender)
            number, problems = "", []
        taken.append(
            {"file": str(path), "incoming": entry.number, "number": number, "problems": problems}
        )
        lines.append("　".join(filter(None, (path.name, entry.number, number, *problems))))
    return Outcome({"taken": taken}, lines)


def _incoming(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    from wxadmin.services.incomings import Incomings

    words, incomings = call.words, Incomings(workplace)
    if words.number:
        form = forms.called(words.form) if words.form else None
        entry = incomings.settle(words.number, form=form, note=words.note)
        data = {"number": entry.number, "state": entry.state, "form": form.number if form else None}
        return Outcome(data, [f"{entry.number}　{entry.state}"])
    found = [
        {
            "number": one.incoming.number,
            "received_on": one.incoming.received_on.isoformat(),
            "from": one.incoming.from_whom,
            "file": one.incoming.source_name,
            "state": one.incoming.state,
            "form": one.form_number,
        }
        for one in incomings.lines()
    ]
    rows = [tuple(one.values()) for one in found]
    table = Table(("编号", "日期", "来件人", "文件", "状态", "表单"), list(rows))
    lines = table.lines() if rows else ["没有来件。"]
    return Outcome({"incoming": found, "total": len(found)}, lines)


def _delegate(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    from wxadmin.services.signing import Signing

    words, signing = call.words, Signing(workplace)
    if words.end is not None:
        signing.end(words.end, words.until)
    elif words.role:
        known = workplace.store.count(Employee, emp_no=words.person)
        who = person_called(workplace, words.person) if known else words.person
        since = words.since or workplace.today
        signing.authorise(words.role, who, from_on=since, to_on=words.until, basis=words.basis)
    found = [
        {
            "id": one.id,
            "role": one.role,
            "person": one.person_name,
            "from_on": one.from_on.isoformat(),
            "to_on": one.to_on.isoformat() if one.to_on else None,
            "basis": one.basis,
        }
        for one in signing.delegates()
    ]
    rows = [tuple(one.values()) for one in found]
    table = Table(("号", "代谁签", "代签人", "起", "止", "依据"), list(rows))
    return Outcome({"delegates": found}, table.lines() if rows else ["没有授权代签人。"])


ACTS: dict[str, Callable[[Call, Workplace, Forms], Outcome]] = {
    "pending": _pending,
    "out": _out,
    "preview": _preview,
    "copy": _copy,
    "lose": _lose,
    "code": _code,
    "batch": _batch,
    "rest": _rest,
    "workbook": _workbook,
    "take": _take,
    "incoming": _incoming,
    "delegate": _delegate,
}

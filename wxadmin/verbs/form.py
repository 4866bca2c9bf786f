"""Draft a form, fill it in, move it along its route, print it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from wxadmin.domain.form import MARKS, MOVES, WAYS, Form
from wxadmin.domain.group import Group
from wxadmin.domain.words import field_label
from wxadmin.services.form_library import form_library
from wxadmin.services.forms import Forms, Moved
from wxadmin.services.groups import group_called
from wxadmin.services.people import person_called
from wxadmin.services.workplace import Workplace
from wxadmin.verbs import form_design, form_life, form_scan, form_template
from wxadmin.verbs.call import Call, Outcome

HELP = "表单：填写、流转、打印"
HELP_OF = {
    "new": "填一张表（同一人同一种还没提交的接着填）",
    "set": "改还没提交的表里的各栏",
    "move": "流转一步，或登记签回（sign）、归档（archive）",
    "receive": "签好的表到了：提交、各步签批、收件一次登记",
    "mail": "拟好邮件：退回补正、已开通、申请",
    "remind": "拟好催办的话",
    "print": "打印成 PDF，可以几张一起",
    "blank": "打印空白表",
    "scan": form_scan.HELP,
    "template": form_template.HELP,
    "fill": form_template.FILL_HELP,
    "design": form_design.HELP,
    **form_life.HELP_OF,
}
READING = frozenset({"mail", "remind", "blank", "template", "design"}) | form_life.READING


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    words = {name: acts.add_parser(name, help=text) for name, text in HELP_OF.items()}
    new = words["new"]
    new.add_argument("kind", metavar="KIND", help="account_request、account_handover ……")
    new.add_argument("--person", metavar="EMP_NO")
    new.add_argument("--group", metavar="G")
    new.add_argument("--set", type=typed, action="append", default=[], metavar="FIELD=VALUE")
    for name in ("set", "move", "receive", "mail", "remind"):
        words[name].add_argument("number", metavar="NUMBER")
    words["set"].add_argument("set", type=typed, nargs="+", metavar="FIELD=VALUE")
    move = words["move"]
    move.add_argument("move", metavar="MOVE", help="、".join({**MOVES, **MARKS}))
    move.add_argument("--role", default="", metavar="R", help="以什么身份（如 部门经理）")
    for name in ("move", "receive"):
        words[name].add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD")
    words["receive"].add_argument("--from", dest="sender", default="", metavar="NAME")
    move.add_argument("--note", default="", metavar="T", help="意见、原因；收件时写来件人")
    for name in ("move", "receive"):
        words[name].add_argument(  # not the --by before the verb, which is who does the act
            "--by", dest="decided_by", default="", metavar="NAME", help="谁签批的"
        )
        words[name].add_argument("--way", default="", metavar="W", help="、".join(WAYS))
    move.add_argument("--due", type=date.fromisoformat, metavar="YYYY-MM-DD", help="补签期限")
    words["mail"].add_argument("--note", default="", metavar="T", help="退回的原因")
    words["print"].add_argument("numbers", nargs="+", metavar="NUMBER")
    words["blank"].add_argument("kind", metavar="KIND")
    for name in ("print", "blank"):
        words[name].add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    form_life.add_words(words)
    form_scan.add_words(words["scan"])
    form_template.add_words(words["template"])
    form_template.add_fill_words(words["fill"])
    form_design.add_words(words["design"])


def typed(text: str) -> tuple[str, str]:
    """Read one FIELD=VALUE; the value may be empty and may hold further equals signs."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise ArgumentTypeError(f"“{text}”应写成 栏目=内容")
    return name.strip(), value.strip()


def run(call: Call) -> Outcome:
    """Do one act on forms."""
    act = call.words.act
    with closing(call.open(act not in READING)) as workplace:
        for refusal in form_library(workplace).refusals:  # ours is used in its place
            print(refusal.message, file=sys.stderr)
        return _ACTS[act](call, workplace, Forms(workplace))


def fields_of(forms: Forms, form: Form) -> dict[str, str]:
    """Return every field of a form by its name, "" for what is empty."""
    known = dict(form.values)
    return {f.name: known.get(f.name, "") for f in forms.shelf.definition_of(form).fields}


def _new(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    words = call.words
    person = person_called(workplace, words.person) if words.person else None
    group = group_called(workplace.store.all(Group), words.group) if words.group else None
    form = forms.draft(words.kind, person=person, group=group, typed=dict(words.set))
    return _filled(forms, form)


def _set(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    form = forms.set_fields(call.words.number, dict(call.words.set))
    return _filled(forms, form)


def _filled(forms: Forms, form: Form) -> Outcome:
    data = {"number": form.number, "state": form.state, "fields": fields_of(forms, form)}
    definition = forms.shelf.definition_of(form)
    lines = [f"{form.number}（{form.state}）"]
    lines += [f"{definition.field_named(name).label}：{value}" for name, value in form.values]
    return Outcome(data, lines)


def _move(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    words: Namespace = call.words
    moved = forms.move(
        words.number, words.move, role=words.role, on=words.on, note=words.note,
        by=words.decided_by, way=words.way, confirm_due=words.due,
    )  # fmt: skip
    return _moved(moved)


def _receive(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    words = call.words
    moved = forms.receive_signed(
        words.number,
        on=words.on,
        received_from=words.sender,
        by=words.decided_by,
        way=words.way,
    )
    return _moved(moved)


def _moved(moved: Moved) -> Outcome:
    warnings = [moved.warning] if moved.warning else []
    data = {
        "number": moved.form.number,
        "state": moved.form.state,
        "moves": list(moved.moves),
        "operation": moved.operation,
        "warnings": warnings,
    }
    further = "、".join(MOVES[move] for move in moved.moves) or "（已结束）"
    where = f"{field_label('form', 'state')}：{moved.form.state_word}"
    return Outcome(data, [f"{moved.form.number}　{where}　接下来可以：{further}", *warnings])


def _mail(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    mail = forms.mail(call.words.number, call.words.note)
    data = {
        "to": mail.to,
        "subject": mail.subject,
        "body": mail.body,
        "attachments": list(mail.attachments),
    }
    return Outcome(data, mail.text.splitlines())


def _remind(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    text = forms.reminder(call.words.number)
    return Outcome({"text": text}, [text])


def _print(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    words = call.words
    pages = forms.print_to(words.numbers, words.out, _printing(call))
    return _paper(pages, words.out)


def _blank(call: Call, workplace: Workplace, forms: Forms) -> Outcome:
    words = call.words
    return _paper(forms.print_blank(words.kind, words.out, _printing(call)), words.out)


def _printing(call: Call) -> Any:
    """Load the printing room and start what its fonts need."""
    printing = call.printing()
    printing.ensure_application()
    return printing


def _paper(pages: int, path: Path) -> Outcome:
    return Outcome({"pages": pages, "file": str(path)}, [f"{pages}页：{path}"])


_ACTS: dict[str, Callable[[Call, Workplace, Forms], Outcome]] = {
    "new": _new,
    "set": _set,
    "move": _move,
    "receive": _receive,
    "mail": _mail,
    "remind": _remind,
    "print": _print,
    "blank": _blank,
    "template": lambda call, workplace, forms: form_template.run(call, workplace),
    "fill": lambda call, workplace, forms: form_template.fill(call, workplace),
    "design": lambda call, workplace, forms: form_design.run(call, workplace),
    **form_life.ACTS,
    "scan": lambda call, workplace, _: form_scan.scan(call, workplace),
}

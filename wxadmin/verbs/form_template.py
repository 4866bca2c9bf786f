"""The company's own Word and Excel forms: look at one, take it into use, fill it for forms."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from wxadmin.services.own_templates import OwnTemplates
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import REFUSED, Call, Outcome, Table

HELP = "公司自己的 Word/Excel 模板"
FILL_HELP = "把表填进公司自己的模板"
HELP_OF = {
    "list": "列出在用的模板",
    "tags": "列出一种表可用的标签",
    "check": "看一份模板里的标签对不对",
    "add": "采用一份模板",
    "remove": "不再用一份模板（另存着）",
}


def add_words(parser: ArgumentParser) -> None:
    """Declare the words of `form template`."""
    acts = parser.add_subparsers(dest="template_act", metavar="ACT", required=True)
    for name, text in HELP_OF.items():
        words = acts.add_parser(name, help=text)
        if name != "list":
            words.add_argument("kind", metavar="KIND")
        if name in ("check", "add"):
            words.add_argument("file", type=Path, metavar="FILE")
        if name == "remove":
            words.add_argument("name", metavar="NAME")
        if name == "add":
            words.add_argument("--name", default="", metavar="NAME", help="另取名称")


def add_fill_words(parser: ArgumentParser) -> None:
    """Declare the words of `form fill`."""
    parser.add_argument("numbers", nargs="+", metavar="NUMBER")
    parser.add_argument("--template", default="", metavar="NAME")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE|DIR")


def run(call: Call, workplace: Workplace) -> Outcome:
    """Do one act on templates."""
    return _ACTS[call.words.template_act](call, OwnTemplates(workplace))


def fill(call: Call, workplace: Workplace) -> Outcome:
    """Fill a template for one form, or for several into a folder."""
    words = call.words
    if len(words.numbers) > 1:
        words.out.mkdir(parents=True, exist_ok=True)
    written = OwnTemplates(workplace).fill(words.numbers, words.out, words.template)
    files = [str(path) for path in written]
    return Outcome({"files": files}, files)


def _list(call: Call, templates: OwnTemplates) -> Outcome:
    lines = [
        {"kind": line.kind, "name": line.name, "file": str(line.path)} for line in templates.lines()
    ]
    table = Table(("种类", "名称", "文件"), [tuple(line.values()) for line in lines])
    return Outcome({"templates": lines}, table.lines())


def _tags(call: Call, templates: OwnTemplates) -> Outcome:
    words = templates.words(call.words.kind)
    return Outcome({"tags": words}, words)


def _check(call: Call, templates: OwnTemplates) -> Outcome:
    found = templates.check(call.words.file, call.words.kind)
    data = {"known": list(found.known), "faults": list(found.faults), "sound": found.is_sound}
    lines = [f"认得的标签：{'、'.join(found.known) or '（没有）'}", *found.faults]
    return Outcome(data, lines, 0 if found.is_sound else REFUSED)


def _add(call: Call, templates: OwnTemplates) -> Outcome:
    words = call.words
    found = templates.add(words.file, words.kind, words.name)
    return Outcome({"known": list(found.known)}, [f"已采用，{len(found.known)}种标签会填上。"])


def _remove(call: Call, templates: OwnTemplates) -> Outcome:
    templates.remove(call.words.kind, call.words.name)
    return Outcome({"removed": call.words.name}, [f"不再用“{call.words.name}”，原件另存着。"])


_ACTS: dict[str, Callable[[Call, OwnTemplates], Outcome]] = {
    "list": _list,
    "tags": _tags,
    "check": _check,
    "add": _add,
    "remove": _remove,
}

"""Draw up a checklist, work it off, close it, print it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from wxadmin.domain.checklist_view import MARK_WORDS
from wxadmin.domain.errors import UserError
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.checklists import Checklists
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import Call, Outcome, RefusalWithData, Table

HELP = "办理清单：开始、打勾、免办、办结、打印"
BY_PERSON = ("tick", "waive", "na", "todo", "stand-in")
HELP_OF = {
    "start": "开始办理（同一种还没办结的接着办）",
    "tick": "把一步打勾（--note 写依据）；登记库不认的不能打",
    "waive": "免办一步，必须用 --note 写明原因；办完才能办结的步骤不能免办",
    "na": "把一步标为不适用，必须用 --note 写明原因",
    "todo": "把一步改回待办",
    "stand-in": "单方办理：部门负责人代签（--by-head）、监交人（--witness）、原因（--note）",
    "column": "给几张清单的同一步整列打勾",
    "close": "办结；还有没办的步骤时拒绝并列出",
    "reopen": "重新打开",
    "void": "作废，必须用 --note 写明原因（如撤销离职）",
    "transfer": "按建议把离职人任群主的群转给接任人",
    "recurring": "把一项周期任务记为本期已办（list reminders 里的 key）",
    "print": "打印成 PDF",
}


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    words = {name: acts.add_parser(name, help=text) for name, text in HELP_OF.items()}
    start = words["start"]
    start.add_argument("kind", metavar="KIND", help="onboarding、transfer、offboarding ……")
    whom = start.add_mutually_exclusive_group(required=True)
    whom.add_argument("--person", metavar="EMP_NO")
    whom.add_argument("--group", metavar="G")
    start.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="第 0 天")
    for name in (*BY_PERSON, "close", "reopen", "void", "transfer"):
        words[name].add_argument("id", type=int, metavar="ID")
    for name in BY_PERSON:
        words[name].add_argument("no", type=int, metavar="NO")
    for name in (*BY_PERSON, "column", "reopen", "void", "transfer", "recurring"):
        words[name].add_argument("--note", default="", metavar="T")
    words["stand-in"].add_argument("--by-head", default="", metavar="NAME", help="代签人")
    words["stand-in"].add_argument("--witness", default="", metavar="NAME", help="监交人")
    words["recurring"].add_argument("task", metavar="TASK")
    words["column"].add_argument("no", type=int, metavar="NO")
    words["column"].add_argument("ids", type=int, nargs="+", metavar="ID")
    words["print"].add_argument("ids", type=int, nargs="+", metavar="ID")
    words["print"].add_argument("--out", type=Path, required=True, metavar="FILE.pdf")


def run(call: Call) -> Outcome:
    """Do one act on checklists."""
    act = call.words.act
    with closing(call.open(act != "print")) as workplace:
        if act == "print":
            return _print(call, workplace)
        if act == "start":
            return _start(call.words, workplace)
        if act == "column":
            return _column(call.words, workplace)
        if act == "recurring":
            return _recurring(call.words, workplace)
        return _touch(call.words, workplace)


def _start(words: Namespace, workplace: Workplace) -> Outcome:
    from wxadmin.services.groups import group_called
    from wxadmin.services.people import person_called
    from wxadmin.verbs.kinds.checklist import whole

    checklists = Checklists(workplace)
    if words.person:
        person = person_called(workplace, words.person)
        number = checklists.start(words.kind, person=person, event_on=words.on)
    else:
        from wxadmin.domain.group import Group

        group = group_called(workplace.store.all(Group), words.group)
        number = checklists.start(words.kind, group=group, event_on=words.on)
    view = checklists.views().one(number)
    return Outcome(whole(view), _lines(view))


def _touch(words: Namespace, workplace: Workplace) -> Outcome:
    """Tick, waive, close … one checklist, and say how it stands then."""
    checklists = Checklists(workplace)
    number, note = words.id, getattr(words, "note", "")
    acts: dict[str, Callable[[], int | None]] = {
        "tick": lambda: checklists.tick(number, words.no, note),
        "waive": lambda: checklists.waive(number, words.no, note),
        "na": lambda: checklists.not_applicable(number, words.no, note),
        "todo": lambda: checklists.take_up(number, words.no),
        "stand-in": lambda: checklists.stand_in(
            number, words.no, stand_in=words.by_head, witness=words.witness, note=note
        ),
        "close": lambda: checklists.close(number),
        "reopen": lambda: checklists.reopen(number, note),
        "void": lambda: checklists.void(number, note),
        "transfer": lambda: _transfer(workplace, number, note),
    }
    try:
        operation = acts[words.act]()
    except UserError as error:
        raise _with_open(error, workplace, number) from error
    view = checklists.views().one(number)
    return Outcome({**_short(view), "operation": operation}, _lines(view))


def _transfer(workplace: Workplace, number: int, note: str) -> int | None:
    """Give the groups of a checklist's person to those proposed."""
    from wxadmin.services.handover import Handover

    person = Checklists(workplace).views().one(number).look.checklist.employee_id
    if person is None:
        raise UserError("这张清单是给群办的；换群主请用 set group 群名 owner=工号。", "wrong_words")
    return Handover(workplace).accept(person, basis=note)


def _recurring(words: Namespace, workplace: Workplace) -> Outcome:
    from wxadmin.services.reminders import Reminders

    operation = Reminders(workplace).mark_done(words.task, words.note)
    return Outcome({"task": words.task, "operation": operation}, [f"已记为本期已办：{words.task}"])


def _with_open(error: UserError, workplace: Workplace, number: int) -> UserError:
    """A refusal that says what is still open, for scripts."""
    if error.code == "no_checklist":
        return error
    view = Checklists(workplace).views().one(number)
    refusal = RefusalWithData(error.message, error.code, _short(view))
    refusal.details = error.details
    return refusal


def _column(words: Namespace, workplace: Workplace) -> Outcome:
    done = Checklists(workplace).tick_column(words.ids, words.no, words.note)
    data: dict[str, Any] = {
        "ticked": list(done.names),
        "refused": [{"name": name, "reason": reason} for name, reason in done.refused],
        "operation": done.operation,
    }
    lines = [f"已打勾 {len(done.names)} 人：{'、'.join(done.names)}"] if done.names else []
    return Outcome(data, [*lines, *(f"{name}：{reason}" for name, reason in done.refused)])


def _print(call: Call, workplace: Workplace) -> Outcome:
    from wxadmin.services.checklist_paper import ChecklistPaper

    views = Checklists(workplace).views()
    wanted = [views.one(number) for number in call.words.ids]
    printing = call.printing()
    printing.ensure_application()  # its fonts need one before anything is measured
    pages = ChecklistPaper(workplace).checklists(wanted, printing.measure)
    out: Path = call.words.out
    written = printing.write_pdf(pages, out, title="办理单")
    return Outcome({"pages": written, "file": str(out)}, [f"{written} 页：{out}"])


def _short(view: ChecklistView) -> dict[str, Any]:
    from wxadmin.verbs.kinds.checklist import open_of

    return {
        "id": view.id,
        "state": view.state,
        "done": view.look.done,
        "total": view.look.total,
        "open": open_of(view),
    }


def _lines(view: ChecklistView) -> list[str]:
    """The checklist as people read it."""
    head = f"{view.title} {view.name} {view.key}　{view.event}　{view.progress}　{view.state}"
    table = Table(("序号", "状态", "步骤", "期限", "说明"))
    for step in view.shown:
        word = MARK_WORDS[step.mark]
        table.rows.append((step.item.no, word, step.item.title, step.when, step.sentence))
    lines = [f"编号 {view.id}　{head}", *([view.blocked] if view.blocked else []), *table.lines()]
    if view.folded:
        lines.append(f"不适用 {len(view.folded)} 步")
    return lines

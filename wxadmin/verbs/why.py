"""Say why somebody is or is not in a group, and what would change that."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from dataclasses import asdict

from wxadmin.services.groups import Groups
from wxadmin.services.membership import Membership
from wxadmin.services.people import person_called
from wxadmin.verbs.call import Call, Outcome

HELP = "某人为什么应在或不应在某群，怎样才会变"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("emp_no", metavar="EMP_NO")
    parser.add_argument("group", metavar="GROUP", help="群编号、名称或别名")


def run(call: Call) -> Outcome:
    """Explain."""
    with closing(call.open(False)) as workplace:
        person = person_called(workplace, call.words.emp_no)
        group = Groups(workplace).find(call.words.group)
        verdict = Membership(workplace).why(person.id, group.id)
    answer = verdict.why
    data = {
        "emp_no": verdict.person.emp_no,
        "name": verdict.person.name,
        "group": group.name,
        "group_no": group.group_no,
        "expected": verdict.expected,
        "actual": verdict.actual,
        "because": [asdict(item) for item in answer.because],
        "exception": answer.exception,
        "sentence": answer.sentence,
        "change": answer.change,
    }
    now = {True: "现在群里。", False: "现不在群里。", None: "群成员还没有登记过。"}
    return Outcome(data, [answer.sentence, answer.change, now[verdict.actual]])

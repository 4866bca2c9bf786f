"""Record who is really in a group."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.group import NOT_CARRIED_OUT, Group
from wxadmin.files import reason_of
from wxadmin.services.group_endings import GroupEndings
from wxadmin.services.group_members import GroupMembers, Moved
from wxadmin.services.groups import Groups
from wxadmin.services.member_names import people_of_list
from wxadmin.services.membership_picture import GONE_STATES, Picture
from wxadmin.services.outsiders import Outsiders, told_of
from wxadmin.services.people import person_called
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import Call, Outcome

HELP = "登记实际入群、退群的人；刚建的空群用 new，整份名单用 all，认人用 who"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("group", metavar="GROUP", help="群编号、名称或别名")
    parser.add_argument(
        "move",
        choices=("in", "out", "new", "all", "who"),
        help="入群、退群、空群、全名单、认出名单里的人",
    )
    parser.add_argument("people", nargs="*", metavar="EMP_NO")
    parser.add_argument(
        "--names", type=Path, metavar="FILE", help="名单文件，一行一人（工号、姓名或群昵称）"
    )
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--reason", default="", metavar="R")
    parser.add_argument(
        "--external",
        action="append",
        default=[],
        metavar="NAME[@ORG[/WHO]]",
        help="外部人员：姓名@单位/谁拉入的",
    )


def run(call: Call) -> Outcome:
    """Record joins or leaves as one operation."""
    words = call.words
    with closing(call.open(True)) as workplace:
        group = Groups(workplace).find(words.group)
        members = GroupMembers(workplace)
        if words.move == "new":
            moved = Moved((), (), (), members.declare_new(group, on=words.on))
            return _outcome(moved, group.name, Picture(workplace))
        if not (words.people or words.external or words.names):
            raise UserError(
                "请写明是谁：工号、--names 名单文件，或 --external 外部人员姓名。", "wrong_words"
            )
        picture = Picture(workplace)
        if words.move == "who":
            return _identified(workplace, group, picture, words)
        ids = [person_called(workplace, key).id for key in words.people]
        ids += _listed(words.names, picture) if words.names else []
        if group.state in GONE_STATES and words.move in {"in", "all"}:
            return _seen_again(workplace, group, ids, picture, words)
        if words.move == "all":
            moved = members.capture(group, ids, picture, outsiders=words.external, on=words.on)
            return _outcome(moved, group.name, picture)
        act = members.join if words.move == "in" else members.leave
        moved = act(group, ids, picture, on=words.on, reason=words.reason, outsiders=words.external)
        return _outcome(moved, group.name, picture)


def _identified(workplace: Workplace, group: Group, picture: Picture, words: Any) -> Outcome:
    """Say who a name of the group's list is: one of the people, or of another company."""
    if len(words.external) != 1 or len(words.people) > 1:
        raise UserError(
            "认人请写明是名单里的哪个名字和他的工号：who 工号 --external 名字；"
            "是外部人员的不写工号，写 --external 名字@单位/谁拉入的。没有改动。",
            "wrong_words",
        )
    told = told_of(words.external[0])
    if words.people:
        person = person_called(workplace, words.people[0])
        operation = GroupMembers(workplace).identify(group, told.name, person.id, picture)
        return Outcome(
            {"group": group.name, "external": told.name, "emp_no": person.emp_no,
             "operation": operation},
            [f"“{group.name}”里的“{told.name}”是{person.name}（{person.emp_no}）。"],
        )  # fmt: skip
    operation = Outsiders(workplace).mark(group, told, picture)
    return Outcome(
        {"group": group.name, "external": told.name, "org": told.org, "operation": operation},
        [f"“{group.name}”里的“{told.name}”是外部人员（{told.org}）。"],
    )


def _seen_again(
    workplace: Workplace, group: Group, ids: list[int], picture: Picture, words: Any
) -> Outcome:
    """Record members of a group that was dissolved: it is open again as 解散未落实."""
    operation = GroupEndings(workplace).seen_again(
        group, ids, picture, outsiders=words.external, on=words.on, whole=words.move == "all"
    )
    moved = Moved(tuple(ids), (), (), operation)
    found = _outcome(moved, group.name, picture)
    data = {**found.data, "state": NOT_CARRIED_OUT}
    return Outcome(data, [f"“{group.name}”登记过{group.state}，现改为{NOT_CARRIED_OUT}。"])


def _listed(path: Path, picture: Picture) -> list[int]:
    """Read a list of names; refuse lines that mean nobody or more than one."""
    lines = _text_of(path).splitlines()
    ids, doubtful = [], []
    for named in people_of_list(lines, picture):
        if named.person is not None:
            ids.append(named.person.id)
        else:
            who = "、".join(f"{p.emp_no} {p.org_unit}" for p in named.candidates)
            doubtful.append(f"{named.line}：{who or '查无此人'}")
    if doubtful:
        raise UserError(
            f"名单里有{len(doubtful)}行认不出是谁，没有登记。请改成工号，外部人员用 --external。",
            "disputed",
            tuple(doubtful),
        )
    return ids


def _text_of(path: Path) -> str:
    """Read a text file as an editor wrote it: UTF-8, or else GBK."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(f"读不了名单文件“{path}”（{reason_of(error)}）。", "unreadable") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UserError(f"名单文件“{path}”不是文本。应为文本文件，一行一人。", "unreadable")


def _outcome(moved: Moved, group: str, picture: Picture) -> Outcome:
    def people(ids: tuple[int, ...]) -> list[dict[str, Any]]:
        found = [picture.person(person_id) for person_id in ids]
        return [{"emp_no": person.emp_no, "name": person.name} for person in found]

    data = {
        "group": group,
        "joined": len(moved.joined),
        "left": len(moved.left),
        "joined_people": people(moved.joined),
        "left_people": people(moved.left),
        "unchanged": people(moved.unchanged),
        "operation": moved.operation,
    }
    lines = [f"“{group}”：入群 {len(moved.joined)} 人，退群 {len(moved.left)} 人"]
    if moved.unchanged:
        names = "、".join(str(one["name"]) for one in people(moved.unchanged))
        lines.append(f"没有变化：{names}")
    return Outcome(data, lines)

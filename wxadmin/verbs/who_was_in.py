"""Say who was in a group at any time of a period, with first and last proof."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path

from wxadmin.services.group_presence import GroupPresence
from wxadmin.services.groups import Groups
from wxadmin.verbs.call import Call, Outcome, Table

HELP = "某段时间里谁在某个群（能看到群消息），首末凭据各是什么"
HEADS = ("工号", "姓名", "部门", "结论", "首次凭据", "最后凭据", "退群")


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("group", metavar="GROUP", help="群编号、名称或别名")
    parser.add_argument(
        "--from", dest="from_on", type=date.fromisoformat, required=True, metavar="DATE"
    )
    parser.add_argument(
        "--to", dest="to_on", type=date.fromisoformat, required=True, metavar="DATE"
    )
    parser.add_argument("--out", type=Path, metavar="FILE.pdf", help="打印成一页 A4")


def run(call: Call) -> Outcome:
    """List them; with --out on paper as well."""
    words = call.words
    with closing(call.open(False)) as workplace:
        presence = GroupPresence(workplace)
        found = presence.between(Groups(workplace).find(words.group), words.from_on, words.to_on)
        pages = None
        if words.out is not None:
            printing = call.printing()
            printing.ensure_application()
            title = f"{found.group.name}在群人员"
            pages = printing.write_pdf(
                presence.pages(found, printing.measure), words.out, title=title
            )
    data = {
        "group": found.group.name,
        "group_no": found.group.group_no,
        "from": found.from_on,
        "to": found.to_on,
        "people": [asdict(one) for one in found.people],
        "owners": list(found.owners),
        "lists": list(found.lists),
        "note": found.honest,
        "file": words.out,
        "pages": pages,
    }
    rows = [
        (p.emp_no, p.name, p.org_unit, p.verdict, p.first_proof, p.last_proof, p.left_on)
        for p in found.people
    ]
    lines = Table(HEADS, list(rows)).lines() if rows else []
    return Outcome(data, [*lines, f"共 {len(rows)} 人", found.honest])

"""Draw up one order sheet per group owner: whom to add, whom to remove, why."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Order
from wxadmin.services.group_duties import Duties
from wxadmin.services.groups import Groups
from wxadmin.services.history import History
from wxadmin.services.membership_picture import Picture
from wxadmin.services.order_drafts import ADD, LOOK, REMOVE, Draft
from wxadmin.services.order_paper import OrderPaper
from wxadmin.services.order_sheet import OrderView
from wxadmin.services.orders import Orders
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.call import Call, Outcome

HELP = "给各群群主开调整通知单：加谁、移谁、为什么（不写 --out 只看不开）"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("--group", metavar="G", help="只开这个群的")
    parser.add_argument("--out", type=Path, metavar="DIR", help="通知单放在哪个文件夹")
    parser.add_argument("--xlsx", action="store_true", help="存成表格，不存成 PDF")


def run(call: Call) -> Outcome:
    """Show what is to be done; with --out issue the orders and write their sheets."""
    words = call.words
    if words.out is not None:
        _make_folder(words.out)
    with closing(call.open(words.out is not None)) as workplace:
        group = Groups(workplace).find(words.group) if words.group else None
        picture = Picture(workplace)
        duties = Duties(workplace, picture)
        orders = Orders(workplace)
        drafts = orders.drafts(picture, duties, group)
        issued: Sequence[Order | None] = [None] * len(drafts)
        files: dict[int, Path] = {}
        if words.out is not None:
            with _taken_back_without_paper(workplace, files):
                issued = orders.issue(drafts, None if group is None else {group.id})
                views = {view.order.id: view for view in orders.all(only_open=True)}
                wanted = [views[order.id] for order in issued if order is not None]
                _write(call, workplace, wanted, picture, duties, files)
    found = [
        _plain(draft, order, files.get(order.id) if order else None)
        for draft, order in zip(drafts, issued, strict=True)
    ]
    return Outcome({"orders": found}, [_line(one) for one in found] or ["各群都没有要调整的人。"])


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"不能建文件夹“{folder}”，没有开单。请换一个可写的位置。", "read_only"
        ) from error


@contextmanager
def _taken_back_without_paper(workplace: Workplace, files: dict[int, Path]) -> Iterator[None]:
    """Take the orders back where a sheet cannot be written: no order without its paper."""
    before = workplace.journal.count()
    try:
        yield
    except BaseException:
        for path in files.values():
            with suppress(OSError):
                path.unlink(missing_ok=True)
        if workplace.journal.count() > before:
            History(workplace).undo()
        raise


def _write(
    call: Call,
    workplace: Workplace,
    views: Sequence[OrderView],
    picture: Picture,
    duties: Duties,
    files: dict[int, Path],
) -> None:
    """Write every order to a file of its own; `files` names those that are written."""
    paper, folder = OrderPaper(workplace), call.words.out
    printing = None if call.words.xlsx else call.printing()
    if printing is not None:
        printing.ensure_application()
    for view in views:
        stem = _NOT_IN_NAMES.sub("_", f"{view.order.number} {view.group.name}")
        if printing is None:
            path = folder / f"{stem}.xlsx"
            paper.workbook([view], picture, path)
        else:
            path = folder / f"{stem}.pdf"
            pages = paper.pages([view], picture, duties, printing.measure)
            printing.write_pdf(pages, path, title=stem)
        files[view.order.id] = path


def _plain(draft: Draft, order: Order | None, file: Path | None) -> dict[str, Any]:
    owner = draft.owner
    return {
        "number": order.number if order else None,
        "group": draft.group.name,
        "group_no": draft.group.group_no,
        "owner": {"kind": owner.kind, "emp_no": owner.emp_no, "name": owner.name},
        "add": _people(draft, ADD),
        "remove": _people(draft, REMOVE),
        "check": _people(draft, LOOK),
        "basis": draft.basis,
        "due_on": draft.due_on,
        "members_after": draft.expected,
        "file": file,
    }


def _people(draft: Draft, action: str) -> list[dict[str, Any]]:
    return [
        {
            "emp_no": line.emp_no,
            "name": line.name,
            "reason": line.reason,
            **({"in_directory": line.ready} if action == ADD else {}),
        }
        for line in draft.of(action)
    ]


def _line(one: dict[str, Any]) -> str:
    deeds = [
        f"{word}{len(one[key])}人"
        for word, key in (("加", "add"), ("移出", "remove"), ("核对", "check"))
        if one[key]
    ]
    to = one["owner"]["name"] or "无群主"
    return f"{one['number'] or '（未开单）'}　{one['group']}（{to}）：{'、'.join(deeds)}"

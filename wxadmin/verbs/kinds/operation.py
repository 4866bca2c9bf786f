"""The journal's acts for `list` and `show`: what each changed, record by record, in words."""

from __future__ import annotations

from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.search import SearchIndex, search_line
from wxadmin.services.history import History, JournalLine
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds.written import is_id

HEADS = {
    "id": "步",
    "on": "日期",
    "by": "经办",
    "title": "做了什么",
    "changes": "改动",
    "source": "来源",
    "undone_by": "已撤销于",
}
LABELS = {**HEADS, "records": "改动了"}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return every act, the newest first."""
    lines = [row_of(line) for line in History(workplace).lines()]
    if not search:
        return lines
    texts = (
        (place, search_line(str(line["id"]), line["by"], line["title"], line["source"]))
        for place, line in enumerate(lines)
    )
    return [lines[place] for place in SearchIndex(texts).find(search)]


def row_of(line: JournalLine) -> dict[str, Any]:
    """Return an act as one line of the journal."""
    done = line.operation
    return {
        "id": done.id,
        "at": done.at,
        "on": done.on,
        "by": done.by,
        "title": done.title,
        "source": done.source,
        "changes": done.entries,
        "undoes": done.undoes,
        "undone_by": line.undone_by,
    }


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one act by its number, with what it changed."""
    if not is_id(key):
        raise UserError(f"操作用日志里的步号指明，“{key}”不是步号。", "no_operation")
    history = History(workplace)
    records = [
        {
            "sign": line.sign,
            "record": line.what,
            "fields": [
                {"label": field.label, "old": field.old, "new": field.new} for field in line.fields
            ],
        }
        for line in history.of_operation(int(key))
    ]
    line = next(line for line in history.lines() if line.operation.id == int(key))
    return {**row_of(line), "records": records}

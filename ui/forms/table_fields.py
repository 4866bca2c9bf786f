"""Lists inside a form (accounts, groups, numbers to hand over), one line of words each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wxadmin.services.form_facts import table_rows, table_text


@dataclass(frozen=True, slots=True)
class ListShape:
    """How one list is typed: the words that are known, then those she may change."""

    known: Sequence[str]
    typed: Sequence[str]
    hint: str


SHAPES: Mapping[str, ListShape] = {
    "accounts": ListShape(
        ("account_no", "account"), ("action", "receiver"),
        "每行一个账号；最后写去向（注销、回收、转交），转交再写接收人",
    ),
    "owned_groups": ListShape(
        ("group", "role"), ("successor",), "每行一个群；最后写接任人（姓名或工号）"
    ),
    "admin_numbers": ListShape(
        ("seq", "mobile"), ("receiver",), "每行一个号；最后写接收人（姓名或工号）"
    ),
}  # fmt: skip


def shown_list(name: str, kept: str) -> str:
    """The list as lines: 00017　wangli　注销."""
    shape = SHAPES.get(name)
    if shape is None:
        return kept
    keys = (*shape.known, *shape.typed)
    rows = table_rows(kept)
    return "\n".join("　".join(row[key] for key in keys if row.get(key)) for row in rows)


def kept_list(name: str, kept: str, typed: str) -> str:
    """What is kept after she edited the lines; a line taken out is taken off the list."""
    shape = SHAPES.get(name)
    if shape is None:
        return typed
    lines = [line.split() for line in typed.splitlines() if line.strip()]
    rows = []
    for row in table_rows(kept):
        known = [row[key] for key in shape.known if row.get(key)]
        found = next((words for words in lines if words[:1] == known[:1]), None)
        if found is not None:
            rest = [word for word in found if word not in known]
            rows.append({**row, **dict.fromkeys(shape.typed, ""), **dict(
                zip(shape.typed, rest, strict=False))})  # fmt: skip
    return table_text(rows)

"""Lists inside a form (accounts, groups, numbers to hand over), one line of words each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wxadmin.domain.form_definition import FormField
from wxadmin.domain.phones import with_spaced_phones, with_whole_phones
from wxadmin.services.form_facts import table_rows, table_text


@dataclass(frozen=True, slots=True)
class ListShape:
    """How one list is typed: the words that are known, then those she may change."""

    known: Sequence[str]
    typed: Sequence[str]
    hint: str
    grows: bool = False  # further lines may be added, by their first word


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


BETWEEN = "　"
PEOPLE = ("emp_no",)
"""Lists whose lines begin so may be added to."""
_WORDS = {
    "name": "姓名", "emp_no": "工号", "post": "部门和岗位", "reason": "原因", "result": "处理结果",
    "successor": "接任人", "mobile": "手机", "basis": "任命依据",
}  # fmt: skip


def shape_of(field: FormField) -> ListShape | None:
    """How a form's list is typed: as its definition says, else as we know it."""
    if not field.typed:
        return SHAPES.get(field.name)
    words = "、".join(_WORDS.get(key, key) for key in field.typed)
    each = "最后写" if field.known else "依次写"
    hint = f"每行一个；{each}{words}，中间空一格"
    if field.known[:1] == PEOPLE:
        return ListShape(field.known, field.typed, f"{hint}；要加人，另起一行写工号", True)
    return ListShape(field.known, field.typed, hint)


def shown_list(shape: ListShape | None, kept: str) -> str:
    """The list as lines: 00017　wangli　注销."""
    if shape is None:
        return kept
    keys = (*shape.known, *shape.typed)
    return "\n".join(
        BETWEEN.join(with_spaced_phones(row[key]) for key in keys if row.get(key))
        for row in table_rows(kept)
    )


def kept_list(shape: ListShape | None, kept: str, typed: str) -> str:
    """What is kept after she edited the lines; a line taken out is taken off the list.

    A list of which nothing is known beforehand is what she typed, a row a line.
    """
    if shape is None:
        return typed
    lines = [line.strip() for line in with_whole_phones(typed).splitlines() if line.strip()]
    if not shape.known:
        return table_text([_row(shape.typed, line) for line in lines])
    rows = []
    for row in table_rows(kept):
        known = [row[key] for key in shape.known if row.get(key)]
        rest = _rest(lines, known)
        if rest is not None:
            rows.append({**row, **dict.fromkeys(shape.typed, ""), **_row(shape.typed, rest)})
    if shape.grows:
        there = {row.get(shape.known[0], "") for row in table_rows(kept)}
        first = [line.split()[0] for line in lines]
        rows += [{shape.known[0]: word} for word in dict.fromkeys(first) if word not in there]
    return table_text(rows)


def _row(keys: Sequence[str], line: str) -> dict[str, str]:
    """The words of a line by their columns; the last column takes all that is left."""
    words = line.split(maxsplit=len(keys) - 1)
    return {key: word.strip() for key, word in zip(keys, words, strict=False)}


def _rest(lines: Sequence[str], known: Sequence[str]) -> str | None:
    """What stands behind the known words of a line; None where she took the line out."""
    whole = BETWEEN.join(known)
    for line in lines:
        if line == whole or line.startswith((f"{whole} ", f"{whole}{BETWEEN}")):
            return line[len(whole) :].strip()
    words = next((line.split() for line in lines if line.split()[:1] == known[:1]), None)
    return None if words is None else " ".join(word for word in words if word not in known)

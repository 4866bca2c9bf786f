"""Posts for `list`, `show` and `set`: `set position 班长 rank=班组长`."""

from __future__ import annotations

from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.services.organisation import Organisation, PostLine
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds.written import check_fields

HEADS = {"name": "岗位", "rank": "职务级别", "people": "在职人数"}
LABELS = {**HEADS, "operation": "日志第几步"}


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return every post; those without a rank come first."""
    lines = [_row(line) for line in Organisation(workplace).posts()]
    return [x for x in lines if search in f"{x['name']}{x['rank']}"]


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one post by its name."""
    return _row(_called(workplace, key))


def _called(workplace: Workplace, key: str) -> PostLine:
    for line in Organisation(workplace).posts():
        if line.post.name == key:
            return line
    raise UserError(f"没有叫“{key}”的岗位，没有改动。", "no_post")


def _row(line: PostLine) -> dict[str, Any]:
    return {"name": line.post.name, "rank": line.post.rank, "people": line.people}


def change(workplace: Workplace, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Say which rank it counts as."""
    check_fields(fields, ("rank",), "岗位")
    post = _called(workplace, key).post
    operation = Organisation(workplace).set_rank(post.id, fields["rank"])
    return {**one(workplace, key), "operation": operation}

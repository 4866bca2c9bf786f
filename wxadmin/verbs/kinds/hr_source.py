"""HR sources for `list`, `show` and `set`: contact, due day, units, in use or not."""

from __future__ import annotations

from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.services.imports import Imports
from wxadmin.services.organisation import Organisation, SourceLine
from wxadmin.services.units import unit_called
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds.written import check_fields, read_list, read_yes

HEADS = {
    "name": "人事来源",
    "contact": "联系人",
    "due_day": "交付日",
    "covers": "覆盖单位",
    "people": "在职人数",
    "active": "在用",
}
LABELS = {**HEADS, "operation": "日志第几步"}
FIELDS = ("name", "contact", "due_day", "covers", "active", "new", "no_leavers")


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return every HR source, those retired last."""
    lines = [_row(line) for line in Organisation(workplace).sources()]
    return [x for x in lines if search in f"{x['name']}{x['contact']}{x['covers']}"]


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one HR source by its name."""
    return _row(_called(workplace, key))


def _called(workplace: Workplace, key: str) -> SourceLine:
    lines = Organisation(workplace).sources()
    found = next((line for line in lines if line.source.name == key), None)
    if found is None:
        known = "、".join(line.source.name for line in lines)
        raise UserError(f"没有叫“{key}”的人事来源，没有改动。现有：{known}。", "no_source")
    return found


def _row(line: SourceLine) -> dict[str, Any]:
    return {
        "name": line.source.name,
        "contact": line.source.contact,
        "due_day": line.due_day,
        "covers": list(line.covers),
        "people": line.people,
        "active": line.source.active,
    }


def change(workplace: Workplace, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Change a source, take it out of use (`active=否`), or make one (`new=是`).

    `no_leavers=2026-10` records that nobody of its units left in that month.
    """
    check_fields(fields, FIELDS, "人事来源")
    organisation = Organisation(workplace)
    source = None if fields.get("new") else _called(workplace, key).source
    if set(fields) == {"active"} and source is not None:
        active = read_yes("active", fields["active"])
        operation = organisation.retire_source(source.id, active)
        return {**one(workplace, key), "operation": operation}
    if set(fields) == {"no_leavers"} and source is not None:
        operation = Imports(workplace).record_no_leavers(key, fields["no_leavers"])
        return {**one(workplace, key), "operation": operation}
    if "no_leavers" in fields:
        raise UserError("登记无离职请单独写：no_leavers=年-月。没有改动。", "wrong_words")
    if "active" in fields:
        raise UserError("停用、启用请单独写：active=否。没有改动。", "wrong_words")
    operation = organisation.save_source(
        source.id if source else None,
        name=fields.get("name", key),
        contact=fields.get("contact", source.contact if source else ""),
        due_day=_day(fields, source.due_day if source else None),
        covers=_covers(workplace, fields, source.covers if source else ()),
    )
    return {**one(workplace, fields.get("name", key)), "operation": operation}


def _day(fields: dict[str, str], before: int | None) -> int | None:
    text = fields.get("due_day")
    if text is None:
        return before
    if text and not text.isdigit():
        raise UserError("due_day 应是1到28之间的整数，没有改动。", "bad_day")
    return int(text) if text else None


def _covers(
    workplace: Workplace, fields: dict[str, str], before: tuple[int, ...]
) -> tuple[int, ...]:
    if "covers" not in fields:
        return before
    tree = workplace.units()
    return tuple(unit_called(tree, name).id for name in read_list(fields["covers"]))

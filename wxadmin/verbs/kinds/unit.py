"""Units for `list`, `show` and `set`: `set unit 莆田二厂 name=莆田第二厂`."""

from __future__ import annotations

from typing import Any

from wxadmin.services.organisation import Organisation, UnitLine
from wxadmin.services.units import unit_called
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds.written import check_fields, read_list, read_yes

HEADS = {
    "path": "单位",
    "aliases": "别名",
    "support": "支持部门",
    "source": "人事来源",
    "people": "在职人数",
}
LABELS = {**HEADS, "name": "名称", "unit_kind": "类型", "operation": "日志第几步"}
FIELDS = ("name", "aliases", "support")


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return every unit in use, each above those below it."""
    lines = [_row(line) for line in Organisation(workplace).units()]
    return [x for x in lines if search in f"{x['path']}{x['aliases']}{x['source']}"]


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one unit by its name, alias or path."""
    unit = unit_called(workplace.units(), key)
    lines = Organisation(workplace).units()
    return next(_row(line) for line in lines if line.unit.id == unit.id)


def _row(line: UnitLine) -> dict[str, Any]:
    return {
        "path": line.path,
        "name": line.unit.name,
        "unit_kind": line.unit.unit_kind,
        "aliases": list(line.unit.aliases),
        "support": line.unit.support,
        "source": line.source,
        "people": line.people,
    }


def change(workplace: Workplace, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Name a unit anew (the old name stays an alias), set its aliases or 支持部门."""
    check_fields(fields, FIELDS, "单位")
    unit = unit_called(workplace.units(), key)
    aliases = read_list(fields["aliases"]) if "aliases" in fields else unit.aliases
    operation = Organisation(workplace).change_unit(
        unit.id,
        name=fields.get("name", unit.name),
        aliases=aliases,
        support=read_yes("support", fields["support"]) if "support" in fields else unit.support,
    )
    path = workplace.units().text(unit.id)
    return {**one(workplace, path), "operation": operation}

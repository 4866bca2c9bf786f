"""Exceptions (特批, 借调, 兼任) for `list`, `show` and `set`.

`set exception E00012 group=莆田二厂 in=是 by=事业部总监 until=2026-12-31` grants 特批,
`unit=莆田二厂 until=…` is 借调, `post=副经理` (with `unit=…` or without) is 兼任;
`set exception 借调:3 end=2026-11-30` ends one (its last day).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.domain.search import SearchIndex, search_line
from wxadmin.services.exceptions import EXTRA_POST, LOAN, SPECIAL, Exceptions, Granted
from wxadmin.services.groups import Groups
from wxadmin.services.people import person_called
from wxadmin.services.units import unit_called
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds.written import check_fields, read_date, read_yes

HEADS = {
    "key": "编号",
    "emp_no": "工号",
    "name": "姓名",
    "what": "例外",
    "group": "群组",
    "basis": "依据",
    "from_on": "起",
    "until": "止",
    "in_force": "有效",
}
FIELDS = ("group", "in", "by", "unit", "post", "from", "until", "reason", "basis", "end")


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return every exception, those in force first, the soonest to end before."""
    lines = [row_of(one) for one in Exceptions(workplace).all()]
    if not search:
        return lines
    texts = (
        (place, search_line(*(str(value or "") for value in line.values())))
        for place, line in enumerate(lines)
    )
    return [lines[place] for place in SearchIndex(texts).find(search)]


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one exception by its number (特批:3), or all of a person."""
    if ":" in key.replace("：", ":"):
        for line in rows(workplace, ""):
            if line["key"] == key.replace("：", ":"):
                return line
        raise UserError(f"没有编号为“{key}”的例外。", "no_exception")
    person = person_called(workplace, key)
    found = Exceptions(workplace).all(employee_id=person.id)
    return {
        "emp_no": person.emp_no,
        "name": person.name,
        "exceptions": [row_of(each) for each in found],
    }


def row_of(one: Granted) -> dict[str, Any]:
    """Return an exception as one line."""
    plain = asdict(one)
    for name in ("id", "employee_id"):
        del plain[name]
    return {"key": f"{one.kind}:{one.id}", **plain}


def change(workplace: Workplace, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Grant an exception to a person, or end one."""
    check_fields(fields, FIELDS, "例外")
    key = key.replace("：", ":")
    if "end" in fields:
        kind, _, number = key.partition(":")
        if kind not in (SPECIAL, LOAN, EXTRA_POST) or not number.isdigit():
            raise UserError("结束例外要写编号，如 借调:3；编号见 list exceptions。", "bad_value")
        day = read_date("end", fields["end"])
        operation = Exceptions(workplace).end(kind, int(number), on=day)
        return {**one(workplace, key), "operation": operation}
    person = person_called(workplace, key)
    _grant(workplace, person, fields)
    latest = workplace.journal.operations(1)
    return {**one(workplace, person.emp_no), "operation": latest[-1].id}


def _grant(workplace: Workplace, person: Employee, fields: dict[str, str]) -> None:
    exceptions = Exceptions(workplace)
    start = read_date("from", fields.get("from", ""))
    until = read_date("until", fields.get("until", ""))
    basis = fields.get("basis", "")
    if "group" in fields:
        exceptions.grant(
            person,
            Groups(workplace).find(fields["group"]),
            allowed=read_yes("in", fields.get("in", "是")),
            granted_by=fields.get("by", ""),
            until=until,
            from_on=start,
            reason=fields.get("reason", ""),
        )
    elif "post" in fields:
        unit = unit_called(workplace.units(), fields["unit"]) if fields.get("unit") else None
        exceptions.add_post(
            person, unit=unit, position=fields["post"], from_on=start, until=until, basis=basis
        )
    elif "unit" in fields:
        if until is None:
            raise UserError("借调要写到哪天为止（until=2026-12-31），没有登记。", "bad_value")
        exceptions.second(
            person,
            unit_called(workplace.units(), fields["unit"]),
            until,
            from_on=start,
            basis=basis,
        )
    else:
        raise UserError(
            "请写明：特批写 group=，借调写 unit=，兼任写 post=，没有登记。", "bad_value"
        )

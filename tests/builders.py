"""Offices and people for tests: real registers in a temporary folder, with sensible defaults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from wxadmin.bootstrap import create_workplace
from wxadmin.domain.change import AnyChange, Change, Record
from wxadmin.domain.organisation import OrgUnit, Position
from wxadmin.domain.person import Employee
from wxadmin.services.setup import Setup
from wxadmin.services.workplace import Workplace

TODAY = date(2026, 11, 20)
COMPANY = "东南事业部"


def register_at(folder: Path) -> str:
    """Return where the register of a test lies."""
    return str(folder / "登记库.db")


def office(folder: Path, *, clock: Callable[[], date] = lambda: TODAY) -> Workplace:
    """Make a register filled from the southeast pack, empty of people. Close it yourself."""
    workplace = create_workplace(register_at(folder), by="测试", clock=clock)
    Setup(workplace).from_pack("southeast", company_name=COMPANY)
    return workplace


def write(workplace: Workplace, *records: Record, title: str = "准备") -> None:
    """Put records into the register as they stand, as one act."""
    changes: list[AnyChange] = [Change(None, record) for record in records]
    with workplace.act(title) as operation:
        operation.write(changes)


def unit_called(workplace: Workplace, name: str) -> OrgUnit:
    """Return the unit of that name or alias."""
    return workplace.units().called(name)[0]


def position_called(workplace: Workplace, name: str, rank: str = "") -> Position:
    """Return the post of that name; make it where the pack does not know it."""
    found = workplace.store.find(Position, name=name)
    if found:
        return found[0]
    post = Position(workplace.store.ids().next(Position), name, rank)
    write(workplace, post)
    return post


def person(
    workplace: Workplace,
    emp_no: str = "00012",
    name: str = "林国栋",
    *,
    unit: str = "莆田一厂",
    position: str = "操作工",
    rank: str = "员工",
    **fields: object,
) -> Employee:
    """Put one person into the register and return the record."""
    values: dict[str, object] = {
        "org_unit_id": unit_called(workplace, unit).id,
        "position_id": position_called(workplace, position, rank).id,
        "employment_type": "合同工",
        "mobile": f"1380595{int(''.join(filter(str.isdigit, emp_no)) or 0):04d}",
        "hire_date": date(2020, 3, 1),
        **fields,
    }
    employee = Employee(workplace.store.ids().next(Employee), emp_no, name, **values)  # type: ignore[arg-type]
    write(workplace, employee, title=f"登记人员：{name}")
    return employee

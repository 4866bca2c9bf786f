"""HR's files for the imports desk, made from the people of the sample office."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace
from wxadmin.sheets.writing import write_table

ROSTER = ("工号", "姓名", "部门", "岗位", "手机", "入职日期")
LEAVERS = ("工号", "姓名", "部门", "离职日期", "离职类型")


def people_of(workplace: Workplace, unit: str) -> list[Employee]:
    """Who serves in a unit, in the order of their numbers."""
    tree = workplace.units()
    found = [
        person
        for person in workplace.store.all(Employee)
        if person.leave_date is None and tree.text(person.org_unit_id).split("/")[0] == unit
    ]
    return sorted(found, key=lambda person: person.emp_no)


def unnamed_twice(workplace: Workplace, people: list[Employee]) -> list[Employee]:
    """Those whose name nobody else has."""
    names = Counter(person.name for person in workplace.store.all(Employee))
    return [person for person in people if names[person.name] == 1]


def namesake(workplace: Workplace, people: list[Employee]) -> Employee:
    """Somebody whose name others have as well."""
    names = Counter(person.name for person in workplace.store.all(Employee))
    return next(person for person in people if names[person.name] > 1)


def roster_row(workplace: Workplace, person: Employee, **other: str) -> list[str]:
    """A person as HR's roster has him; `other` are cells that differ, by heading."""
    post = workplace.positions()[person.position_id].name
    row = dict(
        zip(
            ROSTER,
            (
                person.emp_no,
                person.name,
                workplace.units().text(person.org_unit_id),
                post,
                person.mobile,
                str(person.hire_date),
            ),
            strict=True,
        )
    )
    return list((row | other).values())


def roster_file(path: Path, rows: list[list[str]], headings: tuple[str, ...] = ROSTER) -> Path:
    """Write a roster."""
    write_table(path, "在册", headings, rows)
    return path


def leavers_file(workplace: Workplace, path: Path, *, eight: bool = True) -> Path:
    """A leaver list of 8 people of the sales units: 6 known, one namesake, one unknown."""
    ours = people_of(workplace, "销售部门")
    tree = workplace.units()
    rows: list[list[str | None]] = [
        [one.emp_no, one.name, tree.text(one.org_unit_id), "2026-11-18", "辞职"]
        for one in unnamed_twice(workplace, ours)[: 6 if eight else 2]
    ]
    if eight:
        twin = namesake(workplace, ours)
        rows.append([None, twin.name, tree.text(twin.org_unit_id), "2026-11-19", "辞职"])
        rows.append([None, "欧阳不在册", "销售部门", "2026-11-20", "辞职"])
    write_table(path, "离职", LEAVERS, rows)
    return path

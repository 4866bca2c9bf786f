"""The list on a form for many: a row for each person, completed by what the roster knows."""

from __future__ import annotations

from collections.abc import Sequence

from wxadmin.domain.person import Employee
from wxadmin.services.form_facts import Draftee, FormFacts, table_rows
from wxadmin.services.workplace import Workplace

FEW_NAMES = 2
KNOWN_LABELS = {
    "emp_no": "工号",
    "name": "姓名",
    "dept": "部门（班组）",
    "position": "职务（岗位）",
    "mobile": "手机号码",
}
"""What the keys of the list are called where people fill it in."""
Row = dict[str, str]


def row_of(person: Employee, facts: FormFacts) -> Row:
    """Return the line of a person."""
    draftee = Draftee(person, None, facts.default_type())
    return {
        "emp_no": person.emp_no,
        "name": person.name,
        "unit": facts.unit(draftee),
        "dept": facts.department(draftee),
        "position": facts.position(draftee),
        "mobile": person.mobile,
        "employment_type": person.employment_type,
        "result": "",
    }


def rows_of_people(workplace: Workplace, text: str) -> list[Row]:
    """Return a list as it was typed, completed with what the roster knows of each."""
    typed = table_rows(text)
    numbers = {row.get("emp_no", "") for row in typed} - {""}
    known = {one.emp_no: one for one in workplace.store.find(Employee, emp_no=numbers)}
    facts = FormFacts(workplace)
    rows = []
    for row in typed:
        person = known.get(row.get("emp_no", ""))
        own = row_of(person, facts) if person is not None else {}
        rows.append({**own, **{key: value for key, value in row.items() if value}})
    return rows


def names_of(rows: Sequence[Row]) -> str:
    """Return how a list of people is called: 王小明等60人."""
    names = [row.get("name", "") for row in rows]
    return "、".join(names) if len(names) <= FEW_NAMES else f"{names[0]}等{len(names)}人"

"""People: finding one by what she would type, and correcting what HR got wrong."""

from __future__ import annotations

from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace


def person_called(workplace: Workplace, key: str) -> Employee:
    """Return the person with that 工号 (or 临-number, or a name nobody else has).

    Raises `UserError` where nobody or more than one fits; two plants may both number from 1.
    """
    found = workplace.store.find(Employee, emp_no=key) or workplace.store.find(Employee, name=key)
    if not found:
        raise UserError(f"没有工号或姓名为“{key}”的人。请用工号再试。", "no_person")
    if len(found) > 1:
        units = workplace.units()
        who = tuple(f"{p.emp_no} {p.name} {units.text(p.org_unit_id)}" for p in found)
        raise UserError(
            f"“{key}”有 {len(found)} 个人，请用“来源:工号”指明是哪一位。", "ambiguous", who
        )
    return found[0]

"""The columns of 人员, and how a person's state and department are shown."""

from __future__ import annotations

from ui.shared.columns import Cell, Column, Person, State
from ui.shared.person_lines import department
from ui.shared.text import spaced_phone
from wxadmin.domain.person import IN_SERVICE, LEAVING, LEFT, NOT_YET
from wxadmin.services.people import PersonLine

_MARKS = {IN_SERVICE: "tick", NOT_YET: "plus", LEAVING: "due", LEFT: "stopped"}


def standing_mark(standing: str) -> str:
    """The mark of a state; 产假, 停薪留职 and the like stay, so they wait."""
    return _MARKS.get(standing, "waiting")


def _contract(row: PersonLine) -> Cell:
    """The kind of contract; its end behind it, where it has one."""
    return Cell(row.employment_type, note=f"至 {row.contract_end}" if row.contract_end else "")


COLUMNS = (
    Column("name", "姓名", 132, kind="person", value=lambda row: Person(row.name, row.emp_no)),
    Column("unit", "部门", 190, stretch=1, value=lambda row: department(row.org_unit)),
    Column("position", "职务", 92, tone="ink2", priority=3),
    Column("employment_type", "用工类型", 96, tone="ink2", priority=7, value=_contract),
    Column("standing", "状态", 104, kind="state",
           value=lambda row: State(standing_mark(row.standing), row.standing)),
    Column("mobile", "手机号码", 116, tone="ink2", priority=2,
           value=lambda row: spaced_phone(row.mobile)),
    Column("account", "账号", 112, tone="ink2", priority=6, expected=True),
    Column("hire_date", "入职", 96, kind="date", tone="ink2", priority=4),
    Column("leave_date", "离职", 96, kind="date", tone="ink2", priority=5),
)  # fmt: skip


def contract_text(line: PersonLine) -> str:
    """The kind of contract with its end, where it has one."""
    end = f"　合同至 {line.contract_end}" if line.contract_end else ""
    return f"{line.employment_type or '—'}{end}"

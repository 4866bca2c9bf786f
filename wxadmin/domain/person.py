"""A person on HR's roster, and the posts held beside the main one."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from wxadmin.domain.change import Record
from wxadmin.domain.frozen import dataclass

IN_SERVICE = "在职"
NOT_YET = "待入职"
LEAVING = "离职办理中"
LEFT = "已离职"
AS_FOUND = "历史导入"
AS_JOINER = "入职"


@dataclass(frozen=True, slots=True)
class Employee(Record):
    """A person (员工). `status` is what HR says while in service (在职, 产假, 停薪留职, 停职);
    whether someone has left follows from `leave_date`, on the day of asking."""

    kind: ClassVar[str] = "employee"

    emp_no: str
    name: str
    pinyin: str = ""
    hr_source_id: int | None = None
    org_unit_id: int | None = None
    position_id: int | None = None
    region: str = ""
    employment_type: str = ""
    status: str = IN_SERVICE
    entry: str = AS_FOUND
    hire_date: date | None = None
    leave_date: date | None = None
    leave_type: str = ""
    contract_end: date | None = None
    mobile: str = ""
    company_email: str = ""
    personal_wechat: str = ""
    telephone: str = ""
    id_no: str = ""
    superior: str = ""
    tags: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    remark: str = ""

    def in_service(self, on: date) -> bool:
        """Say whether the person works here on that day (hired, and not yet left)."""
        hired = self.hire_date is None or self.hire_date <= on
        return hired and not self.has_left(on)

    def has_left(self, on: date) -> bool:
        """Say whether HR's leave date has come."""
        return self.leave_date is not None and self.leave_date <= on

    def standing(self, on: date, *, offboarding_open: bool = False) -> str:
        """Return the state to show (待入职 在职 产假 停薪留职 停职 离职办理中 已离职)."""
        if self.has_left(on):
            return LEAVING if offboarding_open else LEFT
        if self.hire_date is not None and self.hire_date > on:
            return NOT_YET
        return self.status


@dataclass(frozen=True, slots=True)
class ExtraPost(Record):
    """A second post beside the main one (兼任), from–until."""

    kind: ClassVar[str] = "extra_post"

    employee_id: int
    org_unit_id: int | None
    position_id: int | None
    from_on: date
    until: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Secondment(Record):
    """A loan to another unit (借调): while it runs, the groups of both units are expected."""

    kind: ClassVar[str] = "secondment"

    employee_id: int
    org_unit_id: int
    from_on: date
    until: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class UnitRole(Record):
    """A duty somebody has for a unit (负责人, 助理, 账号联络员, 信息员 …), from–until."""

    kind: ClassVar[str] = "unit_role"

    org_unit_id: int
    employee_id: int
    role: str
    from_on: date | None = None
    until: date | None = None

"""Who left in a month, with account, groups and how far everybody is worked off (离职清单)."""

from __future__ import annotations

from datetime import date

from wxadmin.domain.group import OWNER
from wxadmin.domain.leavers import LeaverRow
from wxadmin.domain.person import Employee
from wxadmin.services.account_register import AccountRegister, AccountRow
from wxadmin.services.group_duties import Duties
from wxadmin.services.membership_picture import Picture
from wxadmin.services.people import People, PersonLine
from wxadmin.services.workplace import Workplace

LEAVERS = {
    "source": "提供人事部门",
    "name": "姓名",
    "emp_no": "工号",
    "dept": "部门",
    "position": "岗位",
    "mobile": "手机号码",
    "leave_date": "离职日期",
    "leave_kind": "离职类型",
    "account": "账号",
    "matched": "匹配方式",
    "groups": "在群数",
    "owned": "任群主数",
    "directory": "通讯录已删减",
    "disposal": "账号去向",
    "state": "办理状态",
}
"""The columns as a workbook has them."""


def leaver_rows(workplace: Workplace, month: date, source: str = "") -> list[dict[str, object]]:
    """Return who left in the month a day lies in, those of one HR department where one is named."""
    people = [
        person
        for person in People(workplace).lines()
        if person.leave_date is not None
        and (person.leave_date.year, person.leave_date.month) == (month.year, month.month)
        and source in {"", person.source}
    ]
    picture = Picture(workplace)
    duties = Duties(workplace, picture)
    accounts = {row.holder_id: row for row in AccountRegister(workplace).rows()}
    how = dict(workplace.store.columns(Employee, "id", "leave_type"))
    rows = workplace.store.columns(LeaverRow, "employee_id", "match_how")
    matched = {employee_id: words for employee_id, words in rows if employee_id is not None}
    return [
        {
            **_row(person, accounts.get(person.id), duties, picture),
            "leave_kind": how[person.id],
            "matched": matched.get(person.id, ""),
        }
        for person in people
    ]


def _row(
    person: PersonLine, account: AccountRow | None, duties: Duties, picture: Picture
) -> dict[str, object]:
    groups = sum(person.id in picture.member_ids(group_id) for group_id in picture.groups)
    owned = sum(duty.what == OWNER for duty in duties.of_person(person.id))
    return {
        "source": person.source,
        "name": person.name,
        "emp_no": person.emp_no,
        "dept": person.org_unit,
        "position": person.position,
        "mobile": person.mobile,
        "leave_date": person.leave_date,
        "account": account.wecom_userid if account else "",
        "groups": groups,
        "owned": owned,
        "directory": _deleted(account),
        "disposal": account.state if account else "无账号",
        "state": person.standing,
    }


def _deleted(account: AccountRow | None) -> str:
    """Say whether somebody is out of the address book, and since when."""
    if account is None:
        return "无账号"
    if account.in_directory:
        return "未删减"
    return f"已删减 {account.closed_on}" if account.closed_on else "已删减"

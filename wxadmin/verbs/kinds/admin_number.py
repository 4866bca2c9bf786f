"""Designated numbers (群管理号) for `list`, `show` and `set`: phone, SIM, group and custodian."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wxadmin.domain.account import AdminNumber
from wxadmin.domain.errors import UserError
from wxadmin.domain.search import SearchIndex, search_line
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_owners import GroupOwners
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.number_proofs import NumberProofs
from wxadmin.services.people import person_called
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds.written import check_fields, read_date

HEADS = {
    "seq": "序号",
    "mobile": "号码",
    "sim_registered_to": "SIM卡登记人",
    "device": "手机",
    "group": "群组",
    "custodian": "保管人",
    "custodian_from": "起",
    "state": "状态",
}
LABELS = {
    **HEADS,
    "wechat_id": "微信号",
    "enabled_on": "启用日期",
    "custodians": "历任保管人",
    "remark": "备注",
    "operation": "日志第几步",
}
TEXTS = ("mobile", "wechat_id", "sim_registered_to", "device", "state", "remark")
FIELDS = (*TEXTS, "group", "enabled_on", "custodian", "login_on", "basis", "from", "new")


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return every number with its group and custodian."""
    picture = Picture(workplace)
    duties = Duties(workplace, picture)
    found = sorted(duties.numbers.values(), key=lambda number: number.seq)
    lines = [row_of(number, duties, picture) for number in found]
    if not search:
        return lines
    index = SearchIndex(
        (line["seq"], search_line(*(str(value or "") for value in line.values()))) for line in lines
    )
    hits = set(index.find(search))
    return [line for line in lines if line["seq"] in hits]


def row_of(number: AdminNumber, duties: Duties, picture: Picture) -> dict[str, Any]:
    """Return one number as a line."""
    custodian = duties.custodian(number)
    group = picture.all_groups.get(number.group_id or 0)
    return {
        "seq": number.seq,
        "mobile": number.mobile,
        "wechat_id": number.wechat_id,
        "sim_registered_to": number.sim_registered_to,
        "device": number.device,
        "group": group.name if group else None,
        "group_no": group.group_no if group else None,
        "custodian": custodian.name or None,
        "custodian_emp_no": custodian.emp_no,
        "custodian_from": custodian.since,
        "state": number.state,
        "enabled_on": number.enabled_on,
        "remark": number.remark,
    }


def whole(
    workplace: Workplace, number: AdminNumber, duties: Duties, picture: Picture
) -> dict[str, Any]:
    """Return one number with everybody who ever kept it."""
    history = []
    for custody in GroupOwners(workplace).custodies_of(number.id):
        keeper = picture.person(custody.employee_id)
        history.append(
            {
                "emp_no": keeper.emp_no,
                "name": keeper.name,
                "from_on": custody.from_on,
                "to_on": custody.to_on,
                "basis": custody.basis,
                "login_on": custody.login_on,
            }
        )
    return {**row_of(number, duties, picture), "custodians": history}


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one number by its 序号 (or its phone number)."""
    picture = Picture(workplace)
    number = number_called(workplace, key)
    return whole(workplace, number, Duties(workplace, picture), picture)


def number_called(workplace: Workplace, key: str) -> AdminNumber:
    """Return the number of that 序号 or phone number."""
    wanted = key.strip().removesuffix("号")
    for number in workplace.store.all(AdminNumber):
        if wanted and wanted in (str(number.seq), number.mobile):
            return number
    raise UserError(f"没有序号或号码为“{key}”的群管理号。", "no_number")


def change(workplace: Workplace, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Correct a number, or hand it to another custodian (`custodian=工号 basis=交接单号`)."""
    check_fields(fields, FIELDS, "群管理号")
    owners = GroupOwners(workplace)
    if "new" in fields:
        made = owners.add_number(fields.get("mobile", ""), fields.get("sim_registered_to", ""))
        return one(workplace, str(made.seq))
    number = number_called(workplace, key)
    if "custodian" in fields:
        if set(fields) - {"custodian", "basis", "from", "login_on"}:
            raise UserError("交接和修改请分两次做，没有改动。", "bad_field")
        picture = Picture(workplace)
        operation = owners.hand_over_custody(
            number,
            person_called(workplace, fields["custodian"]),
            Duties(workplace, picture),
            on=read_date("from", fields.get("from", "")),
            basis=fields.get("basis", ""),
            login_on=read_date("login_on", fields.get("login_on", "")),
        )
    elif "login_on" in fields:
        operation = _signed_in(workplace, number, fields)
    else:
        operation = owners.edit_number(number, _edited(workplace, number, fields))
    return {**one(workplace, str(number.seq)), "operation": operation}


def _signed_in(workplace: Workplace, number: AdminNumber, fields: dict[str, str]) -> int | None:
    """Put down the day the present keeper signed in with the number."""
    day = read_date("login_on", fields["login_on"])
    if set(fields) != {"login_on"} or day is None:
        raise UserError("登录日期请单独登记，如 login_on=2026-11-20，没有改动。", "bad_field")
    duties = Duties(workplace, Picture(workplace))
    return NumberProofs(workplace).confirm_login(number, duties, day)


def _edited(workplace: Workplace, number: AdminNumber, fields: dict[str, str]) -> AdminNumber:
    values: dict[str, Any] = {name: text for name, text in fields.items() if name in TEXTS}
    if "enabled_on" in fields:
        values["enabled_on"] = read_date("enabled_on", fields["enabled_on"])
    if "group" in fields:
        key = fields["group"]
        values["group_id"] = Groups(workplace).find(key).id if key else None
    return replace(number, **values)

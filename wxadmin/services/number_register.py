"""The designated numbers (群管理号) with their phones, groups and keepers, as a register."""

from __future__ import annotations

from dataclasses import asdict

from wxadmin.domain.account import Custody
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace

NUMBERS = {
    "seq": "序号",
    "mobile": "指定手机号",
    "wechat_id": "微信号",
    "group": "对应群组",
    "custodian": "保管人",
    "dept": "保管部门",
    "since": "启用日期",
    "sim_owner": "SIM卡登记人",
    "device": "手机/设备",
    "handovers": "交接记录",
    "state": "状态",
    "note": "备注",
}
"""The columns as a workbook has them."""


def admin_number_rows(workplace: Workplace) -> list[dict[str, object]]:
    """Return every designated number in its order."""
    picture = Picture(workplace)
    duties = Groups(workplace).duties(picture)
    rows: list[dict[str, object]] = []
    for number in sorted(duties.numbers.values(), key=lambda number: number.seq):
        keeper = duties.custodian(number)
        person = picture.person(keeper.employee_id) if keeper.employee_id else None
        group = picture.all_groups.get(number.group_id or 0)
        rows.append(
            {
                **asdict(number),
                "group": group.name if group else "",
                "custodian": keeper.name,
                "dept": person.org_unit if person else "",
                "since": keeper.since or number.enabled_on,
                "sim_owner": number.sim_registered_to,
                "handovers": _handovers(workplace, number.id, picture),
                "note": number.remark,
            }
        )
    return rows


def _handovers(workplace: Workplace, number_id: int, picture: Picture) -> str:
    """Say who kept a number before, and since when the next one does: 2026-05-01 林国栋."""
    found = workplace.store.find(Custody, admin_number_id=number_id)
    found.sort(key=lambda one: (one.from_on, one.id))
    return "；".join(f"{one.from_on}{picture.called(one.employee_id)[1]}" for one in found[1:])

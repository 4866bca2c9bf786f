"""Tidy workbooks of what the register holds; safe to open, one row a thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.services.account_register import AccountRegister
from wxadmin.services.address_book import address_book, masked
from wxadmin.services.form_register import FormRegister
from wxadmin.services.form_shelf import Shelf
from wxadmin.services.group_book import WHOLE, GroupBook
from wxadmin.services.group_registers import GroupRegisters
from wxadmin.services.groups import Groups
from wxadmin.services.history import History
from wxadmin.services.leaver_register import LEAVERS, leaver_rows
from wxadmin.services.membership_picture import Picture
from wxadmin.services.number_register import NUMBERS, admin_number_rows
from wxadmin.services.people import People
from wxadmin.services.workplace import Workplace

Value = str | int | float | date | None
Columns = dict[str, str]
PEOPLE: Columns = {
    "emp_no": "工号",
    "name": "姓名",
    "org_unit": "部门",
    "position": "职务",
    "region": "销售区域",
    "employment_type": "用工类型",
    "standing": "在职状态",
    "mobile": "手机号码",
    "hire_date": "入职日期",
    "leave_date": "离职日期",
    "contract_end": "合同到期",
    "account": "账号",
    "source": "人事来源",
}
ACCOUNTS: Columns = {
    "account_no": "台账编号",
    "wecom_userid": "账号",
    "name": "账户名称",
    "type_name": "账号类型",
    "ownership": "归属",
    "emp_no": "使用人工号",
    "holder": "使用人",
    "responsible": "责任人",
    "custodian": "保管人",
    "unit": "部门",
    "mobile": "手机号码",
    "company_email": "公司邮箱",
    "in_directory": "通讯录",
    "state": "状态",
    "opened_on": "开通日期",
    "closed_on": "停用日期",
    "close_reason": "停用原因",
    "form_no": "申请单",
    "amiss": "待处理",
    "remark": "备注",
}
GROUPS: Columns = {
    "group_no": "群编号",
    "name": "群名称",
    "side": "端",
    "class": "群类别",
    "org_unit": "所属单位",
    "owner": "群主",
    "admin_number": "群管理号",
    "expected": "应有人数",
    "actual": "实有人数",
    "missing": "应加未加",
    "extra": "不应在群",
    "members_on": "名单日期",
    "state": "状态",
    "trouble": "待处理",
}
MEMBERS: Columns = {
    "group_no": "群编号",
    "group": "群名称",
    "emp_no": "工号",
    "name": "姓名",
    "org_unit": "部门",
    "position": "职务",
    "mobile": "手机号码",
    "expected": "应在群",
    "in_group": "在群",
}
ADDRESS_BOOK: Columns = {
    "unit": "单位",
    "dept": "部门",
    "name": "姓名",
    "position": "岗位",
    "mobile": "手机号码",
    "company_email": "公司邮箱",
    "account": "账号",
}
SCHOOL: Columns = {
    "name": "工作群名称",
    "class": "群类别",
    "owner": "群主（岗位、姓名）",
    "scope": "群成员范围",
    "purpose": "群的用途",
    "due": "建群时限",
    "external": "是否含家长",
    "quiet": "静默时段",
    "reply": "回复要求",
    "note": "备注",
}
CODES: Columns = {
    "tier": "层级",
    "code": "前缀编码",
    "name": "群名称",
    "scope": "成员范围",
    "owner_post": "群主（职务）",
    "admin_posts": "群管理员（职务）",
    "builder": "建立和维护部门",
    "note": "备注",
}
FILINGS: Columns = {
    "filing_no": "备案号",
    "group": "群名称（编码）",
    "name": "姓名",
    "emp_no": "工号",
    "post": "部门、职务",
    "mobile": "手机",
    "account": "账号（管理号）",
    "role": "角色",
    "basis": "任命依据",
    "from_on": "起始日期",
    "filing_dept": "备案部门",
    "filed_on": "备案日期",
    "ended": "终止日期",
}
CHANGES: Columns = {
    "on": "日期",
    "kind": "类型",
    "old_name": "原名称",
    "new_name": "新名称（并入群）",
    "reason": "原因",
    "basis": "单号、依据",
}
JOURNAL: Columns = {
    "id": "序号",
    "on": "日期",
    "at": "时间（UTC）",
    "by": "经办人",
    "title": "操作",
    "source": "来源文件",
    "entries": "改动数",
    "undone_by": "被第几步撤销",
}


class Exports:
    """Writes one list of the register to a workbook; `month` is whose leavers, the present one
    where none is said."""

    def __init__(self, workplace: Workplace, month: date | None = None) -> None:
        self._workplace = workplace
        self._month = month or workplace.today
        self.kinds: dict[str, tuple[str, Columns, Callable[[], list[dict[str, object]]]]] = {
            "people": ("人员", PEOPLE, self._people),
            "accounts": ("账号台账", ACCOUNTS, self._accounts),
            "groups": ("群组", GROUPS, self._groups),
            "members": ("群成员", MEMBERS, self._members),
            "address-book": ("通讯录", ADDRESS_BOOK, self._address_book),
            "masked-address-book": ("通讯录（打码）", ADDRESS_BOOK, self._masked_book),
            "group-register": ("微信工作群管理台账", dict(WHOLE), self._group_book),
            "school-groups": ("工作群一览表", SCHOOL, lambda: self._of_groups("school")),
            "group-codes": ("前缀编码表", CODES, lambda: self._of_groups("codes")),
            "admin-filings": ("备案册", FILINGS, lambda: self._of_groups("filings")),
            "group-changes": ("更名解散登记簿", CHANGES, lambda: self._of_groups("changes")),
            "admin-numbers": ("群管理号登记表", NUMBERS, lambda: admin_number_rows(workplace)),
            "leavers": ("离职清单", LEAVERS, lambda: leaver_rows(workplace, self._month)),
            "journal": ("日志", JOURNAL, self._journal),
        }

    def write(self, what: str, path: Path) -> int:
        """Write a list, or all forms of a kind; returns the number of rows.

        Raises `UserError` for an unknown list.
        """
        from wxadmin.sheets.writing import write_table

        title, columns, rows_of = self._kind(what)
        rows = [[_cell(row.get(name)) for name in columns] for row in rows_of()]
        return write_table(path, title, list(columns.values()), rows)

    def _kind(self, what: str) -> tuple[str, Columns, Callable[[], list[dict[str, object]]]]:
        if what in self.kinds:
            return self.kinds[what]
        shelf = Shelf(self._workplace)
        if what not in shelf.forms:
            known = "、".join((*self.kinds, *shelf.forms))
            raise UserError(f"不能导出“{what}”，可用的有：{known}。", "wrong_words")
        register = FormRegister(self._workplace, what, shelf)
        return register.definition.file_name or register.title, register.columns(), register.whole

    def _masked_book(self) -> list[dict[str, object]]:
        return [asdict(entry) for entry in masked(address_book(self._workplace))]

    def _group_book(self) -> list[dict[str, object]]:
        return GroupBook(self._workplace).whole()

    def _of_groups(self, name: str) -> list[dict[str, object]]:
        registers = GroupRegisters(self._workplace)
        of: dict[str, Callable[[], list[dict[str, object]]]] = {
            "school": registers.school,
            "codes": registers.codes,
            "filings": registers.filings,
            "changes": registers.changes,
        }
        return of[name]()

    def _people(self) -> list[dict[str, object]]:
        return [asdict(line) for line in People(self._workplace).lines()]

    def _accounts(self) -> list[dict[str, object]]:
        return [asdict(row) for row in AccountRegister(self._workplace).rows()]

    def _address_book(self) -> list[dict[str, object]]:
        return [asdict(entry) for entry in address_book(self._workplace)]

    def _groups(self) -> list[dict[str, object]]:
        groups = Groups(self._workplace)
        picture = groups.picture()
        return [
            {
                "group_no": line.group.group_no,
                "name": line.group.name,
                "side": line.group.side,
                "class": line.class_name,
                "org_unit": line.org_unit,
                "owner": line.owner.text if line.owner.kind else "",
                "admin_number": line.admin_number.mobile if line.admin_number else "",
                "expected": line.expected,
                "actual": line.actual,
                "missing": line.missing,
                "extra": line.extra,
                "members_on": line.group.members_on,
                "state": line.group.state,
                "trouble": line.trouble,
            }
            for line in groups.lines(picture, groups.duties(picture))
        ]

    def _members(self) -> list[dict[str, object]]:
        """List everybody who should be in a group or is, group by group."""
        picture = Picture(self._workplace)
        rows: list[dict[str, object]] = []
        for group in sorted(picture.groups.values(), key=lambda g: (g.sort_no, g.id)):
            expected, known = picture.expected.get(group.id, set()), picture.member_ids(group.id)
            about: dict[str, object] = {"group_no": group.group_no, "group": group.name}
            for person in picture.people(expected | known):
                looked = group.members_on is not None or person.id in known
                rows.append(
                    {
                        **about,
                        **asdict(person),
                        "expected": person.id in expected,
                        "in_group": person.id in known if looked else None,
                    }
                )
            rows += [
                {
                    **about,
                    **dict.fromkeys(("emp_no", "org_unit", "position", "mobile"), ""),
                    "name": f"{member.external_name}（外部人员）",
                    "expected": False,
                    "in_group": True,
                }
                for member in picture.members(group.id)
                if member.employee_id is None
            ]
        return rows

    def _journal(self) -> list[dict[str, object]]:
        return [
            {
                **asdict(line.operation),
                "at": f"{line.operation.at:%Y-%m-%d %H:%M:%S}",
                "undone_by": line.undone_by,
            }
            for line in History(self._workplace).lines()
        ]


def _cell(value: object) -> Value:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(map(str, value))
    if value is None or isinstance(value, (str, int, float, date)):
        return value
    raise TypeError(f"no cell for {type(value).__name__}")

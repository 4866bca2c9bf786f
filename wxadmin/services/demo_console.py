"""WeCom's console in the demo's month: exports made up, its import file filled, 三方核对."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wxadmin import paths
from wxadmin.domain import import_plan as plans
from wxadmin.domain.account import Account
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_row import Answers
from wxadmin.domain.wecom import ACTIVE, WecomMember
from wxadmin.domain.wecom_rows import COLUMNS
from wxadmin.services.forms import Printing
from wxadmin.services.imports import Imports, Said
from wxadmin.services.reconciliation import Reconciliation
from wxadmin.services.reconciliation_report import ReconciliationReport, summary_text
from wxadmin.services.wecom_file import WecomFile
from wxadmin.services.wecom_rows import ConsoleRows
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.services.demo import Diary

CONSOLE = "7 通讯录与三方核对"
STATUS = "激活状态"
STRANGER = {
    "name": "柯访客", "wecom_userid": "ke.fangke", "mobile": "13900001234", "position": "驻厂顾问",
}  # fmt: skip
"""Somebody (made up) the console has and nobody at HR knows."""
OTHER_NUMBER, OTHER_POST, NOT_THERE = 3, 8, 13
"""The members of the second export, counted from its top, that are other than they should be."""
Cells = dict[str, str]


class DemoConsole:
    """Stands for the console: what it would export is made from what was given to it."""

    def __init__(self, workplace: Workplace, printing: Printing, diary: Diary) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._printing = printing
        self._diary = diary

    # -- exports in -----------------------------------------------------------------------------
    def last_export(self) -> None:
        """Take the address book in as it stood before the month: all is well with it."""
        self._take_in("通讯录导出_上月.xlsx", self._members())

    def next_export(self, leavers: Sequence[Employee]) -> None:
        """Take the address book in at the month's end: a few things were forgotten or mistyped."""
        rows = self._members()
        rows[OTHER_NUMBER]["mobile"] = "13900005678"
        rows[OTHER_POST]["position"] = "副科长"
        del rows[NOT_THERE]
        forgotten = self._store.find(WecomMember, employee_id={p.id for p in leavers})
        rows += [self._still_there(member) for member in forgotten[:1]]
        rows.append({**STRANGER, "org_unit": rows[0]["org_unit"]})
        self._take_in("通讯录导出_本月.xlsx", rows)

    def _members(self) -> list[Cells]:
        """Everybody the register says is in the address book, people first."""
        people, _ = ConsoleRows(self._workplace).candidates()
        listed = [one for one in people if one.account.in_directory]
        rows = [one.row.cells() for one in listed]
        known = {one.account.id for one in listed}
        top = rows[0]["org_unit"].partition("/")[0]
        others = self._store.find(Account, in_directory=True)
        return rows + [
            {"name": a.name, "wecom_userid": a.wecom_userid, "mobile": a.mobile, "org_unit": top}
            for a in others
            if a.id not in known and a.live and a.wecom_userid
        ]

    @staticmethod
    def _still_there(member: WecomMember) -> Cells:
        return {
            "name": member.name,
            "wecom_userid": member.userid,
            "mobile": member.mobile,
            "position": member.position,
            "org_unit": "；".join(member.departments),
        }

    def _take_in(self, name: str, rows: Sequence[Cells]) -> None:
        from wxadmin.sheets.console_sample import SHEET
        from wxadmin.sheets.writing import write_table

        path = self._diary.place(CONSOLE, name)
        cells = [[*(row.get(key, "") for key in COLUMNS), ACTIVE] for row in rows]
        write_table(path, SHEET, [*self._headings().values(), STATUS], cells)
        imports = Imports(self._workplace)
        reading = imports.read(path, kind="wecom")
        asked = imports.plan(reading).plan.of_kind(plans.DISPUTED)
        later = {line.row: plans.LATER for line in asked}
        preview = imports.plan(reading, Said(answers=Answers(later)))
        imports.apply(preview)
        linked = preview.tally["states"]["linked"]
        told = f"{len(rows)} 个成员，对上 {linked} 个，以后再说 {len(later)} 个。"
        self._diary.made(f"导入{name}：{told}", path)

    @staticmethod
    def _headings() -> dict[str, str]:
        from wxadmin.policy.console_template import FILE, read_console_columns

        fields = read_console_columns(paths.RESOURCES / FILE).vocabulary.fields
        return {key: fields[key].label for key in COLUMNS}

    # -- the console's own file out ---------------------------------------------------------------
    def fill_template(self) -> None:
        """Fill the console's import file with who is new and who changed."""
        from wxadmin.sheets.console_sample import write_console_template

        headings = self._headings()
        required = [headings[key] for key in ("name", "wecom_userid", "org_unit")]
        sample = {"name": "示例成员", "wecom_userid": "shili", "org_unit": "示例公司/示例部门"}
        template = self._diary.place(CONSOLE, "批量导入模板.xlsx")
        cells = [sample.get(key, "") for key in headings]
        write_console_template(
            template, list(headings.values()), required, cells, self._workplace.today
        )
        console = WecomFile(self._workplace)
        filling = console.draft()
        out = self._diary.place(CONSOLE, "批量导入_新增和变更.xlsx")
        made = [template]
        if console.write(filling, template, out) is not None:
            made.append(out)
        skipped = f"，写不了 {len(filling.skipped)} 项" if filling.skipped else ""
        self._diary.made(
            f"填企业微信导入表：新增 {filling.new} 人、变更 {filling.changed} 人{skipped}。", *made
        )

    # -- three lists made one -------------------------------------------------------------------
    def reconcile(self) -> None:
        """Compare HR, register, address book and groups; leave the report."""
        seen = Reconciliation(self._workplace).view()
        report = ReconciliationReport(self._workplace, seen)
        book = self._diary.place(CONSOLE, "三方核对.xlsx")
        report.write(book)
        paper = self._diary.place(CONSOLE, "三方核对.pdf")
        pages = report.pages(self._printing.measure)
        self._printing.write_pdf(pages, paper, title="三方核对")
        self._diary.made(f"三方核对：{summary_text(seen)}。", book, paper)

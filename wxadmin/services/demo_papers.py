"""What the demo's month leaves on paper: forms, checklists, orders, registers, the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.person import Employee
from wxadmin.services.backups import Backups
from wxadmin.services.checklist_paper import ChecklistPaper
from wxadmin.services.checklists import Checklists
from wxadmin.services.exports import Exports
from wxadmin.services.form_shelf import ACCOUNT_HANDOVER, ACCOUNT_REQUEST
from wxadmin.services.forms import Forms, Printing
from wxadmin.services.group_duties import Duties
from wxadmin.services.membership_picture import Picture
from wxadmin.services.order_paper import OrderPaper
from wxadmin.services.orders import Orders
from wxadmin.services.register_paper import RegisterPaper
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.items import Page
    from wxadmin.services.demo import Diary

FORMS, CHECKLISTS, ORDERS, REGISTERS, KEPT = (
    "3 表单",
    "4 办理清单",
    "5 调整通知单",
    "6 台账",
    "8 月报与备份",
)


class DemoPapers:
    """Prints what has been worked off so far; nothing here decides anything."""

    def __init__(self, workplace: Workplace, printing: Printing, diary: Diary) -> None:
        self._workplace = workplace
        self._printing = printing
        self._diary = diary

    def _pdf(self, pages: Sequence[Page], folder: str, name: str) -> Path:
        path = self._diary.place(folder, f"{name}.pdf")
        self._printing.write_pdf(pages, path, title=name)
        return path

    def forms(self, joiners: Sequence[Employee]) -> tuple[Path, list[str]]:
        """Draft 附件一 for the joiners and print them: all in one file, and a blank one.

        Returns the first file and the forms' numbers; both follow the joiners.
        """
        forms = Forms(self._workplace)
        drafted = forms.draft_many(ACCOUNT_REQUEST, joiners)
        batch = self._diary.place(FORMS, "附件一_本月新员工.pdf")
        forms.print_to([form.number for form in drafted], batch, self._printing)
        blank = self._diary.place(FORMS, "附件一_空白.pdf")
        forms.print_blank(ACCOUNT_REQUEST, blank, self._printing)
        self._diary.made(f"起草并打印附件一 {len(drafted)} 张，另印空白表。", batch, blank)
        return batch, [form.number for form in drafted]

    def handovers(self, leavers: Sequence[Employee]) -> None:
        """Draft and print the hand-over slips of the leavers, one file for all."""
        forms = Forms(self._workplace)
        drafted = forms.draft_many(ACCOUNT_HANDOVER, leavers)
        batch = self._diary.place(FORMS, "离职交接单.pdf")
        forms.print_to([form.number for form in drafted], batch, self._printing)
        self._diary.made(f"打印离职交接单 {len(drafted)} 张。", batch)

    def checklists(self) -> None:
        """Print every checklist that is being worked off, a file for each kind."""
        open_ones = Checklists(self._workplace).views().open_ones()
        paper = ChecklistPaper(self._workplace)
        made = []
        for title in dict.fromkeys(view.title for view in open_ones):
            views = [view for view in open_ones if view.title == title]
            pages = paper.checklists(views, self._printing.measure)
            made.append(self._pdf(pages, CHECKLISTS, title))
        self._diary.made(f"打印办理清单 {len(open_ones)} 张。", *made)

    def orders(self) -> None:
        """Issue the orders to the groups' owners: on paper, as a workbook, as chat texts."""
        picture = Picture(self._workplace)
        duties = Duties(self._workplace, picture)
        orders = Orders(self._workplace)
        orders.issue(orders.drafts(picture, duties))
        views = orders.all(only_open=True)
        paper = OrderPaper(self._workplace)
        pages = paper.pages(views, picture, duties, self._printing.measure)
        printed = self._pdf(pages, ORDERS, "群成员调整通知单")
        book = self._diary.place(ORDERS, "群成员调整通知单.xlsx")
        paper.workbook(views, picture, book)
        chat = self._diary.place(ORDERS, "发给群主的文字.txt")
        texts = [orders.text(view, picture, duties) for view in views]
        chat.write_text("\n\n----\n\n".join(texts), encoding="utf-8", newline="\r\n")
        self._diary.made(f"开出群成员调整通知单 {len(views)} 份。", printed, book, chat)

    def registers(self) -> None:
        """Print the registers and write them as workbooks."""
        paper = RegisterPaper(self._workplace, self._printing.measure)
        made = [
            self._pdf(paper.group_register(), REGISTERS, "群台账"),
            self._pdf(paper.member_lists(), REGISTERS, "群成员名单"),
            self._pdf(paper.admin_numbers(), REGISTERS, "群管理号登记表"),
            self._pdf(paper.account_register(), REGISTERS, "账号台账"),
            self._pdf(paper.address_book(), REGISTERS, "通讯录"),
            self._pdf(paper.leavers(self._workplace.today), REGISTERS, "离职人员办理清单"),
        ]
        exports = Exports(self._workplace)
        for what in ("people", "accounts", "groups", "members", "address-book"):
            path = self._diary.place(REGISTERS, f"{exports.kinds[what][0]}.xlsx")
            exports.write(what, path)
            made.append(path)
        self._diary.made(f"打印和导出台账 {len(made)} 份。", *made)

    def report(self) -> None:
        """Print the month on one page."""
        paper = ChecklistPaper(self._workplace)
        pages = paper.month_report(self._workplace.today, self._printing.measure)
        self._diary.made("打印月报一页纸。", self._pdf(pages, KEPT, "月报"))

    def keep(self) -> None:
        """Export the journal and copy the register; both are checked."""
        journal = self._diary.place(KEPT, "日志.xlsx")
        rows = Exports(self._workplace).write("journal", journal)
        backups = Backups(self._workplace)
        made = backups.make(self._diary.place(KEPT, "登记库备份.db"))
        findings = backups.check()
        sound = "完好" if not findings else "；".join(findings)
        self._diary.made(f"导出日志 {rows} 步，备份登记库；自检：{sound}。", journal, made.path)

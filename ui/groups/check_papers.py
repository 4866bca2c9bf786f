"""Checks on paper: one check, a whole round check by check, its report, what is to be mended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from ui.groups.check_dialogs import PRINT, WORKBOOK
from ui.shared.acting import ask_and_act
from ui.shared.paper_out import PaperJob, print_paper, save_paper
from ui.shared.record_form import Field
from ui.shared.saving import ask_where
from wxadmin.domain.errors import UserError
from wxadmin.services.check_paper import CheckPaper, ChecksOut
from wxadmin.services.check_report import CheckReports
from wxadmin.services.check_rounds import RoundView
from wxadmin.services.check_view import CheckView
from wxadmin.services.group_checks import GroupChecks

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk


class CheckPapers:
    """What goes out of checks; nothing here writes to the register but the signature."""

    def __init__(self, desk: GroupsDesk) -> None:
        self._desk = desk

    # -- one check ------------------------------------------------------------------------------

    def out(self, view: CheckView, where: str) -> None:
        """Print one check, or save it as PDF or workbook."""
        paper = CheckPaper(self._desk.context.services)
        name = f"{view.check.group_name}核查明细_{view.check.checked_on or '未查'}"
        self._write(paper, paper.of(view.check.id), name, where)

    def sign(self, view: CheckView) -> None:
        """Put down who signed a check."""
        checks = GroupChecks(self._desk.context.services)
        fields = [Field("signed", "签字人", required=True, value=view.check.signed_by)]
        day = view.check.checked_on or "没有日期"
        ask_and_act(
            self._desk.context, f"{view.check.group_name} {day} 的核查：谁签的字", fields,
            "登记签字", lambda values: checks.sign(view, values["signed"]), "已登记签字",
        )  # fmt: skip

    def _write(self, paper: CheckPaper, out: ChecksOut, name: str, where: str) -> None:
        if where == WORKBOOK:
            self._save(name, lambda path: paper.workbook(out, path))
            return
        job = PaperJob(lambda measure, progress: paper.pages(out, measure), name, f"{name}.pdf")
        (print_paper if where == PRINT else save_paper)(self._desk.context, job)

    def _save(self, name: str, write: Callable[[Path], int]) -> None:
        context = self._desk.context
        path = ask_where(self._desk, name, f"{name}.xlsx")
        if path is None:
            return
        context.jobs.run(
            lambda progress, cancelled: write(path),
            lambda rows: context.messages.toast(f"已存 {rows} 行到 {path.name}"),
            caption=f"正在写 {path.name}", written="只写这一个文件，登记不动。",
        )  # fmt: skip

    # -- a round --------------------------------------------------------------------------------

    def round_menu(self, button: QWidget, view: RoundView) -> None:
        """The report of a round: paper, PDF, workbook, and what is to be mended."""
        key = str(view.round.id)
        menu = QMenu(self._desk)
        for text, do in (
            ("打印…", lambda: self._paper(key, print_paper)),
            ("存为PDF", lambda: self._paper(key, save_paper)),
            ("存为表格", lambda: self.save_report(key, tasks=False)),
            ("整改清单存为表格", lambda: self.save_report(key, tasks=True)),
            ("逐群打印核查明细…", lambda: self.sheets(view, PRINT)),
            ("逐群核查明细存为PDF", lambda: self.sheets(view, "pdf")),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, do=do: do())
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))

    def sheets(self, view: RoundView, where: str) -> None:
        """Every check of a round on a page of its own."""
        paper = CheckPaper(self._desk.context.services)
        try:
            out = paper.of_round(str(view.round.id))
        except UserError as refusal:
            self._desk.context.messages.error(refusal)
            return
        self._write(paper, out, f"{view.round.title}核查明细", where)

    def _paper(self, key: str, out: Callable[..., None]) -> None:
        reports = CheckReports(self._desk.context.services)
        report = reports.of(key)
        out(self._desk.context, PaperJob(
            lambda measure, progress: reports.pages(report, measure), report.title,
            f"{report.title}.pdf"))  # fmt: skip

    def save_report(self, key: str, *, tasks: bool) -> None:
        """The report, or what is to be mended, as a workbook."""
        reports = CheckReports(self._desk.context.services)
        report = reports.of(key)
        write = reports.task_workbook if tasks else reports.workbook
        what = "整改清单" if tasks else "报告"
        self._save(f"{report.title}{what}", lambda path: write(report, path))

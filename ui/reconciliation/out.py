"""What leaves 三方核对: the console's filled template, the report, WeCom's errors explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QWidget

from ui import memory
from ui.reconciliation.console_errors import ErrorsDialog
from ui.shared.acting import newest, tell
from ui.shared.dialog import Choice, Thing
from ui.shared.paper_out import PaperJob, print_paper, save_paper
from ui.shared.saving import ask_where
from wxadmin.domain.words import field_label
from wxadmin.services.reconciliation_report import ReconciliationReport
from wxadmin.services.wecom_file import Filling, WecomFile

if TYPE_CHECKING:
    from ui.reconciliation.desk import ReconciliationDesk

_TEMPLATES = "后台下载的模板 (*.xlsx)"
_KEPT = "folder/console_template"
_SHOWN = 40


class Outgoing:
    """The files and papers of the desk."""

    def __init__(self, desk: ReconciliationDesk) -> None:
        self._desk = desk

    # -- the console's file ---------------------------------------------------------------------

    def fill_template(self) -> None:
        """Say who would be written and who cannot, then ask for the template and fill it."""
        desk = self._desk
        if desk.seen is None:
            return
        filling = desk.seen.filling
        messages = desk.context.messages
        if not filling.rows and not filling.skipped:
            messages.toast("没有要新增或修改的成员，不用填导入表。")
            return
        sentence = f"填导入表：新增 {filling.new:,} 人，修改 {filling.changed:,} 人。"
        if not filling.rows:
            sentence = f"有 {len(filling.skipped):,} 处写不进导入表，没有人可写。"
        acts = [Choice("先不填", None)]
        if filling.rows:
            acts.append(Choice("选模板…", "pick", kind="filled"))
        left = [Choice("存下写不进的", "skipped", icon="export")] if filling.skipped else []
        answer = messages.ask(sentence, _reason(filling), _things(filling), acts, left)
        if answer == "pick":
            self._pick(filling)
        elif answer == "skipped":
            self._save_skipped(filling)

    def _pick(self, filling: Filling) -> None:
        paths = self._desk.context.messages.ask_files(_TEMPLATES)
        if not paths:
            return
        template = paths[0]
        memory.keep(_KEPT, str(template.parent))
        name = f"企业微信导入_{self._desk.context.services.today}.xlsx"
        out = ask_where(self._desk, "填好的文件存到哪里", name)
        if out is not None:
            self._write(filling, template, out)

    def _write(self, filling: Filling, template: Path, out: Path) -> None:
        context = self._desk.context
        before = newest(context)
        count = len(filling.rows)

        def done(written: Path | None) -> None:
            if written is None:
                return
            said = f"已填 {count:,} 人：{written.name}，请到后台“批量导入”上传"
            if newest(context) != before:
                tell(context, said, None, before)
            else:
                context.messages.clear_error()
                context.messages.toast(said)

        context.jobs.run(
            lambda progress, cancelled: WecomFile(context.services).write(filling, template, out),
            done, caption=f"正在填 {out.name}", unit="人", written="原来的模板不会改动。",
        )  # fmt: skip

    def _save_skipped(self, filling: Filling) -> None:
        path = ask_where(self._desk, "存下写不进的", "写不进导入表的人.xlsx")
        if path is None:
            return
        cells = [[one.emp_no, one.name, field_label("account", one.field), one.reason]
                 for one in filling.skipped]  # fmt: skip
        self._table(path, "写不进的", ("工号", "姓名", "哪一项", "为什么"), cells)

    # -- the report -----------------------------------------------------------------------------

    def report_menu(self, button: QWidget) -> None:
        """核对报告: paper, PDF or a workbook."""
        self._menu(button, [("打印…", self.print_report), ("存为PDF", self.save_pdf),
                            ("存为表格", self.save_report)])  # fmt: skip

    def more_menu(self, button: QWidget) -> None:
        """What is needed now and then."""
        self._menu(button, [("看懂后台的报错…", self.read_errors),
                            ("别的做法", self._desk.acts.menu_here)])  # fmt: skip

    def _menu(self, button: QWidget, entries: Sequence[tuple[str, Callable[[], Any]]]) -> None:
        menu = QMenu(self._desk)
        for text, do in entries:
            menu.addAction(text).triggered.connect(lambda _=False, do=do: do())
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))

    def _paper(self) -> PaperJob | None:
        seen, context = self._desk.seen, self._desk.context
        if seen is None:
            return None
        report = ReconciliationReport(context.services, seen.view)
        title = f"三方核对_{context.services.today}"
        return PaperJob(lambda measure, progress: report.pages(measure), title, f"{title}.pdf")

    def print_report(self) -> None:
        """A4 landscape."""
        if (paper := self._paper()) is not None:
            print_paper(self._desk.context, paper)

    def save_pdf(self) -> None:
        """The same as a file."""
        if (paper := self._paper()) is not None:
            save_paper(self._desk.context, paper)

    def save_report(self) -> None:
        """Every finding as a row of a workbook."""
        seen, context = self._desk.seen, self._desk.context
        path = ask_where(self._desk, "核对报告", f"三方核对_{context.services.today}.xlsx")
        if path is None or seen is None:
            return
        report = ReconciliationReport(context.services, seen.view)
        context.jobs.run(
            lambda progress, cancelled: report.write(path),
            lambda rows: context.messages.toast(f"已存 {rows:,} 行到 {path.name}"),
            caption=f"正在写 {path.name}", written="只写这一个文件，登记不动。",
        )  # fmt: skip

    def _table(self, path: Path, title: str, heads: Sequence[str], cells: list[list[str]]) -> None:
        from wxadmin.services.plain_tables import write_rows

        context = self._desk.context
        context.jobs.run(
            lambda progress, cancelled: write_rows(path, title, heads, cells),
            lambda rows: context.messages.toast(f"已存 {rows:,} 行到 {path.name}"),
            caption=f"正在写 {path.name}", written="只写这一个文件，登记不动。",
        )  # fmt: skip

    # -- beside the console ---------------------------------------------------------------------

    def read_errors(self) -> None:
        """Explain a failure list pasted from the console."""
        ErrorsDialog.run_for(self._desk.context)


def _reason(filling: Filling) -> str:
    parts = []
    if filling.first:
        parts.append("还没有导入过通讯录导出，所以都算新增；先导入一份，以后只写有改动的。")
    if filling.named:
        parts.append(f"其中 {len(filling.named):,} 人新拟了账号，填好时一并记入台账。")
    if filling.skipped:
        parts.append("下面这些写不进去，每个都有原因：")
    elif filling.rows:
        parts.append("请用刚从后台下载的模板，批注、列宽、公司自己加的列都原样留着。")
    return "".join(parts)


def _things(filling: Filling) -> list[Thing]:
    found = [
        Thing(one.name or one.emp_no, one.reason, field_label("account", one.field), mark="stuck")
        for one in filling.skipped[:_SHOWN]
    ]
    if len(filling.skipped) > _SHOWN:
        found.append(Thing(f"另有 {len(filling.skipped) - _SHOWN:,} 处", "存下来看"))
    return found

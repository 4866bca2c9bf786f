"""备份与交接: copies of the register, putting one back, checking it, giving it to a colleague."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from ui.settings.page import SettingsPage, beside_job, section
from ui.shared.acting import newest, tell
from ui.shared.bands import Notice
from ui.shared.buttons import plain
from ui.shared.columns import Column
from ui.shared.dialog import Choice
from ui.shared.layouts import across, cleared, down, region
from ui.shared.record_form import Field
from ui.shared.rows import RowsInMemory
from ui.shared.saving import ask_where
from ui.shared.table import Table
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.services.backups import BackupLine, Backups
from wxadmin.services.paper_files import Mended, PaperFiles
from wxadmin.services.putting_back import Gathered, PutBack, gather
from wxadmin.services.transfer import Transfer

if TYPE_CHECKING:
    from ui.desk import Desk

KIND = "登记库备份 (*.wxbak)"
SUFFIX = ".wxbak"
GIVEN = "登记库交接文件 (*.wxjj)"
GIVEN_SUFFIX = ".wxjj"
TO_OPEN = "交接文件或备份 (*.wxjj *.wxbak *.db);;所有文件 (*)"
MEGA = 1_000_000


def _why(line: BackupLine) -> str:
    """Why it was made, as its name says: 手工, 关闭时, 升级前, 恢复前."""
    return line.path.stem.rpartition("-")[2]


COLUMNS = (
    Column("made", "时间", 150, value=lambda line: f"{line.made:%Y-%m-%d %H:%M}"),
    Column("why", "为什么", 90, value=_why),
    Column("name", "文件", 280, stretch=1, tone="ink2", value=lambda line: line.path.name),
    Column("size", "大小", 90, align="right", tone="ink2", priority=2,
           value=lambda line: f"{line.size / MEGA:.1f} MB", sort_key=lambda line: line.size),
    Column("act", "", 110, kind="act", sortable=False, value=lambda line: "恢复到这时"),
)  # fmt: skip


class BackupPage(SettingsPage):
    """A backup is named by its path."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines: dict[str, BackupLine] = {}
        self.table = Table(COLUMNS, "备份")
        self._banner = down(gap=0)
        self._last = Text("", tone="ink2", wrap=True)
        acts = across(
            plain("立即备份", "backup", on_click=self.make),
            plain("另存一份", "export", on_click=self.make_to),
            plain("检查登记库", "tick", on_click=self.check),
            plain("打开备份文件夹", "folder", on_click=self.open_folder),
            plain("换文件夹", on_click=self.move_folder), None, gap=8,
        )  # fmt: skip
        self._transfer = down(gap=0)
        head = down(region(self._banner), self._last, acts, gap=8, margins=(20, 8, 16, 10))
        foot = down(region(self._transfer), gap=0, margins=(20, 14, 16, 4))
        whole = down(region(head), self.table, region(foot), gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.table.acted.connect(lambda key, _: self.restore(Path(str(key))))
        self.table.opened.connect(lambda key: self.restore(Path(str(key))))

    def refresh(self) -> None:
        lines = Backups(self.services).lines()
        self.lines = {str(line.path): line for line in lines}
        self.table.show_rows(RowsInMemory(lines, key=lambda line: str(line.path)))
        said = f"最近一次 {lines[0].made:%Y-%m-%d %H:%M}。" if lines else "还没有备份。"
        keep = "关闭程序时自动备份，每份都校验过；旧的按制度设定清理。"
        paper = "扫描件、来件和制度文件夹一起备份，每个文件只存一次，在旁边的“随库文件”里；"
        place = f"都放在 {self.services.backups}。"
        whole = Backups(self.services).paper_is_kept()
        short = "" if whole else "最近一次随库文件没有备份全，请再备份一次。"
        self._last.setText(f"{said}{short}{keep}{paper}{place}")
        self._show_transfer()

    def _show_transfer(self) -> None:
        office = self.services.office()
        cleared(self._banner)
        cleared(self._transfer)
        take = plain("打开同事交来的文件", "import", on_click=self.open_given)
        if office.handed_over_on is not None:
            sentence = f"已于 {office.handed_over_on} 交给“{office.handed_over_to}”，这一份只能查看"
            reason = "要接着办，请用交出去的那一份。没有真正交出去的，可以收回。"
            back = plain("收回，接着用这一份", "undo", on_click=self.take_back)
            self._banner.addWidget(Notice("stuck", sentence, reason, [back]))
            acts = [take]
        else:
            acts = [plain("换电脑／交给同事", "send", on_click=self.hand_over), take]
        text = (
            "登记库连同扫描件、来件和制度文件夹（自己的样式、标志、模板）存成一个文件带走；"
            "交出后这一份只能查看，免得两边各改各的。"
        )
        self._transfer.addWidget(section("换电脑／交给同事", text, *acts))

    def status_text(self) -> str:
        return f"{len(self.lines)} 份备份"

    # -- backups --------------------------------------------------------------------------------

    def make(self) -> None:
        """A backup now, among the automatic ones."""
        self._make(None)

    def make_to(self) -> None:
        """A copy where she says."""
        name = f"登记库_{self.services.today}{SUFFIX}"
        target = ask_where(self, "另存一份备份", name, KIND, SUFFIX)
        if target is not None:
            self._make(target)

    def _make(self, target: Path | None) -> None:
        backups = Backups(self.services)

        def done(made: Any) -> None:
            self.context.refresh()
            self.context.messages.toast(f"已备份并校验：{made.path.name}")

        beside_job(self, lambda: backups.make(target), "正在备份登记库", done)

    def check(self) -> None:
        """Look at file, references and journal chain; fetch back paper that is gone."""
        services = self.services

        def do() -> tuple[list[str], Mended]:
            return Backups(services).check(), PaperFiles(services).mend()

        beside_job(self, do, "正在检查登记库", lambda found: self._tell_check(*found))

    def _tell_check(self, findings: list[str], mended: Mended) -> None:
        lost = [fault.sentence for fault in mended.lost]
        fetched = f"从备份找回 {len(mended.fetched)} 个文件。" if mended.fetched else ""
        if findings or lost:
            way = "请用最近的备份恢复" if findings else "备份里也没有，请重新扫描"
            first = [*findings, *lost][0]
            self.context.messages.error(
                f"{fetched}登记库检查发现 {len(findings) + len(lost)} 处问题：{first}。{way}。",
                details="\n".join([*findings, *lost]),
            )
            return
        self.context.messages.clear_error()
        sound = "登记库完好：文件、引用、日志链条和扫描件都对得上。"
        self.context.messages.toast(f"{fetched}{sound}")

    def open_folder(self) -> None:
        """Show the folder of the automatic backups."""
        folder = self.services.backups
        if folder is None or not folder.exists():
            self.context.messages.toast("还没有备份，备份一次就有文件夹了。")
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def move_folder(self) -> None:
        """Let automatic backups go to another folder on this computer from now on."""
        chosen = QFileDialog.getExistingDirectory(self.window(), "备份放到哪个文件夹")
        if chosen:
            Backups(self.services).keep_in(Path(chosen))
            self.context.refresh()
            self.context.messages.toast(f"以后的备份放到 {chosen}；原来的备份还在原处。")

    def restore(self, path: Path) -> None:
        """Put a backup in the register's place, asked first; the present one is kept aside."""
        made = self.lines[str(path)].made if str(path) in self.lines else None
        when = f"{made:%Y-%m-%d %H:%M} 的样子" if made else f"“{path.name}”的样子"
        sentence = f"恢复到 {when}？"
        reason = "那以后做的都不在里面。现在的登记库先留存一份（恢复前），随时能换回来。"
        self._exchange(path, sentence, reason, "恢复")

    def _exchange(self, path: Path, sentence: str, reason: str, act: str) -> None:
        if self.context.jobs.busy():
            self.context.messages.error("还有一件事正在办，请等它办完再换登记库。")
            return
        acts = [Choice("不换", None), Choice(act, True, kind="danger")]
        if not self.context.messages.ask(sentence, reason, acts=acts):
            return
        register, aside = self.services.register.path, self.services.backups
        if register is None or aside is None:
            self.context.messages.error("服务器上的登记库请由服务器管理员恢复。")
            return
        place, kept = register, aside
        self.context.jobs.run(
            lambda progress, cancelled: gather(path, place, kept, progress),
            on_done=lambda gathered: self._put_in_place(gathered, path.name),
            caption=f"正在查看 {path.name}", unit="个文件",
        )  # fmt: skip

    def _put_in_place(self, gathered: Gathered, name: str) -> None:
        """The file is sound: the register is closed for it, and what then lies there opened."""
        messages = self.context.messages
        done: list[PutBack] = []
        self.context.reopen(lambda: done.append(gathered.carry_out()))
        if done:
            messages.toast(f"已换成 {name}，{done[0].sentence()}原来的留在备份里。")

    # -- giving it away ---------------------------------------------------------------------------

    def hand_over(self) -> None:
        """One file out; this copy may only be read from then on."""
        answer = self.context.messages.ask_form(
            "交给谁？", [Field("to", "同事姓名或新电脑", required=True)], "选择存放位置",
            "存成一个文件，扫描件和制度都在里面，对方打开它接着用。交出后这一份只能查看。",
        )  # fmt: skip
        if answer is None:
            return
        name = f"登记库_交给{answer['to']}_{self.services.today}{GIVEN_SUFFIX}"
        target = ask_where(self, "存到哪里", name, GIVEN, GIVEN_SUFFIX)
        if target is None:
            return
        transfer = Transfer(self.services)

        def done(made: Any) -> None:
            self.context.refresh()
            self.context.messages.toast(made.sentence())

        self.context.jobs.run(
            lambda progress, cancelled: transfer.hand_over(target, answer["to"], progress),
            on_done=done, caption="正在存出登记库", unit="个文件", written="登记库没有改动。",
        )  # fmt: skip

    def take_back(self) -> None:
        """The hand-over did not take place after all."""
        before = newest(self.context)
        try:
            Transfer(self.services).take_back()
        except UserError as refusal:
            self.context.messages.error(refusal)
            return
        tell(self.context, "已收回，可以接着用这一份", None, before)

    def open_given(self) -> None:
        """A colleague's file in this register's place."""
        files = self.context.messages.ask_files(TO_OPEN)
        if files:
            reason = "同事的登记库和制度会换掉这一份；现在的先留存在备份里，随时能换回来。"
            self._exchange(files[0], f"改用“{files[0].name}”？", reason, "改用这一份")

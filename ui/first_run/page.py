"""The first run: company and policy, 支持部门, the roster or the sample office, the backups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import style
from ui.first_run.steps import BackupStep, CompanyStep, RosterStep, Step, SupportStep
from ui.jobs import Jobs
from ui.messages import Messages
from ui.shared.bands import ErrorBand
from ui.shared.buttons import filled, ghost
from ui.shared.layouts import across, cleared, down, on_ground, region
from ui.shared.steps import StepsColumn
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.services.setup import available_packs
from wxadmin.services.workplace import Workplace

WIDE = 760
RING = (4, 0, 4, 4)
"""Room for the focus ring of what stands at the edge."""
SIDE, NARROW_SIDE = 344, 236
ABOUT = "账号、群组、表单和离职清单，都在这台电脑上的一个文件里。"
BACKUPS = "wxadmin备份"


@dataclass(frozen=True, slots=True)
class SetupWishes:
    """What the four steps came to; `support_units` None leaves the choice to the pack."""

    pack_id: str
    company_name: str = ""
    support_units: tuple[str, ...] | None = None
    sample: bool = False
    backup_folder: Path | None = None


class FirstRun(QWidget):
    """Four steps, each skippable; nothing is made before the last.

    `create(wishes)` makes the register, `restore(file)` opens a colleague's one; both run beside
    the window. `done(workplace, files)` ends the first run; the files are to be imported then.
    """

    def __init__(
        self,
        messages: Messages,
        jobs: Jobs,
        create: Callable[[SetupWishes], Workplace],
        restore: Callable[[Path], Workplace],
        done: Callable[[Workplace, list[Path]], None],
        user_dir: Path | None = None,
    ) -> None:
        super().__init__()
        self._messages, self._jobs = messages, jobs
        self._create, self._restore, self._done = create, restore, done
        self._busy = False
        packs = available_packs(user_dir)
        self.company = CompanyStep(packs)
        self.support = SupportStep()
        self.roster = RosterStep()
        self.backup = BackupStep(default_backups())
        self.steps: list[Step] = [self.company, self.support, self.roster, self.backup]
        self.company.pack_changed.connect(self._pack_changed)
        for step in (self.company, self.roster):
            step.restore_asked.connect(self.restore)
        self.roster.chosen.connect(self._roster_chosen)
        self.setAcceptDrops(True)
        self._build()
        self._pack_changed()
        self.go(0)

    # -- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        on_ground(self, "content")
        self.crumbs = StepsColumn(self._captions())
        left = down(
            Text("企业微信管理", 20, True),
            Text(ABOUT, 14, tone="ink2", wrap=True),
            28, self.crumbs, None,
            Text("每一步都可以跳过，以后在“设置”里补。", tone="ink2", wrap=True),
            gap=8, margins=(28, 40, 20, 36),
        )  # fmt: skip
        self._side = region(left, "rail")
        self._count = Text("", tone="ink2")
        self._title = Text("", 26, True)
        self._about = Text("", 14, tone="ink2", wrap=True)
        self._told = down(gap=0)
        self.pages = QStackedWidget()
        for step in self.steps:
            self.pages.addWidget(step)
        self.back = ghost("上一步", on_click=lambda: self.go(self.at - 1))
        self.skip_button = ghost("跳过", on_click=self.skip)
        self.next = filled("下一步", on_click=self.forward)
        foot = across(self.back, None, self.skip_button, self.next, gap=8)
        inner = region(down(self._count, self._title, self._about, 4, self._told, 8, self.pages,
                            12, foot, gap=6, margins=RING))  # fmt: skip
        inner.setMaximumWidth(style.px(WIDE))
        body = across(inner, None, margins=(56, 40, 40, 32))
        body.setStretch(0, 1000)
        whole = across(self._side, region(body), gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _captions(self) -> list[tuple[str, str]]:
        return [(step.caption, step.note) for step in self.steps]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < style.px(style.NARROW)
        self._side.setFixedWidth(style.px(NARROW_SIDE if narrow else SIDE))
        self.roster.set_low(self.height() < style.px(style.LOW))

    # -- going --------------------------------------------------------------------------------

    @property
    def at(self) -> int:
        """The number of the step in view, from 0."""
        return self.pages.currentIndex()

    def go(self, number: int) -> None:
        """Show a step."""
        number = max(0, min(number, len(self.steps) - 1))
        step = self.steps[number]
        self.pages.setCurrentIndex(number)
        self.crumbs.go(number)
        self._count.setText(f"第 {number + 1} 步，共 {len(self.steps)} 步")
        self._title.setText(step.title)
        self._about.setText(step.about)
        self._tell("")
        self.back.setVisible(number > 0)
        self._say_buttons()
        step.take_focus()

    def forward(self) -> None:
        """下一步, or 开始使用 at the end."""
        refusal = self.steps[self.at].refusal()
        if refusal:
            self._tell(refusal)
        elif self.at + 1 < len(self.steps):
            self.go(self.at + 1)
        else:
            self.finish()

    def skip(self) -> None:
        """跳过: what this step asks for is left to the pack, or to later."""
        self.steps[self.at].leave_out()
        if self.at + 1 < len(self.steps):
            self.go(self.at + 1)
        else:
            self.finish()

    def _pack_changed(self) -> None:
        pack = self.company.pack()
        if pack is not None:
            self.support.offer(pack)

    def _say_buttons(self) -> None:
        last = self.at + 1 == len(self.steps)
        word = "开始使用" if last else "下一步"
        self.next.block(word if self._busy or not self.steps[self.at].ready() else None, word)
        self.skip_button.setEnabled(not self._busy)
        self.back.setEnabled(not self._busy)

    def _roster_chosen(self) -> None:
        """A roster or the sample office: Enter goes on."""
        self._say_buttons()
        if self.next.isEnabled():
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, sentence: str) -> None:
        cleared(self._told)
        if sentence:
            band = ErrorBand(sentence)
            band.closed.connect(lambda: self._tell(""))
            self._told.addWidget(band)

    # -- the end ------------------------------------------------------------------------------

    def wishes(self) -> SetupWishes | None:
        """What was chosen so far; None where there is no policy pack to choose."""
        pack = self.company.pack()
        if pack is None:
            return None
        return SetupWishes(
            pack.id,
            self.company.name.value() or pack.company,
            self.support.chosen(),
            self.roster.sample,
            self.backup.folder(),
        )

    def finish(self) -> None:
        """Make the register beside the window."""
        wishes = self.wishes()
        if wishes is None:
            self._tell("没有可用的制度包，不能建登记库。请检查程序是否完整，再重新打开。")
            return
        files = [] if wishes.sample else list(self.roster.files)
        what = "正在放入示例办公室" if wishes.sample else "正在建登记库"
        self._run(what, lambda: self._create(wishes), files)

    def restore(self) -> None:
        """打开同事交来的登记库或备份."""
        chosen = self._messages.ask_files("交接文件或备份 (*.wxjj *.wxbak *.db);;所有文件 (*)")
        if chosen:
            self._run("正在打开登记库", lambda: self._restore(chosen[0]), [])

    def _run(self, what: str, make: Callable[[], Workplace], files: list[Path]) -> None:
        self._busy = True
        self._count.setText(f"{what}，请稍等……")
        self._say_buttons()
        self._jobs.run(
            lambda progress, cancelled: make(),
            lambda made: self._done(made, files),
            self._refused,
            what,
        )

    def _refused(self, refusal: UserError) -> None:
        self._busy = False
        self.go(self.at)
        self._tell(refusal.message)

    # -- drops --------------------------------------------------------------------------------

    def dragEnterEvent(self, event: Any) -> None:
        from ui.shared.drop_zone import dropped_files

        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        from ui.shared.drop_zone import dropped_files

        event.acceptProposedAction()
        self.take_files(dropped_files(event))

    def take_files(self, paths: list[Path]) -> None:
        """A roster dropped anywhere, or handed over by a second start, is that of step 3."""
        self.roster.take(paths)
        self.go(self.steps.index(self.roster))

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Escape and self.at:
            self.go(self.at - 1)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.next.isEnabled():
            self.forward()  # from whatever field she is in
            return
        super().keyPressEvent(event)


def default_backups() -> Path:
    """Where backups go unless she says otherwise: 文档."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place)) / BACKUPS

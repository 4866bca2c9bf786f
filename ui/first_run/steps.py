"""The four questions of the first run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from ui import style
from ui.shared.bands import IconLabel
from ui.shared.buttons import plain, words
from ui.shared.drop_zone import DropZone
from ui.shared.inputs import ChoiceInput, LineInput, Tick
from ui.shared.layouts import across, cleared, down, region
from ui.shared.text import Text
from wxadmin.services.setup import PackChoice

RESTORE = "已经有登记库？打开同事交来的登记库或备份"


class Step(QWidget):
    """One question: `caption` and `note` stand at the left, `title` and `about` above it."""

    caption = note = title = about = ""

    def ready(self) -> bool:
        """Whether 下一步 can be pressed."""
        return True

    def refusal(self) -> str:
        """Why one cannot go on; "" when one can."""
        return ""

    def leave_out(self) -> None:
        """跳过."""

    def take_focus(self) -> None:
        """Put the focus where the answer is given."""


def labelled(text: str, box: QWidget) -> QWidget:
    """A box with its label above."""
    label = Text(text, 12, tone="ink2")
    label.setBuddy(box)
    box.setAccessibleName(text)
    return region(down(label, box, gap=4))


class CompanyStep(Step):
    """Which policy pack, and what the company is called. `pack_changed()`."""

    caption, note = "公司和制度", "按哪份规程管"
    title = "按哪份规程管？"
    about = "制度包里有单位、群组、审批路线和办理步骤，以后都可以改。"
    pack_changed = Signal()
    restore_asked = Signal()

    def __init__(self, packs: Sequence[PackChoice]) -> None:
        super().__init__()
        self._packs = {pack.id: pack for pack in packs if not pack.problem}
        bad = [f"{pack.title}：{pack.problem}" for pack in packs if pack.problem]
        self.pack_box = ChoiceInput([(pack.id, pack.title) for pack in self._packs.values()])
        self.name = LineInput("公司或事业部的名称")
        self._source = Text("", 12, tone="ink3", wrap=True)
        self.pack_box.edited.connect(self._changed)
        link = words(RESTORE, "folder", self.restore_asked.emit)
        column = down(
            labelled("制度包", self.pack_box), self._source, 8, labelled("公司名称", self.name), 16,
            *(Text(one, 12, tone="red", wrap=True) for one in bad), across(link, None), None, gap=6,
        )  # fmt: skip
        self.setLayout(column)
        if self._packs:
            self.pack_box.setCurrentIndex(0)
            self._fill()

    def pack(self) -> PackChoice | None:
        """The pack chosen."""
        return self._packs.get(self.pack_box.value() or "")

    def _fill(self) -> None:
        pack = self.pack()
        if pack is not None:
            self.name.set_value(pack.company)
            self._source.setText(f"出处：{pack.source}")

    def _changed(self) -> None:
        self._fill()
        self.pack_changed.emit()

    def leave_out(self) -> None:
        self._fill()

    def take_focus(self) -> None:
        self.pack_box.setFocus(Qt.FocusReason.OtherFocusReason)


class SupportStep(Step):
    """Which units count as 支持部门."""

    caption, note = "支持部门", "谁进支持部门群"
    title = "哪些单位算支持部门？"
    about = "支持部门的人进支持部门群。拿不准就用规程写明的，以后在“设置”里改。"

    def __init__(self) -> None:
        super().__init__()
        self.ticks: dict[str, Tick] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(style.px(2))
        self.setLayout(down(self._grid, None))
        self._proposed: tuple[str, ...] = ()
        self._left_out = False

    def offer(self, pack: PackChoice) -> None:
        """Offer a pack's units, those it proposes ticked."""
        cleared(self._grid)
        self._proposed = pack.support
        self.ticks = {}
        for number, unit in enumerate(pack.units):
            tick = self.ticks[unit] = Tick(unit, unit in pack.support)
            tick.edited.connect(self._answered)
            self._grid.addWidget(tick, number // 3, number % 3)

    def _answered(self) -> None:
        self._left_out = False

    def chosen(self) -> tuple[str, ...] | None:
        """The units ticked; None where the question was skipped."""
        if self._left_out:
            return None
        return tuple(unit for unit, tick in self.ticks.items() if tick.isChecked())

    def leave_out(self) -> None:
        self._left_out = True
        for unit, tick in self.ticks.items():
            tick.setChecked(unit in self._proposed)

    def take_focus(self) -> None:
        first = next(iter(self.ticks.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


class RosterStep(Step):
    """The roster dropped, or the sample office, or a colleague's register. `chosen()`."""

    caption, note = "花名册", "人从哪里来"
    title = "放进花名册"
    about = (
        "人事给您的那张表就行。列名不用改，程序自己认：姓名、工号、手机、部门、职务、入职日期。"
        "第一次放入叫“建账”：所有人先登记，不发通知，也不生成待办。"
    )
    chosen = Signal()
    restore_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.files: list[Path] = []
        self.sample = False
        self.zone = DropZone("把花名册拖到这里", "Excel、WPS 或 CSV；原文件不会改动")
        self.zone.files.connect(self.take)
        self._taken = Text("", bold=True, wrap=True)
        self.sample_button = plain("用示例办公室", on_click=self.take_sample)
        told = down(
            Text("手头没有？先用示例办公室", 14, True),
            Text("约300人、42个群，都是编的；一键清除，不留痕迹。", tone="ink2", wrap=True),
            gap=2,
        )
        card = across(IconLabel("people", "ink2", 18), told, self.sample_button, gap=16,
                      margins=(16, 10, 16, 10))  # fmt: skip
        card.setStretch(1, 1)
        link = words(RESTORE, "folder", self.restore_asked.emit)
        column = down(
            self.zone, self._taken, region(card, "panel"), across(link, None), None, gap=8
        )
        self.setLayout(column)
        self.set_low(False)

    def set_low(self, low: bool) -> None:
        """A lower drop zone in a low window."""
        self.zone.setFixedHeight(style.px(150 if low else 188))

    def take(self, paths: list[Path]) -> None:
        """These files are the roster."""
        self.files, self.sample = list(paths), False
        names = "、".join(path.name for path in paths)
        self._taken.setText(f"✓ {names}　建好登记库后先看预览，再确认。")
        self.chosen.emit()

    def take_sample(self) -> None:
        """The sample office instead of a roster."""
        self.files, self.sample = [], True
        self._taken.setText("✓ 用示例办公室：人都是编的，随时可以一次清除。")
        self.chosen.emit()

    def ready(self) -> bool:
        return bool(self.files) or self.sample

    def leave_out(self) -> None:
        self.files, self.sample = [], False
        self._taken.setText("")

    def take_focus(self) -> None:
        self.zone.button.setFocus(Qt.FocusReason.OtherFocusReason)


class BackupStep(Step):
    """Where the backups go."""

    caption, note = "备份放哪里", "建议放在“文档”"
    title = "备份放哪里？"
    about = (
        "每天关闭程序时自动备份一份，扫描件也在内。放在“文档”或另一块盘；不要放在网盘同步的文件夹。"
    )

    def __init__(self, proposed: Path) -> None:
        super().__init__()
        self._proposed = proposed
        self.box = LineInput()
        self.box.set_value(str(proposed))
        choose = plain("选择文件夹", "folder", self.choose)
        line = across(labelled("备份文件夹", self.box), choose, gap=8)
        line.setStretch(0, 1)
        line.setAlignment(choose, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(down(line, None))

    def choose(self) -> None:
        """Ask for a folder with the system's dialog."""
        chosen = QFileDialog.getExistingDirectory(self.window(), "备份文件夹", self.box.value())
        if chosen:
            self.box.set_value(chosen)

    def folder(self) -> Path | None:
        """The folder chosen; None for the usual one."""
        value = self.box.value()
        return None if not value or Path(value) == self._proposed else Path(value)

    def refusal(self) -> str:
        value = self.box.value()
        if value and not Path(value).is_absolute():
            return "备份文件夹要写全路径，例如 D:\\备份；也可以按“选择文件夹”。"
        return ""

    def leave_out(self) -> None:
        self.box.set_value(str(self._proposed))

    def take_focus(self) -> None:
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

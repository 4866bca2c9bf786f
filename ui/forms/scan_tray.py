"""扫描件: what lies in the tray, the page to look at, and one key that says 看过，已签."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QPixmap

from ui import style
from ui.forms.scan_acts import ScanActs
from ui.forms.scan_pictures import ScanPictures, paper_size, scaled
from ui.shared.buttons import filled, plain, words
from ui.shared.columns import Cell, Column, State
from ui.shared.date_input import DateInput
from ui.shared.layouts import across, down, hairline, region
from ui.shared.paper_preview import PaperPreview
from ui.shared.rows import RowsInMemory
from ui.shared.side_page import SidePage
from ui.shared.table import Table
from ui.shared.text import Text
from wxadmin.domain.errors import UserError
from wxadmin.domain.incoming import DUPLICATE, TO_LOOK_AT
from wxadmin.services.scans import ScanLine, Scans

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk

PAPER = "扫描件 (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp)"
_ROWS = 5
_MARKS = {TO_LOOK_AT: "waiting", DUPLICATE: "stopped"}
_COLUMNS = (
    Column("state", "状态", 76, kind="state", sortable=False,
           value=lambda line: State(_MARKS.get(line.state, "ask"), line.state)),
    Column("number", "编号", 136, sortable=False),
    Column("name", "姓名", 64, bold=True, sortable=False),
    Column("why", "情况、从哪来", 150, stretch=1, sortable=False,
           value=lambda line: Cell(line.reason or line.source, tone="ink2",
                                   note=line.source if line.reason else "")),
)  # fmt: skip


class ScanTray(SidePage):
    """Enter says 看过，已签 and goes on to the next; Delete puts a page aside."""

    def __init__(self, desk: FormsDesk) -> None:
        acts = (plain("收扫描件", "scan", self.choose_files),)
        super().__init__("扫描件", acts=acts)
        self._desk = desk
        self.acts = ScanActs(self, desk.context)
        self.lines: dict[Hashable, ScanLine] = {}
        self.pictures = ScanPictures(desk.context, self._show_pictures, self._say_refusal)
        self._shown: int | None = None
        self.table = Table(_COLUMNS, "扫描件")
        self.table.setFixedHeight(style.height(32) * (_ROWS + 1) + 2)
        self.table.current_changed.connect(self.show_scan)
        self.table.opened.connect(lambda _: self.do_first())
        self.table.end_asked.connect(lambda _: self.acts.drop())
        self._said = Text("", wrap=True)
        self._links = across(
            words("归到别的表…", "form", self.acts.settle),
            words("打开文件", "pdf", self.open_file),
            None, gap=4, margins=(10, 0, 0, 0),
        )  # fmt: skip
        self.preview = PaperPreview()
        self.preview.print_preview_asked.connect(self.open_file)
        head = down(self._said, margins=(20, 8, 16, 0))
        for part in (self.table, hairline(), region(down(head, self._links, gap=4)), self.preview):
            self.body.addWidget(part)
        self.body.setStretch(3, 1)
        self._make_foot()

    def _make_foot(self) -> None:
        self.day = DateInput()
        self.day.setAccessibleName("签字日期")
        self.day.setFixedWidth(style.px(124))
        self.signed = filled("看过，已签", "tick", self.acts.confirm)
        self.refused = plain("不同意…", on_click=self.acts.refuse)
        self.unused = plain("不用", on_click=self.acts.drop)
        label = Text("签字日期", size=12, tone="ink2")
        self.set_foot(label, self.day, None, self.unused, self.refused, self.signed)

    # -- reading --------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the tray anew; the current page stays current, or the next one is."""
        lines = Scans(self._desk.context.services).tray()
        at = self._place()
        self.lines = {line.id: line for line in lines}
        ready = sum(line.state == TO_LOOK_AT for line in lines)
        self.say("扫描件", _facts(ready, len(lines) - ready))
        self.table.show_rows(RowsInMemory(lines, key="id"))
        if self.table.current_id() is None and lines:
            self.table.select(lines[min(at, len(lines) - 1)].id)
        else:
            self.show_scan(self.table.current_id())

    def _place(self) -> int:
        keys = list(self.lines)
        return keys.index(self._shown) if self._shown in keys else 0

    def current(self) -> ScanLine | None:
        """The page that is looked at."""
        return self.lines.get(self.table.current_id() or 0)

    def show_scan(self, scan_id: Any) -> None:
        """Show a piece: whose form it is, what is doubtful, its pages."""
        line = self.lines.get(scan_id)
        ready = line is not None and line.state == TO_LOOK_AT
        self.signed.setEnabled(ready)
        self.refused.setEnabled(ready)
        self.unused.setEnabled(line is not None)
        self._said.setText(_sentence(line))
        self._said.set_tone("ink" if line is None or ready else "amber")
        for at in range(self._links.count()):
            if (link := self._links.itemAt(at).widget()) is not None:
                link.setEnabled(line is not None)
        if line is None:
            self._shown = None
            self.pictures.forget()
            self.preview.clear()
        elif self._shown != line.id:
            self._shown = line.id
            self.preview.clear()
            self.day.set_value(self._desk.context.services.today)
            self.pictures.show(line.id, line.file, line.pages)

    def _show_pictures(self, scan_id: int, pictures: list[QPixmap]) -> None:
        sizes = [paper_size(one) for one in pictures]
        self.preview.show_pages(sizes, lambda page, size: scaled(pictures[page], size))

    def _say_refusal(self, refusal: UserError) -> None:
        self._said.setText(refusal.message)
        self._said.set_tone("red")

    def signed_on(self) -> date | None:
        """The day of the signature. Raises `UserError` for what is no day."""
        day = self.day.value()
        if day is not None and not isinstance(day, date):
            raise UserError(f"“{day}”不是日期，请写成 2026-11-18 这样。", "bad_date")
        return day

    # -- acts -----------------------------------------------------------------------------------

    def do_first(self) -> None:
        """Enter: the filled act, or for a doubtful page the question whose it is."""
        line = self.current()
        if line is not None and line.state == TO_LOOK_AT:
            self.acts.confirm()
        elif line is not None:
            self.acts.settle()

    def choose_files(self) -> None:
        """收扫描件: ask for files."""
        paths = self._desk.context.messages.ask_files(PAPER)
        if paths:
            self.take(paths)

    def take(self, paths: Sequence[Path]) -> None:
        """Take scans in beside the window; nothing is signed by it."""
        self.acts.take(paths)

    def open_file(self) -> None:
        """Look at the file itself with the system's own viewer."""
        line = self.current()
        if line is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(line.file)))


def _facts(ready: int, doubtful: int) -> str:
    if not ready and not doubtful:
        return "托盘是空的。把扫描件（PDF 或图片）拖进窗口，或点“收扫描件”。"
    said = [f"待看 {ready} 份" if ready else "", f"待处理 {doubtful} 份" if doubtful else ""]
    return (
        "，".join(part for part in said if part) + "。看清签字，按 Enter 登记签回，接着看下一份。"
    )


def _sentence(line: ScanLine | None) -> str:
    if line is None:
        return "选一份扫描件，这里看它的纸面。"
    whose = "　".join(part for part in (line.number, line.name, line.title) if part)
    said = f"{line.reason}。" if line.reason else ""
    now = f"现在是“{line.form_state}”。" if line.form_state else ""
    return f"{said}{whose}{'，' if whose and now else ''}{now}"

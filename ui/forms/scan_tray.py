"""扫描件: what lies in the tray, the page to look at, and one key that says 看过，已签."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.forms.scan_acts import ScanActs
from ui.forms.scan_pictures import ScanPictures
from ui.forms.scan_sheet import ScanSheet
from ui.shared.buttons import plain
from ui.shared.columns import Cell, Column, State
from ui.shared.rows import RowsInMemory
from ui.shared.side_page import SidePage
from ui.shared.table import Table
from wxadmin.domain.incoming import DUPLICATE, TO_LOOK_AT
from wxadmin.services.scans import ScanLine, Scans

if TYPE_CHECKING:
    from ui.forms.desk import FormsDesk

PAPER = "扫描件 (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp)"
_MARKS = {TO_LOOK_AT: "waiting", DUPLICATE: "stopped"}
_COLUMNS = (
    Column("state", "状态", 92, kind="state", sortable=False,
           value=lambda line: State(_MARKS.get(line.state, "ask"), line.state)),
    Column("number", "编号", 136, sortable=False),
    Column("name", "姓名", 64, bold=True, sortable=False),
    Column("why", "情况、从哪来", 150, stretch=1, sortable=False,
           value=lambda line: Cell(line.reason or line.source, tone="ink2",
                                   note=line.source if line.reason else "")),
)  # fmt: skip


class ScanTray(SidePage):
    """The list in the place of the forms, its `sheet` in the place of theirs. Enter says
    看过，已签 and goes on to the next; Delete puts a page aside."""

    def __init__(self, desk: FormsDesk) -> None:
        acts = (plain("收扫描件", "scan", self.choose_files),)
        super().__init__("扫描件", acts=acts)
        self._desk = desk
        self.acts = ScanActs(self, desk.context)
        self.sheet = ScanSheet(self.acts, self.open_file)
        self.lines: dict[Hashable, ScanLine] = {}
        self.pictures = ScanPictures(
            desk.context, lambda _, found: self.sheet.show_pictures(found), self.sheet.say_refusal
        )
        self._shown: int | None = None
        self.table = Table(_COLUMNS, "扫描件")
        self.table.current_changed.connect(self.show_scan)
        self.table.opened.connect(lambda _: self.do_first())
        self.table.end_asked.connect(lambda _: self.acts.drop())
        self.body.addWidget(self.table)

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
        fresh = line is not None and self._shown != line.id
        self.sheet.show_line(line, self._desk.context.services.today if fresh else None)
        self._shown = line.id if line is not None else None
        if line is None:
            self.pictures.forget()
        elif fresh:
            self.pictures.show(line.id, line.file, line.pages)

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

"""What every desk is: a header, a band's place, a body, and maybe a panel at the right.

Example:
    class AccountsDesk(Desk):
        title = "账号"
        def __init__(self, context: Context) -> None:
            super().__init__(context)
            self.toolbar = Toolbar("姓名、拼音、工号", [("", "全部"), ("active", "在用")])
            self.table = Table(COLUMNS, name="账号", search_clears=self.toolbar.clear)
            self.toolbar.serve(self.table)
            self.put(self.toolbar, self.table)
            self.panel = DetailPanel(); self.set_side(self.panel)
        def refresh(self) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui import memory, style
from ui.actions import DeskAct
from ui.jobs import Jobs
from ui.messages import Messages
from ui.shared.buttons import Button
from ui.shared.counters import Counters
from ui.shared.fade import fade_in
from ui.shared.layouts import down, hairline, on_ground, region
from ui.shared.page_header import PageHeader
from ui.shared.progress_strip import ProgressStrip
from ui.shared.table_view import TableView
from wxadmin.domain.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """What a desk may use: the services, the message door, the worker, the way to other desks.

    `changed()` tells the window that the register was written, so that counts and other desks
    are brought up to date; `refresh()` does that and lets the desk in view read anew too (after
    an act: see ui/shared/acting.py); `navigate("people", key)` opens another desk at a record.
    `counted({"today": 7})` tells the rail how much there is to do.
    `reopen(exchange)` closes the register, lets `exchange()` put another file in its place, and
    opens what then lies there. `small_window()` shows 办理小窗 beside WeCom's console.
    """

    services: Any
    messages: Messages
    jobs: Jobs
    navigate: Callable[..., None]
    changed: Callable[[], None]
    refresh: Callable[[], None] = lambda: None
    reopen: Callable[[Callable[[], Any]], None] = lambda exchange: None
    counted: Callable[[Mapping[str, int]], None] = lambda counts: None
    small_window: Callable[[], None] = lambda: None


class Desk(QWidget):
    """Override `refresh`, `open`, `status_text`, `actions`; call `put` and `set_side` once."""

    navigate = Signal(str, object)
    changed = Signal()
    status_changed = Signal()
    """What the status bar says is another: for what is read beside the window."""
    title = ""
    about = ""
    side_stays = False
    """Whether the panel stays beside the table in narrow windows (群组, 表单)."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.stale = True
        self.header = PageHeader(self.title)
        self.side: QWidget | None = None
        self._side_wanted: bool | None = None
        self._edge = hairline(vertical=True)
        self._edge.hide()
        self._overlaid = False
        self._band: QWidget | None = None
        self._bands = down(gap=0)
        self._bands_place = region(self._bands)
        self.body = down(gap=0)
        self._strip: ProgressStrip | None = None
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.splitterMoved.connect(self._keep_splitter)
        self._whole = down(self._splitter, gap=0)
        self.setLayout(self._whole)
        self._column = region(down(self.header, self._bands_place, self.body, gap=0))
        column = self._column.layout()
        assert isinstance(column, QVBoxLayout)
        column.setStretchFactor(self.body, 1)
        self._column.setMinimumWidth(style.px(420))
        self._splitter.addWidget(self._column)
        self.navigate.connect(context.navigate)
        self.changed.connect(context.changed)

    # -- for a desk to override ---------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything shown anew; called before the desk is first seen and after changes."""

    def actions(self) -> list[DeskAct]:
        """The acts with keys: DeskAct("new", "新建账号", self.new) answers Ctrl+N and so on."""
        return []

    def open(self, key: Any) -> None:
        """Show one record: make it current in the table."""
        table = getattr(self, "table", None)
        if table is not None:
            table.select(key)

    def search(self, text: str) -> None:
        """Search for a text as if it had been typed."""
        toolbar = getattr(self, "toolbar", None)
        if toolbar is not None and toolbar.search_box is not None:
            toolbar.search_box.setText(text)

    def status_text(self) -> str:
        """What the status bar says at its left."""
        return ""

    def focus_search(self) -> None:
        """Ctrl+F."""
        toolbar = getattr(self, "toolbar", None)
        if toolbar is not None:
            toolbar.focus_search()

    def take_focus(self) -> None:
        """The desk has come into view: the table, or else the filled act, has the focus."""
        table = getattr(self, "table", None)
        filled = [button for button in self.findChildren(Button) if button.kind == "filled"]
        target = table if table is not None else next(iter(filled), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_slim(self, slim: bool) -> None:
        """The window has become low or narrow, or large again."""
        self.header.set_slim(slim)
        for part in (*self.findChildren(TableView), *self.findChildren(Counters)):
            part.set_slim(slim)

    # -- building -----------------------------------------------------------------------------

    def put(self, *parts: QWidget) -> None:
        """Fill the body from top to bottom; the last part takes the room."""
        for part in parts:
            self.body.addWidget(part)
        self.body.setStretch(self.body.count() - 1, 1)

    def set_side(self, side: QWidget, width: int = 340, under_header: bool = False) -> None:
        """Put a panel at the right; `under_header` lets the header run over both."""
        self.side = side
        on_ground(side, side.property("ground") or "panel")
        self._side_width = style.px(width)
        if under_header:
            self._whole.insertWidget(0, self.header)
            self._whole.insertWidget(1, hairline())
            self._whole.insertWidget(2, self._bands_place)
            self._whole.setStretchFactor(self._splitter, 1)
        closed = getattr(side, "closed", None)
        if closed is not None:
            closed.connect(lambda: self.show_side(False))
        self._dock_side()

    # -- the panel ----------------------------------------------------------------------------

    def show_side(self, wanted: bool | None = None) -> None:
        """Show or hide the panel; None turns it over (F4)."""
        if self.side is None:
            return
        visible = not self.side.isHidden()
        self._side_wanted = not visible if wanted is None else wanted
        if self._side_wanted and not visible:
            fade_in(self.side)
        self.side.setVisible(self._side_wanted)
        if self._overlaid:
            self._place_overlay()
        if not self._side_wanted:
            self._column.setFocus()

    def _dock_side(self) -> None:
        if self.side is None:
            return
        self._overlaid = False
        self._edge.hide()
        self._splitter.addWidget(self.side)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        kept = memory.value(self._splitter_key(), 0)
        side = kept or self._side_width
        self._splitter.setSizes([max(self.width() - side, 1), side])
        self.side.setVisible(self._side_wanted is not False)

    def _float_side(self) -> None:
        if self.side is None:
            return
        self._overlaid = True
        self._edge.setParent(self)
        self.side.setParent(self)
        self.side.setVisible(bool(self._side_wanted))
        self._place_overlay()

    def _place_overlay(self) -> None:
        if self.side is not None:
            width = min(self._side_width, self.width() - style.px(80))
            top = self.header.height() if self._whole.indexOf(self.header) >= 0 else 0
            left, height = self.width() - width, self.height() - top
            self.side.setGeometry(left, top, width, height)
            self._edge.setGeometry(left - 1, top, 1, height)
            self._edge.setVisible(not self.side.isHidden())
            self.side.raise_()
            self._edge.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.window().width() < style.px(style.NARROW)
        if self.side is None:
            return
        if narrow and not self.side_stays and not self._overlaid:
            self._float_side()
        elif not narrow and self._overlaid:
            self._dock_side()
        elif self._overlaid:
            self._place_overlay()

    def _splitter_key(self) -> str:
        wide = "wide" if self.window().width() >= style.px(style.NARROW) else "narrow"
        return f"splitter/{type(self).__name__}/{wide}"

    def _keep_splitter(self) -> None:
        sizes = self._splitter.sizes()
        if len(sizes) > 1:
            memory.keep(self._splitter_key(), sizes[1])

    # -- bands and progress, in place ---------------------------------------------------------

    def show_band(self, band: QWidget | None) -> None:
        """Put a band under the header instead of the one that is there."""
        if self._band is not None:
            self._bands.removeWidget(self._band)
            self._band.hide()
            self._band.deleteLater()
        self._band = band
        if band is not None:
            self._bands.insertWidget(0, band)

    def band(self) -> QWidget | None:
        """The band under the header."""
        return self._band

    def strip(self) -> ProgressStrip:
        """The progress strip under the header."""
        if self._strip is None:
            self._strip = ProgressStrip()
            self._strip.cancelled.connect(self.context.jobs.cancel)
            self._bands.addWidget(self._strip)
        return self._strip

    def strip_moved(self, done: int, total: int) -> None:
        """Work has gone on."""
        if self._strip is not None:
            self._strip.move_to(done, total)

    def strip_done(self) -> None:
        """Work has ended."""
        if self._strip is not None:
            self._strip.hide()

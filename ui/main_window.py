"""The frame around the desks: rail, stack, status line, keys and drops; no desk's own code."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedLayout, QStackedWidget, QWidget

from ui import icons, memory, style
from ui.desks import DESKS, DeskEntry
from ui.links import Links as Links
from ui.rail import Rail, RailItem
from ui.rail_counts import RailCounts
from ui.shared.layouts import across, down, region
from ui.status_line import StatusLine

if TYPE_CHECKING:  # imported when first needed: the frame is painted before
    from ui.desk import Context, Desk
    from ui.jobs import Jobs
    from ui.messages import Messages


class MainWindow(QMainWindow):
    """Painted empty first; `start(services, links)` fills it.

    `files_dropped(paths)` for files dropped anywhere or handed over by a second start;
    `import_asked` for Ctrl+I; `reopen_asked(exchange)` where another register shall be put in this
    one's place.
    """

    files_dropped = Signal(list)
    import_asked = Signal()
    reopen_asked = Signal(object)

    def __init__(self, desks: Sequence[DeskEntry] = DESKS, title: str = "企业微信管理") -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(760, 480)
        self.setAcceptDrops(True)
        self._entries = {entry.id: entry for entry in desks}
        self._desks: dict[str, Desk] = {}
        self.links = Links()
        self.context: Context | None = None
        self.rail = Rail(desks)
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self._column = column = region(down(self.stack, self.status, gap=0), "content")
        self._frame = region(across(self.rail, column, gap=0))
        self._pages = QStackedLayout()
        self._pages.addWidget(self._frame)
        self.setCentralWidget(region(self._pages, "content"))
        self.rail.chosen.connect(self._go_by_rail)
        self._counts = RailCounts(self)
        style.look.changed.connect(self._relook)
        self._text_size = style.look.text_size
        self._restore_geometry()

    @cached_property
    def jobs(self) -> Jobs:
        """The worker."""
        from ui.jobs import Jobs
        from ui.progress_stage import ProgressStage

        made = Jobs(self)
        stage = ProgressStage(self)
        made.shown.connect(stage.show)
        made.moved.connect(stage.move)
        made.ended.connect(stage.hide)
        made.refused.connect(self.messages.error)
        return made

    @cached_property
    def messages(self) -> Messages:
        """The message door."""
        from ui.messages import Messages
        from ui.shared.toast import Toast

        return Messages(self, Toast(self._column, above=style.height(26)))

    def _furnish(self) -> None:
        """What the bare frame could do without: keys, the focus ring."""
        from ui.shared.buttons import install_focus_ring
        from ui.window_keys import WindowKeys

        app = QApplication.instance()
        if isinstance(app, QApplication):
            install_focus_ring(app)
        self.keys = WindowKeys(self)
        self.keys.bind_all(list(self._entries.values()))

    # -- starting -----------------------------------------------------------------------------

    def start(self, services: Any, links: Links | None = None, desk: str | None = None) -> None:
        """Give the desks their services and show the first one."""
        self.prepare(services, links or Links())
        self.rail.set_company(self.links.company())
        self.go(desk or next(iter(self._entries)))
        self.after_change()

    def prepare(self, services: Any, links: Links) -> None:
        """Make the context without showing a desk yet (first run)."""
        from ui.desk import Context

        if self.context is None:
            self._furnish()
        self.links = links
        self.context = Context(
            services, self.messages, self.jobs, self.go, self.after_change, self.refresh,
            self.reopen_asked.emit, self.rail.set_counts, self.show_small_window,
        )  # fmt: skip

    def show_small_window(self) -> None:
        """办理小窗: what is to be done in WeCom's console, beside it."""
        from ui.console_window.window import show_console_window

        if self.context is not None:
            show_console_window(self.context)

    def show_whole(self, page: QWidget) -> None:
        """Show a page instead of rail and desks (first run, a register that cannot be opened)."""
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def show_desks(self) -> None:
        """Back from a whole page to the desks."""
        page = self._pages.currentWidget()
        self._pages.setCurrentWidget(self._frame)
        if page is not None and page is not self._frame:
            self._pages.removeWidget(page)
            page.deleteLater()

    # -- desks --------------------------------------------------------------------------------

    def go(self, desk: str, key: Any = None, keep_focus: bool = False) -> None:
        """Show a desk, built when first needed, at one record if `key` is given.

        The desk takes the focus, unless the arrow keys are walking along the rail.
        """
        whole_page = self._pages.currentWidget() is not self._frame
        if self.context is None or whole_page or desk not in self._entries:
            return
        shown = self.desk(desk)
        self.rail.set_current(desk)
        self.stack.setCurrentWidget(shown)
        shown.set_slim(self._is_slim())
        if shown.stale:
            shown.stale = False
            shown.refresh()
        if key is not None:
            shown.open(key)
        if not keep_focus:
            shown.take_focus()
        self.say_status()

    def _go_by_rail(self, desk: str) -> None:
        """A click leaves the focus to the desk; whoever walks the rail by keys stays there."""
        self.go(desk, keep_focus=isinstance(self.focusWidget(), RailItem))

    def desk(self, name: str) -> Desk:
        """A desk by its id."""
        if name not in self._desks:
            assert self.context is not None, "desks need services"
            self._desks[name] = self._entries[name].build(self.context)
            self.stack.addWidget(self._desks[name])
            self._desks[name].status_changed.connect(self.say_status)
            self.keys.bind_desk(self._desks[name])
        return self._desks[name]

    def built(self) -> list[Desk]:
        """The desks that were looked at so far."""
        return list(self._desks.values())

    def current(self) -> Desk | None:
        """The desk in view."""
        shown = self.stack.currentWidget()
        return next((desk for desk in self._desks.values() if desk is shown), None)

    def after_change(self) -> None:
        """The register was written: counts and status now, the other desks when they are seen."""
        for desk in self._desks.values():
            desk.stale = desk is not self.current()
        self._counts.count()
        self.status.set_backup(self.links.backup())
        self.status.set_saved(not self.jobs.writing())
        self.say_status()

    def refresh(self) -> None:
        """F5: read everything in view anew."""
        if (desk := self.current()) is not None:
            within = self._has_focus(desk)
            desk.refresh()
            self.after_change()
            if within:  # the button pressed may be gone with what was there to do
                QTimer.singleShot(0, desk, lambda: self._give_back_focus(desk))

    def _has_focus(self, desk: Desk) -> bool:
        focused = self.focusWidget()
        return focused is not None and desk.isAncestorOf(focused)

    def _give_back_focus(self, desk: Desk) -> None:
        if desk is self.current() and not self._has_focus(desk):
            desk.take_focus()

    def say_status(self) -> None:
        """Let the status line say what the desk in view says."""
        desk = self.current()
        self.status.say(desk.status_text() if desk is not None else "")

    # -- the stage of messages ----------------------------------------------------------------

    def show_band(self, band: QWidget | None) -> None:
        """Put a band under the current desk's header."""
        desk = self.current()
        if desk is not None:
            desk.show_band(band)

    # -- drops, size, end ---------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from ui.shared.drop_zone import dropped_files

        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from ui.shared.drop_zone import dropped_files

        event.acceptProposedAction()
        self.take_files(dropped_files(event))

    def take_files(self, paths: list[Path]) -> None:
        """Files dropped, or handed over by a second start."""
        page = self._pages.currentWidget()
        if paths and page is self._frame:
            self.files_dropped.emit(paths)
        elif paths and hasattr(page, "take_files"):
            page.take_files(paths)

    def come_to_front(self) -> None:
        """Raise the window, also out of the task bar."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _is_slim(self) -> bool:
        return self.width() < style.px(style.NARROW) or self.height() < style.px(style.LOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_slim(self.width() < style.px(style.NARROW))
        if (desk := self.current()) is not None:
            desk.set_slim(self._is_slim())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            icons.redraw()
        return super().event(event)

    def _relook(self) -> None:
        """Another text size changes every margin: the desks are built anew."""
        if self._text_size == style.look.text_size or self.context is None:
            return
        self._text_size = style.look.text_size
        self.rail.set_slim(self.width() < style.px(style.NARROW))
        current = self.current()
        name = current.objectName() if current is not None else ""
        self.drop_desks()
        self.go(name)

    def drop_desks(self) -> None:
        """Let go of all desks; each is built anew when it is next shown."""
        for desk in self._desks.values():
            self.stack.removeWidget(desk)
            desk.deleteLater()
        self._desks.clear()

    def _restore_geometry(self) -> None:
        kept = memory.value("window/geometry")
        if not kept or not self.restoreGeometry(QByteArray(base64.b64decode(kept))):
            self.resize(1280, 800)

    def _keep_geometry(self) -> None:
        geometry = self.saveGeometry().data()
        memory.keep("window/geometry", base64.b64encode(bytes(geometry)).decode())

    def closeEvent(self, event: QCloseEvent) -> None:
        style.look.changed.disconnect(self._relook)
        self._counts.stop()
        self._keep_geometry()
        memory.save()
        if "jobs" in self.__dict__:
            self.jobs.close()
        self.links.close()
        super().closeEvent(event)

"""Start the window: the frame is painted first, everything else is loaded after it.

Example (bootstrap, lead):
    run_window(open_services=lambda: bootstrap.open_folder(folder), files=paths,
               links=lambda services: Links(undo=services.journal.undo, …),
               first_run=lambda context, done: FirstRun(context, done) if … else None,
               folder=folder)
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ui import memory, style
from ui.main_window import Links, MainWindow
from ui.single_instance import SingleInstance
from wxadmin.domain.errors import UserError

if TYPE_CHECKING:
    from ui.crash import CrashGuard

FirstRunHook = Callable[[Any, Callable[..., None]], QWidget | None]
"""first_run(context, done) → a page shown instead of the desks; None: not needed.

`context.services` is what `open_services` gave (None where there is no register yet); the page
ends with `done()` or, when it made the register itself, `done(services)`.
"""


def run_window(
    open_services: Callable[[], Any],
    files: Sequence[Path] = (),
    links: Callable[[Any], Links] | None = None,
    first_run: FirstRunHook | None = None,
    folder: Path | None = None,
    mode: str = "system",
    text_size: str = "standard",
    on_files: Callable[[MainWindow, list[Path]], None] | None = None,
    begun: Callable[[MainWindow, Any], None] | None = None,
) -> int:
    """Show the window until it is closed; answers with the exit code.

    `on_files(window, paths)` takes dropped files (default: the imports desk opens them);
    `begun(window, services)` is called once the desks are there.
    A second start for the same folder hands its files to the first and ends with 0.
    """
    gc.disable()  # until the frame is there: loading makes much and throws away little
    app = window_application()
    single = SingleInstance(folder or "")
    if single.hand_over(files):
        return 0
    if folder is not None:
        memory.open_file(folder / "window.json")
    style.look.install(
        app, memory.value("look/mode", mode), memory.value("look/size", text_size), bare=True
    )
    window = MainWindow()
    take = on_files or (lambda shown, paths: shown.go("imports", paths))
    window.files_dropped.connect(lambda paths: take(window, paths))
    window.import_asked.connect(lambda: window.go("imports"))
    single.called.connect(lambda paths: (window.come_to_front(), window.take_files(paths)))
    window.show()
    opening = Opening(window, open_services, links, first_run, list(files), single, begun)
    app.processEvents()  # the frame is painted here
    opening.after_first_paint()
    try:
        return app.exec()
    finally:
        opening.close()
        single.close()


def window_application() -> QApplication:
    """Return the one application object, made where there is none yet."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("wxadmin")
    QGuiApplication.setDesktopFileName("wxadmin")
    return app


def calm_collector() -> None:
    """Collect garbage seldom: a full collection over 100,000 rows stops the window for 80 ms."""
    gc.set_threshold(50_000, 20, 100)
    gc.enable()


class Opening:
    """Opens the register once the frame is on the screen."""

    def __init__(
        self,
        window: MainWindow,
        open_services: Callable[[], Any],
        links: Callable[[Any], Links] | None,
        first_run: FirstRunHook | None,
        files: list[Path],
        single: SingleInstance,
        begun: Callable[[MainWindow, Any], None] | None = None,
    ) -> None:
        self._window, self._open, self._links = window, open_services, links
        self._first_run, self._files, self._single = first_run, files, single
        self._begun = begun
        self._guard: CrashGuard | None = None
        window.reopen_asked.connect(self.reopen)

    def after_first_paint(self) -> None:
        """Open as soon as the event loop runs."""
        from PySide6.QtCore import QTimer

        QTimer.singleShot(0, self._window, self.open)

    def _watch(self) -> None:
        """Answer later starts; catch what nobody expected; stop work when the system shuts down."""
        from ui.crash import CrashGuard

        style.look.load_words()
        self._single.listen()
        self._guard = CrashGuard()
        self._guard.install()
        self._teller = CrashTeller(self._window)
        self._guard.seen.connect(self._teller.tell)
        self._window.jobs.failed.connect(self._guard.report)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.commitDataRequest.connect(lambda _: self._window.jobs.close())

    def close(self) -> None:
        """Give Python its last word back."""
        if self._guard is not None:
            self._guard.remove()

    def open(self) -> None:
        """Open the register; a refusal stands on the whole page with the way out."""
        self._watch()
        try:
            self._open_and_begin()
        finally:
            calm_collector()

    def _open_and_begin(self) -> None:
        try:
            services = self._open()
        except UserError as refusal:
            self._window.show_whole(refused_page(refusal, self._window.close))
            return
        page = None
        if self._first_run is not None:
            self._window.prepare(services, Links())
            page = self._first_run(
                self._window.context,
                lambda made=None: self._begin(services if made is None else made),
            )
        if page is not None:
            self._window.show_whole(page)
        else:
            self._begin(services)

    def reopen(self, exchange: Callable[[], Any]) -> None:
        """Close the register, let another file take its place, open what then lies there."""
        window, refused = self._window, None
        window.links.close()
        try:
            exchange()
        except UserError as refusal:
            refused = refusal  # the register that was open still lies in its place
        try:
            services = self._open()
        except UserError as refusal:
            window.show_whole(refused_page(refusal, window.close))
            return
        window.drop_desks()
        self._begin(services)
        if refused is not None:
            window.messages.error(refused)

    def _begin(self, services: Any) -> None:
        links = self._links(services) if self._links is not None else Links()
        self._window.show_desks()
        self._window.start(services, links)
        self._window.take_files(self._files)
        self._files = []
        if self._begun is not None:
            self._begun(self._window, services)


def refused_page(refusal: UserError, close: Callable[[], Any]) -> QWidget:
    """The register cannot be opened: the sentence, what it is about, and a way out."""
    from ui.shared.bands import IconLabel
    from ui.shared.buttons import filled
    from ui.shared.layouts import across, down, region
    from ui.shared.text import Text

    lines = [Text(line, tone="ink2", wrap=True) for line in refusal.details]
    sentence = Text(refusal.message, size=17, bold=True, wrap=True, selectable=True)
    inner = region(down(IconLabel("alert", "red", 32), sentence, *lines, 12,
                        across(filled("关闭程序", on_click=close), None), gap=10))  # fmt: skip
    inner.setFixedWidth(style.px(560))
    return region(down(None, across(None, inner, None), None), "content")


class CrashTeller:
    """One sentence for what nobody expected; the third time, the offer to start again."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._telling = False

    def tell(self, facts: str, count: int) -> None:
        """Tell once at a time; further errors meanwhile are only in the log."""
        from ui.crash import OFTEN
        from ui.shared.dialog import Choice

        if self._telling:
            return
        self._telling = True
        often = count >= OFTEN
        reason = "没有写下一半的改动，程序可以接着用。"
        if often:
            reason = f"同样的意外已有{count}次。重新打开程序多半能好，数据都在。"
        acts = [Choice("接着用", kind="plain" if often else "filled")]
        if often:
            acts.append(Choice("重新打开", "restart", kind="filled"))
        answer = self._window.messages.ask("这一步没有做成，程序出了意外。", reason, acts=acts,
                                           left=[Choice("复制详情", "copy", "words")])  # fmt: skip
        self._telling = False
        if answer == "copy":
            QGuiApplication.clipboard().setText(facts)
        elif answer == "restart":
            from PySide6.QtCore import QProcess

            QProcess.startDetached(sys.executable, sys.argv)
            self._window.close()

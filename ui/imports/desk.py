"""导入: the start page, 对列, the preview, the end; one file after the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from ui.actions import DeskAct
from ui.desk import Context, Desk
from ui.imports import files_out, list_acts
from ui.imports.columns_page import ColumnsPage
from ui.imports.done_page import DonePage
from ui.imports.journey import ALWAYS, NEVER, SURE, Journey
from ui.imports.preview_page import PreviewPage, released
from ui.imports.start_page import StartPage, grid_rows
from ui.imports.told import facts_of, status_of
from ui.shared.acting import take_back
from ui.shared.steps import StepCrumbs
from wxadmin.domain.sheet_kind import MEMBERS
from wxadmin.scans.reading import is_paper
from wxadmin.services.history import History
from wxadmin.services.import_book import ImportBook
from wxadmin.services.import_columns import ImportColumns
from wxadmin.services.leaver_grid import LeaverGrid

STEPS = ("选文件", "对列", "预览", "完成")


class ImportsDesk(Desk):
    """`open(paths)` takes files; anything else shows the start page."""

    title = "导入"
    about = (
        "人事的花名册、离职清单，企业微信的通讯录导出、群成员名单都从这里进来：把文件拖进窗口，先看预览，每行可以划掉，"
        "点“确认导入”才写入，一步可以撤销。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.journey: Journey | None = None
        self.waiting: list[Path] = []
        self.group_wanted = ""
        self.day_wanted: date | None = None
        self.crumbs = StepCrumbs(STEPS)
        self.header.set_acts(self.crumbs)
        self.start = StartPage(context.services.today)
        self.columns = ColumnsPage()
        self.preview = PreviewPage()
        self.done = DonePage()
        self.pages = QStackedWidget()
        for page in (self.start, self.columns, self.preview, self.done):
            self.pages.addWidget(page)
        self.put(self.pages)
        self._wire_start()
        self._wire_way()
        self._show(self.start)

    def _wire_start(self) -> None:
        self.start.files.connect(self.take_files)
        self.start.urge_asked.connect(lambda cell: list_acts.copy_urge(self.context, cell))
        self.start.nobody_asked.connect(lambda cell: list_acts.record_nobody(self.context, cell))
        self.start.past_asked.connect(lambda key: list_acts.show_past(self.context, key))

    def _wire_way(self) -> None:
        self.columns.read_anew.connect(lambda: self._read(NEVER))
        self.columns.accepted.connect(self._columns_accepted)
        self.columns.dropped.connect(self.drop)
        self.preview.confirmed.connect(self.confirm)
        self.preview.columns_asked.connect(self.show_columns)
        self.preview.another_asked.connect(self.choose_another)
        self.preview.dropped.connect(self.drop)
        self.preview.problems_asked.connect(self.export_problems)
        self.preview.go_on_asked.connect(self.go_on)
        self.done.undone.connect(self.undo)
        self.done.results_asked.connect(self.export_results)
        self.done.another_asked.connect(self.choose_another)
        self.done.gone.connect(self.context.navigate)

    # -- the desk -----------------------------------------------------------------------------

    def refresh(self) -> None:
        services = self.context.services
        past = ImportBook(services).past()
        self.start.show_lists(grid_rows(LeaverGrid(services), past, services.today), past)
        if self.pages.currentWidget() is self.done and self.done.operation is not None:
            lines = History(services).lines()
            undone = {one.operation.id for one in lines if not one.in_effect}
            if self.done.operation in undone:
                self.done.show_undone()
        elif self.pages.currentWidget() is self.preview and self.journey is not None:
            self.journey.plan_anew()  # the register was written meanwhile

    def open(self, key: Any) -> None:
        """Files to import, a source of the grid, or {"group": key, "paths": […], "on": day}."""
        if isinstance(key, Mapping):
            self.group_wanted, self.day_wanted = str(key["group"]), key.get("on")
            self.take_files([Path(one) for one in key["paths"]])
        elif isinstance(key, list | tuple):
            self.take_files([Path(one) for one in key])
        elif isinstance(key, str | Path) and Path(key).suffix:
            self.take_files([Path(key)])
        elif isinstance(key, int):
            self.start.show_source(key)

    def actions(self) -> list[DeskAct]:
        return [
            DeskAct("new", "选择文件", self.choose_another),
            DeskAct("export", "导出问题行或处理结果", self.export),
            DeskAct("confirm", "确认导入", self._confirm_key, "Ctrl+Return"),
        ]

    def status_text(self) -> str:
        journey = self.journey
        if journey is None or journey.look is None or self.pages.currentWidget() is self.start:
            return ""
        return status_of(journey)

    def set_slim(self, slim: bool) -> None:
        super().set_slim(slim)
        self.start.set_slim(slim)

    def take_focus(self) -> None:
        page = self.pages.currentWidget()
        if page is self.start:
            self.start.zone.button.setFocus()
        elif isinstance(page, PreviewPage | ColumnsPage | DonePage):
            page.take_focus()

    # -- files --------------------------------------------------------------------------------

    def take_files(self, paths: list[Path]) -> None:
        """Files dropped anywhere; the first is opened, the others wait their turn.

        Scans, and forms somebody filled in, are no lists: they go to 表单.
        """
        from wxadmin.services.form_workbooks import is_for_forms

        scans = [path for path in paths if is_paper(path)]
        filled = [path for path in paths if path not in scans and is_for_forms(path)]
        if scans or filled:
            self.context.navigate("forms", {"scans": scans, "files": filled})
        self.waiting += [path for path in paths if path not in (*scans, *filled)]
        if (scans or filled) and not self.waiting:
            return
        if self.pages.currentWidget() in (self.start, self.done):
            self.next_file()
        else:
            self._say_header()

    def next_file(self) -> None:
        """Open the next file that waits, or show the start page."""
        self.context.messages.clear_error()
        self.journey = None
        if not self.waiting:
            self._show(self.start)
            self.refresh()
            return
        self.journey = journey = Journey(self.context, self.waiting.pop(0))
        journey.looked.connect(self.show_columns)
        journey.planned.connect(self.show_preview)
        journey.stopped.connect(self._stopped)
        journey.applied.connect(self._applied)
        self._show(self.start)
        onward = SURE
        if self.group_wanted:  # asked for in 群组: nothing is left to be guessed
            journey.wishes.kind, journey.wishes.group = MEMBERS, self.group_wanted
            journey.wishes.on = self.day_wanted
            self.group_wanted, onward = "", ALWAYS
        journey.read(onward)

    def drop(self) -> None:
        """取消: this file is put away, nothing was written."""
        self.next_file()

    def choose_another(self) -> None:
        """The next file that waits; when none does, ask for one."""
        if self.waiting:
            self.next_file()
            return
        paths = self.context.messages.ask_files()
        if paths:
            self._show(self.start)
            self.take_files(paths)
        elif self.pages.currentWidget() is self.done:
            self.next_file()

    def _stopped(self) -> None:
        """Reading was refused or cancelled: a file nobody has seen is put away."""
        if self.journey is not None and self.journey.look is None:
            self.journey = None
            self._show(self.start)

    def _read(self, onward: str) -> None:
        if self.journey is not None:
            self.context.messages.clear_error()
            self.journey.read(onward)

    # -- the pages ----------------------------------------------------------------------------

    def show_columns(self) -> None:
        """Step 2."""
        journey, services = self.journey, self.context.services
        if journey is None or journey.look is None:
            return
        columns = ImportColumns(services)
        reading = journey.look.reading
        self.columns.show_columns(
            journey, columns.lines(reading), columns.fields(), ImportBook(services).sources(),
            ImportBook(services).groups(),
        )  # fmt: skip
        self._show(self.columns)
        if journey.look.complaint:  # what the columns still lack
            self.context.messages.error(journey.look.complaint)
        self.columns.take_focus()

    def _columns_accepted(self) -> None:
        journey = self.journey
        if journey is None:
            return
        mapped = self.columns.mapped()
        if mapped != self.columns.lines:
            journey.wishes.mapping = ImportColumns(self.context.services).mapping(mapped)
        self._read(ALWAYS)

    def show_preview(self) -> None:
        """Step 3."""
        if self.journey is not None:
            self._show(self.preview)
            self.preview.show_plan(self.journey)
            self._show(self.preview)

    def _show(self, page: Any) -> None:
        self.pages.setCurrentWidget(page)
        steps = {self.start: 0, self.columns: 1, self.preview: 2, self.done: 3}
        self.crumbs.go(steps[page])
        self._say_header()

    def _say_header(self) -> None:
        page, journey = self.pages.currentWidget(), self.journey
        titles = {self.columns: "对列", self.preview: "导入预览", self.done: "导入完成"}
        self.header.set_title(titles.get(page, "导入"))  # type: ignore[call-overload]
        waiting = f"还有 {len(self.waiting)} 个文件等着" if self.waiting else ""
        if journey is None or journey.look is None or page in (self.start, self.done):
            self.header.set_facts(waiting)
            return
        self.header.set_facts(facts_of(journey, planned=page is self.preview), waiting)

    # -- deciding -----------------------------------------------------------------------------

    def _confirm_key(self) -> None:
        if self.pages.currentWidget() is self.preview and self.preview.confirm.isEnabled():
            self.confirm()

    def confirm(self) -> None:
        """确认导入: write it all as one act."""
        if self.journey is not None:
            self.context.messages.clear_error()
            self.preview.confirm.block("正在写入", "")
            self.journey.apply()

    def go_on(self) -> None:
        """继续: in spite of the brake, once the number was typed."""
        if self.journey is not None and released(self.context.messages, self.journey):
            self.preview.show_plan(self.journey)

    def _applied(self, operation: int | None) -> None:
        assert self.journey is not None
        self.done.show_done(self.journey, operation, len(self.waiting))
        self._show(self.done)
        self.done.take_focus()
        self.context.changed()

    def undo(self) -> None:
        """撤销这次导入."""
        if self.done.operation is not None:
            take_back(self.context, self.done.operation)

    # -- files out ---------------------------------------------------------------------------

    def export(self) -> None:
        """Ctrl+E: the problem rows of a preview, the results at the end."""
        page = self.pages.currentWidget()
        if page is self.preview and self.journey is not None:
            self.export_problems()
        elif page is self.done:
            self.export_results()

    def export_problems(self) -> None:
        """The rows with problems as HR wrote them, with a 问题 column."""
        if self.journey is not None:
            files_out.export_problems(self.context, self.journey)

    def export_results(self) -> None:
        """HR's own file back with a 结果 column."""
        if self.journey is not None:
            files_out.export_results(self.context, self.journey)

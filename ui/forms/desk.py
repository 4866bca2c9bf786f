"""表单: every form by where its paper is; the paper beside it; the next act at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ui.actions import DeskAct
from ui.desk import Context, Desk
from ui.forms.boards import take_in
from ui.forms.columns import (
    FILTERS,
    GROUPS,
    OUT,
    QUESTIONS,
    columns,
    found_by,
    group_of,
    in_order,
    is_open,
)
from ui.forms.more_acts import more_button
from ui.forms.printing_desk import FormPrinting
from ui.forms.scan_tray import ScanTray
from ui.forms.sheet_head import HeadWriter
from ui.forms.sheet_side import SheetSide
from ui.shared.acting import act
from ui.shared.buttons import filled, plain
from ui.shared.empty_state import EmptyState
from ui.shared.layouts import down, region, stacked
from ui.shared.paper_out import large_preview
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.toolbar import Toolbar
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.incoming import TRAY
from wxadmin.services.form_board import FormLine
from wxadmin.services.form_library import form_library
from wxadmin.services.forms import Forms, FormSheetView
from wxadmin.services.scans import Scans


class FormsDesk(Desk):
    """A form is named by its number: `navigate("forms", "QWSQ-202611-003")`."""

    title = "表单"
    side_stays = True
    about = (
        "附件一和交接单：起草、打印、签回、收件、开通、归档，谁还没交回一看就知道。"
        "左边勾选几张可以一起打印；右边是纸面和下一步。"
        "签好的表扫描后拖进窗口，按二维码自己归到各张表，看一眼就登记签回。"
        "Ctrl+N 填新表，Ctrl+P 打印。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.forms = Forms(context.services)
        self.kinds = {kind.id: kind.file_name or kind.id for kind in self.forms.kinds()}
        self.printing = FormPrinting(self)
        self.batch = plain("打印勾选的", "print", on_click=self.printing.print_ticked)
        self.scans = plain("扫描件", "scan", on_click=self.show_scans)
        self.header.set_acts(
            self.scans,
            more_button(self),
            plain("打印空白表", on_click=self.printing.print_blank),
            self.batch,
            plain("填新表", "plus", on_click=self.new),
        )
        self.toolbar = Toolbar("姓名、编号", list(FILTERS), unit="张")
        empty = EmptyState(
            "paper", "这里放附件一和其他要签字的表",
            "填好、打印、签回、归档，谁还没交回一看就知道。",
            filled("填第一张附件一", "plus", on_click=self.new),
        )  # fmt: skip
        self.table = Table(
            columns(context.services.today, self.kinds), "表单", groups=GROUPS, checkable=True,
            tickable=is_open, empty=empty, search_clears=self._show_all,
        )  # fmt: skip
        self.toolbar.serve(self.table)
        self.toolbar.chosen.connect(lambda _: self._show_one())
        self.side_sheet = SheetSide()
        self.tray = ScanTray(self)
        self.tray.left.connect(self.leave_scans)
        listed = down(self.toolbar, self.table, gap=0)
        listed.setStretchFactor(self.table, 1)
        self._lists = stacked(region(listed), self.tray)
        self._sheets = stacked(self.side_sheet, self.tray.sheet)
        self.put(region(self._lists))
        self.set_side(region(self._sheets, "content"), 560, under_header=True)
        self._told: tuple[UserError, ...] = ()
        self.view: FormSheetView | None = None
        self.lines: list[FormLine] = []
        self.table.choose("open")
        self.table.current_changed.connect(self.show_form)
        self.table.ticks_changed.connect(self._count_ticks)
        self.table.opened.connect(lambda _: self.do_first())
        self.table.edit_asked.connect(lambda *_: self.edit())
        self.side_sheet.preview.print_preview_asked.connect(self.enlarge)
        self._count_ticks()

    # -- reading --------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.forms = Forms(self.context.services)
        self.lines = in_order(self.forms.lines())
        rows = RowsInMemory(
            self.lines, key="number", search=found_by, group=group_of, filters=QUESTIONS
        )
        counts = {key: sum(map(ask, self.lines)) for key, ask in QUESTIONS.items()}
        self.toolbar.filters.set_counts({**counts, "": len(self.lines)})
        self.header.set_facts(self._facts())
        waiting = Scans(self.context.services).waiting()
        self.scans.say(f"扫描件 {waiting}" if waiting else "扫描件")
        if self.looks_at_scans():
            self.tray.refresh()
        before = self.table.current_id()
        self.table.show_rows(rows)
        if not self._show_one() and (before is not None or not self.lines):
            self.show_form(self.table.current_id())
        self._count_ticks()
        self._tell_of_wrong_files()

    def _show_one(self) -> bool:
        """Where nothing is current, the first that is late is, else the first."""
        if self.table.current_id() is not None or not self.table.hits():
            return False
        shown = self.table.model.shown_ids()
        late = (line.number for line in self.lines if line.overdue and line.number in shown)
        return self.table.select(next(late, shown[0]))

    def _tell_of_wrong_files(self) -> None:
        """Say once that a form of the office's own is mistyped and ours used in its place."""
        refusals = form_library(self.context.services).refusals
        if refusals and refusals != self._told:
            way = ("表单样式", lambda: self.context.navigate("settings", "forms"))
            self.context.messages.error(refusals[0], way)
        self._told = refusals

    def _facts(self) -> str:
        out = [line for line in self.lines if line.paper_state == OUT]
        if not out:
            return f"{len(self.lines)} 张" if self.lines else ""
        today = self.context.services.today
        longest = max((today - line.printed_on).days if line.printed_on else 0 for line in out)
        return f"待签回 {len(out)}，最长 {longest} 天"

    def open(self, key: Any) -> None:
        """Show a form by its number or id, whatever is filtered; {"scans": …, "files": …}, lists
        of paths, are taken in."""
        if isinstance(key, Mapping):
            if key.get("scans"):
                self.take_scans([Path(one) for one in key["scans"]])
            take_in(self, [Path(one) for one in key.get("files", ())])
            return
        if key == TRAY:
            self.show_scans()
            return
        self._turn(0)
        if isinstance(key, int):
            found = self.context.services.store.get(Form, key)
            key = found.number if found is not None else None
        if key is not None and not self.table.select(key):
            self._show_all()
            self.table.select(key)

    def _show_all(self) -> None:
        if self.toolbar.search_box is not None:
            self.toolbar.search_box.clear()
        self.toolbar.filters.choose("")

    # -- scans ----------------------------------------------------------------------------------

    def looks_at_scans(self) -> bool:
        """Whether the tray stands in the list's place."""
        return self._lists.currentIndex() == 1

    def show_scans(self) -> None:
        """The tray in the list's place, the page of a scan in the sheet's."""
        self._turn(1)
        self.show_side(True)
        self.tray.refresh()
        self.tray.table.setFocus()

    def leave_scans(self) -> None:
        """Back to the forms."""
        self._turn(0)
        self.table.setFocus()

    def _turn(self, page: int) -> None:
        for stack in (self._lists, self._sheets):
            stack.setCurrentIndex(page)

    def take_focus(self) -> None:
        (self.tray.table if self.looks_at_scans() else self.table).setFocus()

    def take_scans(self, paths: Sequence[Path]) -> None:
        """Scans were dropped or chosen: lay them into the tray."""
        self.show_scans()
        self.tray.take(paths)

    def show_form(self, number: Any) -> None:
        """Fill the right side; the paper is laid out at once, it takes a few milliseconds."""
        if number is None:
            self.view = None
            self.side_sheet.show_nothing()
            return
        self.view = self.forms.view(str(number))
        self.side_sheet.show_head(HeadWriter(self).head(self.view))
        self.side_sheet.show_paper(self.printing.pages([str(number)]))

    def enlarge(self) -> None:
        """The paper as large as the window allows."""
        if self.view is not None:
            number = self.view.form.number
            large_preview(self.context, self.printing.job([number]), self.printing.pages([number]))

    def status_text(self) -> str:
        open_ones = sum(map(is_open, self.lines))
        ticked = len(self.table.ticked_ids())
        return f"{len(self.lines):,} 张表，未完 {open_ones:,} 张" + (
            f"，勾选 {ticked} 张" if ticked else ""
        )

    def actions(self) -> list[DeskAct]:
        return [
            DeskAct("new", "填新表", self.new),
            DeskAct("print", "打印勾选的或当前的表", self.printing.print_these),
            DeskAct("export", "当前的表存为PDF", self.printing.save),
            DeskAct("next", "做下一步（登记签回、开通……）", self.do_first, "Ctrl+D"),
        ]

    def _count_ticks(self) -> None:
        ticked = len(self.table.ticked_ids())
        self.batch.block(None if ticked else "勾选后打印", f"打印 {ticked} 张")
        self.status_changed.emit()

    # -- acts -----------------------------------------------------------------------------------

    def new(self) -> None:
        """Fill in a new form."""
        from ui.forms.new_form import ask_new_form

        number = ask_new_form(self)
        if number is not None:
            self.open(number)
            self.edit()

    def edit(self) -> None:
        """Change what stands in the current draft."""
        from ui.forms.entry import edit_form

        if self.view is not None:
            edit_form(self, self.view)

    def do_first(self) -> None:
        """The next sensible act of what is shown, as its filled button does it."""
        if self.looks_at_scans():
            self.tray.do_first()
        elif self.side_sheet.first is not None:
            self.side_sheet.first.click()

    def moved(self, said: str, move: str, **how: Any) -> bool:
        """Move the current form along its route, with a toast that takes it back."""
        assert self.view is not None
        number = self.view.form.number
        return act(self.context, said, lambda: self.forms.move(number, move, **how))

    def mark_printed(self, numbers: Sequence[str]) -> None:
        """The paper is out: note the day, as one act."""
        try:
            self.forms.mark_printed(numbers)
        except UserError as refusal:
            self.context.messages.error(refusal)
        self.context.refresh()

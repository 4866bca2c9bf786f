"""办理: joiners, movers and leavers, people down and steps across; one of them at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedLayout

from ui import style
from ui.actions import DeskAct
from ui.checklists import column_acts, starting, step_acts
from ui.checklists.grid import ROW, columns, found_by, legend, step_no
from ui.checklists.head import HeadActs
from ui.checklists.panel import details_of
from ui.desk import Context, Desk
from ui.shared.acting import act
from ui.shared.buttons import plain
from ui.shared.detail_panel import DetailPanel
from ui.shared.empty_state import EmptyState
from ui.shared.inputs import ChoiceInput
from ui.shared.layouts import region
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.toolbar import Toolbar
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.person import Employee
from wxadmin.services.checklist_views import Board, ChecklistView, ChecklistViews
from wxadmin.services.checklists import Checklists

OTHERS = "others"
MANY = 3000
"""With more people than this the facts are read on the worker."""
_NOTHING = "选一行，这里看它的每一步。"


class ChecklistsDesk(Desk):
    """A checklist is named by its id: `navigate("checklists", 17)`; a tab: "offboarding"."""

    title = "办理"
    about = (
        "入职、调岗、离职的办理清单：人在行，步骤在列，只画标记。空格打勾，回车看这一步；"
        "登记库能证实的会自动打勾。右边是一个人的每一步、依据和卡住他的那件事。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.lists = Checklists(context.services)
        pack = context.services.pack
        self.kinds = [
            (key, title, count, pack.checklist(key).subject)
            for key, title, count in self.lists.views().tabs()
        ]
        people = [(key, title) for key, title, _, subject in self.kinds if subject == "person"]
        groups = [(key, title) for key, title, _, subject in self.kinds if subject == "group"]
        self.template = people[0][0]
        self.unfolded: set[int] = set()
        self.views: dict[int, ChecklistView] = {}
        self.board: Board | None = None
        self.facts: ChecklistViews | None = None
        self.wanted: int | None = None
        self.loading = False
        self.head = HeadActs(self)
        self.other = ChoiceInput(groups)
        self.other.setAccessibleName("哪一种群组办理")
        self.other.edited.connect(self._choose_other)
        self.other.setMinimumWidth(style.px(150))
        self.other.setVisible(False)
        self.column_act = plain("给选中的人整列打勾", "tick", on_click=self.tick_column)
        tabs = [*people, *([(OTHERS, "其他")] if groups else [])]
        self.toolbar = Toolbar("姓名、拼音、工号", tabs, [self.other, self.column_act], unit="张")
        self.toolbar.searched.connect(self._search)
        self.toolbar.chosen.connect(self._choose_tab)
        self._grids = QStackedLayout()
        self.table: Table = self._new_table(())
        self.put(self.toolbar, region(self._grids), legend())
        self.body.setStretch(1, 1)
        self.body.setStretch(2, 0)
        self.panel = DetailPanel()
        self.set_side(self.panel, 352, under_header=True)

    def _new_table(self, wanted: Sequence[Any]) -> Table:
        """A grid for these columns; another kind of checklist has other steps."""
        empty = EmptyState(
            "list", "这里办入职、调岗、离职和群的变动",
            "导入花名册或离职清单后自动发起；也可以先给一个人或一个群发起。",
            plain("发起办理", "plus", on_click=self.new),
        )  # fmt: skip
        table = Table(wanted, "办理", row_px=ROW, empty=empty)
        table.current_changed.connect(self.show_checklist)
        table.spaced.connect(self.space)
        table.opened.connect(lambda _: self.enter())
        self._grids.addWidget(table)
        self._grids.setCurrentWidget(table)
        return table

    # -- reading --------------------------------------------------------------------------------

    def refresh(self) -> None:
        people = len(self.context.services.store.columns(Employee, "id"))
        if people <= MANY:
            self._take(self._read())
            return
        self.loading = True
        self.context.jobs.run(
            lambda progress, cancelled: self._read(), on_done=self._take,
            caption="正在看每一步的依据", unit="人", written="只是读取，不改任何数据。",
        )  # fmt: skip

    def _read(self) -> tuple[ChecklistViews, Board]:
        """The facts for one screen, and the grid of the present tab."""
        views = self.lists.views()
        return views, views.board(self.template)

    def _take(self, read: tuple[ChecklistViews, Board]) -> None:
        self.loading = False
        self.facts, board = read
        pack = self.context.services.pack
        self.kinds = [(*tab, pack.checklist(tab[0]).subject) for tab in self.facts.tabs()]
        counts = {key: count for key, _, count, subject in self.kinds if subject == "person"}
        of_groups = [(key, f"{title} {n}", n) for key, title, n, s in self.kinds if s == "group"]
        if of_groups:
            counts[OTHERS] = sum(count for _, _, count in of_groups)
            self.other.set_choices([(key, text) for key, text, _ in of_groups])
        self.toolbar.filters.set_counts(counts)
        if board.template != self.template:  # she went on to another tab meanwhile
            board = self.facts.board(self.template)
        self._show_board(board)
        if self.wanted is not None:
            self._open_wanted()

    def _show_board(self, board: Board) -> None:
        wanted = columns(board)
        keys = [(column.key, column.title) for column in wanted]
        if [(column.key, column.title) for column in self.table.model.columns] != keys:
            self._swap(wanted)
        self.board = board
        self.views = {row.id: row for row in board.rows}
        what = "个群" if self.other.isVisibleTo(self) else "人"
        today = self.context.services.today
        self.header.set_facts(
            board.title, f"{today.year}年{today.month}月",
            f"{len(board.rows)} {what}，办结 {board.closed}",
        )  # fmt: skip
        before = self.table.current_id()
        self.head.show_for(board.template)
        reading = self._readings(board)
        self.table.show_rows(
            RowsInMemory(
                board.rows,
                key="id",
                search=lambda row: found_by(row, reading.get(row.look.checklist.employee_id, "")),
            )
        )
        if self.table.current_id() is None and board.rows:
            self.table.select(board.rows[0].id)
        elif before is not None or not board.rows:
            self.show_checklist(self.table.current_id())
        self.column_act.setVisible(bool(board.rows))

    def _readings(self, board: Board) -> dict[int | None, str]:
        """How the names are read, for the search."""
        ids = {row.look.checklist.employee_id for row in board.rows} - {None}
        store = self.context.services.store
        return dict(store.columns(Employee, "id", "pinyin", id=ids)) if ids else {}

    def _search(self, text: str) -> None:
        hits = self.table.find(text)
        if self.toolbar.search_box is not None:
            self.toolbar.search_box.show_hits(hits)

    def _swap(self, wanted: Sequence[Any]) -> None:
        old, kept = self.table, self.table.current_id()
        chosen = self.table.selected_ids()
        had_focus = old.view.hasFocus()
        self.table = self._new_table(wanted)
        self._grids.removeWidget(old)
        old.hide()
        old.deleteLater()
        if kept is not None:
            self.table.view._kept = (kept, 0)
            self.table.view.kept_selection = chosen
        if had_focus:
            self.table.setFocus()

    def _choose_tab(self, key: str) -> None:
        self.other.setVisible(key == OTHERS)
        if self.toolbar.search_box is not None:  # few groups, and no room for both
            self.toolbar.search_box.setVisible(key != OTHERS)
        if key == OTHERS:
            if self.other.value() is None:
                self.other.setCurrentIndex(0)
            self.template = self.other.value()
        else:
            self.template = key
        if self.toolbar.search_box is not None:
            self.toolbar.search_box.clear()
        if self.facts is not None:
            self._show_board(self.facts.board(self.template))
        self.context.messages.clear_error()

    def _choose_other(self) -> None:
        self._choose_tab(OTHERS)

    def open(self, key: Any) -> None:
        """Show a checklist by its id, on its own tab; or a tab by its template."""
        if key in [name for name, _, _, subject in self.kinds if subject == "person"]:
            self.toolbar.filters.choose(key)
            self.take_focus()
            return
        self.wanted = int(key)
        if not self.loading:
            self._open_wanted()

    def _open_wanted(self) -> None:
        assert self.wanted is not None
        found = self.context.services.store.get(Checklist, self.wanted)
        self.wanted = None
        if found is None:
            return
        if found.template != self.template:
            tabs = {name for name, _, _, subject in self.kinds if subject == "person"}
            if found.template in tabs:
                self.toolbar.filters.choose(found.template)
            else:
                self.other.set_value(found.template)
                self.toolbar.filters.choose(OTHERS)
                self._choose_other()
        if not self.table.select(found.id):
            self.show_checklist(found.id)
        self.show_side(True)

    def show_checklist(self, key: Any) -> None:
        """Fill the panel; a checklist of another month is read by itself."""
        if key is None:
            self.panel.show_nothing(_NOTHING)
            return
        assert self.facts is not None
        view = self.views.get(key) or self.facts.one(key)
        self.panel.show_details(details_of(self, view))

    def turn_folded(self, key: int) -> None:
        """Unfold or fold the steps that do not apply."""
        self.unfolded ^= {key}
        self.show_checklist(key)

    def status_text(self) -> str:
        counts = [f"{title} {count}" for _, title, count, _ in self.kinds if count]
        return "在办：" + "，".join(counts) if counts else "没有在办的清单"

    def actions(self) -> list[DeskAct]:
        return self.head.keys()

    # -- where one is ---------------------------------------------------------------------------

    def current_column(self) -> str:
        """The key of the current cell's column."""
        number = self.table.view.current_column
        shown = self.table.model.columns
        return shown[number].key if 0 <= number < len(shown) else ""

    def current(self) -> ChecklistView | None:
        """The current line's checklist."""
        key = self.table.current_id()
        return self.views.get(key) if isinstance(key, int) else None

    def chosen(self) -> list[ChecklistView]:
        """The selected lines' checklists."""
        return [self.views[key] for key in self.table.selected_ids() if key in self.views]

    # -- acts -----------------------------------------------------------------------------------

    def acted(self, said: str, do: Callable[[], Any]) -> bool:
        """Do a short act with its toast."""
        return act(self.context, said, do)

    def new(self) -> None:
        """Start a checklist by hand."""
        starting.start(self)

    def enter(self) -> None:
        """Enter: the step of the current cell, or else the panel."""
        view, no = self.current(), step_no(self.current_column())
        step = view.step(no) if view is not None and no is not None else None
        if view is not None and step is not None:
            step_acts.settle(self, view, step)
        else:
            self.show_side(True)

    def space(self, keys: list[int], column: str) -> None:
        """Space ticks the step for the selected people."""
        no = step_no(column)
        views = [self.views[key] for key in keys]
        if no is None or not views:
            return
        if len(views) > 1 and self.board is not None:
            column_acts.tick_column(self, self.board, views, no)
            return
        step = views[0].step(no)
        if step is not None and views[0].look.checklist.is_open:
            step_acts.turn(self, views[0], step)

    def tick_column(self) -> None:
        """给选中的人整列打勾."""
        running = [view for view in self.chosen() if view.look.checklist.is_open]
        if self.board is None or not running:
            self.context.messages.error("先在左边选中要打勾的人：按住 Shift 或 Ctrl 可以选几位。")
            return
        column_acts.tick_column(self, self.board, running, step_no(self.current_column()))

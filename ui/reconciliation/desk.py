"""三方核对: HR's roster, the register and WeCom side by side, and the one act that settles each."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.actions import DeskAct
from ui.desk import Context, Desk
from ui.reconciliation.columns import columns, first_act
from ui.reconciliation.foot import Ages, Foot
from ui.reconciliation.line_acts import LineActs
from ui.reconciliation.lines import (
    ASIDE,
    COUNTERS,
    OPEN,
    SAME,
    TITLES,
    Row,
    counts,
    headings,
    rows_of,
)
from ui.reconciliation.out import Outgoing
from ui.reconciliation.questions import Question
from ui.reconciliation.reading import Seen, read
from ui.reconciliation.settling import Batches
from ui.shared.buttons import filled, icon_button, plain
from ui.shared.counters import Counters
from ui.shared.empty_state import EmptyState
from ui.shared.layouts import down, region
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.table_model import CHECK
from ui.shared.toolbar import Toolbar
from wxadmin.domain.reconciliation_words import DECIDE
from wxadmin.services.reconciliation_view import Item


class ReconciliationDesk(Desk):
    """A line is named by its key; `open` also takes a person's id, or a kind of finding."""

    title = "三方核对"
    about = (
        "人事花名册、台账、企业微信通讯录并排比对，一人一行，只列对不上的。行末是该做的事，"
        "Enter 就做；F2 展开同一人的其余差别，右键有别的做法。先勾行，再成批处理。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.seen: Seen | None = None
        self.rows: dict[Hashable, Row] = {}
        self._unfolded: set[Hashable] = set()
        self._wanted: Any = None
        self.acts = LineActs(self)
        self.batches = Batches(self)
        self.out = Outgoing(self)
        self._set_header()
        self.counters = Counters(COUNTERS)
        self.ages = Ages(lambda: self.context.navigate("imports"))
        self.counters.add_right(self.ages)
        self.counters.chosen.connect(lambda _: self._kind_chosen())
        words_ = [(OPEN, "没处理"), (SAME, "一致"),
                  *((key, told[0]) for key, told in ASIDE.items() if key != SAME)]  # fmt: skip
        self.toolbar = Toolbar("姓名、拼音、工号、手机尾号", words_, unit="行", keeps=True)
        self.table = self._table()
        self.toolbar.searched.connect(lambda text: self.toolbar.show_hits(self.table.find(text)))
        self.toolbar.chosen.connect(lambda _: self._filter_chosen())
        self._brake = down(gap=0)
        self.foot = Foot(self.acts.mark_chosen, self.batches.settle_ticked)
        self.put(self.counters, self.toolbar, region(self._brake), self.table, self.foot.widget)
        self.body.setStretch(self.body.count() - 1, 0)
        self.body.setStretchFactor(self.table, 1)

    # -- building -------------------------------------------------------------------------------

    def _set_header(self) -> None:
        self._fill = filled("填企业微信导入表", "export", lambda: self.out.fill_template())
        self._report = plain("核对报告", "sheet", lambda: self.out.report_menu(self._report))
        self._more = icon_button("more", "更多做法", lambda: self.out.more_menu(self._more))
        self._small = plain("办理小窗", "pin", self.context.small_window)
        self.header.set_acts(self._more, self._small, self._report, self._fill)

    def _table(self) -> Table:
        self._nothing = EmptyState(
            "list", "三处都对得上", "人事、台账、企业微信没有不一样的。下次导入新名单后再来看。",
            plain("看一致的人", on_click=lambda: self.toolbar.filters.choose(SAME)),
        )  # fmt: skip
        table = Table(columns(None), "三方核对", headings(()), checkable=True, empty=self._nothing,
                      tickable=lambda row: not row.beneath and row.item is not None
                      and row.mark is None,
                      search_clears=self.clear_filters)  # fmt: skip
        table.acted.connect(lambda key, _: self.act_on(key))
        table.opened.connect(self.turn)
        table.edit_asked.connect(lambda key, _: self.turn(key))
        table.current_changed.connect(lambda _: self._say_foot())
        table.ticks_changed.connect(self._say_foot)
        table.view.clicked.connect(self._clicked)
        table.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.view.customContextMenuRequested.connect(self.acts.open_menu)
        return table

    # -- reading --------------------------------------------------------------------------------

    def refresh(self) -> None:
        services = self.context.services
        self.context.jobs.run(
            lambda progress, cancelled: read(services), self._take,
            caption="正在比对三份名单", unit="人", written="只是读取，不改任何数据。",
        )  # fmt: skip

    def _take(self, seen: Seen) -> None:
        self.seen = seen
        found = counts(seen.view)
        self.counters.set_numbers({key: found[key] for key in TITLES})
        filters = {key: found[key] for key in (OPEN, *ASIDE)}
        self.toolbar.filters.set_counts(filters)
        self.context.counted({"reconciliation": len(seen.view.lines)})
        self.header.set_facts(f"一致 {found[SAME]:,}", f"不一致 {found[OPEN]:,}")
        self._fill.say(self._fill_words(len(seen.filling.rows)))
        self._say_fill()
        self.ages.say(seen.view.ages)
        self.table.model.columns = (CHECK, *columns(seen.view))
        self._show()
        if self._wanted is not None:
            self._open_wanted()
        self.status_changed.emit()

    def _say_fill(self) -> None:
        """The filled act is there when there is somebody to write, and not under the brake."""
        filling = self.seen.filling if self.seen is not None else None
        wanted = filling is not None and bool(filling.rows or filling.skipped)
        self._fill.setVisible(wanted and not self._brake.count())

    @staticmethod
    def _fill_words(count: int) -> str:
        return f"填企业微信导入表 {count:,} 人" if count else "填企业微信导入表"

    def status(self) -> str:
        """Which of the filters is on."""
        return self.toolbar.filters.current()

    def kind(self) -> str:
        """Which counter is on, "" for none."""
        return self.counters.current()

    def _show(self) -> None:
        if self.seen is None:
            return
        rows = rows_of(self.seen, self.status(), self.kind(), self._unfolded)
        self.rows = {row.id: row for row in rows}
        model = self.table.model
        model.ticked = {key for key in model.ticked if key in self.rows}
        model.chosen = (lambda _: True) if self.kind() or self.status() != OPEN else None
        self.table.open_below((), None)
        self.table.show_rows(RowsInMemory(
            rows, key="id", group=lambda row: row.group, search=lambda row: row.found_by
            or f"{row.name} {row.note}",
        ), headings(rows))  # fmt: skip
        self.toolbar.show_hits(self.table.hits())
        if self.table.current_id() is None and rows:
            self.table.select(rows[0].id)
        self._say_foot()

    def _filter_chosen(self) -> None:
        if self.status() != OPEN:
            self.counters.clear()
        self._show()

    def _kind_chosen(self) -> None:
        if self.status() != OPEN:
            self.toolbar.filters.choose(OPEN)
        self._show()

    def clear_filters(self) -> None:
        """Show everything that differs again."""
        self.counters.clear()
        self.toolbar.clear()
        self._show()

    def _say_foot(self) -> None:
        ticked = len(self.ticked_rows())
        self.foot.say(ticked, self.current(), open_=self.status() == OPEN, shown=bool(self.rows))

    def status_text(self) -> str:
        if self.seen is None:
            return ""
        return f"{len(self.seen.view.lines):,} 行不一致，显示 {self.table.hits():,} 行"

    # -- lines ----------------------------------------------------------------------------------

    def current(self) -> Row | None:
        """The line under the cursor."""
        return self.rows.get(self.table.current_id())

    def ticked_rows(self) -> list[Row]:
        """The lines that are ticked, in the order shown."""
        return [self.rows[key] for key in self.table.ticked_ids() if key in self.rows]

    def chosen_rows(self) -> list[Row]:
        """The ticked lines, else the one under the cursor."""
        row = self.current()
        return self.ticked_rows() or ([row] if row is not None else [])

    def items_of(self, rows: list[Row]) -> list[Item]:
        """Everything found about these lines: a main line stands for its folded ones too."""
        found = [item for row in rows for item in row.items]
        return list({id(item): item for item in found}.values())

    def open(self, key: Any) -> None:
        """Show a person's line, a line by its key, or all of one kind of finding."""
        self._wanted = key
        if self.seen is not None and not self.context.jobs.busy():
            self._open_wanted()

    def _open_wanted(self) -> None:
        key, self._wanted = self._wanted, None
        self.clear_filters()
        if key in TITLES:
            self.counters._counters[key].click()
            return
        self.table.select(f"person-{key}" if isinstance(key, int) else key)

    def turn(self, key: Any) -> None:
        """Fold a person's further differences out, or in again; a question opens in place."""
        row = self.rows.get(key)
        if row is None:
            return
        if row.item is not None and row.item.acts[:1] == (DECIDE,):
            self.ask(row)
        elif row.further:
            line = row.id
            (self._unfolded.discard if row.unfolded else self._unfolded.add)(line)
            self._show()
            self.table.select(line)
        elif row.person_id is not None and row.group == SAME:
            self.context.navigate("people", row.person_id)

    def _clicked(self, index: QModelIndex) -> None:
        key = self.table.model.id_at(index.row()) if index.isValid() else None
        if key is not None and self.table.model.columns[index.column()].key == "difference":
            self.turn(key)

    def act_on(self, key: Hashable) -> None:
        """Do what stands at the end of a line."""
        row = self.rows.get(key)
        if row is not None and (act := first_act(row)):
            self.acts.do(row, act)

    def ask(self, row: Row) -> None:
        """Open the question who this is under its line, with the candidates."""
        question: list[Question] = []

        def below(_: Hashable) -> QWidget:
            question[:] = [Question(self, row)]
            return question[0]

        self.table.open_below([row.id], below)
        self.table.select(row.id)
        if question:
            question[0].focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.table.open_below((), None)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def actions(self) -> list[DeskAct]:
        return [
            DeskAct("new", "填企业微信导入表", self.out.fill_template),
            DeskAct("print", "打印核对报告", self.out.print_report),
            DeskAct("export", "核对报告存为表格", self.out.save_report),
            DeskAct("settle", "按建议处理勾选的行", self.batches.settle_ticked, "Ctrl+Return"),
            DeskAct("leave", "不动", lambda: self.acts.mark_chosen("不动"), "Ctrl+D"),
            DeskAct("later", "以后再说", lambda: self.acts.mark_chosen("以后再说"), "Ctrl+L"),
            DeskAct("menu", "别的做法", self.acts.menu_here, "Ctrl+M"),
            DeskAct("errors", "看懂后台的报错", self.out.read_errors, "Ctrl+R"),
            DeskAct("small", "办理小窗", self.context.small_window, "Ctrl+O"),
        ]

    # -- the brake ------------------------------------------------------------------------------

    def show_brake(self, band: QWidget | None) -> None:
        """Put the brake above the table, or take it away."""
        from ui.shared.layouts import cleared

        cleared(self._brake)
        if band is not None:
            self._brake.addWidget(band)
        self._say_fill()

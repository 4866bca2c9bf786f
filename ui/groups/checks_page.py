"""全部群核查: type the number the client shows, Enter, next; only the odd ones need more."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui import style
from ui.groups.check_acts import CheckActs
from ui.groups.reading import Roll, read_roll
from ui.shared.buttons import plain
from ui.shared.columns import Cell, Column, State
from ui.shared.inputs import LineInput
from ui.shared.layouts import across, down, region
from ui.shared.rows import RowsInMemory
from ui.shared.side_page import SidePage
from ui.shared.table import Table
from ui.shared.text import Text
from ui.shared.toolbar import Toolbar
from wxadmin.domain.errors import UserError
from wxadmin.domain.group_checks import COUNTING, DONE, MENDING, SKIPPED, WAITING
from wxadmin.services.check_rounds import CheckRounds, RoundLine, RoundView
from wxadmin.services.group_faults import GroupFaults

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

_MARKS = {WAITING: "empty", COUNTING: "ask", MENDING: "due", DONE: "tick", SKIPPED: "waived"}
_WORDS = {WAITING: "没查", COUNTING: "要定"}
_LIST, _DECIDE, _LOOK, _AGAIN = "贴名单", "定结论", "看问题", "改人数"
_FILTERS: dict[str, Callable[[RoundLine], bool]] = {
    WAITING: lambda line: line.check.state == WAITING,
    COUNTING: lambda line: line.check.state == COUNTING,
    MENDING: lambda line: line.check.state == MENDING,
    DONE: lambda line: line.check.state == DONE,
}


def act_of(line: RoundLine) -> str:
    """What a group of the round needs next."""
    state = line.check.state
    if state == COUNTING:
        return _LIST if line.view.needs_list else _DECIDE
    return {MENDING: _LOOK, DONE: _AGAIN}.get(state, "")


def _state(line: RoundLine) -> State:
    state = line.check.state
    if line.view.needs_list:
        return State("ask", f"{'多' if line.view.off_by > 0 else '少'} {abs(line.view.off_by)} 人")
    return State(_MARKS[state], _WORDS.get(state, state))


def _why(line: RoundLine) -> Cell:
    said = line.check.note or "；".join(line.anomalies)
    return Cell(said, tone="amber" if line.is_odd and line.check.state in (WAITING, COUNTING)
                else "ink2")  # fmt: skip


_COLUMNS = (
    Column("name", "群名称", 136, bold=True, stretch=1, value=lambda line: line.check.group_name),
    Column("expected", "应在", 48, kind="number", value=lambda line: line.check.expected),
    Column("actual", "实在", 48, kind="number", expected=True,
           value=lambda line: line.check.actual),
    Column("state", "结论", 96, kind="state", value=_state),
    Column("why", "事先看出的、情况", 180, stretch=2, priority=2, value=_why),
    Column("act", "", 84, kind="act", sortable=False, value=act_of),
)  # fmt: skip


class ChecksPage(SidePage):
    """The number field keeps the focus: digits and Enter are all a normal group needs."""

    def __init__(self, desk: GroupsDesk, roll: Roll, view: RoundView) -> None:
        super().__init__(view.round.title)
        self._desk, self._roll, self.view = desk, roll, view
        self._rounds = CheckRounds(desk.context.services)
        self.acts = CheckActs(desk)
        self.at: int | None = None
        self.toolbar = Toolbar(
            None, [("", "全部"), *((key, _WORDS.get(key, key)) for key in _FILTERS)]
        )
        self.table = Table(_COLUMNS, "本次核查的群", search_clears=self.toolbar.clear)
        self.table.acted.connect(lambda key, _: self.act_on(key))
        self.table.opened.connect(self.choose)
        self.table.view.clicked.connect(lambda _: self.choose(self.table.current_id()))
        self.toolbar.chosen.connect(lambda key: self.table.choose(key or None))
        self.body.addWidget(self._count_line())
        self.body.addWidget(self.toolbar)
        self.body.addWidget(self.table, 1)
        self._sum = Text("", tone="ink2", elide=True)
        self._report = plain(
            "报告", "sheet", lambda: self.acts.papers.round_menu(self._report, self.view)
        )
        self._close = plain("结束核查", "tick", self.close_round)
        self.set_foot(self._sum, self._report, self._close)
        self.show_view(view)
        self.next_one()

    def _count_line(self) -> QWidget:
        self.number = LineInput("人数")
        self.number.setFixedWidth(style.px(84))
        self.number.setMaxLength(6)
        self.number.returnPressed.connect(self.count)
        self._who = Text("", size=17, bold=True, elide=True)
        self._should = Text("", tone="ink2", elide=True)
        self._told = Text("", 12, tone="ink3", elide=True)
        self._told.setAccessibleName("刚才记下的")
        names = down(self._who, self._should, gap=2)
        field = across(Text("群里显示", 12, tone="ink3"), self.number,
                       Text("人，回车", 12, tone="ink3"), gap=6)  # fmt: skip
        line = across(region(names), region(field), gap=16)
        line.setStretch(0, 1)
        return region(down(line, self._told, gap=4, margins=(20, 10, 16, 8)), "panel")

    # -- showing --------------------------------------------------------------------------------

    def show_roll(self, roll: Roll) -> None:
        """The register was written elsewhere (撤销, a list taken): read the round anew."""
        self._roll = roll
        view = next((one for one in self._rounds.all() if one.id == self.view.round.id), None)
        if view is None:
            self.left.emit()  # the start of the round was taken back
            return
        self.show_view(self._rounds.view(view))
        line = self.line(self.at)
        if view.closed_on is not None:
            self.toolbar.clear()
        elif line is None or line.check.state == WAITING:
            self.choose(self.at)
        else:
            self.next_one()  # the one in hand is settled: on to what is still open

    def show_view(self, view: RoundView) -> None:
        """Show the groups as they stand."""
        self.view = view
        self.table.show_rows(RowsInMemory(
            view.lines, key=lambda line: line.check.id, filters=_FILTERS))  # fmt: skip
        self._say_sum()

    def _say_sum(self) -> None:
        lines = self.view.lines
        counts = {key: sum(map(fits, lines)) for key, fits in _FILTERS.items()}
        self.toolbar.filters.set_counts({"": len(lines), **counts})
        checked = len(lines) - counts[WAITING]
        open_ = counts[COUNTING] + counts[MENDING]
        rest = f"，{open_} 个还要处理" if open_ else ""
        self._sum.setText(f"查过 {checked} / {len(lines)} 个群{rest}")
        closed = self.view.round.closed_on is not None
        if closed and self.window().focusWidget() is self._close:
            self._report.setFocus()  # what comes after the end of a round
        self._close.setVisible(not closed)
        self.number.setEnabled(not closed)

    def line(self, check_id: Hashable) -> RoundLine | None:
        """One group of the round."""
        return next((one for one in self.view.lines if one.check.id == check_id), None)

    def choose(self, check_id: Hashable) -> None:
        """Make a group the one whose number is typed."""
        line = self.line(check_id)
        if line is None or not isinstance(check_id, int):
            return
        self.at = check_id
        self.table.select(check_id)
        self._who.setText(line.check.group_name)
        self._who.setAccessibleName(f"正在核查 {line.check.group_name}")
        group = self._roll.picture.all_groups[line.check.group_id]
        faults = GroupFaults(self._roll.workplace, self._roll.picture, self._roll.duties)
        days = (self._roll.picture.today - group.members_on).days if group.members_on else None
        age = f"　名单{days}天前" if days is not None else "　没有名单"
        odd = "".join(f"　{said}" for said in line.anomalies)  # a narrow table has no column for it
        self._should.setText(f"应在 {faults.expectation(group).text}{age}{odd}")
        self.number.setAccessibleName(f"{line.check.group_name}实在人数")
        self.number.setText("" if line.check.actual is None else str(line.check.actual))
        self.number.selectAll()
        if self.number.isEnabled():
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_one(self) -> None:
        """Go on to the next group nobody has come to; where there is none, to what is open."""
        ids = [one.check.id for one in self.view.lines]
        start = ids.index(self.at) + 1 if self.at in ids else 0
        order = [*self.view.lines[start:], *self.view.lines[:start]]
        waiting = next((one for one in order if one.check.state == WAITING), None)
        if waiting is not None:
            self.choose(waiting.check.id)
            return
        open_ = next((one for one in order if one.check.state == COUNTING), None)
        if open_ is None and self.at is None and order:
            self.choose(order[0].check.id)
            return
        self._told.setText(
            "都数过了。" + ("还有要定的群，回车逐个处理。" if open_ else "可以结束核查。")
        )
        if open_ is not None:
            self.toolbar.filters.choose(COUNTING)
            self.table.select(open_.check.id)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- acts -----------------------------------------------------------------------------------

    def count(self) -> None:
        """Put the number down and go on; a number that is off never holds her up."""
        line = self.line(self.at)
        typed = self.number.text().strip()
        if line is None:
            return
        if not typed.isdigit():
            self.number.set_verdict("wrong")
            self._told.setText("请填群里显示的人数，例如 87。")
            return
        self.number.set_verdict("")
        if line.check.state != WAITING:
            self._roll = read_roll(self._desk.context.services)  # the group was written since
        try:
            done = self._rounds.count(line, int(typed), self._roll.picture, self._roll.duties)
        except UserError as refusal:
            self._desk.context.messages.error(refusal)
            return
        self._take(done)
        self._told.setText(f"{done.check.group_name} {typed} 人：{_verdict(done)}　Ctrl+Z 撤销")
        self.next_one()

    def _take(self, done: RoundLine) -> None:
        lines = tuple(done if one.check.id == done.check.id else one for one in self.view.lines)
        self.show_view(replace(self.view, lines=lines))
        self._desk.context.changed()

    def act_on(self, key: Hashable) -> None:
        """What a counted group needs: its list, a conclusion, a look at what is wrong."""
        line = self.line(key)
        if line is None:
            return
        self.at = line.check.id
        what = act_of(line)
        if what == _AGAIN:
            self.choose(key)
        elif what == _LOOK:
            self.acts.look(line.view)
        elif what in (_DECIDE, _LIST):
            self.acts.decide(line, self.take_list)

    def take_list(self, line: RoundLine) -> None:
        """Take the members of a group, then come back with its four lists."""
        self._desk.checking.take_list_for(line)

    def _open_report(self) -> None:
        self.acts.papers.round_menu(self._report, self.view)

    def close_round(self) -> None:
        """结束核查: what nobody came to stays 未核查 only when she says so."""
        self.acts.close_round(self.view)


def _verdict(line: RoundLine) -> str:
    if line.view.needs_list:
        word = "多" if line.view.off_by > 0 else "少"
        return f"{word}{abs(line.view.off_by)}人，过后贴名单"
    return "要定" if line.check.state == COUNTING else "一致"

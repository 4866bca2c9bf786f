"""The panel of one group: counters, its rule, the age of its list, people with their reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QWidget

from ui import style
from ui.groups.columns import MEMBERS, SECTIONS
from ui.groups.menus import group_acts
from ui.groups.panel_foot import PanelFoot
from ui.groups.reading import (
    EXPECTED,
    EXTRA,
    LOOKING,
    MISSING,
    OUTSIDERS,
    SAME,
    MemberRow,
    Roll,
    age_text,
    is_alive,
    is_unknown,
    rows_of,
)
from ui.groups.why_line import WhyLine
from ui.shared.bands import IconLabel, Notice
from ui.shared.buttons import icon_button, plain, words
from ui.shared.chip import StateWord
from ui.shared.counters import Counters
from ui.shared.layouts import across, cleared, down, on_ground, region
from ui.shared.rows import RowsInMemory
from ui.shared.table import Table
from ui.shared.text import Text
from ui.shared.whole_line import WholeLine
from wxadmin.domain.group import BACKEND
from wxadmin.services.group_lines import GroupLine

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

_COUNTERS = (
    ("expected", "empty", "应有"),
    ("actual", "empty", "实有"),
    ("missing", "plus", "应加未加"),
    ("extra", "minus", "不应在群"),
    ("outsiders", "ask", "名单外"),
)
_SHOWN: dict[str, frozenset[str]] = {
    "expected": frozenset({MISSING, SAME, EXPECTED}),
    "actual": frozenset({EXTRA, OUTSIDERS, SAME}),
    "missing": frozenset({MISSING}),
    "extra": frozenset({EXTRA, LOOKING}),
    "outsiders": frozenset({OUTSIDERS}),
}


class GroupPanel(QWidget):
    """`show_group(roll, line)`; what can be done is the desk's affair."""

    def __init__(self, desk: GroupsDesk) -> None:
        super().__init__()
        on_ground(self, "content")
        self._desk = desk
        self.roll: Roll | None = None
        self.line: GroupLine | None = None
        self._unticked: set[str] = set()
        self._rows: dict[str, MemberRow] = {}
        self.counters = Counters(_COUNTERS)
        self.counters.chosen.connect(self._choose)
        self.why = WhyLine(desk)
        self.table = Table(
            MEMBERS, "群成员", SECTIONS, checkable=True, tickable=lambda row: row.line is not None,
            search_clears=self._clear_counters,
        )  # fmt: skip
        self.table.opened.connect(self._ask_why)
        self.table.acted.connect(lambda key, _: desk.members.identify(self.row(key)))
        self.table.ticks_changed.connect(self._ticked)
        self.whole = WholeLine(self.table, _in_full, "选中的人为什么")
        self.foot = PanelFoot(desk, self)
        self._notice = down(gap=0)
        whole = down(
            self._head(), self.counters, self._rule_line(), self._age_line(), self.why.answer,
            region(self._notice), self.table, self.whole, self.foot, gap=0,
        )  # fmt: skip
        whole.setStretch(6, 1)
        self.setLayout(whole)
        self.setMinimumWidth(style.px(420))

    # -- building -----------------------------------------------------------------------------

    def _head(self) -> QWidget:
        self._name = Text("", size=18, bold=True, selectable=True)
        self._facts = Text("", tone="ink2", elide=True)
        self._more = icon_button("more", "更多")
        self._more.clicked.connect(self._open_menu)
        line = across(self._name, self._facts, self._more, gap=12, margins=(20, 12, 12, 2))
        line.setStretch(1, 1)
        return region(line)

    def _rule_line(self) -> QWidget:
        self._rule = Text("", wrap=True)
        self._edit_rule = words("改规则", on_click=lambda: self._desk.edit_rule())
        icon = IconLabel("why", "accent", 16)
        line = across(icon, self._rule, self._edit_rule, gap=10, margins=(20, 4, 16, 2))
        line.setStretch(1, 1)
        return region(line)

    def _age_line(self) -> QWidget:
        self._age = StateWord("waiting", "", 12)
        self._take = words("取名单", on_click=lambda: self._desk.take_list())
        line = across(self._age, self._take, None, self.why, gap=8, margins=(20, 2, 16, 6))
        return region(line)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for text, do in group_acts(self._desk):
            if do is None:
                menu.addSeparator()
            else:
                menu.addAction(text).triggered.connect(lambda _=False, do=do: do())
        menu.exec(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    # -- showing ------------------------------------------------------------------------------

    def show_group(self, roll: Roll, line: GroupLine | None) -> None:
        """Show one group; ticks taken away stay so while it is the same group."""
        same = self.line is not None and line is not None and line.group.id == self.line.group.id
        self.roll, self.line = roll, line
        if not same:
            self._unticked.clear()
            self.why.clear()
            self._clear_counters()
        self.setEnabled(line is not None)
        if line is None:
            self._name.setText("没有选中群组")
            return
        self._show_head(roll, line)
        self._show_people(roll, line)
        self._show_notice(line)
        self.why.use(roll, line)
        self.foot.show_group(roll, line, self.ticked_rows())

    def _show_head(self, roll: Roll, line: GroupLine) -> None:
        group = line.group
        number = line.admin_number
        inside = "允许外部人员" if group.allow_external else "内部群"
        facts = [
            f"{group.side} {group.group_no}",
            inside,
            f"群主 {line.owner.name}" if line.owner.name else "",
            f"{number.seq}号群管理号" if number else "",
            "群管理员 " + "、".join(a.name for a in line.admins) if line.admins else "",
            "" if group.state == "使用中" else group.state,
        ]
        self._name.setText(group.name)
        self._facts.setText("　".join(filter(None, facts)))
        found = line.difference
        self.counters.set_numbers(
            {
                "expected": line.expected,
                "actual": line.actual,
                "missing": line.missing,
                "extra": len(found.extra),
                "outsiders": len(found.outsiders),
            }
        )
        alive = is_alive(line)
        rule = roll.rule(group) if alive else f"已{group.state.removeprefix('已')}"
        self._rule.setText(f"应在“{group.name}”：{rule}" if alive else rule)
        self._edit_rule.setVisible(alive)
        self._take.setVisible(alive)
        mark = "due" if line.is_stale else "ask" if line.actual is None else "waiting"
        self._age.say(mark, age_text(line, roll.picture.today))

    def _show_people(self, roll: Roll, line: GroupLine) -> None:
        rows = rows_of(roll, line)
        self._rows = {row.key: row for row in rows}
        source = RowsInMemory(
            rows, key="key", search=lambda row: f"{row.name} {row.dept} {row.phone}",
            group=lambda row: row.section,
        )  # fmt: skip
        wanted = {row.key for row in rows if row.line is not None} - self._unticked
        self.table.model.ticked = set(wanted)
        self.table.show_rows(source)

    def _show_notice(self, line: GroupLine) -> None:
        cleared(self._notice)
        if not is_unknown(line) or (line.group.side == BACKEND and not line.expected):
            return
        acts = [
            plain("取名单", "people", on_click=lambda: self._desk.take_list()),
            plain("登记为新建群（空）", on_click=lambda: self._desk.members.declare_new()),
        ]
        notice = Notice(
            "ask", "还不知道群里实有谁", "把群成员从企业微信抄来贴上，才能比出该加谁、该移谁。",
            acts, "amber_s",
        )  # fmt: skip
        self._notice.addLayout(down(notice, margins=(20, 4, 16, 8)))

    # -- people -------------------------------------------------------------------------------

    def row(self, key: Any) -> MemberRow:
        """The row of a key."""
        return self._rows[key]

    def ticked_rows(self) -> list[MemberRow]:
        """The people who are ticked, wherever they stand."""
        ticked = self.table.model.ticked
        return [row for key, row in self._rows.items() if key in ticked]

    def selected_rows(self) -> list[MemberRow]:
        """The people whose lines are selected."""
        return [self.row(key) for key in self.table.selected_ids()]

    def _ticked(self) -> None:
        ticked = self.table.model.ticked
        self._unticked = {k for k, row in self._rows.items() if row.line and k not in ticked}
        if self.roll is not None and self.line is not None:
            self.foot.show_group(self.roll, self.line, self.ticked_rows())

    def _ask_why(self, key: Any) -> None:
        row = self.row(key)
        if row.employee_id is not None:
            self.why.explain(row.employee_id)
        else:
            self._desk.members.identify(row)

    def _choose(self, key: str) -> None:
        wanted = _SHOWN.get(key)
        question: Callable[[MemberRow], bool] | None = (
            None if wanted is None else lambda row: row.section in wanted
        )
        if wanted is not None and SAME in wanted:
            self.table.model.fold(SAME, False)
        self.table.choose(question)

    def _clear_counters(self) -> None:
        self.counters.clear()
        self.table.choose(None)


def _in_full(row: MemberRow) -> str:
    """Why somebody stands there, in full: the column cuts what is long."""
    if not row.reason:
        return ""
    return "　".join(filter(None, (f"{row.name}：{row.reason}", row.note)))

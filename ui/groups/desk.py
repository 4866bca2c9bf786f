"""群组: every group with its rule, who should be in and who is, and what its owner must do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from ui import memory, style
from ui.actions import DeskAct
from ui.desk import Context, Desk
from ui.groups.checking import Checking
from ui.groups.checks_page import ChecksPage
from ui.groups.columns import PLACES, ROSTER, difference_of
from ui.groups.ending_acts import EndingActs
from ui.groups.exceptions_page import ExceptionsPage
from ui.groups.filters import FILTERS, FURTHER, group_meant
from ui.groups.group_dialogs import GroupDialogs
from ui.groups.list_page import ListPage
from ui.groups.member_acts import MemberActs
from ui.groups.menus import open_orders_menu
from ui.groups.numbers_page import NumbersPage
from ui.groups.order_acts import OrderActs
from ui.groups.owner_dialogs import OwnerDialogs
from ui.groups.panel import GroupPanel
from ui.groups.reading import (
    Roll,
    differs,
    is_alive,
    place_of,
    read_roll,
)
from ui.groups.rule_editor import RuleEditor
from ui.shared.acting_dialog import fitted
from ui.shared.buttons import icon_button, plain
from ui.shared.dialog import Choice
from ui.shared.form_dialog import FormDialog
from ui.shared.layouts import across, region
from ui.shared.record_form import RecordForm
from ui.shared.rows import RowsInMemory
from ui.shared.saving import ask_where
from ui.shared.side_page import SidePage
from ui.shared.table import Table
from ui.shared.text import thousands
from ui.shared.toolbar import Toolbar
from wxadmin.domain.group import MOBILE
from wxadmin.domain.person import Employee
from wxadmin.services.exports import Exports
from wxadmin.services.group_lines import GroupLine

MANY = 3000
"""With more people than this the reading goes to the worker."""
_WIDTH, _SHARE = 640, 0.57
"""The panel's width at first, and its share of a larger window."""


class GroupsDesk(Desk):
    """A group is named by its id, its number ("14"), or an order's number ("TZ-202611-07")."""

    title = "群组"
    about = (
        "每个群的规则、群主、应有和实有的人。右侧是该加谁、该移谁、为什么；勾好就给群主开通知单，"
        "办完在同一处登记。Enter 看一个人为什么在群，空格勾选。"
    )
    side_stays = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.wanted: Any = None
        self.roll: Roll | None = None
        self.orders = OrderActs(self)
        self.members = MemberActs(self)
        self.dialogs = GroupDialogs(self)
        self.owners = OwnerDialogs(self)
        self.checking = Checking(self)
        self.endings = EndingActs(self)
        self._set_header()
        self.toolbar = Toolbar(
            "群名称、群主、成员",
            [("", "全部"), ("differs", "有差异")],
            unit="个",
        )
        self.table = Table(ROSTER, "群组", PLACES, search_clears=self.toolbar.clear)
        self.toolbar.serve(self.table)
        self.table.current_changed.connect(self._show_group)
        self.table.opened.connect(lambda _: self.panel.table.setFocus())
        self.put(self.toolbar, self._more_filters(), self.table)
        self._column.setMinimumWidth(style.px(372))
        self.panel = GroupPanel(self)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.panel)
        self.set_side(region(self._pages, "content"), _WIDTH, under_header=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel is where the work is: it grows with the window, unless she set its width."""
        super().resizeEvent(event)
        if not memory.value(self._splitter_key(), 0):
            width = self.width()
            side = max(round(width * _SHARE), min(style.px(580), width - style.px(372)))
            self._splitter.setSizes([width - side, side])

    def _set_header(self) -> None:
        self._more = icon_button(
            "more", "通知单的更多做法", lambda: open_orders_menu(self, self._more)
        )
        self._check = plain("核查", "tick", lambda: self.checking.open_menu(self._check))
        self.header.set_acts(
            self._more,
            self._check,
            plain("导出台账", "export", self.export),
            plain("群管理号", "custodian", self.show_numbers),
            plain("特批与借调", "proof", self.show_exceptions),
            plain("登记新群", "plus", lambda: self.dialogs.register()),
        )

    def _more_filters(self) -> QWidget:
        """The further filters on a second line: the first has no room for them."""
        words = [self.toolbar.filters.another(key, text) for key, text in FURTHER]
        return region(across(*words, None, gap=4, margins=(12, 0, 16, 6)))

    # -- reading --------------------------------------------------------------------------------

    def refresh(self) -> None:
        services = self.context.services
        if services.store.count(Employee) <= MANY:
            self._take(read_roll(services))
            return
        self.context.jobs.run(
            lambda progress, cancelled: read_roll(services), self._take,
            caption="正在按规则核对各群", unit="个群", written="只是读取，不改任何数据。",
        )  # fmt: skip

    def _take(self, roll: Roll) -> None:
        self.roll = roll
        lines = list(roll.lines.values())
        alive = [line for line in lines if is_alive(line)]
        mobile = sum(line.group.side == MOBILE for line in alive)
        ending = sum(line.group.state == "待解散" for line in alive)
        self.header.set_facts(
            f"{thousands(len(alive))} 个", f"手机端 {mobile}",
            f"待解散 {ending}" if ending else "",
        )  # fmt: skip
        counts = {key: sum(map(fits, lines)) for key, fits in FILTERS.items()}
        self.toolbar.filters.set_counts({"": len(alive), **counts})
        self.table.show_rows(RowsInMemory(
            lines, key=lambda line: line.group.id, group=place_of, filters=FILTERS,
            search=roll.searched_by,
        ))  # fmt: skip
        self._choose_shown(lines)
        page = self._pages.currentWidget()
        if isinstance(page, NumbersPage | ExceptionsPage | ChecksPage):
            page.show_roll(roll)

    def _choose_shown(self, lines: Sequence[GroupLine]) -> None:
        """The group asked for, else the one shown before, else the first that needs her."""
        if self.wanted is not None:
            self._open_wanted()
        if self.table.current_id() is None and self.table.model.shown_ids():
            first = next((x.group.id for x in lines if difference_of(x).mark in ("stuck", "due")
                          and x.group.side == MOBILE), None)  # fmt: skip
            if first is None or not self.table.select(first):
                self.table.select(self.table.model.shown_ids()[0])
        else:
            self._show_group(self.table.current_id())

    def open(self, key: Any) -> None:
        """Show a group by id or number, the group of an order, or "number:3" for a 群管理号."""
        self.wanted = key
        if self.roll is not None:
            self._open_wanted()

    def _open_wanted(self) -> None:
        key, self.wanted = self.wanted, None
        if isinstance(key, str) and key.startswith("number:"):
            self.show_numbers(int(key.removeprefix("number:")))
            return
        if isinstance(key, str) and key.startswith("round:"):
            self.checking.open(key)
            return
        assert self.roll is not None
        group_id = group_meant(self.roll, key)
        if group_id is None:
            return
        self.close_page()
        if not self.table.select(group_id):
            self.toolbar.clear()
            self.table.select(group_id)

    def _show_group(self, group_id: Any) -> None:
        if self.roll is None:
            return
        line = self.roll.lines.get(group_id)
        page = self._pages.currentWidget()
        changed = (
            self.panel.line is None or line is None or line.group.id != self.panel.line.group.id
        )
        if changed and isinstance(page, RuleEditor | ListPage):
            self.close_page()
        self.panel.show_group(self.roll, line)

    def shown(self) -> tuple[Roll, GroupLine] | None:
        """The reading and the group shown, where there is one."""
        roll, line = self.panel.roll, self.panel.line
        return (roll, line) if roll is not None and line is not None else None

    def status_text(self) -> str:
        if self.roll is None:
            return ""
        lines = self.roll.lines.values()
        amiss, waiting = sum(map(differs, lines)), len(self.roll.waiting)
        text = f"{sum(map(is_alive, lines))} 个群，{amiss} 个有差异"
        return f"{text}，可发 {waiting} 张通知单" if waiting else text

    # -- pages in the panel's place -----------------------------------------------------------

    def show_page(self, page: SidePage) -> None:
        """Let a page stand in the panel's place until it is left."""
        self.close_page()
        page.left.connect(self.close_page)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        target = page.findChild(Table) if isinstance(page, NumbersPage | ExceptionsPage) else None
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_page(self) -> None:
        """Back to the group."""
        page = self._pages.currentWidget()
        if page is None or page is self.panel:
            return
        self._pages.setCurrentWidget(self.panel)
        self._pages.removeWidget(page)
        page.hide()
        page.deleteLater()
        self.table.setFocus()

    def edit_rule(self) -> None:
        """改规则, with the preview."""
        if (shown := self.shown()) is not None:
            self.show_page(RuleEditor(self, *shown))

    def take_list(self) -> None:
        """取名单: paste the real members."""
        if (shown := self.shown()) is not None:
            page = ListPage(self, *shown)
            self.show_page(page)
            page.text.setFocus()

    def show_numbers(self, seq: int | None = None) -> None:
        """群管理号."""
        if self.roll is not None:
            page = NumbersPage(self, self.roll)
            self.show_page(page)
            if seq is not None:
                page.select_seq(seq)

    def show_exceptions(self) -> None:
        """特批、借调、兼任."""
        if self.roll is not None:
            self.show_page(ExceptionsPage(self, self.roll))

    # -- acts -----------------------------------------------------------------------------------

    def print_orders(self) -> None:
        """Ctrl+P: every order that waits to be done, a page each."""
        opened = self.orders.all_open()
        if not opened:
            self.context.messages.toast("还没有开出的通知单。")
            return
        self.orders.print_views(opened)

    def export(self) -> None:
        """The register of groups as a workbook."""
        path = ask_where(self, "导出群组台账", "群组台账.xlsx")
        if path is None:
            return
        services = self.context.services
        self.context.jobs.run(
            lambda progress, cancelled: Exports(services).write("groups", path),
            lambda count: self.context.messages.toast(f"已导出 {count} 个群：{path.name}"),
            caption="正在导出群组台账", unit="个群", written="登记库不会改动。",
        )  # fmt: skip

    def ask(
        self,
        sentence: str,
        reason: str,
        form: RecordForm,
        acts: Sequence[Choice],
        left: Sequence[Choice] = (),
    ) -> Any:
        """Ask with a form that was put together by hand (a search attached to a field)."""
        dialog = FormDialog(
            self.window(), sentence, reason, body=fitted(form, self), acts=acts, left=left
        )
        first = next(iter(form.boxes.values()))
        first.input.setFocus()
        return dialog.run()

    def actions(self) -> list[DeskAct]:
        return [
            DeskAct("new", "登记新群", self.dialogs.register),
            DeskAct("print", "打印未办的通知单", self.print_orders),
            DeskAct("export", "导出群组台账", self.export),
            DeskAct("rule", "改规则", self.edit_rule, "Ctrl+R"),
            DeskAct("list", "取名单", self.take_list, "Ctrl+L"),
            DeskAct("orders", "给各群开通知单", self.orders.issue_all, "Ctrl+T"),
            DeskAct("text", "通知单复制成文字", self.orders.copy_text, "Ctrl+Shift+C"),
            DeskAct("foot", "右下角的蓝色按钮", self.panel.foot.press, "Ctrl+Return"),
            DeskAct("check", "全部群核查：开始或继续", self.checking.begin, "Ctrl+K"),
            DeskAct("presence", "在群人员（时段）", self.checking.presence, "Ctrl+Shift+W"),
            DeskAct("owner", "群主转让", self.owners.set_owner, "Ctrl+O"),
            DeskAct("why", "为什么", self.ask_why, "Ctrl+W"),
        ]

    def ask_why(self) -> None:
        """Put the cursor into the why field."""
        self.close_page()
        self.panel.why.setFocus(Qt.FocusReason.ShortcutFocusReason)

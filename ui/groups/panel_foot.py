"""The foot of the panel: what is ticked, the chat text, the order, and ticking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui import style
from ui.groups.reading import MemberRow, Roll, is_alive
from ui.shared.buttons import filled, icon_button, plain
from ui.shared.layouts import across, cleared, down, hairline, on_ground
from ui.shared.text import Text
from wxadmin.domain.group import BACKEND
from wxadmin.services.group_lines import GroupLine
from wxadmin.services.order_drafts import Draft
from wxadmin.services.order_sheet import OrderView

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

Entry = tuple[str, Callable[[], Any]]


class PanelFoot(QWidget):
    """One filled act at most: open an order, tick it back, or record what she did herself."""

    def __init__(self, desk: GroupsDesk, panel: QWidget) -> None:
        super().__init__(panel)
        on_ground(self, "panel")
        self._desk = desk
        self._line = across(gap=8, margins=(20, 0, 16, 0))
        column = down(hairline(), self._line, gap=0)
        column.setStretch(1, 1)
        self.setLayout(column)
        self.setFixedHeight(style.px(54))
        self._shown: tuple[Any, ...] = ()
        self._had_focus = False

    def show_group(self, roll: Roll, line: GroupLine, ticked: Sequence[MemberRow]) -> None:
        """Offer what is to be done with the ticked people of this group."""
        draft, view = roll.draft(line.group), roll.orders.get(line.group.id)
        if not is_alive(line):
            self._fill((line.group.id, "gone"), "群已不在使用，只供查看。", [])
        elif view is None and not draft.lines:
            calm = "与规则一致，没有要调整的人。" if line.actual is not None else ""
            self._fill((line.group.id, "calm", calm), calm, [])
        elif view is not None:
            self._offer_order(view, draft, ticked)
        elif draft.owner.kind or line.group.side != BACKEND:
            self._offer_draft(draft, ticked)
        else:
            self._offer_recording(draft, ticked)

    def press(self) -> None:
        """Do the filled act, where there is one; the list stays under the keys."""
        item = self._line.itemAt(self._line.count() - 1)
        act = item.widget() if item is not None else None
        if self.isVisible() and isinstance(act, QPushButton) and act.isEnabled():
            act.click()

    # -- the cases ----------------------------------------------------------------------------

    def _offer_draft(self, draft: Draft, ticked: Sequence[MemberRow]) -> None:
        to, orders = draft.owner.name, self._desk.orders
        act = f"开通知单给{to}" if to else "开通知单（无群主）"
        self._fill(
            (draft.group.id, "draft", act, len(ticked)), f"已选 {len(ticked)} 人",
            [plain("复制成文字", "copy", orders.copy_text),
             _blocked(filled(act, "send", orders.issue), ticked, act)],
        )  # fmt: skip

    def _offer_recording(self, draft: Draft, ticked: Sequence[MemberRow]) -> None:
        """A back-end group is kept in the console by the administrator herself."""
        act = f"登记已办 {len(ticked)} 人"
        self._fill(
            (draft.group.id, "console", len(ticked)),
            f"已选 {len(ticked)} 人，在管理后台里改好后登记",
            [plain("复制成文字", "copy", self._desk.orders.copy_text),
             _blocked(filled(act, "tick", self._desk.members.record_done), ticked, act)],
        )  # fmt: skip

    def _offer_order(self, view: OrderView, draft: Draft, ticked: Sequence[MemberRow]) -> None:
        orders, order = self._desk.orders, view.order
        due = f"，{order.due_on:%m-%d}前" if order.due_on else ""
        late = "，已逾期" if view.is_overdue else ""
        text = f"{order.number}{due}{late}"
        menu: list[Entry] = [
            ("存为PDF", orders.save_pdf),
            ("存为表格", orders.save_workbook),
            ("复制成文字", orders.copy_text),
        ]
        if not draft.lines:
            acts = [plain("打印", "print", orders.print_order),
                    filled("现在不用办了，结束通知单", on_click=orders.close_needless)]  # fmt: skip
        elif orders.is_outdated(view, draft):
            menu.append(("办完登记（旧通知单）", orders.record_done))
            acts = [plain("打印旧单", "print", orders.print_order),
                    _blocked(filled("人员有变，重开通知单", "send", orders.issue), ticked,
                             "人员有变，重开通知单")]  # fmt: skip
        else:
            act = f"办完登记 {len(ticked)} 人"
            acts = [plain("复制成文字", "copy", orders.copy_text),
                    plain("打印", "print", orders.print_order),
                    _blocked(filled(act, "tick", orders.record_done), ticked, act)]  # fmt: skip
        said = tuple(act.text() for act in acts)
        self._fill((order.id, "order", text, len(ticked), *said), text, acts, menu)

    # -- laying out ---------------------------------------------------------------------------

    def _fill(
        self, what: tuple[Any, ...], text: str, acts: Sequence[QWidget], menu: Sequence[Entry] = ()
    ) -> None:
        """Lay the foot out anew; where it would be the same the buttons (and the focus) stay."""
        if what == self._shown:
            for act in acts:
                act.deleteLater()
            return
        self._shown = what
        focused = self.window().focusWidget()
        self._had_focus |= focused is not None and self.isAncestorOf(focused)
        cleared(self._line)
        self._line.addWidget(Text(text, tone="ink2", elide=True))
        if menu:
            more = icon_button("more", "通知单的更多做法")
            more.clicked.connect(lambda: self._open(more, menu))
            self._line.addWidget(more)
        for act in acts:
            self._line.addWidget(act)
        if self._had_focus and acts and acts[-1].isEnabled():
            acts[-1].setFocus()  # the next step of the same errand is under the same finger
        QTimer.singleShot(0, self, self._forget_focus)

    def _forget_focus(self) -> None:
        self._had_focus = False

    def _open(self, button: QWidget, entries: Sequence[Entry]) -> None:
        menu = QMenu(self)
        for text, do in entries:
            menu.addAction(text).triggered.connect(lambda _=False, do=do: do())
        menu.exec(button.mapToGlobal(button.rect().topLeft()))


def _blocked(button: Any, ticked: Sequence[MemberRow], text: str) -> QWidget:
    button.block(None if ticked else "还没有勾选人", text)
    widget: QWidget = button
    return widget

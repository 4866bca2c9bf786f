"""Orders from the desk: opened, copied as chat text, printed, saved, ticked back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ui.groups.reading import MemberRow
from ui.shared.acting import act
from ui.shared.paper_out import PaperJob, print_paper, save_paper
from ui.shared.saving import WORKBOOK, ask_where
from wxadmin.domain.group import Order, OrderLine
from wxadmin.services.order_drafts import Draft
from wxadmin.services.order_paper import OrderPaper
from wxadmin.services.order_sheet import OrderView
from wxadmin.services.orders import Orders, Ticked

if TYPE_CHECKING:
    from ui.groups.desk import GroupsDesk

_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


class OrderActs:
    """What the foot of the panel and the header do with orders."""

    def __init__(self, desk: GroupsDesk) -> None:
        self._desk = desk

    # -- what is meant ------------------------------------------------------------------------

    def _orders(self) -> Orders:
        return Orders(self._desk.context.services)

    def _draft(self) -> Draft | None:
        """The shown group's order with the ticked people only."""
        roll, line = self._desk.panel.roll, self._desk.panel.line
        if roll is None or line is None:
            return None
        wanted = [row.line for row in self._desk.panel.ticked_rows() if row.line is not None]
        draft = roll.draft(line.group)
        return replace(draft, lines=tuple(one for one in draft.lines if one in wanted))

    def open_order(self) -> OrderView | None:
        """The shown group's order that still waits to be done."""
        roll, line = self._desk.panel.roll, self._desk.panel.line
        return roll.orders.get(line.group.id) if roll is not None and line is not None else None

    @staticmethod
    def is_outdated(view: OrderView, draft: Draft) -> bool:
        """Whether somebody must now be moved whom the open order does not name."""
        named = {(x.action, x.employee_id, "" if x.employee_id else x.name) for x in view.lines}
        return any(line.key not in named for line in draft.lines)

    # -- opening ------------------------------------------------------------------------------

    def issue(self) -> None:
        """Give the shown group's order a number."""
        draft = self._draft()
        if draft is None or not draft.lines:
            return
        act(self._desk.context, lambda made: f"已开出 {made[0].number} 给{made[0].addressed_to}",
            lambda: self._orders().issue([draft], {draft.group.id}))  # fmt: skip

    def issue_all(self) -> None:
        """Open the orders of all groups that need one; those not needed any more are closed."""
        roll = self._desk.panel.roll
        if roll is None:
            return
        drafts = list(roll.waiting.values())
        act(self._desk.context, lambda made: f"已开出 {len(made)} 份通知单，可以一次打印",
            lambda: self._orders().issue(drafts))  # fmt: skip

    def close_needless(self) -> None:
        """Close an order for which nothing is left to do."""
        view = self.open_order()
        if view is not None:
            act(self._desk.context, f"已结束 {view.order.number}",
                lambda: self._orders().issue([], {view.group.id}))  # fmt: skip

    def record_done(self) -> None:
        """Tick back the ticked people's lines: who joined is in, who left is out."""
        view, roll = self.open_order(), self._desk.panel.roll
        if view is None or roll is None:
            return
        wanted = self._lines(view, self._desk.panel.ticked_rows())
        if not wanted:
            self._desk.context.messages.toast("勾选的人不在这张通知单上，什么也没动。")
            return

        def said(done: Ticked) -> str:
            text = f"{done.number}：入群 {len(done.joined)} 人，退群 {len(done.left)} 人"
            return f"{text}；还不能加 {'、'.join(done.waiting)}" if done.waiting else text

        act(self._desk.context, said,
            lambda: self._orders().tick(view, roll.picture, line_ids=wanted))  # fmt: skip

    @staticmethod
    def _lines(view: OrderView, rows: Sequence[MemberRow]) -> set[int]:
        """The order's open lines of these people."""
        ticked = {row.line.key for row in rows if row.line is not None}
        return {
            line.id
            for line in view.open_lines
            if (line.action, line.employee_id, "" if line.employee_id else line.name) in ticked
        }

    # -- text, paper, workbook ----------------------------------------------------------------

    def copy_text(self) -> None:
        """Put the order as a chat message on the clipboard, opened or not yet."""
        roll, draft = self._desk.panel.roll, self._draft()
        if roll is None or draft is None:
            return
        view = self.open_order() or _unnumbered(draft, self._desk.context.services.today)
        text = self._orders().text(view, roll.picture, roll.duties)
        self._desk.context.messages.copied(text, "通知单")

    def print_order(self) -> None:
        """Print the shown group's order."""
        if (view := self.open_order()) is not None:
            self.print_views([view])

    def print_views(self, views: Sequence[OrderView]) -> None:
        """Choose a printer, then print: every group on a page of its own."""
        if views:
            print_paper(self._desk.context, self._paper(views))

    def save_pdf(self, views: Sequence[OrderView] = ()) -> None:
        """Save orders as one PDF."""
        if chosen := views or self._shown():
            save_paper(self._desk.context, self._paper(chosen))

    def _paper(self, views: Sequence[OrderView]) -> PaperJob:
        roll = self._desk.panel.roll
        assert roll is not None
        paper = OrderPaper(self._desk.context.services)
        name = self._name(views, ".pdf")
        return PaperJob(
            lambda measure, progress: paper.pages(views, roll.picture, roll.duties, measure),
            name.removesuffix(".pdf"),
            name,
        )

    def save_workbook(self, views: Sequence[OrderView] = ()) -> None:
        """Save orders as a workbook, a line a person."""
        chosen, roll = views or self._shown(), self._desk.panel.roll
        path = ask_where(self._desk, "通知单存为表格", self._name(chosen, ".xlsx"), WORKBOOK)
        if path is None or not chosen or roll is None:
            return
        paper = OrderPaper(self._desk.context.services)
        self._desk.context.jobs.run(
            lambda progress, cancelled: paper.workbook(chosen, roll.picture, path),
            lambda count: self._desk.context.messages.toast(f"已存 {count} 人：{path.name}"),
            caption="正在写通知单", unit="人", written="登记库不会改动。",
        )  # fmt: skip

    def all_open(self) -> list[OrderView]:
        """Every order that waits to be done, in the register's order of groups."""
        roll = self._desk.panel.roll
        if roll is None:
            return []
        return sorted(roll.orders.values(), key=lambda view: view.group.sort_no)

    def _shown(self) -> Sequence[OrderView]:
        view = self.open_order()
        return [view] if view is not None else []

    @staticmethod
    def _name(views: Sequence[OrderView], suffix: str) -> str:
        if len(views) != 1:
            return f"群成员调整通知单{suffix}"
        return f"{views[0].order.number} {views[0].group.name}{suffix}".translate(_NOT_IN_NAMES)


def _unnumbered(draft: Draft, today: Any) -> OrderView:
    """A draft as an order that has no number yet, for its text only."""
    to = draft.owner.name or "群主"
    order = Order(0, "", draft.group.id, to, today, draft.due_on, draft.basis)
    lines = tuple(
        OrderLine(number, 0, line.employee_id, line.action, line.reason, line.name)
        for number, line in enumerate(draft.lines)
    )
    return OrderView(order, draft.group, lines, False)

"""Orders to group owners (群成员调整通知单): drawn up, issued with a number, ticked off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import (
    BACKEND,
    OPEN_ORDER,
    Group,
    Order,
    OrderLine,
)
from wxadmin.paper.order import GroupOrder, order_text
from wxadmin.services.group_duties import Duties
from wxadmin.services.member_moves import ADDED, Joining, plan_joins, plan_leaves
from wxadmin.services.membership_picture import Picture
from wxadmin.services.order_drafts import (
    ADD,
    CAME_BY_ITSELF,
    Draft,
    OrderDrafts,
)
from wxadmin.services.order_sheet import OrderView, order_sheet, why_waiting
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

OPEN, DONE, REPLACED, NEEDLESS = OPEN_ORDER, "已办", "已替代", "无须办理"
SERIES = "TZ"
NOBODY = "（无群主，请先办群主转让）"
CONSOLE = "后台管理员"


@dataclass(frozen=True, slots=True)
class Ticked:
    """What ticking lines did; `waiting` names who could not join yet, with the reason."""

    number: str
    state: str
    joined: tuple[int, ...]
    left: tuple[int, ...]
    waiting: tuple[str, ...]
    operation: int | None


class Orders:
    """Draws orders up, issues them, ticks them off; ticking records the joins and leaves."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    # -- reading ------------------------------------------------------------------------------
    def drafts(self, picture: Picture, duties: Duties, group: Group | None = None) -> list[Draft]:
        """Return what the owners must do today; only the groups where there is something."""
        drafts = OrderDrafts(self._workplace, picture, duties)
        if group is None:
            return drafts.all()
        draft = drafts.of(group)
        return [draft] if draft.lines else []

    def all(self, *, only_open: bool = False) -> list[OrderView]:
        """Return the orders issued, the newest first."""
        store = self._workplace.store
        orders = store.find(Order, state=OPEN) if only_open else store.all(Order)
        groups = {group.id: group for group in store.all(Group)}
        lines: dict[int, list[OrderLine]] = defaultdict(list)
        for line in store.find(OrderLine, order_id={order.id for order in orders}):
            lines[line.order_id].append(line)
        today = self._workplace.today
        return [
            OrderView(
                order,
                groups[order.group_id],
                tuple(lines[order.id]),
                order.state == OPEN and order.due_on is not None and order.due_on < today,
            )
            for order in reversed(orders)
        ]

    def find(self, key: str, group: Group | None = None) -> OrderView:
        """Return the order of that number, or the open one of a group."""
        views = self.all()
        for view in views:
            if view.order.number == key:
                return view
        if group is not None:
            for view in views:
                if view.group.id == group.id and view.order.state == OPEN:
                    return view
            raise UserError(f"“{group.name}”没有待办的调整通知单。", "no_order")
        raise UserError(f"没有编号为“{key}”的调整通知单。", "no_order")

    # -- issuing ------------------------------------------------------------------------------
    def issue(self, drafts: Sequence[Draft], among: Collection[int] | None = None) -> list[Order]:
        """Give the drafts their numbers; an open order with the same content is continued.

        An open order whose content has changed is replaced. `among` are the groups looked at
        (None: all); open orders of those that need nothing any more are closed as 无须办理.
        """
        ids = self._workplace.store.ids()
        changes, orders = self.plan_issue(drafts, ids, among)
        what = (
            f"{len(orders)}份" if len(orders) != 1 else f"{orders[0].number} {drafts[0].group.name}"
        )
        with self._workplace.act(f"开出群成员调整通知单：{what}") as operation:
            operation.write(changes, ids)
        return orders

    def plan_issue(
        self, drafts: Sequence[Draft], ids: IdSource, among: Collection[int] | None = None
    ) -> tuple[list[AnyChange], list[Order]]:
        """Return the changes that issue the drafts, and the orders, in the drafts' order."""
        open_ones = {view.group.id: view for view in self.all(only_open=True)}
        changes: list[AnyChange] = []
        orders: list[Order] = []
        for draft in drafts:
            earlier = open_ones.pop(draft.group.id, None)
            if earlier is not None and _same(earlier, draft):
                orders.append(earlier.order)
                continue
            made = self._plan_new(draft, ids)
            order = made[0].record
            assert isinstance(order, Order)
            orders.append(order)
            changes += made
            if earlier is not None:
                note = f"由{order.number}代替"
                changes.append(
                    Change(earlier.order, replace(earlier.order, state=REPLACED, note=note))
                )
        for group_id, view in open_ones.items():
            if among is None or group_id in among:
                changes.append(Change(view.order, replace(view.order, state=NEEDLESS)))
        return changes, orders

    def _plan_new(self, draft: Draft, ids: IdSource) -> list[AnyChange]:
        today = self._workplace.today
        series = f"{SERIES}-{today:%Y%m}"
        order = Order(
            ids.next(Order),
            f"{series}-{ids.next(series):02d}",
            draft.group.id,
            draft.owner.name or (CONSOLE if draft.group.side == BACKEND else NOBODY),
            today,
            draft.due_on,
            draft.basis,
        )
        lines = [
            OrderLine(
                ids.next(OrderLine), order.id, line.employee_id, line.action, line.reason, line.name
            )
            for line in draft.lines
        ]
        return [Change(None, record) for record in (order, *lines)]

    # -- ticking off --------------------------------------------------------------------------
    def tick(
        self,
        view: OrderView,
        picture: Picture,
        *,
        line_ids: Collection[int] | None = None,
        on: date | None = None,
    ) -> Ticked:
        """Tick lines (None: all) and record who joined and who is out, as one operation.

        Who is to join but not in the address book yet stays open (I08).
        """
        if view.order.state != OPEN:
            raise UserError(f"{view.order.number}{view.order.state}，没有改动。", "order_closed")
        day, ids = on or self._workplace.today, self._workplace.store.ids()
        chosen = [x for x in view.open_lines if line_ids is None or x.id in line_ids]
        waiting = {x.id: text for x in chosen if (text := why_waiting(x, picture))}
        lines = [line for line in chosen if line.id not in waiting]
        changes, joined, left = _plan_members(view.group, lines, picture, day, ids)
        changes += [Change(line, replace(line, done_on=day)) for line in lines]
        state = view.order.state
        if len(lines) == len(view.open_lines):
            state = DONE
            changes.append(Change(view.order, replace(view.order, state=DONE, done_on=day)))
        title = f"办结调整通知单：{view.order.number} {view.group.name}"
        with self._workplace.act(title) as operation:
            operation.write(changes, ids)
        number = view.order.number
        return Ticked(number, state, joined, left, tuple(waiting.values()), operation.id)

    # -- on paper and in a chat -----------------------------------------------------------------
    def sheet(self, view: OrderView, picture: Picture, duties: Duties) -> GroupOrder:
        """Return an order as the paper and the chat text take it."""
        return order_sheet(self._workplace, view, picture, duties)

    def text(self, view: OrderView, picture: Picture, duties: Duties) -> str:
        """Return an order as a chat message."""
        return order_text(self.sheet(view, picture, duties))


def _same(view: OrderView, draft: Draft) -> bool:
    """Say whether what is left of an open order is what a new one would ask for."""
    left = {
        (line.action, line.employee_id, "" if line.employee_id else line.name)
        for line in view.open_lines
    }
    return left == {line.key for line in draft.lines}


def _plan_members(
    group: Group, lines: Sequence[OrderLine], picture: Picture, day: date, ids: IdSource
) -> tuple[list[AnyChange], tuple[int, ...], tuple[int, ...]]:
    """Return the joins and leaves that follow from lines done, and the people concerned."""
    present = picture.member_ids(group.id)
    came = {x.id for x in lines if x.reason == CAME_BY_ITSELF}
    adding = [
        x.employee_id
        for x in lines
        if (x.action == ADD or x.id in came) and x.employee_id is not None
    ]
    changes = plan_joins(group, Joining(adding, day, ADDED), picture, ids)
    reasons = {
        (x.employee_id, x.name if x.employee_id is None else ""): x.reason
        for x in lines
        if x.action != ADD and x.id not in came
    }
    left = []
    for member in picture.members(group.id):
        key = (member.employee_id, member.external_name if member.employee_id is None else "")
        if key in reasons:
            changes += plan_leaves([member], day, reasons[key])
            left += [member.employee_id] if member.employee_id is not None else []
    return changes, tuple(i for i in adding if i not in present), tuple(left)

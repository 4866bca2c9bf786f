"""What was issued for findings of 三方核对 and is not done yet: orders to owners, 附件一."""

from __future__ import annotations

from functools import cached_property

from wxadmin.domain import reconciliation_finding as r
from wxadmin.domain.form import FINAL, Form
from wxadmin.domain.group import OPEN_ORDER, Order, OrderLine
from wxadmin.domain.reconciliation_finding import Finding
from wxadmin.services.form_shelf import ACCOUNT_REQUEST
from wxadmin.services.workplace import Workplace

Moved = tuple[int, int | None, str]
"""Who is to be moved on an order: group, person, and the name of an outsider."""


class UnderWay:
    """The open orders and requests, each read once."""

    def __init__(self, workplace: Workplace) -> None:
        self._store = workplace.store

    def number(self, finding: Finding) -> str:
        """Return the number of the order or form issued for a finding, "" for none."""
        if finding.group_id is not None:
            name = "" if finding.person_id is not None else finding.name
            return self._orders.get((finding.group_id, finding.person_id, name), "")
        if finding.cause == r.NO_ACCOUNT:
            return self._requests.get(finding.person_id, "")
        return ""

    @cached_property
    def _orders(self) -> dict[Moved, str]:
        orders = {order.id: order for order in self._store.find(Order, state=OPEN_ORDER)}
        lines = self._store.find(OrderLine, order_id=set(orders)) if orders else []
        found: dict[Moved, str] = {}
        for line in lines:
            if line.done_on is None:
                order, person_id = orders[line.order_id], line.employee_id
                name = "" if person_id is not None else line.name
                found[order.group_id, person_id, name] = order.number
        return found

    @cached_property
    def _requests(self) -> dict[int | None, str]:
        forms = self._store.columns(
            Form, "employee_id", "number", "state", form_kind=ACCOUNT_REQUEST
        )
        return {person_id: number for person_id, number, state in forms if state not in FINAL}

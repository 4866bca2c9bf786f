"""Orders to group owners as sheets of paper, or as a workbook with one line a person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.services.group_duties import Duties
from wxadmin.services.membership_picture import Picture
from wxadmin.services.order_sheet import OrderView
from wxadmin.services.orders import Orders
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.items import Measure, Page

DEFINITION = "group_order"
HEADINGS = (
    "编号",
    "群名称",
    "群主",
    "动作",
    "工号",
    "姓名",
    "单位",
    "职务",
    "手机号码",
    "原因",
    "办结",
)


class OrderPaper:
    """Lays out orders; every group begins a page of its own."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def pages(
        self, views: Sequence[OrderView], picture: Picture, duties: Duties, measure: Measure
    ) -> tuple[Page, ...]:
        """Return the pages of these orders."""
        from wxadmin.paper.order import order_pages
        from wxadmin.services.checklist_paper import register_definition

        orders = Orders(self._workplace)
        sheets = [orders.sheet(view, picture, duties) for view in views]
        return order_pages(register_definition(self._workplace, DEFINITION), sheets, measure)

    def workbook(self, views: Sequence[OrderView], picture: Picture, path: Path) -> int:
        """Write the orders' lines to a workbook; return how many lines."""
        from wxadmin.sheets.writing import write_table

        rows: list[tuple[str | None, ...]] = []
        for view in views:
            for line in view.lines:
                person = picture.person(line.employee_id) if line.employee_id else None
                rows.append(
                    (
                        view.order.number,
                        view.group.name,
                        view.order.addressed_to,
                        line.action,
                        person.emp_no if person else None,
                        line.name,
                        person.org_unit if person else None,
                        person.position if person else None,
                        person.mobile if person else None,
                        line.reason,
                        line.done_on.isoformat() if line.done_on else None,
                    )
                )
        return write_table(path, "调整通知单", HEADINGS, rows)

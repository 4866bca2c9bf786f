"""The month on one page (月报一页纸): who came, went and moved, and what is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wxadmin.domain.account import IN_USE, Account
from wxadmin.domain.checklist import VOID, Checklist
from wxadmin.domain.evidence import TRANSFER
from wxadmin.domain.membership_why import short_date
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.person import Employee
from wxadmin.domain.reminder import Reminder
from wxadmin.services.leaver_grid import LeaverGrid, month_word
from wxadmin.services.membership_picture import Picture
from wxadmin.services.reminders import Reminders
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.month_report import MonthReport, OpenItem, UnitMonth

NO_UNIT = "（未填单位）"
HEAD_LENGTH = 16
KINDS = (
    ("checklist", "办理清单未办结"),
    ("form", "表单待打印或未交回"),
    ("leaver_list", "离职清单未交"),
    ("leaver_account", "离职人员账号仍可登录"),
    ("order", "群成员调整通知单未回报"),
    ("group_owner", "群没有群主，或群主已离职"),
    ("admin_number", "群管理号未交接"),
    ("contract", "合同即将到期或已过期"),
    ("secondment", "借调即将到期"),
    ("member_exception", "特批即将到期"),
    ("member_list", "群成员名单过期"),
)
"""The kinds of reminder the report counts, in its order, with their words."""


class MonthReports:
    """Draws up the report of a month; reads only."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def of(self, month: date) -> MonthReport:
        """Return the figures of the month a day lies in."""
        from wxadmin.paper.month_report import MonthReport

        workplace = self._workplace
        picture = Picture(workplace)
        reminders = Reminders(workplace).all()
        grid = LeaverGrid(workplace, picture.tree)
        first, last = _bounds(month)
        return MonthReport(
            month=f"{month.year}年{month.month}月",
            units=tuple(self._units(picture.tree, first, min(last, workplace.today))),
            open_items=tuple(_open_items(reminders, workplace.today)),
            units_without_list=tuple(
                f"{cell.source.name}（{month_word(cell.month)}）" for cell in grid.missing()
            ),
            groups_without_owner=tuple(self._without_owner(picture)),
            chain_head=workplace.journal.head()[2][:HEAD_LENGTH],
            entries=sum(
                done.entries for done in workplace.journal.operations() if first <= done.on <= last
            ),
            company=workplace.office().company_name,
            made_by=workplace.by,
            printed_on=workplace.today,
        )

    def _units(self, tree: OrgTree, first: date, last: date) -> Iterable[UnitMonth]:
        from wxadmin.paper.month_report import UnitMonth

        staff, joined, left = Counter[str](), Counter[str](), Counter[str]()
        unit_of: dict[int, str] = {}
        tops = _Tops(tree)
        store = self._workplace.store
        rows = store.columns(Employee, "id", "org_unit_id", "hire_date", "leave_date")
        for person_id, unit_id, hired, gone in rows:
            unit = unit_of[person_id] = tops.name(unit_id)
            here = (hired is None or hired <= last) and (gone is None or gone > last)
            staff[unit] += here
            joined[unit] += hired is not None and first <= hired <= last
            left[unit] += gone is not None and first <= gone <= last
        moves = store.columns(Checklist, "employee_id", "event_on", "state", template=TRANSFER)
        moved = Counter(
            unit_of[person_id]
            for person_id, day, state in moves
            if state != VOID and first <= day <= last and person_id in unit_of
        )
        accounts = Counter(
            tops.name(unit) for (unit,) in store.columns(Account, "org_unit_id", state=IN_USE)
        )
        used = set(staff) | set(accounts)
        for unit in tops.order(used):
            yield UnitMonth(
                unit, staff[unit], joined[unit], left[unit], moved[unit], accounts[unit]
            )

    def _without_owner(self, picture: Picture) -> Iterable[str]:
        from wxadmin.services.group_duties import NO_CUSTODIAN, NO_OWNER, Duties

        duties = Duties(self._workplace, picture)
        for group in picture.groups.values():
            if duties.trouble(group) in {NO_OWNER, NO_CUSTODIAN}:
                yield group.name


class _Tops:
    """The units the report counts by: those right below the company, or at the top."""

    def __init__(self, tree: OrgTree) -> None:
        self._tree = tree
        root = tree.root()
        self._depth = 1 if root is not None else 0
        self._names: dict[int | None, str] = {}

    def name(self, unit_id: int | None) -> str:
        """Return the name a unit is counted under."""
        found = self._names.get(unit_id)
        if found is None:
            names = self._tree.names(unit_id)
            place = names[self._depth :] or names
            found = self._names[unit_id] = place[0] if place else NO_UNIT
        return found

    def order(self, used: set[str]) -> list[str]:
        """Return the names used, in the order of the units."""
        units = sorted(self._tree.units.values(), key=lambda u: (u.sort_no, u.id))
        known = [unit.name for unit in units if unit.name in used]
        return [*dict.fromkeys(known), *sorted(used - set(known))]


def _bounds(month: date) -> tuple[date, date]:
    first = month.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return first, after - timedelta(days=1)


def _open_items(reminders: list[Reminder], on: date) -> Iterable[OpenItem]:
    from wxadmin.paper.month_report import OpenItem

    for kind, text in KINDS:
        found = [r for r in reminders if r.kind == kind]
        due = [r.due_on for r in found if r.due_on is not None]
        if found:
            oldest = f"{short_date(min(due), on)}" if due else ""
            yield OpenItem(text, len(found), oldest)

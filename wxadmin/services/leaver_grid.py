"""Which HR source has handed in its leaver list of which month, and what to write to the others."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.leavers import LeaverList
from wxadmin.domain.membership_why import short_date
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import HrSource, RosterIssue
from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace

HANDED_IN, NOBODY_LEFT, MISSING, NOT_YET = "已交", "无离职", "未交", "未到期"
MARKS = {HANDED_IN: "tick", NOBODY_LEFT: "waiting", MISSING: "late", NOT_YET: "empty"}


@dataclass(frozen=True, slots=True)
class GridCell:
    """One HR source and one month ("2026-10"). `latest` is the list in force, `versions` how many
    were handed in (更正版)."""

    source: HrSource
    month: str
    state: str
    due_on: date
    provided_on: date | None
    latest: LeaverList | None
    versions: int

    @property
    def mark(self) -> str:
        """Return the mark of the cell."""
        return MARKS[self.state]

    @property
    def missing(self) -> bool:
        """Say whether the list has not come (I26)."""
        return self.latest is None

    def text(self, on: date) -> str:
        """Return the short text of the cell: 11-03, 未交, 无离职."""
        if self.state != HANDED_IN or self.provided_on is None:
            return self.state
        year = "" if self.provided_on.year == on.year else f"{self.provided_on.year}-"
        return f"{year}{self.provided_on:%m-%d}"


class LeaverGrid:
    """The grid month × source; reads everything once."""

    def __init__(self, workplace: Workplace, tree: OrgTree | None = None) -> None:
        store = workplace.store
        self._on = workplace.today
        self._day = workplace.number("leaver_list_day")
        self._lists: dict[tuple[int, str], list[LeaverList]] = defaultdict(list)
        for one in store.all(LeaverList):
            self._lists[one.hr_source_id, one.month].append(one)
        self._rosters: dict[int, date] = {}
        for source_id, issued in store.columns(RosterIssue, "hr_source_id", "issued_on"):
            first = self._rosters.get(source_id, issued)
            self._rosters[source_id] = min(first, issued)
        self.sources = self._answering(workplace, tree or workplace.units())

    def of(self, month: str) -> list[GridCell]:
        """Return a month's column: every source that answers for people."""
        return [self._cell(source, month) for source in self.sources]

    def last_month(self) -> str:
        """Return the month whose lists are due now: the one before today's."""
        return _month_before(f"{self._on:%Y-%m}")

    def missing(self, months: int = 3) -> list[GridCell]:
        """Return the lists of the last months that have not come, the oldest first.

        Before last month it counts only what lies within the time rosters were kept here.
        """
        if not self._rosters:
            return []
        start = f"{min(self._rosters.values()):%Y-%m}"
        wanted = [self.last_month()]
        while len(wanted) < months and _month_before(wanted[0]) >= start:
            wanted.insert(0, _month_before(wanted[0]))
        return [cell for month in wanted for cell in self.of(month) if cell.missing]

    def _cell(self, source: HrSource, month: str) -> GridCell:
        found = sorted(self._lists.get((source.id, month), ()), key=lambda one: one.version_no)
        due = due_day(month, source.due_day or self._day)
        latest = found[-1] if found else None
        if latest is not None:
            state = HANDED_IN if latest.row_count else NOBODY_LEFT
        else:
            state = MISSING if due < self._on else NOT_YET
        provided = latest.provided_on if latest else None
        return GridCell(source, month, state, due, provided, latest, len(found))

    def _answering(self, workplace: Workplace, tree: OrgTree) -> list[HrSource]:
        """The sources that cover somebody: by the nearest unit a source names, else by roster."""
        sources = {s.id: s for s in workplace.store.all(HrSource) if s.active}
        owner = {unit: s.id for s in sources.values() for unit in s.covers}
        found: set[int] = set()
        nearest: dict[int | None, int | None] = {}
        rows = workplace.store.columns(Employee, "org_unit_id", "hr_source_id", "leave_date")
        for unit, by_roster, left in rows:
            if left is not None and left <= self._on:
                continue
            if unit not in nearest:
                path = reversed(tree.path(unit))
                nearest[unit] = next((owner[u] for u in path if u in owner), None)
            source = nearest[unit] or by_roster
            if source in sources:
                found.add(source)
        return [sources[i] for i in sorted(found)]


def _month_before(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01') - timedelta(days=1):%Y-%m}"


def due_day(month: str, day: int) -> date:
    """Return the day a month's list is due: that day of the month after."""
    first = date.fromisoformat(f"{month}-01")
    after = (first + timedelta(days=31)).replace(day=1)
    return after + timedelta(days=min(day, 28) - 1)


def month_word(month: str) -> str:
    """Return a month as it is said: 10月."""
    return f"{int(month[5:])}月"


def urge_text(cell: GridCell, on: date) -> str:
    """Return what to send to a source that has not handed in its list."""
    month = month_word(cell.month)
    return (
        f"{cell.source.name}：贵处{month}离职清单至今未收到，"
        f"应于{short_date(cell.due_on, on)}前提供。"
        f"请把{month}离职人员的工号、姓名、部门、离职日期和离职类型发给我；"
        f"本月没有人离职也请回复“无”。"
    )

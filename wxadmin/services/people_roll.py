"""The roll of people for a long table: ids at once; what sorts, filters and finds them after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.checklist import RUNNING, Checklist
from wxadmin.domain.import_plan import OFFBOARDING
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import Position
from wxadmin.domain.person import AS_FOUND, Employee
from wxadmin.domain.search import SearchIndex
from wxadmin.services.account_register import AccountRegister
from wxadmin.services.people import People, PersonLine
from wxadmin.services.workplace import Workplace

SERVING, NO_ACCOUNT, LEAVING, LEFT, FOUND = "serving", "no_account", "leaving", "left", "found"
FILTERS = {
    "": "全部",
    SERVING: "在职",
    NO_ACCOUNT: "在职无账号",
    LEAVING: "离职办理中",
    LEFT: "已离职",
    FOUND: "历史导入",
}
"""The filters of the 人员 desk and what they are called."""
_FIELDS = (
    "id", "pinyin", "name", "emp_no", "org_unit_id", "position_id", "employment_type", "status",
    "mobile", "hire_date", "leave_date", "entry",
)  # fmt: skip
_ID, _PINYIN, _NAME, _NO, _UNIT, _POST, _KIND, _STATUS, _MOBILE, _HIRED, _LEFT, _ENTRY = range(12)
Row = tuple[Any, ...]


class PeopleFacts:
    """Everything about everybody that sorting, filters and search ask; read once, in bulk."""

    def __init__(self, workplace: Workplace) -> None:
        store, self._today = workplace.store, workplace.today
        self._rows = store.columns(Employee, *_FIELDS)
        self._tree: OrgTree = workplace.units()
        self._posts: Mapping[int, Position] = workplace.positions()
        running = store.columns(Checklist, "employee_id", template=OFFBOARDING, state=RUNNING)
        self._leaving = {row[0] for row in running}
        without = {p.employee_id for p in AccountRegister(workplace).people_without_account()}
        self._held = {
            holder: userid
            for holder, userid in store.columns(Account, "holder_id", "wecom_userid", state=LIVE)
        }
        self.members: Mapping[str, frozenset[int]] = self._filtered(without)
        self._index: SearchIndex[int] = People(workplace).index()
        self._orders: dict[str, list[int]] = {}

    @property
    def counts(self) -> dict[str, int]:
        """Return how many stand behind each filter; "" counts all."""
        found = {key: len(ids) for key, ids in self.members.items()}
        return {"": len(self._rows), **found}

    def order(self, key: str) -> list[int]:
        """Return all ids sorted by a column ("": as entered); what is empty comes last."""
        if key not in self._orders:
            rows = self._rows
            if key:
                value = self._sorter(key)
                rows = sorted(rows, key=lambda row: _empty_last(value(row)))
            self._orders[key] = [row[_ID] for row in rows]
        return self._orders[key]

    def find(self, typed: str) -> list[int]:
        """Return whom every word typed fits, as entered."""
        return self._index.find(typed)

    def _filtered(self, without: set[int]) -> dict[str, frozenset[int]]:
        today = self._today
        serving, leaving, left, found = set(), set(), set(), set()
        for row in self._rows:
            person_id, hired, gone = row[_ID], row[_HIRED], row[_LEFT]
            has_left = gone is not None and gone <= today
            if row[_ENTRY] == AS_FOUND:
                found.add(person_id)
            if not has_left and (hired is None or hired <= today):
                serving.add(person_id)
            if person_id in self._leaving:
                leaving.add(person_id)
            elif has_left:
                left.add(person_id)
        groups = {SERVING: serving, NO_ACCOUNT: without, LEAVING: leaving, LEFT: left, FOUND: found}
        return {key: frozenset(ids) for key, ids in groups.items()}

    def _sorter(self, key: str) -> Callable[[Row], Any]:
        texts = {unit: "/".join(self._tree.names(unit)) for unit in self._tree.units}
        ranks = {post.id: (post.sort_no, post.name) for post in self._posts.values()}
        sorters: dict[str, Callable[[Row], Any]] = {
            "name": lambda row: row[_PINYIN] or row[_NAME],
            "unit": lambda row: texts.get(row[_UNIT], ""),
            "position": lambda row: ranks.get(row[_POST], ""),
            "employment_type": lambda row: row[_KIND],
            "standing": self._standing,
            "mobile": lambda row: row[_MOBILE],
            "hire_date": lambda row: row[_HIRED],
            "leave_date": lambda row: row[_LEFT],
            "account": lambda row: self._held.get(row[_ID], ""),
        }
        return sorters[key]

    def _standing(self, row: Row) -> str:
        facts = Employee(0, "", "", status=row[_STATUS], hire_date=row[_HIRED],
                         leave_date=row[_LEFT])  # fmt: skip
        return facts.standing(self._today, offboarding_open=row[_ID] in self._leaving)


class PeopleRoll:
    """Reads the roll: `ids` and pages are quick, `facts` takes its time with many people."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def ids(self) -> Sequence[int]:
        """Return everybody's id, in the order they were entered."""
        return self._workplace.store.ids_of(Employee)

    def facts(self) -> PeopleFacts:
        """Return what sorts, filters and finds; half a second for a hundred thousand people."""
        return PeopleFacts(self._workplace)

    def page(self, ids: list[int]) -> dict[int, PersonLine]:
        """Return the lines of a page, by id."""
        return {line.id: line for line in People(self._workplace).lines(ids)}


def _empty_last(value: Any) -> tuple[bool, Any]:
    return (True, 0) if value in (None, "") else (False, value)

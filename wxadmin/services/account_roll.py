"""The roll of accounts for a long table: ids at once; what sorts, filters and finds them after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from wxadmin.domain import account as states
from wxadmin.domain.account import Account
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.person import Employee
from wxadmin.domain.search import SearchIndex, search_line
from wxadmin.services.account_register import (
    HOLDER_GONE,
    NOBODY_ANSWERS,
    NOT_VERIFIED,
    WITHOUT_ACCOUNT,
    AccountRegister,
    AccountRow,
    PersonWithoutAccount,
)
from wxadmin.services.account_watch import AccountWatch
from wxadmin.services.workplace import Workplace

STATE_FILTERS: dict[str, tuple[str, frozenset[str]]] = {
    "in_use": ("在用", frozenset({states.IN_USE})),
    "pending": ("待开通", frozenset({states.PENDING})),
    "stopped": ("停用", frozenset({states.SUSPENDED, states.RESTRICTED})),
    "to_reclaim": ("待收回", frozenset({states.TO_RECLAIM, states.TO_CLOSE})),
    "ended": ("已了结", frozenset({states.RECLAIMED, states.CLOSED, states.BARRED})),
}
"""Filters by state: what each is called and which states it takes."""
LIST_FILTERS = {
    "without": WITHOUT_ACCOUNT,
    "gone": HOLDER_GONE,
    "nobody": NOBODY_ANSWERS,
    "unverified": NOT_VERIFIED,
    "idle": "闲置",
    "unassigned": "回收待分配",
}
"""The lists of what is amiss, as filters; 闲置 by the last sign-in that was put down."""
PERSON = "person"
Key = int | tuple[str, int]
"""An account by its id, or somebody without one as ("person", id)."""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A line of the desk: an account with its holder's post, or somebody without an account."""

    row: AccountRow | None
    person: PersonWithoutAccount | None
    position: str


class AccountFacts:
    """Everything about all accounts that sorting, filters and search ask; read once, in bulk."""

    def __init__(self, workplace: Workplace) -> None:
        register = AccountRegister(workplace)
        self._rows = register.rows()[::-1]
        self.without = {p.employee_id: p for p in register.people_without_account()}
        self.posts = _everybodys_posts(workplace)
        self._orders: dict[str, list[Key]] = {}
        people: list[Key] = [(PERSON, person_id) for person_id in self.without]
        self.members: dict[str, frozenset[Key]] = {
            key: frozenset(row.id for row in self._rows if row.state in wanted)
            for key, (_, wanted) in STATE_FILTERS.items()
        }
        for key, name in LIST_FILTERS.items():
            self.members[key] = frozenset(row.id for row in self._rows if name in row.amiss)
        self.members["without"] = frozenset(people)
        self.members["unassigned"] = frozenset(
            row.id for row in self._rows if row.state == states.RECLAIMED
        )
        self.members["idle"] = frozenset(one.account.id for one in AccountWatch(workplace).idle())
        self.members[""] = frozenset(row.id for row in self._rows)
        self._index: SearchIndex[Key] = SearchIndex(self._lines())

    def _lines(self) -> Iterator[tuple[Key, str]]:
        for row in self._rows:
            yield row.id, _line_of(row)
        for person_id, p in self.without.items():
            yield (PERSON, person_id), search_line(p.name, p.emp_no, p.mobile, p.unit)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many stand behind each filter; "" counts all accounts."""
        return {key: len(ids) for key, ids in self.members.items()}

    def find(self, typed: str) -> list[Key]:
        """Return the lines that hold every word typed, the newest account first."""
        return self._index.find(typed)

    def order(self, key: str) -> list[Key]:
        """Return all lines sorted by a column ("": newest first); what is empty comes last."""
        if key not in self._orders:
            rows = self._rows
            if key:
                value = self._sorter(key)
                rows = sorted(rows, key=lambda row: _empty_last(value(row)))
            people = sorted(self.without.values(), key=lambda p: (p.unit, p.emp_no))
            without: list[Key] = [(PERSON, person.employee_id) for person in people]
            self._orders[key] = [*(row.id for row in rows), *without]
        return self._orders[key]

    def _sorter(self, key: str) -> Callable[[AccountRow], Any]:
        sorters: dict[str, Callable[[AccountRow], Any]] = {
            "name": lambda row: row.pinyin or row.name,
            "userid": lambda row: row.wecom_userid.casefold(),
            "unit": lambda row: row.unit,
            "position": lambda row: self.posts.get(row.holder_id or 0, ""),
            "mobile": lambda row: row.mobile,
            "type": lambda row: row.type_name,
            "state": lambda row: (states.STATES.index(row.state), HOLDER_GONE not in row.amiss),
            "opened_on": lambda row: row.opened_on,
        }
        return sorters[key]


class AccountRoll:
    """Reads the roll: `ids` and pages are quick, `facts` takes its time with many accounts.

    Units, posts and holders are read once: make a new one after the register was written.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    @cached_property
    def _register(self) -> AccountRegister:
        return AccountRegister(self._workplace)

    @cached_property
    def _post_names(self) -> dict[int, str]:
        return {post.id: post.name for post in self._workplace.positions().values()}

    def ids(self) -> Sequence[int]:
        """Return the ids of all accounts, the newest first."""
        return self._workplace.store.ids_of(Account)[::-1]

    def facts(self) -> AccountFacts:
        """Return what sorts, filters and finds."""
        return AccountFacts(self._workplace)

    def page(self, ids: Sequence[Key], facts: AccountFacts | None) -> dict[Key, AccountLine]:
        """Return the lines of a page, by key; people without an account come from the facts."""
        accounts = [key for key in ids if isinstance(key, int)]
        rows = self._register.rows(accounts) if accounts else []
        posts = facts.posts if facts is not None else self._posts(rows)
        found: dict[Key, AccountLine] = {
            row.id: AccountLine(row, None, posts.get(row.holder_id or 0, "")) for row in rows
        }
        for key in ids:
            if not isinstance(key, int) and facts is not None:
                person = facts.without[key[1]]
                found[key] = AccountLine(None, person, person.position)
        return found

    def _posts(self, rows: Sequence[AccountRow]) -> dict[int, str]:
        holders = {row.holder_id for row in rows if row.holder_id is not None}
        found = self._workplace.store.columns(Employee, "id", "position_id", id=holders)
        return {person_id: self._post_names.get(post, "") for person_id, post in found}


def _everybodys_posts(workplace: Workplace) -> dict[int, str]:
    names = {post.id: post.name for post in workplace.positions().values()}
    rows = workplace.store.columns(Employee, "id", "position_id")
    return {person_id: names.get(post, "") for person_id, post in rows}


def _line_of(row: AccountRow) -> str:
    holder = row.holder if row.holder != row.name else ""
    return search_line(
        row.name, holder, row.emp_no, row.account_no, row.wecom_userid, row.mobile, row.unit,
        row.type_name, row.responsible, pinyin=row.pinyin,
    )  # fmt: skip


def _empty_last(value: Any) -> tuple[bool, Any]:
    return (True, 0) if value in (None, "") else (False, value)

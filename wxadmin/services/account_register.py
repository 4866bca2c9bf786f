"""The register of accounts as it is shown, and the four lists of what is amiss with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.organisation import Position
from wxadmin.domain.person import Employee
from wxadmin.domain.policy import Pack
from wxadmin.domain.policy_names import employment_type_of
from wxadmin.domain.policy_settings import Scope
from wxadmin.services.workplace import Workplace

WITHOUT_ACCOUNT = "在职无账号"
HOLDER_GONE = "有账号非在职"
NOBODY_ANSWERS = "无责任人"
NOT_VERIFIED = "资料核实逾期"
LISTS = (WITHOUT_ACCOUNT, HOLDER_GONE, NOBODY_ANSWERS, NOT_VERIFIED)

_COLUMNS = (
    "id", "account_no", "name", "account_type", "ownership", "platform", "wecom_userid", "mobile",
    "company_email", "org_unit_id", "holder_id", "responsible_id", "custodian_id", "in_directory",
    "state", "opened_on", "closed_on", "close_reason", "permission_level", "verified_on",
    "form_no", "entry", "remark",
)  # fmt: skip

_SHOWN_AS_NAMES = ("responsible_id", "custodian_id")


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as a line of the register; `amiss` names the lists it stands on."""

    id: int
    account_no: str
    name: str
    account_type: str
    type_name: str
    ownership: str
    platform: str
    wecom_userid: str
    mobile: str
    company_email: str
    unit: str
    holder: str
    emp_no: str
    responsible: str
    custodian: str
    in_directory: bool
    state: str
    opened_on: date | None
    closed_on: date | None
    close_reason: str
    permission_level: str
    verified_on: date | None
    form_no: str
    entry: str
    remark: str
    holder_id: int | None
    org_unit_id: int | None
    pinyin: str
    amiss: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonWithoutAccount:
    """Somebody in service whom the policy wants to have an account, and who has none."""

    employee_id: int
    emp_no: str
    name: str
    unit: str
    position: str
    mobile: str
    hire_date: date | None
    entry: str


@dataclass(frozen=True, slots=True)
class _Person:
    id: int
    emp_no: str
    name: str
    pinyin: str
    leave_date: date | None

    def has_left(self, on: date) -> bool:
        return self.leave_date is not None and self.leave_date <= on


class AccountRegister:
    """One reading of the register of accounts for a desk or a list; it writes nothing."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self._today = workplace.today
        self._units = workplace.units()

    @cached_property
    def _pack(self) -> Pack:
        return self._workplace.pack

    @cached_property
    def _people(self) -> dict[int, _Person]:
        rows = self._store.columns(Employee, "id", "emp_no", "name", "pinyin", "leave_date")
        return {row[0]: _Person(*row) for row in rows}

    @cached_property
    def _keepers(self) -> dict[str, str]:
        return {t.id: t.keeper for t in self._pack.account_types}

    @cached_property
    def _type_names(self) -> dict[str, str]:
        return {t.id: t.name for t in self._pack.account_types}

    @cached_property
    def _verify_before(self) -> date | None:
        """Return the day before which a check of the particulars is too old; None: not asked."""
        days = self._workplace.number("info_verify_days")
        return self._today - timedelta(days=days) if days else None

    def rows(self, account_ids: Sequence[int] | None = None) -> list[AccountRow]:
        """Return the register, by number; only some accounts where their ids are given."""
        wanted: dict[str, Any] = {} if account_ids is None else {"id": list(account_ids)}
        rows = self._store.columns(Account, *_COLUMNS, **wanted)
        return [self._row(dict(zip(_COLUMNS, row, strict=True))) for row in rows]

    def _row(self, a: dict[str, Any]) -> AccountRow:
        holder = self._people.get(a["holder_id"])
        return AccountRow(
            unit=self._units.text(a["org_unit_id"]),
            type_name=self._type_names.get(a["account_type"], a["account_type"]),
            holder=holder.name if holder else "",
            emp_no=holder.emp_no if holder else "",
            pinyin=holder.pinyin if holder else "",
            responsible=self._name(a["responsible_id"]),
            custodian=self._name(a["custodian_id"]),
            amiss=self._amiss(a, holder),
            **{name: value for name, value in a.items() if name not in _SHOWN_AS_NAMES},
        )

    def _name(self, employee_id: int | None) -> str:
        person = self._people.get(employee_id) if employee_id is not None else None
        return person.name if person else ""

    def _amiss(self, a: dict[str, Any], holder: _Person | None) -> tuple[str, ...]:
        if a["state"] not in LIVE:
            return ()
        keeper = self._people.get(a.get(f"{self._keepers.get(a['account_type'], 'holder')}_id", 0))
        checked = a["verified_on"] or a["opened_on"]
        limit = self._verify_before
        found = {
            HOLDER_GONE: holder is not None and holder.has_left(self._today),
            NOBODY_ANSWERS: keeper is None or keeper.has_left(self._today),
            NOT_VERIFIED: limit is not None and (checked is None or checked < limit),
        }
        return tuple(name for name, holds in found.items() if holds)

    # -- the lists --------------------------------------------------------------------------------
    def amiss(self) -> dict[str, list[AccountRow] | list[PersonWithoutAccount]]:
        """Return the four lists: 在职无账号 有账号非在职 无责任人 资料核实逾期."""
        rows = self.rows()
        return {
            WITHOUT_ACCOUNT: self.people_without_account(),
            HOLDER_GONE: [row for row in rows if HOLDER_GONE in row.amiss],
            NOBODY_ANSWERS: [row for row in rows if NOBODY_ANSWERS in row.amiss],
            NOT_VERIFIED: [row for row in rows if NOT_VERIFIED in row.amiss],
        }

    def people_without_account(self) -> list[PersonWithoutAccount]:
        """Return who is in service and covered by the policy, but has no live personal account."""
        personal = {t.id for t in self._pack.account_types if t.counts_as_personal}
        held = self._store.columns(Account, "holder_id", state=LIVE, account_type=personal)
        have = {holder_id for (holder_id,) in held}
        posts = self._workplace.positions()
        covered = _Coverage(self._workplace, posts)
        return [
            PersonWithoutAccount(
                person.id,
                person.emp_no,
                person.name,
                self._units.text(person.org_unit_id),
                posts[person.position_id].name if person.position_id in posts else "",
                person.mobile,
                person.hire_date,
                person.entry,
            )
            for person in self._store.all(Employee)
            if person.id not in have and person.in_service(self._today) and covered(person)
        ]


class _Coverage:
    """Whom the policy wants to have an account: by 用工类型 and by rank."""

    def __init__(self, workplace: Workplace, posts: dict[int, Position]) -> None:
        self._workplace = workplace
        self._posts = posts
        self._units = workplace.units()
        self._ranks = {rank.name: rank.no for rank in workplace.pack.ranks}
        self._known: dict[tuple[int | None, str], bool] = {}
        self._lowest: dict[int | None, int] = {}

    def __call__(self, person: Employee) -> bool:
        key = (person.org_unit_id, person.employment_type)
        if key not in self._known:
            self._known[key] = self._by_type(*key)
        return self._known[key] and self._by_rank(person)

    def _by_type(self, unit_id: int | None, employment_type: str) -> bool:
        wanted = self._workplace.setting("coverage_employment_types", self._scope(unit_id))
        known = employment_type_of(employment_type, self._workplace.pack)
        if isinstance(wanted, tuple) and wanted:
            return employment_type in wanted or (known is not None and known.name in wanted)
        return known is None or known.covered

    def _by_rank(self, person: Employee) -> bool:
        unit_id = person.org_unit_id
        if unit_id not in self._lowest:
            lowest = str(self._workplace.setting("coverage_rank", self._scope(unit_id)))
            self._lowest[unit_id] = self._ranks.get(lowest, 0)
        post = self._posts.get(person.position_id or 0)
        rank = self._ranks.get(post.rank if post else "")
        return rank is None or rank >= self._lowest[unit_id]

    def _scope(self, unit_id: int | None) -> Scope:
        return Scope(units=self._units.path(unit_id)[::-1])

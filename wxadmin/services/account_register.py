"""The register of accounts as it is shown, and the four lists of what is amiss with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.person import Employee
from wxadmin.domain.policy import Pack
from wxadmin.services.coverage import Coverage
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
_NAMES_PEOPLE = tuple(map(_COLUMNS.index, ("holder_id", "responsible_id", "custodian_id")))


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


@dataclass(slots=True)
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
        self._unit_texts: dict[int | None, str] = {}

    @cached_property
    def _pack(self) -> Pack:
        return self._workplace.pack

    @cached_property
    def _people(self) -> dict[int | None, _Person]:
        """Return who was read so far; a page of the register reads only those it names."""
        return {}

    def _learn(self, rows: Sequence[tuple[Any, ...]], *, everybody: bool) -> None:
        wanted: dict[str, Any] = {}
        if not everybody:
            named = {row[place] for row in rows for place in _NAMES_PEOPLE} - {None}
            wanted = {"id": named - self._people.keys()}
        if not everybody and not wanted["id"]:
            return
        for row in self._store.columns(Employee, *_Person.__slots__, **wanted):
            self._people[row[0]] = _Person(*row)

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
        self._learn(rows, everybody=account_ids is None)
        return [self._row(row) for row in rows]

    def _row(self, row: tuple[Any, ...]) -> AccountRow:
        """Make a line of the register; on bare tuples, for there may be a hundred thousand."""
        (record_id, account_no, name, kind, ownership, platform, userid, mobile, email, unit_id,
         holder_id, responsible_id, custodian_id, in_directory, state, opened_on, closed_on,
         close_reason, permission, verified_on, form_no, entry, remark) = row  # fmt: skip
        holder = self._people.get(holder_id)
        amiss: tuple[str, ...] = ()
        if state in LIVE:
            keepers = {"holder": holder_id, "responsible": responsible_id}
            keeper_id = keepers.get(self._keepers.get(kind, "holder"), custodian_id)
            amiss = self._amiss(holder, self._people.get(keeper_id), verified_on or opened_on)
        return AccountRow(
            record_id, account_no, name, kind, self._type_names.get(kind, kind), ownership,
            platform, userid, mobile, email, self._unit(unit_id), holder.name if holder else "",
            holder.emp_no if holder else "", self._name(responsible_id), self._name(custodian_id),
            in_directory, state, opened_on, closed_on, close_reason, permission, verified_on,
            form_no, entry, remark, holder_id, unit_id, holder.pinyin if holder else "", amiss,
        )  # fmt: skip

    def _unit(self, unit_id: int | None) -> str:
        text = self._unit_texts.get(unit_id)
        if text is None:
            text = self._unit_texts[unit_id] = self._units.text(unit_id)
        return text

    def _name(self, employee_id: int | None) -> str:
        person = self._people.get(employee_id) if employee_id is not None else None
        return person.name if person else ""

    def _amiss(
        self, holder: _Person | None, keeper: _Person | None, checked: date | None
    ) -> tuple[str, ...]:
        today, limit = self._today, self._verify_before
        found = []
        if holder is not None and holder.has_left(today):
            found.append(HOLDER_GONE)
        if keeper is None or keeper.has_left(today):
            found.append(NOBODY_ANSWERS)
        if limit is not None and (checked is None or checked < limit):
            found.append(NOT_VERIFIED)
        return tuple(found)

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
        missing = {i for (i,) in self._store.columns(Employee, "id")} - have
        posts = self._workplace.positions()
        coverage = Coverage(self._workplace, self._units, posts)
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
            for person in self._store.find(Employee, id=missing)
            if person.in_service(self._today)
            and coverage.wants(person.org_unit_id, person.position_id, person.employment_type)
        ]

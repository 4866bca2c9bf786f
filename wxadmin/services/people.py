"""People: finding one, showing one, adding one by hand, correcting what HR got wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.change import Change
from wxadmin.domain.checklist import RUNNING, Checklist
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.import_plan import OFFBOARDING
from wxadmin.domain.organisation import HrSource
from wxadmin.domain.person import AS_JOINER, IN_SERVICE, Employee
from wxadmin.domain.roster_match import PROVISIONAL, renamed
from wxadmin.domain.search import SearchIndex, search_line
from wxadmin.domain.words import field_label
from wxadmin.services.person_fields import PersonFields
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

_LINE_FIELDS = (
    "id",
    "emp_no",
    "name",
    "pinyin",
    "org_unit_id",
    "position_id",
    "region",
    "employment_type",
    "status",
    "mobile",
    "hire_date",
    "leave_date",
    "contract_end",
    "hr_source_id",
)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person as the 人员 desk shows him; `standing` is the state on the day of asking."""

    id: int
    emp_no: str
    name: str
    pinyin: str
    org_unit: str
    position: str
    region: str
    employment_type: str
    standing: str
    mobile: str
    hire_date: date | None
    leave_date: date | None
    contract_end: date | None
    source: str
    account: str


class People:
    """The people of the register."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    # -- reading ------------------------------------------------------------------------------
    def lines(self, ids: Sequence[int] | None = None) -> list[PersonLine]:
        """Return people as the desk shows them: all of them by id, or those asked for."""
        store, today = self._workplace.store, self._workplace.today
        wanted: dict[str, Any] = {} if ids is None else {"id": set(ids)}
        rows = store.columns(Employee, *_LINE_FIELDS, **wanted)
        tree, positions = self._workplace.units(), self._workplace.positions()
        sources = dict(store.columns(HrSource, "id", "name"))
        accounts = self._userids(ids)
        leaving = self._leaving()
        lines = []
        for row in rows:
            person_id, emp_no, name, pinyin, unit, post, region, kind, status, mobile, *dates = row
            hired, left, contract_end, source = dates
            facts = Employee(person_id, "", "", status=status, hire_date=hired, leave_date=left)
            lines.append(
                PersonLine(
                    person_id,
                    emp_no,
                    name,
                    pinyin,
                    tree.text(unit),
                    positions[post].name if post in positions else "",
                    region,
                    kind,
                    facts.standing(today, offboarding_open=person_id in leaving),
                    mobile,
                    hired,
                    left,
                    contract_end,
                    sources.get(source, ""),
                    accounts.get(person_id, ""),
                )
            )
        return lines

    def index(self) -> SearchIndex[int]:
        """Return the search over everybody: name, reading, number, digits, account, department."""
        store, tree = self._workplace.store, self._workplace.units()
        accounts = self._userids(None)
        texts = {unit: tree.text(unit) for unit in tree.units}
        rows = store.columns(
            Employee, "id", "name", "pinyin", "emp_no", "mobile", "org_unit_id", "former_names"
        )
        return SearchIndex(
            (
                row[0],
                search_line(
                    row[1],
                    row[3],
                    row[4],
                    accounts.get(row[0], ""),
                    texts.get(row[5], ""),
                    *row[6],
                    pinyin=row[2],
                ),
            )
            for row in rows
        )

    def _userids(self, ids: Sequence[int] | None) -> dict[int, str]:
        wanted: dict[str, Any] = {"state": LIVE}
        if ids is not None:
            wanted["holder_id"] = set(ids)
        rows = self._workplace.store.columns(Account, "holder_id", "wecom_userid", **wanted)
        return {holder: userid for holder, userid in rows if holder is not None}

    def _leaving(self) -> set[int]:
        rows = self._workplace.store.columns(
            Checklist, "employee_id", template=OFFBOARDING, state=RUNNING
        )
        return {row[0] for row in rows}

    # -- writing ------------------------------------------------------------------------------
    def add(self, fields: Mapping[str, str]) -> Employee:
        """Put a person into the register by hand (a joiner HR announced before the roster).

        `fields` are texts as she types them; raises `UserError` naming the field that is wrong.
        """
        ids = self._workplace.store.ids()
        person, read = self.planned(fields, ids)
        with self._workplace.act(f"登记人员：{person.name}") as operation:
            operation.write([*read.made(), Change(None, person)], ids)
        return person

    def planned(self, fields: Mapping[str, str], ids: IdSource) -> tuple[Employee, PersonFields]:
        """Return the person the texts describe and what read them; writes nothing.

        New units and posts are in `made()` of the second; they go into the same act.
        """
        read = PersonFields(self._workplace, ids)
        values = read.values(fields)
        if not values.get("name"):
            raise UserError("请填写姓名。", "missing_name")
        source = values.get("hr_source_id")
        number = values.pop("emp_no", "") or f"{PROVISIONAL}{ids.next(PROVISIONAL):04d}"
        self._check_number(number, source, None)
        name = values.pop("name")
        return replace(Employee(ids.next(Employee), number, name, entry=AS_JOINER), **values), read

    def planned_return(
        self, person: Employee, fields: Mapping[str, str], ids: IdSource
    ) -> tuple[Employee, PersonFields]:
        """Return a leaver as he is taken back in with these texts, and what read them.

        Without a new 工号 he keeps his own; what the texts do not say stays as it was.
        """
        read = PersonFields(self._workplace, ids)
        values = {name: value for name, value in read.values(fields).items() if value}
        number = values.get("emp_no", person.emp_no)
        self._check_number(number, values.get("hr_source_id", person.hr_source_id), person.id)
        name = values.pop("name", person.name)
        back: dict[str, Any] = {
            "leave_date": None,
            "leave_type": "",
            "status": IN_SERVICE,
            "entry": AS_JOINER,
            "hire_date": self._workplace.today,
        }
        return replace(renamed(person, name), **{**back, **values}), read

    def change(self, person: Employee, fields: Mapping[str, str]) -> Employee:
        """Correct fields of one person, as one act."""
        ids = self._workplace.store.ids()
        read = PersonFields(self._workplace, ids)
        values = read.values(fields)
        for name in ("name", "emp_no"):
            if name in values and not values[name]:
                label = field_label(Employee.kind, name)
                raise UserError(f"{label}不能空着，没有改动。", "bad_value")
        name = values.pop("name", person.name)
        after = replace(renamed(person, name), **values)
        if after.emp_no != person.emp_no:
            self._check_number(after.emp_no, after.hr_source_id, person.id)
        if after == person:
            return person
        with self._workplace.act(f"修改人员：{person.name}") as operation:
            operation.write([*read.made(), Change(person, after)], ids)
        return after

    def _check_number(self, emp_no: str, source: int | None, but: int | None) -> None:
        for other in self._workplace.store.find(Employee, emp_no=emp_no, hr_source_id=source):
            if other.id != but:
                raise UserError(
                    f"工号 {emp_no} 已是{other.name}的（同一人事来源），没有改动。", "taken"
                )


def person_called(workplace: Workplace, key: str) -> Employee:
    """Return the person with that 工号 (or 临-number, or a name nobody else has).

    "来源:工号" tells two people with the same number apart.
    Raises `UserError` where nobody or more than one fits; two plants may both number from 1.
    """
    store = workplace.store
    found = store.find(Employee, emp_no=key) or store.find(Employee, name=key)
    source, colon, number = key.rpartition(":")
    if not found and colon:
        sources = {s.id for s in store.find(HrSource, name=source)}
        found = [p for p in store.find(Employee, emp_no=number) if p.hr_source_id in sources]
    if not found:
        raise UserError(f"没有工号或姓名为“{key}”的人。请用工号再试。", "no_person")
    serving = [person for person in found if not person.has_left(workplace.today)]
    if len(found) > 1 and len(serving) != 1:
        units = workplace.units()
        who = tuple(f"{p.emp_no} {p.name} {units.text(p.org_unit_id)}" for p in found)
        raise UserError(
            f"“{key}”有 {len(found)} 个人，请写成“人事来源:工号”指明是哪一位。", "ambiguous", who
        )
    return serving[0] if len(found) > 1 else found[0]

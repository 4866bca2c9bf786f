"""What is amiss with a 群管理号 that changed hands: nobody signed in yet, or a leaver's SIM."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cached_property

from wxadmin.domain.account import AdminNumber, Custody
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.person import Employee
from wxadmin.domain.unit_names import fold_name
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_owners import STOPPED
from wxadmin.services.workplace import Workplace

NOT_SIGNED_IN = "新保管人还没有登录"
SIM_OF_LEAVER = "SIM卡仍登记在离职人员名下"


@dataclass(frozen=True, slots=True)
class NumberFinding:
    """Something amiss with a designated number: what, about whom, since when."""

    number: AdminNumber
    what: str
    who: str
    since: date | None


class NumberProofs:
    """Looks the designated numbers over, and puts down the proof of a hand-over."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store

    def findings(self, duties: Duties) -> list[NumberFinding]:
        """Return what is amiss, number by number."""
        numbers = sorted(duties.numbers.values(), key=lambda number: number.seq)
        kept = Counter(row[0] for row in self._store.columns(Custody, "admin_number_id"))
        found = []
        for number in numbers:
            if number.state == STOPPED:
                continue
            custody = duties.custody(number.id)
            # a first keeper took nothing over, so nothing has to be proven
            if custody is not None and custody.login_on is None and kept[number.id] > 1:
                keeper = duties.custodian(number)
                found.append(NumberFinding(number, NOT_SIGNED_IN, keeper.name, custody.from_on))
            leaver = self._leaver(number.sim_registered_to)
            if leaver is not None:
                found.append(NumberFinding(number, SIM_OF_LEAVER, leaver.name, leaver.leave_date))
        return found

    def confirm_login(self, number: AdminNumber, duties: Duties, on: date) -> int | None:
        """Put down the day the present keeper signed in with the number (登录日期)."""
        custody = duties.custody(number.id)
        if custody is None:
            raise UserError(f"{number.seq}号群管理号还没有保管人，没有改动。", "no_custodian")
        if not custody.from_on <= on <= self._workplace.today:
            raise UserError(
                f"登录日期应在接手（{custody.from_on}）之后、今天之前，不能是 {on}。没有改动。",
                "bad_value",
            )
        keeper = duties.custodian(number).name
        with self._workplace.act(f"群管理号登录：{number.seq}号 {keeper}") as operation:
            operation.write([Change(custody, replace(custody, login_on=on))])
        return operation.id

    def _leaver(self, registered_to: str) -> Employee | None:
        """Return who left with the SIM in his name; a namesake in service clears it."""
        wanted = fold_name(registered_to)
        if not wanted:
            return None
        today = self._workplace.today
        found = [
            person
            for person in self._people
            if wanted in {fold_name(person.name), fold_name(person.emp_no)}
        ]
        if any(not person.has_left(today) for person in found):
            return None
        return found[-1] if found else None

    @cached_property
    def _people(self) -> list[Employee]:
        names = {n.sim_registered_to.strip() for n in self._store.all(AdminNumber)} - {""}
        if not names:
            return []
        by_name = self._store.find(Employee, name=names)
        return [*by_name, *self._store.find(Employee, emp_no=names)]

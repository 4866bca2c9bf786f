"""Accounts to keep an eye on (C24): idle for long, suspended or restricted, until when."""

from __future__ import annotations

from datetime import date, timedelta

from wxadmin.domain.account import IN_USE, RESTRICTED, SUSPENDED, Account
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Watched:
    """One account: whose, in what state, since or until when, and for how many days."""

    account: Account
    emp_no: str
    holder: str
    unit: str
    day: date | None
    days: int | None


class AccountWatch:
    """Two lists, computed on reading."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store

    def idle(self) -> list[Watched]:
        """Return accounts in use nobody signed in to for longer than the policy allows.

        An account whose last sign-in nobody ever put down is not called idle; 0 days: not asked.
        """
        limit = self._workplace.number("idle_days")
        if not limit:
            return []
        before = self._workplace.today - timedelta(days=limit)
        accounts = [
            account
            for account in self._store.find(Account, state=IN_USE)
            if account.last_login_on is not None and account.last_login_on < before
        ]
        return self._lines(accounts, "last_login_on")

    def suspended(self) -> list[Watched]:
        """Return what is suspended or restricted, the first to end first; `days` counts on from
        the last day, so above 0 it is to be decided on."""
        accounts = self._store.find(Account, state={SUSPENDED, RESTRICTED})
        found = self._lines(accounts, "state_until")
        return sorted(found, key=lambda one: (one.day is None, one.day or date.max))

    def ended(self) -> list[Watched]:
        """Return the suspensions and restrictions whose last day has passed."""
        return [one for one in self.suspended() if one.days is not None and one.days > 0]

    def _lines(self, accounts: list[Account], field: str) -> list[Watched]:
        units, today = self._workplace.units(), self._workplace.today
        ids = {a.holder_id for a in accounts if a.holder_id is not None}
        people = {e.id: e for e in self._store.find(Employee, id=ids)} if ids else {}
        found = []
        for account in accounts:
            person = people.get(account.holder_id or 0)
            day: date | None = getattr(account, field)
            found.append(
                Watched(
                    account,
                    person.emp_no if person else "",
                    person.name if person else account.name,
                    units.text(account.org_unit_id),
                    day,
                    (today - day).days if day else None,
                )
            )
        return sorted(found, key=lambda one: (-(one.days or 0), one.account.account_no))

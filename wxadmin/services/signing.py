"""授权代签人: who may sign in an approver's place, from–to, and on what ground."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import SigningDelegate
from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace


class Signing:
    """The delegates of the office."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store

    def roles(self) -> tuple[str, ...]:
        """Name the roles whose signature a route asks for."""
        steps = (step for route in self._workplace.pack.routes for step in route.steps)
        return tuple(
            dict.fromkeys(role for step in steps if step.act == "approve" for role in step.roles)
        )

    def delegates(self, on: date | None = None) -> list[SigningDelegate]:
        """Return everybody who was ever authorised, or those who are on a day."""
        known = self._store.all(SigningDelegate)
        return known if on is None else [one for one in known if one.may_sign(one.role, on)]

    def authorise(
        self,
        role: str,
        person: Employee | str,
        *,
        from_on: date,
        to_on: date | None,
        basis: str,
    ) -> SigningDelegate:
        """Put somebody on record as allowed to sign for a role."""
        if role not in self.roles():
            raise UserError(
                f"审批路线里没有“{role}”，可以代签的有：{'、'.join(self.roles())}。", "bad_value"
            )
        if to_on is not None and to_on < from_on:
            raise UserError(f"止日{to_on}早于起日{from_on}，没有登记。", "bad_date")
        if not basis.strip():
            raise UserError("授权代签要写明依据（如授权书日期），没有登记。", "no_reason")
        ids = self._store.ids()
        named = person if isinstance(person, str) else f"{person.name}（{person.emp_no}）"
        employee_id = None if isinstance(person, str) else person.id
        fresh = SigningDelegate(
            ids.next(SigningDelegate), role, named, employee_id, from_on, to_on, basis.strip()
        )
        with self._workplace.act(f"授权代签人：{named}代{role}") as operation:
            operation.write([Change(None, fresh)], ids)
        return fresh

    def end(self, delegate_id: int, on: date | None = None) -> SigningDelegate:
        """End an authorisation; the day itself still counts."""
        found = self._store.get(SigningDelegate, delegate_id)
        if found is None:
            raise UserError(f"没有第{delegate_id}号授权。", "no_delegation")
        day = on or self._workplace.today
        if day < found.from_on:
            raise UserError(f"止日{day}早于起日{found.from_on}，没有改动。", "bad_date")
        after = replace(found, to_on=day)
        with self._workplace.act(f"终止代签授权：{found.person_name}") as operation:
            operation.write([Change(found, after)])
        return after

"""A SIM card is passed on: the leaver's account lets the number go before another takes it."""

from __future__ import annotations

from dataclasses import replace

from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import Problem
from wxadmin.domain.import_plan import UNCHANGED, Line, Plan
from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace


def free_numbers(workplace: Workplace, plan: Plan) -> dict[str, tuple[AnyChange, ...]]:
    """Return, by line, the accounts that must let a number go; each is told as a warning.

    Only the account of somebody who has left, or leaves by this plan, is touched; where the
    former user still serves, the warning asks to look.
    """
    taken = {person.mobile: line for line, person in _takers(plan)}
    if not taken:
        return {}
    accounts = [
        account
        for account in workplace.store.find(Account, state=LIVE)
        if account.mobile in taken and account.holder_id is not None
    ]
    if not accounts:
        return {}
    holders = _holders(workplace, plan, accounts)
    freed: dict[str, tuple[AnyChange, ...]] = {}
    for account in accounts:
        line, holder = taken[account.mobile], holders.get(account.holder_id or 0)
        if holder is None or holder.id == line.employee_id:
            continue
        gone = holder.leave_date is not None
        plan.warnings.append(_warning(line, account.mobile, holder, gone=gone))
        if gone:
            change = Change(account, replace(account, mobile=""))
            freed[line.key] = (*freed.get(line.key, ()), change)
    return freed


def _takers(plan: Plan) -> list[tuple[Line, Employee]]:
    """Return who has a number by this plan that was not his before."""
    found = []
    for line in plan.lines:
        if line.kind == UNCHANGED or line.change is None or line.change.after is None:
            continue
        if not line.change.after.mobile:
            continue
        before = line.change.before
        if before is None or before.mobile != line.change.after.mobile:
            found.append((line, line.change.after))
    return found


def _holders(workplace: Workplace, plan: Plan, accounts: list[Account]) -> dict[int, Employee]:
    ids = {account.holder_id for account in accounts if account.holder_id is not None}
    found = {p.id: p for p in workplace.store.find(Employee, id=ids)} if ids else {}
    for line in plan.lines:
        if line.change is not None and line.change.after and line.employee_id in found:
            found[line.change.after.id] = line.change.after
    return found


def _warning(line: Line, mobile: str, holder: Employee, *, gone: bool) -> Problem:
    who = f"{holder.emp_no} {holder.name}"
    reason = (
        f"号码原在{who}（{holder.leave_date} 离职）的账号上，导入时先从那个账号上释放"
        if gone
        else f"号码还在{who}的账号上，此人仍在职；请先核对，开通账号前要改过来"
    )
    return Problem(line.row, "", "手机", mobile, reason, line.emp_no or None)

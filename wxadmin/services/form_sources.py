"""Where each field of a drafted form comes from, by the `source` of its definition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from wxadmin.domain.account import Account
from wxadmin.domain.group import Group, GroupMember
from wxadmin.services.form_facts import (
    ID_CARD,
    YES,
    Draftee,
    FormFacts,
    account_text,
    person_text,
    table_text,
    yes_or_no,
)

Fill = Callable[[FormFacts, Draftee], str]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _of_account(tell: Callable[[Account], str]) -> Fill:
    """Return what tells something of the account a form is about, or the person's only one."""

    def fill(facts: FormFacts, draftee: Draftee) -> str:
        accounts = [draftee.account] if draftee.account else facts.accounts_of(draftee)
        return tell(accounts[0]) if len(accounts) == 1 else ""

    return fill


def _account_unit(facts: FormFacts, draftee: Draftee) -> str:
    """Return the department an account stands in."""
    units = facts.workplace.units()
    return _of_account(lambda account: units.text(account.org_unit_id))(facts, draftee)


def _member_groups(facts: FormFacts, draftee: Draftee) -> str:
    """List the groups a person is really in, with what he is called in each."""
    store = facts.workplace.store
    members = store.find(GroupMember, employee_id=draftee.person.id, left_on=None)
    names = {g.id: g.name for g in store.find(Group, id={m.group_id for m in members})}
    return table_text(
        [
            {"group": names[m.group_id], "nickname": m.nickname}
            for m in members
            if m.group_id in names
        ]
    )


def _rotation(facts: FormFacts, draftee: Draftee) -> str:
    """Say how often a password is to be changed, "" where the policy does not ask."""
    days = facts.setting("password_rotation_days", draftee.account_type.id)
    return f"，每{days}天更换一次" if days else ""


SOURCES: dict[str, Fill] = {
    "today": lambda f, d: f.workplace.today.isoformat(),
    "employee.id": lambda f, d: person_text(d.person),
    "employee.name": lambda f, d: d.person.name,
    "employee.emp_no": lambda f, d: d.person.emp_no,
    "employee.id_type": lambda f, d: ID_CARD if d.person.id_no else "",
    "employee.id_no": FormFacts.hidden_id,
    "employee.unit": FormFacts.unit,
    "employee.org_unit_id": FormFacts.department,
    "employee.whole_department": FormFacts.whole_department,
    "employee.region": lambda f, d: d.person.region,
    "employee.position_id": FormFacts.position,
    "employee.rank": FormFacts.rank,
    "employee.employment_type": lambda f, d: d.person.employment_type,
    "employee.hire_date": lambda f, d: _iso(d.person.hire_date),
    "employee.leave_date": lambda f, d: _iso(d.person.leave_date),
    "employee.superior_id": lambda f, d: d.person.superior,
    "employee.mobile": lambda f, d: d.account.mobile if d.account else d.person.mobile,
    "employee.company_email": lambda f, d: (
        d.account.company_email if d.account else d.person.company_email
    ),
    "employee.personal_wechat": lambda f, d: (
        d.account.wechat_id if d.account else d.person.personal_wechat
    ),
    "account.text": _of_account(account_text),
    "account.wecom_userid_now": _of_account(lambda a: a.wecom_userid),
    "account.mobile": _of_account(lambda a: a.mobile),
    "account.company_email": _of_account(lambda a: a.company_email),
    "account.name": _of_account(lambda a: a.name),
    "account.org_unit": _account_unit,
    "account.directory_title": _of_account(lambda a: a.directory_title),
    "account.permission_level": _of_account(lambda a: a.permission_level),
    "account.opened_now": _of_account(lambda a: _iso(a.opened_on)),
    "pack.password_rotation": _rotation,
    "leaver.kind": lambda f, d: d.person.leave_type,
    "pack.receiving_dept": lambda f, d: d.account_type.owner_dept,
    "pack.admin_mailbox": lambda f, d: str(f.setting("admin_mailbox")),
    "pack.account_type": lambda f, d: d.account_type.name,
    "pack.ownership": lambda f, d: d.account.ownership if d.account else d.account_type.ownership,
    "pack.default_scope": lambda f, d: d.account_type.usage_scope,
    "pack.default_permission": lambda f, d: (
        d.account.permission_level if d.account else d.account_type.permission
    ),
    "pack.mobile_is_company": FormFacts.needs_company_number,
    "pack.add_to_directory": lambda f, d: YES,
    "pack.directory_part": lambda f, d: "内部",
    "pack.nickname": FormFacts.nickname,
    "pack.version": lambda f, d: f"{f.workplace.pack.title} 第{f.workplace.pack.version}版",
    "rule.groups": FormFacts.groups,
    "check.on_roster": lambda f, d: yes_or_no(not d.person.has_left(f.workplace.today)),
    "check.roster_issue": FormFacts.roster,
    "check.existing_account": FormFacts.existing,
    "check.no_duplicate": lambda f, d: yes_or_no(not f.accounts_of(d)),
    "register.accounts": FormFacts.accounts_table,
    "register.owned_groups": FormFacts.owned_table,
    "register.admin_numbers": FormFacts.numbers_table,
    "register.group_count": FormFacts.group_count,
    "register.member_groups": _member_groups,
}
"""Where a field's value comes from, by the `source` of its definition."""

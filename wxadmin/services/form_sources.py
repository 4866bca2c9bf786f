"""Where each field of a drafted form comes from, by the `source` of its definition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from wxadmin.services.form_facts import (
    ID_CARD,
    YES,
    Draftee,
    FormFacts,
    person_text,
    yes_or_no,
)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


Fill = Callable[[FormFacts, Draftee], str]
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
}
"""Where a field's value comes from, by the `source` of its definition."""

"""Where each field of a form about groups comes from, by the `source` of its definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from wxadmin.domain.group import MOBILE, Group
from wxadmin.domain.group_checks import EXTRA, MISSING
from wxadmin.domain.nicknames import NOT_AS_WANTED, NOT_REAL_NAME
from wxadmin.domain.person import Employee
from wxadmin.services.form_group_facts import GroupFacts, check_lines, iso
from wxadmin.services.group_naming import GroupNaming
from wxadmin.services.membership_facts import GONE_STATES
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.domain.form_definition import FormDefinition
    from wxadmin.services.check_view import CheckView

WECOM = "企业微信"
TRIGGERS = {"抽查": "抽查", "离职": "离职", "调岗": "调岗", "群主接任": "接任"}

Of = Callable[[GroupFacts, Group], str]
OF_GROUP: Mapping[str, Of] = {
    "group.name": lambda f, g: g.name,
    "group.code": lambda f, g: g.code,
    "group.public_name": lambda f, g: g.public_name,
    "group.class": GroupFacts.class_name,
    "group.tier": GroupFacts.tier,
    "group.unit": GroupFacts.unit,
    "group.purpose": lambda f, g: g.purpose,
    "group.content_scope": lambda f, g: g.content_scope,
    "group.admission": lambda f, g: g.admission_scope or f.rule(g),
    "group.rule": GroupFacts.rule,
    "group.backend": GroupFacts.backend,
    "group.similar": GroupFacts.similar,
    "group.expected_count": GroupFacts.expected,
    "group.actual_count": GroupFacts.actual,
    "group.created_on": lambda f, g: iso(g.created_on),
    "group.planned_end_on": lambda f, g: iso(g.planned_end_on),
    "group.owner": GroupFacts.owner,
    "group.owner_person": GroupFacts.owner_person,
    "group.admins": GroupFacts.admins,
    "group.admins_table": GroupFacts.admins_table,
    "group.responsible": GroupFacts.responsible,
    "group.end_reason": GroupFacts.end_reason,
    "group.extra_table": GroupFacts.extra_table,
}
"""What is known of a group, by the `source` of a field."""

OF_CHECK: Mapping[str, Callable[[CheckView], str]] = {
    "check.checked_on": lambda v: iso(v.check.checked_on),
    "check.by": lambda v: v.check.by,
    "check.trigger": lambda v: TRIGGERS.get(v.check.trigger, "其他"),
    "check.expected": lambda v: str(v.check.expected),
    "check.actual": lambda v: "" if v.check.actual is None else str(v.check.actual),
    "check.members_on": lambda v: iso(v.check.members_on),
    "check.missing": lambda v: str(len(v.of(MISSING))),
    "check.extra": lambda v: str(len(v.of(EXTRA))),
    "check.nameless": lambda v: str(len(v.of(NOT_REAL_NAME))),
    "check.nickname": lambda v: str(len(v.of(NOT_AS_WANTED))),
    "check.lines": check_lines,
    "check.note": lambda v: v.check.note,
}
"""What is known of a group's latest check."""

OF_OFFICE: Mapping[str, Callable[[GroupFacts], str]] = {
    "today": lambda f: f.workplace.today.isoformat(),
    "workplace.by": lambda f: f.workplace.by,
    "group.platform": lambda f: (f.group.platform if f.group else "") or WECOM,
    "group.next_code": GroupFacts.next_code,
    "group.order_due": GroupFacts.order_due,
    "register.owner_transfer": GroupFacts.owned_table,
    "leaver.transfer_reason": GroupFacts.transfer_reason,
    "check.basis": GroupFacts.basis,
    "pack.filing_dept": lambda f: str(f.workplace.setting("admin_filing_dept")),
    "pack.receiving_dept": lambda f: f.workplace.pack.account_types[0].owner_dept,
    "pack.sensitive_channel": lambda f: str(f.workplace.setting("sensitive_channel", f.scope)),
}
"""What is known without a group."""


def group_values(
    workplace: Workplace, definition: FormDefinition, group: Group | None, person: Employee | None
) -> dict[str, str]:
    """Return what is known for a form about a group, or about what a person runs."""
    facts = GroupFacts(workplace, group, person)
    found: dict[str, str] = {}
    for field in definition.fields:
        text = _value(facts, field.source)
        if text:
            found[field.name] = text
    return found


def of_class(
    workplace: Workplace, definition: FormDefinition, values: Mapping[str, str]
) -> dict[str, str]:
    """Return what follows from the class a new group shall have: tier, code, groups like it."""
    if not definition.has("group_class") or not definition.has("similar_groups"):
        return {}
    named = values.get("group_class", "")
    found = next((c for c in workplace.pack.group_classes if named in (c.id, c.name)), None)
    if found is None:
        return {}
    groups = workplace.store.find(Group, class_key=found.id, side=MOBILE)
    alike = "、".join(g.name for g in groups if g.state not in GONE_STATES)
    told = {"tier": found.tier, "similar_groups": alike or "无"}
    if definition.has("group_code"):
        told["group_code"] = GroupNaming(workplace).free_code(found.id)
    return told


def _value(facts: GroupFacts, source: str) -> str:
    if source in OF_OFFICE:
        return OF_OFFICE[source](facts)
    if source in OF_GROUP and facts.group is not None:
        return OF_GROUP[source](facts, facts.group)
    return facts.checked(OF_CHECK[source]) if source in OF_CHECK else ""

"""An approved 建群申请表 carried out: the group, who runs it, who belongs in it, its checklist."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wxadmin.domain.account import AdminNumber
from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import APPROVE, FormStep
from wxadmin.domain.group import ADMIN, MOBILE, OWNER, Group, MemberException
from wxadmin.domain.membership import GroupRule, RuleBook, expected_members
from wxadmin.domain.membership_rule import Rule, rule_from_text
from wxadmin.domain.policy import GroupClass
from wxadmin.domain.policy_settings import Scope
from wxadmin.domain.rule_words import rule_of_words
from wxadmin.services.checklist_start import ChecklistStarter
from wxadmin.services.form_effects import Effects
from wxadmin.services.form_facts import YES, table_rows
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_forms import day_in
from wxadmin.services.group_naming import GroupNaming
from wxadmin.services.group_owners import Choice, GroupOwners, plan_number_of, plan_role
from wxadmin.services.groups import Groups, NewGroup, group_called
from wxadmin.services.membership_picture import Picture
from wxadmin.services.units import unit_called

if TYPE_CHECKING:
    from wxadmin.services.form_completion import Completing

NUMBER_WORD = "群管理号"
FOUNDING = "group_creation"
APPLIED = "建群申请"


def found_group(case: Completing) -> Effects:
    """Return everything a new group brings with it. Raises `UserError` where it may not be."""
    group_class = _class(case)
    planned = Groups(case.workplace).plan_register(_wanted(case, group_class), case.ids).after
    assert planned is not None
    group = GroupNaming(case.workplace).named(_described(case, planned))
    _check_end(case, group, group_class)
    let_in = _let_in(case, group)
    changes: list[AnyChange] = [Change(None, group)]
    changes += _duties(case, group)
    changes += let_in
    changes += _checklist(case, group)
    return Effects(combined(changes), group=group, notes=(_counted(case, group, len(let_in)),))


def _counted(case: Completing, group: Group, let_in: int) -> str:
    """Say how many belong in a group to come: by its rule, and by name."""
    picture = Picture(case.workplace)
    followed = picture.all_groups.get(group.backend_group_id or 0, group)
    rule = GroupRule(group.id, group.name, rule_from_text(followed.rule))
    ranks = {rank.name: rank.no for rank in picture.pack.ranks}
    book = RuleBook([rule], picture.unit_names, picture.today, ranks=ranks)
    by_rule = len(expected_members(book, picture.facts.values())[group.id])
    return f"按规则应加{by_rule}人，另按名单特批{let_in}人"


def _class(case: Completing) -> GroupClass:
    named = case.value("group_class")
    classes = case.workplace.pack.group_classes
    for one in classes:
        if named in (one.id, one.name):
            return one
    known = "、".join(one.name for one in classes)
    raise UserError(f"没有“{named}”这种群类别，可填：{known}。没有改动。", "unknown_class")


def _wanted(case: Completing, group_class: GroupClass) -> NewGroup:
    backend = None
    if case.value("backend_group"):
        groups = [g for g in case.workplace.store.all(Group) if g.side != MOBILE]
        backend = group_called(groups, case.value("backend_group"))
    unit = case.value("group_unit")
    return NewGroup(
        case.value("group_name"),
        MOBILE,
        backend=backend,
        class_key=group_class.id,
        org_unit_id=unit_called(case.workplace.units(), unit).id if unit else None,
        rule=_rule(case) if backend is None else None,
        purpose=case.value("purpose"),
        created_on=day_in(case, "created_on") or case.on,
        planned_end_on=day_in(case, "planned_end_on"),
        allow_external=case.value("allow_external") == YES,
    )


def _rule(case: Completing) -> Rule:
    """Return the rule as it is written; without one the members are those who are let in."""
    rule = rule_of_words(case.value("rule"))
    units = case.workplace.units()
    for condition in rule.conditions():
        for value in condition.values if condition.field == "unit" else ():
            unit_called(units, value)
    return rule


def _described(case: Completing, group: Group) -> Group:
    """Return the group with what else the form says of it, and who approved it (X04)."""
    approved_by, approved_on = _approval(case)
    responsible = case.value("responsible")
    return replace(
        group,
        code=case.value("group_code") or GroupNaming(case.workplace).free_code(group.class_key),
        public_name=case.value("public_name"),
        platform=case.value("platform"),
        content_scope=case.value("content_scope"),
        admission_scope=case.value("admission"),
        security_level=case.value("security_level"),
        creator=case.value("creator"),
        responsible_id=case.fields.person(responsible).id if responsible else None,
        approved_by=approved_by,
        approved_on=approved_on,
        announced_on=day_in(case, "announced_on"),
        undertaking_on=day_in(case, "undertaking_on"),
        source=case.form.number,
    )


def _approval(case: Completing) -> tuple[str, date | None]:
    """Return who approved last and when; without a step the department that sets groups up."""
    steps = case.workplace.store.find(FormStep, form_id=case.form.id, move=APPROVE)
    if not steps:
        return _class(case).builder_dept, case.form.applied_on
    last = max(steps, key=lambda step: step.seq)
    return f"{last.role} {last.by}".strip(), last.on


def _check_end(case: Completing, group: Group, group_class: GroupClass) -> None:
    """Refuse a project's or temporary group without an end, or with one too far off (X05, I19)."""
    if not group_class.planned_end:
        return
    end = group.planned_end_on
    if end is None:
        raise UserError(f"“{group_class.name}”要填计划解散日期，没有改动。", "no_end")
    days = case.workplace.number("temp_group_max_days", Scope(group_class=group_class.id))
    begin = group.created_on or case.on
    if days and end > begin + timedelta(days=days):
        raise UserError(
            f"“{group_class.name}”最长{days}天，计划解散日期应不晚于"
            f"{begin + timedelta(days=days)}，没有改动。",
            "too_long",
        )


def _duties(case: Completing, group: Group) -> list[AnyChange]:
    """Return the changes that give the group its owner and its admins."""
    duties = Duties(case.workplace, Picture(case.workplace))
    owners = GroupOwners(case.workplace)
    changes: list[AnyChange] = []
    wanted = [(OWNER, case.value("owner"))]
    wanted += [(ADMIN, name) for name in case.value("admins").replace("，", "、").split("、")]
    for role, text in wanted:
        if not text.strip():
            continue
        choice = choice_of(case, text.strip())
        owners.check_keeper(choice.employee, duties)
        changes += plan_role(group, role, choice, None, case.on, case.form.number, case.ids)
        if role == OWNER:
            changes += plan_number_of(group, choice, duties)
    return changes


def choice_of(case: Completing, text: str) -> Choice:
    """Return who is named: a person, or a designated number as 3号群管理号."""
    if NUMBER_WORD not in text:
        return Choice(employee=case.fields.person(text))
    seq = "".join(filter(str.isdigit, text.split("号", 1)[0]))
    found = case.workplace.store.find(AdminNumber, seq=int(seq)) if seq else []
    if not found:
        raise UserError(f"没有“{text}”，请写成 3号群管理号。没有改动。", "no_number")
    return Choice(number=found[0])


def _let_in(case: Completing, group: Group) -> list[AnyChange]:
    """Return the exceptions of those who belong in it beside its rule, by name."""
    approved_by, _ = _approval(case)
    changes: list[AnyChange] = []
    seen: set[int] = set()
    for row in table_rows(case.value("people")):
        key = row.get("emp_no") or row.get("name", "")
        person = case.fields.person(key) if key else None
        if person is None or person.id in seen:
            continue
        seen.add(person.id)
        reason = row.get("reason") or APPLIED
        changes.append(
            Change(
                None,
                MemberException(
                    case.ids.next(MemberException),
                    group.id,
                    person.id,
                    True,
                    approved_by or case.form.number,
                    case.on,
                    group.planned_end_on,
                    reason,
                ),
            )
        )
    return changes


def _checklist(case: Completing, group: Group) -> list[AnyChange]:
    """Return the checklist of a group that is set up, where the pack has one."""
    if not any(template.id == FOUNDING for template in case.workplace.pack.checklists):
        return []
    return ChecklistStarter(case.workplace, case.ids).plan(
        FOUNDING,
        event_on=case.on,
        trigger=APPLIED,
        group_id=group.id,
        unit_path=case.workplace.units().path(group.org_unit_id),
    )

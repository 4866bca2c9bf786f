"""The roster of groups on a real register: rules, members, owners, exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, unit_called, write
from wxadmin.domain.account import IN_USE, Account, AdminNumber
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import BACKEND, BY_PERSON, MOBILE, Group
from wxadmin.domain.membership_rule import Condition, Rule
from wxadmin.domain.person import Employee
from wxadmin.services.exceptions import Exceptions
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.group_owners import Choice, GroupOwners
from wxadmin.services.groups import Groups, NewGroup
from wxadmin.services.membership import Membership
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    opened = office(tmp_path)
    yield opened
    opened.close()


def with_account(workplace: Workplace, employee: Employee, **fields: object) -> Account:
    values: dict[str, object] = {
        "holder_id": employee.id,
        "state": IN_USE,
        "in_directory": True,
        **fields,
    }
    account_id = workplace.store.ids().next(Account)
    account = Account(account_id, f"ZH-{account_id}", employee.name, "personal", **values)  # type: ignore[arg-type]
    write(workplace, account)
    return account


def group_called(workplace: Workplace, key: str) -> Group:
    return Groups(workplace).find(key)


def backend_called(workplace: Workplace, name: str) -> Group:
    return workplace.store.find(Group, name=name, side=BACKEND)[0]


def names(people: object) -> set[str]:
    return {one.name for one in people}  # type: ignore[attr-defined]


def expected_in(workplace: Workplace, group: Group) -> set[int]:
    return Picture(workplace).expected[group.id]


# -- finding ------------------------------------------------------------------------------------
def test_a_name_of_both_sides_means_the_mobile_group(workplace: Workplace) -> None:
    assert group_called(workplace, "莆田一厂").side == MOBILE


def test_a_group_is_found_by_number_and_by_alias(workplace: Workplace) -> None:
    mobile = group_called(workplace, "莆田一厂")
    assert group_called(workplace, mobile.group_no) == mobile
    assert group_called(workplace, "商务支持群").name == "事业部支持部门群"


def test_a_back_end_group_without_a_mobile_one_is_found_by_its_name(workplace: Workplace) -> None:
    assert group_called(workplace, "供应链二区物流").side == BACKEND


def test_an_unknown_group_is_refused_by_name(workplace: Workplace) -> None:
    with pytest.raises(UserError, match="没有编号、名称或别名为“桂林工厂”的群组"):
        group_called(workplace, "桂林工厂")


# -- who should be in ---------------------------------------------------------------------------
def test_a_worker_of_a_plant_is_expected_in_its_group_on_both_sides(workplace: Workplace) -> None:
    worker = person(workplace)
    assert expected_in(workplace, group_called(workplace, "莆田一厂")) == {worker.id}
    assert expected_in(workplace, backend_called(workplace, "莆田一厂")) == {worker.id}


def test_somebody_who_left_is_expected_nowhere(workplace: Workplace) -> None:
    person(workplace, leave_date=date(2026, 11, 20))
    assert not any(Picture(workplace).expected.values())


def test_a_manager_of_the_logistics_goes_to_the_managers_and_not_to_a_group_of_its_own(
    workplace: Workplace,
) -> None:
    manager = person(workplace, unit="供应链二区物流", position="经理", rank="经理")
    seen = Picture(workplace)
    mobile = {
        seen.groups[i].name
        for i, members in seen.expected.items()
        if manager.id in members and seen.groups[i].side == MOBILE
    }
    assert "事业部经理群组" in mobile
    assert "供应链二区物流" not in mobile


def test_the_region_is_the_unit_on_the_path_where_the_column_is_empty(
    workplace: Workplace,
) -> None:
    by_unit = person(workplace, unit="福建东部")
    by_column = person(workplace, "00033", "许秀英", unit="福建东部", region="福建南部")
    facts = Picture(workplace).facts
    assert facts[by_unit.id].region == "福建东部"
    assert facts[by_column.id].region == "福建南部"
    east = group_called(workplace, "事业部销售福建东部")
    assert expected_in(workplace, east) == {by_unit.id}


def test_a_loan_brings_the_groups_of_both_units_until_its_last_day(workplace: Workplace) -> None:
    worker = person(workplace)
    Exceptions(workplace).second(worker, unit_called(workplace, "莆田二厂"), TODAY, basis="调令")
    second = group_called(workplace, "莆田二厂")
    assert expected_in(workplace, second) == {worker.id}
    assert expected_in(workplace, group_called(workplace, "莆田一厂")) == {worker.id}


def test_a_second_post_brings_its_group_with_it(workplace: Workplace) -> None:
    worker = person(workplace)
    Exceptions(workplace).add_post(worker, position="副经理", basis="任命")
    assert worker.id in expected_in(workplace, group_called(workplace, "事业部经理群组"))


def test_why_names_rule_field_and_value_in_one_sentence(workplace: Workplace) -> None:
    worker = person(workplace)
    verdict = Membership(workplace).why(worker.id, group_called(workplace, "莆田一厂").id)
    assert verdict.expected
    assert verdict.actual is None
    assert verdict.why.sentence == "应在“莆田一厂”：单位为莆田一厂。"


def test_why_says_that_somebody_only_starts_later(workplace: Workplace) -> None:
    worker = person(workplace, hire_date=date(2026, 12, 1))
    verdict = Membership(workplace).why(worker.id, group_called(workplace, "莆田一厂").id)
    assert not verdict.expected
    assert "12月1日才入职" in verdict.why.sentence


# -- exceptions ---------------------------------------------------------------------------------
def test_a_special_word_lets_somebody_in_and_why_names_who_said_it(workplace: Workplace) -> None:
    worker, group = person(workplace), group_called(workplace, "莆田二厂")
    Exceptions(workplace).grant(
        worker, group, allowed=True, granted_by="事业部总监", until=date(2026, 12, 31)
    )
    verdict = Membership(workplace).why(worker.id, group.id)
    assert verdict.expected
    assert verdict.why.exception == "事业部总监特批入群，至12月31日"


def test_a_special_word_keeps_somebody_out(workplace: Workplace) -> None:
    worker, group = person(workplace), group_called(workplace, "莆田一厂")
    Exceptions(workplace).grant(worker, group, allowed=False, granted_by="总监")
    assert expected_in(workplace, group) == set()


def test_the_later_word_ends_the_earlier_one(workplace: Workplace) -> None:
    worker, group = person(workplace), group_called(workplace, "莆田一厂")
    exceptions = Exceptions(workplace)
    exceptions.grant(worker, group, allowed=False, granted_by="总监")
    exceptions.grant(worker, group, allowed=True, granted_by="总裁")
    assert [e.what for e in exceptions.all() if e.in_force] == ["特批入群"]
    assert expected_in(workplace, group) == {worker.id}


def test_a_special_word_needs_somebody_who_said_it(workplace: Workplace) -> None:
    worker, group = person(workplace), group_called(workplace, "莆田二厂")
    with pytest.raises(UserError, match="谁批准"):
        Exceptions(workplace).grant(worker, group, allowed=True, granted_by=" ")


def test_what_runs_out_is_listed_by_its_last_day(workplace: Workplace) -> None:
    worker = person(workplace)
    exceptions = Exceptions(workplace)
    exceptions.second(worker, unit_called(workplace, "莆田二厂"), date(2026, 11, 25))
    exceptions.second(worker, unit_called(workplace, "三明工厂"), date(2027, 3, 1))
    assert [e.until for e in exceptions.running_out(7)] == [date(2026, 11, 25)]


def test_a_loan_can_be_ended_before_its_time(workplace: Workplace) -> None:
    worker = person(workplace)
    exceptions = Exceptions(workplace)
    loan = exceptions.second(worker, unit_called(workplace, "莆田二厂"), date(2027, 3, 1))
    exceptions.end("借调", loan.id)
    assert expected_in(workplace, group_called(workplace, "莆田二厂")) == set()


def test_a_period_that_ends_before_it_begins_is_refused(workplace: Workplace) -> None:
    worker = person(workplace)
    with pytest.raises(UserError, match="早于起始日"):
        Exceptions(workplace).second(worker, unit_called(workplace, "莆田二厂"), date(2026, 1, 1))


# -- who is in ----------------------------------------------------------------------------------
def test_nobody_knows_who_is_in_a_group_before_anyone_looked(workplace: Workplace) -> None:
    person(workplace)
    seen = Picture(workplace)
    found = seen.difference(group_called(workplace, "莆田一厂").id)
    assert found.actual is None
    assert found.missing == frozenset()


def test_a_new_group_is_empty_and_everybody_expected_is_missing(workplace: Workplace) -> None:
    worker, group = person(workplace), group_called(workplace, "莆田一厂")
    GroupMembers(workplace).declare_new(group)
    found = Picture(workplace).difference(group.id)
    assert (found.actual, found.missing) == (frozenset(), {worker.id})
    with pytest.raises(UserError, match="已登记过成员名单"):
        GroupMembers(workplace).declare_new(group_called(workplace, "莆田一厂"))


def test_only_who_stands_in_the_address_book_may_join(workplace: Workplace) -> None:
    listed, unlisted = person(workplace), person(workplace, "00013", "陈小红")
    with_account(workplace, listed)
    group = group_called(workplace, "莆田一厂")
    with pytest.raises(UserError, match="00013 陈小红不在通讯录") as refusal:
        GroupMembers(workplace).join(group, [listed.id, unlisted.id], Picture(workplace))
    assert refusal.value.code == "not_in_directory"
    assert GroupMembers(workplace).history(group.id) == []


def test_joining_twice_changes_nothing(workplace: Workplace) -> None:
    worker, group = person(workplace), group_called(workplace, "莆田一厂")
    with_account(workplace, worker)
    members = GroupMembers(workplace)
    assert members.join(group, [worker.id], Picture(workplace)).joined == (worker.id,)
    again = members.join(group, [worker.id], Picture(workplace))
    assert (again.joined, again.unchanged, again.operation) == ((), (worker.id,), None)


def test_leaving_keeps_the_membership_as_history(workplace: Workplace) -> None:
    worker, group = person(workplace), group_called(workplace, "莆田一厂")
    with_account(workplace, worker)
    members = GroupMembers(workplace)
    members.join(group, [worker.id], Picture(workplace))
    moved = members.leave(group, [worker.id], Picture(workplace), reason="调出")
    assert moved.left == (worker.id,)
    (past,) = members.history(group.id)
    assert (past.left_on, past.exit_reason) == (TODAY, "调出")


def test_outsiders_join_only_where_the_group_allows_them(workplace: Workplace) -> None:
    group = group_called(workplace, "莆田一厂")
    members = GroupMembers(workplace)
    with pytest.raises(UserError, match="不允许外部人员：供应商老周"):
        members.join(group, [], Picture(workplace), outsiders=["供应商老周"])
    Groups(workplace).edit(group, replace(group, allow_external=True))
    open_group = group_called(workplace, "莆田一厂")
    assert members.join(open_group, [], Picture(workplace), outsiders=["供应商老周"]).operation
    assert [m.external_name for m in members.history(group.id)] == ["供应商老周"]


def test_a_whole_list_says_who_is_missing_and_who_should_not_be_in(workplace: Workplace) -> None:
    worker, stranger = person(workplace), person(workplace, "00013", "陈小红", unit="莆田二厂")
    group = group_called(workplace, "莆田一厂")
    members = GroupMembers(workplace)
    members.capture(group, [stranger.id], Picture(workplace), outsiders=["老周"])
    found = Picture(workplace).difference(group.id)
    assert (found.missing, found.extra) == ({worker.id}, {stranger.id})
    assert [m.external_name for m in found.outsiders] == ["老周"]
    assert group_called(workplace, "莆田一厂").members_on == TODAY
    later = members.capture(group_called(workplace, "莆田一厂"), [worker.id], Picture(workplace))
    assert (later.joined, later.left) == ((worker.id,), (stranger.id,))


# -- who runs it --------------------------------------------------------------------------------
def test_a_designated_number_owns_its_group_and_its_custodian_answers(workplace: Workplace) -> None:
    keeper, group = person(workplace), group_called(workplace, "莆田一厂")
    groups, owners = Groups(workplace), GroupOwners(workplace)
    seen = groups.picture()
    assert groups.duties(seen).trouble(group) == "群管理号无保管人"
    owners.set_owner(group, Choice(employee=keeper), groups.duties(seen), basis="交接单")
    seen = groups.picture()
    owner = groups.duties(seen).owner(group.id)
    assert (owner.kind, owner.emp_no, owner.name) == ("群管理号", "00012", "林国栋")
    assert groups.duties(seen).trouble(group) == ""


def keeper_after_another(workplace: Workplace) -> Group:
    """A group whose first keeper has handed it over to a second one."""
    group, owners = group_called(workplace, "莆田一厂"), GroupOwners(workplace)
    for emp_no, name in (("00012", "林国栋"), ("00033", "许秀英")):
        keeper = person(workplace, emp_no, name)
        duties = Groups(workplace).duties(Picture(workplace))
        owners.set_owner(group, Choice(employee=keeper), duties, basis="交接单")
    return group


def test_a_group_that_changes_hands_is_checked_anew_in_the_same_act(workplace: Workplace) -> None:
    group = keeper_after_another(workplace)
    lists = workplace.store.find(Checklist, template="owner_transfer", group_id=group.id)
    assert [(one.state, one.event_on) for one in lists] == [("进行中", TODAY)]
    handed = workplace.journal.operations()[-1]
    kinds = {entry.record_type.kind for entry in workplace.journal.entries(handed.id)}
    assert {"custody", "checklist", "checklist_item"} <= kinds


def test_the_first_owner_of_a_group_succeeds_nobody(workplace: Workplace) -> None:
    keeper = person(workplace)
    duties = Groups(workplace).duties(Picture(workplace))
    GroupOwners(workplace).bind_owner(
        group_called(workplace, "莆田一厂"), Choice(employee=keeper), duties, basis="备案"
    )
    assert workplace.store.find(Checklist, template="owner_transfer") == []


def test_a_custody_handed_over_stays_as_history(workplace: Workplace) -> None:
    first, second = person(workplace), person(workplace, "00013", "陈小红")
    group, owners, groups = (
        group_called(workplace, "莆田一厂"),
        GroupOwners(workplace),
        Groups(workplace),
    )
    for keeper in (first, second):
        duties = groups.duties(groups.picture())
        owners.set_owner(group, Choice(employee=keeper), duties, basis="交接单")
    number = workplace.store.find(AdminNumber, group_id=group.id)[0]
    assert number.state == "在用"
    assert [c.employee_id for c in owners.custodies_of(number.id)] == [second.id, first.id]
    assert [c.to_on for c in owners.custodies_of(number.id)] == [None, TODAY]


def test_a_group_bound_to_a_person_is_no_longer_the_numbers(workplace: Workplace) -> None:
    head, group = person(workplace), group_called(workplace, "莆田一厂")
    groups, owners = Groups(workplace), GroupOwners(workplace)
    owners.bind_owner(group, Choice(employee=head), groups.duties(groups.picture()), basis="")
    assert groups.duties(groups.picture()).owner(group.id).kind == BY_PERSON


def test_who_left_or_is_leaving_takes_nothing_over(workplace: Workplace) -> None:
    gone = person(workplace, leave_date=date(2026, 11, 1))
    leaving = person(workplace, "00013", "陈小红")
    write(workplace, Checklist(1, "offboarding", leaving.id, None, TODAY, "离职清单"))
    group, groups, owners = (
        group_called(workplace, "莆田一厂"),
        Groups(workplace),
        GroupOwners(workplace),
    )
    duties = groups.duties(groups.picture())
    for who, why in ((gone, "不在职"), (leaving, "正在办离职")):
        with pytest.raises(UserError, match=why):
            owners.set_owner(group, Choice(employee=who), duties, basis="")


def test_a_leaver_must_hand_over_every_group_and_number(workplace: Workplace) -> None:
    keeper, group = person(workplace), group_called(workplace, "莆田一厂")
    other = group_called(workplace, "莆田二厂")
    groups, owners = Groups(workplace), GroupOwners(workplace)
    owners.set_owner(group, Choice(employee=keeper), groups.duties(groups.picture()), basis="")
    owners.add_admin(other, Choice(employee=keeper), groups.duties(groups.picture()), basis="")
    duties = groups.duties(groups.picture()).of_person(keeper.id)
    assert [duty.what for duty in duties] == ["群主", "群管理员", "群管理号保管人"]


def test_a_number_owns_one_group_only(workplace: Workplace) -> None:
    groups, owners = Groups(workplace), GroupOwners(workplace)
    group, other = group_called(workplace, "莆田一厂"), group_called(workplace, "莆田二厂")
    number = workplace.store.find(AdminNumber, group_id=other.id)[0]
    duties = groups.duties(groups.picture())
    with pytest.raises(UserError, match="一个号只管一个群"):
        owners.bind_owner(group, Choice(number=number), duties, basis="")


def test_the_pool_of_numbers_is_as_large_as_the_policy_says(workplace: Workplace) -> None:
    with pytest.raises(UserError, match="最多20个"):
        GroupOwners(workplace).add_number("13805959999")


# -- the register itself ------------------------------------------------------------------------
def test_the_roster_lists_every_group_with_counts_and_trouble(workplace: Workplace) -> None:
    person(workplace)
    groups = Groups(workplace)
    seen = groups.picture()
    lines = groups.lines(seen, groups.duties(seen))
    assert len(lines) == 42
    plant = next(x for x in lines if x.group.name == "莆田一厂" and x.group.side == MOBILE)
    assert (plant.expected, plant.actual, plant.missing) == (1, None, None)
    assert plant.trouble == ("群管理号无保管人", "成员未登记")


def test_a_group_made_by_hand_has_its_own_rule_and_number(workplace: Workplace) -> None:
    worker = person(workplace)
    rule = Rule(((Condition("unit", ("莆田一厂",)),),))
    group, _ = Groups(workplace).register(NewGroup("防汛临时群", rule=rule))
    assert group.group_no not in {"", "01"}
    assert expected_in(workplace, group) == {worker.id}
    with pytest.raises(UserError, match="已有一个手机端群组叫"):
        Groups(workplace).register(NewGroup("防汛临时群", rule=rule))


def test_a_former_name_still_finds_the_group(workplace: Workplace) -> None:
    group = group_called(workplace, "莆田一厂")
    Groups(workplace).edit(group, replace(group, name="莆田第一工厂"))
    assert group_called(workplace, "莆田第一工厂").id == group.id
    assert "莆田一厂" in group_called(workplace, "莆田第一工厂").aliases


def test_a_dissolved_group_lets_members_and_number_go(workplace: Workplace) -> None:
    worker, group = person(workplace), group_called(workplace, "莆田一厂")
    with_account(workplace, worker)
    GroupMembers(workplace).join(group, [worker.id], Picture(workplace))
    Groups(workplace).dissolve(group, reason="合并", proof="群主说的")
    assert workplace.store.find(AdminNumber, group_id=group.id) == []
    assert [m.exit_reason for m in GroupMembers(workplace).history(group.id)] == ["群解散"]
    assert group.id not in Picture(workplace).expected


def test_a_rule_is_shown_with_who_joins_and_who_leaves_before_it_is_saved(
    workplace: Workplace,
) -> None:
    first, second = person(workplace), person(workplace, "00013", "陈小红", unit="莆田二厂")
    membership, group = Membership(workplace), group_called(workplace, "莆田一厂")
    preview = membership.preview_rule(group, Rule(((Condition("unit", ("莆田二厂",)),),)))
    assert preview.group == backend_called(workplace, "莆田一厂")
    effect = next(e for e in preview.effects if e.group.id == group.id)
    assert ([p.id for p in effect.joins], [p.id for p in effect.leaves]) == (
        [second.id],
        [first.id],
    )
    assert expected_in(workplace, group) == {first.id}
    membership.set_rule(preview)
    assert expected_in(workplace, group) == {second.id}


def test_a_rule_that_names_an_unknown_unit_is_refused(workplace: Workplace) -> None:
    group = group_called(workplace, "莆田一厂")
    with pytest.raises(UserError, match="没有叫“桂林工厂”的单位"):
        Membership(workplace).preview_rule(group, Rule(((Condition("unit", ("桂林工厂",)),),)))


def test_added_and_taken_out_are_recorded_as_one_act(workplace: Workplace) -> None:
    group, members = group_called(workplace, "莆田一厂"), GroupMembers(workplace)
    stays, comes = person(workplace), person(workplace, "00033", "许秀英")
    with_account(workplace, comes)
    members.capture(group, [stays.id], Picture(workplace), outsiders=["老周-送货"])
    group = group_called(workplace, "莆田一厂")
    moved = members.settle(
        group, [comes.id], [stays.id], Picture(workplace), outsiders=["老周-送货"]
    )
    assert (moved.joined, moved.left) == ((comes.id,), (stays.id,))
    assert [m.employee_id for m in Picture(workplace).members(group.id)] == [comes.id]


def test_a_stranger_turns_out_to_be_one_of_the_people(workplace: Workplace) -> None:
    group, members, known = (
        group_called(workplace, "莆田一厂"),
        GroupMembers(workplace),
        person(workplace),
    )
    members.capture(group, [], Picture(workplace), outsiders=["老林"])
    members.identify(group, "老林", known.id, Picture(workplace))
    (member,) = Picture(workplace).members(group.id)
    assert (member.employee_id, member.nickname, member.external_name) == (known.id, "老林", "")

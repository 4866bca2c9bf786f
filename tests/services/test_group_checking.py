"""Checks of groups: the count, the four lists, the log, what is due, the round of all groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person, write
from wxadmin.domain.account import IN_USE, Account
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group, GroupCheck, GroupCheckLine, GroupMember
from wxadmin.domain.organisation import PolicyOverride
from wxadmin.domain.person import Employee
from wxadmin.services.check_calendar import CheckCalendar
from wxadmin.services.check_rounds import CheckRounds
from wxadmin.services.group_checks import GroupChecks
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_faults import GroupFaults
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.groups import Groups
from wxadmin.services.history import History
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace


class Calendar:
    """A clock a test turns on."""

    def __init__(self) -> None:
        self.day = date(2026, 11, 20)

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def workplace(tmp_path: Path, calendar: Calendar) -> Iterator[Workplace]:
    made = office(tmp_path, clock=calendar)
    yield made
    made.close()


@pytest.fixture
def group(workplace: Workplace) -> Group:
    return Groups(workplace).find("莆田一厂")


def listed(workplace: Workplace, employee: Employee) -> Employee:
    """Give somebody an account in the address book."""
    ids = workplace.store.ids()
    account = Account(
        ids.next(Account),
        f"ZH-{employee.id:05d}",
        employee.name,
        "personal",
        holder_id=employee.id,
        in_directory=True,
        state=IN_USE,
    )
    write(workplace, account)
    return employee


def staff(workplace: Workplace, *names: str) -> list[Employee]:
    return [
        listed(workplace, person(workplace, f"{number:05d}", name))
        for number, name in enumerate(names, start=1)
    ]


def seen(workplace: Workplace) -> tuple[Picture, Duties]:
    picture = Picture(workplace)
    return picture, Duties(workplace, picture)


def take_list(workplace: Workplace, group: Group, *people: Employee) -> Group:
    ids = [one.id for one in people]
    GroupMembers(workplace).capture(Groups(workplace).find(group.group_no), ids, Picture(workplace))
    return Groups(workplace).find(group.group_no)


def named(workplace: Workplace, group: Group, employee: Employee, nickname: str) -> None:
    (member,) = workplace.store.find(GroupMember, group_id=group.id, employee_id=employee.id)
    with workplace.act("昵称") as operation:
        operation.write([Change(member, replace(member, nickname=nickname))])


def expected(workplace: Workplace, group: Group) -> int:
    picture, duties = seen(workplace)
    return GroupFaults(workplace, picture, duties).expectation(group).total


def test_a_count_that_fits_the_roster_ends_the_check(workplace: Workplace, group: Group) -> None:
    group = take_list(workplace, group, *staff(workplace, "林国栋", "陈小红"))
    number = expected(workplace, group)
    view = GroupChecks(workplace).count(group, number, *seen(workplace))
    assert (view.check.state, view.check.by, view.off_by) == ("已完成", "测试", 0)
    assert (view.check.checked_on, view.lines) == (date(2026, 11, 20), ())
    assert Groups(workplace).find(group.group_no).checked_on == date(2026, 11, 20)


def test_the_designated_number_of_a_group_is_counted_in(workplace: Workplace, group: Group) -> None:
    group = take_list(workplace, group, *staff(workplace, "林国栋", "陈小红"))
    picture, duties = seen(workplace)
    expectation = GroupFaults(workplace, picture, duties).expectation(group)
    assert (expectation.people, expectation.numbers, expectation.total) == (2, 1, 3)
    assert expectation.text == "3（名单2，群管理号1）"


def test_a_count_that_is_off_wants_the_list(workplace: Workplace, group: Group) -> None:
    lin, chen = staff(workplace, "林国栋", "陈小红")
    group = take_list(workplace, group, lin, chen)
    number = expected(workplace, group)
    view = GroupChecks(workplace).count(group, number + 1, *seen(workplace))
    assert (view.check.state, view.off_by, view.needs_list) == ("核查中", 1, True)
    take_list(workplace, group, lin, chen)
    again = GroupChecks(workplace).view(view.check.id)
    assert (again.check.state, again.check.actual) == ("已完成", number + 1)
    assert GroupChecks(workplace).open_one(group) is None


def test_the_list_of_a_group_gives_the_four_lists(workplace: Workplace, group: Group) -> None:
    lin, chen, wang, zhao = staff(workplace, "林国栋", "陈小红", "王明", "赵刚")
    gone = listed(workplace, person(workplace, "00009", "孙丽", leave_date=date(2026, 11, 3)))
    group = take_list(workplace, group, lin, chen, wang, gone)
    named(workplace, group, lin, "莆田一厂－林国栋")
    named(workplace, group, chen, "小红")
    named(workplace, group, wang, "王明")
    view = GroupChecks(workplace).with_list(group, *seen(workplace))
    lists = {
        finding: [(line.name, line.reason) for line in view.of(finding)]
        for finding in ("应加未加", "不应在群", "未实名", "昵称不符")
    }
    assert lists == {
        "应加未加": [("赵刚", "")],
        "不应在群": [("孙丽", "离职")],
        "未实名": [("陈小红", "应为“莆田一厂-陈小红”")],
        "昵称不符": [("王明", "应为“莆田一厂-王明”")],
    }
    assert view.check.state == "待整改"
    assert zhao.id == view.of("应加未加")[0].employee_id


def test_the_last_line_mended_ends_the_check_and_it_is_signed(
    workplace: Workplace, group: Group
) -> None:
    lin, _ = staff(workplace, "林国栋", "陈小红")
    group = take_list(workplace, group, lin)
    checks = GroupChecks(workplace)
    view = checks.with_list(group, *seen(workplace))
    view = checks.resolve(view, "已加", [view.open_lines[0].id])
    assert (view.check.state, view.lines[0].result) == ("已完成", "已加")
    assert checks.sign(view, "林国栋").check.signed_by == "林国栋"
    assert [one.check.id for one in checks.log(group)] == [view.check.id]
    with pytest.raises(UserError, match="没有这些"):
        checks.resolve(view, "已加")


def test_what_the_register_can_answer_for_needs_no_tick(workplace: Workplace, group: Group) -> None:
    lin, chen = staff(workplace, "林国栋", "陈小红")
    group = take_list(workplace, group, lin)
    checks = GroupChecks(workplace)
    checks.with_list(group, *seen(workplace))
    GroupMembers(workplace).join(group, [chen.id], Picture(workplace))
    assert checks.resolve_proven(Picture(workplace)) == 1
    assert checks.log(group)[0].check.state == "已完成"


def test_a_group_nobody_put_down_is_counted_against_its_rule(
    workplace: Workplace, group: Group
) -> None:
    staff(workplace, "林国栋", "陈小红")
    view = GroupChecks(workplace).count(group, expected(workplace, group), *seen(workplace))
    assert (view.check.expected, view.check.state) == (3, "已完成")
    with pytest.raises(UserError, match="还没有登记过成员名单"):
        GroupChecks(workplace).with_list(group, *seen(workplace))


def test_groups_are_due_by_frequency_and_by_events(
    workplace: Workplace, calendar: Calendar, group: Group
) -> None:
    lin, chen = staff(workplace, "林国栋", "陈小红")
    group = take_list(workplace, group, lin, chen)
    calendar.day = date(2026, 12, 10)
    assert not CheckCalendar(workplace, *seen(workplace)).of(group).is_due
    with workplace.act("离职") as operation:
        operation.write([Change(chen, replace(chen, leave_date=date(2026, 12, 5)))])
    due = CheckCalendar(workplace, *seen(workplace)).of(group)
    assert (due.is_due, due.days_late, due.reason) == (True, 5, "离职（陈小红 12-05）")
    ids = workplace.store.ids()
    key = f"group:{group.id}"
    write(workplace, PolicyOverride(ids.next(PolicyOverride), key, "check_frequency", "每周"))
    due = CheckCalendar(workplace, *seen(workplace)).of(group)
    assert (due.due_on, due.age_days) == (date(2026, 11, 27), 20)
    others = [one for one in CheckCalendar(workplace, *seen(workplace)).due() if not one.last_on]
    assert {one.reason for one in others} == {"从未核查"}


def test_a_round_begins_with_what_is_odd_and_goes_on_tomorrow(
    workplace: Workplace, calendar: Calendar, group: Group
) -> None:
    lin, chen = staff(workplace, "林国栋", "陈小红")
    group = take_list(workplace, group, lin, chen)
    with workplace.act("离职") as operation:
        operation.write([Change(chen, replace(chen, leave_date=date(2026, 11, 5)))])
    rounds = CheckRounds(workplace)
    view = rounds.start(*seen(workplace))
    assert view.round.title == "2026年第4季度群核查"
    line = view.line_of(group)
    assert "1人已离职仍在群：陈小红" in line.anomalies
    calendar.day = date(2026, 11, 21)
    again = CheckRounds(workplace).start(*seen(workplace))
    assert again.round.id == view.round.id
    assert len(again.left) == len(again.lines)


def put_in_order(workplace: Workplace, *groups: Group) -> None:
    """Give groups keepers in service, so that nothing is odd about them."""
    from wxadmin.services.group_owners import GroupOwners

    _, duties = seen(workplace)
    for number, group in enumerate(groups):
        keeper = person(workplace, f"9{number:04d}", f"保管{number}", unit="莆田二厂")
        owned = duties.number_of(group.id)
        assert owned is not None
        GroupOwners(workplace).hand_over_custody(owned, keeper, duties, basis="交接单")


def test_in_a_round_a_normal_group_needs_its_number_only(
    workplace: Workplace, calendar: Calendar, group: Group
) -> None:
    put_in_order(workplace, group)
    group = take_list(workplace, group, *staff(workplace, "林国栋", "陈小红"))
    rounds = CheckRounds(workplace)
    view = rounds.start(*seen(workplace))
    line = view.line_of(group)
    assert (line.anomalies, line.is_odd) == ((), False)
    counted = rounds.count(line, line.check.expected, *seen(workplace))
    assert counted.check.state == "已完成"
    assert len(rounds.called().left) == len(view.lines) - 1


def test_an_odd_group_is_settled_by_choice_and_note(workplace: Workplace, group: Group) -> None:
    rounds = CheckRounds(workplace)
    view = rounds.start(*seen(workplace))
    line = view.line_of(group)
    assert line.is_odd and "群管理号无保管人" in line.anomalies
    counted = rounds.count(line, line.check.expected, *seen(workplace))
    assert counted.check.state == "核查中"
    with pytest.raises(UserError, match="要写明情况"):
        rounds.settle(counted, "mend")
    settled = rounds.settle(counted, "mend", "下周指定保管人")
    assert (settled.check.state, settled.check.note) == ("待整改", "需要整改：下周指定保管人")


def test_a_round_is_not_closed_over_groups_nobody_came_to(
    workplace: Workplace, group: Group
) -> None:
    rounds = CheckRounds(workplace)
    view = rounds.start(*seen(workplace))
    rounds.count(view.line_of(group), 7, *seen(workplace))
    view = rounds.called()
    with pytest.raises(UserError, match="没有核查"):
        rounds.close(view)
    closed = rounds.close(view, rest=True, signed_by="周明")
    assert closed.round.closed_on == date(2026, 11, 20)
    assert closed.counts == {"待整改": 1, "未核查": len(view.lines) - 1}
    assert closed.line_of(group).check.signed_by == "周明"
    assert [line.check.signed_by for line in closed.lines].count("周明") == 1
    with pytest.raises(UserError, match="已经结束"):
        rounds.count(closed.line_of(group), 8, *seen(workplace))


def test_every_act_of_a_check_can_be_taken_back(workplace: Workplace, group: Group) -> None:
    lin, _ = staff(workplace, "林国栋", "陈小红")
    group = take_list(workplace, group, lin)
    GroupChecks(workplace).count(group, 9, *seen(workplace))
    GroupChecks(workplace).with_list(group, *seen(workplace))
    assert workplace.store.count(GroupCheckLine) == 1
    history = History(workplace)
    history.undo()
    history.undo(history.to_undo().id)  # type: ignore[union-attr]
    assert workplace.store.count(GroupCheck) == workplace.store.count(GroupCheckLine) == 0

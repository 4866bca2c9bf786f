"""The register as it stood on a day, and what changed between two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group, GroupMember
from wxadmin.domain.person import Employee
from wxadmin.services.as_of import AsOf
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.group_presence import GroupPresence
from wxadmin.services.groups import Groups
from wxadmin.services.history import History
from wxadmin.services.membership_picture import Picture
from wxadmin.services.people import People
from wxadmin.services.workplace import Workplace

FIRST = date(2026, 5, 1)


class Calendar:
    """A clock a test turns on."""

    def __init__(self) -> None:
        self.day = FIRST

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


def edit(workplace: Workplace, record: Employee, **fields: object) -> Employee:
    after = replace(record, **fields)  # type: ignore[arg-type]
    with workplace.act("修改") as operation:
        operation.write([Change(record, after)])
    return after


def test_a_person_is_shown_as_he_stood_that_day(workplace: Workplace, calendar: Calendar) -> None:
    lin = person(workplace, "00012", "林国栋", mobile="13805950012")
    calendar.day = date(2026, 6, 1)
    lin = edit(workplace, lin, mobile="13900000001")
    calendar.day = date(2026, 7, 1)
    edit(workplace, lin, mobile="13900000002", name="林国梁")
    past = AsOf(workplace)
    assert past.at(date(2026, 5, 31)).store.find(Employee)[0].mobile == "13805950012"
    june = past.at(date(2026, 6, 30))
    assert [(line.name, line.mobile) for line in People(june).lines()] == [
        ("林国栋", "13900000001")
    ]
    assert june.store.columns(Employee, "name", mobile="13900000001") == [("林国栋",)]
    assert june.store.columns(Employee, "name", mobile="13900000002") == []
    assert past.at(calendar.day) is workplace


def test_who_came_later_was_not_there_and_who_was_taken_out_is(
    workplace: Workplace, calendar: Calendar
) -> None:
    lin = person(workplace, "00012", "林国栋")
    calendar.day = date(2026, 6, 1)
    person(workplace, "00013", "陈小红")
    with workplace.act("去除") as operation:
        operation.write([Change(lin, None)])
    may = AsOf(workplace).at(date(2026, 5, 31))
    assert [one.name for one in may.store.all(Employee)] == ["林国栋"]
    assert may.store.count(Employee) == len(may.store.ids_of(Employee)) == 1
    assert [one.name for one in workplace.store.all(Employee)] == ["陈小红"]


def test_an_act_for_an_earlier_day_holds_from_that_day_on(
    workplace: Workplace, calendar: Calendar
) -> None:
    lin = person(workplace, "00012", "林国栋", mobile="13805950012")
    calendar.day = date(2026, 7, 1)
    lin = edit(workplace, lin, mobile="13900000001", remark="七月")
    calendar.day = date(2026, 6, 1)
    edit(workplace, lin, mobile="13900000002")
    calendar.day = date(2026, 8, 1)
    (june,) = AsOf(workplace).at(date(2026, 6, 15)).store.all(Employee)
    assert (june.mobile, june.remark) == ("13900000002", "")


def test_what_was_undone_later_still_held_that_day(
    workplace: Workplace, calendar: Calendar
) -> None:
    person(workplace, "00012", "林国栋")
    calendar.day = date(2026, 6, 1)
    History(workplace).undo()
    assert AsOf(workplace).at(date(2026, 5, 2)).store.count(Employee) == 1
    assert AsOf(workplace).at(date(2026, 6, 1)).store.count(Employee) == 0


def test_a_day_that_is_over_is_read_and_never_written(
    workplace: Workplace, calendar: Calendar
) -> None:
    calendar.day = date(2026, 6, 1)
    past = AsOf(workplace).at(FIRST)
    with pytest.raises(UserError, match="只能查看"), past.act("试"):
        pass
    with pytest.raises(UserError, match="只能查看"):
        past.store.ids()
    with pytest.raises(UserError, match="还没有到"):
        AsOf(workplace).at(date(2026, 6, 2))
    with pytest.raises(UserError, match="从 2026-05-01 开始"):
        AsOf(workplace).at(date(2026, 4, 30))


def test_between_two_days_only_what_differs_is_told(
    workplace: Workplace, calendar: Calendar
) -> None:
    lin = person(workplace, "00012", "林国栋", mobile="13805950012")
    calendar.day = date(2026, 6, 1)
    lin = edit(workplace, lin, mobile="13900000001", remark="甲")
    person(workplace, "00013", "陈小红")
    calendar.day = date(2026, 7, 1)
    edit(workplace, lin, remark="")
    found = AsOf(workplace).between(FIRST, date(2026, 7, 1), {Employee})
    assert [(line.sign, line.name) for line in found.lines] == [
        ("变更", "林国栋"),
        ("新增", "陈小红"),
    ]
    assert [(one.label, one.old, one.new) for one in found.lines[0].fields] == [
        ("手机号码", "13805950012", "13900000001")
    ]
    assert found.counts == {"人员": {"新增": 1, "变更": 1, "去除": 0}}
    quiet = AsOf(workplace).between(date(2026, 7, 1), date(2026, 7, 1))
    assert quiet.lines == ()


def take_list(workplace: Workplace, group: Group, *people: Employee) -> Group:
    members = GroupMembers(workplace)
    members.capture(group, [one.id for one in people], Picture(workplace))
    return Groups(workplace).find(group.group_no)


def test_everyone_who_was_in_a_group_is_named_with_first_and_last_proof(
    workplace: Workplace, calendar: Calendar
) -> None:
    lin, chen, wang = (
        person(workplace, number, name)
        for number, name in (("00012", "林国栋"), ("00013", "陈小红"), ("00014", "王明"))
    )
    group = Groups(workplace).find("莆田一厂")
    calendar.day = date(2026, 5, 3)
    group = take_list(workplace, group, lin, chen)
    calendar.day = date(2026, 6, 2)
    group = take_list(workplace, group, lin, wang)
    calendar.day = date(2026, 7, 4)
    take_list(workplace, group, lin, wang)
    found = GroupPresence(workplace).between(group, date(2026, 5, 1), date(2026, 5, 31))
    assert [(p.name, p.verdict, p.first_proof, p.last_proof) for p in found.people] == [
        ("王明", "可能在群", date(2026, 6, 2), date(2026, 7, 4)),
        ("林国栋", "在群", date(2026, 5, 3), date(2026, 7, 4)),
        ("陈小红", "在群", date(2026, 5, 3), date(2026, 5, 3)),
    ]
    assert found.honest.startswith("凭据为2026-05-03、2026-06-02的成员名单和其间登记的进出。")
    assert "两次名单之间" in found.honest
    assert "2026-05-03以前没有名单" in found.honest


def test_a_past_picture_knows_the_members_of_that_day(
    workplace: Workplace, calendar: Calendar
) -> None:
    lin, chen = (
        person(workplace, number, name) for number, name in (("1", "林国栋"), ("2", "陈小红"))
    )
    group = Groups(workplace).find("莆田一厂")
    calendar.day = date(2026, 5, 3)
    group = take_list(workplace, group, lin, chen)
    calendar.day = date(2026, 6, 2)
    take_list(workplace, group, lin)
    assert Picture(workplace).member_ids(group.id) == {lin.id}
    may = AsOf(workplace).at(date(2026, 5, 10))
    assert Picture(may).member_ids(group.id) == {lin.id, chen.id}
    assert Picture(may).all_groups[group.id].members_on == date(2026, 5, 3)
    assert may.store.find(GroupMember, employee_id=chen.id, left_on=None)

"""Kinds of group: orders hold only what WeCom does not do by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person, write
from wxadmin.domain.account import CLOSED, IN_USE, Account
from wxadmin.domain.change import Change
from wxadmin.domain.group import Group, GroupMember
from wxadmin.domain.person import Employee
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.orders import Orders
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def with_account(workplace: Workplace, employee: Employee, state: str = IN_USE) -> Employee:
    ids = workplace.store.ids()
    account = Account(
        ids.next(Account),
        f"ZH-{employee.id:05d}",
        employee.name,
        "personal",
        holder_id=employee.id,
        in_directory=state == IN_USE,
        state=state,
    )
    write(workplace, account)
    return employee


def group_of(workplace: Workplace, kind: str, *people: Employee) -> Group:
    group = Groups(workplace).find("莆田一厂")
    Groups(workplace).edit(group, replace(group, wecom_kind=kind))
    group = Groups(workplace).find("莆田一厂")
    GroupMembers(workplace).capture(
        group, [one.id for one in people], Picture(workplace), outsiders=["客户甲"]
    )
    return Groups(workplace).find("莆田一厂")


def drafted(workplace: Workplace, group: Group) -> set[tuple[str, str, str]]:
    picture = Picture(workplace)
    drafts = Orders(workplace).drafts(picture, Duties(workplace, picture), group)
    return {(line.action, line.name, line.reason) for draft in drafts for line in draft.lines}


def people(workplace: Workplace) -> tuple[Employee, Employee, Employee]:
    lin = with_account(workplace, person(workplace, "00012", "林国栋"))
    new = with_account(workplace, person(workplace, "00013", "陈小红", hire_date=date(2026, 11, 9)))
    left = person(workplace, "00014", "王明", leave_date=date(2026, 11, 3))
    return lin, new, with_account(workplace, left, CLOSED)


def test_a_group_that_follows_the_address_book_is_only_looked_into(workplace: Workplace) -> None:
    lin, _, left = people(workplace)
    person(workplace, "00015", "赵刚")
    group = group_of(workplace, "部门群", lin, left)
    assert drafted(workplace, group) == {
        ("核对", "陈小红", "应已自动加入"),
        ("核对", "王明", "离职"),
        ("移", "客户甲", "外部人员"),
    }


def test_in_an_internal_group_only_closed_accounts_go_by_themselves(workplace: Workplace) -> None:
    lin, _, left = people(workplace)
    group = group_of(workplace, "内部群", lin, left)
    assert drafted(workplace, group) == {
        ("加", "陈小红", "新入职"),
        ("核对", "王明", "离职"),
        ("移", "客户甲", "外部人员"),
    }


def test_customers_belong_in_a_group_of_customers(workplace: Workplace) -> None:
    lin, _, left = people(workplace)
    group = group_of(workplace, "客户群", lin, left)
    assert ("移", "客户甲", "外部人员") not in drafted(workplace, group)


def test_out_of_a_wechat_group_nobody_goes_by_himself(workplace: Workplace) -> None:
    lin, _, left = people(workplace)
    group = group_of(workplace, "微信群", lin, left)
    assert ("移", "王明", "离职") in drafted(workplace, group)


def test_the_paper_and_the_chat_say_whom_to_look_for_and_a_tick_records_it(
    workplace: Workplace,
) -> None:
    lin, new, left = people(workplace)
    group = group_of(workplace, "全员群", lin, left)
    picture = Picture(workplace)
    duties = Duties(workplace, picture)
    orders = Orders(workplace)
    orders.issue(orders.drafts(picture, duties, group))
    view = orders.find("", group)
    sheet = orders.sheet(view, picture, duties)
    assert (sheet.come, sheet.gone, sheet.joining, sheet.expected) == (
        ("陈小红",),
        ("王明",),
        (),
        2,
    )
    assert "应已自动加入，请看是否在群：陈小红" in orders.text(view, picture, duties)
    orders.tick(view, picture)
    present = workplace.store.find(GroupMember, group_id=group.id, left_on=None)
    assert {one.employee_id for one in present} == {lin.id, new.id}
    with workplace.act("名") as operation:
        operation.write([Change(group, replace(group, remark="x"))])
    assert drafted(workplace, Groups(workplace).find("莆田一厂")) == set()

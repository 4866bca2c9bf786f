"""Userids are proposed by the scheme in force, and what the address book ever held is used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person, unit_called, write
from wxadmin.domain.organisation import PolicyOverride
from wxadmin.domain.wecom import WecomMember
from wxadmin.services.userids import UserIds
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with closing(office(tmp_path)) as opened:
        yield opened


def scheme(workplace: Workplace, value: str, scope: str = "company") -> None:
    ids = workplace.store.ids()
    write(workplace, PolicyOverride(ids.next(PolicyOverride), scope, "userid_scheme", value))


@pytest.mark.parametrize(
    ("value", "userid"),
    [
        ("全拼", "zengguodong"),
        ("全拼+数字", "zengguodong01"),
        ("首字母+工号", "zgd00012"),
        ("工号", "00012"),
        ("手机", "13805950012"),
    ],
)
def test_the_company_s_scheme_makes_the_id_with_the_surname_s_own_reading(
    workplace: Workplace, value: str, userid: str
) -> None:
    scheme(workplace, value)
    assert UserIds(workplace).propose(person(workplace, "00012", "曾国栋")) == userid


def test_a_unit_may_have_a_scheme_of_its_own(workplace: Workplace) -> None:
    scheme(workplace, "工号", f"unit:{unit_called(workplace, '莆田一厂').id}")
    inside = person(workplace, "00012", "曾国栋")
    outside = person(workplace, "00013", "曾国栋", unit="销售部门")
    userids = UserIds(workplace)
    assert userids.propose(inside) == "00012"
    assert userids.propose(outside) == "zengguodong"


def test_an_id_that_ever_stood_in_an_export_is_used_without_case(workplace: Workplace) -> None:
    ids = workplace.store.ids()
    write(
        workplace,
        WecomMember(ids.next(WecomMember), "ZengGuoDong", "别人"),
        WecomMember(ids.next(WecomMember), "zengguodong2", "旧人", gone_on=date(2025, 1, 1)),
    )
    who = person(workplace, "00012", "曾国栋")
    userids = UserIds(workplace)
    assert userids.propose(who) == "zengguodong3"
    assert (
        userids.objection("zengguodong", holder_id=who.id) == ""
    )  # he may be found to be that one
    assert "用过" in userids.objection("ZengGuoDong2", holder_id=who.id)


def test_a_linked_member_s_id_is_his_own(workplace: Workplace) -> None:
    who, other = person(workplace, "00012", "曾国栋"), person(workplace, "00013", "曾国栋")
    ids = workplace.store.ids()
    write(workplace, WecomMember(ids.next(WecomMember), "GD.Zeng", "曾国栋", employee_id=who.id))
    userids = UserIds(workplace)
    assert userids.propose(who) == "GD.Zeng"
    assert userids.propose(other) == "zengguodong"
    assert "用过" in userids.objection("gd.zeng", holder_id=other.id)

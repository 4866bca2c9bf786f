"""The sheet of somebody who moved: groups to join, to leave, kept by exception; the account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person, unit_called, write
from wxadmin.domain.account import IN_USE, Account
from wxadmin.domain.change import Change
from wxadmin.domain.group import MemberException
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.movers import Movers, MoverSheet
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def sheet_of_mover(workplace: Workplace, *, special: bool) -> MoverSheet:
    lin = person(workplace)
    ids = workplace.store.ids()
    account = Account(
        ids.next(Account), "ZH-1", lin.name, "personal", wecom_userid="lingd", holder_id=lin.id
    )
    write(workplace, replace(account, state=IN_USE))
    old = Groups(workplace).find("莆田一厂")
    GroupMembers(workplace).capture(old, [lin.id], Picture(workplace))
    moved = replace(lin, org_unit_id=unit_called(workplace, "莆田二厂").id)
    with workplace.act("调岗") as operation:
        operation.write([Change(lin, moved)])
    if special:
        made = MemberException(
            workplace.store.ids().next(MemberException),
            old.id,
            lin.id,
            True,
            "主任",
            date(2026, 11, 1),
        )
        write(workplace, made)
    picture = Picture(workplace)
    return Movers(workplace, picture, Duties(workplace, picture)).sheet(lin.id)


def test_a_mover_joins_the_new_group_and_leaves_the_old_one(workplace: Workplace) -> None:
    sheet = sheet_of_mover(workplace, special=False)
    assert [(x.action, x.what) for x in sheet.lines] == [
        ("加入", "莆田二厂"),
        ("退出", "莆田一厂"),
        ("账号", "lingd"),
    ]
    assert sheet.of("加入")[0].nickname == "莆田二厂-林国栋"
    assert sheet.of("账号")[0].reason == "保留并调整"


def test_an_exception_keeps_the_old_group(workplace: Workplace) -> None:
    sheet = sheet_of_mover(workplace, special=True)
    assert [(x.action, x.what) for x in sheet.lines if x.action != "账号"] == [
        ("加入", "莆田二厂"),
        ("特批保留", "莆田一厂"),
    ]
    assert sheet.of("特批保留")[0].reason.startswith("主任特批入群")

"""What checks, ends of groups and suspensions put on the desk of today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person, write
from wxadmin.domain.change import Change
from wxadmin.domain.organisation import PolicyOverride
from wxadmin.services.accounts import Accounts
from wxadmin.services.check_rounds import CheckRounds
from wxadmin.services.group_checks import GroupChecks
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.reminders import Reminders
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def lines(workplace: Workplace, *kinds: str) -> list[tuple[str, str, str]]:
    found = [one for one in Reminders(workplace).all() if one.kind in kinds]
    return [(one.subject, one.sentence, one.detail) for one in found]


def seen(workplace: Workplace) -> tuple[Picture, Duties]:
    picture = Picture(workplace)
    return picture, Duties(workplace, picture)


def test_groups_nobody_ever_looked_into_are_one_line(workplace: Workplace) -> None:
    ((subject, sentence, _),) = lines(workplace, "check_due")
    assert subject == "群成员核查"
    assert sentence.endswith("个群从未核查成员")


def test_somebody_who_left_since_the_last_list_brings_his_group(workplace: Workplace) -> None:
    lin, group = person(workplace), Groups(workplace).find("莆田一厂")
    GroupMembers(workplace).capture(group, [lin.id], Picture(workplace), on=date(2026, 11, 10))
    with workplace.act("离职") as operation:
        operation.write([Change(lin, replace(lin, leave_date=date(2026, 11, 15)))])
    found = lines(workplace, "check_due")
    assert ("群成员核查", "1个群遇事该核查", "最早：莆田一厂，离职（林国栋 11-15）") in found


def test_a_round_under_way_says_how_far_it_is(workplace: Workplace) -> None:
    rounds = CheckRounds(workplace)
    view = rounds.start(*seen(workplace))
    rounds.count(view.lines[0], 3, *seen(workplace))
    ((subject, sentence, _),) = lines(workplace, "check_round")
    assert subject == "2026年第4季度群核查"
    assert sentence == f"已查1个，还有{len(view.lines) - 1}个，1个待定"


def test_the_round_of_the_quarter_is_asked_for_until_somebody_begins_it(
    workplace: Workplace,
) -> None:
    ((subject, sentence, detail),) = lines(workplace, "check_round")
    groups = len(CheckRounds(workplace).start(*seen(workplace)).lines)
    assert (subject, detail) == ("全部群核查", "还没有做过")
    assert sentence == f"2026年第4季度群核查还没有开始，要查{groups}个群"
    ((_, going, _),) = lines(workplace, "check_round")
    assert going.startswith("已查0个")


def test_a_round_of_the_quarter_that_was_made_is_not_asked_for_again(tmp_path: Path) -> None:
    day = [date(2026, 11, 20)]
    made = office(tmp_path, clock=lambda: day[0])
    rounds = CheckRounds(made)
    rounds.close(rounds.start(*seen(made)), rest=True)
    assert rounds.due() is None
    day[0] = date(2027, 1, 4)
    due = rounds.due()
    assert due is not None
    assert (due.title, due.due_on, due.last_on) == (
        "2027年第1季度群核查",
        date(2027, 3, 31),
        date(2026, 11, 20),
    )
    made.close()


def test_the_frequency_of_a_class_brings_its_groups_before_their_lists_are_old(
    workplace: Workplace,
) -> None:
    lin, group = person(workplace), Groups(workplace).find("莆田一厂")
    GroupMembers(workplace).capture(group, [lin.id], Picture(workplace), on=date(2026, 11, 10))
    assert not [one for one in lines(workplace, "check_due") if "到期" in one[1]]
    ids = workplace.store.ids()
    place = f"class:{group.class_key}"
    write(workplace, PolicyOverride(ids.next(PolicyOverride), place, "check_frequency", "每周"))
    found = lines(workplace, "check_due")
    assert ("群成员核查", "1个群到期该核查", "最早：莆田一厂，每周，上次11月10日") in found


def test_what_a_check_found_is_there_until_it_is_put_right(workplace: Workplace) -> None:
    lin, group = person(workplace), Groups(workplace).find("莆田一厂")
    person(workplace, "00013", "陈小红")
    GroupMembers(workplace).capture(group, [lin.id], Picture(workplace))
    group = Groups(workplace).find("莆田一厂")
    view = GroupChecks(workplace).with_list(group, *seen(workplace))
    assert lines(workplace, "rectification") == [("莆田一厂", "核查后待整改1项", "应加未加 陈小红")]
    GroupChecks(workplace).resolve(view, "已加")
    assert lines(workplace, "rectification") == []


def test_a_group_past_its_end_and_a_suspension_that_ran_out_are_late(workplace: Workplace) -> None:
    group = Groups(workplace).find("莆田一厂")
    Groups(workplace).edit(group, replace(group, planned_end_on=date(2026, 11, 10)))
    lin = person(workplace)
    account = Accounts(workplace).add(
        {
            "account_type": "personal",
            "name": lin.name,
            "holder_id": lin.id,
            "mobile": lin.mobile,
            "state": "在用",
            "entry": "历史导入",
        }
    )
    Accounts(workplace).move(
        account, "restrict", reason="违规", on=date(2026, 11, 1), until=date(2026, 11, 10)
    )
    assert lines(workplace, "group_ending", "suspension") == [
        ("莆田一厂", "已过计划解散日期，应解散", ""),
        ("林国栋", "账号限制使用已到期", "违规"),
    ]

"""How groups end: on proof, by merging, past their day, dormant, and not really gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.domain.group_standing import endings, standing
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_endings import GroupEndings
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.orders import Orders
from wxadmin.services.workplace import Workplace

TODAY = date(2026, 11, 20)
WORD = "群主林国栋 11-20 说已解散"


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def group_called(workplace: Workplace, key: str = "莆田一厂") -> Group:
    return Groups(workplace).find(key)


def edited(workplace: Workplace, **fields: object) -> Group:
    group = group_called(workplace)
    Groups(workplace).edit(group, replace(group, **fields))  # type: ignore[arg-type]
    return group_called(workplace)


def test_a_group_is_dissolved_on_a_word_or_a_picture_only(
    workplace: Workplace, tmp_path: Path
) -> None:
    group = group_called(workplace)
    acts = GroupEndings(workplace)
    with pytest.raises(UserError, match="要有依据"):
        acts.dissolve(group, " ")
    with pytest.raises(UserError, match="找不到解散截图"):
        acts.dissolve(group, str(tmp_path / "没有.png"))
    assert group_called(workplace).state == "使用中"
    picture = tmp_path / "解散.png"
    picture.write_bytes(b"picture")
    acts.dissolve(group, str(picture), reason="工作结束")
    gone = workplace.store.find(Group, id=group.id)[0]
    assert gone.state == "已解散"
    assert gone.dissolve_proof.startswith("截图 ") and "解散.png" in gone.dissolve_proof


def test_members_seen_in_a_dissolved_group_open_it_again(workplace: Workplace) -> None:
    lin = person(workplace)
    group = group_called(workplace)
    GroupMembers(workplace).capture(group, [lin.id], Picture(workplace))
    GroupEndings(workplace).dissolve(group_called(workplace), WORD)
    gone = workplace.store.find(Group, id=group.id)[0]
    GroupEndings(workplace).seen_again(gone, [lin.id], Picture(workplace))
    again = workplace.store.find(Group, id=group.id)[0]
    assert (again.state, again.dissolved_on) == ("解散未落实", TODAY)
    picture = Picture(workplace)
    duties = Duties(workplace, picture)
    assert picture.expected[group.id] == set()
    (draft,) = Orders(workplace).drafts(picture, duties, again)
    assert [(line.action, line.name, line.reason) for line in draft.lines] == [
        ("移", "林国栋", "群已解散")
    ]
    assert [(one.what, one.members) for one in GroupEndings(workplace).lines(picture)] == [
        ("解散未落实", 1)
    ]


def test_a_group_that_is_in_use_was_not_dissolved(workplace: Workplace) -> None:
    lin = person(workplace)
    with pytest.raises(UserError, match="没有解散"):
        GroupEndings(workplace).seen_again(group_called(workplace), [lin.id], Picture(workplace))


def test_a_merged_group_lets_its_members_go(workplace: Workplace) -> None:
    lin, group = person(workplace), group_called(workplace)
    GroupMembers(workplace).capture(group, [lin.id], Picture(workplace))
    into = group_called(workplace, "莆田二厂")
    GroupEndings(workplace).merge(group_called(workplace), into, basis="主任批准")
    merged = workplace.store.find(Group, id=group.id)[0]
    assert (merged.state, merged.dissolve_reason) == (
        "已并入",
        f"并入“莆田二厂”（{into.group_no}）",
    )
    assert Picture(workplace).members(group.id) == []
    with pytest.raises(UserError, match="已并入"):
        GroupEndings(workplace).merge(merged, into, basis="主任批准")


def test_past_its_planned_end_a_group_is_to_be_dissolved(workplace: Workplace) -> None:
    group = edited(workplace, planned_end_on=date(2026, 11, 10))
    assert (standing(group, TODAY), standing(group, date(2026, 11, 10))) == ("待解散", "使用中")
    (line,) = GroupEndings(workplace).lines(Picture(workplace))
    assert (line.what, line.days) == ("已过计划解散日期", 10)


def test_a_group_silent_for_long_is_dormant_until_somebody_says_otherwise(
    workplace: Workplace,
) -> None:
    edited(workplace, last_active_on=date(2026, 7, 1))
    (line,) = GroupEndings(workplace).lines(Picture(workplace))
    assert (line.what, line.days) == ("僵尸群", 142)
    GroupEndings(workplace).confirm_active(group_called(workplace))
    assert GroupEndings(workplace).lines(Picture(workplace)) == []


def test_a_temporary_group_needs_an_end_and_lasts_only_so_long() -> None:
    group = Group(1, "01", "专项群", "手机端", created_on=date(2026, 9, 1))
    found = endings(group, TODAY, temporary=True, longest_days=30, dormant_days=90)
    assert found == (("临时群超期", date(2026, 10, 1)), ("未定计划解散日期", date(2026, 9, 1)))
    planned = replace(group, planned_end_on=date(2026, 12, 1))
    assert endings(planned, TODAY, temporary=True, longest_days=30, dormant_days=90) == ()


def test_an_outsider_seen_in_a_dissolved_group_opens_it_again_too(workplace: Workplace) -> None:
    group = group_called(workplace)
    with workplace.act("旧数据") as operation:
        operation.write([Change(group, replace(group, state="已解散"))])
    gone = workplace.store.find(Group, id=group.id)[0]
    acts = GroupEndings(workplace)
    acts.seen_again(gone, [], Picture(workplace), outsiders=["王五"], whole=True)
    assert workplace.store.find(Group, id=group.id)[0].state == "解散未落实"

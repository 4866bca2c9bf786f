"""Outsiders: said once of which company and by whom, counted apart, flagged where not wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import office, person, write
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import ExternalPerson, Group, GroupMember
from wxadmin.domain.import_plan import outsider_answer
from wxadmin.domain.organisation import PolicyOverride
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_faults import GroupFaults
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.groups import Groups
from wxadmin.services.history import History
from wxadmin.services.membership_picture import Picture
from wxadmin.services.outsiders import Outsiders, Told, told_of
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    person(made, "00001", "林国栋")
    yield made
    made.close()


def group(workplace: Workplace) -> Group:
    return Groups(workplace).find("莆田一厂")


def taken(workplace: Workplace, *outsiders: str) -> list[GroupMember]:
    members = GroupMembers(workplace)
    members.capture(group(workplace), [], Picture(workplace), outsiders=outsiders)
    return workplace.store.find(GroupMember, group_id=group(workplace).id, left_on=None)


def flagged(workplace: Workplace) -> list[str]:
    picture = Picture(workplace)
    faults = GroupFaults(workplace, picture, Duties(workplace, picture)).of(group(workplace))
    return [one.name for one in faults if one.finding == "不应在群"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("老周", Told("老周")),
        ("老周@顺达物流", Told("老周", "顺达物流")),
        ("老周＠顺达物流/林国栋", Told("老周", "顺达物流", "林国栋")),
    ],
)
def test_name_company_and_bringer_are_written_in_one_word(text: str, told: Told) -> None:
    assert told_of(text) == told


def test_a_company_with_a_stroke_is_no_bringer() -> None:
    assert outsider_answer("顺达/物流", "林国栋") == "new:顺达／物流/林国栋"


def test_an_outsider_put_down_with_company_and_bringer_is_noted(workplace: Workplace) -> None:
    (member,) = taken(workplace, "老周@顺达物流/林国栋")
    (noted,) = workplace.store.all(ExternalPerson)
    assert (member.external_name, member.external_person_id) == ("老周", noted.id)
    assert (noted.name, noted.org, noted.brought_by) == ("老周", "顺达物流", "林国栋")


def test_somebody_noted_before_is_known_again(workplace: Workplace) -> None:
    write(workplace, ExternalPerson(1, "老周", "顺达物流"))
    (member,) = taken(workplace, "老周")
    assert member.external_person_id == 1
    assert workplace.store.count(ExternalPerson) == 1


def test_a_stranger_is_marked_once_and_taken_back_as_one(workplace: Workplace) -> None:
    write(workplace, GroupMember(1, group(workplace).id, None, "老周"))
    outsiders = Outsiders(workplace)
    with pytest.raises(UserError, match="哪个单位"):
        outsiders.mark(group(workplace), Told("老周"), Picture(workplace))
    with pytest.raises(UserError, match="没有“老王”"):
        outsiders.mark(group(workplace), Told("老王", "顺达物流"), Picture(workplace))
    done = outsiders.mark(group(workplace), Told("老周", "顺达物流"), Picture(workplace))
    assert workplace.store.all(GroupMember)[0].external_person_id is not None
    assert done is not None
    History(workplace).undo(done)
    assert workplace.store.all(ExternalPerson) == []


def test_outsiders_are_flagged_where_the_class_wants_none_and_only_there(
    workplace: Workplace,
) -> None:
    taken(workplace, "老周@顺达物流")
    assert flagged(workplace) == ["老周"]
    place = f"class:{group(workplace).class_key}"
    ids = workplace.store.ids()
    write(workplace, PolicyOverride(ids.next(PolicyOverride), place, "allow_external", "是"))
    assert flagged(workplace) == []
    picture = Picture(workplace)
    line = Groups(workplace).line(group(workplace), picture, Duties(workplace, picture))
    assert (line.extra, "有人不应在群" in line.trouble) == (0, False)

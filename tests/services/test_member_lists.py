"""Lists of another day: copied some days ago, older than the newest, of a dissolved group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import office, person
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group, GroupCheck, GroupMember
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_row import Answers
from wxadmin.services.as_of import AsOf
from wxadmin.services.check_rounds import CheckRounds
from wxadmin.services.group_checks import GroupChecks
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_endings import GroupEndings
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.group_presence import GroupPresence
from wxadmin.services.history import History
from wxadmin.services.imports import Imports, Preview, Said
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace


class Calendar:
    """A clock a test turns on."""

    def __init__(self) -> None:
        self.day = date(2026, 11, 1)

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def workplace(tmp_path: Path, calendar: Calendar) -> Iterator[Workplace]:
    made = office(tmp_path, clock=calendar)
    for number, name in enumerate(("林国栋", "陈小红", "王明", "赵刚"), start=1):
        person(made, f"{number:05d}", name)
    yield made
    made.close()


def group(workplace: Workplace) -> Group:
    found = workplace.store.find(Group, name="莆田一厂", side="手机端")
    return found[0]


def planned(workplace: Workplace, *names: str, on: date | None = None, **rows: str) -> Preview:
    imports = Imports(workplace)
    answers = Answers({int(row[3:]): said for row, said in rows.items()}, {}, {})
    said = Said(group=group(workplace).group_no, on=on, answers=answers)
    return imports.plan(imports.read_pasted("\n".join(names)), said)


def taken(workplace: Workplace, *names: str, on: date | None = None, **rows: str) -> int | None:
    preview = planned(workplace, *names, on=on, **rows)
    return Imports(workplace).apply(preview, brake_released=True)


def here(workplace: Workplace) -> dict[str, GroupMember]:
    names = {p.id: p.name for p in workplace.store.all(Employee)}
    found = workplace.store.find(GroupMember, group_id=group(workplace).id, left_on=None)
    return {names.get(m.employee_id or 0, m.external_name): m for m in found}


def was_in(workplace: Workplace, first: date, last: date) -> dict[str, str]:
    found = GroupPresence(workplace).between(group(workplace), first, last)
    return {one.name: one.verdict for one in found.people}


def day(number: int) -> date:
    return date(2026, 11, number)


# -- lists of some days ago -----------------------------------------------------------------------
def test_a_list_copied_some_days_ago_keeps_its_nicknames_and_its_day(
    workplace: Workplace, calendar: Calendar
) -> None:
    taken(workplace, "林国栋", on=day(1))
    calendar.day = day(20)
    taken(workplace, "一厂-林国栋", "莆田一厂-陈小红", on=day(18))
    assert group(workplace).members_on == day(18)
    found = here(workplace)
    assert found["陈小红"].nickname == "莆田一厂-陈小红"
    assert found["陈小红"].joined_on == day(18)


def test_an_older_list_leaves_the_members_of_now_alone(
    workplace: Workplace, calendar: Calendar
) -> None:
    calendar.day = day(20)
    taken(workplace, "林国栋", "陈小红")
    before = here(workplace)
    taken(workplace, "林国栋", "王明", on=day(10))
    assert group(workplace).members_on == day(20)
    assert set(here(workplace)) == set(before) == {"林国栋", "陈小红"}


def test_an_older_list_proves_who_was_in_then(workplace: Workplace, calendar: Calendar) -> None:
    taken(workplace, "林国栋", "陈小红")
    calendar.day = day(20)
    taken(workplace, "林国栋", "陈小红", "赵刚")
    taken(workplace, "林国栋", "王明", "赵刚", on=day(10))
    then = was_in(workplace, day(10), day(10))
    absent = then.pop("陈小红")
    assert then == {"林国栋": "在群", "王明": "在群", "赵刚": "在群"}
    assert absent == "可能在群"  # on the lists before and after it, so in at some hour of the day
    found = GroupPresence(workplace).between(group(workplace), day(1), day(20))
    assert found.lists == (day(1), day(10), day(20))


def test_an_older_list_gives_a_nickname_only_where_no_later_one_is_known(
    workplace: Workplace, calendar: Calendar
) -> None:
    calendar.day = day(20)
    taken(workplace, "林国栋", "莆田一厂-陈小红")
    taken(workplace, "一厂-林国栋", "红红-陈小红", on=day(10))
    nicknames = {name: member.nickname for name, member in here(workplace).items()}
    assert nicknames == {"林国栋": "一厂-林国栋", "陈小红": "莆田一厂-陈小红"}


def test_an_older_list_taken_in_twice_has_nothing_to_do_and_is_undone_at_once(
    workplace: Workplace, calendar: Calendar
) -> None:
    calendar.day = day(20)
    taken(workplace, "林国栋", "陈小红")
    before = workplace.store.all(GroupMember)
    operation = taken(workplace, "林国栋", "王明", on=day(10))
    assert taken(workplace, "林国栋", "王明", on=day(10)) is None
    assert operation is not None
    History(workplace).undo(operation)
    assert workplace.store.all(GroupMember) == before
    assert workplace.store.all(GroupCheck) == []


def test_an_older_list_says_in_the_preview_that_it_is_history_only(
    workplace: Workplace, calendar: Calendar
) -> None:
    calendar.day = day(20)
    taken(workplace, "林国栋", "陈小红")
    ((what, sentence),) = planned(workplace, "林国栋", on=day(10)).tally["notes"]
    assert what == "旧名单"
    assert "已有2026-11-20 的名单：只补那时谁在群" in sentence


def test_the_register_of_a_day_before_an_older_list_came_in_knows_nothing_of_it(
    workplace: Workplace, calendar: Calendar
) -> None:
    taken(workplace, "林国栋")
    calendar.day = day(20)
    taken(workplace, "林国栋", "陈小红")
    calendar.day = day(21)
    taken(workplace, "林国栋", "陈小红", "王明", on=day(10))
    assert set(here(AsOf(workplace).at(day(20)))) == {"林国栋", "陈小红"}
    assert was_in(AsOf(workplace).at(day(20)), day(10), day(10)).keys() == {"林国栋", "陈小红"}
    assert was_in(workplace, day(10), day(10))["王明"] == "在群"


def test_the_verb_that_puts_a_whole_list_down_does_the_same(
    workplace: Workplace, calendar: Calendar
) -> None:
    calendar.day = day(20)
    lin, chen, wang, _ = workplace.store.all(Employee)
    members = GroupMembers(workplace)
    members.capture(group(workplace), [lin.id, chen.id], Picture(workplace))
    members.capture(group(workplace), [lin.id, wang.id], Picture(workplace), on=day(10))
    assert set(here(workplace)) == {"林国栋", "陈小红"}
    with pytest.raises(UserError, match="还没有到"):
        members.capture(group(workplace), [lin.id], Picture(workplace), on=day(21))


# -- dissolved groups -----------------------------------------------------------------------------
def dissolved(workplace: Workplace) -> None:
    taken(workplace, "林国栋", "陈小红")
    GroupEndings(workplace).dissolve(group(workplace), "群主 11-01 说已解散")


def test_a_list_of_a_dissolved_group_opens_it_again_and_undo_closes_it(
    workplace: Workplace, calendar: Calendar
) -> None:
    dissolved(workplace)
    calendar.day = day(20)
    preview = planned(workplace, "莆田一厂-林国栋", "老周", row2="new:顺达物流/林国栋")
    ((what, sentence),) = preview.tally["notes"]
    assert what == "群组状态"
    assert "登记为2026-11-01 已解散" in sentence and "改为解散未落实" in sentence
    assert group(workplace).state == "已解散"
    operation = Imports(workplace).apply(preview)
    assert group(workplace).state == "解散未落实"
    assert here(workplace)["林国栋"].nickname == "莆田一厂-林国栋"
    assert operation is not None
    History(workplace).undo(operation)
    assert group(workplace).state == "已解散"
    assert here(workplace) == {}


def test_a_list_from_before_the_dissolving_opens_nothing(
    workplace: Workplace, calendar: Calendar
) -> None:
    taken(workplace, "林国栋", on=day(1))
    calendar.day = day(15)
    GroupEndings(workplace).dissolve(group(workplace), "群主说已解散")
    calendar.day = day(20)
    taken(workplace, "林国栋", "陈小红", on=day(10))
    assert group(workplace).state == "已解散"
    assert was_in(workplace, day(10), day(10)) == {"林国栋": "在群", "陈小红": "在群"}
    assert was_in(workplace, day(16), day(20)) == {}


# -- the check that waits for it ------------------------------------------------------------------
def counted(workplace: Workplace, number: int) -> int:
    picture = Picture(workplace)
    duties = Duties(workplace, picture)
    return GroupChecks(workplace).count(group(workplace), number, picture, duties).check.id


def test_a_list_settles_the_check_that_waits_for_it_in_the_same_act(
    workplace: Workplace, calendar: Calendar
) -> None:
    taken(workplace, "林国栋", "陈小红", "王明", "赵刚")
    check = counted(workplace, 9)
    assert GroupChecks(workplace).view(check).needs_list
    operations = len(workplace.journal.operations())
    preview = planned(workplace, "莆田一厂-林国栋", "莆田一厂-陈小红", "莆田一厂-王明")
    assert preview.tally["notes"] == [("群核查", "等名单的那次核查随之办结：应加未加1人。")]
    operation = Imports(workplace).apply(preview)
    view = GroupChecks(workplace).view(check)
    assert (view.check.state, [x.name for x in view.open_lines]) == ("待整改", ["赵刚"])
    assert len(workplace.journal.operations()) == operations + 1
    assert operation is not None
    History(workplace).undo(operation)
    assert GroupChecks(workplace).view(check).needs_list


def test_a_list_settles_its_group_in_the_round_under_way(
    workplace: Workplace, calendar: Calendar
) -> None:
    picture = Picture(workplace)
    rounds = CheckRounds(workplace)
    rounds.start(picture, Duties(workplace, picture))
    taken(workplace, "林国栋", "陈小红", "王明", "赵刚")
    assert rounds.called().line_of(group(workplace)).check.state == "已完成"


def test_the_same_list_again_still_settles_a_check_counted_since(
    workplace: Workplace, calendar: Calendar
) -> None:
    names = ("林国栋", "陈小红", "王明", "赵刚")
    taken(workplace, *names)
    check = counted(workplace, 9)
    assert taken(workplace, *names) is not None
    assert GroupChecks(workplace).view(check).check.state == "已完成"


def test_a_list_from_before_the_count_does_not_answer_it(
    workplace: Workplace, calendar: Calendar
) -> None:
    taken(workplace, "林国栋", "陈小红")
    calendar.day = day(20)
    check = counted(workplace, 9)
    preview = planned(workplace, "林国栋", on=day(20) - timedelta(days=2))
    assert preview.tally["notes"] == []
    Imports(workplace).apply(preview)
    assert GroupChecks(workplace).view(check).needs_list

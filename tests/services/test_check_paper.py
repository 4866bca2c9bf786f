"""Reports of checks are drawn up again later as they were, whatever became of the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import GroupCheck
from wxadmin.domain.organisation import Office
from wxadmin.domain.person import Employee
from wxadmin.services.check_paper import CheckPaper
from wxadmin.services.check_report import CheckReports
from wxadmin.services.check_rounds import CheckRounds
from wxadmin.services.group_checks import GroupChecks
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.groups import Groups
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
    person(made, "00001", "林国栋")
    person(made, "00002", "陈小红")
    yield made
    made.close()


def seen(workplace: Workplace) -> tuple[Picture, Duties]:
    picture = Picture(workplace)
    return picture, Duties(workplace, picture)


def closed_round(workplace: Workplace) -> None:
    rounds = CheckRounds(workplace)
    view = rounds.start(*seen(workplace))
    group = Groups(workplace).find("莆田一厂")
    GroupMembers(workplace).capture(group, [1], Picture(workplace))
    assert rounds.called().line_of(group).check.state == "待整改"
    rounds.close(rounds.called(str(view.round.id)), rest=True, signed_by="周明")


def moved_on(workplace: Workplace) -> None:
    """Rename the company, the group and a person; end the check that was open."""
    group = Groups(workplace).find("莆田一厂")
    Groups(workplace).edit(group, replace(group, name="莆田总厂"))
    named, people = workplace.store.all(Office)[0], workplace.store.all(Employee)
    with workplace.act("改名") as operation:
        operation.write(
            [
                Change(named, replace(named, company_name="西北事业部")),
                *(Change(one, replace(one, name=f"{one.name}改")) for one in people),
            ]
        )
    (check,) = workplace.store.find(GroupCheck, state="待整改")
    checks = GroupChecks(workplace)
    checks.resolve(checks.view(check.id), "已加入")


def test_a_round_is_reported_in_the_same_words_after_the_register_moved_on(
    workplace: Workplace, calendar: Calendar
) -> None:
    closed_round(workplace)
    before = CheckReports(workplace).of()
    sheets = CheckPaper(workplace).sheets(CheckPaper(workplace).of_round())
    calendar.day = date(2026, 12, 15)
    moved_on(workplace)
    assert CheckReports(workplace).of() == before
    assert before.company == "东南事业部"
    assert CheckPaper(workplace).sheets(CheckPaper(workplace).of_round()) == sheets
    assert [sheet.group for sheet in sheets] == ["莆田一厂"]


def test_one_check_is_drawn_up_as_it_stands_or_as_it_stood(
    workplace: Workplace, calendar: Calendar
) -> None:
    closed_round(workplace)
    (check,) = workplace.store.find(GroupCheck, state="待整改")
    paper = CheckPaper(workplace)
    before = paper.sheets(paper.of(check.id))
    calendar.day = date(2026, 12, 15)
    moved_on(workplace)
    assert paper.sheets(paper.of(check.id, at=date(2026, 11, 20))) == before
    (now,) = paper.sheets(paper.of(check.id))
    assert now.lists["missing"][0]["result"] == "已加入"
    assert now.group == "莆田一厂"  # what the check kept, though the group is called otherwise now


def test_a_round_nobody_looked_into_has_no_sheets(workplace: Workplace) -> None:
    CheckRounds(workplace).start(*seen(workplace))
    with pytest.raises(UserError, match="没有可印的"):
        CheckPaper(workplace).of_round()

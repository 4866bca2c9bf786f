"""The slip for a newcomer: his groups, what he is called in each, and how it looks on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.groups import Groups
from wxadmin.services.joining_paper import JoiningPaper
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def paper(workplace: Workplace) -> JoiningPaper:
    picture = Picture(workplace)
    return JoiningPaper(workplace, picture, Duties(workplace, picture))


def test_a_newcomer_reads_his_groups_and_his_nickname(workplace: Workplace) -> None:
    lin = person(workplace, hire_date=date(2026, 11, 9))
    slip = paper(workplace).slip(lin.id)
    assert [(one.group, one.nickname) for one in slip.groups] == [("莆田一厂", "莆田一厂-林国栋")]
    assert (slip.template, slip.example) == ("部门-姓名", "莆田一厂-林国栋")
    assert "昵称“莆田一厂-林国栋”" in paper(workplace).text(lin.id)


def test_a_namesake_is_told_apart_on_his_slip(workplace: Workplace) -> None:
    old = person(workplace, "00011", position="班长")
    new = person(workplace, "00012", hire_date=date(2026, 11, 9))
    group = Groups(workplace).find("莆田一厂")
    GroupMembers(workplace).capture(group, [old.id], Picture(workplace))
    assert paper(workplace).slip(new.id).groups[0].nickname == "莆田一厂-林国栋（操作工）"


def test_the_newcomers_of_a_month_are_those_hired_in_it(workplace: Workplace) -> None:
    new = person(workplace, hire_date=date(2026, 11, 9))
    person(workplace, "00013", "陈小红", hire_date=date(2026, 10, 9))
    gone = {"hire_date": date(2026, 11, 1), "leave_date": date(2026, 11, 5)}
    person(workplace, "00014", "王明", **gone)
    assert paper(workplace).newcomers(date(2026, 11, 20)) == [new.id]


def test_every_slip_is_a_page(workplace: Workplace) -> None:
    from wxadmin.paper.items import Face

    first = person(workplace, hire_date=date(2026, 11, 9))
    second = person(workplace, "00013", "陈小红", hire_date=date(2026, 11, 9))

    def measure(text: str, face: Face) -> float:
        return len(text) * face.size

    assert len(paper(workplace).pages([first.id, second.id], measure)) == 2

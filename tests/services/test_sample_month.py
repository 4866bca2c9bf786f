"""The month after in the sample office: HR's files can be read, and hold what the month needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from builders import COMPANY, TODAY, register_at

from wxadmin.bootstrap import create_workplace
from wxadmin.domain import import_plan as plans
from wxadmin.services.group_duties import Duties
from wxadmin.services.imports import Imports, Preview, Said
from wxadmin.services.membership import Membership
from wxadmin.services.sample_month import HrFile, SampleMonth
from wxadmin.services.sample_office import SampleOffice
from wxadmin.services.setup import Setup
from wxadmin.services.workplace import Workplace


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    folder = tmp_path_factory.mktemp("示例")
    made = create_workplace(register_at(folder), by="测试", clock=lambda: TODAY)
    Setup(made).from_pack("southeast", company_name=COMPANY, sample=True)
    SampleOffice(made).fill()
    yield made
    made.close()


def planned(workplace: Workplace, file: HrFile) -> Preview:
    imports = Imports(workplace)
    return imports.plan(imports.read(file.path), Said(file.source, file.month))


def test_a_roster_brings_joiners_movers_and_everything_that_goes_wrong(
    workplace: Workplace, tmp_path: Path
) -> None:
    plan = planned(workplace, SampleMonth(workplace, tmp_path).write().rosters[0]).plan
    assert not plan.first
    assert plan.count(plans.NEW) == 3
    assert {line.sets_off for line in plan.of_kind(plans.NEW)} == {plans.ONBOARDING}
    assert {line.sets_off for line in plan.of_kind(plans.CHANGED)} >= {plans.TRANSFER, ""}
    assert plan.titles_asked == ["检验员"]
    assert [line.name for line in plan.of_kind(plans.DISPUTED)] == ["翁启航"]
    assert {problem.value for problem in plan.problems} == {"2024-13-5", "163****8002"}
    assert plan.brake is None


def test_a_csv_in_gbk_is_one_of_the_rosters(workplace: Workplace, tmp_path: Path) -> None:
    file = SampleMonth(workplace, tmp_path).write().rosters[1]
    assert file.path.read_bytes().decode("gb18030").startswith("工号,姓名")
    plan = planned(workplace, file).plan
    assert (plan.count(plans.NEW), plan.count(plans.CHANGED)) == (1, 2)
    assert plan.problems == []


def test_the_leaver_lists_name_eight_people_and_one_of_them_keeps_a_group(
    workplace: Workplace, tmp_path: Path
) -> None:
    files = SampleMonth(workplace, tmp_path).write().leavers
    found = [planned(workplace, file).plan for file in files]
    assert sum(file.rows for file in files) == 8
    assert sum(plan.count(plans.LEFT) for plan in found) == 7
    asked = [line for plan in found for line in plan.of_kind(plans.DISPUTED)]
    assert [line.name for line in asked] == ["张伟"]
    assert len(asked[0].candidates) == 3
    leaving = {line.employee_id for plan in found for line in plan.of_kind(plans.LEFT)}
    picture = Membership(workplace).picture()
    duties = Duties(workplace, picture)
    owned = [g.name for g in picture.groups.values() if duties.owner(g.id).employee_id in leaving]
    assert owned == ["吉水工厂"]


def test_the_corrected_list_takes_one_leaver_back_and_moves_a_date(
    workplace: Workplace, tmp_path: Path
) -> None:
    files = SampleMonth(workplace, tmp_path).write()
    assert files.corrected.rows == files.leavers[0].rows - 1
    first = planned(workplace, files.leavers[0]).plan
    second = planned(workplace, files.corrected).plan
    dates = {line.emp_no: line.event_on for line in first.of_kind(plans.LEFT)}
    moved = {line.emp_no: line.event_on for line in second.of_kind(plans.LEFT)}
    assert len(dates.keys() - moved.keys()) == 1
    assert sum(dates[number] != day for number, day in moved.items()) == 1


def test_a_leaver_list_names_its_own_month_even_on_the_first_day(tmp_path: Path) -> None:
    first = date(2026, 12, 1)
    made = create_workplace(register_at(tmp_path), by="测试", clock=lambda: first)
    Setup(made).from_pack("southeast", company_name=COMPANY, sample=True)
    SampleOffice(made).fill()
    for file in SampleMonth(made, tmp_path).write().leavers:
        found = planned(made, file).plan.of_kind(plans.LEFT)
        assert {line.event_on for line in found} <= {first}
    made.close()

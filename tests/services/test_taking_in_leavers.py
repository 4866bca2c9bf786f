"""Monthly leaver lists: matched, never by name alone; corrected, withdrawn, late, none at all."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person
from wxadmin.domain import import_plan as plans
from wxadmin.domain.checklist import RUNNING, Checklist
from wxadmin.domain.errors import UserError
from wxadmin.domain.leaver_planner import EARLIER
from wxadmin.domain.leavers import LeaverList, LeaverRow
from wxadmin.domain.organisation import HrSource
from wxadmin.domain.person import Employee
from wxadmin.domain.roster_row import Answers
from wxadmin.services.history import History
from wxadmin.services.imports import Imports, Preview, Said, Struck
from wxadmin.services.workplace import Workplace

HEAD = ("工号", "姓名", "部门", "离职日期", "手机")
MONTH = "2026-11"


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[Workplace]:
    workplace = office(tmp_path)
    source = workplace.store.all(HrSource)[0].id
    for number, name in (("00012", "林国栋"), ("00013", "王芳"), ("00014", "陈伟")):
        person(workplace, number, name, hr_source_id=source)
    yield workplace
    workplace.close()


def source_of(workplace: Workplace) -> str:
    return workplace.store.all(HrSource)[0].name


def leaver_list(folder: Path, rows: Sequence[Sequence[str]], name: str = "离职清单.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


def preview(
    workplace: Workplace, path: Path, answers: dict[int, str] | None = None, month: str = MONTH
) -> Preview:
    imports = Imports(workplace)
    said = Said(source_of(workplace), month, answers=Answers(rows=answers or {}))
    return imports.plan(imports.read(path, kind="leavers"), said)


def take_in(workplace: Workplace, path: Path, answers: dict[int, str] | None = None) -> int | None:
    shown = preview(workplace, path, answers)
    return Imports(workplace).apply(shown, brake_released=True)


def named(workplace: Workplace, emp_no: str) -> Employee:
    (found,) = workplace.store.find(Employee, emp_no=emp_no)
    return found


LIN = ("00012", "林国栋", "莆田一厂", "2026-11-15", "")
WANG = ("00013", "王芳", "莆田一厂", "2026-11-18", "")


def test_a_leaver_is_matched_and_his_checklist_drawn_up(at_work: Workplace, tmp_path: Path) -> None:
    take_in(at_work, leaver_list(tmp_path, [LIN]))
    leaver = named(at_work, "00012")
    assert leaver.leave_date == date(2026, 11, 15)
    assert leaver.has_left(TODAY)
    (checklist,) = at_work.store.all(Checklist)
    assert (checklist.template, checklist.employee_id) == (plans.OFFBOARDING, leaver.id)
    (kept,) = at_work.store.all(LeaverList)
    assert (kept.month, kept.version_no, kept.row_count) == (MONTH, 1, 1)
    (row,) = at_work.store.all(LeaverRow)
    assert (row.employee_id, row.match_how) == (leaver.id, "工号")


def test_nobody_is_taken_out_by_name_alone(at_work: Workplace, tmp_path: Path) -> None:
    shown = preview(at_work, leaver_list(tmp_path, [("", "陈伟", "", "2026-11-15", "")]))
    line = shown.plan.lines[0]
    assert (line.kind, [c.emp_no for c in line.candidates]) == (plans.DISPUTED, ["00014"])
    assert shown.stopped_by == "disputed"


def test_a_namesake_is_chosen_by_a_person(at_work: Workplace, tmp_path: Path) -> None:
    person(at_work, "00015", "陈伟")
    path = leaver_list(tmp_path, [("", "陈伟", "", "2026-11-15", "")])
    assert len(preview(at_work, path).plan.lines[0].candidates) == 2
    take_in(at_work, path, {2: "00015"})
    assert named(at_work, "00015").leave_date is not None
    assert named(at_work, "00014").leave_date is None


def test_a_wrong_name_under_a_known_number_is_asked(at_work: Workplace, tmp_path: Path) -> None:
    shown = preview(at_work, leaver_list(tmp_path, [("00012", "王芳", "", "2026-11-15", "")]))
    assert shown.plan.lines[0].kind == plans.DISPUTED


def test_who_came_over_from_this_source_to_another_is_asked_and_not_ended(
    at_work: Workplace, tmp_path: Path
) -> None:
    other = at_work.store.all(HrSource)[1].id
    unit = at_work.store.all(HrSource)[1].covers[0]
    moved = person(
        at_work, "P9", "黄移", hr_source_id=other, org_unit_id=unit, mobile="13800000099"
    )
    row = ("00055", "黄移", "莆田一厂", "2026-11-15", "13800000099")
    line = preview(at_work, leaver_list(tmp_path, [row])).plan.lines[0]
    assert line.kind == plans.DISPUTED
    assert [c.employee_id for c in line.candidates] == [moved.id]


def test_a_column_says_whose_a_leaver_is_where_two_plants_have_one_number(
    at_work: Workplace, tmp_path: Path
) -> None:
    first, second = at_work.store.all(HrSource)[:2]
    other = person(at_work, "00012", "林国栋", unit="莆田二厂", hr_source_id=second.id)
    path = tmp_path / "全公司离职.csv"
    rows = [(*HEAD, "人事来源"), ("00012", "林国栋", "", "2026-11-15", "", second.name)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    imports = Imports(at_work)
    said = Said(first.name, MONTH)
    imports.apply(imports.plan(imports.read(path, kind="leavers"), said), brake_released=True)
    gone = [p for p in at_work.store.all(Employee) if p.leave_date is not None]
    assert [p.id for p in gone] == [other.id]


def test_a_missing_date_is_the_lists_last_day_with_a_warning(
    at_work: Workplace, tmp_path: Path
) -> None:
    shown = preview(at_work, leaver_list(tmp_path, [("00012", "林国栋", "", "", "")]))
    assert shown.plan.lines[0].event_on == TODAY  # the month is not over
    assert any("离职日期" in w.column for w in shown.plan.warnings)
    path = leaver_list(tmp_path, [("00012", "林国栋", "", "", "")], "旧.csv")
    assert preview(at_work, path, month="2026-10").plan.lines[0].event_on == date(2026, 10, 31)


def test_a_future_date_leaves_the_person_in_service_until_then(
    at_work: Workplace, tmp_path: Path
) -> None:
    take_in(at_work, leaver_list(tmp_path, [(*LIN[:3], "2026-11-30", "")]))
    assert not named(at_work, "00012").has_left(TODAY)
    assert at_work.store.count(Checklist) == 1


def test_the_same_list_again_is_nothing(at_work: Workplace, tmp_path: Path) -> None:
    path = leaver_list(tmp_path, [LIN])
    take_in(at_work, path)
    assert take_in(at_work, path) is None
    assert at_work.store.count(LeaverList) == 1


def test_a_later_list_of_the_same_month_corrects_the_first(
    at_work: Workplace, tmp_path: Path
) -> None:
    take_in(at_work, leaver_list(tmp_path, [LIN]))
    take_in(at_work, leaver_list(tmp_path, [LIN, WANG], "更正.csv"))
    first, second = at_work.store.all(LeaverList)
    assert (second.version_no, second.corrects_id) == (2, first.id)
    assert named(at_work, "00013").leave_date == date(2026, 11, 18)


def test_a_withdrawn_row_takes_the_leaving_back_and_drops_the_checklist(
    at_work: Workplace, tmp_path: Path
) -> None:
    take_in(at_work, leaver_list(tmp_path, [LIN, WANG]))
    shown = preview(at_work, leaver_list(tmp_path, [WANG], "更正.csv"))
    (line,) = shown.plan.of_kind(plans.RETURNED)
    assert line.emp_no == "00012"
    Imports(at_work).apply(shown, brake_released=True)
    assert named(at_work, "00012").leave_date is None
    running = at_work.store.find(Checklist, state=RUNNING)
    assert [c.employee_id for c in running] == [named(at_work, "00013").id]
    assert [r.withdrawn for r in at_work.store.all(LeaverRow)] == [True, False, False]
    History(at_work).undo()
    assert named(at_work, "00012").leave_date == date(2026, 11, 15)
    assert len(at_work.store.find(Checklist, state=RUNNING)) == 2


def test_a_withdrawal_that_is_struck_out_changes_nothing(
    at_work: Workplace, tmp_path: Path
) -> None:
    take_in(at_work, leaver_list(tmp_path, [LIN, WANG]))
    shown = preview(at_work, leaver_list(tmp_path, [WANG], "更正.csv"))
    key = shown.plan.of_kind(plans.RETURNED)[0].key
    Imports(at_work).apply(shown, Struck(lines=frozenset({key})), brake_released=True)
    assert named(at_work, "00012").leave_date == date(2026, 11, 15)
    assert len(at_work.store.find(Checklist, state=RUNNING)) == 2


def test_a_refused_or_put_off_row_of_the_corrected_list_is_no_withdrawal(
    at_work: Workplace, tmp_path: Path
) -> None:
    take_in(at_work, leaver_list(tmp_path, [LIN, WANG]))
    bad = (*LIN[:3], "2026-13-5", "")
    shown = preview(at_work, leaver_list(tmp_path, [bad, WANG], "更正.csv"))
    assert shown.plan.count(plans.RETURNED) == 0
    shown = preview(at_work, leaver_list(tmp_path, [LIN, WANG], "再.csv"), {2: "skip"})
    assert shown.plan.count(plans.RETURNED) == 0


def test_an_earlier_date_is_a_late_report_and_moves_the_running_checklist(
    at_work: Workplace, tmp_path: Path
) -> None:
    take_in(at_work, leaver_list(tmp_path, [LIN]))
    earlier = (*LIN[:3], "2026-11-02", "")
    shown = preview(at_work, leaver_list(tmp_path, [earlier], "更正.csv"))
    assert shown.plan.lines[0].why == EARLIER
    Imports(at_work).apply(shown, brake_released=True)
    (checklist,) = at_work.store.all(Checklist)
    assert checklist.event_on == date(2026, 11, 2)


def test_the_same_person_twice_in_a_list_is_taken_once(at_work: Workplace, tmp_path: Path) -> None:
    again = ("", "林国栋", "", "2026-11-16", named(at_work, "00012").mobile)
    shown = preview(at_work, leaver_list(tmp_path, [LIN, again]))
    assert [line.kind for line in shown.plan.lines] == [plans.LEFT, plans.SKIPPED]
    Imports(at_work).apply(shown, brake_released=True)


def test_a_whole_list_is_undone_as_one_act(at_work: Workplace, tmp_path: Path) -> None:
    before = at_work.store.all(Employee)
    take_in(at_work, leaver_list(tmp_path, [LIN, WANG]))
    History(at_work).undo()
    assert at_work.store.all(Employee) == before
    assert at_work.store.count(Checklist) == at_work.store.count(LeaverList) == 0
    assert at_work.journal.verify() == []


def test_that_nobody_left_is_put_on_record_once(at_work: Workplace, tmp_path: Path) -> None:
    imports, source = Imports(at_work), source_of(at_work)
    imports.record_no_leavers(source, MONTH)
    (kept,) = at_work.store.all(LeaverList)
    assert (kept.month, kept.row_count, kept.version_no) == (MONTH, 0, 1)
    with pytest.raises(UserError) as refusal:
        imports.record_no_leavers(source, MONTH)
    assert refusal.value.code == "list_exists"
    take_in(at_work, leaver_list(tmp_path, [LIN]))
    assert [one.version_no for one in at_work.store.all(LeaverList)] == [1, 2]


def test_no_leavers_of_an_unknown_source_or_month_is_refused(at_work: Workplace) -> None:
    for source, month in (("没有的人事", MONTH), (source_of(at_work), "2026-13")):
        with pytest.raises(UserError):
            Imports(at_work).record_no_leavers(source, month)
    assert at_work.store.count(LeaverList) == 0


def test_a_namesake_once_chosen_is_not_asked_again(at_work: Workplace, tmp_path: Path) -> None:
    nameless = ("", "林国栋", "莆田一厂", "2026-11-15", "")
    first = leaver_list(tmp_path, [nameless])
    (line,) = preview(at_work, first).plan.lines
    assert line.kind == plans.DISPUTED
    take_in(at_work, first, {2: "00012"})
    assert preview(at_work, first).plan.lines[0].kind == plans.UNCHANGED
    more = leaver_list(tmp_path, [nameless, WANG], "更正.csv")
    assert [line.kind for line in preview(at_work, more).plan.lines] == [
        plans.UNCHANGED,
        plans.LEFT,
    ]


def test_the_same_list_with_the_same_decisions_is_nothing(
    at_work: Workplace, tmp_path: Path
) -> None:
    nameless = [("", name, "莆田一厂", "2026-11-15", "") for name in ("林国栋", "王芳", "陈伟")]
    path = leaver_list(tmp_path, [*nameless, ("99999", "没有", "", "2026-11-15", "")])
    said = {2: "skip", 3: "skip", 4: "00014", 5: "skip"}
    assert take_in(at_work, path, said) is not None
    assert take_in(at_work, path, said) is None
    assert at_work.store.count(LeaverList) == 1

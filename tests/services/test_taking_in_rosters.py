"""Rosters into a real register: one act, one undo, and what it sets in motion."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, unit_called, write
from wxadmin.domain import import_plan as plans
from wxadmin.domain.account import IN_USE, Account
from wxadmin.domain.checklist import RUNNING, VOID, Checklist
from wxadmin.domain.consequences import CHECKLIST, FORM
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.organisation import HeadingMemory, HrSource, OrgUnit, Position, RosterIssue
from wxadmin.domain.person import AS_FOUND, AS_JOINER, Employee
from wxadmin.domain.roster_row import Answers
from wxadmin.services.departures import Departures
from wxadmin.services.exports import Exports
from wxadmin.services.history import History
from wxadmin.services.imports import Imports, Preview, Said, Struck
from wxadmin.services.people import People
from wxadmin.services.workplace import Workplace
from wxadmin.storage.operation import StaleError

HEAD = ("工号", "姓名", "部门", "职务", "入职日期", "手机")
OLD = ("00012", "林国栋", "莆田一厂", "操作工", "2020-03-01", "13805950012")
SECOND = ("00013", "王芳", "莆田一厂", "班长", "2021-05-01", "13805950013")
JOINER = ("00099", "陈新", "莆田一厂", "操作工", "2026-11-10", "13805950099")
SOURCE = "莆田一厂"


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[Workplace]:
    workplace = office(tmp_path)
    yield workplace
    workplace.close()


@pytest.fixture
def started(at_work: Workplace, tmp_path: Path) -> Workplace:
    """A register whose first roster (建账) is in."""
    take_in(at_work, roster(tmp_path, [OLD, SECOND], "十月.csv"))
    return at_work


def roster(
    folder: Path,
    rows: Sequence[Sequence[str]],
    name: str = "花名册.csv",
    head: Sequence[str] = HEAD,
) -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def preview(workplace: Workplace, path: Path, said: Said | None = None) -> Preview:
    imports = Imports(workplace)
    return imports.plan(imports.read(path), said)


def take_in(
    workplace: Workplace, path: Path, said: Said | None = None, struck: Struck | None = None
) -> int | None:
    shown = preview(workplace, path, said)
    return Imports(workplace).apply(shown, struck, brake_released=True)


def named(workplace: Workplace, emp_no: str) -> Employee:
    (found,) = workplace.store.find(Employee, emp_no=emp_no)
    return found


def test_the_first_roster_is_book_keeping_and_sets_nothing_in_motion(started: Workplace) -> None:
    assert {p.entry for p in started.store.all(Employee)} == {AS_FOUND}
    assert started.store.count(Checklist) == 0
    assert started.store.count(Form) == 0
    (issue,) = started.store.all(RosterIssue)
    assert (issue.row_count, issue.issued_on) == (2, TODAY)


def test_a_joiner_gets_checklist_and_draft_in_the_same_act(
    started: Workplace, tmp_path: Path
) -> None:
    operation = take_in(started, roster(tmp_path, [OLD, SECOND, JOINER]))
    joiner = named(started, "00099")
    assert joiner.entry == AS_JOINER
    (checklist,) = started.store.all(Checklist)
    (form,) = started.store.all(Form)
    assert (checklist.employee_id, form.employee_id) == (joiner.id, joiner.id)
    assert started.journal.operations()[-1].id == operation


def test_one_undo_takes_a_roster_back_with_everything_it_set_in_motion(
    started: Workplace, tmp_path: Path
) -> None:
    before = started.store.all(Employee)
    moved = (*OLD[:3], "主任", *OLD[4:])
    take_in(started, roster(tmp_path, [moved, SECOND, JOINER]))
    assert started.store.count(Checklist) == 2
    History(started).undo()
    assert started.store.all(Employee) == before
    assert started.store.count(Checklist) == started.store.count(Form) == 0
    assert started.journal.verify() == []
    History(started).undo()  # an undo is an act too
    assert started.store.count(Checklist) == 2
    assert named(started, "00099").entry == AS_JOINER


def test_the_same_file_twice_writes_nothing_and_overtakes_no_undo(
    started: Workplace, tmp_path: Path
) -> None:
    path = roster(tmp_path, [OLD, SECOND, JOINER])
    operation = take_in(started, path)
    assert take_in(started, path) is None
    assert started.journal.operations()[-1].id == operation


def test_planning_writes_nothing(started: Workplace, tmp_path: Path) -> None:
    before = Path(str(started.register.path)).read_bytes()
    preview(started, roster(tmp_path, [OLD, SECOND, JOINER]))
    assert Path(str(started.register.path)).read_bytes() == before


def test_a_struck_line_is_left_out_with_what_it_alone_needed(
    started: Workplace, tmp_path: Path
) -> None:
    stranger = ("00088", "吴生", "莆田一厂/化验室", "测绘员", "2026-11-11", "13805950088")
    path = roster(tmp_path, [OLD, SECOND, JOINER, stranger])
    take_in(started, path, struck=Struck(lines=frozenset({"5"})))
    assert started.store.find(Employee, emp_no="00088") == []
    assert started.store.find(OrgUnit, name="化验室") == []
    assert started.store.find(Position, name="测绘员") == []
    assert started.store.count(Checklist) == 1


def test_a_consequence_is_struck_out_per_person(started: Workplace, tmp_path: Path) -> None:
    other = ("00098", "郑来", *JOINER[2:5], "13805950098")
    path = roster(tmp_path, [OLD, SECOND, JOINER, other])
    take_in(started, path, struck=Struck(consequences=frozenset({("4", FORM), ("5", CHECKLIST)})))
    first, second = named(started, "00099"), named(started, "00098")
    assert [c.employee_id for c in started.store.all(Checklist)] == [first.id]
    assert [f.employee_id for f in started.store.all(Form)] == [second.id]


def test_everything_struck_out_is_no_act(started: Workplace, tmp_path: Path) -> None:
    path = roster(tmp_path, [OLD, SECOND, JOINER])
    assert take_in(started, path, struck=Struck(lines=frozenset({"4"}))) is None


def test_a_disputed_row_must_be_decided_or_struck_out(started: Workplace, tmp_path: Path) -> None:
    renamed = ("00012", "林栋", *OLD[2:])
    path = roster(tmp_path, [renamed, SECOND])
    shown = preview(started, path)
    assert shown.stopped_by == "disputed"
    with pytest.raises(UserError) as refusal:
        Imports(started).apply(shown)
    assert refusal.value.code == "disputed"
    assert Imports(started).apply(shown, Struck(lines=frozenset({"2"}))) is None
    take_in(started, path, Said(answers=Answers(rows={2: "00012"})))
    assert named(started, "00012").former_names == ("林国栋",)


def test_an_old_preview_is_refused_whole(started: Workplace, tmp_path: Path) -> None:
    changed = (*OLD[:5], "13900000000")
    shown = preview(started, roster(tmp_path, [changed, SECOND, JOINER]))
    take_in(started, roster(tmp_path, [(*OLD[:5], "13911111111"), SECOND], "别的.csv"))
    with pytest.raises(StaleError):
        Imports(started).apply(shown)
    assert started.store.find(Employee, emp_no="00099") == []


def test_a_list_that_names_everybody_makes_leavers_of_the_others(
    started: Workplace, tmp_path: Path
) -> None:
    elsewhere = person(started, "70001", "外厂", unit="莆田二厂") if _plant_two(started) else None
    shown = preview(started, roster(tmp_path, [OLD]), Said(complete=True))
    assert [line.emp_no for line in shown.plan.of_kind(plans.LEFT)] == ["00013"]
    assert shown.stopped_by == "brake"
    with pytest.raises(UserError) as refusal:
        Imports(started).apply(shown)
    assert refusal.value.code == "brake"
    Imports(started).apply(shown, brake_released=True)
    assert named(started, "00013").leave_date == TODAY
    assert [c.template for c in started.store.all(Checklist)] == [plans.OFFBOARDING]
    if elsewhere:
        assert named(started, "70001").leave_date is None


def _plant_two(workplace: Workplace) -> bool:
    return bool(workplace.units().called("莆田二厂"))


def test_a_bad_cell_costs_its_row_but_makes_no_leaver(started: Workplace, tmp_path: Path) -> None:
    masked = (*SECOND[:5], "138****8000")
    shown = preview(started, roster(tmp_path, [OLD, masked]), Said(complete=True))
    assert [(p.cell, p.emp_no, p.skips) for p in shown.plan.problems] == [("F3", "00013", True)]
    assert shown.plan.count(plans.LEFT) == 0
    nameless = ("", SECOND[1], *SECOND[2:5], "138****8000")
    shown = preview(started, roster(tmp_path, [OLD, nameless], "无号.csv"), Said(complete=True))
    assert shown.plan.count(plans.LEFT) == 0


def test_a_passed_on_number_leaves_the_leavers_account_first(
    started: Workplace, tmp_path: Path
) -> None:
    holder = named(started, "00012")
    account = Account(
        started.store.ids().next(Account),
        "A1",
        holder.name,
        "personal",
        mobile=holder.mobile,
        holder_id=holder.id,
        state=IN_USE,
    )
    write(started, account)
    leaves = (*OLD, "2026-11-15")
    takes = ("00077", "黄七", *JOINER[2:5], OLD[5], "")
    path = roster(tmp_path, [leaves], "离.csv", (*HEAD, "离职日期"))
    take_in(started, path)
    path = roster(tmp_path, [SECOND, takes[:6]], "新.csv")
    shown = preview(started, path)
    assert "林国栋" in shown.plan.of_kind(plans.DISPUTED)[0].question
    shown = preview(started, path, Said(answers=Answers(rows={3: "new"})))
    assert any("释放" in warning.reason for warning in shown.plan.warnings)
    Imports(started).apply(shown)
    assert started.store.get(Account, account.id).mobile == ""  # type: ignore[union-attr]
    assert named(started, "00077").mobile == OLD[5]
    History(started).undo()
    assert started.store.get(Account, account.id) == account


def test_a_number_still_used_by_somebody_serving_is_only_pointed_out(
    started: Workplace, tmp_path: Path
) -> None:
    holder = named(started, "00012")
    ids = started.store.ids()
    account = Account(
        ids.next(Account), "A1", "x", "personal", mobile=OLD[5], holder_id=holder.id, state=IN_USE
    )
    write(started, account)
    takes = ("00077", "黄七", *JOINER[2:5], OLD[5])
    path = roster(tmp_path, [SECOND, takes])
    shown = preview(started, path, Said(answers=Answers(rows={3: "new"})))
    assert any("仍在职" in warning.reason for warning in shown.plan.warnings)
    Imports(started).apply(shown)
    assert started.store.get(Account, account.id) == account


def test_columns_said_once_are_remembered_with_the_list(started: Workplace, tmp_path: Path) -> None:
    head = ("工号", "姓名", "部门", "职务", "入职日期", "联络")
    path = roster(tmp_path, [OLD, SECOND, JOINER], head=head)
    imports = Imports(started)
    assert "联络" not in imports.read(path).table.columns
    reading = imports.read(path, mapping=[("联络", "mobile")])
    imports.apply(imports.plan(reading))
    assert started.store.count(HeadingMemory) == 1
    assert imports.read(path).table.columns["联络"] == "mobile"
    History(started).undo()
    assert started.store.find(Employee, emp_no="00099") == []


def test_a_rank_the_pack_does_not_know_is_refused(started: Workplace, tmp_path: Path) -> None:
    path = roster(tmp_path, [OLD, (*SECOND[:3], "测绘员", *SECOND[4:])])
    said = Said(answers=Answers(titles={"测绘员": "没有的级别"}))
    with pytest.raises(UserError) as refusal:
        preview(started, path, said)
    assert refusal.value.code == "no_rank"


def test_a_title_seen_once_is_not_asked_again(started: Workplace, tmp_path: Path) -> None:
    rows = [OLD, (*SECOND[:3], "测绘员", *SECOND[4:])]
    path = roster(tmp_path, rows)
    assert preview(started, path).plan.titles_asked == ["测绘员"]
    take_in(started, path, Said(answers=Answers(titles={"测绘员": "员工"})))
    (post,) = started.store.find(Position, name="测绘员")
    assert post.rank == "员工"
    rows[0] = (*OLD[:3], "测绘员", *OLD[4:])
    assert preview(started, roster(tmp_path, rows, "再.csv")).plan.titles_asked == []


def test_a_renamed_unit_goes_in_as_one_act_and_back_out(at_work: Workplace, tmp_path: Path) -> None:
    rows = [
        (f"{n:05d}", f"人{n}", "莆田一厂/老车间", "操作工", "2020-01-01", f"138{n:08d}")
        for n in range(1, 13)
    ]
    take_in(at_work, roster(tmp_path, rows, "十月.csv"))
    old = unit_called(at_work, "老车间")
    later = [(*row[:2], "莆田一厂/新车间", *row[3:]) for row in rows] + [
        ("00099", "陈新", "莆田一厂/新车间", "操作工", "2026-11-10", "13900000099")
    ]
    path = roster(tmp_path, later)
    assert preview(at_work, path).plan.units_asked[0].old_id == old.id
    take_in(at_work, path, Said(answers=Answers(units={old.id: plans.RENAME})))
    unit = unit_called(at_work, "新车间")
    assert (unit.id, unit.aliases) == (old.id, ("老车间",))
    assert named(at_work, "00099").org_unit_id == old.id
    assert [c.template for c in at_work.store.all(Checklist)] == [plans.ONBOARDING]
    take_in(at_work, roster(tmp_path, [*rows, (*later[-1],)], "旧名.csv"))
    assert unit_called(at_work, "老车间").id == old.id
    History(at_work).undo(2 + 1)
    assert unit_called(at_work, "老车间").name == "老车间"


def test_a_list_is_dated_by_its_month_but_never_after_today(
    started: Workplace, tmp_path: Path
) -> None:
    path = roster(tmp_path, [OLD, SECOND, JOINER], "2026年10月花名册.csv")
    assert preview(started, path).issued_on == date(2026, 10, 31)
    assert preview(started, path, Said(month="2026-12")).issued_on == TODAY


def test_what_was_loaded_ahead_is_loaded_again_when_somebody_wrote(
    started: Workplace, tmp_path: Path
) -> None:
    imports = Imports(started)
    reading = imports.read(roster(tmp_path, [OLD, SECOND, JOINER]))
    take_in(started, roster(tmp_path, [JOINER], "先.csv"))
    assert imports.plan(reading).plan.count(plans.NEW) == 0


def test_who_goes_over_to_another_source_drops_his_offboarding(
    started: Workplace, tmp_path: Path
) -> None:
    other = ("00031", "何二厂", "莆田二厂", "操作工", "2019-01-01", "13805950031")
    take_in(started, roster(tmp_path, [other], "二厂十月.csv"))
    gone = tmp_path / "离职清单.csv"
    gone.write_text("工号,姓名,部门,离职日期\n00012,林国栋,莆田一厂,2026-11-10\n", encoding="utf-8")
    take_in(started, gone)
    assert [c.template for c in started.store.find(Checklist, state=RUNNING)] == ["offboarding"]
    over = ("00777", "林国栋", "莆田二厂", "操作工", "2026-11-12", "13805950012")
    take_in(started, roster(tmp_path, [other, over], "二厂十一月.csv"))
    moved = named(started, "00777")
    assert moved.leave_date is None
    lists = {c.template: c for c in started.store.all(Checklist)}
    assert (lists["offboarding"].state, lists["transfer"].state) == (VOID, RUNNING)
    assert lists["offboarding"].employee_id == moved.id
    History(started).undo()
    assert [c.state for c in started.store.all(Checklist)] == [RUNNING]


def test_who_is_hired_again_drops_his_offboarding_in_the_same_act(
    started: Workplace, tmp_path: Path
) -> None:
    Departures(started).leave(named(started, "00013"), date(2026, 10, 31))
    again = (*SECOND[:4], "2026-11-10", SECOND[5])
    operation = take_in(started, roster(tmp_path, [OLD, again]))
    states = {c.template: c.state for c in started.store.all(Checklist)}
    assert states == {"offboarding": VOID, "onboarding": RUNNING}
    History(started).undo(operation)
    assert [(c.template, c.state) for c in started.store.all(Checklist)] == [
        ("offboarding", RUNNING)
    ]


TWINS = (
    ("00012", "王芳", "莆田二厂", "操作工", "2020-03-01", "13805951012"),
    ("00013", "王芳", "莆田二厂", "班长", "2021-05-01", "13805951013"),
)
"""The other plant numbers from 1 too; 00013 is even of the same name there."""


def test_the_exported_people_of_two_sources_go_back_in_without_a_change(
    started: Workplace, tmp_path: Path
) -> None:
    take_in(started, roster(tmp_path, TWINS, "二厂.csv"))
    People(started).add({"name": "甘大同", "emp_no": "T1", "org_unit": "莆田一厂"})
    out = tmp_path / "人员.xlsx"
    assert Exports(started).write("people", out) == 5
    imports = Imports(started)
    reading = imports.read(out)
    shown = imports.plan(reading)
    assert reading.table.columns["人事来源"] == "hr_source"
    assert [line.kind for line in shown.plan.lines] == [plans.UNCHANGED] * 5
    assert (shown.plan.problems, shown.plan.undecided) == ([], 0)
    assert imports.apply(shown) is None


def test_who_comes_back_under_a_new_number_has_no_offboarding_left(
    started: Workplace, tmp_path: Path
) -> None:
    again = ("00100", *OLD[1:4], "2026-11-16", OLD[5])
    Departures(started).leave(named(started, OLD[0]), date(2026, 11, 10))
    take_in(started, roster(tmp_path, [SECOND, again], "十一月.csv"))
    before, back = named(started, OLD[0]), named(started, "00100")
    assert before.id != back.id and before.leave_date is not None
    (gone,) = started.store.find(Checklist, employee_id=before.id, template=plans.OFFBOARDING)
    assert (gone.state, gone.note) == (VOID, "离职后重新入职，新工号 00100")
    (begun,) = started.store.find(Checklist, employee_id=back.id)
    assert (begun.template, begun.state) == (plans.ONBOARDING, RUNNING)


def test_a_column_says_of_every_row_whose_it_is(started: Workplace, tmp_path: Path) -> None:
    head = (*HEAD, "人事来源")
    own = {s.name: s.id for s in started.store.all(HrSource)}
    first, second = "莆田一厂人事", "莆田二厂人事"
    rows = [(*OLD, first), (*TWINS[0], second), (*SECOND, first), (*TWINS[1], second)]
    take_in(started, roster(tmp_path, rows, "全公司.csv", head))
    found = {(p.emp_no, p.hr_source_id): p.mobile for p in started.store.all(Employee)}
    assert found == {
        ("00012", own[first]): OLD[5], ("00013", own[first]): SECOND[5],
        ("00012", own[second]): TWINS[0][5], ("00013", own[second]): TWINS[1][5],
    }  # fmt: skip
    moved = [(*rows[0][:3], "班长", *rows[0][4:]), *rows[1:]]
    plan = preview(started, roster(tmp_path, moved, "全公司2.csv", head)).plan
    assert [(x.emp_no, x.employee_id) for x in plan.of_kind(plans.CHANGED)] == [("00012", 1)]

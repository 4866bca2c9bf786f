"""Who is who on a roster, and what its lines become; no file, no register, only the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from wxadmin.domain import import_plan as plans
from wxadmin.domain.import_plan import Line, Plan
from wxadmin.domain.org_tree import OrgTree
from wxadmin.domain.organisation import HrSource, OrgUnit, Position
from wxadmin.domain.person import AS_FOUND, AS_JOINER, Employee
from wxadmin.domain.roster_planner import Answers, Roster, RosterPlanner, RosterPolicy
from wxadmin.domain.roster_units import PostFinder, UnitFinder
from wxadmin.domain.words import field_label

ISSUED = date(2026, 11, 20)
COMPANY, PLANT_1, PLANT_2, PRODUCTION, STORE, SHIFT = range(1, 7)
UNITS = (
    OrgUnit(COMPANY, "东南事业部", unit_kind="事业部"),
    OrgUnit(PLANT_1, "莆田一厂", COMPANY, aliases=("莆田总厂",)),
    OrgUnit(PLANT_2, "莆田二厂", COMPANY),
    OrgUnit(PRODUCTION, "生产部", PLANT_1),
    OrgUnit(STORE, "仓储部", PLANT_1),
    OrgUnit(SHIFT, "一班", PRODUCTION),
)
POSTS = {1: Position(1, "操作工", "员工"), 2: Position(2, "主任", "主任")}
SOURCE_1, SOURCE_2 = (
    HrSource(1, "一厂人事", covers=(PLANT_1,)),
    HrSource(2, "二厂人事", covers=(PLANT_2,)),
)
POLICY = RosterPolicy(
    45, 50, 20, 80, 5, 30, frozenset({"在职", "产假"}), frozenset({"离职", "已离职"})
)
LABELS = [field_label("employee", n) for n in ("region", "mobile", "org_unit_id", "position_id")]
FIELDS = ("emp_no", "name", "org_unit", "position", "hire_date", "mobile", "leave_date", "status")


def known(emp_no: str, name: str, **fields: Any) -> Employee:
    number = int("".join(filter(str.isdigit, emp_no)) or 0)
    values: dict[str, Any] = {
        "hr_source_id": 1,
        "org_unit_id": PRODUCTION,
        "position_id": 1,
        "mobile": f"138{number:08d}",
        "hire_date": date(2020, 3, 1),
        **fields,
    }
    person_id = values.pop("id", number + (5_000 if values["hr_source_id"] == 2 else 0))
    return Employee(person_id, emp_no, name, f"py {name}", **values)


def row_for(person: Employee, **changed: Any) -> dict[str, Any]:
    """The row HR would write of somebody as the register has him."""
    unit = {PRODUCTION: "莆田一厂/生产部", STORE: "莆田一厂/仓储部", SHIFT: "莆田一厂/生产部/一班"}
    return {
        "emp_no": person.emp_no,
        "name": person.name,
        "org_unit": unit.get(person.org_unit_id or 0, "莆田二厂"),
        "position": "操作工",
        "hire_date": person.hire_date,
        "mobile": person.mobile,
        **changed,
    }


def plan_of(
    rows: list[dict[str, Any]],
    people: list[Employee] = [],  # noqa: B006 - never changed
    *,
    source: HrSource = SOURCE_1,
    complete: bool = False,
    first: bool = False,
    userids: Mapping[str, int] = {},
    answers: Answers | None = None,
    skipped: frozenset[str] = frozenset(),
    issued_on: date = ISSUED,
    fields: tuple[str, ...] = FIELDS,
) -> Plan:
    ids, fresh = count(90_000), count(1)
    answers = answers or Answers()
    tree = OrgTree(UNITS)
    units = UnitFinder(
        tree,
        lambda: next(ids),
        home=source.covers[0] if source.covers[0] != COMPANY else None,
        hr_source_id=source.id,
        company="东南事业部",
        sort_from=10,
    )
    posts = PostFinder(POSTS, ["员工", "主任"], lambda: next(ids), answers.titles)
    lines = [
        (number, tuple(row.get(name) for name in fields)) for number, row in enumerate(rows, 2)
    ]
    return RosterPlanner(
        Roster(fields, lines, source, issued_on, complete, first, skipped),
        people,
        userids,
        tree,
        POSTS,
        units,
        posts,
        POLICY,
        answers,
        lambda: next(ids),
        lambda: f"临-{next(fresh):04d}",
        lambda name: f"py {name}",
    ).plan()


def only(plan: Plan) -> Line:
    assert len(plan.lines) == 1
    return plan.lines[0]


def after(line: Line) -> Employee:
    assert line.change is not None
    assert line.change.after is not None
    return line.change.after


# -- 建账, joiners, 历史导入 ------------------------------------------------------------------


def test_the_first_roster_of_a_source_enters_everybody_as_found() -> None:
    rows = [{"emp_no": "1", "name": "陈一", "hire_date": ISSUED}, {"emp_no": "2", "name": "林二"}]
    plan = plan_of(rows, first=True)
    assert [line.kind for line in plan.lines] == [plans.NEW, plans.NEW]
    assert {after(line).entry for line in plan.lines} == {AS_FOUND}
    assert {line.sets_off for line in plan.lines} == {""}
    assert plan.first


def test_from_the_second_roster_on_who_was_hired_in_the_window_is_a_joiner() -> None:
    for days, entry in ((45, AS_JOINER), (46, AS_FOUND), (0, AS_JOINER), (-10, AS_JOINER)):
        row = {"emp_no": "9", "name": "新人", "hire_date": ISSUED - timedelta(days=days)}
        line = only(plan_of([row]))
        assert after(line).entry == entry, days
        assert line.sets_off == (plans.ONBOARDING if entry == AS_JOINER else "")


def test_who_has_no_hire_date_is_found_and_no_joiner() -> None:
    assert after(only(plan_of([{"emp_no": "9", "name": "新人"}]))).entry == AS_FOUND


def test_a_new_row_that_has_already_left_sets_nothing_in_motion() -> None:
    row = {"emp_no": "9", "name": "过客", "hire_date": ISSUED, "leave_date": ISSUED}
    line = only(plan_of([row]))
    assert line.sets_off == ""
    assert after(line).leave_date == ISSUED


# -- linking ----------------------------------------------------------------------------------


def test_number_and_name_link() -> None:
    person = known("00012", "林国栋")
    line = only(plan_of([row_for(person)], [person]))
    assert (line.kind, line.employee_id) == (plans.UNCHANGED, person.id)


def test_a_number_with_another_name_asks_whether_renamed_or_replaced() -> None:
    person = known("00012", "林国栋")
    line = only(plan_of([row_for(person, name="王芳", mobile="13900000000")], [person]))
    assert line.kind == plans.DISPUTED
    assert [c.emp_no for c in line.candidates] == ["00012"]


def test_answered_renamed_keeps_the_former_name() -> None:
    person = known("00012", "林国栋")
    answers = Answers(rows={2: "00012"})
    line = only(plan_of([row_for(person, name="林栋")], [person], answers=answers))
    assert (after(line).name, after(line).former_names) == ("林栋", ("林国栋",))
    assert after(line).pinyin == "py 林栋"
    assert after(line).id == person.id


def test_answered_replaced_makes_a_new_person() -> None:
    person = known("00012", "林国栋")
    answers = Answers(rows={2: "new"})
    line = only(plan_of([row_for(person, name="王芳")], [person], answers=answers))
    assert line.kind == plans.NEW
    assert after(line).id != person.id


def test_a_former_name_links_as_well_as_the_present_one() -> None:
    person = known("00012", "林栋", former_names=("林国栋",))
    line = only(plan_of([row_for(person, name="林国栋")], [person]))
    assert line.employee_id == person.id


def test_a_mobile_alone_never_links_when_the_name_differs() -> None:
    leaver = known("00012", "林国栋", leave_date=date(2026, 10, 8))
    row = {"emp_no": "00099", "name": "王芳", "mobile": leaver.mobile, "hire_date": ISSUED}
    line = only(plan_of([row], [leaver]))
    assert line.kind == plans.DISPUTED
    assert "林国栋" in line.question
    assert "10月8日离职" in line.question


def test_account_mobile_and_identity_number_link_when_the_name_agrees() -> None:
    person = known("临-0001", "林国栋", id=7, id_no="X", mobile="13800000001")
    for row in (
        {"name": "林国栋", "mobile": "13800000001"},
        {"name": "林国栋", "id_no": "X"},
        {"name": "林国栋", "wecom_userid": "LinGD"},
    ):
        fields = (*FIELDS, "id_no", "wecom_userid")
        line = only(plan_of([row], [person], userids={"lingd": 7}, fields=fields))
        assert line.employee_id == 7, row


def test_a_lost_leading_zero_is_asked_about_and_the_full_number_kept() -> None:
    person = known("00012", "林国栋")
    row = row_for(person, emp_no="12", mobile="13900000000")
    line = only(plan_of([row], [person]))
    assert line.kind == plans.DISPUTED
    assert "0" in line.question
    same = only(plan_of([row], [person], answers=Answers(rows={2: "00012"})))
    assert after(same).emp_no == "00012"
    assert after(same).mobile == "13900000000"


def test_a_zero_the_register_lost_is_put_right_by_the_list() -> None:
    person = known("12", "林国栋")
    answers = Answers(rows={2: "12"})
    line = only(plan_of([row_for(person, emp_no="00012")], [person], answers=answers))
    assert after(line).emp_no == "00012"


def test_a_lost_zero_with_another_name_is_asked_about_too() -> None:
    person = known("00012", "林国栋")
    row = row_for(person, emp_no="12", name="王芳", mobile="13900000000")
    line = only(plan_of([row], [person]))
    assert line.kind == plans.DISPUTED
    assert line.question == "工号 12 与登记的 00012（林国栋）只差前面的 0，是同一人吗？"
    renamed = after(only(plan_of([row], [person], answers=Answers(rows={2: "00012"}))))
    assert (renamed.emp_no, renamed.name, renamed.former_names) == ("00012", "王芳", ("林国栋",))
    other = only(plan_of([row], [person], answers=Answers(rows={2: plans.NEW_PERSON})))
    assert (other.kind, after(other).emp_no) == (plans.NEW, "12")


def test_12_beside_00012_in_one_list_is_another_person() -> None:
    person = known("00012", "林国栋")
    rows = [row_for(person), row_for(person, emp_no="12", name="王芳", mobile="13900000000")]
    assert [line.kind for line in plan_of(rows, [person]).lines] == [plans.UNCHANGED, plans.NEW]


def test_namesakes_are_never_linked_by_name() -> None:
    people = [known("1", "陈伟"), known("2", "陈伟", org_unit_id=STORE)]
    line = only(plan_of([{"name": "陈伟", "org_unit": "莆田一厂/仓储部"}], people))
    assert line.kind == plans.DISPUTED
    assert [(c.emp_no, c.likely) for c in line.candidates] == [("1", False), ("2", True)]
    assert all(c.org_unit and c.mobile and c.hire_date for c in line.candidates)


def test_even_a_single_namesake_is_only_a_candidate() -> None:
    line = only(plan_of([{"name": "陈伟", "org_unit": "莆田一厂/生产部"}], [known("1", "陈伟")]))
    assert line.kind == plans.DISPUTED


def test_a_list_without_numbers_may_be_taken_in_again() -> None:
    rows = [
        {"name": "陈伟", "org_unit": "莆田一厂/生产部"},
        {"name": "陈伟", "org_unit": "莆田一厂/仓储部"},
        {"name": "林芳", "org_unit": "莆田一厂/生产部", "position": "主任"},
    ]
    made = [after(line) for line in plan_of(rows, first=True).lines]
    assert {line.kind for line in plan_of(rows, made).lines} == {plans.UNCHANGED}
    rows[0]["position"] = "主任"  # now it says something new of a mere namesake
    assert plan_of(rows, made).lines[0].kind == plans.DISPUTED


def test_an_unknown_number_without_other_match_is_new_though_a_namesake_exists() -> None:
    line = only(plan_of([{"emp_no": "77", "name": "陈伟"}], [known("1", "陈伟")]))
    assert line.kind == plans.NEW


def test_two_different_numbers_of_one_source_are_two_people() -> None:
    person = known("1", "陈伟")
    line = only(plan_of([{"emp_no": "2", "name": "陈伟", "mobile": person.mobile}], [person]))
    assert line.kind == plans.NEW


def test_a_person_added_by_hand_with_another_number_is_another_person() -> None:
    person = known("1", "陈伟", hr_source_id=None)
    line = only(plan_of([{"emp_no": "2", "name": "陈伟", "mobile": person.mobile}], [person]))
    assert line.kind == plans.NEW


def test_two_sources_may_both_number_from_one() -> None:
    here, there = known("1", "陈伟"), known("1", "林芳", hr_source_id=2, org_unit_id=PLANT_2)
    line = only(plan_of([row_for(here)], [here, there]))
    assert line.employee_id == here.id
    other = only(plan_of([row_for(there)], [here, there], source=SOURCE_2))
    assert other.employee_id == there.id
    newcomer = only(plan_of([{"emp_no": "1", "name": "新人"}], [there]))
    assert newcomer.kind == plans.NEW


def test_a_provisional_number_is_replaced_when_hr_gives_one() -> None:
    person = known("临-0001", "林国栋", id=7, mobile="13800000007")
    row = {"emp_no": "00031", "name": "林国栋", "mobile": "13800000007"}
    line = only(plan_of([row], [person]))
    assert line.employee_id == 7
    assert after(line).emp_no == "00031"


def test_who_has_no_number_gets_a_provisional_one() -> None:
    plan = plan_of([{"name": "林国栋"}, {"name": "王芳"}])
    assert [line.emp_no for line in plan.lines] == ["临-0001", "临-0002"]


def test_the_same_person_under_two_rows_is_taken_once() -> None:
    person = known("临-0001", "林国栋", id=7, mobile="13800000007")
    rows = [{"emp_no": n, "name": "林国栋", "mobile": "13800000007"} for n in ("31", "")]
    plan = plan_of(rows, [person])
    assert [line.kind for line in plan.lines] == [plans.CHANGED, plans.SKIPPED]
    assert [problem.skips for problem in plan.problems] == [True]


# -- what a row changes -----------------------------------------------------------------------


def test_a_blank_cell_and_a_missing_column_never_erase() -> None:
    person = known("1", "陈伟", region="福州", company_email="a@b.cn", leave_type="")
    fields = (*FIELDS, "region")
    row = row_for(person, mobile=None, org_unit=None, position=None, region=None)
    plan = plan_of([row], [person], fields=fields)
    assert only(plan).kind == plans.UNCHANGED
    assert [w.column for w in plan.warnings] == LABELS
    assert all(w.emp_no == "1" for w in plan.warnings)


def test_a_list_without_a_column_warns_of_nothing() -> None:
    person = known("1", "陈伟", company_email="a@b.cn")
    plan = plan_of([{"emp_no": "1", "name": "陈伟"}], [person], fields=("emp_no", "name"))
    assert (only(plan).kind, plan.warnings) == (plans.UNCHANGED, [])


def test_the_same_list_twice_changes_nothing() -> None:
    rows = [row_for(known(str(n), f"人{n}")) for n in range(1, 30)]
    first = plan_of(rows, first=True)
    made = [replace(after(line), pinyin=f"py {line.name}") for line in first.lines]
    again = plan_of(rows, made)
    assert {line.kind for line in again.lines} == {plans.UNCHANGED}
    assert (again.organisation, again.warnings, again.problems) == ([], [], [])


def test_a_move_of_unit_post_or_region_is_a_transfer() -> None:
    person = known("1", "陈伟")
    for changed in ({"org_unit": "莆田一厂/仓储部"}, {"position": "主任"}, {"region": "福州"}):
        plan = plan_of([row_for(person, **changed)], [person], fields=(*FIELDS, "region"))
        line = only(plan)
        assert (line.kind, line.sets_off, line.moved) == (plans.CHANGED, plans.TRANSFER, True)


def test_a_new_mobile_is_no_move() -> None:
    person = known("1", "陈伟")
    line = only(plan_of([row_for(person, mobile="13911111111")], [person]))
    assert (line.kind, line.sets_off, line.moved) == (plans.CHANGED, "", False)


def test_a_leave_date_in_a_roster_makes_a_leaver() -> None:
    person = known("1", "陈伟")
    line = only(plan_of([row_for(person, leave_date=date(2026, 11, 30))], [person]))
    assert (line.kind, line.sets_off) == (plans.LEFT, plans.OFFBOARDING)
    assert line.event_on == date(2026, 11, 30)


def test_a_state_of_having_left_makes_a_leaver_on_the_day_of_the_list() -> None:
    person = known("1", "陈伟")
    line = only(plan_of([row_for(person, status="离职")], [person]))
    assert (line.kind, after(line).leave_date) == (plans.LEFT, ISSUED)


def test_maternity_leave_stays_in_service() -> None:
    person = known("1", "陈伟")
    line = only(plan_of([row_for(person, status="产假")], [person]))
    assert (line.kind, after(line).status, after(line).leave_date) == (plans.CHANGED, "产假", None)


def test_a_leaver_still_listed_stays_a_leaver_with_a_warning() -> None:
    person = known("1", "陈伟", leave_date=date(2026, 11, 1))
    plan = plan_of([row_for(person)], [person])
    assert only(plan).kind == plans.UNCHANGED
    assert "2026-11-01" in plan.warnings[0].reason


def test_a_leaver_hired_again_is_recognised_and_onboarded() -> None:
    person = known("1", "陈伟", leave_date=date(2026, 5, 1), leave_type="辞职")
    line = only(plan_of([row_for(person, hire_date=date(2026, 11, 10))], [person]))
    assert line.employee_id == person.id
    assert (after(line).leave_date, after(line).leave_type) == (None, "")
    assert (line.kind, line.sets_off) == (plans.CHANGED, plans.ONBOARDING)
    assert after(line).entry == AS_JOINER


# -- between sources --------------------------------------------------------------------------


def test_a_leaver_of_one_source_who_joins_another_within_thirty_days_is_a_transfer() -> None:
    left = date(2026, 11, 1)
    person = known("8", "陈伟", hr_source_id=2, org_unit_id=PLANT_2, leave_date=left)
    row = row_for(person, emp_no="E8", org_unit="莆田一厂/生产部", hire_date=left + timedelta(30))
    line = only(plan_of([row], [person], issued_on=left + timedelta(30)))
    assert line.employee_id == person.id
    assert (after(line).leave_date, after(line).hr_source_id, after(line).emp_no) == (None, 1, "E8")
    assert line.sets_off == plans.TRANSFER
    assert "调动" in line.why


def test_after_thirty_one_days_it_is_asked() -> None:
    left = date(2026, 10, 1)
    person = known("8", "陈伟", hr_source_id=2, org_unit_id=PLANT_2, leave_date=left)
    row = row_for(person, emp_no="E8", hire_date=left + timedelta(31))
    assert only(plan_of([row], [person])).kind == plans.DISPUTED


def test_somebody_serving_in_another_source_is_asked_about() -> None:
    person = known("8", "陈伟", hr_source_id=2, org_unit_id=PLANT_2)
    line = only(plan_of([row_for(person, emp_no="E8")], [person]))
    assert line.kind == plans.DISPUTED
    assert "另一个人事来源" in line.question


# -- a list that names everybody --------------------------------------------------------------


def test_missing_means_left_only_when_the_list_names_everybody() -> None:
    stays, gone = known("1", "陈伟"), known("2", "林芳")
    rows = [row_for(stays)]
    assert len(plan_of(rows, [stays, gone]).lines) == 1
    plan = plan_of(rows, [stays, gone], complete=True)
    missing = plan.of_kind(plans.LEFT)
    assert [(line.row, line.emp_no, line.sets_off) for line in missing] == [
        (0, "2", plans.OFFBOARDING)
    ]
    assert missing[0].key == "-2"


def test_only_people_of_covered_units_can_be_missing() -> None:
    stays = known("1", "陈伟")
    elsewhere = known("2", "林芳", hr_source_id=2, org_unit_id=PLANT_2)
    moved_out = known("3", "黄三", org_unit_id=PLANT_2)
    plan = plan_of([row_for(stays)], [stays, elsewhere, moved_out], complete=True)
    assert plan.count(plans.LEFT) == 0


def test_people_of_refused_rows_are_not_missing() -> None:
    people = [known("1", "陈伟"), known("2", "林芳"), known("3", "黄三")]
    plan = plan_of([row_for(people[0])], people, complete=True, skipped=frozenset({"2", "黄三"}))
    assert plan.count(plans.LEFT) == 0


def test_people_of_rows_put_off_or_disputed_are_not_missing() -> None:
    people = [known("1", "陈伟"), known("2", "林芳")]
    rows = [row_for(people[0]), row_for(people[1], name="别人")]
    assert plan_of(rows, people, complete=True).count(plans.LEFT) == 0
    answers = Answers(rows={2: "skip", 3: "skip"})
    assert plan_of(rows, people, complete=True, answers=answers).count(plans.LEFT) == 0


def test_who_has_left_or_is_yet_to_come_is_not_missing() -> None:
    gone = known("1", "陈伟", leave_date=date(2026, 1, 1))
    coming = known("2", "林芳", hire_date=ISSUED + timedelta(3))
    other = known("3", "黄三")
    assert plan_of([row_for(other)], [gone, coming, other], complete=True).count(plans.LEFT) == 0


def test_in_a_first_roster_nobody_is_missing() -> None:
    plan = plan_of(
        [{"emp_no": "1", "name": "陈一"}], [known("2", "林芳")], complete=True, first=True
    )
    assert plan.count(plans.LEFT) == 0


# -- the brake --------------------------------------------------------------------------------


def crowd(number: int) -> list[Employee]:
    return [known(str(n), f"人{n}") for n in range(1, number + 1)]


def test_the_brake_comes_on_beyond_fifty_people() -> None:
    people = crowd(400)
    for moving, stopped in ((50, False), (51, True)):
        rows = [row_for(p, position="主任" if p.id <= moving else "操作工") for p in people]
        assert (plan_of(rows, people).brake is not None) == stopped, moving


def test_the_brake_comes_on_beyond_twenty_percent() -> None:
    people = crowd(100)
    for leaving, stopped in ((20, False), (21, True)):
        rows = [row_for(p) for p in people if p.id > leaving]
        brake = plan_of(rows, people, complete=True).brake
        assert (brake is not None) == stopped, leaving
        if brake:
            assert (brake.people, brake.percent) == (21, 21)
            assert "20%" in brake.sentence


def test_new_people_never_bring_the_brake_on() -> None:
    rows = [{"emp_no": str(n), "name": f"新{n}", "hire_date": ISSUED} for n in range(1_000, 1_200)]
    assert plan_of(rows, crowd(10)).brake is None


# -- units ------------------------------------------------------------------------------------


def unit_changes(plan: Plan) -> dict[str, OrgUnit]:
    found = [c.after for c in plan.organisation if isinstance(c.after, OrgUnit)]
    return {unit.name: unit for unit in found}


def test_an_unknown_unit_and_post_are_made_in_the_same_plan() -> None:
    row = {"emp_no": "9", "name": "新人", "org_unit": "莆田一厂/化验室", "position": "化验员"}
    plan = plan_of([row])
    assert unit_changes(plan)["化验室"].parent_id == PLANT_1
    assert plan.titles_asked == ["化验员"]
    assert only(plan).kind == plans.NEW


def test_a_title_is_asked_once_and_its_answer_kept() -> None:
    row = {"emp_no": "9", "name": "新人", "position": "化验员"}
    plan = plan_of([row], answers=Answers(titles={"化验员": "员工"}))
    assert plan.titles_asked == []
    made = [c.after for c in plan.organisation if isinstance(c.after, Position)]
    assert [(post.name, post.rank) for post in made] == [("化验员", "员工")]


def test_a_unit_is_found_by_its_alias_and_below_the_company() -> None:
    for text in ("莆田总厂/生产部", "东南事业部/莆田一厂/生产部", "生产部"):
        row = {"emp_no": "9", "name": "新人", "org_unit": text}
        plan = plan_of([row])
        assert after(only(plan)).org_unit_id == PRODUCTION, text
        assert unit_changes(plan) == {}


def renamed_rows(people: list[Employee], to: str) -> list[dict[str, Any]]:
    return [row_for(person, org_unit=to) for person in people]


def test_when_nearly_all_of_a_unit_turn_up_in_another_it_is_asked() -> None:
    people = crowd(10)
    plan = plan_of(renamed_rows(people, "莆田一厂/制造部"), people)
    question = plan.units_asked[0]
    assert (question.old, question.new) == ("莆田一厂/生产部", "莆田一厂/制造部")
    assert (question.people, question.of) == (10, 10)
    assert plan.undecided == 1


def test_a_few_who_move_are_not_asked_about() -> None:
    people = crowd(10)
    rows = renamed_rows(people[:7], "莆田一厂/制造部") + [row_for(p) for p in people[7:]]
    assert plan_of(rows, people).units_asked == []
    few = crowd(4)
    assert plan_of(renamed_rows(few, "莆田一厂/制造部"), few).units_asked == []


def test_a_renamed_unit_keeps_its_people_and_its_old_name_as_alias() -> None:
    people = crowd(10)
    newcomer = {"emp_no": "99", "name": "新人", "org_unit": "莆田一厂/制造部"}
    answers = Answers(units={PRODUCTION: plans.RENAME})
    plan = plan_of([*renamed_rows(people, "莆田一厂/制造部"), newcomer], people, answers=answers)
    changed = unit_changes(plan)
    assert list(changed) == ["制造部"]
    assert changed["制造部"].id == PRODUCTION
    assert changed["制造部"].aliases == ("生产部",)
    assert {line.kind for line in plan.lines[:10]} == {plans.UNCHANGED}
    assert after(plan.lines[10]).org_unit_id == PRODUCTION
    assert plan.brake is None
    assert plan.undecided == 0


def test_a_renamed_unit_takes_its_shifts_along() -> None:
    people = [known(str(n), f"人{n}", org_unit_id=SHIFT) for n in range(1, 11)]
    rows = renamed_rows(people, "莆田一厂/制造部/一班")
    asked = plan_of(rows, people).units_asked
    assert [(q.old, q.new) for q in asked] == [("莆田一厂/生产部", "莆田一厂/制造部")]
    plan = plan_of(rows, people, answers=Answers(units={PRODUCTION: plans.RENAME}))
    assert {line.kind for line in plan.lines} == {plans.UNCHANGED}
    assert list(unit_changes(plan)) == ["制造部"]


def test_a_new_shift_below_a_renamed_unit_hangs_below_it() -> None:
    people = crowd(10)
    newcomer = {"emp_no": "99", "name": "新人", "org_unit": "莆田一厂/制造部/九班"}
    answers = Answers(units={PRODUCTION: plans.RENAME})
    plan = plan_of([*renamed_rows(people, "莆田一厂/制造部"), newcomer], people, answers=answers)
    changed = unit_changes(plan)
    assert changed["九班"].parent_id == PRODUCTION
    assert after(plan.lines[10]).org_unit_id == changed["九班"].id


def test_somebody_who_also_got_another_post_still_moves_when_his_unit_is_renamed() -> None:
    people = crowd(10)
    rows = renamed_rows(people, "莆田一厂/制造部")
    rows[0]["position"] = "主任"
    plan = plan_of(rows, people, answers=Answers(units={PRODUCTION: plans.RENAME}))
    assert [line.sets_off for line in plan.lines[:2]] == [plans.TRANSFER, ""]
    assert after(plan.lines[0]).org_unit_id == PRODUCTION


def test_merged_units_move_nobody_and_the_old_one_is_closed() -> None:
    people = crowd(10)
    plan = plan_of(
        renamed_rows(people, "莆田一厂/仓储部"),
        people,
        answers=Answers(units={PRODUCTION: plans.MERGE}),
    )
    changed = unit_changes(plan)
    assert changed["仓储部"].aliases == ("生产部",)
    assert not changed["生产部"].active
    assert {after(line).org_unit_id for line in plan.lines} == {STORE}
    assert {(line.kind, line.sets_off, line.moved) for line in plan.lines} == {
        (plans.CHANGED, "", False)
    }


def test_a_true_move_is_a_transfer_for_everybody() -> None:
    people = crowd(10)
    rows = renamed_rows(people, "莆田一厂/仓储部")
    plan = plan_of(rows, people, answers=Answers(units={PRODUCTION: plans.MOVE}))
    assert {line.sets_off for line in plan.lines} == {plans.TRANSFER}
    assert unit_changes(plan) == {}
    assert plan.undecided == 0


def test_naming_the_shift_more_exactly_is_no_new_name_of_the_unit() -> None:
    people = crowd(10)
    plan = plan_of(renamed_rows(people, "莆田一厂/生产部/一班"), people)
    assert plan.units_asked == []

"""The 今日 desk on a real register: what is due, overdue, stuck, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, unit_called, write
from wxadmin.domain.account import IN_USE, Account
from wxadmin.domain.change import Change
from wxadmin.domain.checklist import RUNNING, VOID, Checklist
from wxadmin.domain.group import BY_PERSON, MOBILE, OWNER, Group, GroupRole, MemberException
from wxadmin.domain.leavers import LeaverList
from wxadmin.domain.organisation import HrSource, RosterIssue
from wxadmin.domain.person import Secondment
from wxadmin.domain.reminder import Reminder
from wxadmin.services.checklists import Checklists
from wxadmin.services.group_owners import Choice, GroupOwners
from wxadmin.services.groups import Groups
from wxadmin.services.history import History
from wxadmin.services.leaver_grid import LeaverGrid
from wxadmin.services.membership_picture import Picture
from wxadmin.services.month_report import MonthReports
from wxadmin.services.reminders import Reminders
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def of_kind(workplace: Workplace, kind: str) -> list[Reminder]:
    return [each for each in Reminders(workplace).all() if each.kind == kind]


def source_called(workplace: Workplace, name: str) -> HrSource:
    return workplace.store.find(HrSource, name=name)[0]


def roster(workplace: Workplace, name: str, issued: date) -> None:
    source = source_called(workplace, name)
    number = workplace.store.ids().next(RosterIssue)
    write(workplace, RosterIssue(number, source.id, "花名册", issued, "花名册.xlsx", "", 1))


def test_looking_at_the_desk_writes_nothing(workplace: Workplace) -> None:
    person(workplace)
    before = workplace.journal.head()
    Reminders(workplace).today()
    assert workplace.journal.head() == before


def test_a_contract_that_ends_soon_is_a_dated_task(workplace: Workplace) -> None:
    person(workplace, "00031", "谢梓涵", employment_type="季节工", contract_end=date(2026, 11, 24))
    person(workplace, "00032", "还早的", employment_type="返聘", contract_end=date(2027, 11, 24))
    found = of_kind(workplace, "contract")
    assert [(r.subject, r.sentence, r.when) for r in found] == [
        ("谢梓涵", "季节工合同11月24日到期", "周二 11-24")
    ]


def test_a_loan_and_a_special_case_run_out_today(workplace: Workplace) -> None:
    who = person(workplace)
    ids = workplace.store.ids()
    unit = unit_called(workplace, "三明工厂")
    group = workplace.store.find(Group, side=MOBILE)[0]
    write(
        workplace,
        Secondment(ids.next(Secondment), who.id, unit.id, date(2026, 9, 1), TODAY),
        MemberException(
            ids.next(MemberException), group.id, who.id, True, "何总监", date(2026, 9, 1), TODAY
        ),
    )
    found = [each for each in Reminders(workplace).today().band("today") if each.kind != "backup"]
    assert {r.sentence for r in found} >= {"借调三明工厂今天到期", "特批留群今天到期"}


def test_a_leaver_whose_account_is_live_is_overdue_until_a_checklist_watches_it(
    workplace: Workplace,
) -> None:
    who = person(workplace, "00044", "王小兰", leave_date=date(2026, 11, 11))
    number = workplace.store.ids().next(Account)
    write(
        workplace,
        Account(
            number,
            "ZH-1",
            "王小兰",
            "personal",
            wecom_userid="wangxiaolan",
            holder_id=who.id,
            state=IN_USE,
        ),
    )
    found = of_kind(workplace, "leaver_account")
    assert [(r.mark, r.when) for r in found] == [("late", "逾期 9 天")]
    Checklists(workplace).start("offboarding", person=who)
    assert of_kind(workplace, "leaver_account") == []


def test_who_still_owns_a_group_is_stuck(workplace: Workplace) -> None:
    who = person(workplace, leave_date=date(2026, 11, 18))
    group = workplace.store.find(Group, side=MOBILE)[0]
    number = workplace.store.ids().next(GroupRole)
    write(
        workplace,
        GroupRole(number, group.id, OWNER, BY_PERSON, who.id, None, "", date(2024, 1, 1)),
    )
    Checklists(workplace).start("offboarding", person=who)
    stuck = [r for r in Reminders(workplace).today().band("stuck") if r.kind == "checklist"]
    assert stuck[0].sentence == f"离职办理：仍是1个群的群主：{group.name}"
    assert (stuck[0].when, stuck[0].act_label) == ("自 11-18", "办理群主转让")


def test_a_source_that_has_not_handed_in_its_list_is_urged(workplace: Workplace) -> None:
    person(workplace, "1", "甲", unit="莆田一厂")
    person(workplace, "2", "乙", unit="三明工厂")
    roster(workplace, "莆田一厂人事", date(2026, 11, 3))
    one = source_called(workplace, "莆田一厂人事")
    number = workplace.store.ids().next(LeaverList)
    write(
        workplace, LeaverList(number, one.id, "2026-10", 1, "离职.xlsx", "", date(2026, 11, 3), 2)
    )
    cells = LeaverGrid(workplace).of("2026-10")
    assert [(c.source.name, c.text(TODAY)) for c in cells] == [
        ("莆田一厂人事", "11-03"),
        ("三明工厂人事", "未交"),
    ]
    found = of_kind(workplace, "leaver_list")
    assert [(r.subject, r.sentence, r.when) for r in found] == [
        ("三明工厂人事", "10月离职清单未交", "逾期 15 天")
    ]
    urged = Reminders(workplace).urge(found[0].key)
    assert "10月离职清单至今未收到，应于11月5日前提供" in urged


def test_nothing_is_missing_before_the_first_roster(workplace: Workplace) -> None:
    person(workplace)
    assert of_kind(workplace, "leaver_list") == []


def test_a_recurring_task_is_done_for_its_period_and_comes_back(workplace: Workplace) -> None:
    reminders = Reminders(workplace)
    before = {r.key for r in of_kind(workplace, "recurring")}
    assert "directory_check" in before
    operation = reminders.mark_done("directory_check")
    assert {r.key for r in of_kind(workplace, "recurring")} == before - {"directory_check"}
    assert operation is not None
    History(workplace).undo(operation)
    assert {r.key for r in of_kind(workplace, "recurring")} == before


def test_groups_without_an_owner_are_one_line(workplace: Workplace) -> None:
    found = of_kind(workplace, "group_owner")
    assert len(found) <= 2
    assert sum(int(r.sentence.removesuffix("个群")) for r in found) == 20


def test_a_new_owner_is_reminded_of_the_check_by_his_checklist_while_it_is_open(
    workplace: Workplace,
) -> None:
    group, owners = workplace.store.find(Group, side=MOBILE)[0], GroupOwners(workplace)
    for emp_no, name in (("00012", "林国栋"), ("00033", "许秀英")):
        keeper = person(workplace, emp_no, name)
        duties = Groups(workplace).duties(Picture(workplace))
        owners.set_owner(group, Choice(employee=keeper), duties, basis="交接单")
    assert of_kind(workplace, "group_check") == []
    (running,) = workplace.store.find(Checklist, template="owner_transfer", state=RUNNING)
    with workplace.act("作废") as operation:
        operation.write([Change(running, replace(running, state=VOID, closed_on=TODAY))])
    (found,) = of_kind(workplace, "group_check")
    assert (found.subject, found.sentence) == (group.name, "新群主接任，核查一遍成员")


def test_the_month_on_one_page_counts_by_unit(workplace: Workplace) -> None:
    person(workplace, "1", "甲", unit="莆田一厂", hire_date=TODAY - timedelta(days=3))
    mover = person(workplace, "2", "乙", unit="三明工厂")
    person(workplace, "3", "丙", unit="三明工厂", leave_date=date(2026, 11, 2))
    Checklists(workplace).start("transfer", person=mover)
    report = MonthReports(workplace).of(TODAY)
    by_unit = {u.unit: (u.staff, u.joined, u.left, u.moved) for u in report.units}
    assert report.month == "2026年11月"
    assert by_unit["莆田一厂"] == (1, 1, 0, 0)
    assert by_unit["三明工厂"] == (1, 0, 1, 1)
    assert len(report.groups_without_owner) == 20
    assert report.chain_head == workplace.journal.head()[2][:16]
    assert {item.text for item in report.open_items} >= {"办理清单未办结"}

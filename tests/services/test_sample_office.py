"""The sample office: complete, made up, the same every time, and gone with one undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from builders import COMPANY, TODAY, office, register_at

from wxadmin.bootstrap import create_workplace
from wxadmin.domain.account import Account, AdminNumber, Custody
from wxadmin.domain.catalogue import RECORDS
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.group import MOBILE, GroupMember
from wxadmin.domain.leavers import LeaverList
from wxadmin.domain.organisation import HrSource, OrgUnit, RosterIssue
from wxadmin.domain.person import Employee
from wxadmin.services.group_duties import Duties
from wxadmin.services.history import History
from wxadmin.services.membership import Membership
from wxadmin.services.sample_office import SampleOffice
from wxadmin.services.setup import Setup
from wxadmin.services.workplace import Workplace


def sample(folder: Path, today: date = TODAY) -> Workplace:
    workplace = create_workplace(register_at(folder), by="测试", clock=lambda: today)
    Setup(workplace).from_pack("southeast", company_name=COMPANY, sample=True)
    SampleOffice(workplace).fill()
    return workplace


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """One sample office for all that only look at it."""
    workplace = sample(tmp_path_factory.mktemp("示例"))
    yield workplace
    workplace.close()


def everything(workplace: Workplace) -> dict[str, list[object]]:
    return {record.kind: list(workplace.store.all(record)) for record in RECORDS}


def test_the_sample_office_is_the_same_every_time(tmp_path: Path, filled: Workplace) -> None:
    again = sample(tmp_path / "再来")
    assert everything(again) == everything(filled)
    again.close()


def test_people_work_in_every_unit_of_the_pack(filled: Workplace) -> None:
    tree = filled.units()
    with_people = {
        unit
        for (unit_id,) in filled.store.columns(Employee, "org_unit_id")
        for unit in tree.path(unit_id)
    }
    assert {unit.name for unit in tree.units.values() if unit.id not in with_people} == set()
    assert 280 <= filled.store.count(Employee) <= 330


def test_every_group_has_an_owner_in_service_without_open_offboarding(filled: Workplace) -> None:
    picture = Membership(filled).picture()
    duties = Duties(filled, picture)
    mobile = [group for group in picture.groups.values() if group.side == MOBILE]
    assert (len(mobile), len(picture.groups)) == (20, 42)
    for group in picture.groups.values():
        assert duties.trouble(group) == ""
        assert duties.owner(group.id).emp_no
    keepers = [custody.employee_id for custody in filled.store.all(Custody)]
    assert len(set(keepers)) == 20


def test_one_undo_takes_the_sample_office_out_again(tmp_path: Path) -> None:
    workplace = create_workplace(register_at(tmp_path), by="测试", clock=lambda: TODAY)
    Setup(workplace).from_pack("southeast", company_name=COMPANY, sample=True)
    before = everything(workplace)
    SampleOffice(workplace).fill()
    assert everything(workplace) != before
    History(workplace).undo()
    assert everything(workplace) == before
    workplace.close()


def test_nobody_in_the_sample_office_can_be_reached(filled: Workplace) -> None:
    people, accounts = filled.store.all(Employee), filled.store.all(Account)
    numbers = filled.store.all(AdminNumber)
    mobiles = [record.mobile for record in (*people, *numbers, *accounts) if record.mobile]
    assert all(mobile.startswith(("1630000", "1640000")) for mobile in mobiles)
    for account in accounts:
        assert not account.company_email or account.company_email.endswith("@example.com")
    assert not any(person.id_no or person.personal_wechat for person in people)
    assert len({person.mobile for person in people}) == len(people)


def test_there_is_something_of_everything(filled: Workplace) -> None:
    people = filled.store.all(Employee)
    kinds = Counter(person.employment_type for person in people)
    assert {"正式", "劳务派遣", "外包驻厂", "季节工", "返聘", "实习"} <= set(kinds)
    assert {"产假", "停薪留职"} <= {person.status for person in people}
    assert sum(person.name == "张伟" for person in people) == 3
    for kind in filled.pack.employment_types:
        dated = [p for p in people if p.employment_type == kind.name and kind.contract_end]
        assert all(person.contract_end for person in dated)
    empty = [record.kind for record in RECORDS if not filled.store.count(record)]
    later = {"heading_memory", "decision", "order", "order_line", "external_person"}
    later |= {"wecom_issue", "wecom_member", "mark"}
    later |= {"scan", "incoming", "signing_delegate", "group_rename"}
    assert set(empty) == later | {"check_round", "group_check", "group_check_line"}


def test_numbers_are_unique_within_an_hr_source_and_twice_beyond_it(filled: Workplace) -> None:
    people = filled.store.all(Employee)
    assert len({(p.hr_source_id, p.emp_no) for p in people}) == len(people)
    twice = [no for no, count in Counter(p.emp_no for p in people).items() if count > 1]
    assert 1 <= len(twice) <= 3
    assert any(person.emp_no.startswith("000") for person in people)


def test_polyphonic_surnames_are_read_as_surnames(filled: Workplace) -> None:
    accounts = {a.name: a.wecom_userid for a in filled.store.all(Account)}
    assert accounts["曾晓岚"].startswith("zeng")
    assert accounts["单长庚"].startswith("shan")
    assert accounts["仇立夏"].startswith("qiu")
    assert accounts["解春和"].startswith("xie")


def test_accounts_keep_the_rules_of_the_house(filled: Workplace) -> None:
    from wxadmin.services.account_checks import AccountChecks

    checks = AccountChecks(filled)
    for account in filled.store.all(Account):
        assert checks.objections(account) == [], account.name


def test_groups_differ_from_their_rules_in_few_places_on_purpose(filled: Workplace) -> None:
    picture = Membership(filled).picture()
    duties = Duties(filled, picture)
    found = [picture.difference(g.id, duties.running(g.id)) for g in picture.groups.values()]
    assert any(difference.missing for difference in found)
    assert any(difference.extra for difference in found)
    assert any(difference.outsiders for difference in found)
    assert [d.actual for d in found].count(None) == 1
    assert sum(len(d.missing) for d in found) < filled.store.count(GroupMember) * 0.08


def test_every_roster_came_in_and_one_leaver_list_is_missing(filled: Workplace) -> None:
    sources = filled.store.all(HrSource)
    issued = {issue.hr_source_id for issue in filled.store.all(RosterIssue)}
    assert issued == {source.id for source in sources}
    last = {entry.hr_source_id for entry in filled.store.find(LeaverList, month="2026-10")}
    assert [source.name for source in sources if source.id not in last] == ["三明工厂人事"]


def test_forms_and_checklists_are_on_their_way(filled: Workplace) -> None:
    assert [form.state for form in filled.store.all(Form)] == ["草稿", "已提交", "已告知"]
    running = {checklist.template for checklist in filled.store.all(Checklist)}
    assert running == {"onboarding", "transfer", "offboarding"}


@pytest.mark.parametrize("today", [date(2027, 1, 31), date(2028, 2, 29), date(2026, 3, 1)])
def test_the_sample_office_can_be_made_on_any_day(tmp_path: Path, today: date) -> None:
    workplace = sample(tmp_path, today)
    for person in workplace.store.all(Employee):
        assert person.hire_date is not None and person.hire_date <= today
        assert person.leave_date is None or person.hire_date <= person.leave_date <= today
    for record in RECORDS:
        days = [field.name for field in fields(record) if field.name in {"issued_on", "printed_on"}]
        for day in days:
            assert all(
                value[0] is None or value[0] <= today
                for value in workplace.store.columns(record, day)
            )
    workplace.close()


def test_a_register_in_real_use_gets_no_sample_people(tmp_path: Path) -> None:
    workplace = office(tmp_path)
    with pytest.raises(UserError, match="不是示例登记库"):
        SampleOffice(workplace).fill()
    assert workplace.store.count(Employee) == 0
    workplace.close()


def test_a_sample_office_is_put_in_once(filled: Workplace) -> None:
    with pytest.raises(UserError, match="已经有人员"):
        SampleOffice(filled).fill()


def test_units_below_the_pack_know_their_hr_source_by_the_unit_above(filled: Workplace) -> None:
    tree = filled.units()
    plants = [unit for unit in filled.store.all(OrgUnit) if unit.unit_kind == "工厂"]
    for plant in plants:
        below = tree.below(plant.id)
        people = [p for p in filled.store.all(Employee) if p.org_unit_id in below]
        assert {person.hr_source_id for person in people} == {plant.hr_source_id}

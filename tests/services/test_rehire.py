"""Who comes back is recognised, gets his own userid again, and his old groups are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, write
from wxadmin.domain.account import Account
from wxadmin.domain.change import Change
from wxadmin.domain.checklist import RUNNING, Checklist
from wxadmin.domain.form import Form
from wxadmin.domain.group import Group, GroupMember
from wxadmin.domain.import_plan import OFFBOARDING
from wxadmin.domain.person import Employee
from wxadmin.services.accounts import Accounts
from wxadmin.services.checklist_start import ChecklistStarter
from wxadmin.services.history import History
from wxadmin.services.joiner import Joiners
from wxadmin.services.rehire import Rehires
from wxadmin.services.userids import UserIds
from wxadmin.services.wecom_file import WecomFile
from wxadmin.services.workplace import Workplace

LEFT = date(2026, 6, 30)
MOBILE = "13805950012"
FIELDS = {
    "name": "林国栋",
    "mobile": "138 0595 0012",
    "org_unit": "莆田一厂/包装车间",
    "position": "班长",
    "hire_date": "2026-11-23",
}


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with closing(office(tmp_path)) as opened:
        yield opened


@pytest.fixture
def leaver(workplace: Workplace) -> Employee:
    """林国栋, who left in June with a userid of his own and was in three groups."""
    who = person(workplace, "00012", "林国栋", mobile=MOBILE, leave_date=LEFT)
    ids = workplace.store.ids()
    write(
        workplace,
        Account(
            ids.next(Account),
            "ZH-00001",
            "林国栋",
            "personal",
            wecom_userid="LinGD",
            mobile=MOBILE,
            holder_id=who.id,
            state="已注销",
            closed_on=LEFT,
        ),
    )
    first, second, third, *_ = workplace.store.find(Group, side="手机端")
    for group, left_on in ((first, date(2026, 6, 28)), (second, None), (third, date(2025, 1, 1))):
        write(
            workplace, GroupMember(ids.next(GroupMember), group.id, who.id, "", "", left_on=left_on)
        )
    return who


def test_a_newcomer_who_left_before_is_recognised_with_all_that_was_his(
    workplace: Workplace, leaver: Employee
) -> None:
    look = Joiners(workplace).look(FIELDS)
    assert look.returning is not None
    assert look.userid == "LinGD"
    assert (look.returning.person.id, look.returning.left_on) == (leaver.id, LEFT)
    assert look.returning.accounts == (("ZH-00001", "已注销"),)
    groups = workplace.store.find(Group, side="手机端")
    assert {g.name for g in look.returning.groups} == {groups[0].name, groups[1].name}


def test_a_dissolved_group_is_not_proposed(workplace: Workplace, leaver: Employee) -> None:
    first = workplace.store.find(Group, side="手机端")[0]
    with workplace.act("解散") as operation:
        operation.write([Change(first, replace(first, state="已解散"))])
    found = Rehires(workplace).recognised("林国栋", MOBILE)
    assert found is not None
    assert first.name not in {group.name for group in found.groups}


def test_a_namesake_with_another_number_is_a_new_person(
    workplace: Workplace, leaver: Employee
) -> None:
    joiners = Joiners(workplace)
    other = {**FIELDS, "mobile": "13700000001"}
    look = joiners.look(other)
    assert look.returning is None
    assert look.userid == "linguodong"
    assert joiners.register(other).person.id != leaver.id


def test_he_is_taken_back_under_his_own_record_in_one_act(
    workplace: Workplace, leaver: Employee
) -> None:
    joined = Joiners(workplace).register(FIELDS)
    back = workplace.store.get(Employee, leaver.id)
    assert back is not None
    assert joined.person == back
    assert (back.emp_no, back.leave_date, back.hire_date) == ("00012", None, date(2026, 11, 23))
    assert workplace.store.count(Employee) == 1
    form = workplace.store.find(Form, number=joined.form_number)[0]
    assert form.value("account_id") == "LinGD"
    History(workplace).undo(joined.operation)
    again = workplace.store.get(Employee, leaver.id)
    assert again is not None
    assert again.leave_date == LEFT


def test_one_may_say_that_he_is_another_person_after_all(
    workplace: Workplace, leaver: Employee
) -> None:
    joined = Joiners(workplace).register(FIELDS, as_new=True)
    assert joined.person.id != leaver.id
    assert workplace.store.count(Employee) == 2
    form = workplace.store.find(Form, number=joined.form_number)[0]
    assert form.value("account_id") == "linguodong"
    userids = UserIds(workplace)
    assert "用过" in userids.objection("LinGD", holder_id=joined.person.id)
    assert Rehires(workplace).of(joined.person) is None
    look = Joiners(workplace).look({**FIELDS, "name": "林国栋"}, as_new=True)
    assert look.returning is not None and look.userid != "LinGD"


def test_who_is_taken_back_has_no_offboarding_left_and_undo_opens_it_again(
    workplace: Workplace, leaver: Employee
) -> None:
    ids = workplace.store.ids()
    started = ChecklistStarter(workplace, ids).plan(
        OFFBOARDING, event_on=LEFT, trigger="人事来表离职", employee_id=leaver.id
    )
    with workplace.act("离职办理") as operation:
        operation.write(started, ids)
    joined = Joiners(workplace).register(FIELDS)
    (gone,) = workplace.store.find(Checklist, template=OFFBOARDING)
    begun = workplace.store.get(Checklist, joined.checklist_id or 0)
    assert begun is not None and begun.template == "onboarding"
    assert (gone.state, gone.note) == ("作废", "离职后重新入职")
    History(workplace).undo(joined.operation)
    (again,) = workplace.store.find(Checklist, template=OFFBOARDING)
    assert again.state == RUNNING


def test_under_a_new_number_he_still_gets_his_own_userid_and_nobody_else_does(
    workplace: Workplace, leaver: Employee
) -> None:
    back = person(workplace, "20045", "林国栋", mobile=MOBILE, hire_date=TODAY)
    other = person(workplace, "20046", "林国栋", mobile="13700000001", hire_date=TODAY)
    userids = UserIds(workplace)
    assert userids.propose(back) == "LinGD"
    assert userids.objection("lingd", holder_id=back.id) == ""
    assert "用过" in userids.objection("LinGD", holder_id=other.id)
    assert Rehires(workplace).of(back).person == leaver  # type: ignore[union-attr]
    account = Accounts(workplace).add(
        {
            "account_type": "personal",
            "name": "林国栋",
            "holder_id": back.id,
            "mobile": MOBILE,
            "wecom_userid": "LinGD",
            "entry": "历史导入",
            "org_unit_id": back.org_unit_id,
        }
    )
    assert account.wecom_userid == "LinGD"
    assert [row.wecom_userid for row in WecomFile(workplace).draft().rows] == ["LinGD"]

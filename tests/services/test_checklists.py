"""Checklists on a real register: what proves a step, what blocks, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, write
from wxadmin.domain.account import CLOSED, IN_USE, Account
from wxadmin.domain.change import Change
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import BY_PERSON, MOBILE, OWNER, Group, GroupMember, GroupRole
from wxadmin.domain.person import Employee
from wxadmin.services.checklist_start import ChecklistStarter
from wxadmin.services.checklist_views import ChecklistView
from wxadmin.services.checklists import Checklists
from wxadmin.services.history import History
from wxadmin.services.workplace import Workplace

LEFT = date(2026, 11, 18)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def leaver(workplace: Workplace, **fields: object) -> Employee:
    values = {"position": "车间主任", "rank": "主任", "leave_date": LEFT, **fields}
    return person(workplace, **values)  # type: ignore[arg-type]


def group(workplace: Workplace) -> Group:
    return workplace.store.find(Group, side=MOBILE)[0]


def owns(workplace: Workplace, owner: Employee, owned: Group) -> GroupRole:
    role = GroupRole(
        workplace.store.ids().next(GroupRole),
        owned.id,
        OWNER,
        BY_PERSON,
        owner.id,
        None,
        "",
        date(2024, 1, 1),
    )
    write(workplace, role)
    return role


def has_account(workplace: Workplace, holder: Employee, **fields: object) -> Account:
    values: dict[str, object] = {
        "holder_id": holder.id,
        "org_unit_id": holder.org_unit_id,
        "wecom_userid": "lin12",
        "state": IN_USE,
        "in_directory": True,
        "opened_on": date(2024, 1, 1),
        **fields,
    }
    number = workplace.store.ids().next(Account)
    account = Account(number, f"ZH-{number}", holder.name, "personal", **values)  # type: ignore[arg-type]
    write(workplace, account)
    return account


def change(workplace: Workplace, *changes: Change) -> None:  # type: ignore[type-arg]
    with workplace.act("办") as operation:
        operation.write(changes)


def view(workplace: Workplace, checklist_id: int) -> ChecklistView:
    return Checklists(workplace).views().one(checklist_id)


def mark(workplace: Workplace, checklist_id: int, no: int) -> str:
    step = view(workplace, checklist_id).step(no)
    assert step is not None
    return step.mark


def test_a_checklist_has_the_steps_of_the_pack_and_those_not_asked_for_are_folded(
    workplace: Workplace,
) -> None:
    who = person(workplace, hire_date=TODAY)
    found = view(workplace, Checklists(workplace).start("onboarding", person=who))
    assert len(found.look.steps) == 20
    assert all(step.item.source for step in found.look.steps)
    assert {s.sentence for s in found.folded} >= {"不适用（本制度未要求）"}
    assert found.look.total == len(found.shown)


def test_starting_twice_continues_the_open_one(workplace: Workplace) -> None:
    who = leaver(workplace)
    checklists = Checklists(workplace)
    assert checklists.start("offboarding", person=who) == checklists.start(
        "offboarding", person=who
    )
    assert workplace.store.count(Checklist) == 1


def test_an_earlier_leave_date_moves_the_due_dates_of_the_open_steps(workplace: Workplace) -> None:
    who = leaver(workplace)
    checklists = Checklists(workplace)
    number = checklists.start("offboarding", person=who)
    checklists.start("offboarding", person=who, event_on=date(2026, 11, 10))
    step = view(workplace, number).step(2)
    assert step is not None
    assert step.item.due_on == date(2026, 11, 10)


def test_a_plan_may_start_a_checklist_for_somebody_who_is_only_in_the_plan(
    workplace: Workplace,
) -> None:
    ids = workplace.store.ids()
    newcomer = Employee(ids.next(Employee), "00099", "新来的", hire_date=TODAY)
    starter = ChecklistStarter(workplace, ids)
    changes = [Change(None, newcomer)]
    changes += starter.plan(
        "onboarding", employee_id=newcomer.id, event_on=TODAY, trigger="11月花名册"
    )
    again = starter.plan("onboarding", employee_id=newcomer.id, event_on=TODAY, trigger="再来")
    with workplace.act("导入") as operation:
        operation.write(changes, ids)
    assert again == []
    assert workplace.store.count(Checklist) == 1


def test_who_still_owns_a_group_cannot_be_closed(workplace: Workplace) -> None:
    who, owned = leaver(workplace), group(workplace)
    owns(workplace, who, owned)
    number = Checklists(workplace).start("offboarding", person=who)
    with pytest.raises(UserError, match=f"还不能办结：林国栋仍是1个群的群主：{owned.name}"):
        Checklists(workplace).close(number)
    found = view(workplace, number)
    assert found.remedy is not None
    assert (found.remedy.mark, found.remedy.act) == ("stuck", "transfer_owner")


def test_a_step_the_register_holds_open_cannot_be_ticked(workplace: Workplace) -> None:
    who = leaver(workplace)
    owns(workplace, who, group(workplace))
    number = Checklists(workplace).start("offboarding", person=who)
    with pytest.raises(UserError, match="不能手工打勾"):
        Checklists(workplace).tick(number, 2)


def test_a_transfer_ticks_the_step_by_itself_and_says_by_what(workplace: Workplace) -> None:
    who = leaver(workplace)
    role = owns(workplace, who, group(workplace))
    number = Checklists(workplace).start("offboarding", person=who)
    ended = replace(role, to_on=LEFT)
    change(workplace, Change(role, ended))
    step = view(workplace, number).step(2)
    assert step is not None
    assert step.mark == "proof"
    assert step.sentence == f"已办，依据：{group(workplace).name}的群主已转让"


def test_nothing_to_hand_over_does_not_apply_and_does_not_count(workplace: Workplace) -> None:
    number = Checklists(workplace).start("offboarding", person=leaver(workplace))
    assert mark(workplace, number, 2) == "slash"
    assert mark(workplace, number, 4) == "slash"


def test_a_closed_account_out_of_the_directory_proves_its_steps(workplace: Workplace) -> None:
    who = leaver(workplace)
    account = has_account(workplace, who)
    number = Checklists(workplace).start("offboarding", person=who)
    assert mark(workplace, number, 13) == "empty"  # it waits for the steps before it
    closed = replace(account, state=CLOSED, closed_on=LEFT, in_directory=False)
    change(workplace, Change(account, closed))
    assert mark(workplace, number, 12) == "proof"
    step = view(workplace, number).step(13)
    assert step is not None
    assert step.sentence == "已办，依据：账号lin12于11月18日注销"


def test_a_member_of_a_group_holds_the_leaving_of_groups_open(workplace: Workplace) -> None:
    who, joined = leaver(workplace), group(workplace)
    member = GroupMember(workplace.store.ids().next(GroupMember), joined.id, who.id)
    write(workplace, member)
    number = Checklists(workplace).start("offboarding", person=who)
    step = view(workplace, number).step(8)
    assert step is not None
    assert step.sentence == f"仍在1个群：{joined.name}"
    with pytest.raises(UserError, match="办完才能办结"):
        Checklists(workplace).waive(number, 8, "来不及")


def test_where_nobody_looked_into_the_groups_a_person_may_tick(workplace: Workplace) -> None:
    number = Checklists(workplace).start("offboarding", person=leaver(workplace))
    step = view(workplace, number).step(8)
    assert step is not None
    assert "请人工核对" in step.sentence
    Checklists(workplace).tick(number, 8, "逐群看过")
    assert mark(workplace, number, 8) == "tick"


def test_waiving_needs_a_reason(workplace: Workplace) -> None:
    who = person(workplace, hire_date=TODAY)
    number = Checklists(workplace).start("onboarding", person=who)
    with pytest.raises(UserError, match="写明原因"):
        Checklists(workplace).waive(number, 20, "")
    Checklists(workplace).waive(number, 20, "电子存档")
    assert mark(workplace, number, 20) == "waived"


def test_a_column_is_ticked_as_one_act_and_can_be_taken_back(workplace: Workplace) -> None:
    checklists = Checklists(workplace)
    people = [person(workplace, f"0001{i}", f"张{i}", hire_date=TODAY) for i in range(3)]
    numbers = [checklists.start("onboarding", person=who) for who in people]
    done = checklists.tick_column(numbers, 20)
    assert len(done.names) == 3
    assert {mark(workplace, number, 20) for number in numbers} == {"tick"}
    assert done.operation is not None
    History(workplace).undo(done.operation)
    assert {mark(workplace, number, 20) for number in numbers} == {"empty"}


def test_who_ran_off_is_signed_for_by_the_head_with_a_witness(workplace: Workplace) -> None:
    checklists = Checklists(workplace)
    number = checklists.start("offboarding", person=leaver(workplace, leave_type="自离"))
    assert view(workplace, number).gone
    checklists.take_up(number, 9)
    with pytest.raises(UserError, match="监交人"):
        checklists.stand_in(number, 9, stand_in="王主任", witness="", note="联系不上")
    checklists.stand_in(number, 9, stand_in="王主任", witness="陈人事", note="联系不上")
    step = view(workplace, number).step(9)
    assert step is not None
    assert step.sentence == "单方办理：王主任代办，陈人事监交。联系不上"


def test_closing_writes_down_what_proved_each_step(workplace: Workplace) -> None:
    checklists = Checklists(workplace)
    number = checklists.start("offboarding", person=leaver(workplace))
    checklists.tick(number, 8)
    with pytest.raises(UserError, match="月度离职清单核对"):
        checklists.close(number)
    checklists.waive(number, 16, "补报，清单已过")
    checklists.close(number)
    found = view(workplace, number)
    assert found.state == "已完成"
    assert found.look.done == found.look.total
    assert mark(workplace, number, 1) == "proof"


def test_a_closed_checklist_is_not_touched_until_it_is_reopened(workplace: Workplace) -> None:
    checklists = Checklists(workplace)
    number = checklists.start("offboarding", person=leaver(workplace))
    checklists.void(number, "撤销离职")
    with pytest.raises(UserError, match="作废"):
        checklists.tick(number, 8)
    checklists.reopen(number)
    assert view(workplace, number).look.checklist.is_open


def test_the_grid_leaves_out_columns_that_concern_nobody(workplace: Workplace) -> None:
    checklists = Checklists(workplace)
    for index in range(2):
        checklists.start("offboarding", person=leaver(workplace, emp_no=f"0002{index}"))
    board = checklists.views().board("offboarding")
    assert len(board.rows) == 2
    assert {column.no for column in board.columns} == {1, 2, 4, 8, 10, 12, 13, 16}
    assert board.columns[1].head == ("群主", "转让")

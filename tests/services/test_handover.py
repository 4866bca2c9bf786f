"""Handing over what a leaver answers for: proposals by unit and rank, one act, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, write
from wxadmin.domain.account import CLOSED, IN_USE, TO_RECLAIM, Account, AdminNumber
from wxadmin.domain.change import Change
from wxadmin.domain.checklist import VOID, Checklist
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import BY_PERSON, MOBILE, OWNER, Group, GroupMember, GroupRole
from wxadmin.domain.person import Employee
from wxadmin.services.checklists import Checklists
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.handover import CANCEL, POOL, SUCCEED, Handover
from wxadmin.services.membership_picture import Picture
from wxadmin.services.reminders import Reminders
from wxadmin.services.workplace import Workplace

LEFT = date(2026, 11, 18)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def plant_group(workplace: Workplace) -> Group:
    return next(g for g in workplace.store.find(Group, side=MOBILE) if g.name == "莆田一厂")


def owner_of(workplace: Workplace, group: Group, who: Employee) -> None:
    number = workplace.store.ids().next(GroupRole)
    write(
        workplace,
        GroupRole(number, group.id, OWNER, BY_PERSON, who.id, None, "", date(2024, 1, 1)),
    )


def account_of(workplace: Workplace, who: Employee) -> Account:
    number = workplace.store.ids().next(Account)
    account = Account(
        number,
        f"ZH-{number}",
        who.name,
        "personal",
        mobile=who.mobile,
        wecom_userid=f"u{number}",
        holder_id=who.id,
        responsible_id=who.id,
        state=IN_USE,
        in_directory=True,
    )
    write(workplace, account)
    return account


def leaver(workplace: Workplace) -> Employee:
    return person(workplace, position="车间主任", rank="主任", leave_date=LEFT)


def test_the_next_rank_of_the_same_unit_is_proposed(workplace: Workplace) -> None:
    who = leaver(workplace)
    person(workplace, "00020", "远处的", unit="三明工厂", position="车间主任", rank="主任")
    person(workplace, "00021", "普通的")
    next_one = person(workplace, "00022", "许秀英", position="车间班长", rank="班组长")
    owner_of(workplace, plant_group(workplace), who)
    (transfer,) = Handover(workplace).transfers(who.id)
    assert transfer.successor is not None
    assert transfer.successor.id == next_one.id
    assert (transfer.reason, transfer.act) == ("车间班长，同在莆田一厂", "print_transfer")


def test_without_a_fitting_post_somebody_must_be_chosen(workplace: Workplace) -> None:
    who = leaver(workplace)
    owner_of(workplace, plant_group(workplace), who)
    (transfer,) = Handover(workplace).transfers(who.id)
    assert (transfer.successor, transfer.reason) == (None, "无合适岗位")
    with pytest.raises(UserError, match="逐个指定"):
        Handover(workplace).accept(who.id)


def test_taking_the_proposals_lifts_what_blocks_the_checklist(workplace: Workplace) -> None:
    who = leaver(workplace)
    person(workplace, "00022", "许秀英", position="车间班长", rank="班组长")
    owner_of(workplace, plant_group(workplace), who)
    number = Checklists(workplace).start("offboarding", person=who)
    assert Checklists(workplace).views().one(number).blocked
    Handover(workplace).accept(who.id)
    view = Checklists(workplace).views().one(number)
    step = view.step(2)
    assert step is not None
    assert step.mark == "proof"
    assert "群主" not in view.blocked


def test_who_is_leaving_cannot_take_over(workplace: Workplace) -> None:
    who, other = leaver(workplace), person(workplace, "00023", "也要走")
    Checklists(workplace).start("offboarding", person=other, event_on=date(2026, 12, 31))
    owner_of(workplace, plant_group(workplace), who)
    with pytest.raises(UserError, match="正在办离职"):
        Handover(workplace).transfer([(plant_group(workplace), other.id)], basis="交接单")


def test_an_account_is_cancelled_reclaimed_or_given_to_a_successor(workplace: Workplace) -> None:
    who, heir = leaver(workplace), person(workplace, "00024", "接替者")
    handover = Handover(workplace)
    assert handover.dispose(account_of(workplace, who), CANCEL).state == CLOSED
    other = account_of(workplace, person(workplace, "00025", "另一人", leave_date=LEFT))
    assert handover.dispose(other, POOL).state == TO_RECLAIM
    third = account_of(workplace, person(workplace, "00026", "第三人", leave_date=LEFT))
    with pytest.raises(UserError, match="接收人"):
        handover.dispose(third, SUCCEED)
    given = handover.dispose(third, SUCCEED, to=heir, basis="QWJJ-202611-001")
    assert (given.holder_id, given.name) == (heir.id, "接替者")


def test_the_accounts_of_several_leavers_go_the_usual_way_as_one_act(workplace: Workplace) -> None:
    people = [person(workplace, f"0003{i}", f"走{i}", leave_date=LEFT) for i in range(3)]
    for who in people:
        account_of(workplace, who)
    before = workplace.journal.count()
    Handover(workplace).dispose_usual([who.id for who in people])
    assert workplace.journal.count() == before + 1
    assert {a.state for a in workplace.store.all(Account)} == {CLOSED}


def test_a_number_goes_to_another_custodian(workplace: Workplace) -> None:
    who, heir = person(workplace), person(workplace, "00024", "接替者")
    number = workplace.store.all(AdminNumber)[0]
    Handover(workplace).give_number(number, who, basis="移交")
    assert [n.seq for n in Handover(workplace).numbers(who.id)] == [number.seq]
    Handover(workplace).give_number(number, heir, basis="交接单")
    assert Handover(workplace).numbers(who.id) == ()


def test_a_new_owner_without_an_open_checklist_checks_the_members_once(
    workplace: Workplace,
) -> None:
    who = leaver(workplace)
    person(workplace, "00022", "许秀英", position="车间班长", rank="班组长")
    group = plant_group(workplace)
    owner_of(workplace, group, who)
    Handover(workplace).accept(who.id)
    (running,) = workplace.store.find(Checklist, template="owner_transfer", group_id=group.id)
    assert [r for r in Reminders(workplace).all() if r.kind == "group_check"] == []
    with workplace.act("作废") as operation:
        operation.write([Change(running, replace(running, state=VOID, closed_on=TODAY))])
    found = [r for r in Reminders(workplace).all() if r.kind == "group_check"]
    assert [(r.subject, r.due_on) for r in found] == [(group.name, date(2026, 11, 23))]
    GroupMembers(workplace).capture(group, [], Picture(workplace))
    assert [r for r in Reminders(workplace).all() if r.kind == "group_check"] == []


def test_a_mover_sees_which_groups_he_joins_leaves_and_keeps(workplace: Workplace) -> None:
    who = person(workplace, unit="三明工厂")
    old = plant_group(workplace)
    write(workplace, GroupMember(workplace.store.ids().next(GroupMember), old.id, who.id))
    moves = Handover(workplace).group_moves(who.id)
    assert [group.name for group in moves.leave] == ["莆田一厂"]
    assert "三明工厂" in [group.name for group in moves.join]
    assert moves.keep == ()

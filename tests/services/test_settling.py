"""What a step of a checklist asks for, recorded as one act; whom a dialog offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person, unit_called, write
from wxadmin.domain.account import IN_USE, Account
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import MOBILE, Group
from wxadmin.domain.organisation import OrgUnit
from wxadmin.domain.person import Employee, Secondment
from wxadmin.services.candidates import Candidates
from wxadmin.services.departures import Departures
from wxadmin.services.membership_picture import Picture
from wxadmin.services.reminders import Reminders
from wxadmin.services.settling import Settling
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def account_of(workplace: Workplace, who: Employee, *, listed: bool) -> Account:
    number = workplace.store.ids().next(Account)
    account = Account(
        number, f"ZH-{number}", who.name, "personal", mobile=who.mobile, wecom_userid="lisi",
        holder_id=who.id, responsible_id=who.id, state=IN_USE, in_directory=listed,
    )  # fmt: skip
    write(workplace, account)
    return account


def groups(workplace: Workplace, count: int) -> list[Group]:
    return workplace.store.find(Group, side=MOBILE)[:count]


def test_joins_and_leaves_of_one_person_are_one_act(workplace: Workplace) -> None:
    who = person(workplace)
    account_of(workplace, who, listed=True)
    first, second = groups(workplace, 2)
    Settling(workplace, who.id).groups([first, second], [])
    before = len(workplace.journal.operations(100))
    Settling(workplace, who.id).groups([], [first, second])
    picture = Picture(workplace)
    assert not any(who.id in picture.member_ids(group.id) for group in (first, second))
    assert len(workplace.journal.operations(100)) == before + 1


def test_who_is_not_in_the_address_book_joins_no_group(workplace: Workplace) -> None:
    who = person(workplace)
    with pytest.raises(UserError):
        Settling(workplace, who.id).groups(groups(workplace, 1), [])


def test_the_address_book_takes_unit_and_post_of_today(workplace: Workplace) -> None:
    who = person(workplace)
    account = account_of(workplace, who, listed=False)
    Settling(workplace, who.id).put_into_directory()
    kept = workplace.store.get(Account, account.id)
    assert kept is not None
    assert (kept.in_directory, kept.org_unit_id) == (True, who.org_unit_id)
    Settling(workplace, who.id).take_out_of_directory()
    kept = workplace.store.get(Account, account.id)
    assert kept is not None and not kept.in_directory
    with pytest.raises(UserError, match="没有要移出通讯录的账号"):
        Settling(workplace, who.id).take_out_of_directory()


def test_a_dialog_offers_leavers_only_where_they_are_asked_for(workplace: Workplace) -> None:
    who = person(workplace)
    found = Candidates(workplace).people(who.emp_no)
    assert [hit.id for hit in found] == [who.id]
    assert who.emp_no in found[0].note
    assert Candidates(workplace).people("") == []
    Departures(workplace).leave(who, date(2026, 11, 1))
    assert Candidates(workplace).people(who.emp_no) == []
    assert [hit.id for hit in Candidates(workplace).people(who.emp_no, leavers=True)] == [who.id]


def test_a_loan_names_the_unit_with_its_plant(workplace: Workplace) -> None:
    who = person(workplace)
    ids = workplace.store.ids()
    plant = unit_called(workplace, "三明工厂")
    shop = replace(plant, id=ids.next(OrgUnit), name="包装车间", parent_id=plant.id, aliases=())
    today = workplace.today
    write(
        workplace,
        shop,
        Secondment(ids.next(Secondment), who.id, shop.id, date(2026, 9, 1), today),
    )
    said = [each.sentence for each in Reminders(workplace).today().band("today")]
    assert "借调三明工厂/包装车间今天到期" in said

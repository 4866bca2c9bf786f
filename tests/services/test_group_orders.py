"""Orders to group owners: drawn up from the register, issued, continued, ticked off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, unit_called, write
from wxadmin.domain.account import CLOSED, IN_USE, Account
from wxadmin.domain.change import Change
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.domain.leavers import LeaverList, LeaverRow
from wxadmin.domain.organisation import HrSource
from wxadmin.domain.person import Employee, Secondment
from wxadmin.services.exceptions import Exceptions
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_members import GroupMembers
from wxadmin.services.group_owners import Choice, GroupOwners
from wxadmin.services.groups import Groups
from wxadmin.services.membership_picture import Picture
from wxadmin.services.order_drafts import ADD, LOOK, REMOVE, Draft
from wxadmin.services.orders import DONE, NEEDLESS, OPEN, REPLACED, Orders
from wxadmin.services.workplace import Workplace


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    opened = office(tmp_path)
    yield opened
    opened.close()


def plant(workplace: Workplace) -> Group:
    return Groups(workplace).find("莆田一厂")


def with_account(workplace: Workplace, employee: Employee, state: str = IN_USE) -> Account:
    account_id = workplace.store.ids().next(Account)
    account = Account(
        account_id,
        f"ZH-{account_id}",
        employee.name,
        "personal",
        holder_id=employee.id,
        state=state,
        in_directory=state == IN_USE,
    )
    write(workplace, account)
    return account


def captured(workplace: Workplace, *people: Employee) -> Group:
    """The plant's group with exactly these members."""
    GroupMembers(workplace).capture(plant(workplace), [p.id for p in people], Picture(workplace))
    return plant(workplace)


def drafts(workplace: Workplace) -> list[Draft]:
    picture = Picture(workplace)
    return Orders(workplace).drafts(picture, Duties(workplace, picture))


def of_plant(workplace: Workplace) -> Draft:
    group = plant(workplace)
    return next(draft for draft in drafts(workplace) if draft.group.id == group.id)


def lines(draft: Draft, action: str) -> list[tuple[str, str]]:
    return [(line.emp_no, line.reason) for line in draft.of(action)]


def test_a_group_nobody_looked_into_has_nobody_to_add(workplace: Workplace) -> None:
    with_account(workplace, person(workplace))
    assert drafts(workplace) == []


def test_who_is_missing_is_added_and_who_just_joined_is_called_new(workplace: Workplace) -> None:
    old = person(workplace)
    new = person(workplace, "00013", "陈小红", hire_date=date(2026, 11, 9))
    with_account(workplace, old)
    with_account(workplace, new)
    captured(workplace)
    assert lines(of_plant(workplace), ADD) == [("00012", "应加未加"), ("00013", "新入职")]


def test_who_is_not_in_the_address_book_yet_is_flagged(workplace: Workplace) -> None:
    person(workplace, hire_date=date(2026, 11, 9))
    captured(workplace)
    (line,) = of_plant(workplace).of(ADD)
    assert (line.reason, line.ready) == ("新入职（待入通讯录）", False)


def test_a_loan_and_a_special_word_are_named_as_the_reason(workplace: Workplace) -> None:
    lent = person(workplace, unit="莆田二厂")
    let_in = person(workplace, "00013", "陈小红", unit="莆田二厂")
    exceptions = Exceptions(workplace)
    exceptions.second(lent, unit_called(workplace, "莆田一厂"), date(2026, 12, 31))
    exceptions.grant(let_in, plant(workplace), allowed=True, granted_by="总监")
    captured(workplace)
    reasons = [reason for _, reason in lines(of_plant(workplace), ADD)]
    assert reasons == ["借调至12月31日（待入通讯录）", "总监特批入群，未定期限（待入通讯录）"]


def test_who_left_moved_or_ran_out_is_taken_out_with_that_word_only(workplace: Workplace) -> None:
    gone = person(workplace, leave_date=TODAY, leave_type="辞退")
    moved = person(workplace, "00013", "陈小红", unit="莆田二厂")
    lent = person(workplace, "00014", "黄志强", unit="莆田二厂")
    loan = workplace.store.ids().next(Secondment)
    unit = unit_called(workplace, "莆田一厂").id
    write(workplace, Secondment(loan, lent.id, unit, date(2026, 1, 1), date(2026, 11, 18)))
    captured(workplace, gone, moved, lent)
    assert lines(of_plant(workplace), REMOVE) == [
        ("00012", "离职"),
        ("00013", "调出"),
        ("00014", "到期"),
    ]


def test_the_owner_is_told_on_the_last_day_of_a_loan(workplace: Workplace) -> None:
    lent = person(workplace, unit="莆田二厂")
    with_account(workplace, lent)
    Exceptions(workplace).second(lent, unit_called(workplace, "莆田一厂"), TODAY)
    group = captured(workplace, lent)
    assert lines(of_plant(workplace), REMOVE) == [("00012", "到期")]
    orders = Orders(workplace)
    orders.issue(drafts(workplace))
    orders.tick(orders.find("", group), Picture(workplace))
    assert drafts(workplace) == []


def test_whose_account_is_closed_is_only_looked_for(workplace: Workplace) -> None:
    gone = person(workplace, leave_date=date(2026, 11, 10))
    with_account(workplace, gone, CLOSED)
    captured(workplace, gone)
    draft = of_plant(workplace)
    assert (lines(draft, REMOVE), lines(draft, LOOK)) == ([], [("00012", "离职")])


def test_a_leaver_is_looked_for_in_every_group_he_belonged_to(workplace: Workplace) -> None:
    gone = person(workplace, position="经理", rank="经理", leave_date=TODAY)
    write(workplace, Checklist(1, "offboarding", gone.id, None, TODAY, "离职清单"))
    asked = drafts(workplace)
    assert {d.group.name for d in asked} == {
        "莆田一厂",
        "事业部经理群组",
    }
    assert len(asked) == 2
    assert all(lines(draft, ADD) == [] for draft in asked)


def test_the_order_names_the_leaver_list_it_rests_on(workplace: Workplace) -> None:
    gone = person(workplace, leave_date=TODAY)
    source = workplace.store.all(HrSource)[0]
    write(
        workplace,
        LeaverList(1, source.id, "2026-11", 1, "离职.xlsx", "0" * 64, TODAY, 1),
        LeaverRow(1, 1, 2, gone.name, gone.emp_no, TODAY, "辞职", gone.id, "工号"),
    )
    captured(workplace, gone)
    assert of_plant(workplace).basis == f"11月离职清单（{source.name}）"


def test_an_owner_in_person_is_never_taken_out_of_his_own_group(workplace: Workplace) -> None:
    head = person(workplace, unit="莆田二厂")
    groups = Groups(workplace)
    duties = groups.duties(groups.picture())
    GroupOwners(workplace).bind_owner(plant(workplace), Choice(employee=head), duties, basis="备案")
    captured(workplace, head)
    assert drafts(workplace) == []


def test_an_order_gets_a_number_and_the_same_content_is_continued(workplace: Workplace) -> None:
    captured(workplace, person(workplace, unit="莆田二厂"))
    orders = Orders(workplace)
    (first,) = orders.issue(drafts(workplace))
    (again,) = orders.issue(drafts(workplace))
    assert first.number == again.number == "TZ-202611-01"
    assert first.due_on == date(2026, 11, 23)


def test_an_order_with_other_content_replaces_the_open_one(workplace: Workplace) -> None:
    stranger = person(workplace, unit="莆田二厂")
    captured(workplace, stranger)
    orders = Orders(workplace)
    orders.issue(drafts(workplace))
    captured(workplace, stranger, person(workplace, "00013", "陈小红", unit="莆田二厂"))
    (second,) = orders.issue(drafts(workplace))
    assert second.number == "TZ-202611-02"
    assert [view.order.state for view in orders.all()] == [OPEN, REPLACED]
    assert orders.all()[1].order.note == "由TZ-202611-02代替"


def test_an_order_that_nobody_needs_any_more_is_closed(workplace: Workplace) -> None:
    captured(workplace, person(workplace, unit="莆田二厂"))
    orders = Orders(workplace)
    orders.issue(drafts(workplace))
    captured(workplace)
    assert orders.issue(drafts(workplace)) == []
    assert [view.order.state for view in orders.all()] == [NEEDLESS]


def test_ticking_an_order_records_who_joined_and_who_is_out(workplace: Workplace) -> None:
    worker, stranger = person(workplace), person(workplace, "00013", "陈小红", unit="莆田二厂")
    with_account(workplace, worker)
    group = captured(workplace, stranger)
    orders = Orders(workplace)
    orders.issue(drafts(workplace))
    ticked = orders.tick(orders.find("", group), Picture(workplace))
    assert (ticked.state, ticked.joined, ticked.left) == (DONE, (worker.id,), (stranger.id,))
    assert drafts(workplace) == []
    operations = workplace.journal.operations()
    assert operations[-1].id == ticked.operation


def test_who_still_waits_for_the_address_book_keeps_the_order_open(workplace: Workplace) -> None:
    worker, stranger = person(workplace), person(workplace, "00013", "陈小红", unit="莆田二厂")
    group = captured(workplace, stranger)
    orders = Orders(workplace)
    orders.issue(drafts(workplace))
    ticked = orders.tick(orders.find("", group), Picture(workplace))
    assert (ticked.state, ticked.left, ticked.waiting) == (
        OPEN,
        (stranger.id,),
        ("林国栋待入通讯录",),
    )
    with_account(workplace, worker)
    assert orders.issue(drafts(workplace))[0].number == ticked.number
    again = orders.tick(orders.find(ticked.number), Picture(workplace))
    assert (again.state, again.joined) == (DONE, (worker.id,))
    with pytest.raises(UserError, match="已办"):
        orders.tick(orders.find(ticked.number), Picture(workplace))


def test_single_lines_can_be_ticked(workplace: Workplace) -> None:
    first = person(workplace, unit="莆田二厂")
    second = person(workplace, "00013", "陈小红", unit="莆田二厂")
    group = captured(workplace, first, second)
    orders = Orders(workplace)
    orders.issue(drafts(workplace))
    view = orders.find("", group)
    ticked = orders.tick(view, Picture(workplace), line_ids={view.lines[0].id})
    assert (ticked.state, ticked.left) == (OPEN, (first.id,))
    assert [line.name for line in orders.find("", group).open_lines] == ["陈小红"]


def test_a_leaver_the_owner_says_is_out_is_not_asked_for_again(workplace: Workplace) -> None:
    gone = person(workplace, leave_date=TODAY)
    write(workplace, Checklist(1, "offboarding", gone.id, None, TODAY, "离职清单"))
    orders = Orders(workplace)
    orders.issue(drafts(workplace))
    for view in orders.all():
        orders.tick(view, Picture(workplace))
    assert drafts(workplace) == []


def test_the_chat_text_says_who_and_why_and_how_many_there_should_be(workplace: Workplace) -> None:
    keeper = person(workplace, "00020", "郑海燕")
    gone = person(workplace, leave_date=TODAY, leave_type="辞退")
    new = person(workplace, "00013", "陈小红", hire_date=date(2026, 11, 9))
    for employee in (keeper, new):
        with_account(workplace, employee)
    groups = Groups(workplace)
    GroupOwners(workplace).set_owner(
        plant(workplace),
        Choice(employee=keeper),
        groups.duties(groups.picture()),
        basis="交接单",
    )
    group = captured(workplace, keeper, gone)
    orders = Orders(workplace)
    orders.issue(drafts(workplace))
    picture = Picture(workplace)
    view = orders.find("", group)
    sheet = orders.sheet(view, picture, Duties(workplace, picture))
    assert (sheet.to, sheet.to_role, sheet.expected) == (
        "郑海燕",
        "莆田一厂群保管人，14号群管理号",
        2,
    )
    assert sheet.joining[0].mobile == new.mobile
    assert sheet.joining[0].nickname == "莆田一厂-陈小红"
    text = orders.text(view, picture, Duties(workplace, picture))
    assert "陈小红" in text
    assert "离职" in text
    assert "辞退" not in text
    assert "应为2人" in text


def test_an_outsider_where_none_is_allowed_is_taken_out(workplace: Workplace) -> None:
    group = plant(workplace)
    GroupMembers(workplace).capture(group, [], Picture(workplace), outsiders=["老周"])
    assert [(x.name, x.reason) for x in of_plant(workplace).of(REMOVE)] == [("老周", "外部人员")]
    orders = Orders(workplace)
    orders.issue(drafts(workplace))
    orders.tick(orders.find("", group), Picture(workplace))
    assert drafts(workplace) == []


def test_an_overdue_order_is_marked(tmp_path: Path) -> None:
    days = [TODAY]
    workplace = office(tmp_path, clock=lambda: days[0])
    try:
        captured(workplace, person(workplace, unit="莆田二厂"))
        Orders(workplace).issue(drafts(workplace))
        days[0] = date(2026, 11, 24)
        assert [view.is_overdue for view in Orders(workplace).all()] == [True]
    finally:
        workplace.close()


def test_a_group_that_is_dissolved_needs_no_order(workplace: Workplace) -> None:
    group = captured(workplace, person(workplace, unit="莆田二厂"))
    with workplace.act("解散") as operation:
        operation.write([Change(group, replace(group, state="已解散"))])
    assert drafts(workplace) == []

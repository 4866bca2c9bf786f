"""Accounts opened, changed, handed over and closed in a real register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, unit_called, write
from wxadmin.domain.account import Account, AccountHolding
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group, GroupRole
from wxadmin.domain.organisation import PolicyOverride
from wxadmin.domain.person import Employee
from wxadmin.domain.phones import spaced_phone
from wxadmin.services.account_register import (
    HOLDER_GONE,
    NOBODY_ANSWERS,
    NOT_VERIFIED,
    WITHOUT_ACCOUNT,
    AccountRegister,
)
from wxadmin.services.accounts import Accounts
from wxadmin.services.history import History
from wxadmin.services.workplace import Workplace


class Days:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.day = TODAY

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def clock() -> Days:
    return Days()


@pytest.fixture
def workplace(tmp_path: Path, clock: Days) -> Iterator[Workplace]:
    opened = office(tmp_path, clock=clock)
    yield opened
    opened.close()


def in_use(workplace: Workplace, who: Employee, **fields: object) -> Account:
    """Register an account somebody has, as it was found."""
    values = {
        "account_type": "personal",
        "name": who.name,
        "holder_id": who.id,
        "mobile": who.mobile,
        "org_unit_id": who.org_unit_id,
        "state": "在用",
        "entry": "历史导入",
        "opened_on": date(2026, 9, 1),
        **fields,
    }
    return Accounts(workplace).add(values)


def test_a_second_live_account_is_refused_until_an_exception_is_in_force(
    workplace: Workplace, clock: Days
) -> None:
    lin = person(workplace)
    first = in_use(workplace, lin)
    with pytest.raises(UserError, match=first.account_no):
        in_use(workplace, lin, mobile="13900000001")
    accounts = Accounts(workplace)
    last = date(2026, 11, 30)
    accounts.grant(lin, "多账号", granted_by="部门经理", until=last, reason="驻外")
    clock.day = date(2026, 12, 1)
    with pytest.raises(UserError):
        in_use(workplace, lin, mobile="13900000001")
    clock.day = last
    second = in_use(workplace, lin, mobile="13900000001")
    assert second.holder_id == lin.id
    with pytest.raises(UserError):
        in_use(workplace, lin, mobile="13900000002")


def test_the_limit_is_a_setting(workplace: Workplace) -> None:
    lin = person(workplace)
    in_use(workplace, lin)
    ids = workplace.store.ids()
    write(
        workplace, PolicyOverride(ids.next(PolicyOverride), "company", "max_personal_accounts", "2")
    )
    assert in_use(workplace, lin, mobile="13900000001").live


def test_a_mobile_is_registered_once_among_live_accounts(workplace: Workplace) -> None:
    lin, chen = person(workplace), person(workplace, "00013", "陈晓明")
    account = in_use(workplace, lin)
    with pytest.raises(UserError, match=spaced_phone(lin.mobile)):
        in_use(workplace, chen, mobile=lin.mobile)
    Accounts(workplace).move(account, "close", reason="离职")
    assert in_use(workplace, chen, mobile=lin.mobile).mobile == lin.mobile


def test_a_userid_is_never_given_to_somebody_else(workplace: Workplace) -> None:
    lin, other = person(workplace), person(workplace, "00013", "林国栋")
    account = in_use(workplace, lin, wecom_userid="LinGuoDong")
    accounts = Accounts(workplace)
    accounts.move(account, "close")
    assert accounts.proposed_userid(other) == "linguodong2"
    assert accounts.proposed_userid(lin) == "LinGuoDong"
    with pytest.raises(UserError, match="不分大小写"):
        in_use(workplace, other, wecom_userid="linguodong")


def test_a_userid_that_was_taken_back_stays_taken(workplace: Workplace) -> None:
    lin, other = person(workplace), person(workplace, "00013", "林国栋")
    in_use(workplace, lin, wecom_userid="linguodong")
    History(workplace).undo()
    assert workplace.store.all(Account) == []
    assert Accounts(workplace).proposed_userid(other) == "linguodong2"


def test_an_account_number_is_never_given_twice(workplace: Workplace) -> None:
    lin = person(workplace)
    assert in_use(workplace, lin).account_no == "ZH-00001"
    History(workplace).undo()
    assert in_use(workplace, lin).account_no == "ZH-00002"


def test_a_closed_account_leaves_the_address_book_and_keeps_who_had_it(
    workplace: Workplace,
) -> None:
    lin = person(workplace)
    accounts = Accounts(workplace)
    account = accounts.put_into_directory(in_use(workplace, lin))
    closed = accounts.move(account, "close", reason="辞职", on=date(2026, 11, 18))
    assert (closed.state, closed.in_directory, closed.closed_on) == (
        "已注销",
        False,
        date(2026, 11, 18),
    )
    keeping = next(k for k in accounts.keepings(closed) if k.role == "使用人")
    assert (keeping.name, keeping.from_on, keeping.to_on) == (
        "林国栋",
        date(2026, 9, 1),
        date(2026, 11, 18),
    )


def test_who_owns_a_group_keeps_his_account(workplace: Workplace) -> None:
    lin = person(workplace)
    account = in_use(workplace, lin)
    group = workplace.store.find(Group, side="手机端")[0]
    ids = workplace.store.ids()
    role = GroupRole(
        ids.next(GroupRole), group.id, "群主", "人员", lin.id, None, "", date(2026, 1, 1)
    )
    write(workplace, role)
    with pytest.raises(UserError) as refusal:
        Accounts(workplace).move(account, "close")
    assert refusal.value.details == (group.name,)


def test_an_account_is_handed_over_only_on_paper_and_to_who_has_none(
    workplace: Workplace,
) -> None:
    lin, chen, wang = (
        person(workplace),
        person(workplace, "00013", "陈晓明"),
        person(workplace, "00014", "王小兰"),
    )
    account = in_use(workplace, lin)
    in_use(workplace, chen)
    accounts = Accounts(workplace)
    with pytest.raises(UserError, match="交接单"):
        accounts.hand_over(account, wang, basis="")
    with pytest.raises(UserError, match="陈晓明"):
        accounts.hand_over(account, chen, basis="QWJJ-202611-001")
    after = accounts.hand_over(account, wang, basis="QWJJ-202611-001")
    assert (after.holder_id, after.responsible_id, after.name) == (wang.id, wang.id, "王小兰")
    names = [(k.role, k.name, k.to_on) for k in accounts.keepings(after)]
    assert ("使用人", "林国栋", TODAY) in names
    assert ("使用人", "王小兰", None) in names


def test_a_reclaimed_account_waits_for_a_successor(workplace: Workplace) -> None:
    lin, wang = person(workplace), person(workplace, "00014", "王小兰")
    accounts = Accounts(workplace)
    account = accounts.move(in_use(workplace, lin), "reclaim")
    account = accounts.move(account, "take_back")
    assert not account.live
    assert in_use(workplace, lin, mobile="13900000001").live
    after = accounts.hand_over(account, wang, basis="QWJJ-202611-001")
    assert after.state == "在用"
    running = workplace.store.find(AccountHolding, account_id=after.id, role="使用人", to_on=None)
    assert [holding.employee_id for holding in running] == [wang.id]


def test_a_barred_person_gets_no_account_until_it_is_lifted(workplace: Workplace) -> None:
    lin = person(workplace)
    accounts = Accounts(workplace)
    barred = accounts.move(in_use(workplace, lin), "bar", reason="违规")
    with pytest.raises(UserError, match="永久取消"):
        in_use(workplace, lin)
    accounts.move(barred, "lift")
    assert in_use(workplace, lin).live


def test_a_leaver_gets_no_new_account(workplace: Workplace) -> None:
    lin = person(workplace, leave_date=date(2026, 11, 1))
    with pytest.raises(UserError, match="离职"):
        in_use(workplace, lin, entry="")


def test_an_account_in_use_needs_what_its_type_demands(workplace: Workplace) -> None:
    lin = person(workplace)
    with pytest.raises(UserError, match="手机号码"):
        in_use(workplace, lin, entry="", mobile="")
    with pytest.raises(UserError, match="公司提供号码"):
        in_use(
            workplace,
            lin,
            account_type="官方号",
            name="东南事业部发布",
            responsible_id=lin.id,
            entry="",
        )


def test_a_department_account_needs_somebody_responsible_and_its_name(
    workplace: Workplace,
) -> None:
    lin = person(workplace)
    department = {"account_type": "部门号", "holder_id": None, "entry": ""}
    with pytest.raises(UserError, match="责任人"):
        in_use(workplace, lin, name="莆田一厂值班", **department)
    with pytest.raises(UserError, match="部门名称"):
        in_use(workplace, lin, name="值班", responsible_id=lin.id, **department)
    account = in_use(workplace, lin, name="莆田一厂值班", responsible_id=lin.id, **department)
    assert account.account_type == "department"
    assert [k.role for k in Accounts(workplace).keepings(account)] == ["责任人"]


def test_a_company_address_ends_with_the_domain_that_was_set(workplace: Workplace) -> None:
    lin = person(workplace)
    ids = workplace.store.ids()
    write(
        workplace,
        PolicyOverride(ids.next(PolicyOverride), "company", "company_email_domain", "dongnan.cn"),
    )
    with pytest.raises(UserError, match=r"@dongnan\.cn"):
        in_use(workplace, lin, company_email="lin@other.cn")
    assert in_use(workplace, lin, company_email="lin@dongnan.cn").live


def test_a_change_keeps_what_was(workplace: Workplace) -> None:
    lin = person(workplace)
    accounts = Accounts(workplace)
    account = in_use(workplace, lin)
    changed = accounts.change(account, {"mobile": "13900000009"}, reason="换号")
    history = accounts.history(changed)
    assert history[-1][1].old == {"mobile": lin.mobile}
    assert history[-1][1].new == {"mobile": "13900000009"}


def test_an_unlawful_move_changes_nothing(workplace: Workplace) -> None:
    account = in_use(workplace, person(workplace))
    operations = workplace.journal.count()
    with pytest.raises(UserError, match="在用"):
        Accounts(workplace).move(account, "take_back")
    assert workplace.journal.count() == operations


def test_the_four_lists(workplace: Workplace) -> None:
    none, gone, fine = (
        person(workplace, "00001", "甲"),
        person(workplace, "00002", "乙", leave_date=date(2026, 11, 1)),
        person(workplace, "00003", "丙"),
    )
    person(workplace, "00004", "丁", employment_type="外包驻厂")
    person(workplace, "00005", "戊", hire_date=date(2026, 12, 1))
    left_with = in_use(workplace, gone)
    good = in_use(workplace, fine)
    orphan = in_use(
        workplace, fine, account_type="department", name="莆田一厂值班", holder_id=None,
        mobile="13900000009",
    )  # fmt: skip
    ids = workplace.store.ids()
    write(workplace, PolicyOverride(ids.next(PolicyOverride), "company", "info_verify_days", "80"))
    lists = AccountRegister(workplace).amiss()
    assert [p.emp_no for p in lists[WITHOUT_ACCOUNT]] == [none.emp_no]
    assert [row.id for row in lists[HOLDER_GONE]] == [left_with.id]
    assert [row.id for row in lists[NOBODY_ANSWERS]] == [left_with.id, orphan.id]
    assert lists[NOT_VERIFIED] == []
    write(
        workplace,
        PolicyOverride(ids.next(PolicyOverride) + 1, "company", "backup_interval_days", "7"),
    )
    Accounts(workplace).change(good, {"opened_on": date(2026, 8, 1)})
    assert [r.id for r in AccountRegister(workplace).amiss()[NOT_VERIFIED]] == [good.id]
    Accounts(workplace).verify(workplace.store.find(Account, id=good.id)[0])
    assert AccountRegister(workplace).amiss()[NOT_VERIFIED] == []


def test_coverage_follows_the_settings(workplace: Workplace) -> None:
    person(workplace, "00001", "甲", position="操作工", rank="员工")
    boss = person(workplace, "00002", "乙", position="厂长", rank="厂长")
    ids = workplace.store.ids()
    write(workplace, PolicyOverride(ids.next(PolicyOverride), "company", "coverage_rank", "班组长"))
    lists = AccountRegister(workplace).amiss()
    assert [p.emp_no for p in lists[WITHOUT_ACCOUNT]] == [boss.emp_no]


def test_a_row_shows_names_and_not_ids(workplace: Workplace) -> None:
    lin = person(workplace)
    account = in_use(workplace, lin, wecom_userid="linguodong")
    row = AccountRegister(workplace).rows([account.id])[0]
    assert (row.type_name, row.holder, row.emp_no, row.responsible) == (
        "员工号",
        "林国栋",
        "00012",
        "林国栋",
    )
    assert row.unit == workplace.units().text(unit_called(workplace, "莆田一厂").id)


def test_an_account_is_found_by_number_userid_mobile_and_holder(workplace: Workplace) -> None:
    lin = person(workplace)
    account = in_use(workplace, lin, wecom_userid="linguodong")
    accounts = Accounts(workplace)
    for key in ("ZH-00001", "LinGuoDong", lin.mobile, "00012", "林国栋"):
        assert accounts.called(key) == account
    with pytest.raises(UserError):
        accounts.called("没有的")


def test_several_accounts_are_closed_as_one_act(workplace: Workplace) -> None:
    people = [person(workplace, f"0002{i}", name) for i, name in enumerate(("甲", "乙"))]
    both = [in_use(workplace, who) for who in people]
    assert Accounts(workplace).close_many(both, reason="离职") == 2
    assert {a.state for a in workplace.store.all(Account)} == {"已注销"}
    History(workplace).undo()
    assert workplace.store.all(Account) == both


def test_an_ended_exception_is_kept(workplace: Workplace, clock: Days) -> None:
    lin = person(workplace)
    accounts = Accounts(workplace)
    granted = accounts.grant(lin, "私用", granted_by="部门经理", until=date(2026, 12, 31))
    accounts.end_exception(granted)
    assert accounts.exceptions(lin.id) == [replace(granted, until=TODAY)]
    with pytest.raises(UserError, match="早于"):
        accounts.grant(lin, "私用", granted_by="部门经理", until=date(2026, 1, 1))
    with pytest.raises(UserError, match="多账号、私用"):
        accounts.grant(lin, "别的", granted_by="部门经理", until=date(2026, 12, 31))

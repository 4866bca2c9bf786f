"""Leavers' accounts, suspensions, idle accounts, and numbers that changed hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person, write
from wxadmin.domain.account import IN_USE, Account, AccountHolding
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.organisation import PolicyOverride
from wxadmin.domain.person import Employee
from wxadmin.services.account_watch import AccountWatch
from wxadmin.services.accounts import Accounts
from wxadmin.services.dispositions import Dispositions
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_owners import GroupOwners
from wxadmin.services.membership_picture import Picture
from wxadmin.services.number_proofs import NumberProofs
from wxadmin.services.workplace import Workplace

LEFT = date(2026, 11, 3)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    made = office(tmp_path)
    yield made
    made.close()


def opened(workplace: Workplace, holder: Employee, **fields: object) -> Account:
    accounts = Accounts(workplace)
    return accounts.add(
        {
            "account_type": "personal",
            "name": holder.name,
            "holder_id": holder.id,
            "mobile": holder.mobile,
            "wecom_userid": f"u{holder.emp_no}",
            "state": IN_USE,
            "entry": "历史导入",
            **fields,
        }
    )


def leaver(workplace: Workplace) -> tuple[Employee, Account]:
    lin = person(workplace)
    account = opened(workplace, lin, opened_on=date(2020, 3, 1))
    gone = replace(lin, leave_date=LEFT)
    with workplace.act("离职") as operation:
        operation.write([Change(lin, gone)])
    return gone, account


def test_a_leavers_account_is_due_by_the_policys_days(workplace: Workplace) -> None:
    _, account = leaver(workplace)
    (line,) = Dispositions(workplace).due()
    assert (line.account.id, line.due_on, line.days_late) == (account.id, LEFT, 17)
    assert line.allowed == ("注销", "回收待分配", "转交接替者")
    ids = workplace.store.ids()
    write(
        workplace,
        PolicyOverride(ids.next(PolicyOverride), "company", "leaver_deadline_days", "30"),
    )
    assert Dispositions(workplace).overdue() == []
    assert Dispositions(workplace).due()[0].due_on == date(2026, 12, 3)


def test_an_account_is_taken_back_and_given_anew_with_all_its_holders(
    workplace: Workplace,
) -> None:
    _, account = leaver(workplace)
    acts = Dispositions(workplace)
    acts.dispose(account, "回收待分配")
    assert Dispositions(workplace).due() == []
    (waiting,) = acts.unassigned()
    assert waiting.waits_for_a_holder and waiting.account.state == "已回收"
    chen = person(workplace, "00013", "陈小红")
    with pytest.raises(UserError, match="要写明接收人"):
        acts.dispose(waiting.account, "转交接替者")
    acts.dispose(waiting.account, "转交接替者", to=chen, basis="交接单 ZJ-01")
    now = workplace.store.find(Account, id=account.id)[0]
    assert (now.state, now.holder_id, now.name) == ("在用", chen.id, "陈小红")
    keepers = [one.name for one in Accounts(workplace).keepings(now) if one.role == "使用人"]
    assert keepers == ["林国栋", "陈小红"]
    assert workplace.store.count(AccountHolding, account_id=account.id, to_on=None) == 2


def test_what_the_policy_does_not_allow_is_refused(workplace: Workplace) -> None:
    gone, account = leaver(workplace)
    with pytest.raises(UserError, match="制度不允许"):
        Dispositions(workplace).dispose(account, "重新分配", to=gone, basis="单")
    Dispositions(workplace).dispose(account, "注销")
    assert workplace.store.find(Account, id=account.id)[0].state == "已注销"


def test_a_suspension_has_a_last_day_and_is_to_be_decided_on_after_it(
    workplace: Workplace,
) -> None:
    account = opened(workplace, person(workplace))
    acts = Accounts(workplace)
    with pytest.raises(UserError, match="早于"):
        acts.move(account, "suspend", until=date(2026, 11, 1))
    acts.move(account, "suspend", reason="出国", on=date(2026, 11, 1), until=date(2026, 11, 15))
    (line,) = AccountWatch(workplace).ended()
    assert (line.day, line.days, line.account.close_reason) == (date(2026, 11, 15), 5, "出国")
    now = workplace.store.find(Account, id=account.id)[0]
    acts.move(now, "restore")
    assert AccountWatch(workplace).suspended() == []
    assert workplace.store.find(Account, id=account.id)[0].state_until is None


def test_an_account_nobody_signed_in_to_is_idle_only_where_that_is_known(
    workplace: Workplace,
) -> None:
    opened(workplace, person(workplace), last_login_on=date(2026, 1, 1))
    opened(workplace, person(workplace, "00013", "陈小红"))
    opened(workplace, person(workplace, "00014", "王明"), last_login_on=date(2026, 11, 1))
    assert AccountWatch(workplace).idle() == []  # this pack asks for no such list
    ids = workplace.store.ids()
    write(workplace, PolicyOverride(ids.next(PolicyOverride), "company", "idle_days", "90"))
    assert [(one.holder, one.days) for one in AccountWatch(workplace).idle()] == [("林国栋", 323)]


def test_a_number_that_changed_hands_is_proven_by_the_new_keepers_sign_in(
    workplace: Workplace,
) -> None:
    lin, chen = person(workplace), person(workplace, "00013", "陈小红")
    owners = GroupOwners(workplace)

    def duties() -> Duties:
        return Duties(workplace, Picture(workplace))

    number = min(duties().numbers.values(), key=lambda one: one.seq)
    owners.hand_over_custody(number, lin, duties(), on=date(2026, 1, 1), basis="首任")
    assert NumberProofs(workplace).findings(duties()) == []
    number = duties().numbers[number.id]
    owners.hand_over_custody(number, chen, duties(), on=date(2026, 11, 10), basis="交接单")
    (finding,) = NumberProofs(workplace).findings(duties())
    assert (finding.what, finding.who) == ("新保管人还没有登录", "陈小红")
    with pytest.raises(UserError, match="登录日期应在"):
        NumberProofs(workplace).confirm_login(number, duties(), date(2026, 11, 9))
    NumberProofs(workplace).confirm_login(number, duties(), date(2026, 11, 12))
    assert NumberProofs(workplace).findings(duties()) == []


def test_a_sim_in_a_leavers_name_is_a_finding_unless_a_namesake_is_here(
    workplace: Workplace,
) -> None:
    person(workplace, leave_date=LEFT)
    owners = GroupOwners(workplace)
    duties = Duties(workplace, Picture(workplace))
    number = min(duties.numbers.values(), key=lambda one: one.seq)
    owners.edit_number(number, replace(number, sim_registered_to="林国栋"))
    duties = Duties(workplace, Picture(workplace))
    (finding,) = NumberProofs(workplace).findings(duties)
    assert (finding.what, finding.since) == ("SIM卡仍登记在离职人员名下", LEFT)
    person(workplace, "00099", "林国栋")
    assert NumberProofs(workplace).findings(duties) == []


def test_one_account_is_asked_for_its_decision(workplace: Workplace) -> None:
    gone, account = leaver(workplace)
    decision = Dispositions(workplace).of(account)
    assert decision is not None and decision.due_on is not None
    assert decision == Dispositions(workplace).due()[0]
    here = person(workplace, "00013", "王芳")
    assert Dispositions(workplace).of(opened(workplace, here)) is None
    assert gone.leave_date == LEFT


def test_the_reason_of_a_return_to_use_is_kept_in_the_journal(workplace: Workplace) -> None:
    accounts = Accounts(workplace)
    account = opened(workplace, person(workplace))
    account = accounts.move(account, "restrict", reason="外传截图")
    accounts.move(account, "restore", reason="培训合格")
    assert workplace.journal.operations(1)[-1].title == "恢复使用账号：林国栋（培训合格）"


def test_closing_very_many_at_once_is_stopped_until_somebody_looked_again(
    workplace: Workplace,
) -> None:
    ids = workplace.store.ids()
    write(workplace, PolicyOverride(ids.next(PolicyOverride), "company", "brake_count", "1"))
    accounts = Accounts(workplace)
    both = [opened(workplace, person(workplace, n, n)) for n in ("00021", "00022")]
    with pytest.raises(UserError) as stopped:
        accounts.close_many(both, reason="项目结束")
    assert stopped.value.code == "brake"
    assert accounts.close_many(both, reason="项目结束", brake_released=True) == 2

"""What 三方核对 finds, what a mark keeps quiet, and what settling writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from tests.builders import TODAY, office, person, write
from wxadmin.domain.account import IN_USE, SUSPENDED, Account, AdminNumber
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import WITHDRAWN
from wxadmin.domain.group import MOBILE, OWNER, Group, GroupMember, GroupRole, Order
from wxadmin.domain.membership_rule import Condition, Rule, rule_to_text
from wxadmin.domain.organisation import PolicyOverride
from wxadmin.domain.person import Employee
from wxadmin.domain.reconciliation_finding import Finding
from wxadmin.domain.reconciliation_words import (
    CLEAR_MEMBER,
    ISSUE_ORDER,
    LOOK_INTO_GROUP,
    OPEN_ACCOUNT,
    SEE_ACCOUNT,
    SEE_ORDER,
    SEE_REQUEST,
    TAKE_HR,
)
from wxadmin.domain.wecom import LINKED, Mark, WecomIssue, WecomMember
from wxadmin.paper.items import Face
from wxadmin.services.accounts import Accounts
from wxadmin.services.form_shelf import ACCOUNT_REQUEST
from wxadmin.services.forms import Forms
from wxadmin.services.history import History
from wxadmin.services.marks import Marks
from wxadmin.services.reconciliation import Reconciliation
from wxadmin.services.reconciliation_report import ReconciliationReport
from wxadmin.services.reconciliation_settling import Settling
from wxadmin.services.reconciliation_view import Item, Reconciled
from wxadmin.services.wecom_file import WecomFile
from wxadmin.services.workplace import Workplace

UNIT, PATH = "莆田一厂", "东南事业部/莆田一厂"


class Day:
    """A clock that can be put forward."""

    def __init__(self) -> None:
        self.today = TODAY

    def __call__(self) -> date:
        return self.today


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def workplace(tmp_path: Path, day: Day) -> Iterator[Workplace]:
    opened = office(tmp_path, clock=day)
    yield opened
    opened.close()


def exported(workplace: Workplace) -> None:
    """An export was taken in today."""
    ids = workplace.store.ids()
    today = workplace.today
    write(workplace, WecomIssue(ids.next(WecomIssue), "通讯录.xlsx", "0" * 64, today, 1))


def account_of(workplace: Workplace, someone: Employee, **fields: object) -> Account:
    values = {
        "account_type": "personal",
        "wecom_userid": f"u{someone.emp_no}",
        "mobile": someone.mobile,
        "org_unit_id": someone.org_unit_id,
        "holder_id": someone.id,
        "responsible_id": someone.id,
        "in_directory": True,
        "state": IN_USE,
        "entry": "历史导入",
        **fields,
    }
    number = workplace.store.ids().next(Account)
    made = Account(number, f"ZH-{number:05d}", someone.name, **values)  # type: ignore[arg-type]
    write(workplace, made)
    return made


def member_of(
    workplace: Workplace, someone: Employee, account: Account | None = None, **fields: object
) -> WecomMember:
    values = {
        "mobile": someone.mobile,
        "departments": (PATH,),
        "position": "操作工",
        "status": "已激活",
        "employee_id": someone.id,
        "account_id": account.id if account else None,
        "match_state": LINKED,
        "seen_on": TODAY,
        **fields,
    }
    member_id = workplace.store.ids().next(WecomMember)
    made = WecomMember(member_id, f"u{someone.emp_no}", someone.name, **values)  # type: ignore[arg-type]
    write(workplace, made)
    return made


def in_all_three(workplace: Workplace, emp_no: str = "00012", **member: object) -> Employee:
    someone = person(workplace, emp_no, unit=UNIT)
    member_of(workplace, someone, account_of(workplace, someone), **member)
    return someone


def changed(workplace: Workplace, someone: Employee, **fields: object) -> None:
    with workplace.act("人事来了新名册") as operation:
        operation.write([Change(someone, replace(someone, **fields))])  # type: ignore[arg-type]


def seen(workplace: Workplace) -> Reconciled:
    return Reconciliation(workplace).view()


def only(workplace: Workplace) -> Item:
    (item,) = seen(workplace).items
    return item


def settled(workplace: Workplace, winner: str = "") -> Settling:
    reconciliation = Reconciliation(workplace)
    settling = Settling(workplace, reconciliation)
    settling.settle(reconciliation.view().findings, winner, brake_released=True)
    return settling


# -- people ---------------------------------------------------------------------------------------
def test_who_is_the_same_in_all_three_lists_is_ok(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace)
    assert seen(workplace).items == []
    assert seen(workplace).summary == {
        **dict.fromkeys(("to_open", "to_close", "to_change", "to_add", "to_remove"), 0),
        "disputed": 0,
        "ok": 1,
    }


def test_a_number_that_differs_stands_in_three_columns_with_who_wins(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace, mobile="15900000001")
    item = only(workplace)
    assert (item.kind, item.field, item.emp_no) == ("to_change", "mobile", "00012")
    assert (item.hr, item.register, item.wecom) == ("13805950012", "13805950012", "15900000001")
    assert item.winner == "人事" and "以人事为准" in item.reason
    assert item.acts[0] == TAKE_HR


def test_who_wins_is_a_setting(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace, mobile="15900000001")
    ids = workplace.store.ids()
    key = "field_winner_mobile"
    write(workplace, PolicyOverride(ids.next(PolicyOverride), "company", key, "企业微信"))
    assert only(workplace).winner == "企业微信"


@pytest.mark.parametrize(
    "same",
    [
        {"name": "林国栋2"},
        {"name": "林国栋（二厂）"},
        {"mobile": "+86 138-0595-0012"},
        {"departments": ("莆田一厂",)},
        {"departments": ("东南事业部/财务部", PATH)},
        {"departments": ("某集团/莆田一厂",)},
        {"position": "操 作 工"},
    ],
)
def test_the_same_thing_written_in_another_way_is_no_difference(
    workplace: Workplace, same: dict[str, object]
) -> None:
    exported(workplace)
    name = same.pop("name", None)
    someone = person(workplace, unit=UNIT)
    made = member_of(workplace, someone, account_of(workplace, someone), **same)
    if name:
        with workplace.act("改名") as operation:
            operation.write([Change(made, replace(made, name=str(name)))])
    assert seen(workplace).items == []


def test_a_column_the_export_does_not_have_is_not_compared(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace, position="")
    assert seen(workplace).items == []


def test_a_blank_among_filled_cells_is_work_to_do(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace, position="")
    in_all_three(workplace, "00013")
    item = only(workplace)
    assert (item.emp_no, item.field, item.hr, item.wecom) == ("00012", "position", "操作工", "")


def test_a_leaver_still_active_is_to_be_closed_with_the_days(workplace: Workplace) -> None:
    exported(workplace)
    someone = in_all_three(workplace)
    changed(workplace, someone, leave_date=TODAY - timedelta(days=9))
    item = only(workplace)
    assert item.kind == "to_close"
    assert item.reason == "离职9天，台账在用、企业微信已激活"


def test_a_leaver_disabled_and_closed_is_done_with(workplace: Workplace) -> None:
    exported(workplace)
    someone = person(workplace, unit=UNIT, leave_date=TODAY)
    account = account_of(workplace, someone, state="已注销", in_directory=False)
    member_of(workplace, someone, account, status="已禁用")
    assert seen(workplace).items == []


def test_who_has_no_account_is_to_be_opened_and_the_groups_he_is_in_are_named(
    workplace: Workplace,
) -> None:
    exported(workplace)
    someone = person(workplace, unit=UNIT)
    group(workplace, someone)
    item = only(workplace)
    assert item.kind == "to_open" and "人却在测试群里" in item.reason


def test_who_left_wecom_by_himself_is_to_be_opened_again(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace, status="退出企业")
    assert only(workplace).kind == "to_open"


def test_known_numbers_are_ok_and_only_strangers_are_to_be_cleared(workplace: Workplace) -> None:
    exported(workplace)
    ids = workplace.store.ids()
    write(workplace, AdminNumber(ids.next(AdminNumber), 99, "13800000099"))
    shared = Account(
        ids.next(Account), "ZH-09999", "莆田一厂办公室", "department", wecom_userid="Office01"
    )
    write(workplace, shared)
    nobody = {"departments": (PATH,), "status": "已激活", "seen_on": TODAY}
    write(
        workplace,
        WecomMember(ids.next(WecomMember), "qgl99", "3号管理", mobile="13800000099", **nobody),
        WecomMember(ids.next(WecomMember), "office01", "办公室", **nobody),
        WecomMember(ids.next(WecomMember), "who", "某人", mobile="13700000000", **nobody),
    )
    item = only(workplace)
    assert (item.kind, item.name) == ("to_close", "某人")
    assert seen(workplace).summary["ok"] == 2


def test_an_account_only_wecom_knows_is_registered(workplace: Workplace) -> None:
    exported(workplace)
    someone = person(workplace, unit=UNIT)
    member_of(workplace, someone)
    assert only(workplace).field == "account"
    settled(workplace)
    (account,) = workplace.store.find(Account, holder_id=someone.id)
    assert (account.wecom_userid, account.state) == ("u00012", IN_USE)
    assert seen(workplace).items == []


def test_a_second_member_of_one_person_is_a_question(workplace: Workplace) -> None:
    exported(workplace)
    someone = in_all_three(workplace)
    twin = {"employee_id": someone.id, "match_state": LINKED, "mobile": "13700000001"}
    ids = workplace.store.ids()
    nobody = WecomMember(ids.next(WecomMember), "A_first", someone.name, seen_on=TODAY, **twin)
    write(workplace, nobody)
    item = only(workplace)
    assert (item.kind, item.emp_no) == ("disputed", "00012") and "A_first" in item.reason


def test_an_account_the_export_lacks_is_to_be_opened_again(workplace: Workplace) -> None:
    someone = person(workplace, unit=UNIT)
    account_of(workplace, someone)
    assert seen(workplace).items == []
    exported(workplace)
    item = only(workplace)
    assert (item.kind, item.register) == ("to_open", IN_USE)
    assert "通讯录里没有" in item.reason


def test_who_need_not_have_an_account_is_not_missed(workplace: Workplace) -> None:
    exported(workplace)
    ids = workplace.store.ids()
    override = ids.next(PolicyOverride)
    key = "coverage_employment_types"
    write(workplace, PolicyOverride(override, "company", key, "劳务派遣"))
    person(workplace, unit=UNIT)
    assert seen(workplace).items == []


def test_a_suspended_account_that_still_works_is_a_difference(workplace: Workplace) -> None:
    exported(workplace)
    someone = person(workplace, unit=UNIT)
    member_of(workplace, someone, account_of(workplace, someone, state=SUSPENDED))
    assert only(workplace).reason == "台账停用，企业微信已激活"
    settled(workplace, "企业微信")
    assert workplace.store.all(Account)[0].state == IN_USE


# -- groups ---------------------------------------------------------------------------------------
def group(workplace: Workplace, *people: Employee, name: str = "测试群") -> Group:
    """A group everybody of 莆田一厂 should be in, with these people really in it."""
    ids = workplace.store.ids()
    rule = rule_to_text(Rule(((Condition("unit", (UNIT,)),),)))
    made = Group(ids.next(Group), f"T-{name}", name, MOBILE, rule=rule, members_on=TODAY)
    inside = [GroupMember(ids.next(GroupMember), made.id, p.id, joined_on=TODAY) for p in people]
    write(workplace, made, *inside)
    return made


def test_group_members_are_told_with_the_reason(workplace: Workplace) -> None:
    exported(workplace)
    here, other = in_all_three(workplace), in_all_three(workplace, "00013")
    left = in_all_three(workplace, "00014")
    moved = person(workplace, "00015", unit="莆田二厂")
    member_of(workplace, moved, account_of(workplace, moved), departments=("东南事业部/莆田二厂",))
    made = group(workplace, here, left, moved)
    changed(workplace, left, leave_date=TODAY - timedelta(days=3))
    found = {(i.kind, i.emp_no): i for i in seen(workplace).items if i.group == made.name}
    assert set(found) == {("to_add", "00013"), ("to_remove", "00014"), ("to_remove", "00015")}
    assert found["to_remove", "00014"].reason == "已离职，还在群里（离职3天）"
    assert "应移出" in found["to_remove", "00015"].reason
    assert other.emp_no == "00013"


def test_a_group_of_both_sides_is_told_with_its_side_and_a_lone_one_without(
    workplace: Workplace,
) -> None:
    exported(workplace)
    someone = in_all_three(workplace)
    names = [one.name for one in workplace.store.find(Group, side=MOBILE)]
    twin = next(g for g in workplace.store.find(Group, side="后台") if g.name in names)
    ids = workplace.store.ids()
    member = GroupMember(ids.next(GroupMember), twin.id, someone.id)
    changed(workplace, someone, leave_date=TODAY - timedelta(days=1))
    write(workplace, member)
    group(workplace, someone)
    shown = {item.group_shown for item in seen(workplace).items if item.group}
    assert shown == {f"{twin.name}（后台）", "测试群"}


def test_a_person_stands_on_one_line_the_weightiest_first(workplace: Workplace) -> None:
    exported(workplace)
    left = in_all_three(workplace)
    group(workplace, left)
    changed(workplace, left, leave_date=TODAY)
    (line,) = seen(workplace).lines
    assert [item.kind for item in line.items] == ["to_close", "to_remove"]


def test_outsiders_are_told_where_they_are_forbidden(workplace: Workplace) -> None:
    exported(workplace)
    made = group(workplace)
    number = workplace.store.ids().next(GroupMember)
    write(workplace, GroupMember(number, made.id, None, "王经理（供应商）"))
    item = only(workplace)
    assert (item.kind, item.name, item.group) == ("to_remove", "王经理（供应商）", "测试群")


def test_one_click_issues_the_order_of_the_group(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace)
    group(workplace)
    reconciliation = Reconciliation(workplace)
    (item,) = reconciliation.view().items
    assert item.acts == (ISSUE_ORDER,)
    Settling(workplace, reconciliation).act(item.finding, ISSUE_ORDER)
    assert len(workplace.store.all(Order)) == 1


def test_what_an_order_already_says_leads_to_that_order(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace)
    made = group(workplace)
    outsider = workplace.store.ids().next(GroupMember)
    write(workplace, GroupMember(outsider, made.id, None, "王经理（供应商）"))
    reconciliation = Reconciliation(workplace)
    Settling(workplace, reconciliation).issue_orders(reconciliation.view().findings)
    (order,) = workplace.store.all(Order)
    found = seen(workplace).items
    assert {item.kind for item in found} == {"to_add", "to_remove"}
    assert all(item.acts == (SEE_ORDER,) and item.under_way == order.number for item in found)
    in_all_three(workplace, "00013")  # the order does not name him: another one is to be issued
    late = next(item for item in seen(workplace).items if item.emp_no == "00013")
    assert late.acts == (ISSUE_ORDER,)


def test_who_has_a_form_under_way_is_led_to_it_until_it_is_withdrawn(workplace: Workplace) -> None:
    someone = person(workplace, "00012", unit=UNIT)
    assert only(workplace).acts == (OPEN_ACCOUNT,)
    forms = Forms(workplace)
    form = forms.draft(ACCOUNT_REQUEST, person=someone)
    assert (only(workplace).acts, only(workplace).under_way) == ((SEE_REQUEST,), form.number)
    with workplace.act("撤回") as operation:
        operation.write([Change(form, replace(form, state=WITHDRAWN))])
    assert only(workplace).acts == (OPEN_ACCOUNT,)


def test_the_account_of_one_who_is_back_under_a_new_number_is_not_closed_but_given_to_him(
    workplace: Workplace,
) -> None:
    exported(workplace)
    before = in_all_three(workplace)
    changed(workplace, before, leave_date=TODAY - timedelta(days=30))
    back = person(workplace, "20012", before.name, unit=UNIT, mobile=before.mobile)
    reconciliation = Reconciliation(workplace)
    old, new = reconciliation.view().items
    assert (old.kind, old.acts) == ("to_close", (SEE_ACCOUNT,))
    assert "不要注销" in old.reason and back.emp_no in old.reason
    assert (new.emp_no, new.kind) == (back.emp_no, "to_open")
    assert f"原工号的账号还在（{before.name}（{before.emp_no}））" in new.reason
    plan = Settling(workplace, reconciliation).plan_settle([old.finding, new.finding])
    assert (len(plan.left_over), plan.changes) == (2, [])
    (account,) = workplace.store.find(Account, holder_id=before.id)
    Accounts(workplace).hand_over(account, back, basis="重新入职")
    assert [item.kind for item in seen(workplace).items] == []


def test_strangers_are_never_settled_in_bulk(workplace: Workplace) -> None:
    exported(workplace)
    ids = workplace.store.ids()
    for name in ("甲", "乙"):
        write(workplace, WecomMember(ids.next(WecomMember), f"x{name}", name, status="已激活"))
    reconciliation = Reconciliation(workplace)
    plan = Settling(workplace, reconciliation).plan_settle(reconciliation.view().findings)
    assert (len(plan.left_over), plan.settled, plan.changes) == (2, [], [])


def test_in_a_group_that_follows_the_address_book_only_what_wecom_missed_is_told(
    workplace: Workplace,
) -> None:
    exported(workplace)
    in_all_three(workplace)
    left = in_all_three(workplace, "00013")
    person(workplace, "00014", unit=UNIT)
    made = group(workplace, left)
    with workplace.act("部门群") as operation:
        operation.write([Change(made, replace(made, wecom_kind="部门群"))])
    changed(workplace, left, leave_date=TODAY)
    found = [item for item in seen(workplace).items if item.group]
    assert [(item.kind, item.emp_no) for item in found] == [("to_add", "00012")]
    assert found[0].reason.endswith("请核对") and found[0].acts == (LOOK_INTO_GROUP,)


# -- marks ----------------------------------------------------------------------------------------
def test_hands_off_is_kept_between_runs_until_it_is_cleared(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace, mobile="15900000001")
    Marks(workplace).set([only(workplace).finding], "不动", reason="本人要求")
    now = seen(workplace)
    assert now.items == [] and now.summary["ok"] == 1
    assert [item.mark.reason for item in now.set_aside if item.mark] == ["本人要求"]
    Marks(workplace).clear(workplace.store.all(Mark))
    assert only(workplace).field == "mobile"


def test_not_now_lasts_until_the_next_export(workplace: Workplace, day: Day) -> None:
    exported(workplace)
    in_all_three(workplace, mobile="15900000001")
    Marks(workplace).set([only(workplace).finding], "以后再说")
    assert seen(workplace).items == []
    day.today += timedelta(days=1)
    assert seen(workplace).items == []
    exported(workplace)
    assert only(workplace).field == "mobile"


def test_a_wrong_value_of_hr_is_overridden_and_shown_until_hr_mends_it(
    workplace: Workplace,
) -> None:
    exported(workplace)
    someone = in_all_three(workplace, mobile="15900000001")
    Marks(workplace).set([only(workplace).finding], "人事数据有误", value="15900000001")
    (item,) = seen(workplace).items  # now the register is the odd one of three
    assert (item.hr, item.register, item.wecom) == ("15900000001", "13805950012", "15900000001")
    settled(workplace)
    assert workplace.store.all(Account)[0].mobile == "15900000001"
    now = seen(workplace)
    assert now.items == []
    assert [(w.hr, w.right) for w in now.wrong_hr] == [("13805950012", "15900000001")]
    changed(workplace, someone, mobile="15900000001")
    assert seen(workplace).wrong_hr == ()


def test_hr_may_be_wrong_about_a_leave(workplace: Workplace) -> None:
    exported(workplace)
    someone = in_all_three(workplace)
    changed(workplace, someone, leave_date=TODAY)
    Marks(workplace).set([only(workplace).finding], "人事数据有误")
    now = seen(workplace)
    assert now.items == [] and now.summary["ok"] == 1
    assert now.wrong_hr[0].field == "leave_date"


def test_setting_a_mark_is_one_act_that_can_be_undone(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace, mobile="15900000001")
    operation = Marks(workplace).set([only(workplace).finding], "不动")
    assert operation is not None
    History(workplace).undo(operation)
    assert only(workplace).field == "mobile"


@pytest.mark.parametrize(
    ("mark", "value", "said"),
    [("随便", None, "没有“随便”这种标记"), ("人事数据有误", "", "请写明正确的是什么")],
)
def test_a_mark_that_makes_no_sense_is_refused(
    workplace: Workplace, mark: str, value: str | None, said: str
) -> None:
    exported(workplace)
    in_all_three(workplace, mobile="15900000001")
    with pytest.raises(UserError, match=said):
        Marks(workplace).set([only(workplace).finding], mark, value=value)


# -- settling -------------------------------------------------------------------------------------
def test_a_simulation_writes_nothing(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace, mobile="15900000001")
    reconciliation = Reconciliation(workplace)
    plan = Settling(workplace, reconciliation).plan_settle(reconciliation.view().findings)
    assert len(plan.changes) == 1 and len(plan.outside) == 1
    assert only(workplace).field == "mobile"


def test_hr_wins_hands_the_correction_to_the_console(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace, mobile="15900000001")
    settled(workplace)
    now = seen(workplace)
    assert now.items == []
    assert ["等第1份导出" in i.mark.reason for i in now.set_aside if i.mark] == [True]
    exported(workplace)
    assert "要本人在企业微信里改" in only(workplace).reason


def test_wecom_wins_changes_the_register_and_marks_hr_as_wrong(workplace: Workplace) -> None:
    exported(workplace)
    in_all_three(workplace, mobile="15900000001")
    settled(workplace, "企业微信")
    now = seen(workplace)
    assert now.items == []
    assert workplace.store.all(Account)[0].mobile == "15900000001"
    assert [w.right for w in now.wrong_hr] == ["15900000001"]


def test_an_owner_of_a_group_is_not_closed_before_it_is_handed_over(workplace: Workplace) -> None:
    exported(workplace)
    owner = in_all_three(workplace)
    made = group(workplace, owner)
    number = workplace.store.ids().next(GroupRole)
    write(
        workplace,
        GroupRole(number, made.id, OWNER, "人员", owner.id, None, "", date(2020, 1, 1)),
    )
    changed(workplace, owner, leave_date=TODAY)
    reconciliation = Reconciliation(workplace)
    closing = [i.finding for i in reconciliation.view().items if i.kind == "to_close"]
    plan = Settling(workplace, reconciliation).plan_settle(closing)
    assert plan.changes == [] and plan.outside == []
    assert "请先办理群主转让" in plan.refused[0][1]


def test_a_company_number_is_the_registers_to_say_in_the_list_and_in_the_consoles_file(
    workplace: Workplace,
) -> None:
    exported(workplace)
    lin = person(workplace, unit=UNIT)
    sim = {"mobile": "13700000001", "mobile_is_company": True, "directory_title": "操作工"}
    account = account_of(workplace, lin, **sim)
    member = member_of(workplace, lin, account, mobile="13700000001")
    assert seen(workplace).items == []
    with workplace.act("换号") as operation:
        operation.write([Change(member, replace(member, mobile="13700000002", status="未激活"))])
    item = only(workplace)
    assert (item.field, item.hr, item.register, item.wecom, item.winner) == (
        "mobile", "", "13700000001", "13700000002", "台账",
    )  # fmt: skip
    (row,) = WecomFile(workplace).draft().rows
    assert row.mobile == "13700000001"


def test_one_settling_never_gives_one_number_to_two_accounts(workplace: Workplace) -> None:
    exported(workplace)
    for emp_no in ("00012", "00013"):
        in_all_three(workplace, emp_no, mobile="13700000009")
    reconciliation = Reconciliation(workplace)
    plan = Settling(workplace, reconciliation).plan_settle(
        reconciliation.view().findings, "企业微信"
    )
    assert len(plan.settled) == 1
    assert [sentence.split("已登记")[0] for _, sentence in plan.refused] == [
        "手机号码137 0000 0009"
    ]


def statements_of_settling(workplace: Workplace, findings: list[Finding]) -> int:
    said: list[str] = []
    settling = Settling(workplace, Reconciliation(workplace))

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert settling.plan_settle(findings, "企业微信").settled == findings
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(said)


def test_settling_asks_the_register_as_often_for_many_as_for_a_few(workplace: Workplace) -> None:
    exported(workplace)
    for number in range(12, 24):
        someone = in_all_three(workplace, f"{number:05d}", mobile=f"137000000{number}")
        if number % 2:
            changed(workplace, someone, leave_date=TODAY - timedelta(days=3))
    found = Reconciliation(workplace).view().findings
    kinds = sorted(found, key=lambda one: one.kind)
    few = [kinds[0], kinds[-1]]
    assert statements_of_settling(workplace, found) == statements_of_settling(workplace, few)


def test_a_leavers_account_goes_where_the_policy_sends_it(workplace: Workplace) -> None:
    exported(workplace)
    someone = in_all_three(workplace)
    changed(workplace, someone, leave_date=TODAY - timedelta(days=3))
    ids = workplace.store.ids()
    key = "leaver_dispositions"
    write(workplace, PolicyOverride(ids.next(PolicyOverride), "company", key, "回收待分配"))
    reconciliation = Reconciliation(workplace)
    Settling(workplace, reconciliation).settle(reconciliation.view().findings, brake_released=True)
    assert [a.state for a in workplace.store.all(Account)] == ["待回收"]


def test_a_leaver_without_an_account_is_only_the_consoles_business(workplace: Workplace) -> None:
    exported(workplace)
    someone = person(workplace, unit=UNIT, leave_date=TODAY - timedelta(days=3))
    member_of(workplace, someone)
    assert only(workplace).acts == (CLEAR_MEMBER,)


def test_many_at_once_are_stopped_by_the_brake(workplace: Workplace) -> None:
    exported(workplace)
    for number in range(3):
        in_all_three(workplace, f"0001{number}", mobile=f"1590000000{number}")
    reconciliation = Reconciliation(workplace)
    with pytest.raises(UserError, match="已暂停"):
        Settling(workplace, reconciliation).settle(reconciliation.view().findings)
    assert len(seen(workplace).items) == 3


def test_an_answer_about_a_member_is_remembered(workplace: Workplace) -> None:
    exported(workplace)
    first = in_all_three(workplace, "00012", mobile="13805950013")
    second = person(workplace, "00013", first.name, unit=UNIT)
    member_of(workplace, second, account_of(workplace, second), mobile="13805950012")
    reconciliation = Reconciliation(workplace)
    assert {item.kind for item in reconciliation.view().items} == {"disputed"}
    for item in reconciliation.view().items:
        assert "可能对调了" in item.reason
        reconciliation.decide(item.finding.member_id or 0, item.finding.person_id)
    assert {item.kind for item in seen(workplace).items} == {"to_change"}


# -- how fresh, and the report --------------------------------------------------------------------
def test_the_age_of_every_list_is_told(workplace: Workplace, day: Day) -> None:
    exported(workplace)
    made = group(workplace)
    day.today += timedelta(days=40)
    ages = {(age.side, age.name): age for age in seen(workplace).ages}
    assert ages["企业微信", "通讯录导出"].days == 40
    assert ages["群", made.name].days == 40 and ages["群", made.name].old
    assert ages["台账", "台账"].days == 40
    assert any(age.side == "人事" and age.days is None for age in ages.values())


def measure(text: str, face: Face) -> float:
    return len(text) * face.size_pt * 0.35


def test_the_report_goes_to_a_workbook_and_to_paper(workplace: Workplace, tmp_path: Path) -> None:
    exported(workplace)
    in_all_three(workplace, mobile="15900000001")
    report = ReconciliationReport(workplace, seen(workplace))
    path = tmp_path / "核对.xlsx"
    assert report.write(path) == 1
    assert path.stat().st_size > 0
    texts = [text for page in report.pages(measure) for text in page.texts()]
    assert "15900000001" in "".join(texts) and "待更正" in texts

"""附件一 drafted, checked, moved along its route, printed and carried out in a real register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, unit_called
from wxadmin.domain.account import Account, AccountException, AccountHolding
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form, FormStep
from wxadmin.domain.organisation import OrgUnit, Position
from wxadmin.domain.person import Employee
from wxadmin.paper.items import Face
from wxadmin.services.accounts import Accounts
from wxadmin.services.forms import Forms
from wxadmin.services.history import History
from wxadmin.services.workplace import Workplace

KIND = "account_request"


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


def submitted(workplace: Workplace, who: Employee, **typed: str) -> Form:
    forms = Forms(workplace)
    form = forms.draft(KIND, person=who, typed=typed)
    return forms.move(form.number, "submit").form


def received(workplace: Workplace, who: Employee, **typed: str) -> Form:
    """A form that only waits to be carried out."""
    forms = Forms(workplace)
    form = submitted(workplace, who, **typed)
    forms.move(form.number, "approve", role="部门经理")
    return forms.move(form.number, "mail", received_from="林国栋").form


def completed(workplace: Workplace, who: Employee, **typed: str) -> Form:
    return Forms(workplace).move(received(workplace, who, **typed).number, "complete").form


def account_of(workplace: Workplace, form: Form) -> Account:
    found = workplace.store.find(Account, id=form.account_id)
    return found[0]


# -- drafting -------------------------------------------------------------------------------------


def test_a_draft_holds_everything_that_is_known(workplace: Workplace) -> None:
    lin = person(workplace, position="厂长", rank="厂长", personal_wechat="lin_gd")
    form = Forms(workplace).draft(KIND, person=lin)
    assert form.number == "QWSQ-202611-001"
    values = dict(form.values)
    expected = {
        "request_kind": "新增",
        "applied_on": "2026-11-20",
        "applicant_id": "林国栋（00012）",
        "holder_name": "林国栋",
        "emp_no": "00012",
        "unit_id": "莆田一厂",
        "position_id": "厂长",
        "rank": "厂长",
        "hire_date": "2020-03-01",
        "mobile": lin.mobile,
        "mobile_is_company": "否",
        "wechat_id": "lin_gd",
        "account_type": "员工号",
        "permission_level_id": "普通用户",
        "account_id": "linguodong",
        "existing_account_id": "无",
        "no_duplicate": "是",
    }
    assert {name: values.get(name) for name in expected} == expected
    assert "莆田一厂" in values["requested_groups"].split("、")
    assert values["purposes"]


def test_a_department_below_the_unit_is_told_apart_from_it(workplace: Workplace) -> None:
    plant = unit_called(workplace, "莆田一厂")
    ids = workplace.store.ids()
    from tests.builders import write

    shop = OrgUnit(ids.next(OrgUnit), "酿造车间", plant.id)
    write(workplace, shop, OrgUnit(ids.next(OrgUnit), "甲班", shop.id))
    lin = person(workplace, unit="甲班")
    form = Forms(workplace).draft(KIND, person=lin)
    assert (form.value("unit_id"), form.value("dept_id")) == ("莆田一厂", "酿造车间/甲班")
    assert form.value("applicant_org_id") == "莆田一厂/酿造车间/甲班"
    boss = Forms(workplace).draft(KIND, person=person(workplace, "00013", "陈晓明"))
    assert (boss.value("dept_id"), boss.value("applicant_org_id")) == ("本部", "莆田一厂")


def test_a_second_call_continues_the_open_draft(workplace: Workplace) -> None:
    lin = person(workplace)
    forms = Forms(workplace)
    first = forms.draft(KIND, person=lin, typed={"tel": "8001"})
    again = forms.draft(KIND, person=lin, typed={"purposes": "联系客户"})
    assert (again.number, again.value("tel"), again.value("purposes")) == (
        first.number,
        "8001",
        "联系客户",
    )
    assert len(workplace.store.all(Form)) == 1


def test_a_number_is_never_given_twice(workplace: Workplace) -> None:
    lin = person(workplace)
    forms = Forms(workplace)
    assert forms.draft(KIND, person=lin).number == "QWSQ-202611-001"
    History(workplace).undo()
    assert workplace.store.all(Form) == []
    assert forms.draft(KIND, person=lin).number == "QWSQ-202611-002"


def test_numbers_begin_anew_each_month(workplace: Workplace, clock: Days) -> None:
    forms = Forms(workplace)
    forms.draft(KIND, person=person(workplace))
    clock.day = date(2026, 12, 1)
    assert forms.draft(KIND, person=person(workplace, "00013", "陈晓明")).number == (
        "QWSQ-202612-001"
    )


def test_a_form_begun_for_nobody_is_linked_by_the_number_typed(workplace: Workplace) -> None:
    lin = person(workplace)
    forms = Forms(workplace)
    form = forms.draft(KIND, typed={"purposes": "客服"})
    with pytest.raises(UserError, match="还不能提交"):
        forms.move(form.number, "submit")
    linked = forms.set_fields(form.number, {"工号": "00012"})
    assert (linked.employee_id, linked.value("holder_name"), linked.value("purposes")) == (
        lin.id,
        "林国栋",
        "客服",
    )
    assert forms.receive_signed(form.number).form.state == "已邮件"


def test_two_namesakes_are_proposed_two_ids(workplace: Workplace) -> None:
    one, two = person(workplace, "00001", "曾单"), person(workplace, "00002", "曾单")
    forms = Forms(workplace).draft_many(KIND, [one, two])
    assert [form.value("account_id") for form in forms] == ["zengdan", "zengdan2"]


def test_a_plan_drafts_for_somebody_who_is_only_in_the_plan(workplace: Workplace) -> None:
    ids = workplace.store.ids()
    post = Position(ids.next(Position), "化验主任", "主任")
    newcomer = Employee(
        ids.next(Employee),
        "00077",
        "解小满",
        org_unit_id=unit_called(workplace, "莆田一厂").id,
        position_id=post.id,
        mobile="13800000077",
        hire_date=TODAY,
    )
    posts = {**workplace.positions(), post.id: post}
    drafting = Forms(workplace).drafting(posts=posts)
    changes = drafting.plan_for(newcomer, ids, kind=KIND)
    form = changes[0].after
    assert isinstance(form, Form)
    assert (form.employee_id, form.value("position_id"), form.value("account_id")) == (
        newcomer.id,
        "化验主任",
        "xiexiaoman",
    )
    assert "事业部经理群组" in form.value("requested_groups")
    assert drafting.plan_for(newcomer, ids, kind=KIND) == []
    assert workplace.store.all(Form) == []


# -- typing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("mobile", "138****0012"),
        ("hire_date", "2026-13-05"),
        ("request_kind", "随便"),
        ("mobile_is_company", "也许"),
        ("responsible_id", "99999"),
        ("requested_groups", "没有的群"),
        ("company_email", "lin@dongnan"),
        ("account_type", "没有的类型"),
        ("permission_level_id", "皇帝"),
        ("没有的栏", "x"),
    ],
)
def test_a_bad_value_is_refused_and_nothing_changes(
    workplace: Workplace, field: str, typed: str
) -> None:
    forms = Forms(workplace)
    form = forms.draft(KIND, person=person(workplace))
    with pytest.raises(UserError):
        forms.set_fields(form.number, {field: typed})
    assert forms.called(form.number) == form


def test_values_are_read_as_people_write_them(workplace: Workplace) -> None:
    person(workplace, "00013", "陈晓明")
    forms = Forms(workplace)
    form = forms.draft(KIND, person=person(workplace))
    typed = {
        "手机号码": "139 0000 0001",
        "入职日期": "2026/9/1",
        "号码归属": "公司",
        "responsible_id": "00013",
        "requested_groups": "莆田二厂，莆田一厂",
        "region": "/",
    }
    values = dict(forms.set_fields(form.number, typed).values)
    assert values["mobile"] == "13900000001"
    assert values["hire_date"] == "2026-09-01"
    assert values["mobile_is_company"] == "是"
    assert values["responsible_id"] == "陈晓明（00013）"
    assert values["requested_groups"] == "莆田二厂、莆田一厂"
    assert values["region"] == "/"


def test_what_was_typed_is_kept_even_where_it_is_wrong(workplace: Workplace) -> None:
    forms = Forms(workplace)
    form = forms.draft(KIND, person=person(workplace))
    forms.set_fields(form.number, {"mobile": "1380595"}, keep=True)
    view = forms.view(form.number)
    assert view.values["mobile"] == "1380595"
    assert "1380595" in view.problems["mobile"]
    with pytest.raises(UserError, match="1380595"):
        forms.move(form.number, "submit")


def test_a_changed_draft_has_to_be_printed_anew(workplace: Workplace) -> None:
    forms = Forms(workplace)
    form = forms.draft(KIND, person=person(workplace))
    forms.mark_printed([form.number])
    assert forms.line(forms.called(form.number)).paper_text == "待签回（已0天）"
    forms.set_fields(form.number, {"purposes": "联系客户"})
    assert forms.called(form.number).paper_state() == "待打印"


def test_a_submitted_form_is_not_changed_any_more(workplace: Workplace) -> None:
    form = submitted(workplace, person(workplace))
    with pytest.raises(UserError, match="退回补正"):
        Forms(workplace).set_fields(form.number, {"purposes": "x"})


# -- the route ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field", ["holder_name", "unit_id", "position_id", "purposes", "mobile", "request_kind"]
)
def test_a_form_without_a_required_field_is_not_submitted(workplace: Workplace, field: str) -> None:
    forms = Forms(workplace)
    form = forms.draft(KIND, person=person(workplace))
    forms.set_fields(form.number, {field: ""})
    with pytest.raises(UserError, match="还不能提交"):
        forms.move(form.number, "submit")
    assert forms.called(form.number).state == "草稿"


def test_sales_people_name_their_region(workplace: Workplace) -> None:
    forms = Forms(workplace)
    form = forms.draft(KIND, person=person(workplace, unit="福建东部"))
    with pytest.raises(UserError, match="销售区域"):
        forms.move(form.number, "submit")
    forms.set_fields(form.number, {"region": "福建东部"})
    assert forms.move(form.number, "submit").form.state == "已提交"


def test_only_the_role_whose_turn_it_is_may_approve(workplace: Workplace) -> None:
    form = submitted(workplace, person(workplace))
    forms = Forms(workplace)
    with pytest.raises(UserError, match="部门经理"):
        forms.move(form.number, "approve", role="总经理")
    moved = forms.move(form.number, "approve", role="部门经理", note="同意")
    assert (moved.form.state, moved.moves) == ("已批准", ("mail", "return", "withdraw"))
    steps = workplace.store.find(FormStep, form_id=form.id)
    assert [(s.seq, s.move, s.role) for s in steps] == [
        (1, "submit", ""),
        (2, "approve", "部门经理"),
    ]


def test_an_admin_account_goes_to_both_approvers_in_order(workplace: Workplace) -> None:
    lin = person(workplace)
    form = submitted(workplace, lin, account_type="管理员账户", responsible_id="00012")
    forms = Forms(workplace)
    with pytest.raises(UserError):
        forms.move(form.number, "approve", role="总经理")
    assert forms.move(form.number, "approve", role="部门经理").form.state == "审批中"
    with pytest.raises(UserError, match="总经理"):
        forms.move(form.number, "approve", role="部门经理")
    assert forms.move(form.number, "approve", role="总经理").form.state == "已批准"


def test_nobody_receives_or_completes_what_was_not_approved(workplace: Workplace) -> None:
    form = submitted(workplace, person(workplace))
    for move in ("mail", "accept", "complete", "notify"):
        with pytest.raises(UserError) as refusal:
            Forms(workplace).move(form.number, move)
        assert refusal.value.code == "unlawful_move"


def test_a_rejection_and_a_return_need_a_reason(workplace: Workplace) -> None:
    form = submitted(workplace, person(workplace))
    forms = Forms(workplace)
    for move in ("reject", "return"):
        with pytest.raises(UserError, match="原因"):
            forms.move(form.number, move)
    assert forms.move(form.number, "reject", note="已有账号").form.state == "驳回"


def test_a_returned_form_keeps_its_number_and_is_approved_anew(workplace: Workplace) -> None:
    forms = Forms(workplace)
    form = received(workplace, person(workplace))
    returned = forms.move(form.number, "return", note="手机号码看不清").form
    assert (returned.state, returned.received_on, returned.paper_state()) == (
        "退回修改",
        None,
        "待打印",
    )
    mail = forms.mail(form.number)
    assert mail.subject.startswith(f"退回补正：{form.number}")
    assert "手机号码看不清" in mail.body
    forms.set_fields(form.number, {"mobile": "13900000001"})
    assert forms.move(form.number, "submit").form.state == "已提交"
    assert forms.move(form.number, "approve", role="部门经理").form.state == "已批准"


def test_receipt_records_the_day_and_the_sender(workplace: Workplace) -> None:
    form = received(workplace, person(workplace))
    assert (form.state, form.received_on, form.received_from) == ("已邮件", TODAY, "林国栋")


def test_a_day_before_the_last_step_or_after_today_is_refused(workplace: Workplace) -> None:
    form = submitted(workplace, person(workplace))
    for day in (date(2026, 11, 19), date(2026, 11, 21)):
        with pytest.raises(UserError, match=str(day)):
            Forms(workplace).move(form.number, "approve", on=day)


def test_a_form_of_a_person_whose_form_is_under_way_is_not_submitted(
    workplace: Workplace,
) -> None:
    lin = person(workplace)
    first = submitted(workplace, lin)
    second = Forms(workplace).draft(KIND, person=lin)
    assert second.number != first.number
    with pytest.raises(UserError, match=first.number):
        Forms(workplace).move(second.number, "submit")


def test_several_forms_are_approved_as_one_act(workplace: Workplace) -> None:
    people = [person(workplace, f"0000{i}", name) for i, name in enumerate(("甲", "乙"))]
    numbers = [submitted(workplace, who).number for who in people]
    Forms(workplace).move_many(numbers, "approve", role="部门经理")
    assert {form.state for form in workplace.store.all(Form)} == {"已批准"}
    History(workplace).undo()
    assert {form.state for form in workplace.store.all(Form)} == {"已提交"}


def test_one_act_takes_a_signed_sheet_through_every_step_on_record(workplace: Workplace) -> None:
    forms = Forms(workplace)
    form = forms.draft(KIND, person=person(workplace))
    before = workplace.journal.count()
    moved = forms.receive_signed(form.number, received_from="林国栋")
    assert workplace.journal.count() == before + 1
    assert (moved.form.state, moved.form.signed_on, moved.form.received_from) == (
        "已邮件",
        TODAY,
        "林国栋",
    )
    steps = workplace.store.find(FormStep, form_id=form.id)
    assert [(s.move, s.role) for s in steps] == [
        ("submit", ""),
        ("approve", "部门经理"),
        ("mail", ""),
    ]
    with pytest.raises(UserError, match="不用再收件"):
        forms.receive_signed(form.number)


def test_two_forms_of_one_batch_see_each_other(workplace: Workplace) -> None:
    forms = Forms(workplace)
    people = [person(workplace, f"0000{i}", name) for i, name in enumerate(("甲", "乙"))]
    numbers = []
    for who in people:
        form = forms.draft(KIND, person=who, typed={"mobile": "13900000001"})
        numbers.append(forms.receive_signed(form.number).form.number)
    with pytest.raises(UserError, match="139 0000 0001"):
        forms.move_many(numbers, "complete")
    assert workplace.store.all(Account) == []
    assert {form.state for form in workplace.store.all(Form)} == {"已邮件"}


# -- the nine kinds, each to its end --------------------------------------------------------------


def test_a_new_account_is_opened_and_listed_in_one_operation(workplace: Workplace) -> None:
    lin = person(workplace)
    form = received(workplace, lin)
    before = workplace.journal.count()
    moved = Forms(workplace).move(form.number, "complete")
    assert workplace.journal.count() == before + 1
    account = account_of(workplace, moved.form)
    assert (account.state, account.in_directory, account.holder_id, account.form_no) == (
        "在用",
        True,
        lin.id,
        form.number,
    )
    assert (account.account_no, account.wecom_userid, account.mobile, account.opened_on) == (
        "ZH-00001",
        "linguodong",
        lin.mobile,
        TODAY,
    )
    holdings = workplace.store.find(AccountHolding, account_id=account.id)
    assert {h.role for h in holdings} == {"使用人", "责任人"}
    assert (moved.form.state, moved.form.opened_on) == ("已开通", TODAY)
    mail = Forms(workplace).mail(form.number)
    assert mail.subject.startswith("已开通")
    assert "linguodong" in mail.body
    assert mail.to == "林国栋"


def test_taking_a_completion_back_restores_everything(workplace: Workplace) -> None:
    lin = person(workplace)
    form = received(workplace, lin)
    Forms(workplace).move(form.number, "complete")
    History(workplace).undo()
    assert workplace.store.all(Account) == []
    assert workplace.store.all(AccountHolding) == []
    assert Forms(workplace).called(form.number) == form
    again = Forms(workplace).move(form.number, "complete").form
    assert account_of(workplace, again).wecom_userid == "linguodong"


def test_the_head_is_told_and_then_the_holder(workplace: Workplace, clock: Days) -> None:
    forms = Forms(workplace)
    form = completed(workplace, person(workplace))
    told = forms.move(form.number, "notify", role="负责人").form
    assert (told.state, told.notified_head_on, told.notified_holder_on) == ("已开通", TODAY, None)
    clock.day = date(2026, 11, 23)
    told = forms.move(form.number, "notify", role="使用人").form
    assert (told.state, told.notified_head_on, told.notified_holder_on) == (
        "已告知",
        TODAY,
        date(2026, 11, 23),
    )
    assert told.paper_state() == "已归档"


def test_a_second_account_is_refused_on_submission(workplace: Workplace) -> None:
    lin = person(workplace)
    completed(workplace, lin)
    with pytest.raises(UserError, match="ZH-00001"):
        submitted(workplace, lin, mobile="13900000001")


def test_a_change_writes_the_fields_and_says_before_and_after(workplace: Workplace) -> None:
    lin = person(workplace)
    completed(workplace, lin)
    form = completed(workplace, lin, request_kind="变更", mobile="13900000001")
    assert form.value("change_from") == f"手机号码{lin.mobile}"
    assert form.value("change_to") == "手机号码13900000001"
    account = account_of(workplace, form)
    assert (account.mobile, account.account_no) == ("13900000001", "ZH-00001")


def test_a_permission_is_raised_by_its_own_request_only(workplace: Workplace) -> None:
    lin = person(workplace)
    completed(workplace, lin)
    form = completed(
        workplace,
        lin,
        request_kind="权限调整",
        permission_level_id="群组管理",
        mobile="13900000001",
    )
    account = account_of(workplace, form)
    assert (account.permission_level, account.mobile) == ("群组管理", lin.mobile)
    assert form.value("change_from") == "权限等级普通用户"


def test_a_suspended_account_stays_on_record(workplace: Workplace) -> None:
    lin = person(workplace)
    completed(workplace, lin)
    form = completed(workplace, lin, request_kind="停用")
    assert account_of(workplace, form).state == "停用"
    assert Forms(workplace).mail(form.number).subject.startswith("已办")


def test_a_closed_account_is_out_of_the_address_book(workplace: Workplace) -> None:
    lin = person(workplace)
    completed(workplace, lin)
    form = completed(workplace, lin, request_kind="注销")
    account = account_of(workplace, form)
    assert (account.state, account.in_directory) == ("已注销", False)
    assert completed(workplace, lin).value("account_id") == "linguodong"


def test_an_account_goes_to_a_receiver_who_has_none(workplace: Workplace) -> None:
    lin, wang = person(workplace), person(workplace, "00014", "王小兰")
    completed(workplace, lin)
    form = completed(workplace, lin, request_kind="转交", receiver="00014")
    account = account_of(workplace, form)
    assert (account.holder_id, account.state) == (wang.id, "在用")
    assert form.value("receiver") == "王小兰（00014）"


def test_an_account_does_not_go_to_a_receiver_who_has_one(workplace: Workplace) -> None:
    lin, wang = person(workplace), person(workplace, "00014", "王小兰")
    completed(workplace, lin)
    completed(workplace, wang)
    with pytest.raises(UserError, match="王小兰"):
        submitted(workplace, lin, request_kind="转交", receiver="00014")


def test_private_use_is_an_exception_with_its_last_day(workplace: Workplace) -> None:
    lin = person(workplace)
    completed(workplace, lin)
    form = completed(
        workplace, lin, request_kind="私用", exception_reason="探亲", exception_until="2026-12-31"
    )
    exception = workplace.store.all(AccountException)[0]
    assert (exception.exception_kind, exception.until, exception.granted_by, exception.basis) == (
        "私用",
        date(2026, 12, 31),
        "部门经理",
        form.number,
    )


def test_a_second_account_is_granted_and_opened_with_its_own_number(workplace: Workplace) -> None:
    lin = person(workplace)
    completed(workplace, lin)
    form = completed(
        workplace,
        lin,
        request_kind="多账号",
        exception_reason="驻外",
        exception_until="2026-12-31",
        mobile="13900000001",
        account_id="linguodong.zw",
    )
    account = account_of(workplace, form)
    assert (account.account_no, account.mobile, account.holder_id) == (
        "ZH-00002",
        "13900000001",
        lin.id,
    )
    assert workplace.store.all(AccountException)[0].exception_kind == "多账号"


def test_a_second_account_never_gets_the_userid_of_the_first(workplace: Workplace) -> None:
    lin = person(workplace)
    first = account_of(workplace, completed(workplace, lin))
    granted = {"exception_reason": "驻外", "exception_until": "2026-12-31"}
    form = completed(workplace, lin, request_kind="多账号", mobile="13900000001", **granted)
    assert account_of(workplace, form).wecom_userid not in {"", first.wecom_userid}
    with pytest.raises(UserError, match="第二个账号要另起一个"):
        Accounts(workplace).change(
            account_of(workplace, form), {"wecom_userid": first.wecom_userid}
        )


def test_a_granted_second_account_may_be_asked_for_later(workplace: Workplace, clock: Days) -> None:
    lin = person(workplace)
    completed(workplace, lin)
    granted = {"exception_reason": "驻外", "exception_until": "2026-11-30"}
    form = completed(workplace, lin, request_kind="多账号", **granted)
    assert form.account_id is None
    clock.day = date(2026, 12, 1)
    with pytest.raises(UserError):
        submitted(workplace, lin, mobile="13900000001")
    clock.day = date(2026, 11, 30)
    draft = workplace.store.find(Form, state="草稿")[0]
    assert Forms(workplace).move(draft.number, "submit").form.state == "已提交"


def test_a_declared_own_number_is_on_record_only(workplace: Workplace) -> None:
    lin = person(workplace)
    completed(workplace, lin)
    form = completed(workplace, lin, request_kind="个人号申报", wechat_id="lin_gd")
    account = account_of(workplace, form)
    assert (account.platform, account.ownership, account.wechat_id, account.in_directory) == (
        "微信",
        "个人",
        "lin_gd",
        False,
    )


@pytest.mark.parametrize("kind", ["变更", "权限调整", "停用", "注销", "转交"])
def test_a_request_about_an_account_needs_one(workplace: Workplace, kind: str) -> None:
    lin = person(workplace)
    person(workplace, "00014", "王小兰")
    typed = {"change_from": "甲", "change_to": "乙", "receiver": "00014"}
    with pytest.raises(UserError, match="没有账号"):
        submitted(workplace, lin, request_kind=kind, **typed)


def test_a_department_account_is_answered_for_by_the_one_named(workplace: Workplace) -> None:
    lin, wang = person(workplace), person(workplace, "00014", "王小兰")
    form = completed(
        workplace,
        lin,
        account_type="部门号",
        account_name="莆田一厂值班",
        responsible_id="00014",
        mobile="13900000001",
        account_id="ptyc",
    )
    account = account_of(workplace, form)
    assert (account.account_type, account.holder_id, account.responsible_id) == (
        "department",
        None,
        wang.id,
    )


# -- the desk, the paper --------------------------------------------------------------------------


def test_the_desk_says_whose_turn_it_is_and_what_is_overdue(
    workplace: Workplace, clock: Days
) -> None:
    form = submitted(workplace, person(workplace))
    forms = Forms(workplace)
    clock.day = date(2026, 11, 23)
    line = forms.line(forms.called(form.number))
    assert (line.waits_for, line.waiting_days, line.due_on, line.overdue) == (
        "部门经理",
        3,
        date(2026, 11, 21),
        True,
    )
    text = forms.reminder(form.number)
    assert text.startswith("请部门经理尽快签批")
    assert form.number in text
    assert "已等3天" in text


def test_a_printed_sheet_that_does_not_come_back_is_overdue(
    workplace: Workplace, clock: Days
) -> None:
    forms = Forms(workplace)
    form = forms.draft(KIND, person=person(workplace))
    forms.mark_printed([form.number])
    clock.day = date(2026, 11, 26)
    line = forms.line(forms.called(form.number))
    assert (line.paper_text, line.waits_to, line.waiting_days) == ("待签回（已6天）", "签回", 6)
    forms.move(form.number, "sign")
    assert forms.line(forms.called(form.number)).paper_text == "已签回"
    assert forms.called(form.number).state == "草稿"


def width(text: str, face: Face) -> float:
    """A measure that needs no screen: every character as wide as it is high."""
    return len(text) * face.size


def test_forms_are_laid_out_with_what_was_done_since(workplace: Workplace) -> None:
    forms = Forms(workplace)
    form = completed(workplace, person(workplace))
    pages = forms.pages([form.number], width)
    said = "".join(getattr(item, "text", "") for item in pages[0].items)
    assert len(pages) == 1
    for words in (form.number, "林国栋", "linguodong", "11月20日"):
        assert words in said
    blank = forms.blank_pages(KIND, width)
    said = "".join(getattr(item, "text", "") for item in blank[0].items)
    assert "林国栋" not in said
    assert len(blank) == 1


def printed_words(forms: Forms, number: str) -> str:
    page = forms.pages([number], width)[0]
    return "".join(getattr(item, "text", "") for item in page.items)


def test_an_old_form_reprints_as_it_was(workplace: Workplace) -> None:
    from wxadmin import paths

    assert workplace.user_policies is not None
    own = workplace.user_policies / "forms" / "account_request.toml"
    own.parent.mkdir(parents=True)
    ours = (paths.RESOURCES / "forms" / "account_request.toml").read_text(encoding="utf-8")

    def edit(version: int, title: str) -> None:
        text = ours.replace("version = 1", f"version = {version}", 1)
        own.write_text(text.replace("用户申请表", title), encoding="utf-8")

    numbers = []
    for version, title in ((1, "用户申请表"), (2, "开通申请表"), (3, "账号申请表")):
        edit(version, title)
        forms = Forms(workplace)
        form = forms.draft(KIND, person=person(workplace, f"0000{version}", f"甲{version}"))
        forms.mark_printed([form.number])
        numbers.append(form.number)
    forms = Forms(workplace)
    assert "用户申请表" in printed_words(forms, numbers[0])
    assert "开通申请表" in printed_words(forms, numbers[1])
    assert "账号申请表" in printed_words(forms, numbers[2])


def test_printing_marks_the_forms_in_one_act(workplace: Workplace, tmp_path: Path) -> None:
    class Press:
        """A printing room that writes no PDF."""

        measure = staticmethod(width)

        @staticmethod
        def write_pdf(pages: list[object], path: Path, *_: object, title: str = "") -> int:
            path.write_text(title, encoding="utf-8")
            return len(pages)

    forms = Forms(workplace)
    people = [person(workplace, f"0000{i}", name) for i, name in enumerate(("甲", "乙"))]
    numbers = [form.number for form in forms.draft_many(KIND, people)]
    before = workplace.journal.count()
    assert forms.print_to(numbers, tmp_path / "表.pdf", Press) == 2  # type: ignore[arg-type]
    assert workplace.journal.count() == before + 1
    assert {form.printed_on for form in workplace.store.all(Form)} == {TODAY}


# -- hand-over ------------------------------------------------------------------------------------


def test_a_hand_over_slip_lists_and_carries_out_what_the_leaver_has(workplace: Workplace) -> None:
    lin = person(workplace, leave_date=date(2026, 11, 30), leave_type="辞职")
    completed(workplace, lin)
    forms = Forms(workplace)
    slip = forms.draft("account_handover", person=lin)
    assert slip.number == "QWJJ-202611-001"
    assert (slip.value("leave_date"), slip.value("leave_kind")) == ("2026-11-30", "辞职")
    forms.move(slip.number, "submit")
    forms.move(slip.number, "approve", role="部门经理")
    done = forms.move(slip.number, "complete").form
    assert done.state == "已办结"
    account = workplace.store.all(Account)[0]
    assert (account.state, account.close_reason) == ("已注销", f"交接单{slip.number}")
    History(workplace).undo()
    assert workplace.store.all(Account)[0].state == "在用"


@pytest.mark.parametrize(
    ("row", "state", "holder"), [("ZH-00001 回收", "已回收", 0), ("ZH-00001 转交 00014", "在用", 1)]
)
def test_a_hand_over_slip_takes_back_or_hands_on(
    workplace: Workplace, row: str, state: str, holder: int
) -> None:
    people = [
        person(workplace, leave_date=date(2026, 11, 30)),
        person(workplace, "00014", "王小兰"),
    ]
    completed(workplace, people[0])
    forms = Forms(workplace)
    slip = forms.draft("account_handover", person=people[0], typed={"accounts": row})
    forms.move(slip.number, "submit")
    forms.move(slip.number, "approve")
    forms.move(slip.number, "complete")
    account = workplace.store.all(Account)[0]
    assert (account.state, account.holder_id) == (state, people[holder].id)

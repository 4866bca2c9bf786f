"""The life of a form: said, signed later, by a delegate, sent back, refused, lost, superseded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form, FormStep
from wxadmin.domain.group import Group
from wxadmin.services.form_again import FormsAgain
from wxadmin.services.forms import Forms
from wxadmin.services.history import History
from wxadmin.services.incomings import Incomings
from wxadmin.services.reminders import Reminders
from wxadmin.services.signing import Signing
from wxadmin.services.workplace import Workplace

KIND = "account_request"


class Calendar:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.day = TODAY

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def clock() -> Calendar:
    return Calendar()


@pytest.fixture
def workplace(tmp_path: Path, clock: Calendar) -> Iterator[Workplace]:
    opened = office(tmp_path, clock=clock)
    yield opened
    opened.close()


def drafted(workplace: Workplace, emp_no: str = "00012", **typed: str) -> Form:
    who = person(workplace, emp_no, f"林国{emp_no[-1]}")
    return Forms(workplace).draft(KIND, person=who, typed=typed)


def handed_in(workplace: Workplace, emp_no: str = "00012", **typed: str) -> Form:
    return Forms(workplace).move(drafted(workplace, emp_no, **typed).number, "submit").form


def line_of(workplace: Workplace, form: Form):
    return Forms(workplace).line(Forms(workplace).called(form.number))


def decision(workplace: Workplace, form: Form) -> FormStep:
    return workplace.store.find(FormStep, form_id=form.id, move="approve")[-1]


# -- ways of a decision ---------------------------------------------------------------------------


def test_a_word_on_the_phone_lets_the_route_go_on_and_a_signature_is_owed(workplace) -> None:
    forms, form = Forms(workplace), handed_in(workplace)
    forms.move(form.number, "approve", way="电话", by="陈经理")
    line = line_of(workplace, form)
    assert (line.state, line.confirm_due) == ("已批准", TODAY + timedelta(days=5))
    assert line.paper_text == "待补签（11-25前）"
    step = decision(workplace, form)
    assert (step.way, step.by, step.is_owed) == ("电话", "陈经理", True)


def test_a_signature_dated_after_the_account_was_opened_is_accepted(workplace, clock) -> None:
    forms, form = Forms(workplace), handed_in(workplace)
    forms.move(form.number, "approve", way="口头", by="陈经理")
    forms.move(form.number, "mail", received_from="林国2")
    forms.move(form.number, "complete")
    clock.day = TODAY + timedelta(days=3)
    forms.receive_signed(form.number, on=TODAY + timedelta(days=2))
    step, after = decision(workplace, form), forms.called(form.number)
    assert step.confirmed_on == after.signed_on == TODAY + timedelta(days=2)
    assert after.state == "已开通"
    assert line_of(workplace, form).confirm_due is None


def test_what_was_only_said_is_not_filed_before_it_is_signed(workplace) -> None:
    forms, form = Forms(workplace), handed_in(workplace)
    forms.move(form.number, "approve", way="口头", by="陈经理")
    with pytest.raises(UserError, match="还要部门经理陈经理补签，不能归档"):
        forms.move(form.number, "archive")
    forms.move(form.number, "confirm")
    forms.move(form.number, "archive")


def test_nobody_agrees_by_mouth_without_a_name(workplace) -> None:
    form = handed_in(workplace)
    with pytest.raises(UserError, match="要写明是谁同意的"):
        Forms(workplace).move(form.number, "approve", way="口头")
    with pytest.raises(UserError, match="没有“托梦”这种方式"):
        Forms(workplace).move(form.number, "approve", way="托梦", by="陈经理")


def test_the_day_until_when_is_the_offices_own(workplace) -> None:
    forms, form = Forms(workplace), handed_in(workplace)
    forms.move(form.number, "approve", way="口头", by="陈经理", confirm_due=date(2026, 11, 21))
    assert line_of(workplace, form).confirm_due == date(2026, 11, 21)
    other = handed_in(workplace, "00013")
    with pytest.raises(UserError, match="补签期限2026-11-01早于"):
        forms.move(other.number, "approve", way="口头", by="陈经理", confirm_due=date(2026, 11, 1))


def test_who_applied_does_not_approve_without_a_reason(workplace) -> None:
    forms, form = Forms(workplace), handed_in(workplace, applicant_id="00012")
    with pytest.raises(UserError, match="申请人和审批人都是林国2"):
        forms.move(form.number, "approve", by="林国2")
    forms.move(form.number, "approve", by="林国2", note="经理出差，由其本人代批，总经理知情")
    assert decision(workplace, form).note.startswith("经理出差")


# -- delegates ------------------------------------------------------------------------------------


def test_a_delegate_signs_within_his_days_and_in_nobody_elses_place(workplace, clock) -> None:
    forms, form = Forms(workplace), handed_in(workplace)
    deputy = person(workplace, "00090", "王副")
    Signing(workplace).authorise(
        "部门经理", deputy, from_on=TODAY, to_on=TODAY + timedelta(days=5), basis="授权书11-18"
    )
    with pytest.raises(UserError, match="没有代部门经理签字的授权"):
        forms.move(form.number, "approve", way="代签", by="李四")
    forms.move(form.number, "approve", way="代签", by="王副")
    step = decision(workplace, form)
    assert (step.way, step.for_whom, step.confirm_due) == ("代签", "部门经理", None)
    clock.day = TODAY + timedelta(days=6)
    late = handed_in(workplace, "00013")
    with pytest.raises(UserError, match="没有代部门经理签字的授权"):
        forms.move(late.number, "approve", way="代签", by="王副")


def test_the_name_of_a_delegate_on_a_sheet_is_his_signature_for_the_absent(workplace) -> None:
    form = handed_in(workplace)
    Signing(workplace).authorise("部门经理", "王副", from_on=TODAY, to_on=None, basis="授权书")
    Forms(workplace).receive_signed(form.number, received_from="林国2", by="王副")
    step = decision(workplace, form)
    assert (step.by, step.way, step.for_whom) == ("王副", "代签", "部门经理")


def test_an_authorisation_needs_a_known_role_a_basis_and_days_in_order(workplace) -> None:
    signing = Signing(workplace)
    with pytest.raises(UserError, match="审批路线里没有“门卫”"):
        signing.authorise("门卫", "王副", from_on=TODAY, to_on=None, basis="x")
    with pytest.raises(UserError, match="依据"):
        signing.authorise("部门经理", "王副", from_on=TODAY, to_on=None, basis=" ")
    with pytest.raises(UserError, match="早于起日"):
        signing.authorise("部门经理", "王副", from_on=TODAY, to_on=date(2026, 1, 1), basis="x")
    one = signing.authorise("部门经理", "王副", from_on=TODAY, to_on=None, basis="授权书")
    assert signing.delegates(TODAY + timedelta(days=99)) == [one]
    signing.end(one.id)
    assert signing.delegates(TODAY + timedelta(days=1)) == []


# -- sent back, refused, lost ---------------------------------------------------------------------


def test_sent_back_keeps_the_number_and_the_old_sheet_is_superseded(workplace) -> None:
    forms, form = Forms(workplace), handed_in(workplace)
    forms.mark_printed([form.number])
    again = FormsAgain(workplace)
    assert again.answer(f"{form.number}/1").current
    forms.move(form.number, "return", note="缺事由")
    after = forms.called(form.number)
    assert (after.number, after.sheet, after.printed_on) == (form.number, 2, None)
    old = again.answer(f"{form.number}/1")
    assert not old.current
    assert "第1版，已被第2版取代" in old.sentence
    assert again.answer(f"{form.number}/1.2").current
    assert again.answer("https://example.cn/x") is None
    assert again.answer("QWSQ-209901-001/1") is None


def test_a_printed_draft_that_is_changed_is_another_sheet(workplace) -> None:
    forms, form = Forms(workplace), drafted(workplace)
    forms.set_fields(form.number, {"purposes": "收发通知"})
    assert forms.called(form.number).sheet == 1
    forms.mark_printed([form.number])
    forms.set_fields(form.number, {"purposes": "客户服务"})
    assert forms.called(form.number).sheet == 2


def test_a_refused_form_is_repeated_under_a_new_number(workplace) -> None:
    forms, form = Forms(workplace), handed_in(workplace, purposes="客户服务")
    again = FormsAgain(workplace)
    with pytest.raises(UserError, match="驳回或撤回的表才要重报"):
        again.repeat(form.number)
    forms.move(form.number, "reject", note="不同意")
    fresh = again.repeat(form.number)
    assert fresh.number != form.number
    assert (fresh.copied_from, fresh.state) == (form.number, "草稿")
    assert fresh.value("purposes") == "客户服务"
    assert forms.move(fresh.number, "submit").form.state == "已提交"


def test_a_lost_sheet_is_explained_or_printed_again(workplace) -> None:
    forms, form = Forms(workplace), handed_in(workplace)
    forms.mark_printed([form.number])
    again = FormsAgain(workplace)
    with pytest.raises(UserError, match="遗失要写明经过"):
        again.lose(form.number, "", again=False)
    again.lose(form.number, "途中遗失", again=True)
    after = forms.called(form.number)
    assert (after.printed_on, after.sheet, after.lost_note) == (None, 2, "途中遗失")
    forms.move(form.number, "approve", way="邮件", by="陈经理")
    again.lose(form.number, "遗失，陈经理11月19日邮件同意", again=False)
    assert line_of(workplace, form).paper_text.endswith("（遗失，有说明）")
    forms.move(form.number, "archive")
    History(workplace).undo(workplace.journal.operations()[-1].id)


def test_what_has_not_come_back_is_listed_with_words_to_send(workplace, clock) -> None:
    forms, form = Forms(workplace), drafted(workplace)
    forms.mark_printed([form.number])
    assert FormsAgain(workplace).out() == []
    clock.day = TODAY + timedelta(days=6)
    (found,) = FormsAgain(workplace).out()
    assert found.whom == "莆田一厂"
    assert f"{form.number} 林国2（11月20日打印，已6天）" in found.text


def test_a_kind_of_account_is_applied_for_by_whom_the_policy_says(workplace) -> None:
    form = drafted(
        workplace, account_type="部门账号", applicant_role="本人", responsible_id="00012"
    )
    problems = Forms(workplace).view(form.number).problems
    assert "应由部门负责人、部门专人提出，不能由本人提出" in problems["applicant_role"]


def test_what_is_owed_and_what_came_in_stands_on_the_first_page(workplace, tmp_path, clock) -> None:
    forms, form = Forms(workplace), handed_in(workplace)
    forms.move(form.number, "approve", way="口头", by="陈经理")
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"x")
    Incomings(workplace).take(photo)
    clock.day = TODAY + timedelta(days=6)
    found = [one for one in Reminders(workplace).all() if one.desk == "forms"]
    said = {f"{one.subject} {one.sentence}" for one in found}
    assert f"林国2 {form.number} 陈经理口头同意，待补签" in said
    assert "来件待处理 1件" in said
    forms.move(form.number, "confirm")
    assert not any("待补签" in one.sentence for one in Reminders(workplace).all())


def test_mails_about_a_group_name_the_group_and_no_account(workplace) -> None:
    group = workplace.store.find(Group, name="莆田二厂", side="手机端")[0]
    form = Forms(workplace).draft("group_rename", group=group)
    mail = Forms(workplace).mail(form.number)
    assert "（莆田二厂）已经签批" in mail.body
    assert "企业微信号" not in mail.body


def test_an_applicant_whose_own_post_is_to_sign_is_told_of_but_not_held_up(workplace) -> None:
    head = person(workplace, "E00090", "陈经理", position="生产经理", rank="经理")
    form = Forms(workplace).draft("account_request", person=head)
    view = Forms(workplace).view(form.number)
    assert view.warning.startswith("申请人陈经理自己就是部门经理，请由上一级签批")
    moved = Forms(workplace).receive_signed(form.number)
    assert (moved.form.state, moved.warning) == ("已邮件", view.warning)
    worker = person(workplace, "E00091", "张工", position="操作工", rank="员工")
    other = Forms(workplace).draft("account_request", person=worker)
    assert Forms(workplace).view(other.number).warning == ""
    named = Forms(workplace).draft(
        "account_request",
        person=person(workplace, "E00092", "李经理", position="副经理", rank="经理"),
    )
    assert Forms(workplace).receive_signed(named.number, by="王总").warning == ""

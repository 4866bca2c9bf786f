"""附件一（批量）: one form, one number, one decision for many; who cannot go on stays back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person
from wxadmin.domain.account import Account, AccountException
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.person import Employee
from wxadmin.paper.items import Face
from wxadmin.services.accounts import Accounts
from wxadmin.services.checklists import Checklists
from wxadmin.services.form_batch import BatchForms
from wxadmin.services.form_facts import table_rows, table_text
from wxadmin.services.forms import Forms
from wxadmin.services.history import History
from wxadmin.services.reminders import Reminders
from wxadmin.services.workplace import Workplace

WORDS = {"applicant_id": "00001", "purposes": "旺季包装线工作联系"}


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    opened = office(tmp_path)
    person(opened, "00001", "陈主任", position="车间主任", rank="主任")
    yield opened
    opened.close()


def workers(workplace: Workplace, count: int) -> list[Employee]:
    return [
        person(workplace, f"{8000 + no}", f"季工{no:02d}", employment_type="临时工")
        for no in range(count)
    ]


def signed(workplace: Workplace, form: Form) -> None:
    forms = Forms(workplace)
    forms.set_fields(form.number, WORDS)
    forms.receive_signed(form.number, received_from="陈主任")


def test_many_are_opened_by_one_form_and_one_act(workplace) -> None:
    form = BatchForms(workplace).draft(workers(workplace, 12))
    assert form.value("holder_name") == "季工00等12人"
    assert (form.value("applicant_org_id"), form.value("employment_type")) == ("莆田一厂", "临时工")
    signed(workplace, form)
    before = len(workplace.journal.operations())
    Forms(workplace).move(form.number, "complete")
    accounts = workplace.store.all(Account)
    assert len(accounts) == len({a.wecom_userid for a in accounts}) == 12
    assert {a.form_no for a in accounts} == {form.number}
    assert len(workplace.journal.operations()) == before + 1
    assert Forms(workplace).called(form.number).value("opened_count") == "12"
    History(workplace).undo()
    assert workplace.store.all(Account) == []
    assert Forms(workplace).called(form.number).state == "已邮件"


def test_bad_lines_stay_back_and_the_rest_go_on(workplace) -> None:
    people = workers(workplace, 4)
    form = BatchForms(workplace).draft(people)
    rows = table_rows(form.value("people"))
    rows[1]["mobile"] = rows[0]["mobile"]
    rows[2]["name"] = "别人"
    rows.append({"emp_no": "99999", "name": "不在册", "mobile": "13800000000"})
    Forms(workplace).set_fields(form.number, {"people": table_text(rows)})
    signed(workplace, form)
    found = BatchForms(workplace).problems(Forms(workplace).called(form.number))
    assert set(found) == {1, 2, 4}
    said = Forms(workplace).preview(form.number).lines
    assert said[0] == "共5人：开通2人，留下3人"
    assert any("工号99999" in line for line in said)
    Forms(workplace).move(form.number, "complete")
    after = table_rows(Forms(workplace).called(form.number).value("people"))
    assert (after[0]["result"], after[0]["userid"]) == ("已开通", "jigong00")
    assert "季工" not in after[2]["name"]
    assert "工号8002是季工02，不是别人" in after[2]["reason"]
    rest = BatchForms(workplace).rest(form.number)
    assert [row["emp_no"] for row in table_rows(rest.value("people"))] == ["8001", "8002", "99999"]
    assert rest.copied_from == form.number


def test_a_form_nobody_can_be_opened_by_is_not_handed_in(workplace) -> None:
    people = workers(workplace, 2)
    first = BatchForms(workplace).draft(people)
    signed(workplace, first)
    Forms(workplace).move(first.number, "complete")
    again = BatchForms(workplace).draft(people)
    with pytest.raises(UserError, match="没有一个人可以开通"):
        signed(workplace, again)
    with pytest.raises(UserError, match="名单是空的"):
        BatchForms(workplace).draft([])


def test_who_has_a_request_of_his_own_under_way_stays_back(workplace) -> None:
    people = workers(workplace, 2)
    own = Forms(workplace).draft("account_request", person=people[0])
    Forms(workplace).move(own.number, "submit")
    form = BatchForms(workplace).draft(people)
    found = BatchForms(workplace).problems(form)
    assert found == {0: f"已有申请表{own.number}在办。"}


def test_a_preview_says_what_completion_does_and_writes_nothing(workplace) -> None:
    lin = person(workplace)
    form = Forms(workplace).draft("account_request", person=lin)
    before = workplace.journal.operations()
    (said,) = Forms(workplace).preview(form.number).lines
    assert said.startswith("开通账号ZH-")
    assert said.endswith("，加入通讯录")
    stop = Forms(workplace).draft("account_request", person=lin, typed={"request_kind": "停用"})
    assert "没有账号" in Forms(workplace).preview(stop.number).refusal
    assert len(workplace.journal.operations()) == len(before) + (stop.number == form.number)


def test_the_list_goes_on_an_appendix(workplace) -> None:
    form = BatchForms(workplace).draft(workers(workplace, 60))

    def width(text: str, face: Face) -> float:
        return len(text) * face.size

    pages = Forms(workplace).pages([form.number], width)
    assert len(pages) >= 2


def test_a_form_for_many_proves_the_application_of_each_on_its_list(workplace) -> None:
    newcomer, other = workers(workplace, 2)
    begun = Checklists(workplace).start("onboarding", person=newcomer)
    form = BatchForms(workplace).draft([newcomer, other])
    steps = Checklists(workplace).views().one(begun).look.steps
    assert any(form.number in step.sentence for step in steps)


def test_a_list_that_is_changed_is_completed_and_named_anew(workplace) -> None:
    people = workers(workplace, 4)
    form = BatchForms(workplace).draft(people[:3])
    rows = [row for row in table_rows(form.value("people")) if row["emp_no"] != "8001"]
    added = [*rows, {"emp_no": "8003"}]
    form = Forms(workplace).set_fields(form.number, {"people": table_text(added)})
    assert form.value("holder_name") == "季工00等3人"
    assert table_rows(form.value("people"))[-1]["name"] == "季工03"


def test_a_form_for_many_takes_the_place_of_what_was_drafted_for_each_alone(workplace) -> None:
    people = workers(workplace, 2)
    own = Forms(workplace).draft("account_request", person=people[0])
    form = BatchForms(workplace).draft(people)
    signed(workplace, form)
    note = Forms(workplace).preview(form.number).lines[0]
    assert note == "共2人：开通2人；另撤回为他们单独拟的申请表1张"
    Forms(workplace).move(form.number, "complete")
    withdrawn = Forms(workplace).called(own.number)
    assert (withdrawn.state, withdrawn.note) == ("撤回", f"由{form.number}一并办理")
    userids = {account.wecom_userid for account in workplace.store.all(Account)}
    assert own.value("account_id") in userids, "what was proposed for him is his"
    History(workplace).undo()
    assert Forms(workplace).called(own.number).state == "草稿"


def test_the_term_of_a_form_for_many_is_kept_and_told_until_the_accounts_are_closed(
    workplace,
) -> None:
    people = workers(workplace, 2)
    form = BatchForms(workplace).draft(people)
    Forms(workplace).set_fields(form.number, {"until": "2026-11-25"})
    signed(workplace, form)
    lines = Forms(workplace).preview(form.number).lines
    assert any("季工00 使用期限，至2026-11-25" in line for line in lines)
    Forms(workplace).move(form.number, "complete")
    terms = workplace.store.all(AccountException)
    assert {(t.employee_id, t.exception_kind, t.until, t.basis) for t in terms} == {
        (one.id, "使用期限", date(2026, 11, 25), form.number) for one in people
    }
    told = [one for one in Reminders(workplace).all() if one.kind == "account_term"]
    assert [(one.subject, one.due_on) for one in told] == [
        ("季工00", date(2026, 11, 25)),
        ("季工01", date(2026, 11, 25)),
    ]
    closing = Accounts(workplace)
    account = workplace.store.find(Account, holder_id=people[0].id)[0]
    closing.move(account, "close", reason="到期")
    told = [one for one in Reminders(workplace).all() if one.kind == "account_term"]
    assert [one.subject for one in told] == ["季工01"]

"""What the register proves about a step, said in one sentence, for every kind of proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wxadmin.domain.account import CLOSED, IN_USE, RECLAIMED, TO_RECLAIM, Account
from wxadmin.domain.checklist_template import PROOFS
from wxadmin.domain.evidence import OFFBOARDING, ONBOARDING, GroupEvidence, PersonEvidence
from wxadmin.domain.form import APPROVED, DRAFT, IN_APPROVAL, MAILED, REJECTED, Form
from wxadmin.domain.form import CLOSED as CLOSED_FORM
from wxadmin.domain.group import BACKEND, MOBILE, Group
from wxadmin.domain.person import Employee
from wxadmin.domain.proof import ACTS, CONTRARY, NOTHING, PROVEN, UNKNOWN
from wxadmin.domain.proofs import PERSON_JUDGES, judge
from wxadmin.domain.proofs_group import GROUP_JUDGES

TODAY = date(2026, 11, 20)
LEFT = date(2026, 11, 18)
PLANT = Group(1, "p", "莆田一厂", MOBILE, members_on=date(2026, 11, 8))
MANAGERS = Group(2, "b", "经理群组", MOBILE)
CONSOLE = Group(3, "q", "莆田一厂", BACKEND)
ACCOUNT = Account(7, "ZH-7", "林国栋", "personal", wecom_userid="lin12", holder_id=1, state=IN_USE)
FORM = Form(5, "QWSQ-202611-003", "account_request", 1, DRAFT, employee_id=1)


def about(template: str = ONBOARDING, **known: object) -> PersonEvidence:
    """Evidence about a person in service, or a leaver, with what is known besides."""
    leave = LEFT if template == OFFBOARDING else None
    person = Employee(1, "00012", "林国栋", org_unit_id=3, leave_date=leave)
    event = LEFT if template == OFFBOARDING else TODAY
    values = {"unit": "莆田一厂", "position": "主任", "personal_types": frozenset({"personal"})}
    return PersonEvidence(person, TODAY, event, template, **{**values, **known})  # type: ignore[arg-type]


def said(kind: str, evidence: PersonEvidence | GroupEvidence) -> tuple[str, str]:
    proof = judge(kind, evidence)
    assert proof is not None
    assert not proof.act or proof.act in ACTS
    return proof.finding, proof.sentence


def test_every_kind_of_proof_of_the_packs_is_judged_and_none_besides() -> None:
    judged = set(PERSON_JUDGES) | set(GROUP_JUDGES)
    assert judged == PROOFS - {"none"}


def test_a_step_without_proof_is_left_to_people() -> None:
    assert judge("none", about()) is None


@pytest.mark.parametrize(
    ("kind", "evidence", "expected"),
    [
        ("on_roster", about(roster="11月花名册"), "已办，依据：11月花名册在册"),
        ("one_account", about(accounts=(ACCOUNT,)), "已办，依据：名下个人账号1个，未超过1个"),
        ("form_drafted", about(forms=(FORM,)), "已办，依据：QWSQ-202611-003（草稿）"),
        (
            "form_signed",
            about(forms=(replace(FORM, state=APPROVED, signed_on=LEFT),)),
            "已办，依据：QWSQ-202611-003于11月18日已签回",
        ),
        (
            "form_mailed",
            about(forms=(replace(FORM, state=MAILED, received_on=TODAY, received_from="王主任"),)),
            "已办，依据：QWSQ-202611-003于11月20日已收件，王主任发来",
        ),
        (
            "form_filed",
            about(forms=(replace(FORM, state=CLOSED_FORM, notified_holder_on=TODAY),)),
            "已办，依据：QWSQ-202611-003于11月20日已归档",
        ),
        (
            "account_open",
            about(accounts=(replace(ACCOUNT, opened_on=TODAY),)),
            "已办，依据：账号lin12于11月20日开通",
        ),
        (
            "in_directory",
            about(accounts=(replace(ACCOUNT, in_directory=True),), directory_on=LEFT),
            "已办，依据：11月18日导出的通讯录中有lin12",
        ),
        (
            "groups_joined",
            about(expected=(PLANT,), member_of=(PLANT,)),
            "已办，依据：应在的1个群均已加入（名单11月8日）",
        ),
        (
            "no_owned_groups",
            about(OFFBOARDING, owner_until=("莆田一厂",)),
            "已办，依据：莆田一厂的群主已转让",
        ),
        (
            "no_admin_numbers",
            about(OFFBOARDING, numbers_until=(3,)),
            "已办，依据：3号群管理号已交接",
        ),
        (
            "account_closed",
            about(OFFBOARDING, accounts=(replace(ACCOUNT, state=CLOSED, closed_on=LEFT),)),
            "已办，依据：账号lin12于11月18日注销",
        ),
        (
            "account_disposed",
            about(OFFBOARDING, accounts=(replace(ACCOUNT, state=TO_RECLAIM),)),
            "已办，依据：账号lin12待回收",
        ),
        (
            "directory_removed",
            about(OFFBOARDING, accounts=(replace(ACCOUNT, state=RECLAIMED),), directory_on=LEFT),
            "已办，依据：11月18日导出的通讯录中已无此人",
        ),
        ("groups_left", about(OFFBOARDING), "已办，依据：各群成员名单中已无此人"),
        (
            "leaver_list_settled",
            about(OFFBOARDING, leaver_row="11月离职清单（莆田一厂人事）第3行"),
            "已办，依据：11月离职清单（莆田一厂人事）第3行",
        ),
    ],
)
def test_what_is_proven_says_by_what(kind: str, evidence: PersonEvidence, expected: str) -> None:
    assert said(kind, evidence) == (PROVEN, expected)


@pytest.mark.parametrize(
    ("kind", "evidence", "expected"),
    [
        ("one_account", about(accounts=(ACCOUNT, replace(ACCOUNT, id=8))), "名下有2个个人账号"),
        ("form_signed", about(), "还没有起草表单"),
        ("form_signed", about(forms=(FORM,)), "QWSQ-202611-003待打印"),
        (
            "form_signed",
            about(forms=(replace(FORM, state=IN_APPROVAL, printed_on=date(2026, 11, 14)),)),
            "QWSQ-202611-003待签回（已6天）",
        ),
        ("form_drafted", about(forms=(replace(FORM, state=REJECTED),)), "还没有起草申请表"),
        ("in_directory", about(accounts=(ACCOUNT,)), "还没有加入通讯录"),
        ("groups_joined", about(expected=(PLANT,)), "还差1个群：莆田一厂"),
        (
            "groups_left",
            about(OFFBOARDING, member_of=(PLANT, CONSOLE)),
            "仍在2个群：莆田一厂、莆田一厂（后台）",
        ),
        ("no_owned_groups", about(OFFBOARDING, owned=(PLANT,)), "仍是1个群的群主：莆田一厂"),
        ("no_admin_numbers", about(OFFBOARDING, numbers=(8,)), "仍保管8号群管理号"),
        ("account_closed", about(OFFBOARDING, accounts=(ACCOUNT,)), "账号lin12（在用）还没有注销"),
        ("account_disposed", about(OFFBOARDING, accounts=(ACCOUNT,)), "账号lin12去向未定"),
    ],
)
def test_what_the_register_denies_says_what_is_missing(
    kind: str, evidence: PersonEvidence, expected: str
) -> None:
    finding, sentence = said(kind, evidence)
    assert finding == CONTRARY
    assert sentence.startswith(expected)


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        ("on_roster", about()),
        ("groups_joined", about(expected=(MANAGERS,))),
        ("groups_left", about(OFFBOARDING, groups_unseen=4)),
        ("leaver_list_settled", about(OFFBOARDING)),
    ],
)
def test_what_the_register_cannot_know_is_left_to_people(
    kind: str, evidence: PersonEvidence
) -> None:
    finding, sentence = said(kind, evidence)
    assert finding == UNKNOWN
    assert sentence.endswith("请人工核对后打勾")


@pytest.mark.parametrize(
    "kind", ["no_owned_groups", "no_admin_groups", "no_admin_numbers", "account_closed"]
)
def test_where_there_was_nothing_to_do_the_step_does_not_apply(kind: str) -> None:
    assert said(kind, about(OFFBOARDING))[0] == NOTHING


def test_an_old_form_of_another_occasion_proves_nothing() -> None:
    old = replace(FORM, state="已告知", signed_on=date(2023, 1, 5), applied_on=date(2023, 1, 4))
    assert said("form_signed", about(forms=(old,)))[0] == CONTRARY


def test_the_application_of_a_joiner_does_not_prove_a_leavers_hand_over() -> None:
    signed = replace(FORM, state=APPROVED, signed_on=LEFT)
    assert said("form_signed", about(OFFBOARDING, forms=(signed,)))[0] == CONTRARY


def test_an_owner_who_left_does_not_count_as_owner() -> None:
    gone = GroupEvidence(
        PLANT, TODAY, LEFT, "owner_transfer", owner="林国栋", owner_trouble="群主已离职"
    )
    assert said("group_owned", gone) == (CONTRARY, "群主已离职：林国栋")
    new = replace(gone, owner="许秀英", owner_trouble="", owner_since=TODAY)
    assert said("group_owned", new) == (PROVEN, "已办，依据：群主为许秀英，自11月20日")


def test_a_check_before_the_hand_over_does_not_count() -> None:
    before = GroupEvidence(replace(PLANT, checked_on=date(2026, 11, 1)), TODAY, LEFT, "x")
    assert said("group_checked", before)[0] == CONTRARY
    after = replace(before, group=replace(PLANT, checked_on=TODAY))
    assert said("group_checked", after)[0] == PROVEN

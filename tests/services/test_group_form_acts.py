"""Forms about groups, carried out: what each one changes, in one operation with one undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person, write
from wxadmin.domain.account import Account, AdminNumber, Custody
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form
from wxadmin.domain.group import (
    ADMIN,
    BY_PERSON,
    OWNER,
    Group,
    GroupMember,
    GroupRename,
    GroupRole,
    MemberException,
)
from wxadmin.domain.person import Employee
from wxadmin.services.form_preview import Previewing
from wxadmin.services.forms import Forms
from wxadmin.services.groups import group_called
from wxadmin.services.history import History
from wxadmin.services.membership_picture import Picture
from wxadmin.services.policy_choices import PolicyChoices
from wxadmin.services.workplace import Workplace

DAY = date(2026, 11, 20)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workplace]:
    workplace = office(tmp_path)
    person(workplace, "00012", "林国栋")
    person(workplace, "00014", "王小兰", position="主任", rank="主任")
    person(workplace, "00015", "陈佳怡")
    yield workplace
    workplace.close()


def head(work: Workplace) -> Employee:
    """林国栋, who applies and owns."""
    return work.store.find(Employee, emp_no="00012")[0]


def group(work: Workplace, key: str = "莆田一厂") -> Group:
    return group_called(work.store.all(Group), key)


def owned(work: Workplace, name: str, employee_id: int) -> Group:
    """Bind a group to a person, its 群管理号 left aside."""
    found = group(work, name)
    role = GroupRole(
        work.store.ids().next(GroupRole), found.id, OWNER, BY_PERSON, employee_id, None, "", DAY
    )
    write(work, role)
    return found


def done(work: Workplace, form: Form, **typed: str) -> Form:
    """Take a form to its end by the shortest lawful way."""
    forms = Forms(work)
    if typed:
        forms.set_fields(form.number, typed)
    forms.move(form.number, "submit")
    while "complete" not in (lawful := forms.moves.lawful(forms.called(form.number))):
        forms.move(form.number, "approve" if "approve" in lawful else "accept")
    return forms.move(form.number, "complete").form


def chosen(work: Workplace, key: str, value: str) -> None:
    PolicyChoices(work).change(key, {"company": value})


# -- 建群 ------------------------------------------------------------------------------------------
REQUEST = {
    "group_name": "安委会",
    "group_class": "工厂群组",
    "group_unit": "莆田一厂",
    "purpose": "安全检查",
    "admission": "莆田一厂主任",
    "rule": "单位=莆田一厂 职务=主任",
    "owner": "00012",
    "admins": "王小兰",
    "people": "陈佳怡 00015 质检 安全员",
}


def requested(work: Workplace, **typed: str) -> Form:
    chosen(work, "group_name_mode", "真实名称")
    return Forms(work).draft("group_request", person=head(work), typed={**REQUEST, **typed})


def test_an_approved_request_makes_the_group_with_all_it_needs(work: Workplace) -> None:
    form = done(work, requested(work))
    made = group(work, "安委会")
    assert form.group_id == made.id
    assert (made.purpose, made.platform, made.admission_scope) == (
        "安全检查",
        "企业微信",
        "莆田一厂主任",
    )
    assert made.source == form.number
    assert made.approved_by
    roles = {role.role: role.employee_id for role in work.store.find(GroupRole, group_id=made.id)}
    assert set(roles) == {OWNER, ADMIN}
    (let_in,) = work.store.find(MemberException, group_id=made.id)
    assert (let_in.allowed, let_in.reason) == (True, "安全员")
    assert work.store.find(Checklist, template="group_creation", group_id=made.id)


def test_the_new_group_is_gone_again_with_the_form_that_made_it(work: Workplace) -> None:
    before = work.store.count(Group)
    done(work, requested(work))
    History(work).undo()
    assert work.store.count(Group) == before
    assert not work.store.find(MemberException)


def test_who_belongs_in_the_new_group_follows_from_rule_and_names(work: Workplace) -> None:
    done(work, requested(work))
    picture = Picture(work)
    names = {p.name for p in picture.people(picture.expected[group(work, "安委会").id])}
    assert names == {"王小兰", "陈佳怡"}


def test_how_many_belong_in_a_group_is_said_before_it_is_made(work: Workplace) -> None:
    form = requested(work)
    preview = Previewing(work, Forms(work).shelf).of(form)
    assert "按规则应加1人，另按名单特批1人" in preview.lines


def test_a_name_that_is_not_on_the_fixed_list_is_refused(work: Workplace) -> None:
    form = requested(work)
    chosen(work, "group_name_mode", "固定清单")
    with pytest.raises(UserError, match="不在制度规定的群组之内"):
        done(work, form)
    assert not [g for g in work.store.all(Group) if g.name == "安委会"]


def test_a_class_or_rule_nobody_knows_is_refused(work: Workplace) -> None:
    with pytest.raises(UserError, match="工厂群组"):
        requested(work, group_class="兴趣群")
    form = requested(work, rule="单位=月球基地")
    with pytest.raises(UserError, match="月球基地"):
        done(work, form)


def test_an_owner_who_has_left_cannot_take_a_group(work: Workplace) -> None:
    person(work, "00099", "离任人", leave_date=date(2026, 11, 1))
    with pytest.raises(UserError, match="不在职"):
        done(work, requested(work, owner="00099"))


# -- 更名 ------------------------------------------------------------------------------------------
def test_a_renamed_group_is_found_by_both_names_and_its_history_is_kept(work: Workplace) -> None:
    chosen(work, "group_name_mode", "真实名称")
    form = Forms(work).draft("group_rename", group=group(work, "莆田二厂"))
    assert form.value("old_name") == "莆田二厂"
    form = done(
        work, form, new_name="莆田二分厂", reason_kind="机构更名", decided_by="00012", told="是"
    )
    renamed = group(work, "莆田二分厂")
    assert "莆田二厂" in renamed.aliases
    (kept,) = work.store.find(GroupRename, group_id=renamed.id)
    assert (kept.old_name, kept.new_name, kept.form_no, kept.reason) == (
        "莆田二厂",
        "莆田二分厂",
        form.number,
        "机构更名",
    )


def test_a_group_is_not_renamed_to_a_name_that_is_taken(work: Workplace) -> None:
    chosen(work, "group_name_mode", "真实名称")
    form = Forms(work).draft("group_rename", group=group(work, "莆田二厂"))
    with pytest.raises(UserError, match="已有一个手机端群组叫"):
        done(work, form, new_name="莆田一厂", reason_kind="其他", decided_by="00012")
    assert not work.store.all(GroupRename)


# -- 解散、整合 ------------------------------------------------------------------------------------
def test_a_dissolved_group_lets_go_of_members_and_number(work: Workplace) -> None:
    found = group(work, "莆田二厂")
    ids = work.store.ids()
    write(work, GroupMember(ids.next(GroupMember), found.id, 1))
    form = Forms(work).draft("group_dissolution", group=found)
    form = done(work, form, reason_kind="工作结束", decided_by="00012")
    gone = work.store.get(Group, found.id)
    assert gone is not None
    assert (gone.state, gone.dissolved_on, gone.dissolve_reason) == ("已解散", DAY, "工作结束")
    assert gone.dissolve_proof == f"{form.number}，林国栋（00012）决定"
    assert not work.store.find(GroupMember, group_id=found.id, left_on=None)
    assert not work.store.find(AdminNumber, group_id=found.id)


def test_a_merged_group_says_into_which(work: Workplace) -> None:
    found, into = group(work, "莆田二厂"), group(work)
    form = Forms(work).draft(
        "group_dissolution", group=found, typed={"request_kind": "整合", "merged_into": "莆田一厂"}
    )
    done(work, form, reason_kind="整合", decided_by="00012")
    merged = work.store.get(Group, found.id)
    assert merged is not None
    assert (merged.state, merged.merged_into_id) == ("已并入", into.id)


def test_what_was_not_ticked_is_said_before_it_is_done(work: Workplace) -> None:
    forms = Forms(work)
    form = forms.draft("group_dissolution", group=group(work, "莆田二厂"))
    preview = Previewing(work, forms.shelf).of(form)
    assert "没有勾选“重要资料已归档”“成员已告知”" in preview.text
    assert "已解散" in preview.text


def test_who_goes_out_is_told_in_one_line_and_a_checklist_by_its_title(work: Workplace) -> None:
    found = owned(work, "莆田二厂", 1)
    ids = work.store.ids()
    for employee_id in (1, 2, 3):
        write(work, GroupMember(ids.next(GroupMember), found.id, employee_id))
    forms = Forms(work)
    form = forms.draft("group_dissolution", group=found)
    text = Previewing(work, forms.shelf).of(form).text
    assert "“莆田二厂”移出3人（群解散）：林国栋、王小兰、陈佳怡" in text
    handing = transfer(work, successor_all="00014")
    lines = Previewing(work, forms.shelf).of(handing).lines
    assert "开出办理单：群主转让办理“莆田二厂”" in lines


# -- 群主转让 --------------------------------------------------------------------------------------
def transfer(work: Workplace, **typed: str) -> Form:
    values = {"reason_kind": "岗位变化", **typed}
    return Forms(work).draft("group_owner_transfer", person=head(work), typed=values)


def test_one_form_lists_every_group_of_an_owner(work: Workplace) -> None:
    owned(work, "莆田一厂", 1)
    owned(work, "三明工厂", 1)
    text = transfer(work).value("owned_groups")
    assert "莆田一厂" in text
    assert "三明工厂" in text


def test_all_groups_go_to_one_successor_and_are_checked_anew(work: Workplace) -> None:
    owned(work, "莆田一厂", 1)
    owned(work, "三明工厂", 1)
    form = done(work, transfer(work, successor_all="00014"))
    begun = work.store.find(GroupRole, employee_id=2, to_on=None)
    assert {role.basis for role in begun} == {form.number}
    assert len(begun) == 2
    assert not work.store.find(GroupRole, employee_id=1, to_on=None)
    assert len(work.store.find(Checklist, template="owner_transfer")) == 2


def test_each_group_may_have_its_own_successor(work: Workplace) -> None:
    owned(work, "莆田一厂", 1)
    owned(work, "三明工厂", 1)
    done(work, transfer(work, owned_groups="莆田一厂 00014；三明工厂 陈佳怡"))
    owner = {
        role.group_id: role.employee_id
        for role in work.store.find(GroupRole, role=OWNER, to_on=None)
    }
    assert owner == {group(work).id: 2, group(work, "三明工厂").id: 3}


def test_a_group_without_successor_keeps_all_where_they_are(work: Workplace) -> None:
    owned(work, "莆田一厂", 1)
    owned(work, "三明工厂", 1)
    with pytest.raises(UserError, match="还有1个群没有写接任人：三明工厂"):
        done(work, transfer(work, owned_groups="莆田一厂 00014；三明工厂"))
    assert len(work.store.find(GroupRole, employee_id=1, to_on=None)) == 2


def test_a_group_of_a_number_goes_with_the_number(work: Workplace) -> None:
    found = group(work)
    (number,) = work.store.find(AdminNumber, group_id=found.id)
    ids = work.store.ids()
    role = GroupRole(
        ids.next(GroupRole), found.id, OWNER, "群管理号", None, number.id, "", date(2026, 1, 1)
    )
    write(work, role, Custody(ids.next(Custody), number.id, 1, date(2026, 1, 1)))
    form = transfer(work, successor_all="00014")
    assert f"{number.seq}号群管理号" in form.value("owned_groups")
    done(work, form)
    (kept,) = work.store.find(Custody, admin_number_id=number.id, to_on=None)
    assert kept.employee_id == 2


def test_the_transfer_is_taken_back_as_a_whole(work: Workplace) -> None:
    owned(work, "莆田一厂", 1)
    done(work, transfer(work, successor_all="00014"))
    History(work).undo()
    (role,) = work.store.find(GroupRole, role=OWNER, to_on=None)
    assert role.employee_id == 1
    assert not work.store.find(Checklist, template="owner_transfer")


# -- 备案、清退 ------------------------------------------------------------------------------------
def test_a_filing_stands_with_the_duties_it_lists(work: Workplace) -> None:
    chosen(work, "require_admin_filing", "是")
    found = owned(work, "莆田一厂", 1)
    form = Forms(work).draft("group_admin_filing", group=found)
    assert "林国栋" in form.value("admins")
    form = done(work, form)
    (role,) = work.store.find(GroupRole, group_id=found.id, to_on=None)
    assert (role.filed_on, role.filing_no, role.filing_dept) == (DAY, form.number, "人力资源部门")


def test_a_removal_notice_takes_out_who_is_on_it_but_for_those_still_in(work: Workplace) -> None:
    found = group(work)
    ids = work.store.ids()
    for employee_id in (1, 2):
        write(work, GroupMember(ids.next(GroupMember), found.id, employee_id, nickname="x"))
    write(work, GroupMember(ids.next(GroupMember), found.id, None, "外人甲"))
    form = Forms(work).draft("group_removal_notice", group=found, typed={"basis": "核查"})
    rows = (
        '[{"name":"林国栋","emp_no":"00012","reason":"调出"},{"name":"外人甲"},{"name":"王小兰"}]'
    )
    done(work, form, lines=rows, not_removed="王小兰")
    left = {(m.employee_id, m.external_name) for m in work.store.find(GroupMember, left_on=DAY)}
    assert left == {(1, ""), (None, "外人甲")}


# -- 账号变更 --------------------------------------------------------------------------------------
def test_an_account_change_writes_what_the_right_side_says(work: Workplace) -> None:
    who = head(work)
    kind = work.pack.account_type("员工号").id
    account = Account(
        work.store.ids().next(Account), "ZH-00001", "林国栋", kind, wecom_userid="lgd",
        mobile="13800000001", holder_id=who.id, responsible_id=who.id, state="在用",
    )  # fmt: skip
    write(work, account)
    form = Forms(work).draft(
        "account_change_request", person=who, typed={"new_mobile": "13900000009", "reason": "换号"}
    )
    assert form.value("old_mobile") == "13800000001"
    form = done(work, form)
    changed = work.store.get(Account, account.id)
    assert changed is not None
    assert (changed.mobile, changed.form_no, changed.name) == ("13900000009", form.number, "林国栋")


def test_an_empty_right_side_is_nothing_to_do(work: Workplace) -> None:
    who = head(work)
    kind = work.pack.account_type("员工号").id
    write(work, Account(work.store.ids().next(Account), "ZH-1", "林国栋", kind, holder_id=who.id))
    form = Forms(work).draft("account_change_request", person=who, typed={"reason": "换号"})
    with pytest.raises(UserError, match="没有填"):
        done(work, form)

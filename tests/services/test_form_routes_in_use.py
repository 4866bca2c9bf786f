"""Routes of a pack of one's own, in a real register: any, all, by class, by department, none."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import FormStep
from wxadmin.domain.group import Group
from wxadmin.policy.packs import BUILT_IN
from wxadmin.services.forms import Forms
from wxadmin.services.policy_choices import PolicyChoices
from wxadmin.services.workplace import Workplace

EITHER = """
[[routes]]
id = "by_either"
title = "部门账号"
document = "account_request"
account_types = ["department"]
source = "T0-08 上级领导或管理员"
steps = [
  { no = 1, act = "approve", roles = ["上级领导", "管理员"], due_days = 2, source = "T0-08" },
  { no = 2, act = "open", role = "企业微信号管理员", source = "T0-08" },
]
"""
BOTH = """
[[routes]]
id = "by_both"
title = "厂群更名"
document = "group_rename"
group_classes = ["plant"]
source = "T3-03 有关领导和保密工作机构"
steps = [
  { no = 1, act = "approve", roles = ["有关领导", "保密工作机构"], mode = "all", source = "T3-03" },
]
"""
BY_PLANT = """
[[routes]]
id = "by_plant"
title = "三明工厂的申请"
document = "account_request"
departments = ["三明工厂"]
source = "本厂细则"
steps = [
  { no = 1, act = "approve", role = "厂长", due_days = 1, source = "本厂细则" },
  { no = 2, act = "open", role = "企业微信号管理员", source = "本厂细则" },
]
"""


@pytest.fixture
def workplace(tmp_path: Path):
    """An office whose own copy of the pack has further routes."""
    folder = tmp_path / "制度" / "southeast"
    shutil.copytree(BUILT_IN / "southeast", folder)
    path = folder / "pack.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + EITHER + BOTH + BY_PLANT, encoding="utf-8")
    opened = office(tmp_path)
    yield opened
    opened.close()


DEPARTMENT = {
    "account_type": "部门账号", "responsible_id": "00012", "account_name": "莆田一厂办公室",
}  # fmt: skip


def handed_in(workplace: Workplace, **typed: str):
    form = Forms(workplace).draft("account_request", person=person(workplace), typed=typed)
    return Forms(workplace).move(form.number, "submit").form


def test_either_of_two_may_agree_and_nobody_else(workplace) -> None:
    forms = Forms(workplace)
    form = handed_in(workplace, **DEPARTMENT)
    assert forms.moves.next_roles(form) == ("上级领导", "管理员")
    line = forms.line(form)
    assert (line.waits_for, line.due_on) == ("上级领导或管理员", TODAY + timedelta(days=2))
    with pytest.raises(UserError, match="现在等上级领导或管理员签批，轮不到“部门经理”"):
        forms.move(form.number, "approve", role="部门经理")
    assert forms.move(form.number, "approve", role="管理员").form.state == "已批准"


def test_both_must_agree_and_the_board_says_who_is_missing(workplace) -> None:
    forms = Forms(workplace)
    plant = workplace.store.find(Group, class_key="plant", side="手机端")[0]
    form = forms.draft("group_rename", group=plant)
    typed = {"new_name": f"{plant.name}大群", "reason_kind": "其他", "decided_by": "00012",
             "told": "是"}  # fmt: skip
    person(workplace)
    PolicyChoices(workplace).change("group_name_mode", {"company": "真实名称"})
    forms.set_fields(form.number, typed)
    form = forms.move(form.number, "submit").form
    assert [step.mode for step in forms.shelf.way_of(form).approvals] == ["all"]
    assert forms.shelf.way_of(form).opinions() == ("有关领导", "保密工作机构")
    forms.move(form.number, "approve", role="保密工作机构")
    assert forms.line(forms.called(form.number)).waits_for == "有关领导"
    with pytest.raises(UserError, match="现在等有关领导签批"):
        forms.move(form.number, "approve", role="保密工作机构")
    assert forms.move(form.number, "approve").form.state == "已批准"
    other = workplace.store.find(Group, class_key="region", side="手机端")[0]
    elsewhere = forms.draft("group_rename", group=other)
    assert forms.shelf.way_of(elsewhere).opinions() != ("有关领导", "保密工作机构")


def test_a_department_goes_its_own_way(workplace) -> None:
    forms = Forms(workplace)
    there = person(workplace, "00031", "周三明", unit="三明工厂")
    form = forms.draft("account_request", person=there)
    form = forms.move(form.number, "submit").form
    assert forms.moves.next_roles(form) == ("厂长",)
    assert forms.moves.next_roles(handed_in(workplace)) == ("部门经理",)


def test_two_roles_that_decide_stand_on_record_each(workplace) -> None:
    forms = Forms(workplace)
    form = handed_in(workplace, **DEPARTMENT)
    forms.move(form.number, "approve", role="上级领导", by="高总")
    (step,) = workplace.store.find(FormStep, form_id=form.id, move="approve")
    assert (step.role, step.by, step.way) == ("上级领导", "高总", "签字")

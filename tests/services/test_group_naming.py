"""A pack that names groups by code asks for codes on forms; one that does not, hides them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import COMPANY, TODAY, office, person, register_at
from wxadmin import paths
from wxadmin.bootstrap import create_workplace
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.services.form_asked import policy_asks
from wxadmin.services.form_shelf import Shelf
from wxadmin.services.forms import Forms
from wxadmin.services.group_naming import GroupNaming
from wxadmin.services.groups import Groups, group_called
from wxadmin.services.policy_choices import PolicyChoices
from wxadmin.services.setup import Setup
from wxadmin.services.workplace import Workplace

CODED = 'code_range = "1.101-1.199"\nsettings = { group_name_mode = "编码+主体" }\n'
HIDDEN = 'code_range = "2.001-2.099"\nsettings = { group_name_mode = "编号" }\n'
Making = Callable[..., Workplace]


@pytest.fixture
def making(tmp_path: Path) -> Iterator[Making]:
    """Make an office whose plants' groups are named as some lines of a pack say."""
    opened: list[Workplace] = []

    def make(lines: str = "", *, temporary: bool = False, **codes: str) -> Workplace:
        place = register_at(tmp_path)
        copy = paths.user_policies(Path(place)) / "coded"
        shutil.copytree(paths.RESOURCES / "policies" / "southeast", copy)
        groups = copy / "groups.toml"
        text = groups.read_text(encoding="utf-8")
        text = text.replace('id = "plant"\n', f'id = "plant"\n{lines}', 1)
        if temporary:
            head, tail = text.split('id = "plant"\n', 1)
            ends = tail.replace("planned_end = false", "planned_end = true", 1)
            text = f'{head}id = "plant"\n{ends}'
        for no, code in codes.items():
            text = text.replace(f'no = "{no}"\n', f'no = "{no}"\ncode = "{code}"\n', 1)
        groups.write_text(text, encoding="utf-8")
        workplace = create_workplace(place, by="测试", clock=lambda: TODAY)
        opened.append(workplace)
        Setup(workplace).from_pack("coded", company_name=COMPANY)
        return workplace

    yield make
    for workplace in opened:
        workplace.close()


def test_the_southeast_pack_asks_neither_for_codes_nor_for_other_names(tmp_path: Path) -> None:
    workplace = office(tmp_path)
    assert not {"codes", "public_names", "permission_levels", "filing"} & policy_asks(workplace)
    form = Shelf(workplace).definition("group_request")
    assert not form.has("group_code")
    assert not form.has("public_name")
    assert not Shelf(workplace).definition("account_change_request").has("new_permission")
    assert not any(cell.when for row in form.layout.rows for cell in row.cells)
    workplace.close()


def test_what_a_setting_asks_for_is_on_the_form_again(tmp_path: Path) -> None:
    workplace = office(tmp_path)
    PolicyChoices(workplace).change("require_undertaking", {"company": "是"})
    PolicyChoices(workplace).change("permission_levels_for_all", {"company": "是"})
    assert Shelf(workplace).definition("group_request").has("undertaking_on")
    assert Shelf(workplace).definition("account_change_request").has("new_permission")
    workplace.close()


def test_a_form_keeps_its_height_whatever_is_hidden(making: Making) -> None:
    workplace = making(CODED)
    for form in Shelf(workplace).forms.values():
        assert form.layout.used_height <= form.layout.height + 0.01
        for row in form.layout.rows:
            spans = sum(cell.span for cell in row.cells if not cell.width)
            wide = sum(cell.width for cell in row.cells)
            assert spans in (0, len(form.layout.columns)) or wide, (form.id, row.id)


def test_a_pack_with_codes_asks_for_them_and_proposes_the_next(making: Making) -> None:
    workplace = making(CODED, p="1.101", q="1.102")
    assert "codes" in policy_asks(workplace)
    assert Shelf(workplace).definition("group_request").has("group_code")
    assert GroupNaming(workplace).free_code("plant") == "1.103"
    assert GroupNaming(workplace).free_code("leadership") == ""
    plant = group_called(workplace.store.all(Group), "莆田一厂")
    assert plant.code == "1.101"


def test_a_new_group_gets_the_next_code_and_must_bear_it_in_its_name(making: Making) -> None:
    workplace = making(CODED, p="1.101")
    who = person(workplace, "00012", "林国栋")
    typed = {
        "group_name": "1.102 公司安委会",
        "group_class": "工厂群组",
        "group_unit": "莆田一厂",
        "purpose": "安全",
        "admission": "安委会成员",
        "rule": "单位=莆田一厂",
    }
    forms = Forms(workplace)
    form = forms.draft("group_request", person=who, typed={**typed, "group_name": "安委会"})
    assert form.value("group_code") == "1.102"
    with pytest.raises(UserError, match=r"如“1\.102 公司安委会”"):
        forms.move(form.number, "submit")
    forms.set_fields(form.number, typed)
    forms.move(form.number, "submit")
    forms.move(form.number, "complete")
    made = group_called(workplace.store.all(Group), "1.102 公司安委会")
    assert made.code == "1.102"


def test_a_code_typed_in_brackets_is_kept_plain_and_never_twice(making: Making) -> None:
    workplace = making(CODED, p="1.101")
    groups = Groups(workplace)
    second = groups.find("莆田二厂")
    groups.edit(second, _coded(second, "[1,102】"))
    assert groups.find("莆田二厂").code == "1.102"
    with pytest.raises(UserError, match="已是群组"):
        groups.edit(groups.find("莆田二厂"), _coded(groups.find("莆田二厂"), "1.101"))


def test_a_numbered_group_has_a_name_of_its_own_for_the_chat(making: Making) -> None:
    workplace = making(HIDDEN, p="2.001")
    assert "public_names" in policy_asks(workplace)
    naming = GroupNaming(workplace)
    plant = group_called(workplace.store.all(Group), "莆田一厂")
    assert naming.proposal(plant) == "2.001"
    with pytest.raises(UserError, match="露出了“莆田一厂”"):
        naming.named(_named(plant, "莆田一厂1群"))
    assert naming.named(_named(plant, "2.001")).public_name == "2.001"


def test_groups_named_otherwise_are_listed_with_the_name_that_would_do(making: Making) -> None:
    workplace = making(CODED, p="1.101")
    groups = workplace.store.find(Group, side="手机端")
    wrong = {group.name: proposal for group, _, proposal in GroupNaming(workplace).judged(groups)}
    assert wrong["莆田一厂"] == "1.101 公司莆田一厂"
    assert "事业部领导群组" not in wrong


def test_two_groups_of_a_pack_may_not_have_one_code(making: Making) -> None:
    with pytest.raises(UserError, match=r"1\.101"):
        making(CODED, p="1.101", q="1.101")


def _coded(group: Group, code: str) -> Group:
    return replace(group, code=code)


def _named(group: Group, public_name: str) -> Group:
    return replace(group, public_name=public_name)


def requested(workplace: Workplace, **typed: str) -> str:
    who = person(workplace, "00012", "林国栋")
    values = {
        "group_name": "迎检专班",
        "group_class": "工厂群组",
        "group_unit": "莆田一厂",
        "purpose": "迎检",
        "admission": "专班成员",
        **typed,
    }
    return Forms(workplace).draft("group_request", person=who, typed=values).number


def test_a_temporary_group_must_say_when_it_ends(making: Making) -> None:
    workplace = making('settings = { group_name_mode = "真实名称" }\n', temporary=True)
    number = requested(workplace)
    with pytest.raises(UserError, match="计划解散日期"):
        Forms(workplace).move(number, "submit")


def test_a_temporary_group_may_not_outlast_what_the_policy_allows(making: Making) -> None:
    lines = 'settings = { group_name_mode = "真实名称", temp_group_max_days = 30 }\n'
    workplace = making(lines, temporary=True)
    forms = Forms(workplace)
    number = requested(workplace, planned_end_on="2027-06-30")
    with pytest.raises(UserError, match="最长30天，计划解散日期应不晚于2026-12-20"):
        forms.move(number, "submit")
    forms.set_fields(number, {"planned_end_on": "2026-12-20"})
    forms.move(number, "submit")
    assert forms.move(number, "complete").form.state == "已办结"

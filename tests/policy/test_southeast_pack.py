"""The pack `southeast` is T0-19 whole: units, groups, numbers, route and checklists."""

from __future__ import annotations

import pytest

from wxadmin.domain.errors import UserError
from wxadmin.domain.membership_rule import describe
from wxadmin.domain.policy import Pack
from wxadmin.domain.policy_names import (
    employment_type_of,
    known_rank,
    leave_kind_of,
    region_of,
    service_state_of,
    suggested_rank,
)
from wxadmin.policy.packs import list_packs, load_pack

REGIONS = ["福建东部", "福建中部", "福建南部", "福建泉州", "福建北部"] + [
    "江西东部",
    "江西南部",
    "江西西部",
    "江西北部",
]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("southeast")


def test_the_pack_is_offered_with_title_and_source() -> None:
    (info,) = [info for info in list_packs() if info.id == "southeast"]
    assert info.title == "东南事业部企业微信号管理规程"
    assert info.source.startswith("T0-19")
    assert not info.is_user_copy
    assert not info.problem


def test_the_scope_names_eleven_units(pack: Pack) -> None:
    assert [unit.name for unit in pack.units if unit.in_scope] == [
        "销售部门",
        "商务支持",
        "浙江商务",
        "莆田一厂",
        "莆田二厂",
        "三明工厂",
        "漳州工厂",
        "南昌工厂",
        "小兰工厂",
        "三店工厂",
        "吉水工厂",
    ]


def test_the_first_putian_plant_goes_by_both_its_names(pack: Pack) -> None:
    (plant,) = [unit for unit in pack.units if unit.name == "莆田一厂"]
    assert "莆田总厂" in plant.aliases


def test_the_nine_regions_lie_under_the_sales_departments(pack: Pack) -> None:
    assert [unit.name for unit in pack.regions] == REGIONS
    assert {unit.parent for unit in pack.regions} == {"销售部门"}


def test_the_logistics_of_the_supply_chain_lie_under_it(pack: Pack) -> None:
    (logistics,) = [unit for unit in pack.units if unit.name == "供应链二区物流"]
    assert logistics.parent == "供应链二区"


def test_the_plants_stand_directly_under_the_division(pack: Pack) -> None:
    assert {unit.parent for unit in pack.units if unit.kind == "工厂"} == {"东南事业部"}


def test_the_ranks_run_from_president_to_staff(pack: Pack) -> None:
    assert pack.ranks_by_name() == (
        "总裁",
        "总监",
        "副总监",
        "厂长",
        "经理",
        "副经理",
        "主任",
        "班组长",
        "员工",
    )
    assert {r.name for r in pack.ranks if r.is_management} == {r.name for r in pack.ranks} - {
        "员工"
    }


def test_there_are_22_back_end_groups_lettered_a_to_v(pack: Pack) -> None:
    assert [group.no for group in pack.groups] == list("abcdefghijklmnopqrstuv")


def test_every_back_end_group_has_the_rule_of_the_text(pack: Pack) -> None:
    rules = {group.no: (group.name, describe(group.rule)) for group in pack.groups}
    assert rules["a"] == ("事业部领导群组", "职务为总裁、总监、副总监")
    assert rules["b"] == ("事业部经理群组", "职务为经理、副经理、主任")
    for letter, region in zip("cdefghijk", REGIONS, strict=True):
        assert rules[letter] == (f"事业部销售{region}", f"销售区域为{region}")
    assert rules["l"] == ("事业部支持部门群", "单位为支持部门（含下级）")
    assert rules["m"] == ("事业部浙江商务群", "单位为浙江商务（含下级）")
    assert rules["n"] == ("供应链二区", "单位为供应链二区（含下级）且职务为总监、厂长")
    assert rules["o"] == ("供应链二区物流", "单位为供应链二区物流（含下级）")
    plants = ["莆田一厂", "莆田二厂", "三明工厂", "漳州工厂", "南昌工厂"]
    for letter, plant in zip("pqrst", plants, strict=True):
        assert rules[letter] == (plant, f"单位为{plant}（含下级）")
    assert rules["u"] == ("亚啤工厂", "单位为小兰工厂、三店工厂（含下级）")
    assert rules["v"] == ("吉水工厂", "单位为吉水工厂（含下级）")


def test_22_groups_less_two_make_20_mobile_groups_and_20_numbers(pack: Pack) -> None:
    with_mobile = {group.backend for group in pack.mobile_groups}
    assert {group.no for group in pack.groups} - with_mobile == {"m", "o"}
    assert len(pack.mobile_groups) == 20
    assert [number.no for number in pack.admin_numbers] == list(range(1, 21))
    assert {n.mobile_group for n in pack.admin_numbers} == {g.no for g in pack.mobile_groups}
    assert pack.setting("admin_number_pool_size").default == 20


def test_group_numbers_are_unique_over_both_sides(pack: Pack) -> None:
    numbers = [group.no for group in (*pack.groups, *pack.mobile_groups)]
    assert len(set(numbers)) == 42


def test_the_support_group_is_also_called_as_m_and_o_call_it(pack: Pack) -> None:
    (group,) = [group for group in pack.mobile_groups if group.backend == "l"]
    assert "商务支持群" in group.aliases


def test_zhejiang_and_logistics_are_spread_by_post(pack: Pack) -> None:
    backend_of = {group.no: group.backend for group in pack.mobile_groups}
    for letter in "mo":
        targets = [
            (backend_of[m.mobile], describe(m.rule)) for m in pack.mappings if m.backend == letter
        ]
        assert targets == [
            ("a", "职务为总裁、总监、副总监"),
            ("b", "职务为经理、副经理、主任"),
            ("l", "全体在职人员"),
        ]


def test_an_ordinary_account_needs_the_department_head_alone(pack: Pack) -> None:
    route = pack.route_for("account_request")
    assert [step.role for step in route.approvals("personal")] == ["部门经理"]
    assert [step.role for step in route.approvals("console_admin")] == ["部门经理", "总经理"]


def test_the_annex_goes_by_mail_before_it_is_opened(pack: Pack) -> None:
    acts = [s.act for s in pack.route_for("account_request").for_account_type("personal")]
    assert acts == ["approve", "mail", "accept", "open", "notify"]


def test_only_the_personal_account_counts_towards_one_person_one_account(pack: Pack) -> None:
    assert [t.id for t in pack.account_types if t.counts_as_personal] == ["personal"]
    assert pack.account_type("管理员号").id == "admin_number"
    with pytest.raises(UserError, match="没有“传呼机”这种账号类型"):
        pack.account_type("传呼机")


@pytest.mark.parametrize(
    ("checklist", "steps", "blocking"),
    [
        ("onboarding", 20, {4, 5, 13}),
        ("transfer", 12, {4, 5}),
        ("offboarding", 16, {2, 4, 8, 9, 12}),
        ("group_creation", 11, {3, 5, 11}),
        ("owner_transfer", 9, {2, 5, 8}),
        ("dissolution", 6, {4, 5}),
    ],
)
def test_a_checklist_has_its_steps(
    pack: Pack, checklist: str, steps: int, blocking: set[int]
) -> None:
    template = pack.checklist(checklist)
    assert [step.no for step in template.steps] == list(range(1, steps + 1))
    assert {step.no for step in template.steps if step.blocking} == blocking


def test_every_step_says_where_it_comes_from(pack: Pack) -> None:
    for template in pack.checklists:
        for step in template.steps:
            asked = step.source.startswith("T0-19") or "推定（依据 T0-19" in step.source
            assert asked is step.required, (template.id, step.no)


def test_the_grid_head_of_a_step_has_two_short_lines(pack: Pack) -> None:
    for template in pack.checklists:
        for step in template.steps:
            lines = step.short.split(" ")
            assert len(lines) == 2, step
            assert all(1 <= len(line) <= 3 for line in lines), step


def test_a_prerequisite_that_is_not_asked_for_never_holds_up_one_that_is(pack: Pack) -> None:
    for template in pack.checklists:
        for step in template.steps:
            needed = [template.step(no) for no in step.prerequisites]
            assert not step.required or all(before.required for before in needed), step


def test_the_offboarding_steps_that_need_the_leaver_can_be_done_without_him(pack: Pack) -> None:
    steps = pack.checklist("offboarding").steps
    assert {2, 4, 9, 14} <= {step.no for step in steps if step.needs_leaver}


def test_contracts_that_end_are_known_by_the_kind_of_employment(pack: Pack) -> None:
    ending = {item.name for item in pack.employment_types if item.contract_end}
    assert {"劳务派遣", "外包驻厂", "季节工", "返聘"} <= ending
    found = employment_type_of("退休返聘", pack)
    assert found is not None
    assert found.name == "返聘"
    assert employment_type_of("义工", pack) is None


def test_who_is_on_maternity_leave_stays(pack: Pack) -> None:
    for word in ("产假", "停薪留职", "休产假"):
        state = service_state_of(word, pack)
        assert state is not None
        assert state.in_service
    left = service_state_of("已离职", pack)
    assert left is not None
    assert not left.in_service


def test_who_walked_off_will_not_sign(pack: Pack) -> None:
    kind = leave_kind_of("旷工自离", pack)
    assert kind is not None
    assert kind.gone


def test_every_plant_and_the_supply_chain_have_an_hr_source(pack: Pack) -> None:
    covered = {unit for source in pack.hr_sources for unit in source.covers}
    assert {unit.name for unit in pack.units if unit.in_scope} <= covered
    assert "供应链二区人事" in {source.name for source in pack.hr_sources}


@pytest.mark.parametrize(
    ("path", "column", "region"),
    [
        (("销售部门", "福建东部", "办事处"), "", "福建东部"),
        (("销售部", "销售江西南部"), "", "江西南部"),
        (("销售部门", "福建东部"), "江西北部", "江西北部"),
        (("莆田一厂", "包装车间"), "", ""),
        (("销售部门",), "海外", "海外"),
        (("销售部门", "福建东部"), "  ", "福建东部"),
    ],
)
def test_the_region_is_the_column_else_the_first_region_on_the_path(
    pack: Pack, path: tuple[str, ...], column: str, region: str
) -> None:
    assert region_of(path, pack, column) == region


@pytest.mark.parametrize(
    ("title", "known", "suggested"),
    [
        ("经理", "经理", "经理"),
        ("车间主任", "主任", "主任"),
        ("设备副经理", "", "副经理"),
        ("技术总监", "", "总监"),
        ("副厂长", "", ""),
        ("吉祥物", "", ""),
    ],
)
def test_a_title_is_known_or_guessed_by_its_ending(
    pack: Pack, title: str, known: str, suggested: str
) -> None:
    assert known_rank(title, pack) == known
    assert suggested_rank(title, pack) == suggested


def test_the_settings_the_program_asks_for_are_there(pack: Pack) -> None:
    wanted = {
        "joiner_window_days": 45,
        "brake_count": 50,
        "brake_percent": 20,
        "transfer_match_days": 30,
        "leaver_list_day": 5,
        "leaver_deadline_days": 0,
        "max_personal_accounts": 1,
        "check_frequency": "每月",
    }
    assert {key: pack.setting(key).default for key in wanted} == wanted
    with pytest.raises(UserError, match="没有“coffee”这项设定"):
        pack.setting("coffee")

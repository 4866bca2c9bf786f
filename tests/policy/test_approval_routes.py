"""Routes as data: what each text says about who applies and who approves, in small packs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wxadmin.domain.approval_route import RouteCase, opinions, route_for, standing
from wxadmin.domain.errors import UserError
from wxadmin.domain.policy import Route, RouteStep
from wxadmin.policy.packs import BUILT_IN, load_pack

ORDINARY = '{ no = 1, act = "approve", role = "部门经理", due_days = 1, source = "T0-19" },'
GROUP_STEPS = """
[[routes]]
id = "group"
title = "建群"
document = "group_request"
source = "T0-19 手机端群组按第2点的定义创建，不另审批"
steps = []
"""


@pytest.fixture
def pack_with(tmp_path: Path):
    """Write further routes into a copy of the pack and load it."""

    def make(*routes: str):
        folder = tmp_path / "southeast"
        shutil.copytree(BUILT_IN / "southeast", folder, dirs_exist_ok=True)
        path = folder / "pack.toml"
        text = (BUILT_IN / "southeast" / "pack.toml").read_text(encoding="utf-8")
        path.write_text(text + "\n" + "\n".join(routes), encoding="utf-8")
        return load_pack("southeast", tmp_path)

    return make


def route(document: str, steps: str, **selectors: list[str]) -> str:
    words = "\n".join(f"{key} = {value}".replace("'", '"') for key, value in selectors.items())
    return (
        f'[[routes]]\nid = "own{abs(hash((document, steps, words)))}"\ntitle = "路线"\n'
        f'document = "{document}"\nsource = "本单位"\n{words}\nsteps = [\n{steps}\n]\n'
    )


def asked(found: Route | None, *given: str) -> tuple[str, ...]:
    assert found is not None
    return standing(found.approvals(), given).roles


def test_an_account_may_be_approved_by_either_of_two(pack_with) -> None:
    """T0-08: 上级领导或管理员审核通过."""
    steps = '{ no = 1, act = "approve", roles = ["上级领导", "管理员"], source = "T0-08" },'
    pack = pack_with(route("account_request", steps, account_types=["department"]))
    found = route_for(pack.routes, "account_request", RouteCase("department"))
    assert asked(found) == ("上级领导", "管理员")
    assert asked(found, "管理员") == ()
    assert opinions(found.approvals()) == ("上级领导或管理员",)


def test_a_group_may_need_all_of_two_in_any_order(pack_with) -> None:
    """T3-03: 有关领导和保密工作机构审批同意."""
    steps = (
        '{ no = 1, act = "approve", roles = ["有关领导", "保密工作机构"], mode = "all", '
        'source = "T3-03" },'
    )
    pack = pack_with(route("group_request", steps, group_classes=["region"]))
    found = route_for(pack.routes, "group_request", RouteCase(group_classes=("region", "work")))
    assert standing(found.approvals(), ()).left == 2
    assert asked(found, "保密工作机构") == ("有关领导",)
    assert asked(found, "保密工作机构", "有关领导") == ()
    assert opinions(found.approvals()) == ("有关领导", "保密工作机构")


def test_the_class_of_a_group_chooses_its_route_and_the_nearer_class_counts(pack_with) -> None:
    """T3-02: 报微信群管理小组组长审批; T2-04: 上级领导."""
    leader = '{ no = 1, act = "approve", role = "管理小组组长", source = "T3-02" },'
    superior = '{ no = 1, act = "approve", role = "上级领导", source = "T2-04" },'
    pack = pack_with(
        route("group_request", leader, group_classes=["plant"]),
        route("group_request", superior, group_classes=["work"]),
    )
    choose = lambda *line: route_for(pack.routes, "group_request", RouteCase(group_classes=line))  # noqa: E731
    assert asked(choose("plant", "work")) == ("管理小组组长",)
    assert asked(choose("region", "work")) == ("上级领导",)
    assert asked(choose()) == ()


def test_a_department_may_have_a_route_of_its_own(pack_with) -> None:
    """T2-08: 各部门的实施细则."""
    steps = '{ no = 1, act = "approve", role = "厂长", source = "本厂" },'
    pack = pack_with(route("account_request", steps, departments=["莆田一厂"]))
    here = RouteCase("personal", units=frozenset({"莆田一厂", "酿造车间"}))
    assert asked(route_for(pack.routes, "account_request", here)) == ("厂长",)
    elsewhere = RouteCase("personal", units=frozenset({"三明工厂"}))
    assert asked(route_for(pack.routes, "account_request", elsewhere)) == ("部门经理",)


def test_a_document_may_need_no_approval_at_all(pack_with) -> None:
    """T3-06: 公司群由总经办、行政部组建; 临时小群 without approval."""
    found = route_for(pack_with().routes, "group_request", RouteCase())
    assert standing(found.approvals(), ()).step is None
    assert standing(found.approvals(), ()).left == 0


def test_two_routes_for_one_document_and_case_are_refused(pack_with) -> None:
    again = GROUP_STEPS.replace('id = "group"', 'id = "group2"')
    with pytest.raises(UserError, match=r"group_request.*重复"):
        pack_with(again)


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ({"account_types": ["nobody"]}, "没有叫“nobody”的账号类型"),
        ({"departments": ["火星分部"]}, "没有叫“火星分部”的单位"),
        ({"group_classes": ["secret"]}, "没有叫“secret”的群类别"),
    ],
)
def test_a_route_for_what_does_not_exist_is_refused(pack_with, selector, said) -> None:
    with pytest.raises(UserError, match=said):
        pack_with(route("account_request", ORDINARY, **selector))


def test_a_later_step_does_not_count_before_its_turn() -> None:
    steps = tuple(RouteStep(no, "approve", role, "any", 1, (), "", (role,))
                  for no, role in enumerate(("部门经理", "总经理"), start=1))  # fmt: skip
    assert standing(steps, ["总经理"]).roles == ("部门经理",)
    assert standing(steps, ["部门经理"]).roles == ("总经理",)
    assert standing(steps, ["部门经理"]).left == 1

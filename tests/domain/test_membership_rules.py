"""Rules: said in Chinese, kept as JSON, and refused when they make no sense."""

from __future__ import annotations

import json

import pytest

from wxadmin.domain.errors import UserError
from wxadmin.domain.membership_rule import (
    EVERYONE,
    NOBODY,
    Condition,
    Rule,
    describe,
    rule_from_plain,
    rule_from_text,
    rule_to_plain,
    rule_to_text,
)

PLANT = Condition("unit", ("莆田一厂",))
MANAGERS = Condition("position", ("经理", "副经理"))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (Rule(((PLANT, MANAGERS),)), "单位为莆田一厂（含下级）且职务为经理、副经理"),
        (Rule(((PLANT,), (MANAGERS,))), "单位为莆田一厂（含下级）；或职务为经理、副经理"),
        (Rule(((Condition("unit", ("供应链二区",), include_below=False),),)), "单位为供应链二区"),
        (Rule(((Condition("tag", ("股东",), exclude=True),),)), "标签不为股东"),
        (Rule(((Condition("rank_from", ("班组长",)),),)), "职务级别不低于班组长"),
        (EVERYONE, "全体在职人员"),
        (NOBODY, "无规则（成员由人工登记）"),
    ],
)
def test_a_rule_is_said_in_chinese(rule: Rule, text: str) -> None:
    assert describe(rule) == text


def test_a_rule_survives_being_kept() -> None:
    rule = Rule(
        (
            (Condition("unit", ("莆田一厂",), include_below=False), MANAGERS),
            (Condition("region", ("福建东部",), exclude=True),),
        )
    )
    assert rule_from_plain(json.loads(json.dumps(rule_to_plain(rule)))) == rule
    assert rule_from_text(rule_to_text(rule)) == rule
    assert rule_from_text("") == NOBODY


@pytest.mark.parametrize(
    "plain",
    [
        "单位为莆田一厂",
        [{"field": "unit", "values": ["莆田一厂"]}],
        [[{"field": "unit"}]],
        [[{"field": "unit", "values": [7]}]],
        [[{"field": "unit", "values": ["莆田一厂"], "depth": 2}]],
    ],
)
def test_something_else_is_no_rule(plain: object) -> None:
    with pytest.raises(UserError, match="成员规则的写法不对"):
        rule_from_plain(plain)


def test_text_that_is_no_json_is_no_rule() -> None:
    with pytest.raises(UserError, match="成员规则的写法不对"):
        rule_from_text("{")


def test_a_condition_names_a_known_field_and_at_least_one_value() -> None:
    with pytest.raises(UserError, match="没有“血型”这个条件"):
        Condition("血型", ("A",))
    with pytest.raises(UserError, match="“单位”条件没有写值"):
        Condition("unit", ())

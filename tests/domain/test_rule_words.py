"""A membership rule typed in words is the rule it says."""

from __future__ import annotations

import pytest

from wxadmin.domain.errors import UserError
from wxadmin.domain.membership_rule import EVERYONE, NOBODY, Condition, Rule, describe
from wxadmin.domain.rule_words import rule_of_words

PLANT = Condition("unit", ("莆田一厂",))
HEADS = Condition("position", ("经理", "主任"))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("单位=莆田一厂 职务=经理、主任", Rule(((PLANT, HEADS),))),
        ("单位=莆田一厂；职务=经理,主任", Rule(((PLANT,), (HEADS,)))),
        ("岗位=经理、主任", Rule(((HEADS,),))),
        ("销售区域≠福建东部", Rule(((Condition("region", ("福建东部",), exclude=True),),))),
        ("全体在职人员", EVERYONE),
        ("", NOBODY),
    ],
)
def test_words_become_a_rule(text: str, rule: Rule) -> None:
    assert rule_of_words(text) == rule


@pytest.mark.parametrize(
    "rule",
    [
        Rule(((PLANT, HEADS),)),
        Rule(((PLANT,), (Condition("unit", ("三明工厂",), include_below=False), HEADS))),
        Rule(((Condition("rank_from", ("经理",)), Condition("tag", ("党员",), exclude=True)),)),
        EVERYONE,
        NOBODY,
    ],
)
def test_a_rule_put_in_words_is_read_back(rule: Rule) -> None:
    assert rule_of_words(describe(rule)) == rule


def test_words_that_are_no_condition_are_named() -> None:
    with pytest.raises(UserError, match="“大家都来”看不懂"):
        rule_of_words("大家都来")

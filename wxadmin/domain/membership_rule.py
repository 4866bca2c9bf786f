"""A membership rule as data: which people belong to a group, by unit, post, region and so on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass

FIELD_LABELS: Final[Mapping[str, str]] = {
    "unit": "单位",
    "position": "职务",
    "rank": "职务级别",
    "rank_from": "职务级别",
    "region": "销售区域",
    "tag": "标签",
    "employment_type": "用工类型",
}
EVERYONE_TEXT: Final = "全体在职人员"
NOBODY_TEXT: Final = "无规则（成员由人工登记）"


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand on one field; it holds when the person has any of the values.

    `position` holds by the post's name or by its rank, for a policy's "职务为经理" means both.
    `rank_from` holds for the named rank and every rank above it.
    `include_below` concerns units only. `exclude` turns the demand round.
    """

    field: str
    values: tuple[str, ...]
    include_below: bool = True
    exclude: bool = False

    def __post_init__(self) -> None:
        if self.field not in FIELD_LABELS:
            raise UserError(f"成员规则里没有“{self.field}”这个条件。", code="bad_rule")
        if not self.values:
            raise UserError(f"成员规则的“{self.label}”条件没有写值。", code="bad_rule")

    @property
    def label(self) -> str:
        """The field's Chinese name."""
        return FIELD_LABELS[self.field]


@dataclass(frozen=True, slots=True)
class Rule:
    """Alternatives of conditions: a person fits when all conditions of any one branch hold.

    No branch at all fits nobody; one empty branch fits everybody in service.
    """

    any_of: tuple[tuple[Condition, ...], ...] = ()

    def conditions(self) -> Iterable[Condition]:
        """Every condition of every branch, in order."""
        for branch in self.any_of:
            yield from branch


EVERYONE: Final = Rule(((),))
NOBODY: Final = Rule()


def describe_condition(condition: Condition) -> str:
    """Say a condition in Chinese: 单位为莆田一厂（含下级）."""
    values = "、".join(condition.values)
    if condition.field == "rank_from":
        verb = "低于" if condition.exclude else "不低于"
    else:
        verb = "不为" if condition.exclude else "为"
    below = "（含下级）" if condition.field == "unit" and condition.include_below else ""
    return f"{condition.label}{verb}{values}{below}"


def describe(rule: Rule) -> str:
    """Say a rule in Chinese: 单位为莆田一厂（含下级）且职务为经理、副经理."""
    if not rule.any_of:
        return NOBODY_TEXT
    if () in rule.any_of:
        return EVERYONE_TEXT
    branches = ["且".join(map(describe_condition, branch)) for branch in rule.any_of]
    return "；或".join(branches)


def rule_to_plain(rule: Rule) -> list[list[dict[str, object]]]:
    """The rule as lists and dictionaries, fit for JSON; defaults are left out."""
    return [[_condition_to_plain(condition) for condition in branch] for branch in rule.any_of]


def _condition_to_plain(condition: Condition) -> dict[str, object]:
    plain: dict[str, object] = {"field": condition.field, "values": list(condition.values)}
    if not condition.include_below:
        plain["include_below"] = False
    if condition.exclude:
        plain["exclude"] = True
    return plain


def rule_from_plain(plain: object) -> Rule:
    """The rule that `rule_to_plain` wrote; anything else is a UserError."""
    return Rule(
        tuple(
            tuple(_condition_from_plain(item) for item in _sequence(branch))
            for branch in _sequence(plain)
        )
    )


def rule_to_text(rule: Rule) -> str:
    """The rule as one line of JSON, as a record keeps it."""
    return json.dumps(rule_to_plain(rule), ensure_ascii=False, separators=(",", ":"))


def rule_from_text(text: str) -> Rule:
    """The rule `rule_to_text` wrote; the empty text is a group without a rule."""
    if not text:
        return NOBODY
    try:
        return rule_from_plain(json.loads(text))
    except json.JSONDecodeError:
        raise _bad_form() from None


def _condition_from_plain(item: object) -> Condition:
    if not isinstance(item, Mapping) or not isinstance(item.get("field"), str):
        raise _bad_form()
    values = _sequence(item.get("values"))
    unknown = set(item) - {"field", "values", "include_below", "exclude"}
    if unknown or not all(isinstance(value, str) and value for value in values):
        raise _bad_form()
    return Condition(
        item["field"],
        tuple(str(value) for value in values),
        include_below=item.get("include_below", True) is True,
        exclude=item.get("exclude", False) is True,
    )


def _sequence(value: object) -> Sequence[object]:
    if isinstance(value, list | tuple):
        return value
    raise _bad_form()


def _bad_form() -> UserError:
    return UserError(
        "成员规则的写法不对：应为若干组条件，每个条件写明字段和取值。", code="bad_rule"
    )

"""Membership rules for `list`, `show` and `set`; `preview=是` shows who would move, no more."""

from __future__ import annotations

import json
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.domain.membership_rule import (
    EVERYONE,
    FIELD_LABELS,
    NOBODY,
    Condition,
    Rule,
    rule_from_plain,
    rule_to_plain,
)
from wxadmin.services.groups import Groups
from wxadmin.services.membership import Membership, RulePreview
from wxadmin.services.membership_facts import Person
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds.written import read_list, read_yes

HEADS = {"group_no": "群编号", "group": "群名称", "side": "端", "rule": "成员规则"}
LABELS = {
    "group_no": "群编号",
    "group": "群名称",
    "rule_of": "规则写在",
    "before": "原规则",
    "rule": "成员规则",
    "effects": "影响",
    "operation": "日志第几步",
}
WHOLE, PREVIEW, BELOW = "rule", "preview", "include_below"
_ALL, _NONE = "全体在职人员", "无"


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return every group's rule in words."""
    picture = Picture(workplace)
    groups = sorted(picture.groups.values(), key=lambda g: (g.sort_no, g.id))
    lines = [_row(workplace, group, picture) for group in groups]
    return [line for line in lines if search in line["group"] + line["rule"]]


def _row(workplace: Workplace, group: Group, picture: Picture) -> dict[str, Any]:
    return {
        "group_no": group.group_no,
        "group": group.name,
        "side": group.side,
        "rule": Membership(workplace).rule_text(group.id, picture),
    }


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one group's rule, in words and as data."""
    picture = Picture(workplace)
    group = Groups(workplace).find(key)
    owner = Membership(workplace).rule_owner(group, picture)
    known = picture.book.groups.get(owner.id)
    return {
        **_row(workplace, group, picture),
        "rule_of": owner.name,
        "rule_plain": rule_to_plain(known.rule) if known and known.rule else [],
    }


def change(workplace: Workplace, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Change a group's rule: FIELD=值、值 (all must hold), FIELD!=值 to exclude, or rule=JSON."""
    membership = Membership(workplace)
    group = Groups(workplace).find(key)
    preview = membership.preview_rule(group, read_rule(fields))
    shown = _shown(preview)
    if read_yes(PREVIEW, fields.get(PREVIEW, "否")):
        return {**shown, "operation": None}
    return {**shown, "operation": membership.set_rule(preview)}


def read_rule(fields: dict[str, str]) -> Rule:
    """Read a rule from FIELD=VALUE pairs; a field is named in English or in Chinese."""
    if WHOLE in fields:
        return _read_whole(fields[WHOLE])
    below = read_yes(BELOW, fields.get(BELOW, "是"))
    conditions = [
        _condition(name, text, below)
        for name, text in fields.items()
        if name not in (PREVIEW, BELOW)
    ]
    if not conditions:
        raise UserError("请写明条件，如 unit=莆田一厂 position=经理、副经理。", "bad_rule")
    return Rule((tuple(conditions),))


def _read_whole(text: str) -> Rule:
    if text in (_ALL, _NONE):
        return EVERYONE if text == _ALL else NOBODY
    try:
        return rule_from_plain(json.loads(text))
    except json.JSONDecodeError:
        raise UserError(f"rule 应写成 JSON，或“{_ALL}”“{_NONE}”，没有改动。", "bad_rule") from None


def _condition(name: str, text: str, below: bool) -> Condition:
    exclude = name.endswith("!")
    field = name.rstrip("!")
    by_label = {label: key for key, label in reversed(list(FIELD_LABELS.items()))}
    key = field if field in FIELD_LABELS else by_label.get(field, field)
    return Condition(key, read_list(text), below or key != "unit", exclude)


def _shown(preview: RulePreview) -> dict[str, Any]:
    return {
        "group": preview.group.name,
        "group_no": preview.group.group_no,
        "before": preview.before,
        "rule": preview.after,
        "rule_plain": rule_to_plain(preview.rule),
        "effects": [
            {
                "group": effect.group.name,
                "group_no": effect.group.group_no,
                "side": effect.group.side,
                "summary": f"加{len(effect.joins)}人、移出{len(effect.leaves)}人",
                "joins": [_person(person, "加") for person in effect.joins],
                "leaves": [_person(person, "移出") for person in effect.leaves],
            }
            for effect in preview.effects
        ],
    }


def _person(person: Person, move: str) -> dict[str, Any]:
    return {"move": move, "emp_no": person.emp_no, "name": person.name, "org_unit": person.org_unit}

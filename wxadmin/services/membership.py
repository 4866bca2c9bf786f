"""Who belongs to which group and why; rules changed only after seeing who joins and who leaves."""

from __future__ import annotations

from dataclasses import replace

from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group
from wxadmin.domain.membership import expected_members
from wxadmin.domain.membership_rule import Condition, Rule, describe, rule_to_text
from wxadmin.domain.membership_why import Because, Why, describe_group, short_date, why
from wxadmin.services.membership_picture import Person, Picture
from wxadmin.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Verdict:
    """One person and one group: what the rule says, what is, and why.

    `actual` is None while nobody has looked into the group.
    """

    person: Person
    group: Group
    expected: bool
    actual: bool | None
    why: Why


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What a new rule does to one group."""

    group: Group
    joins: tuple[Person, ...]
    leaves: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class RulePreview:
    """A new rule before it is saved: whose rule it is, in words, and whom it moves."""

    group: Group
    before: str
    after: str
    rule: Rule
    effects: tuple[RuleEffect, ...]


class Membership:
    """Answers who should be where; changes rules."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def picture(self) -> Picture:
        """Take the register as the rules see it today; keep it for as long as one screen."""
        return Picture(self._workplace)

    def why(self, employee_id: int, group_id: int, picture: Picture | None = None) -> Verdict:
        """Explain one person and one group in one sentence, with every condition."""
        seen = picture or self.picture()
        group = seen.all_groups[group_id]
        if group_id not in seen.groups:
            raise UserError(f"“{group.name}”已解散，不再有应加人员。", "group_gone")
        known = seen.member_ids(group_id)
        is_member = employee_id in known
        answer = why(
            seen.book,
            seen.facts[employee_id],
            group_id,
            is_member=is_member,
            roster=seen.roster_of(employee_id),
        )
        start = seen.not_yet_hired(employee_id)
        if start is not None:
            day = short_date(start, seen.today)
            sentence = f"不应在“{group.name}”：{day}才入职。"
            because = (Because("在职", "在职状态", "待入职", False),)
            answer = Why(False, because, None, sentence, f"{day}入职后按规则再定。")
        actual = is_member if group.members_on is not None or is_member else None
        return Verdict(seen.person(employee_id), group, answer.expected, actual, answer)

    def rule_text(self, group_id: int, picture: Picture) -> str:
        """Say a group's rule in Chinese, its back-end group's and mappings included."""
        if group_id not in picture.groups:
            return describe(Rule())
        return describe_group(picture.book, group_id)

    def rule_owner(self, group: Group, picture: Picture) -> Group:
        """Return the group whose rule counts: for a mobile group its back-end group."""
        if group.backend_group_id is not None and not group.rule:
            return picture.all_groups[group.backend_group_id]
        return group

    def preview_rule(self, group: Group, rule: Rule, picture: Picture | None = None) -> RulePreview:
        """Say who would join and who would leave which group; writes nothing."""
        seen = picture or self.picture()
        _check_words(rule, seen)
        owner = self.rule_owner(group, seen)
        book = seen.book_with({owner.id: rule})
        after = expected_members(book, seen.facts.values())
        effects = tuple(
            RuleEffect(
                seen.groups[group_id],
                tuple(seen.people(members - seen.expected[group_id])),
                tuple(seen.people(seen.expected[group_id] - members)),
            )
            for group_id, members in after.items()
            if members != seen.expected[group_id]
        )
        before = describe_group(seen.book, owner.id)
        return RulePreview(owner, before, describe_group(book, owner.id), rule, effects)

    def set_rule(self, preview: RulePreview) -> int | None:
        """Save a rule that was looked at; return the operation, None where nothing changed."""
        group = preview.group
        text = rule_to_text(preview.rule) if preview.rule.any_of else ""
        with self._workplace.act(f"修改成员规则：{group.name}") as operation:
            operation.write([Change(group, replace(group, rule=text))])
        return operation.id


def _check_words(rule: Rule, picture: Picture) -> None:
    """Refuse a rule that names a unit, rank or region nobody has."""
    for condition in rule.conditions():
        known = _known_words(condition, picture)
        for value in condition.values:
            if known is not None and value not in known:
                offer = "、".join(sorted(known)[:12]) or "（还没有）"
                raise UserError(
                    f"没有叫“{value}”的{condition.label}，规则没有保存。可用的有：{offer}。",
                    "bad_rule",
                )


def _known_words(condition: Condition, picture: Picture) -> set[str] | None:
    """The words a condition may use; None where any word will do."""
    if condition.field == "unit":
        found = {value for value in condition.values if picture.unit_names.ids(value)}
        return found | {unit.name for unit in picture.tree.children(None)}
    if condition.field in ("rank", "rank_from"):
        return {rank.name for rank in picture.pack.ranks}
    if condition.field == "region":
        return {unit.name for unit in picture.pack.regions}
    if condition.field == "employment_type":
        return {kind.name for kind in picture.pack.employment_types}
    return None

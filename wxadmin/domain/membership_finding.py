"""How the rules judge one person and one group: by which post, by which branch, by which word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.membership import (
    MAIN,
    GroupRule,
    PersonFacts,
    Post,
    RuleBook,
    SpecialCase,
)
from wxadmin.domain.membership_rule import NOBODY, Condition, Rule, describe_condition

EMPTY_VALUE: Final = "（空）"
CASE_LABEL: Final = "特批"


@dataclass(frozen=True, slots=True)
class Because:
    """One condition of the rule beside the person's value, and whether it holds."""

    rule: str
    field: str
    value: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """How the rules judge a person before any special case: by which post, by which branch."""

    holds: bool
    post: Post
    because: tuple[Because, ...]
    by_mapping: bool = False


def judge(book: RuleBook, person: PersonFacts, group: GroupRule) -> Finding:
    """The best finding of the group's own rule, its back-end group's, and the mappings to it."""
    findings = [best_finding(book, person, person.posts(book.on), rule_of(book, group))]
    backend_case = _case_of(book, person, group.backend_id)
    mapped = _mapped(book, person, group)
    if backend_case is not None and mapped:
        findings = []  # the back-end group's rule does not decide, the mapping still does
    return max(findings + mapped, key=_closeness)


def rule_of(book: RuleBook, group: GroupRule) -> Rule:
    """The group's own rule and its back-end group's, as alternatives of one rule."""
    backend = book.groups.get(group.backend_id) if group.backend_id is not None else None
    rules = (group.rule, backend.rule if backend else None)
    return Rule(tuple(branch for rule in rules if rule for branch in rule.any_of))


def _closeness(finding: Finding) -> tuple[bool, int, bool]:
    """Findings that hold come first, then those that nearly do, then the person's own post."""
    held = sum(item.holds for item in finding.because)
    return (finding.holds, held - len(finding.because), finding.post.kind == MAIN)


def best_finding(book: RuleBook, person: PersonFacts, posts: Sequence[Post], rule: Rule) -> Finding:
    tries = [
        Finding(all(item.holds for item in because), post, because)
        for post in posts
        for branch in rule.any_of
        for because in [_compare(book, person, post, branch)]
    ]
    return max(tries, key=_closeness, default=Finding(False, posts[0], ()))


def _compare(
    book: RuleBook, person: PersonFacts, post: Post, branch: tuple[Condition, ...]
) -> tuple[Because, ...]:
    return tuple(
        Because(
            describe_condition(condition),
            condition.label,
            _value(book, person, post, condition),
            book.holds(condition, post, person),
        )
        for condition in branch
    )


def _value(book: RuleBook, person: PersonFacts, post: Post, condition: Condition) -> str:
    """The person's own value of a condition's field, as it is shown."""
    if condition.field == "unit":
        return book.names.path_text(post.unit_path) or EMPTY_VALUE
    if condition.field == "tag":
        return "、".join(person.tags) or EMPTY_VALUE
    if condition.field == "position":
        if post.rank in condition.values and post.position != post.rank and post.position:
            return f"{post.position}，级别{post.rank}"
        return post.position or post.rank or EMPTY_VALUE
    values = {"region": post.region, "employment_type": person.employment_type}
    return values.get(condition.field, post.rank) or EMPTY_VALUE


def _mapped(book: RuleBook, person: PersonFacts, group: GroupRule) -> list[Finding]:
    """Findings by way of the back-end groups whose members are spread by post."""
    found = []
    for backend_id in dict.fromkeys(m.backend_id for m in book.mappings):
        for post, because in _leading_posts(book, person, book.groups[backend_id]):
            mobile_id, by_post = _first_mapping(book, person, post, backend_id)
            if mobile_id == group.id:
                found.append(Finding(True, post, because + by_post, True))
    return found


def _leading_posts(
    book: RuleBook, person: PersonFacts, backend: GroupRule
) -> list[tuple[Post, tuple[Because, ...]]]:
    """The posts by which a person belongs to a back-end group; his own if by 特批 only."""
    case = _case_of(book, person, backend.id)
    if case is not None and not case.is_in:
        return []
    posts = person.posts(book.on)
    findings = [best_finding(book, person, (post,), backend.rule or NOBODY) for post in posts]
    leading = [(found.post, found.because) for found in findings if found.holds]
    if leading or case is None:
        return leading
    said = f"{case.approved_by}特批列入“{backend.name}”"
    return [(posts[0], (Because(said, CASE_LABEL, said, True),))]


def _first_mapping(
    book: RuleBook, person: PersonFacts, post: Post, backend_id: int
) -> tuple[int | None, tuple[Because, ...]]:
    for mapping in book.mappings:
        if mapping.backend_id == backend_id:
            found = best_finding(book, person, (post,), mapping.rule)
            if found.holds:
                return mapping.mobile_id, found.because
    return None, ()


def _case_of(book: RuleBook, person: PersonFacts, group_id: int | None) -> SpecialCase | None:
    """The special case in force for a person and a group; the later word counts."""
    for case in reversed(book.cases):
        if (case.person_id, case.group_id) == (person.id, group_id) and case.in_force(book.on):
            return case
    return None


def deciding_case(
    book: RuleBook, person: PersonFacts, group: GroupRule, finding: Finding
) -> SpecialCase | None:
    """The group's own case, else its back-end group's; that one cannot keep out of a mobile
    group whom a mapping sends there from another back-end group."""
    own = _case_of(book, person, group.id)
    if own is not None or group.backend_id is None:
        return own
    case = _case_of(book, person, group.backend_id)
    kept_out = case is not None and not case.is_in
    return None if kept_out and finding.by_mapping else case

"""Why a person should or should not be in a group, and what would change it, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from wxadmin.domain.membership import (
    MAIN,
    POST_LABELS,
    GroupRule,
    PersonFacts,
    Post,
    RuleBook,
    SpecialCase,
)
from wxadmin.domain.membership_rule import (
    EVERYONE,
    NOBODY,
    NOBODY_TEXT,
    Condition,
    Rule,
    describe,
    describe_condition,
)

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
class Why:
    """The answer. `change` says what would turn it round; `exception` names the 特批 in force."""

    expected: bool
    because: tuple[Because, ...]
    exception: str | None
    sentence: str
    change: str


@dataclass(frozen=True, slots=True)
class _Finding:
    """How the rules judge a person before any special case: by which post, by which branch."""

    holds: bool
    post: Post
    because: tuple[Because, ...]
    by_mapping: bool = False


def why(
    book: RuleBook,
    person: PersonFacts,
    group_id: int,
    *,
    is_member: bool = False,
    roster: str = "",
) -> Why:
    """Explain one person and one group of the book on the book's day.

    `is_member` tells whether he is in the group now (不应在 becomes 应移出); `roster` names the
    list the facts come from, such as 11月花名册.
    """
    group = book.groups[group_id]
    if not person.in_service:
        because = (Because("在职", "在职状态", "已离职", False),)
        return _answer(book, group, False, because, None, "已不在职", "重新入职", is_member)
    finding = _judge(book, person, group)
    case = _deciding_case(book, person, group, finding)
    if case is not None:
        return _answer_by_case(book, group, case, finding, is_member)
    if finding.holds:
        return _answer_yes(book, group, finding, roster, is_member)
    return _answer_no(book, person, group, finding, roster, is_member)


def _judge(book: RuleBook, person: PersonFacts, group: GroupRule) -> _Finding:
    """The best finding of the group's own rule, its back-end group's, and the mappings to it."""
    findings = [_finding(book, person, person.posts(book.on), _rule_of(book, group))]
    backend_case = _case_of(book, person, group.backend_id)
    mapped = _mapped(book, person, group)
    if backend_case is not None and mapped:
        findings = []  # the back-end group's rule does not decide, the mapping still does
    return max(findings + mapped, key=_closeness)


def _rule_of(book: RuleBook, group: GroupRule) -> Rule:
    """The group's own rule and its back-end group's, as alternatives of one rule."""
    backend = book.groups.get(group.backend_id) if group.backend_id is not None else None
    rules = (group.rule, backend.rule if backend else None)
    return Rule(tuple(branch for rule in rules if rule for branch in rule.any_of))


def _closeness(finding: _Finding) -> tuple[bool, int, bool]:
    """Findings that hold come first, then those that nearly do, then the person's own post."""
    held = sum(item.holds for item in finding.because)
    return (finding.holds, held - len(finding.because), finding.post.kind == MAIN)


def _finding(book: RuleBook, person: PersonFacts, posts: Sequence[Post], rule: Rule) -> _Finding:
    tries = [
        _Finding(all(item.holds for item in because), post, because)
        for post in posts
        for branch in rule.any_of
        for because in [_compare(book, person, post, branch)]
    ]
    return max(tries, key=_closeness, default=_Finding(False, posts[0], ()))


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
            return f"{post.position}（职务级别{post.rank}）"
        return post.position or post.rank or EMPTY_VALUE
    values = {"region": post.region, "employment_type": person.employment_type}
    return values.get(condition.field, post.rank) or EMPTY_VALUE


def _mapped(book: RuleBook, person: PersonFacts, group: GroupRule) -> list[_Finding]:
    """Findings by way of the back-end groups whose members are spread by post."""
    found = []
    for backend_id in dict.fromkeys(m.backend_id for m in book.mappings):
        for post, because in _leading_posts(book, person, book.groups[backend_id]):
            mobile_id, by_post = _first_mapping(book, person, post, backend_id)
            if mobile_id == group.id:
                found.append(_Finding(True, post, because + by_post, True))
    return found


def _leading_posts(
    book: RuleBook, person: PersonFacts, backend: GroupRule
) -> list[tuple[Post, tuple[Because, ...]]]:
    """The posts by which a person belongs to a back-end group; his own if by 特批 only."""
    case = _case_of(book, person, backend.id)
    if case is not None and not case.is_in:
        return []
    posts = person.posts(book.on)
    findings = [_finding(book, person, (post,), backend.rule or NOBODY) for post in posts]
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
            found = _finding(book, person, (post,), mapping.rule)
            if found.holds:
                return mapping.mobile_id, found.because
    return None, ()


def _case_of(book: RuleBook, person: PersonFacts, group_id: int | None) -> SpecialCase | None:
    """The special case in force for a person and a group; the later word counts."""
    for case in reversed(book.cases):
        if (case.person_id, case.group_id) == (person.id, group_id) and case.in_force(book.on):
            return case
    return None


def _deciding_case(
    book: RuleBook, person: PersonFacts, group: GroupRule, finding: _Finding
) -> SpecialCase | None:
    """The group's own case, else its back-end group's; that one cannot keep out of a mobile
    group whom a mapping sends there from another back-end group."""
    own = _case_of(book, person, group.id)
    if own is not None or group.backend_id is None:
        return own
    case = _case_of(book, person, group.backend_id)
    kept_out = case is not None and not case.is_in
    return None if kept_out and finding.by_mapping else case


def _answer_by_case(
    book: RuleBook,
    group: GroupRule,
    case: SpecialCase,
    finding: _Finding,
    is_member: bool,
) -> Why:
    until = f"，至{short_date(case.until, book.on)}" if case.until else "，未定期限"
    exception = f"{case.approved_by}特批{'入群' if case.is_in else '不入群'}{until}"
    if case.is_in == finding.holds:
        change = "特批与规则一致，取消特批不改变结果"
    elif case.is_in:
        change = "特批到期或取消后移出"
    else:
        change = "特批到期或取消后应加入"
    return _answer(
        book, group, case.is_in, finding.because, exception, exception, change, is_member
    )


def _answer_yes(
    book: RuleBook, group: GroupRule, finding: _Finding, roster: str, is_member: bool
) -> Why:
    text = "且".join(map(_fact, finding.because)) or "全体在职人员都在本群"
    if finding.by_mapping:
        text += "，按职务列入本群"
    post = finding.post
    if post.kind != MAIN:
        until = f"，至{short_date(post.until, book.on)}" if post.until else ""
        text = f"{POST_LABELS[post.kind]}，{text}{until}"
        change = f"{POST_LABELS[post.kind]}到期后移出"
    else:
        demands = "且".join(item.rule for item in finding.because)
        change = f"不再符合“{demands}”时移出" if demands else "离职时移出"
        text += f"（{roster}）" if roster else ""
    return _answer(book, group, True, finding.because, None, text, change, is_member)


def _answer_no(
    book: RuleBook,
    person: PersonFacts,
    group: GroupRule,
    finding: _Finding,
    roster: str,
    is_member: bool,
) -> Why:
    lapsed = _lapsed(book, person, group)
    if not finding.because:
        text, change = NOBODY_TEXT, "由主管领导特批，或为本群定规则"
    else:
        failing = [item for item in finding.because if not item.holds]
        text = "，".join(f"{item.field}为{item.value}，规则要求{item.rule}" for item in failing)
        text += f"（{roster}）" if roster else ""
        change = "".join(("改为符合“", "且".join(i.rule for i in failing), "”即应加入"))
    return _answer(book, group, False, finding.because, None, lapsed or text, change, is_member)


def _lapsed(book: RuleBook, person: PersonFacts, group: GroupRule) -> str:
    """Say which 借调, 兼任 or 特批 used to lead here and has run out; empty if none did."""
    rule = _rule_of(book, group)
    ended = [
        (post.until, POST_LABELS[post.kind])
        for post in person.other_posts
        if post.until is not None
        and post.until < book.on
        and _finding(book, person, (person.filled(post),), rule).holds
    ]
    ended += [
        (case.until, CASE_LABEL)
        for case in book.cases
        if case.person_id == person.id
        and case.group_id in (group.id, group.backend_id)
        and case.is_in
        and case.until is not None
        and case.until < book.on
    ]
    if not ended:
        return ""
    until, label = max(ended)
    return f"{label}已于{short_date(until, book.on)}到期"


def _fact(item: Because) -> str:
    return item.value if item.field == CASE_LABEL else f"{item.field}为{item.value}"


def _answer(
    book: RuleBook,
    group: GroupRule,
    expected: bool,
    because: tuple[Because, ...],
    exception: str | None,
    text: str,
    change: str,
    is_member: bool,
) -> Why:
    verdict = "应在" if expected else "应移出" if is_member else "不应在"
    sentence = f"{verdict}“{group.name}”：{text}。"
    return Why(expected, because, exception, sentence, f"{change}。")


def short_date(day: date | None, on: date) -> str:
    """A date without its year where the year is plain: 11月30日."""
    if day is None:
        return ""
    near = abs(day - on) < timedelta(days=200) or day.year == on.year
    year = "" if near else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def describe_group(book: RuleBook, group_id: int) -> str:
    """The rule of a group in Chinese, its back-end group's and the mappings to it included."""
    group = book.groups[group_id]
    backend = book.groups.get(group.backend_id) if group.backend_id is not None else None
    rule = group.rule or (backend.rule if backend else None) or Rule()
    parts = [describe(rule)]
    for mapping in book.mappings:
        source = book.groups.get(mapping.backend_id)
        if mapping.mobile_id == group_id and source is not None:
            whom = "其余人员" if mapping.rule == EVERYONE else describe(mapping.rule)
            parts.append(f"“{source.name}”中{whom}")
    return "；另加".join(parts) if len(parts) > 1 else parts[0]

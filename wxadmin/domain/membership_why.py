"""Why a person should or should not be in a group, and what would change it, in one sentence."""

from __future__ import annotations

from datetime import date, timedelta

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.membership import (
    MAIN,
    POST_LABELS,
    GroupRule,
    PersonFacts,
    RuleBook,
    SpecialCase,
)
from wxadmin.domain.membership_finding import (
    CASE_LABEL,
    Because,
    Finding,
    best_finding,
    deciding_case,
    judge,
    rule_of,
)
from wxadmin.domain.membership_rule import EVERYONE, NOBODY_TEXT, Rule, describe

__all__ = ["Because", "Why", "describe_group", "short_date", "why"]


@dataclass(frozen=True, slots=True)
class Why:
    """The answer. `change` says what would turn it round; `exception` names the 特批 in force."""

    expected: bool
    because: tuple[Because, ...]
    exception: str | None
    sentence: str
    change: str


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
    finding = judge(book, person, group)
    case = deciding_case(book, person, group, finding)
    if case is not None:
        return _answer_by_case(book, group, case, finding, is_member)
    if finding.holds:
        return _answer_yes(book, group, finding, roster, is_member)
    return _answer_no(book, person, group, finding, roster, is_member)


def _answer_by_case(
    book: RuleBook,
    group: GroupRule,
    case: SpecialCase,
    finding: Finding,
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
    book: RuleBook, group: GroupRule, finding: Finding, roster: str, is_member: bool
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
    finding: Finding,
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
    rule = rule_of(book, group)
    ended = [
        (post.until, POST_LABELS[post.kind])
        for post in person.other_posts
        if post.until is not None
        and post.until < book.on
        and best_finding(book, person, (person.filled(post),), rule).holds
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

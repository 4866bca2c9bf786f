"""Who should be in which of the 22 + 20 groups, and the sentence that says why."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from wxadmin.domain.membership import (
    EXTRA,
    SECONDMENT,
    GroupRule,
    MobileMapping,
    PersonFacts,
    Post,
    RuleBook,
    SpecialCase,
    expected_members,
)
from wxadmin.domain.membership_rule import EVERYONE, Condition, Rule
from wxadmin.domain.membership_why import Why, describe_group, why
from wxadmin.domain.policy import Pack
from wxadmin.domain.policy_names import region_of
from wxadmin.domain.unit_names import UnitNames
from wxadmin.policy.packs import load_pack

TODAY = date(2026, 11, 20)
PACK = load_pack("southeast")
WORKSHOP = 900  # a unit below whichever path it is put at


class Office:
    """The pack's units and groups with ids, as a register would number them."""

    def __init__(self, pack: Pack) -> None:
        self.unit_ids = {unit.name: number for number, unit in enumerate(pack.units, start=1)}
        self.parents = {unit.name: unit.parent for unit in pack.units}
        self.regions = {unit.name for unit in pack.regions}
        self.ids = {group.no: number for number, group in enumerate(pack.groups, start=1)}
        self.ids |= {g.no: number for number, g in enumerate(pack.mobile_groups, start=101)}
        self.mobile = {group.backend: group.no for group in pack.mobile_groups}
        known = [(self.unit_ids[u.name], u.name, u.aliases) for u in pack.units]
        support = [self.unit_ids[u.name] for u in pack.units if u.support]
        self.names = UnitNames([*known, (WORKSHOP, "包装车间", ())], {pack.support_set: support})
        self.groups = [GroupRule(self.ids[g.no], g.name, g.rule) for g in pack.groups]
        self.groups += [
            GroupRule(self.ids[g.no], g.name, backend_id=self.ids[g.backend])
            for g in pack.mobile_groups
        ]
        self.mappings = [
            MobileMapping(self.ids[m.backend], self.ids[m.mobile], m.rule) for m in pack.mappings
        ]
        self.ranks = {rank.name: rank.no for rank in pack.ranks}

    def path(self, name: str) -> tuple[int, ...]:
        above = self.path(self.parents[name]) if self.parents[name] else ()
        return (*above, self.unit_ids[name])

    def person(self, unit: str, rank: str = "员工", position: str = "", below: bool = False):
        path = self.path(unit) + ((WORKSHOP,) if below else ())
        region = region_of([self.names.name(i) for i in path], PACK)
        return PersonFacts(1, path, position or rank, rank, region, (), "正式")

    def book(self, *cases: SpecialCase, on: date = TODAY) -> RuleBook:
        return RuleBook(self.groups, self.names, on, self.mappings, cases, self.ranks)

    def groups_of(self, person: PersonFacts, *cases: SpecialCase) -> tuple[str, str]:
        """The back-end groups and the back-end letters of the mobile groups, as two words."""
        expected = expected_members(self.book(*cases), [person])
        return (
            "".join(g.no for g in PACK.groups if person.id in expected[self.ids[g.no]]),
            "".join(g.backend for g in PACK.mobile_groups if person.id in expected[self.ids[g.no]]),
        )

    def why(self, person: PersonFacts, no: str, *cases: SpecialCase, member: bool = False) -> Why:
        return why(self.book(*cases), person, self.ids[no], is_member=member, roster="11月花名册")


OFFICE = Office(PACK)


@pytest.mark.parametrize(
    ("unit", "rank", "backend", "mobile"),
    [
        ("东南事业部", "总裁", "a", "a"),
        ("商务支持", "总监", "al", "al"),
        ("商务支持", "员工", "l", "l"),
        ("福建东部", "员工", "c", "c"),
        ("福建中部", "员工", "d", "d"),
        ("福建南部", "员工", "e", "e"),
        ("福建泉州", "员工", "f", "f"),
        ("福建北部", "员工", "g", "g"),
        ("江西东部", "员工", "h", "h"),
        ("江西南部", "员工", "i", "i"),
        ("江西西部", "经理", "bj", "bj"),
        ("江西北部", "副经理", "bk", "bk"),
        ("销售部门", "员工", "", ""),
        ("浙江商务", "员工", "m", "l"),
        ("浙江商务", "经理", "bm", "b"),
        ("浙江商务", "总监", "am", "a"),
        ("供应链二区", "总监", "an", "an"),
        ("供应链二区", "厂长", "n", "n"),
        ("供应链二区", "员工", "", ""),
        ("供应链二区物流", "员工", "o", "l"),
        ("供应链二区物流", "主任", "bo", "b"),
        ("供应链二区物流", "厂长", "no", "ln"),
        ("莆田一厂", "主任", "bp", "bp"),
        ("莆田一厂", "厂长", "p", "p"),
        ("莆田二厂", "员工", "q", "q"),
        ("三明工厂", "员工", "r", "r"),
        ("漳州工厂", "员工", "s", "s"),
        ("南昌工厂", "员工", "t", "t"),
        ("小兰工厂", "员工", "u", "u"),
        ("三店工厂", "班组长", "u", "u"),
        ("吉水工厂", "员工", "v", "v"),
    ],
)
def test_unit_and_rank_decide_the_groups(unit: str, rank: str, backend: str, mobile: str) -> None:
    assert OFFICE.groups_of(OFFICE.person(unit, rank)) == (backend, mobile)
    assert OFFICE.groups_of(OFFICE.person(unit, rank, below=True)) == (backend, mobile)


def test_a_post_counts_by_its_own_name_or_by_its_rank() -> None:
    workshop_head = OFFICE.person("莆田一厂", "主任", "包装车间主任")
    assert OFFICE.groups_of(workshop_head) == ("bp", "bp")
    unranked = replace(workshop_head, position="经理", rank="")
    assert OFFICE.groups_of(unranked) == ("bp", "bp")


def test_who_has_left_is_expected_nowhere() -> None:
    gone = replace(OFFICE.person("莆田一厂"), in_service=False)
    case = SpecialCase(1, OFFICE.ids["p"], True, "何总监")
    assert OFFICE.groups_of(gone, case) == ("", "")
    assert OFFICE.why(gone, "p", case, member=True).sentence == "应移出“莆田一厂”：已不在职。"


def test_a_unit_condition_can_leave_out_what_is_below() -> None:
    rule = Rule(((Condition("unit", ("莆田一厂",), include_below=False),),))
    book = RuleBook([GroupRule(1, "厂部", rule)], OFFICE.names, TODAY)
    people = [OFFICE.person("莆田一厂"), replace(OFFICE.person("莆田一厂", below=True), id=2)]
    assert expected_members(book, people) == {1: {1}}


def test_the_alias_of_a_unit_means_the_unit() -> None:
    book = RuleBook(
        [GroupRule(1, "总厂", Rule(((Condition("unit", ("莆田总厂",)),),)))], OFFICE.names, TODAY
    )
    assert expected_members(book, [OFFICE.person("莆田一厂")]) == {1: {1}}


def test_tags_kinds_of_employment_ranks_and_exclusions_work_too() -> None:
    rules = {
        1: Condition("tag", ("股东",)),
        2: Condition("employment_type", ("返聘",)),
        3: Condition("rank_from", ("班组长",)),
        4: Condition("unit", ("莆田一厂",), exclude=True),
        5: Condition("rank", ("主任",)),
    }
    groups = [GroupRule(number, f"群{number}", Rule(((c,),))) for number, c in rules.items()]
    book = RuleBook(groups, OFFICE.names, TODAY, ranks=OFFICE.ranks)
    person = replace(
        OFFICE.person("莆田二厂", "主任"), tags=("董事", "股东"), employment_type="返聘"
    )
    assert expected_members(book, [person]) == {n: {1} for n in rules}
    other = OFFICE.person("莆田一厂", "员工", "主任")
    assert expected_members(book, [other]) == {n: set() for n in rules}


def test_a_second_post_brings_its_groups_while_it_lasts() -> None:
    post = Post(OFFICE.path("三明工厂"), kind=EXTRA, until=date(2026, 12, 31))
    person = replace(OFFICE.person("莆田一厂", "主任"), other_posts=(post,))
    assert OFFICE.groups_of(person) == ("bpr", "bpr")
    answer = OFFICE.why(person, "r")
    assert answer.sentence == "应在“三明工厂”：兼任，单位为东南事业部/三明工厂，至12月31日。"
    assert answer.change == "兼任到期后移出。"


def test_a_second_post_may_bring_a_rank_of_its_own() -> None:
    post = Post((), position="经理", rank="经理", kind=EXTRA)
    assert OFFICE.groups_of(replace(OFFICE.person("吉水工厂"), other_posts=(post,))) == ("bv", "bv")


def test_a_loan_counts_on_its_first_and_last_day_and_not_after() -> None:
    loan = Post(
        OFFICE.path("南昌工厂"),
        kind=SECONDMENT,
        from_on=date(2026, 11, 1),
        until=date(2026, 11, 30),
    )
    person = replace(OFFICE.person("莆田一厂"), other_posts=(loan,))
    nanchang = OFFICE.ids["t"]
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)]
    books = [OFFICE.book(on=day) for day in days]
    assert [1 in expected_members(b, [person])[nanchang] for b in books] == [
        False,
        True,
        True,
        False,
    ]
    after = why(books[-1], person, nanchang, is_member=True)
    assert after.sentence == "应移出“南昌工厂”：借调已于11月30日到期。"


def test_a_loan_within_sales_takes_the_region_of_the_loan() -> None:
    loan = Post(OFFICE.path("江西北部"), region="江西北部", kind=SECONDMENT)
    person = replace(OFFICE.person("福建东部"), other_posts=(loan,))
    assert OFFICE.groups_of(person) == ("ck", "ck")


def test_the_rule_is_named_with_the_persons_value_and_the_roster() -> None:
    person = OFFICE.person("莆田一厂", "副经理", "生产副经理")
    answer = OFFICE.why(person, "b")
    assert answer.expected
    assert answer.sentence == ("应在“事业部经理群组”：职务为生产副经理，级别副经理（11月花名册）。")
    assert answer.change == "不再符合“职务为经理、副经理、主任”时移出。"
    (because,) = answer.because
    assert (because.rule, because.field, because.holds) == (
        "职务为经理、副经理、主任",
        "职务",
        True,
    )


def test_who_does_not_belong_is_told_what_would_change_it() -> None:
    answer = OFFICE.why(OFFICE.person("供应链二区", "主任"), "n")
    assert not answer.expected
    assert [item.holds for item in answer.because] == [True, False]
    assert answer.sentence == (
        "不应在“供应链二区”：职务为主任，规则要求职务为总监、厂长（11月花名册）。"
    )
    assert answer.change == "改为符合“职务为总监、厂长”即应加入。"
    assert OFFICE.why(OFFICE.person("三店工厂"), "b", member=True).sentence.startswith("应移出")


def test_who_comes_by_the_mapping_is_told_so() -> None:
    answer = OFFICE.why(OFFICE.person("浙江商务"), OFFICE.mobile["l"])
    assert answer.expected
    assert answer.sentence == (
        "应在“事业部支持部门群”：单位为东南事业部/浙江商务，按职务列入本群（11月花名册）。"
    )


def test_a_special_case_lets_in_until_its_day() -> None:
    person = OFFICE.person("莆田一厂")
    case = SpecialCase(1, OFFICE.ids["r"], True, "何总监", until=date(2026, 12, 31))
    assert OFFICE.groups_of(person, case) == ("pr", "pr")
    answer = OFFICE.why(person, OFFICE.mobile["r"], case)
    assert answer.exception == "何总监特批入群，至12月31日"
    assert answer.sentence == "应在“三明工厂”：何总监特批入群，至12月31日。"
    assert answer.change == "特批到期或取消后移出。"
    lapsed = replace(case, until=date(2026, 11, 19))
    assert OFFICE.groups_of(person, lapsed) == ("p", "p")
    assert OFFICE.why(person, "r", lapsed, member=True).sentence == (
        "应移出“三明工厂”：特批已于11月19日到期。"
    )


def test_a_special_case_keeps_out_and_the_rule_lets_in_afterwards() -> None:
    person = OFFICE.person("莆田一厂")
    case = SpecialCase(1, OFFICE.ids["p"], False, "林厂长")
    assert OFFICE.groups_of(person, case) == ("", "")
    answer = OFFICE.why(person, "p", case)
    assert answer.sentence == "不应在“莆田一厂”：林厂长特批不入群，未定期限。"
    assert answer.change == "特批到期或取消后应加入。"


def test_a_special_case_for_the_mobile_group_leaves_the_back_end_group_alone() -> None:
    case = SpecialCase(1, OFFICE.ids[OFFICE.mobile["p"]], False, "林厂长")
    assert OFFICE.groups_of(OFFICE.person("莆田一厂"), case) == ("p", "")


def test_the_later_word_counts() -> None:
    first = SpecialCase(1, OFFICE.ids["p"], False, "林厂长")
    second = SpecialCase(1, OFFICE.ids["p"], True, "何总监")
    person = OFFICE.person("莆田二厂")
    assert OFFICE.groups_of(person, first, second) == ("pq", "pq")
    assert OFFICE.why(person, "p", first, second).exception == "何总监特批入群，未定期限"


def test_a_group_without_a_rule_expects_nobody_but_special_cases() -> None:
    book = RuleBook([GroupRule(1, "球队")], OFFICE.names, TODAY)
    person = OFFICE.person("莆田一厂")
    assert expected_members(book, [person]) == {1: set()}
    assert why(book, person, 1).sentence == "不应在“球队”：无规则（成员由人工登记）。"


def test_a_group_for_everybody_expects_everybody_in_service() -> None:
    book = RuleBook([GroupRule(1, "全员", EVERYONE)], OFFICE.names, TODAY)
    assert expected_members(book, [OFFICE.person("莆田一厂")]) == {1: {1}}
    assert why(book, OFFICE.person("莆田一厂"), 1).expected


def test_a_mapping_to_a_group_that_is_gone_is_left_out() -> None:
    groups = [group for group in OFFICE.groups if group.id != OFFICE.ids[OFFICE.mobile["l"]]]
    book = RuleBook(groups, OFFICE.names, TODAY, OFFICE.mappings)
    expected = expected_members(book, [OFFICE.person("浙江商务")])
    assert [group_id for group_id, members in expected.items() if members] == [OFFICE.ids["m"]]


def test_a_mobile_group_is_described_with_those_sent_to_it() -> None:
    assert describe_group(OFFICE.book(), OFFICE.ids[OFFICE.mobile["l"]]) == (
        "单位为支持部门（含下级）；另加“事业部浙江商务群”中其余人员；另加“供应链二区物流”中其余人员"
    )


def test_the_sentence_and_the_list_never_disagree() -> None:
    """Two ways to one answer: the fast one over all people, the explaining one over each."""
    dice = random.Random(19)
    people = [_made_up(dice, number) for number in range(150)]
    cases = [_made_up_case(dice) for _ in range(60)]
    book = OFFICE.book(*cases)
    expected = expected_members(book, people)
    for person in people:
        for group in OFFICE.groups:
            assert why(book, person, group.id).expected is (person.id in expected[group.id])


def _made_up(dice: random.Random, number: int) -> PersonFacts:
    unit = dice.choice(list(OFFICE.unit_ids))
    person = OFFICE.person(unit, dice.choice(list(OFFICE.ranks)))
    posts = tuple(_made_up_post(dice) for _ in range(dice.choice([0, 0, 1, 2])))
    return replace(person, id=number, in_service=dice.random() > 0.05, other_posts=posts)


def _made_up_post(dice: random.Random) -> Post:
    unit = dice.choice(list(OFFICE.unit_ids))
    return Post(
        OFFICE.path(unit),
        dice.choice(["", "经理", "厂长"]),
        region=unit if unit in OFFICE.regions else "",
        kind=dice.choice([EXTRA, SECONDMENT]),
        from_on=dice.choice([None, date(2026, 1, 1), date(2026, 12, 1)]),
        until=dice.choice([None, date(2026, 10, 31), date(2026, 12, 31)]),
    )


def _made_up_case(dice: random.Random) -> SpecialCase:
    group = dice.choice(OFFICE.groups)
    until = dice.choice([None, date(2026, 10, 1), date(2026, 12, 31)])
    return SpecialCase(dice.randrange(150), group.id, dice.random() < 0.6, "何总监", until)

"""Who should be in which group: every rule over every person, with exceptions and mappings.

The idea that makes it fast: each distinct condition gets one bit. What a unit path, a post, a
region, the tags and the employment type fulfil is worked out once each, a person is the union of
five look-ups, and a rule is a comparison of bits done once per distinct pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.membership_rule import Condition, Rule
from wxadmin.domain.unit_names import UnitNames

MAIN: Final = "main"
EXTRA: Final = "extra"  # 兼任
SECONDMENT: Final = "secondment"  # 借调
POST_LABELS: Final[Mapping[str, str]] = {MAIN: "本职", EXTRA: "兼任", SECONDMENT: "借调"}


@dataclass(frozen=True, slots=True)
class Post:
    """A place a person works in. `unit_path` are unit ids from the top; both dates inclusive.

    For 兼任 and 借调 an empty path or position means that of the person's own post.
    """

    unit_path: tuple[int, ...]
    position: str = ""
    rank: str = ""
    region: str = ""
    kind: str = MAIN
    from_on: date | None = None
    until: date | None = None

    def in_force(self, on: date) -> bool:
        """Does the post count on that day?"""
        return (self.from_on is None or self.from_on <= on) and (
            self.until is None or on <= self.until
        )


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the rules may ask of a person: his own post, and further ones with their period."""

    id: int
    unit_path: tuple[int, ...] = ()
    position: str = ""
    rank: str = ""
    region: str = ""
    tags: tuple[str, ...] = ()
    employment_type: str = ""
    in_service: bool = True
    other_posts: tuple[Post, ...] = ()

    def posts(self, on: date) -> tuple[Post, ...]:
        """The own post and the further ones in force on that day."""
        return (self.own_post, *(self.filled(p) for p in self.other_posts if p.in_force(on)))

    @property
    def own_post(self) -> Post:
        """The post of the roster."""
        return Post(self.unit_path, self.position, self.rank, self.region)

    def filled(self, post: Post) -> Post:
        """A further post with its gaps filled from the own one."""
        own_title = not (post.position or post.rank)
        return Post(
            post.unit_path or self.unit_path,
            self.position if own_title else post.position,
            self.rank if own_title else post.rank,
            post.region or ("" if post.unit_path else self.region),
            post.kind,
            post.from_on,
            post.until,
        )


@dataclass(frozen=True, slots=True)
class GroupRule:
    """A group as the rules see it. A mobile group names its back-end group and has no own rule."""

    id: int
    name: str
    rule: Rule | None = None
    backend_id: int | None = None


@dataclass(frozen=True, slots=True)
class MobileMapping:
    """Members of a back-end group without a mobile one go to `mobile_id` if `rule` holds.

    Mappings of one back-end group are tried in order; the first that holds counts.
    """

    backend_id: int
    mobile_id: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class SpecialCase:
    """特批: a person is in (or out of) one group on somebody's word, whatever the rule says."""

    person_id: int
    group_id: int
    is_in: bool
    approved_by: str
    until: date | None = None
    from_on: date | None = None
    reason: str = ""

    def in_force(self, on: date) -> bool:
        """Does the word still count on that day?"""
        return (self.from_on is None or self.from_on <= on) and (
            self.until is None or on <= self.until
        )


class RuleBook:
    """The groups with their rules, mappings and special cases as they stand on one day.

    Mappings from or to a group that is not there (dissolved, say) are left out.
    `ranks` maps a rank's name to its number, higher is higher; only `rank_from` needs it.
    """

    def __init__(
        self,
        groups: Sequence[GroupRule],
        names: UnitNames,
        on: date,
        mappings: Sequence[MobileMapping] = (),
        cases: Sequence[SpecialCase] = (),
        ranks: Mapping[str, int] | None = None,
    ) -> None:
        self.groups = {group.id: group for group in groups}
        self.names = names
        self.on = on
        self.mappings = tuple(
            m for m in mappings if m.backend_id in self.groups and m.mobile_id in self.groups
        )
        self.cases = tuple(cases)
        self.ranks = dict(ranks or {})
        self._wanted: dict[tuple[str, ...], frozenset[int]] = {}

    def holds(self, condition: Condition, post: Post, person: PersonFacts) -> bool:
        """Does one condition hold for a person in one of his posts?"""
        if condition.field == "unit":
            found = self.holds_unit(condition, post.unit_path)
        elif condition.field == "region":
            found = post.region in condition.values
        elif condition.field == "tag":
            found = any(tag in condition.values for tag in person.tags)
        elif condition.field == "employment_type":
            found = person.employment_type in condition.values
        else:
            found = self.holds_title(condition, post.position, post.rank)
        return found is not condition.exclude

    def holds_unit(self, condition: Condition, path: tuple[int, ...]) -> bool:
        """Is the path at (or, unless told otherwise, below) one of the condition's units?"""
        wanted = self._wanted.get(condition.values)
        if wanted is None:
            wanted = frozenset().union(*map(self.names.ids, condition.values))
            self._wanted[condition.values] = wanted
        places = path if condition.include_below else path[-1:]
        return not wanted.isdisjoint(places)

    def holds_title(self, condition: Condition, position: str, rank: str) -> bool:
        """Does the post's name or rank answer the condition?"""
        if condition.field == "rank_from":
            floor = min((self.ranks.get(value, 0) for value in condition.values), default=0)
            return rank in self.ranks and self.ranks[rank] >= floor
        if condition.field == "rank":
            return rank in condition.values
        return position in condition.values or rank in condition.values


def expected_members(book: RuleBook, people: Iterable[PersonFacts]) -> dict[int, set[int]]:
    """Person ids every group should have, by group id; each group has an entry, if empty.

    A mobile group expects whom its back-end group expects, and whom the mappings send to it.
    """
    patterns = _Patterns(book)
    marks = {person.id: patterns.of(person) for person in people if person.in_service}
    expected: dict[int, set[int]] = {group_id: set() for group_id in book.groups}
    by_pattern: dict[int, list[int]] = {}
    for person_id, bits in marks.items():
        for pattern in bits:
            by_pattern.setdefault(pattern, []).append(person_id)
    for pattern, person_ids in by_pattern.items():
        for group_id in patterns.groups(pattern):
            expected[group_id].update(person_ids)
    backends = [g.id for g in book.groups.values() if g.backend_id is None]
    _apply_cases(book, expected, backends, marks)
    for group in book.groups.values():
        if group.backend_id is not None:
            expected[group.id] |= expected.get(group.backend_id, set())
    for backend_id in {mapping.backend_id for mapping in book.mappings}:
        for person_id in expected.get(backend_id, ()):
            for mobile_id in patterns.mapped(backend_id, marks[person_id]):
                expected[mobile_id].add(person_id)
    mobiles = [g.id for g in book.groups.values() if g.backend_id is not None]
    _apply_cases(book, expected, mobiles, marks)
    return expected


def _apply_cases(
    book: RuleBook,
    expected: dict[int, set[int]],
    group_ids: Sequence[int],
    in_service: Mapping[int, object],
) -> None:
    """Let the special cases of these groups have the last word (never for who has left)."""
    concerned = set(group_ids)
    for case in book.cases:
        if case.group_id not in concerned or not case.in_force(book.on):
            continue
        if not case.is_in:
            expected[case.group_id].discard(case.person_id)
        elif case.person_id in in_service:
            expected[case.group_id].add(case.person_id)


class _Patterns:
    """The bits: one per distinct condition, remembered per value and per pattern."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._bits: dict[Condition, int] = {}
        self._rules = [(g.id, self._needs(g.rule)) for g in book.groups.values() if g.rule]
        self._own_rule = dict(self._rules)
        self._mappings = [(m.backend_id, m.mobile_id, self._needs(m.rule)) for m in book.mappings]
        self._by_field: dict[str, list[tuple[Condition, int]]] = {}
        for condition, bit in self._bits.items():
            field = (
                "title"
                if condition.field in ("position", "rank", "rank_from")
                else (condition.field)
            )
            self._by_field.setdefault(field, []).append((condition, bit))
        self._seen: dict[tuple[str, object], int] = {}
        self._groups: dict[int, tuple[int, ...]] = {}

    def _needs(self, rule: Rule) -> tuple[int, ...]:
        """A rule as one pattern of bits per branch."""
        return tuple(
            sum(
                self._bits.setdefault(condition, 1 << len(self._bits))
                for condition in dict.fromkeys(branch)
            )
            for branch in rule.any_of
        )

    def of(self, person: PersonFacts) -> tuple[int, ...]:
        """One pattern per post of the person, his own first."""
        if not person.other_posts:
            return (self._of_post(person, person),)
        return tuple(self._of_post(post, person) for post in person.posts(self._book.on))

    def _of_post(self, post: Post | PersonFacts, person: PersonFacts) -> int:
        seen = self._seen
        pattern = 0
        for key in (
            ("unit", post.unit_path),
            ("title", (post.position, post.rank)),
            ("region", post.region),
            ("tag", person.tags),
            ("employment_type", person.employment_type),
        ):
            bits = seen.get(key)
            if bits is None:
                bits = seen[key] = self._fulfilled(key[0], post, person)
            pattern |= bits
        return pattern

    def _fulfilled(self, field: str, post: Post | PersonFacts, person: PersonFacts) -> int:
        place = post if isinstance(post, Post) else post.own_post
        return sum(
            bit
            for condition, bit in self._by_field.get(field, ())
            if self._book.holds(condition, place, person)
        )

    def groups(self, pattern: int) -> tuple[int, ...]:
        """The groups whose own rule a pattern fulfils."""
        found = self._groups.get(pattern)
        if found is None:
            found = tuple(group_id for group_id, needs in self._rules if _fits(needs, pattern))
            self._groups[pattern] = found
        return found

    def mapped(self, backend_id: int, patterns: tuple[int, ...]) -> set[int]:
        """The mobile groups a member of a back-end group goes to, by the posts that led there.

        Who is there by a special case only goes by his own post.
        """
        needs = self._own_rule.get(backend_id, ())
        leading = [p for p in patterns if _fits(needs, p)] or [patterns[0]]
        return {mobile for p in leading if (mobile := self._first(backend_id, p)) is not None}

    def _first(self, backend_id: int, pattern: int) -> int | None:
        for source, mobile_id, needs in self._mappings:
            if source == backend_id and _fits(needs, pattern):
                return mobile_id
        return None


def _fits(needs: tuple[int, ...], pattern: int) -> bool:
    return any(pattern & need == need for need in needs)

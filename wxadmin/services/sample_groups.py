"""The groups of the sample office: who is in them, with a few differences left on purpose."""

from __future__ import annotations

from collections import Counter, defaultdict

from wxadmin.domain.group import (
    BACKEND,
    BY_PERSON,
    OWNER,
    Group,
    GroupMapping,
    GroupMember,
    GroupRole,
    MemberException,
)
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
from wxadmin.domain.membership_rule import rule_from_text
from wxadmin.domain.person import ExtraPost, Secondment
from wxadmin.domain.policy_names import region_of
from wxadmin.domain.presence import BY_LIST
from wxadmin.domain.unit_names import UnitNames
from wxadmin.services.sample_accounts import BASIS
from wxadmin.services.sample_draft import Draft

CAPTURED_DAYS, CREATED_DAYS = 9, 720


class SampleGroups:
    """Puts the people into the groups their rules name; `in_directory` are who may be in any."""

    def __init__(self, draft: Draft, in_directory: set[int]) -> None:
        self._draft = draft
        self._listed = in_directory
        self._special: list[MemberException] = []
        self._owning: Counter[int] = Counter()

    def draw_up(self) -> None:
        """Draw up the exceptions, the members, and the day the groups were last looked into."""
        self._exceptions()
        missing = self._counts()
        extra = self._still_in()
        dark = self._draft.plan.texts("not_captured")
        for group_no, expected in self._expected().items():
            present = sorted(expected & self._listed)
            kept = present[: len(present) - missing.get(group_no, 0)]
            self._describe(group_no)
            if self._draft.group(group_no).side == BACKEND:
                self._own(group_no, kept or sorted(self._listed))
            if group_no not in dark:
                self._capture(group_no, [*kept, *extra.get(group_no, ())])
        self._outsider()

    def _exceptions(self) -> None:
        draft = self._draft
        for table in draft.plan.tables("exceptions"):
            self._special.append(
                MemberException(
                    draft.ids.next(MemberException),
                    draft.group(table.text("group")).id,
                    draft.by_key[table.text("person")].id,
                    table.truth("allowed"),
                    table.text("granted_by"),
                    draft.day(table.whole("from")),
                    draft.day(table.whole("until")),
                    table.text("reason"),
                )
            )
        draft.add(*self._special)

    def _counts(self) -> dict[str, int]:
        tables = self._draft.plan.tables("missing_in")
        return {table.text("group"): table.whole("people") for table in tables}

    def _still_in(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for table in self._draft.plan.tables("still_in"):
            found[table.text("group")].append(self._draft.by_key[table.text("person")].id)
        return found

    def _describe(self, group_no: str) -> None:
        """Say what a group is for and since when there is one."""
        draft = self._draft
        purpose = draft.plan.table("purposes").text(draft.group(group_no).class_key, "")
        draft.alter_group(group_no, purpose=purpose, created_on=draft.day(-CREATED_DAYS))

    def _own(self, group_no: str, person_ids: list[int]) -> None:
        """Give a back-end group an owner: of its leading people one who owns the fewest yet."""
        draft = self._draft
        ranks = draft.pack.ranks_by_name()
        posts = {post.id: post.rank for post in draft.posts.values()}
        within = set(person_ids)
        fit = [p for p in draft.people if p.id in within and p.leave_date is None]
        owner = min(
            fit,
            key=lambda p: (self._owning[p.id], ranks.index(posts[p.position_id or 0]), p.id),
        )
        self._owning[owner.id] += 1
        since = draft.day(-CREATED_DAYS)
        draft.add(
            GroupRole(
                draft.ids.next(GroupRole),
                draft.group(group_no).id,
                OWNER,
                BY_PERSON,
                owner.id,
                None,
                "",
                max(since, owner.hire_date or since),
                filed_on=since,
                basis=BASIS,
            )
        )

    def _capture(self, group_no: str, person_ids: list[int]) -> None:
        draft = self._draft
        group = draft.group(group_no)
        draft.add(
            *(
                GroupMember(
                    draft.ids.next(GroupMember),
                    group.id,
                    person_id,
                    joined_on=draft.day(-CAPTURED_DAYS),
                    join_kind=BY_LIST,
                )
                for person_id in person_ids
            )
        )
        draft.alter_group(
            group_no,
            members_on=draft.day(-CAPTURED_DAYS),
            checked_on=draft.day(-CAPTURED_DAYS),
        )

    def _outsider(self) -> None:
        table = self._draft.plan.table("outsider")
        group = self._draft.group(table.text("group"))
        member_id = self._draft.ids.next(GroupMember)
        day = self._draft.day(-CAPTURED_DAYS)
        name = table.text("name")
        self._draft.add(
            GroupMember(member_id, group.id, None, name, joined_on=day, join_kind=BY_LIST)
        )

    # -- the rules ----------------------------------------------------------------------------
    def _expected(self) -> dict[str, set[int]]:
        """Return whom every group expects, by its number, back-end groups first."""
        groups = sorted(self._draft.groups.values(), key=lambda g: (g.side != BACKEND, g.sort_no))
        found = expected_members(self._book(groups), self._facts())
        return {group.group_no: found[group.id] for group in groups}

    def _book(self, groups: list[Group]) -> RuleBook:
        draft = self._draft
        units = draft.tree.units.values()
        names = UnitNames(
            [(u.id, u.name, u.aliases) for u in units],
            {draft.pack.support_set: {u.id for u in units if u.support}},
        )
        rules = [
            GroupRule(g.id, g.name, rule_from_text(g.rule) if g.rule else None, g.backend_group_id)
            for g in groups
        ]
        mappings = [
            MobileMapping(m.backend_group_id, m.group_id, rule_from_text(m.rule))
            for m in draft.workplace.store.all(GroupMapping)
        ]
        cases = [
            SpecialCase(e.employee_id, e.group_id, e.allowed, e.granted_by, e.until, e.from_on)
            for e in self._special
        ]
        ranks = {rank.name: rank.no for rank in draft.pack.ranks}
        return RuleBook(rules, names, draft.today, mappings, cases, ranks)

    def _facts(self) -> list[PersonFacts]:
        draft = self._draft
        posts = {post.id: post for post in draft.posts.values()}
        beside = self._posts_beside()
        return [
            PersonFacts(
                person.id,
                draft.tree.path(person.org_unit_id),
                posts[person.position_id].name,
                posts[person.position_id].rank,
                person.region,
                employment_type=person.employment_type,
                in_service=person.in_service(draft.today),
                other_posts=tuple(beside[person.id]),
            )
            for person in draft.people
            if person.position_id is not None
        ]

    def _posts_beside(self) -> dict[int, list[Post]]:
        draft = self._draft
        titles = {post.id: post for post in draft.posts.values()}
        found: dict[int, list[Post]] = defaultdict(list)
        for change in draft.changes():
            record = change.record
            if not isinstance(record, (ExtraPost, Secondment)):
                continue
            title = titles.get(record.position_id or 0) if isinstance(record, ExtraPost) else None
            found[record.employee_id].append(
                Post(
                    draft.tree.path(record.org_unit_id),
                    title.name if title else "",
                    title.rank if title else "",
                    region_of(draft.tree.names(record.org_unit_id), draft.pack),
                    EXTRA if title else SECONDMENT,
                    record.from_on,
                    record.until,
                )
            )
        return found

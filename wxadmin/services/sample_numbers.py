"""The designated numbers of the sample office: one for every mobile group, each with a keeper."""

from __future__ import annotations

from dataclasses import replace

from wxadmin.domain.account import AdminNumber, Custody
from wxadmin.domain.group import (
    ADMIN,
    BY_ADMIN_NUMBER,
    BY_PERSON,
    MOBILE,
    OWNER,
    Group,
    GroupRole,
)
from wxadmin.domain.person import Employee
from wxadmin.services.sample_accounts import BASIS, SampleAccounts
from wxadmin.services.sample_draft import Draft


class SampleNumbers:
    """Gives every mobile group its designated number, and each number a keeper of its own."""

    def __init__(self, draft: Draft, accounts: SampleAccounts, leaving: set[int]) -> None:
        self._draft = draft
        self._accounts = accounts
        self._unfit = leaving
        self._posts = {name: i for i, name in enumerate(draft.plan.texts("custodian_posts"))}

    def draw_up(self) -> None:
        """Draw up the numbers with SIM and phone, their custody, owners and admins."""
        draft = self._draft
        numbers = draft.workplace.store.all(AdminNumber)
        keepers = self._keepers()
        for number in numbers:
            group = next((g for g in draft.groups.values() if g.id == number.group_id), None)
            if group is not None:
                self._number(number, group, keepers[group.id])

    def _keepers(self) -> dict[int, Employee]:
        """Choose who keeps which group's number: the narrow groups choose first."""
        mobile = [g for g in self._draft.groups.values() if g.side == MOBILE]
        used: set[int] = set()
        found: dict[int, Employee] = {}
        for group in sorted(mobile, key=lambda g: (len(self._pool(g)), g.sort_no)):
            pool = [p for p in self._pool(group) if p.id not in used]
            found[group.id] = keeper = min(pool, key=self._fitness)
            used.add(keeper.id)
        return found

    def _pool(self, group: Group) -> list[Employee]:
        """Return who may keep a group's number: its own people, or anybody where it has none."""
        draft = self._draft
        fit = [
            person
            for person in draft.people
            if person.id in self._accounts.holders
            and person.id not in self._unfit
            and person.in_service(draft.today)
            and draft.post_of(person) in self._posts
        ]
        below = draft.tree.below(group.org_unit_id) if group.org_unit_id is not None else set()
        return [person for person in fit if person.org_unit_id in below] or fit

    def _fitness(self, person: Employee) -> tuple[int, int, int]:
        depth = len(self._draft.tree.path(person.org_unit_id))
        return depth, self._posts[self._draft.post_of(person)], person.id

    def _number(self, number: AdminNumber, group: Group, keeper: Employee) -> None:
        draft = self._draft
        since = draft.day(-draft.plan.whole("number_enabled_days"))
        began = max(since, keeper.hire_date or since)
        draft.alter(
            number,
            replace(
                number,
                mobile=self._accounts.company_number(),
                wechat_id=f"qunguan{number.seq:02d}",
                sim_registered_to=draft.workplace.office().company_name,
                device=f"备用手机{number.seq:02d}",
                state="在用",
                enabled_on=since,
            ),
        )
        draft.add(
            Custody(draft.ids.next(Custody), number.id, keeper.id, began, basis=BASIS),
            GroupRole(
                draft.ids.next(GroupRole),
                group.id,
                OWNER,
                BY_ADMIN_NUMBER,
                None,
                number.id,
                "",
                since,
                filed_on=since,
                basis=BASIS,
            ),
        )
        head = self._head(group, keeper)
        if head is not None:
            draft.add(
                GroupRole(
                    draft.ids.next(GroupRole),
                    group.id,
                    ADMIN,
                    BY_PERSON,
                    head.id,
                    None,
                    "",
                    max(since, head.hire_date or since),
                    filed_on=since,
                    basis=BASIS,
                )
            )

    def _head(self, group: Group, keeper: Employee) -> Employee | None:
        """Return who administers a group beside its owner: the head of its unit."""
        posts = self._draft.plan.texts("head_posts")
        found = [
            p
            for p in self._draft.people
            if p.org_unit_id == group.org_unit_id
            and p.id != keeper.id
            and self._draft.post_of(p) in posts
        ]
        return found[0] if found else None

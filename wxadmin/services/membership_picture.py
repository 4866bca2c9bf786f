"""The register as the group rules see it on one day: taken in bulk once, asked often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from functools import cached_property

from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group, GroupMember
from wxadmin.domain.membership import expected_members
from wxadmin.domain.policy_settings import Scope
from wxadmin.services.membership_facts import GONE_STATES, MembershipFacts, Person

__all__ = ["GONE_STATES", "Difference", "Person", "Picture"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Who should be in a group and who is; `actual` is None while nobody has looked.

    `extra` leaves out who runs the group (its owner and admins in person) while in service.
    """

    expected: frozenset[int]
    actual: frozenset[int] | None
    missing: frozenset[int]
    extra: frozenset[int]
    outsiders: tuple[GroupMember, ...] = ()


class Picture(MembershipFacts):
    """Rules, people and real members on one day; keep it for as long as one screen."""

    @cached_property
    def expected(self) -> dict[int, set[int]]:
        """Return who should be in every group, by the rules alone."""
        return expected_members(self.book, self.facts.values())

    @cached_property
    def _members(self) -> dict[int, list[GroupMember]]:
        found: dict[int, list[GroupMember]] = defaultdict(list)
        for member in self._store.find(GroupMember, left_on=None):
            found[member.group_id].append(member)
        return found

    def members(self, group_id: int) -> list[GroupMember]:
        """Return who was recorded in a group and not out again, outsiders included."""
        return self._members.get(group_id, [])

    def member_ids(self, group_id: int) -> frozenset[int]:
        """Return the people recorded in a group, outsiders left out."""
        found = (member.employee_id for member in self.members(group_id))
        return frozenset(person_id for person_id in found if person_id is not None)

    def scope(self, group: Group) -> Scope:
        """Return what a question about a group's settings is about."""
        units = tuple(reversed(self.tree.path(group.org_unit_id)))
        return Scope(group=group.id, group_class=group.class_key, units=units)

    def takes_outsiders(self, group: Group) -> bool:
        """Say whether a group, its kind, or the policy for its class lets outsiders be in it."""
        return group.takes_outsiders or self.value("allow_external", self.scope(group)) is True

    def supposing(self, group: Group, members: Sequence[GroupMember]) -> Picture:
        """Return the same picture with one group and its members as an act would leave them."""
        other = copy(self)
        other.all_groups = {**self.all_groups, group.id: group}
        other.groups = {**self.groups, group.id: group}
        found: dict[int, list[GroupMember]] = defaultdict(list, self._members)
        found[group.id] = [member for member in members if member.left_on is None]
        other._members = found
        return other

    def difference(self, group_id: int, running: frozenset[int] = frozenset()) -> Difference:
        """Compare a group with its rule; `running` are its owner and admins in person."""
        group = self.all_groups[group_id]
        expected = frozenset(self.expected.get(group_id, ()))
        known = self.member_ids(group_id)
        kept = {person_id for person_id in running if not self.has_left(person_id)}
        extra = known - expected - kept
        outsiders = tuple(m for m in self.members(group_id) if m.employee_id is None)
        if group.members_on is None:
            return Difference(expected, None, frozenset(), extra, outsiders)
        return Difference(expected, known, expected - known, extra, outsiders)

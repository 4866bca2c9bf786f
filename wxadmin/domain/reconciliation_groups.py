"""Who is in a group and who should be: what the recorded members and the rules disagree about."""

from __future__ import annotations

from collections.abc import Iterator, Set

from wxadmin.domain.reconciliation_finding import (
    EXPECTED,
    LEFT_IN_GROUP,
    NOT_EXPECTED,
    OUTSIDER,
    TO_ADD,
    TO_REMOVE,
    UNLISTED_IN_GROUP,
    Finding,
)
from wxadmin.domain.three_lists import Lists


def compare_groups(lists: Lists) -> Iterator[Finding]:
    """Yield who is to be added and who to be taken out, group by group."""
    nobody: Set[int] = frozenset()
    # true sets: subtracting a view of keys walks through all of it, for every group
    listed, left = set(lists.listed), set(lists.left)
    without = (set(lists.people) - listed) - lists.wanted
    for group_id, recorded in lists.recorded.items():
        expected = lists.expected.get(group_id, nobody)
        extra = recorded - expected
        extra -= lists.running.get(group_id, nobody) - left
        missing = expected - recorded if group_id in lists.looked else nobody
        if group_id in lists.following:
            yield from _following(group_id, (extra - left) & listed, missing & listed)
            continue
        for person_id in sorted(extra):
            cause = LEFT_IN_GROUP if person_id in left else NOT_EXPECTED
            yield Finding(TO_REMOVE, cause, person_id, group_id=group_id)
        # who should have an account is put right by opening one, not by taking him out
        for person_id in sorted(without & recorded & expected):
            yield Finding(TO_REMOVE, UNLISTED_IN_GROUP, person_id, group_id=group_id)
        for person_id in sorted(missing):
            yield Finding(TO_ADD, EXPECTED, person_id, group_id=group_id)
    for member_id, group_id, name in lists.outsiders:
        yield Finding(TO_REMOVE, OUTSIDER, None, None, member_id, group_id, name=name)


def _following(group_id: int, extra: Set[int], missing: Set[int]) -> Iterator[Finding]:
    """In a group that follows the address book only what WeCom should have done and has not:
    who is not listed yet, or has left, comes and goes with his account."""
    for person_id in sorted(extra):
        yield Finding(TO_REMOVE, NOT_EXPECTED, person_id, group_id=group_id, follows=True)
    for person_id in sorted(missing):
        yield Finding(TO_ADD, EXPECTED, person_id, group_id=group_id, follows=True)

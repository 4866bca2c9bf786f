"""The three lists in memory: tuples by person id and by group id, ready to be laid side by side."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from wxadmin.domain.reconciliation_values import Values
from wxadmin.domain.wecom import DISABLED


class RegisterSide(NamedTuple):
    """A person's live personal account as the register has it; `own_number` says that its mobile
    is the company's SIM card, which no list of HR's knows."""

    id: int
    state: str
    userid: str
    listed: bool
    values: Values
    own_number: bool = False


class WecomSide(NamedTuple):
    """A member as the last export has him; `places` are all his departments, `by_hand` says that
    a person decided who he is."""

    id: int
    userid: str
    status: str
    values: Values
    places: tuple[str, ...] = ()
    match_state: str = ""
    account_id: int | None = None
    by_hand: bool = False


@dataclass(slots=True)
class Lists:
    """Everything to be compared, in memory: by person id, or by group id.

    `wanted` of those `here` must have an account; `left` gives the day of leaving. `members` is
    None while no export was taken in. `silent` are the fields (by place) the export says nothing
    about at all. `recorded` is who is known to be in a group, `looked` the groups whose members
    were taken, `following` those WeCom itself moves with the address book. `special` counts
    members who are nobody's own and known (群管理号, 部门号, 测试号). `returned` says under which
    record a leaver with a live account is back.
    """

    people: Mapping[int, Values]
    here: Set[int]
    wanted: Set[int]
    left: Mapping[int, date]
    accounts: Mapping[int, RegisterSide]
    members: Mapping[int, WecomSide] | None
    second_members: Mapping[int, list[WecomSide]] = field(default_factory=dict)
    strangers: list[WecomSide] = field(default_factory=list)
    former_states: Mapping[int, str] = field(default_factory=dict)
    silent: frozenset[int] = frozenset()
    expected: Mapping[int, Set[int]] = field(default_factory=dict)
    recorded: Mapping[int, Set[int]] = field(default_factory=dict)
    looked: Set[int] = frozenset()
    following: Set[int] = frozenset()
    running: Mapping[int, Set[int]] = field(default_factory=dict)
    outsiders: list[tuple[int, int, str]] = field(default_factory=list)
    special: int = 0
    returned: Mapping[int, int] = field(default_factory=dict)

    @property
    def listed(self) -> Set[int]:
        """Return who stands in the address book: by the export or, without one, the register."""
        if self.members is not None:
            return self.members.keys()
        return {person_id for person_id, account in self.accounts.items() if account.listed}


def usable(member: WecomSide) -> bool:
    """Say whether a member that is present can sign in."""
    return member.status != DISABLED


def status_of(member: WecomSide) -> str:
    """Return a member's state as it is shown; an export that is silent says only 在通讯录."""
    return member.status or "在通讯录"

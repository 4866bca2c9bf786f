"""What the register knows of a person or a group, gathered for judging the steps of a checklist."""

from __future__ import annotations

from datetime import date

from wxadmin.domain.account import Account
from wxadmin.domain.form import Form
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group
from wxadmin.domain.person import Employee

ONBOARDING = "onboarding"
TRANSFER = "transfer"
OFFBOARDING = "offboarding"


@dataclass(frozen=True, slots=True)
class PersonEvidence:
    """Everything about one person that can prove a step, on one day.

    `roster` is the list the person stands on (11月3日花名册), "" for none. `owned`, `admin_of` and
    `numbers` are held now; `owner_until`, `admin_until` and `numbers_until` were given up lately.
    `leaver_row` is the place on a leaver list. `entrusted` are accounts of others or of
    the company that the person answers for, `passed_on` his former ones that others have now;
    `exceptions` counts 多账号 exceptions in force. `groups_unseen` counts the groups whose members
    nobody ever took down, `lists_on` is the day of the oldest list of the others.
    """

    person: Employee
    on: date
    event_on: date
    template: str
    unit: str = ""
    position: str = ""
    roster: str = ""
    accounts: tuple[Account, ...] = ()
    entrusted: tuple[Account, ...] = ()
    forms: tuple[Form, ...] = ()
    owned: tuple[Group, ...] = ()
    owner_until: tuple[str, ...] = ()
    admin_of: tuple[Group, ...] = ()
    admin_until: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    numbers_until: tuple[int, ...] = ()
    expected: tuple[Group, ...] = ()
    member_of: tuple[Group, ...] = ()
    groups_left: int = 0
    groups_unseen: int = 0
    lists_on: date | None = None
    directory_on: date | None = None
    leaver_row: str = ""
    leaver_source: str = ""
    personal_types: frozenset[str] = frozenset()
    passed_on: tuple[str, ...] = ()
    most_accounts: int = 1
    exceptions: int = 0


@dataclass(frozen=True, slots=True)
class GroupEvidence:
    """Everything about one group that can prove a step, on one day.

    `owner_trouble` says why the owner does not count (已离职, 正在办离职).
    """

    group: Group
    on: date
    event_on: date
    template: str
    owner: str = ""
    owner_since: date | None = None
    owner_trouble: str = ""
    number: int | None = None
    custodian: str = ""


Evidence = PersonEvidence | GroupEvidence

"""Groups, their owners and admins, members and outsiders, exceptions, orders and checks."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from wxadmin.domain.change import Record
from wxadmin.domain.frozen import dataclass

BACKEND = "后台"
MOBILE = "手机端"
OWNER = "群主"
ADMIN = "群管理员"
BY_PERSON = "人员"
BY_ADMIN_NUMBER = "群管理号"
BY_OUTSIDER = "外部人员"
OPEN_ORDER = "待办"

DEPARTMENT_GROUP = "部门群"
EVERYBODY_GROUP = "全员群"
INTERNAL_GROUP = "内部群"
CUSTOMER_GROUP = "客户群"
WECHAT_GROUP = "微信群"
WECOM_KINDS = (
    DEPARTMENT_GROUP,
    EVERYBODY_GROUP,
    INTERNAL_GROUP,
    CUSTOMER_GROUP,
    WECHAT_GROUP,
)
FOLLOWING = frozenset({DEPARTMENT_GROUP, EVERYBODY_GROUP})
"""Kinds whose members WeCom itself moves with the address book."""

NOT_CARRIED_OUT = "解散未落实"
"""The state of a group that was recorded as dissolved and in which members were seen since."""


@dataclass(frozen=True, slots=True)
class Group(Record):
    """A work group (群组). `rule` is its membership rule as JSON, "" for a mobile group, which
    follows its back-end group; `members_on` is the day its real members were last taken, None
    while nobody has looked (then the actual members are unknown, not none). `wecom_kind` is what
    it is in WeCom; "" counts as 内部群, and a 后台 group as one that follows the address book.
    `code` is its prefix code (前缀编码), `merged_into_id` the group it was dissolved into."""

    kind: ClassVar[str] = "group"
    version: ClassVar[int] = 3

    group_no: str
    name: str
    side: str
    backend_group_id: int | None = None
    class_key: str = ""
    aliases: tuple[str, ...] = ()
    org_unit_id: int | None = None
    purpose: str = ""
    content_scope: str = ""
    admission_scope: str = ""
    rule: str = ""
    allow_external: bool = False
    announcement: str = ""
    state: str = "使用中"
    created_on: date | None = None
    planned_end_on: date | None = None
    dissolved_on: date | None = None
    dissolve_reason: str = ""
    members_on: date | None = None
    checked_on: date | None = None
    source: str = ""
    sort_no: int = 0
    remark: str = ""
    wecom_kind: str = ""
    dissolve_proof: str = ""
    last_active_on: date | None = None
    code: str = ""
    public_name: str = ""
    platform: str = ""
    security_level: str = ""
    creator: str = ""
    responsible_id: int | None = None
    approved_by: str = ""
    approved_on: date | None = None
    undertaking_on: date | None = None
    announced_on: date | None = None
    merged_into_id: int | None = None

    @property
    def follows(self) -> bool:
        """Say whether WeCom itself moves the members with the address book."""
        return self.wecom_kind in FOLLOWING

    @property
    def takes_outsiders(self) -> bool:
        """Say whether people of other companies belong in it: customers do in theirs."""
        return self.allow_external or self.wecom_kind == CUSTOMER_GROUP


@dataclass(frozen=True, slots=True)
class GroupMapping(Record):
    """Where members of a back-end group without a mobile one go (后台—手机端映射): those who fit
    `rule` go to `group_id`; mappings of one back-end group are tried by `sort_no`."""

    kind: ClassVar[str] = "group_mapping"

    backend_group_id: int
    group_id: int
    rule: str
    sort_no: int = 0


@dataclass(frozen=True, slots=True)
class GroupRole(Record):
    """Who owns or administers a group, from–to (群职务): a person, a 群管理号, an outsider."""

    kind: ClassVar[str] = "group_role"
    version: ClassVar[int] = 2

    group_id: int
    role: str
    bound_to: str
    employee_id: int | None
    admin_number_id: int | None
    external_name: str
    from_on: date
    to_on: date | None = None
    filed_on: date | None = None
    basis: str = ""
    filing_no: str = ""
    filing_dept: str = ""


@dataclass(frozen=True, slots=True)
class GroupRename(Record):
    """A name a group once had (更名记录): from which day the new one counts, by which form."""

    kind: ClassVar[str] = "group_rename"

    group_id: int
    old_name: str
    new_name: str
    on: date
    form_no: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ExternalPerson(Record):
    """Somebody of another company who is in groups (外部人员): of where, and brought in by whom."""

    kind: ClassVar[str] = "external_person"

    name: str
    org: str = ""
    person_kind: str = ""
    brought_by: str = ""
    phone: str = ""
    verified: bool = False
    noted_on: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class GroupMember(Record):
    """Somebody who is, or was, really in a group (群成员): a person, an outsider, or a name."""

    kind: ClassVar[str] = "group_member"
    version: ClassVar[int] = 2

    group_id: int
    employee_id: int | None
    external_name: str = ""
    nickname: str = ""
    joined_on: date | None = None
    join_kind: str = ""
    left_on: date | None = None
    exit_reason: str = ""
    external_person_id: int | None = None


@dataclass(frozen=True, slots=True)
class MemberException(Record):
    """A person let in or kept out of a group against its rule (特批), on whose word, until when."""

    kind: ClassVar[str] = "member_exception"

    group_id: int
    employee_id: int
    allowed: bool
    granted_by: str
    from_on: date
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Order(Record):
    """A slip to a group's owner: whom to add, whom to remove (群成员调整通知单)."""

    kind: ClassVar[str] = "order"

    number: str
    group_id: int
    addressed_to: str
    issued_on: date
    due_on: date | None
    basis: str
    state: str = OPEN_ORDER
    done_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OrderLine(Record):
    """One person on an order: 加 or 移, why, and whether it was done."""

    kind: ClassVar[str] = "order_line"

    order_id: int
    employee_id: int | None
    action: str
    reason: str
    name: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class CheckRound(Record):
    """A check of many groups together (核查批次), such as a quarter's; it may be interrupted."""

    kind: ClassVar[str] = "check_round"

    title: str
    started_on: date
    closed_on: date | None = None
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class GroupCheck(Record):
    """One check of a group's members (群核查): counts, outcome, and who signed.

    `actual` is None while nobody has counted; `trigger` is why it was done (定期 or an event).
    `group_name`, `owner` and `members_on` are what they were that day, so that a report can be
    drawn up again from the check alone.
    """

    kind: ClassVar[str] = "group_check"

    group_id: int
    round_id: int | None
    checked_on: date | None
    by: str = ""
    trigger: str = ""
    expected: int = 0
    actual: int | None = None
    state: str = ""
    signed_by: str = ""
    note: str = ""
    group_name: str = ""
    owner: str = ""
    members_on: date | None = None


@dataclass(frozen=True, slots=True)
class GroupCheckLine(Record):
    """One name of a check (核查明细) as it was that day: what was found, what became of it."""

    kind: ClassVar[str] = "group_check_line"

    check_id: int
    employee_id: int | None
    name: str
    nickname: str = ""
    finding: str = ""
    result: str = ""
    reason: str = ""

"""Accounts, who holds them, and the designated group numbers (群管理号)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from wxadmin.domain.change import Record
from wxadmin.domain.frozen import dataclass

PENDING = "待开通"
IN_USE = "在用"
SUSPENDED = "停用"
RESTRICTED = "限制使用"
TO_RECLAIM = "待回收"
RECLAIMED = "已回收"
TO_CLOSE = "待注销"
CLOSED = "已注销"
BARRED = "永久取消"

STATES = (
    PENDING,
    IN_USE,
    SUSPENDED,
    RESTRICTED,
    TO_RECLAIM,
    RECLAIMED,
    TO_CLOSE,
    CLOSED,
    BARRED,
)
LIVE = frozenset({PENDING, IN_USE, SUSPENDED, RESTRICTED, TO_RECLAIM, TO_CLOSE})
"""States in which an account still counts as somebody's (model: 一人一号)."""


@dataclass(frozen=True, slots=True)
class Account(Record):
    """An account (账号) of any type; `account_type` is a key of the policy pack. `state_until` is
    the last day of a suspension or restriction, None where it has no end."""

    kind: ClassVar[str] = "account"
    version: ClassVar[int] = 2

    account_no: str
    name: str
    account_type: str
    ownership: str = "公司"
    source: str = "公司分配"
    platform: str = "企业微信"
    wecom_userid: str = ""
    wechat_id: str = ""
    mobile: str = ""
    mobile_is_company: bool = False
    company_email: str = ""
    real_name_state: str = ""
    purposes: tuple[str, ...] = ()
    usage_scope: str = ""
    permission_level: str = ""
    org_unit_id: int | None = None
    holder_id: int | None = None
    responsible_id: int | None = None
    custodian_id: int | None = None
    in_directory: bool = False
    directory_title: str = ""
    state: str = PENDING
    opened_on: date | None = None
    opened_by: str = ""
    closed_on: date | None = None
    close_reason: str = ""
    verified_on: date | None = None
    last_login_on: date | None = None
    sms_verify: bool = False
    profile_set: bool = False
    form_no: str = ""
    entry: str = ""
    remark: str = ""
    state_until: date | None = None

    @property
    def live(self) -> bool:
        """Say whether the account still counts as somebody's."""
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class AccountHolding(Record):
    """Who had an account in which role, from–to (账号任职记录); only ever added to."""

    kind: ClassVar[str] = "account_holding"

    account_id: int
    employee_id: int
    role: str
    from_on: date
    to_on: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class AccountException(Record):
    """An approved exception for a person (如多账号), with its validity."""

    kind: ClassVar[str] = "account_exception"

    employee_id: int
    exception_kind: str
    granted_by: str
    from_on: date
    until: date
    reason: str = ""
    basis: str = ""

    def in_force(self, on: date) -> bool:
        """Say whether the exception holds on that day."""
        return self.from_on <= on <= self.until


@dataclass(frozen=True, slots=True)
class AdminNumber(Record):
    """One of the designated numbers that own a mobile group (群管理号, T0-19 五)."""

    kind: ClassVar[str] = "admin_number"

    seq: int
    mobile: str = ""
    wechat_id: str = ""
    group_id: int | None = None
    sim_registered_to: str = ""
    device: str = ""
    state: str = "空闲"
    enabled_on: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Custody(Record):
    """Who keeps a designated number, from–to (群管理号保管人), and on what proof: the paper, and
    `login_on`, the day the new keeper signed in on a phone of his own."""

    kind: ClassVar[str] = "custody"
    version: ClassVar[int] = 2

    admin_number_id: int
    employee_id: int
    from_on: date
    to_on: date | None = None
    basis: str = ""
    login_on: date | None = None

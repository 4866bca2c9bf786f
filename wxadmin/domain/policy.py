"""A policy pack (制度包): everything a company's rules decide, as plain records.

Nothing here has a default of its own that a text would decide: numbers, names and steps come from
the pack's files. Records name each other by their key or name, as the files do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wxadmin.domain.checklist_template import ChecklistTemplate
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.membership_rule import Rule
from wxadmin.domain.policy_settings import Setting, Value

KEEPERS: Final = frozenset({"holder", "responsible", "custodian"})
STEP_ACTS: Final = frozenset({"approve", "mail", "accept", "open", "notify"})
STEP_MODES: Final = frozenset({"any", "all"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit the policy names. `region` marks a sales region, `support` a 支持部门."""

    name: str
    kind: str
    parent: str
    aliases: tuple[str, ...]
    region: bool
    support: bool
    in_scope: bool
    source: str


@dataclass(frozen=True, slots=True)
class Rank:
    """职务级别: `no` orders them, higher is higher."""

    name: str
    no: int
    is_leader: bool
    is_management: bool


@dataclass(frozen=True, slots=True)
class PositionRank:
    """A title whose rank the pack knows, so that nobody need be asked."""

    name: str
    rank: str


@dataclass(frozen=True, slots=True)
class EmploymentType:
    """用工类型. `contract_end` demands a date, which becomes a dated task.

    `covered` says whether a person of this type should have an account.
    """

    name: str
    aliases: tuple[str, ...]
    contract_end: bool
    own_staff: bool
    covered: bool
    source: str


@dataclass(frozen=True, slots=True)
class ServiceState:
    """What HR may write under 在职状态, and whether the person stays."""

    name: str
    aliases: tuple[str, ...]
    in_service: bool
    on_post: bool


@dataclass(frozen=True, slots=True)
class LeaveKind:
    """离职类型; `gone` means the leaver will not sign anything any more (自离)."""

    name: str
    aliases: tuple[str, ...]
    gone: bool


@dataclass(frozen=True, slots=True)
class PermissionLevel:
    """权限等级 with what it grants; a higher number grants more."""

    name: str
    no: int
    grants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountType:
    """账号类型. `keeper` is the role of the person answering for it (holder, custodian …)."""

    id: str
    name: str
    aliases: tuple[str, ...]
    counts_as_personal: bool
    keeper: str
    ownership: str
    owner_dept: str
    executor_role: str
    applicant_roles: tuple[str, ...]
    usage_scope: str
    name_rule: str
    leaver_default: str
    password_owner: str
    permission: str
    settings: Mapping[str, Value]
    source: str


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One stage of a route, taken by any one of its roles or by all of them (`mode`); `role` is
    their names in one. An empty `account_types` means all of them."""

    no: int
    act: str
    role: str
    mode: str
    due_days: int | None
    account_types: tuple[str, ...]
    source: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """The way a document takes, from the applicant to the person told.

    Where account types, group classes or departments are named it is for those alone.
    """

    id: str
    title: str
    document: str
    steps: tuple[RouteStep, ...]
    source: str
    account_types: tuple[str, ...] = ()
    group_classes: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()

    def for_account_type(self, account_type: str) -> tuple[RouteStep, ...]:
        """The stages that concern an account of this type."""
        return tuple(
            step
            for step in self.steps
            if not step.account_types or account_type in step.account_types
        )

    def approvals(self, account_type: str = "") -> tuple[RouteStep, ...]:
        """The decisions to be recorded, in order."""
        return tuple(s for s in self.for_account_type(account_type) if s.act == "approve")


@dataclass(frozen=True, slots=True)
class GroupClass:
    """群类别, with the settings it fixes for its groups."""

    id: str
    name: str
    parent: str
    tier: str
    builder_dept: str
    owner_rule: str
    planned_end: bool
    route: str
    settings: Mapping[str, Value]
    source: str
    code_range: str = ""  # 编码段: 1.101-1.199


@dataclass(frozen=True, slots=True)
class BackendGroup:
    """A back-end group (后台) with its membership rule."""

    no: str
    name: str
    aliases: tuple[str, ...]
    class_id: str
    unit: str
    rule: Rule
    admission: str
    source: str
    code: str = ""
    owner_post: str = ""
    admin_posts: tuple[str, ...] = ()
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class MobileGroup:
    """A mobile group (手机端), a record of its own that follows its back-end group."""

    no: str
    name: str
    aliases: tuple[str, ...]
    backend: str
    class_id: str
    source: str


@dataclass(frozen=True, slots=True)
class GroupMapping:
    """Members of a back-end group that has no mobile one: who fits `rule` goes to `mobile`."""

    backend: str
    mobile: str
    rule: Rule
    source: str


@dataclass(frozen=True, slots=True)
class AdminNumberPlan:
    """群管理号 no. `no` is meant for one mobile group."""

    no: int
    mobile_group: str


@dataclass(frozen=True, slots=True)
class HrSourcePlan:
    """An HR department that sends lists; `due_day` empty means the setting leaver_list_day."""

    name: str
    covers: tuple[str, ...]
    due_day: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Recurring:
    """A task that comes back (周期任务): shown as a reminder, never kept as a checklist."""

    id: str
    title: str
    every: str
    role: str
    source: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One policy pack, whole and checked: every name in it refers to something in it."""

    id: str
    title: str
    source: str
    version: str
    company: str
    support_set: str
    units: tuple[Unit, ...]
    ranks: tuple[Rank, ...]
    positions: tuple[PositionRank, ...]
    employment_types: tuple[EmploymentType, ...]
    service_states: tuple[ServiceState, ...]
    leave_kinds: tuple[LeaveKind, ...]
    permission_levels: tuple[PermissionLevel, ...]
    account_types: tuple[AccountType, ...]
    routes: tuple[Route, ...]
    group_classes: tuple[GroupClass, ...]
    groups: tuple[BackendGroup, ...]
    mobile_groups: tuple[MobileGroup, ...]
    mappings: tuple[GroupMapping, ...]
    admin_numbers: tuple[AdminNumberPlan, ...]
    hr_sources: tuple[HrSourcePlan, ...]
    checklists: tuple[ChecklistTemplate, ...]
    recurring: tuple[Recurring, ...]
    settings: tuple[Setting, ...]

    @property
    def regions(self) -> tuple[Unit, ...]:
        """The units that are sales regions."""
        return tuple(unit for unit in self.units if unit.region)

    def setting(self, key: str) -> Setting:
        """The declaration of a setting; a UserError names one that does not exist."""
        for setting in self.settings:
            if setting.key == key:
                return setting
        raise UserError(f"制度包“{self.title}”里没有“{key}”这项设定。", code="unknown_setting")

    def checklist(self, checklist_id: str) -> ChecklistTemplate:
        """A checklist by its id; a UserError lists those there are."""
        for template in self.checklists:
            if template.id == checklist_id:
                return template
        known = "、".join(f"{c.id}（{c.title}）" for c in self.checklists)
        raise UserError(
            f"没有“{checklist_id}”这种办理清单，可用的有：{known}。", "unknown_checklist"
        )

    def account_type(self, type_id: str) -> AccountType:
        """An account type by id, name or alias; a UserError lists those there are."""
        for account_type in self.account_types:
            if type_id in (account_type.id, account_type.name, *account_type.aliases):
                return account_type
        known = "、".join(t.name for t in self.account_types)
        raise UserError(f"没有“{type_id}”这种账号类型，可用的有：{known}。", "unknown_account_type")

    def class_line(self, class_id: str) -> tuple[GroupClass, ...]:
        """A group class and those above it, from the own one upwards."""
        line: list[GroupClass] = []
        found = self.group_class(class_id)
        while found is not None and found not in line:
            line.append(found)
            found = self.group_class(found.parent)
        return tuple(line)

    def ranks_by_name(self) -> tuple[str, ...]:
        """The names of the ranks, from the highest down."""
        return tuple(r.name for r in sorted(self.ranks, key=lambda rank: -rank.no))

    def group_class(self, class_id: str) -> GroupClass | None:
        """A group class by its id."""
        return next((c for c in self.group_classes if c.id == class_id), None)

    def route_for(self, document: str) -> Route:
        """The route of a kind of document; a UserError if the pack has none."""
        for route in self.routes:
            if route.document == document:
                return route
        raise UserError(f"制度包“{self.title}”没有给“{document}”定审批路线。", code="unknown_route")

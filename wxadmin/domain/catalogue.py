"""Every kind of record there is, in the order in which one may refer to another."""

from __future__ import annotations

from wxadmin.domain.account import (
    Account,
    AccountException,
    AccountHolding,
    AdminNumber,
    Custody,
)
from wxadmin.domain.change import Record
from wxadmin.domain.checklist import Checklist, ChecklistItem
from wxadmin.domain.form import Form, FormStep, SigningDelegate
from wxadmin.domain.group import (
    CheckRound,
    ExternalPerson,
    Group,
    GroupCheck,
    GroupCheckLine,
    GroupMapping,
    GroupMember,
    GroupRename,
    GroupRole,
    MemberException,
    Order,
    OrderLine,
)
from wxadmin.domain.incoming import Incoming, Scan
from wxadmin.domain.leavers import LeaverList, LeaverRow
from wxadmin.domain.organisation import (
    Decision,
    HeadingMemory,
    HrSource,
    Office,
    OrgUnit,
    PolicyOverride,
    Position,
    RosterIssue,
)
from wxadmin.domain.person import Employee, ExtraPost, Secondment, UnitRole
from wxadmin.domain.wecom import Mark, WecomIssue, WecomMember

RECORDS: tuple[type[Record], ...] = (
    Office,
    PolicyOverride,
    HrSource,
    OrgUnit,
    Position,
    RosterIssue,
    HeadingMemory,
    Decision,
    Employee,
    ExtraPost,
    Secondment,
    UnitRole,
    Account,
    AccountHolding,
    AccountException,
    Group,
    Form,
    Scan,
    FormStep,
    SigningDelegate,
    Incoming,
    GroupRename,
    GroupMapping,
    AdminNumber,
    Custody,
    GroupRole,
    ExternalPerson,
    GroupMember,
    MemberException,
    Order,
    OrderLine,
    Checklist,
    ChecklistItem,
    LeaverList,
    LeaverRow,
    WecomIssue,
    WecomMember,
    Mark,
    CheckRound,
    GroupCheck,
    GroupCheckLine,
)
BY_KIND: dict[str, type[Record]] = {record.kind: record for record in RECORDS}

REFERENCES: dict[str, type[Record]] = {
    "account_id": Account,
    "admin_number_id": AdminNumber,
    "backend_group_id": Group,
    "check_id": GroupCheck,
    "checklist_id": Checklist,
    "corrects_id": LeaverList,
    "custodian_id": Employee,
    "employee_id": Employee,
    "external_person_id": ExternalPerson,
    "form_id": Form,
    "group_id": Group,
    "holder_id": Employee,
    "hr_source_id": HrSource,
    "leaver_list_id": LeaverList,
    "merged_into_id": Group,
    "order_id": Order,
    "org_unit_id": OrgUnit,
    "parent_id": OrgUnit,
    "position_id": Position,
    "responsible_id": Employee,
    "round_id": CheckRound,
    "scan_id": Scan,
}
"""Which record a field of that name refers to."""

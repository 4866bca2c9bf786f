"""What completing a form would do, in sentences, before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wxadmin.domain.account import Account, AccountException, AccountHolding, Custody
from wxadmin.domain.account_rules import TERM
from wxadmin.domain.change import AnyChange, FieldChange
from wxadmin.domain.checklist import Checklist, ChecklistItem
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import Form, FormStep
from wxadmin.domain.group import (
    Group,
    GroupCheckLine,
    GroupMember,
    GroupRename,
    GroupRole,
    MemberException,
)
from wxadmin.domain.phones import spaced_phone
from wxadmin.domain.words import record_label
from wxadmin.services.form_completion import Completion
from wxadmin.services.form_shelf import Shelf
from wxadmin.services.naming import Naming
from wxadmin.services.workplace import Workplace

_BESIDES = (Form, FormStep, AccountHolding, GroupCheckLine, ChecklistItem, GroupRename)
"""Records that follow from others and are not told of one by one."""
MOST_NAMES = 8
_QUIET = frozenset({"id", "form_no", "opened_by", "pinyin"})


@dataclass(frozen=True, slots=True)
class CompletionPreview:
    """What completion will do, line by line, and whom it keeps back; or the one sentence why it
    may not be done."""

    lines: tuple[str, ...]
    refusal: str = ""
    kept_back: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the whole preview, one line for each thing that changes."""
        return self.refusal or "\n".join(self.lines) or "除登记办结外，不改动别的。"


class Previewing:
    """Foretells completions; it writes nothing."""

    def __init__(self, workplace: Workplace, shelf: Shelf) -> None:
        self._workplace = workplace
        self._shelf = shelf

    def of(self, form: Form) -> CompletionPreview:
        """Return what completing a form would do today."""
        ids = self._workplace.store.ids()  # what a trial draws is never kept
        try:
            effects = Completion(self._workplace, self._shelf).plan(
                form, ids, self._workplace.today
            )
        except UserError as refusal:
            return CompletionPreview((), refusal.message)
        lines = (*effects.notes, *effect_lines(self._workplace, effects.changes))
        return CompletionPreview(tuple(lines), kept_back=effects.kept_back)


def effect_lines(workplace: Workplace, changes: Iterable[AnyChange]) -> Iterator[str]:
    """Yield a sentence for each thing that changes, in the order of the plan."""
    naming = Naming(workplace)
    told = list(changes)
    for change in told:
        if change.after is not None:
            naming.know(change.after)
    leaving = [change for change in told if _is_leaving(change)]
    for change in told:
        if isinstance(change.record, Checklist) and change.before is None:
            yield _checklist(workplace, change.record, naming)
        elif not isinstance(change.record, _BESIDES) and change not in leaving:
            yield _sentence(change, naming)
    yield from _leavers(leaving, naming)


def _is_leaving(change: AnyChange) -> bool:
    """Whether somebody goes out of a group."""
    member = change.after
    return isinstance(member, GroupMember) and member.left_on is not None


def _leavers(changes: Iterable[AnyChange], naming: Naming) -> Iterator[str]:
    """Yield one sentence for each group and reason: “莆田一厂”移出3人（调出）：甲、乙、丙."""
    by_group: dict[tuple[int, str], list[str]] = {}
    for change in changes:
        member = change.after
        assert isinstance(member, GroupMember)
        who = naming.value(member.kind, "employee_id", member.employee_id) or member.external_name
        by_group.setdefault((member.group_id, member.exit_reason), []).append(who)
    for (group_id, reason), names in by_group.items():
        why = f"（{reason}）" if reason else ""
        told = "、".join(names[:MOST_NAMES]) + ("等" if len(names) > MOST_NAMES else "")
        yield f"“{naming.of_id(Group, group_id)}”移出{len(names)}人{why}：{told}"


def _checklist(workplace: Workplace, checklist: Checklist, naming: Naming) -> str:
    title = workplace.pack.checklist(checklist.template).title
    group = naming.of_id(Group, checklist.group_id) if checklist.group_id else ""
    return f"开出办理单：{title}{f'“{group}”' if group else ''}"


def _sentence(change: AnyChange, naming: Naming) -> str:
    record = change.record
    if change.before is None:
        return _new(change, naming)
    if change.after is None:
        return f"删去{record_label(record.kind)}：{naming.of_record(record)}"
    parts = [
        _field(record.kind, one, naming) for one in change.differences() if one.name not in _QUIET
    ]
    return f"{_about(change, naming)}：{'；'.join(parts)}"


def _field(kind: str, one: FieldChange, naming: Naming) -> str:
    old, new = (naming.value(kind, one.name, value) for value in (one.old, one.new))
    return f"{naming.label(kind, one.name)} {old or '（空）'} → {new or '（空）'}"


def _about(change: AnyChange, naming: Naming) -> str:
    """Return what a changed record is called in a sentence."""
    record = change.record
    if isinstance(record, Account):
        return f"账号{record.account_no} {record.wecom_userid or record.name}".strip()
    if isinstance(record, GroupRole):
        return f"“{naming.of_id(Group, record.group_id)}”的{record.role}{_holder(record, naming)}"
    if isinstance(record, Custody):
        number = naming.value(record.kind, "admin_number_id", record.admin_number_id)
        return f"{number}，{naming.value(record.kind, 'employee_id', record.employee_id)}保管"
    if isinstance(record, GroupMember):
        return f"“{naming.of_id(Group, record.group_id)}”的成员"
    return f"{record_label(record.kind)}{naming.of_record(record)}"


def _new(change: AnyChange, naming: Naming) -> str:
    record = change.record
    if isinstance(record, Account):
        where = "，加入通讯录" if record.in_directory else ""
        named = record.wecom_userid or record.wechat_id or record.name
        mobile = spaced_phone(record.mobile) or "无"
        return f"开通账号{record.account_no} {named}，手机号码{mobile}{where}"
    if isinstance(record, AccountException):
        who = naming.value(record.kind, "employee_id", record.employee_id)
        what = "" if record.exception_kind == TERM else "例外："
        return f"登记{what}{who} {record.exception_kind}，至{record.until or '长期'}"
    if isinstance(record, GroupRole):
        group = naming.of_id(Group, record.group_id)
        return f"“{group}”的{record.role}由{_holder(record, naming)}担任，{record.from_on}起"
    if isinstance(record, Custody):
        number = naming.value(record.kind, "admin_number_id", record.admin_number_id)
        who = naming.value(record.kind, "employee_id", record.employee_id)
        return f"{number}由{who}保管，{record.from_on}起"
    if isinstance(record, MemberException):
        who = naming.value(record.kind, "employee_id", record.employee_id)
        group = naming.of_id(Group, record.group_id)
        return f"特批{who}{'进' if record.allowed else '不进'}“{group}”，至{record.until or '长期'}"
    return f"新增{record_label(record.kind)}：{naming.of_record(record)}"


def _holder(record: GroupRole, naming: Naming) -> str:
    if record.employee_id is not None:
        return naming.value(record.kind, "employee_id", record.employee_id)
    return record.external_name or naming.value(
        record.kind, "admin_number_id", record.admin_number_id
    )

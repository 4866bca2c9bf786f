"""The roster of groups (群组台账): each with rule, owner, who should be in and who is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from wxadmin.domain.account import AdminNumber
from wxadmin.domain.change import AnyChange, Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import (
    BACKEND,
    MOBILE,
    NOT_CARRIED_OUT,
    WECOM_KINDS,
    Group,
    GroupMember,
    GroupRename,
    GroupRole,
)
from wxadmin.domain.membership_rule import Rule, rule_to_text
from wxadmin.domain.unit_names import fold_name
from wxadmin.services.group_duties import Duties
from wxadmin.services.group_lines import GroupLine, GroupSheet, group_line, group_sheet
from wxadmin.services.group_naming import GroupNaming
from wxadmin.services.group_owners import FREE
from wxadmin.services.group_proof import proof_of
from wxadmin.services.member_moves import plan_leaves
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

DISSOLVED = "已解散"
STATES = ("拟建", "使用中", "待解散", "待整合", NOT_CARRIED_OUT, "已并入", "未批准", DISSOLVED)


@dataclass(frozen=True, slots=True)
class NewGroup:
    """What a new group needs; an empty number takes the next free one."""

    name: str
    side: str = MOBILE
    group_no: str = ""
    backend: Group | None = None
    class_key: str = ""
    org_unit_id: int | None = None
    rule: Rule | None = None
    purpose: str = ""
    created_on: date | None = None
    planned_end_on: date | None = None
    allow_external: bool = False
    wecom_kind: str = ""


class Groups:
    """Lists groups, shows one, registers, edits and dissolves them."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    # -- reading ------------------------------------------------------------------------------
    def picture(self) -> Picture:
        """Take the facts for one screen."""
        return Picture(self._workplace)

    def duties(self, picture: Picture) -> Duties:
        """Take who runs what for one screen."""
        return Duties(self._workplace, picture)

    def find(self, key: str) -> Group:
        """Return the group of that number, name or alias (see `group_called`)."""
        return group_called(self._workplace.store.all(Group), key)

    def lines(self, picture: Picture, duties: Duties) -> list[GroupLine]:
        """Return every group, those in use first, in the register's order."""
        groups = sorted(
            picture.all_groups.values(), key=lambda g: (g.id not in picture.groups, g.sort_no, g.id)
        )
        return [self.line(group, picture, duties) for group in groups]

    def line(self, group: Group, picture: Picture, duties: Duties) -> GroupLine:
        """Return one group as the register shows it."""
        return group_line(group, picture, duties)

    def sheet(self, group: Group, picture: Picture, duties: Duties, rule: str) -> GroupSheet:
        """Return one group with its people; `rule` is its rule in words (`Membership`)."""
        return group_sheet(group, picture, duties, rule)

    def free_number(self, side: str) -> str:
        """Propose the next free group number: two digits for a mobile group, else G and two."""
        taken = {number for (number,) in self._workplace.store.columns(Group, "group_no")}
        number = 1
        while (text := f"{number:02d}" if side == MOBILE else f"G{number:02d}") in taken:
            number += 1
        return text

    # -- acts ---------------------------------------------------------------------------------
    def register(self, new: NewGroup) -> tuple[Group, int | None]:
        """Put a new group on the register, its members still unknown."""
        ids = self._workplace.store.ids()
        change = self.plan_register(new, ids)
        with self._workplace.act(f"登记群组：{new.name}") as operation:
            operation.write([change], ids)
        group = change.after
        assert group is not None
        return group, operation.id

    def plan_register(self, new: NewGroup, ids: IdSource) -> Change[Group]:
        """Return the change that makes a group. Raises `UserError` for a name or number taken."""
        if new.side == MOBILE and new.backend is None and new.rule is None:
            raise UserError(
                "手机端群组要对应一个后台群组，或自己写明成员规则，没有登记。", "no_rule"
            )
        group = Group(
            ids.next(Group),
            new.group_no or self.free_number(new.side),
            new.name.strip(),
            new.side,
            backend_group_id=new.backend.id if new.backend else None,
            class_key=new.class_key or (new.backend.class_key if new.backend else ""),
            org_unit_id=new.org_unit_id or (new.backend.org_unit_id if new.backend else None),
            purpose=new.purpose,
            rule=rule_to_text(new.rule) if new.rule and new.rule.any_of else "",
            allow_external=new.allow_external,
            wecom_kind=new.wecom_kind,
            created_on=new.created_on,
            planned_end_on=new.planned_end_on,
            sort_no=self._workplace.store.count(Group),
        )
        self.check_entry(group, self._workplace.store.all(Group))
        return Change(None, group)

    def edit(self, group: Group, edited: Group) -> int | None:
        """Correct a group's entry; a former name is kept on record, so that it is still found."""
        ids = self._workplace.store.ids()
        changes = self.plan_edit(group, edited, ids)
        with self._workplace.act(f"修改群组：{group.name}") as operation:
            operation.write(changes, ids)
        return operation.id

    def plan_edit(
        self,
        group: Group,
        edited: Group,
        ids: IdSource,
        *,
        on: date | None = None,
        form_no: str = "",
        reason: str = "",
    ) -> list[AnyChange]:
        """Return the changes of a corrected entry: a former name becomes an alias and a record.

        Raises `UserError` for a name, number or code that is another group's.
        """
        if edited.code != group.code:
            edited = replace(edited, code=GroupNaming(self._workplace).unused_code(edited))
        self.check_entry(edited, self._workplace.store.all(Group))
        if edited.name == group.name:
            return [Change(group, edited)]
        if group.name not in edited.aliases:
            edited = replace(edited, aliases=(*edited.aliases, group.name))
        renamed = GroupRename(
            ids.next(GroupRename),
            group.id,
            group.name,
            edited.name,
            on or self._workplace.today,
            form_no,
            reason,
        )
        return [Change(group, edited), Change(None, renamed)]

    def renames(self, group: Group) -> list[GroupRename]:
        """Return the names a group had, the latest first."""
        found = self._workplace.store.find(GroupRename, group_id=group.id)
        return sorted(found, key=lambda one: (one.on, one.id), reverse=True)

    def dissolve(
        self, group: Group, *, proof: str, on: date | None = None, reason: str = ""
    ) -> int | None:
        """Dissolve a group: its members are out, its duties end, its number is free again.

        Raises `UserError` without a proof: a picture, or the owner's word.
        """
        if group.state == DISSOLVED:
            raise UserError(f"“{group.name}”已经解散，没有改动。", "group_gone")
        day = on or self._workplace.today
        changes = self.plan_dissolve(group, day, reason, proof_of(proof))
        with self._workplace.act(f"解散群组：{group.name}") as operation:
            operation.write(changes)
        return operation.id

    def plan_dissolve(self, group: Group, on: date, reason: str, proof: str) -> list[AnyChange]:
        """Return the changes that dissolve a group."""
        store = self._workplace.store
        gone = replace(
            group, state=DISSOLVED, dissolved_on=on, dissolve_reason=reason, dissolve_proof=proof
        )
        changes: list[AnyChange] = [Change(group, gone)]
        changes += plan_leaves(
            store.find(GroupMember, group_id=group.id, left_on=None), on, "群解散"
        )
        for role in store.find(GroupRole, group_id=group.id, to_on=None):
            changes.append(Change(role, replace(role, to_on=on)))
        for number in store.find(AdminNumber, group_id=group.id):
            changes.append(Change(number, replace(number, group_id=None, state=FREE)))
        return changes

    @staticmethod
    def check_entry(group: Group, groups: Sequence[Group]) -> None:
        """Refuse an empty or taken name, a taken number, a state nobody knows (I17)."""
        if not group.name:
            raise UserError("群名称不能空着，没有改动。", "bad_value")
        if not group.group_no:
            raise UserError("群编号不能空着，没有改动。", "bad_value")
        if group.state not in STATES:
            raise UserError(f"群状态应为{'、'.join(STATES)}之一，没有改动。", "bad_value")
        if group.wecom_kind not in ("", *WECOM_KINDS):
            raise UserError(f"群类型应为{'、'.join(WECOM_KINDS)}之一，没有改动。", "bad_value")
        for other in groups:
            if other.id == group.id or other.state == DISSOLVED:
                continue
            if other.group_no == group.group_no:
                raise UserError(
                    f"群编号“{group.group_no}”已是“{other.name}”的，没有改动。", "taken"
                )
            if other.side == group.side and fold_name(other.name) == fold_name(group.name):
                raise UserError(f"已有一个{other.side}群组叫“{other.name}”，没有改动。", "taken")


def group_key(group: Group) -> str:
    """Return a key that means this very group, though its number or name went to another one."""
    return f"#{group.id}"


def group_called(groups: Sequence[Group], key: str) -> Group:
    """Return the group of that number, name or alias; the mobile one wins where both fit.

    Groups still in use win over dissolved ones. Raises `UserError` where none or several fit.
    """
    same = [g for g in groups if group_key(g) == key]
    if same:
        return same[0]
    wanted = fold_name(key)
    for fits in (
        [g for g in groups if g.group_no == key.strip()],
        [g for g in groups if fold_name(g.name) == wanted],
        [g for g in groups if wanted in map(fold_name, g.aliases)],
    ):
        alive = [g for g in fits if g.state != DISSOLVED] or fits
        found = [g for g in alive if g.side != BACKEND] or alive
        if len(found) == 1:
            return found[0]
        if found:
            details = tuple(f"{g.group_no} {g.name}（{g.side}）" for g in found)
            raise UserError(f"“{key}”有{len(found)}个群组，请用群编号指明。", "ambiguous", details)
    raise UserError(f"没有编号、名称或别名为“{key}”的群组。请用群编号再试。", "no_group")

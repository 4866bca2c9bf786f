"""The registers about groups as rows: schools' groups, codes, filings of admins, changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from wxadmin.domain.group import BACKEND, BY_ADMIN_NUMBER, Group, GroupRename, GroupRole
from wxadmin.domain.group_standing import MERGED
from wxadmin.domain.policy import BackendGroup
from wxadmin.services.form_group_facts import GroupFacts
from wxadmin.services.group_book import GroupBook, Row
from wxadmin.services.membership_picture import GONE_STATES
from wxadmin.services.workplace import Workplace

RENAMED, DISSOLVED_WORD, MERGED_WORD = "更名", "解散", "整合"
YES, NO = "是", "否"


class GroupRegisters:
    """Draws up registers from one reading of the groups."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._pack = workplace.pack
        self._book = GroupBook(workplace)
        self.picture, self.duties = self._book.picture, self._book.duties

    # -- 学校工作群一览表 ------------------------------------------------------------------------
    def school(self) -> list[Row]:
        """Return the groups in use as a school lists them (T4-23)."""
        return [self._school_row(group) for group in self._chats()]

    def _chats(self) -> list[Group]:
        chats = [g for g in self.picture.groups.values() if g.side != BACKEND]
        return sorted(chats, key=lambda g: (g.sort_no, g.id))

    def _school_row(self, group: Group) -> Row:
        facts = GroupFacts(self._workplace, group, picture=self.picture)
        value = self.picture.value
        quiet, term = value("quiet_windows", facts.scope), value("term_start", facts.scope)
        days = self.picture.number("class_group_deadline_days", facts.scope)
        due = f"{term + timedelta(days=days):%m-%d}前" if isinstance(term, date) else ""
        backend = self.picture.all_groups.get(group.backend_group_id or 0, group)
        return {
            "name": group.name,
            "class": self._book.facts.class_name(group),
            "owner": self._book.with_post(self.duties.owner(group.id)),
            "scope": group.admission_scope or backend.admission_scope,
            "purpose": group.purpose,
            "due": due,
            "external": YES if group.takes_outsiders else NO,
            "quiet": "、".join(quiet) if isinstance(quiet, tuple) else "",
            "reply": str(value("notice_reply_text", facts.scope) or ""),
            "note": group.remark,
        }

    # -- 群分类与前缀编码表 ----------------------------------------------------------------------
    def codes(self) -> list[Row]:
        """Return the groups the policy names with their codes and posts, then the others."""
        rows = [self._planned(plan) for plan in self._pack.groups]
        named = {plan.name for plan in self._pack.groups}
        rows += [self._own(group) for group in self._chats() if self._is_own(group, named)]
        return sorted(rows, key=lambda row: (not row["code"], str(row["code"])))

    def _planned(self, plan: BackendGroup) -> Row:
        return {
            **self._of_class(plan.class_id),
            "code": plan.code,
            "name": plan.name,
            "scope": plan.admission,
            "owner_post": plan.owner_post or self._owner_rule(plan.class_id),
            "admin_posts": "、".join(plan.admin_posts),
            "note": "",
        }

    def _own(self, group: Group) -> Row:
        return {
            **self._of_class(group.class_key),
            "code": group.code,
            "name": group.name,
            "scope": group.admission_scope,
            "owner_post": self._book.with_post(self.duties.owner(group.id)),
            "admin_posts": "、".join(map(self._book.with_post, self.duties.admins(group.id))),
            "note": group.remark,
        }

    def _is_own(self, group: Group, named: set[str]) -> bool:
        backend = self.picture.all_groups.get(group.backend_group_id or 0)
        return group.name not in named and (backend is None or backend.name not in named)

    def _of_class(self, class_id: str) -> Row:
        found = self._pack.group_class(class_id)
        return {
            "tier": found.tier if found else "",
            "builder": found.builder_dept if found else "",
        }

    def _owner_rule(self, class_id: str) -> str:
        found = self._pack.group_class(class_id)
        return found.owner_rule if found else ""

    # -- 群管理员登记备案册 ----------------------------------------------------------------------
    def filings(self) -> list[Row]:
        """Return everybody who runs or ran a group, those serving first."""
        roles = [r for found in self._book.roles.values() for r in found]
        groups = self.picture.all_groups
        roles = [r for r in roles if r.group_id in groups and groups[r.group_id].side != BACKEND]
        roles.sort(key=lambda r: (r.to_on is not None, r.group_id, r.from_on, r.id))
        return [self._filing(role) for role in roles]

    def _filing(self, role: GroupRole) -> Row:
        group = self.picture.all_groups[role.group_id]
        holder = self.duties.holder(role)
        row: Row = {
            "filing_no": role.filing_no,
            "group": f"{group.name}（{group.code}）" if group.code else group.name,
            "name": holder.name,
            "emp_no": holder.emp_no or "",
            "role": role.role,
            "basis": role.basis,
            "from_on": role.from_on,
            "filing_dept": role.filing_dept,
            "filed_on": role.filed_on,
            "account": self._book.account_of(holder),
            "ended": f"{role.to_on}止" if role.to_on else "",
            "serving": role.to_on is None,
        }
        if holder.employee_id is not None:
            person = self.picture.person(holder.employee_id)
            row |= {"post": f"{person.org_unit} {person.position}", "mobile": person.mobile}
        if role.bound_to == BY_ADMIN_NUMBER and role.admin_number_id in self.duties.numbers:
            number = self.duties.numbers[role.admin_number_id]
            row |= {"account": f"{number.seq}号", "mobile": number.mobile or row.get("mobile", "")}
        return row

    # -- 群更名、解散登记簿 ----------------------------------------------------------------------
    def changes(self) -> list[Row]:
        """Return every rename, dissolution and merger, the latest first."""
        rows = [row for found in self._book.renames.values() for row in self._renamed(found)]
        gone = [g for g in self.picture.all_groups.values() if g.state in GONE_STATES]
        rows += [self._ended(group) for group in gone if group.side != BACKEND]
        return sorted(rows, key=lambda row: str(row["on"] or ""), reverse=True)

    def _renamed(self, renames: Iterable[GroupRename]) -> list[Row]:
        return [
            {
                "on": one.on,
                "kind": RENAMED,
                "old_name": one.old_name,
                "new_name": one.new_name,
                "reason": one.reason,
                "basis": one.form_no,
            }
            for one in renames
        ]

    def _ended(self, group: Group) -> Row:
        into = self.picture.all_groups.get(group.merged_into_id or 0)
        return {
            "on": group.dissolved_on,
            "kind": MERGED_WORD if group.state == MERGED else DISSOLVED_WORD,
            "old_name": group.name,
            "new_name": into.name if into else "",
            "reason": group.dissolve_reason,
            "basis": group.dissolve_proof,
        }

"""The registers on A4: groups, their members, designated numbers, accounts, the address book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from wxadmin.domain.group import MOBILE, Group, MemberException
from wxadmin.domain.person import LEFT
from wxadmin.services.account_register import AccountRegister
from wxadmin.services.address_book import address_book, masked
from wxadmin.services.checklist_paper import register_definition
from wxadmin.services.form_register import FormRegister
from wxadmin.services.group_lines import GroupLine
from wxadmin.services.group_registers import GroupRegisters
from wxadmin.services.groups import Groups
from wxadmin.services.leaver_register import leaver_rows
from wxadmin.services.membership_picture import Picture
from wxadmin.services.number_register import admin_number_rows
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.items import Measure, Page
    from wxadmin.paper.register import MemberList

Row = Mapping[str, object]


class RegisterPaper:
    """Lays out registers as they stand today; `measure` is the printing room's."""

    def __init__(self, workplace: Workplace, measure: Measure) -> None:
        self._workplace = workplace
        self._measure = measure
        self._company = workplace.office().company_name

    def group_register(self) -> tuple[Page, ...]:
        """Return the register of groups (微信工作群管理台账), those in use first."""
        groups = Groups(self._workplace)
        picture = groups.picture()
        lines = groups.lines(picture, groups.duties(picture))
        states: dict[str, int] = {}
        for line in lines:
            states[line.group.state] = states.get(line.group.state, 0) + 1
        counted = "、".join(f"{state}{count}" for state, count in states.items())
        rows = [_group_row(line, picture) for line in lines]
        return self._pages("group_register", rows, summary=f"共{len(lines)}个（{counted}）")

    def member_lists(self) -> tuple[Page, ...]:
        """Return who is in every mobile group, each group on a page of its own."""
        from wxadmin.paper.register import member_list_pages

        picture = Picture(self._workplace)
        groups = sorted(picture.groups.values(), key=lambda g: g.sort_no)
        lists = [
            self._member_list(group.id, picture)
            for group in groups
            if group.side == MOBILE and group.members_on is not None
        ]
        definition = register_definition(self._workplace, "member_list")
        return member_list_pages(
            definition,
            lists,
            self._measure,
            company=self._company,
            printed_on=self._workplace.today,
        )

    def admin_numbers(self) -> tuple[Page, ...]:
        """Return the designated numbers (群管理号) with their phones and keepers."""
        rows = admin_number_rows(self._workplace)
        return self._pages("admin_numbers", rows, count=len(rows))

    def account_register(self) -> tuple[Page, ...]:
        """Return the register of accounts."""
        found = AccountRegister(self._workplace).rows()
        rows = [
            {
                **asdict(row),
                "account_type": row.type_name,
                "dept": row.unit,
                "note": "、".join(row.amiss) or row.remark,
            }
            for row in found
        ]
        live = sum(row.closed_on is None for row in found)
        return self._pages("account_register", rows, summary=f"共{len(rows)}个（未停用{live}）")

    def address_book(self, *, hidden: bool = False) -> tuple[Page, ...]:
        """Return the address book; `hidden` leaves of numbers and addresses what identifies."""
        entries = address_book(self._workplace)
        rows = [asdict(entry) for entry in (masked(entries) if hidden else entries)]
        scope = f"{self._company}（号码已打码）" if hidden else self._company
        return self._pages("address_book", rows, count=len(rows), scope=scope)

    def school_groups(self) -> tuple[Page, ...]:
        """Return the groups as a school lists them (工作群一览表)."""
        rows = GroupRegisters(self._workplace).school()
        begin = self._workplace.setting("term_start")
        term = f"{begin:%Y-%m-%d}起" if isinstance(begin, date) else ""
        return self._pages("school_groups", rows, count=len(rows), term=term)

    def group_codes(self) -> tuple[Page, ...]:
        """Return the classes of groups with their codes and posts (群分类与前缀编码表)."""
        rows = GroupRegisters(self._workplace).codes()
        return self._pages("group_codes", rows, count=len(rows))

    def admin_filings(self) -> tuple[Page, ...]:
        """Return everybody who runs a group with his filing (群管理员登记备案册)."""
        rows = GroupRegisters(self._workplace).filings()
        serving = sum(row["serving"] is True for row in rows)
        return self._pages("admin_filings", rows, count=len(rows), serving=serving)

    def group_changes(self) -> tuple[Page, ...]:
        """Return every rename, dissolution and merger (群更名、解散登记簿)."""
        rows = GroupRegisters(self._workplace).changes()
        return self._pages("group_changes", rows, count=len(rows))

    def forms(self, kind: str) -> tuple[Page, ...]:
        """Return the register of one kind of form."""
        register = FormRegister(self._workplace, kind)
        words = {"kind": register.title, "summary": register.summary()}
        return self._pages("form_list", register.rows(), **words)

    def leavers(self, month: date, source: str = "") -> tuple[Page, ...]:
        """Return who left in the month a day lies in, and how far everybody is worked off."""
        rows = leaver_rows(self._workplace, month, source)
        still = sum(row["state"] != LEFT for row in rows)
        words = {"month": f"{month.year}年{month.month}月", "source": source or "全部"}
        return self._pages("leavers", rows, count=len(rows), open=still, **words)

    def _pages(self, name: str, rows: Sequence[Row], **words: object) -> tuple[Page, ...]:
        from wxadmin.paper.register import RegisterSheet, register_pages
        from wxadmin.paper.values import chinese_date

        today = self._workplace.today
        values = {"unit": self._company, "as_of": chinese_date(today), **words}
        sheet = RegisterSheet(rows, self._company, values, today, self._workplace.by)
        return register_pages(register_definition(self._workplace, name), sheet, self._measure)

    def _member_list(self, group_id: int, picture: Picture) -> MemberList:
        from wxadmin.paper.register import MemberList

        group = picture.all_groups[group_id]
        special = {
            case.employee_id: f"特批至{case.until}" if case.until else "特批"
            for case in self._workplace.store.find(MemberException, allowed=True)
            if case.group_id in {group.id, group.backend_group_id}
        }
        expected = picture.expected.get(group_id, set())
        rows: list[Row] = [
            {
                "dept": person.org_unit,
                "name": person.name,
                "position": person.position,
                "basis": special.get(person.id)
                or ("规则" if person.id in expected else "不应在群"),
            }
            for person in picture.people(picture.member_ids(group_id))
        ]
        rows += [
            {"dept": "", "name": member.external_name, "position": "", "basis": "外部人员"}
            for member in picture.members(group_id)
            if member.employee_id is None
        ]
        return MemberList(group.name, rows, group.members_on, "群成员登记")


def _coded(group: Group) -> str:
    """Return a group's name, its code before it where the name does not begin with it."""
    if not group.code or group.name.startswith(group.code):
        return group.name
    return f"{group.code} {group.name}"


def _group_row(line: GroupLine, picture: Picture) -> Row:
    group = line.group
    number = line.admin_number
    scope = picture.all_groups.get(group.backend_group_id or 0, group).admission_scope
    counts = f"{line.expected}/{'—' if line.actual is None else line.actual}"
    owner = picture.person(line.owner.employee_id) if line.owner.employee_id else None
    return {
        "name": _coded(group),
        "kind": group.side,
        "owner": f"{owner.name}（{owner.position}）" if owner else line.owner.name,
        "admin_number": f"{number.seq}号／{line.custodian.name or '无保管人'}" if number else "",
        "purpose": group.purpose,
        "scope": group.admission_scope or scope,
        "counts": counts,
        "created_on": group.created_on,
        "dissolved_on": group.dissolved_on,
        "checked": group.checked_on,
        "note": "、".join(line.trouble),
    }

"""Who could read a group in a period (在群人员（时段）): on screen, on one page of paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import BY_ADMIN_NUMBER, OWNER, ExternalPerson, Group, GroupMember
from wxadmin.domain.presence import Presence, honest_line, present_between
from wxadmin.services.as_of import AsOf
from wxadmin.services.group_owners import GroupOwners
from wxadmin.services.member_lists import list_days
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.items import Measure, Page

DEFINITION = "who_was_in"


@dataclass(frozen=True, slots=True)
class PresentPerson:
    """One person of the period: who, proven or not, from which proof to which."""

    emp_no: str
    name: str
    org_unit: str
    nickname: str
    verdict: str
    first_proof: date | None
    first_how: str
    last_proof: date | None
    last_how: str
    left_on: date | None


@dataclass(frozen=True, slots=True)
class WhoWasIn:
    """Everybody who was in a group, or may have been, from one day to another.

    `honest` says what the proofs rest on and what they cannot show; `owners` ran the group then.
    """

    group: Group
    from_on: date
    to_on: date
    people: tuple[PresentPerson, ...]
    owners: tuple[str, ...]
    lists: tuple[date, ...]
    honest: str


class GroupPresence:
    """Looks up who was in a group."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._store = workplace.store

    def between(self, group: Group, from_on: date, to_on: date) -> WhoWasIn:
        """Return who was in a group at any time of a period, with first and last proof."""
        today = self._workplace.today
        if from_on > to_on:
            raise UserError(f"起 {from_on} 晚于止 {to_on}。请把两个日期对调。", "wrong_words")
        if from_on > today:
            raise UserError(f"{from_on} 还没有到（今天是 {today}）。", "future")
        lists = list_days(self._workplace, group)
        members = self._store.find(GroupMember, group_id=group.id)
        found = present_between(members, lists, from_on, min(to_on, today), today)
        then = self._picture_of(min(to_on, today))
        people = sorted(
            (self._person(one, then) for one in found),
            key=lambda one: (one.verdict, one.org_unit, one.emp_no, one.name),
        )
        return WhoWasIn(
            group,
            from_on,
            to_on,
            tuple(people),
            self._owners(group, from_on, to_on, then),
            tuple(lists),
            honest_line(lists, from_on, min(to_on, today)),
        )

    def pages(self, found: WhoWasIn, measure: Measure) -> tuple[Page, ...]:
        """Return the sheet of paper."""
        from wxadmin.paper.register import RegisterSheet, register_pages
        from wxadmin.services.checklist_paper import register_definition

        rows = [_row(one) for one in found.people]
        values = {
            "group": found.group.name,
            "period": f"{found.from_on} 至 {found.to_on}",
            "count": str(len(rows)),
            "owners": "、".join(found.owners) or "无",
            "honest": found.honest,
        }
        company, today = self._workplace.office().company_name, self._workplace.today
        sheet = RegisterSheet(rows, company, values, today, self._workplace.by)
        return register_pages(register_definition(self._workplace, DEFINITION), sheet, measure)

    # -- people ---------------------------------------------------------------------------------
    def _picture_of(self, day: date) -> Picture:
        """Return people and units as they stood that day, or as early as the register goes."""
        past = AsOf(self._workplace)
        return Picture(past.at(max(day, past.first_day())))

    def _person(self, one: Presence, then: Picture) -> PresentPerson:
        emp_no, name, unit = self._called(one.member, then)
        proofs = (one.first_proof, one.first_how, one.last_proof, one.last_how)
        return PresentPerson(
            emp_no, name, unit, one.member.nickname, one.verdict, *proofs, one.member.left_on
        )

    def _called(self, member: GroupMember, then: Picture) -> tuple[str, str, str]:
        if member.employee_id is not None:
            known = member.employee_id in then.facts
            person = (then if known else self._now).person(member.employee_id)
            return person.emp_no, person.name, person.org_unit
        outsider = self._outsiders.get(member.external_person_id or 0)
        if outsider is not None:
            return "", f"{outsider.name}（外部人员）", outsider.org
        return "", f"{member.external_name}（外部人员）", ""

    @cached_property
    def _now(self) -> Picture:
        return Picture(self._workplace)

    @cached_property
    def _outsiders(self) -> Mapping[int, ExternalPerson]:
        return {one.id: one for one in self._store.all(ExternalPerson)}

    def _owners(self, group: Group, from_on: date, to_on: date, then: Picture) -> tuple[str, ...]:
        """Name who ran the group in the period, the 群管理号 with its keepers."""
        found = []
        owners = GroupOwners(self._workplace)
        for role in owners.roles_of(group.id):
            if role.role != OWNER or role.from_on > to_on or (role.to_on or to_on) < from_on:
                continue
            if role.bound_to == BY_ADMIN_NUMBER and role.admin_number_id is not None:
                found += self._keepers(role.admin_number_id, from_on, to_on, then)
            elif role.employee_id is not None and role.employee_id in then.facts:
                found.append(then.person(role.employee_id).name)
            elif role.external_name:
                found.append(f"{role.external_name}（外部人员）")
        return tuple(dict.fromkeys(found))

    def _keepers(self, number_id: int, from_on: date, to_on: date, then: Picture) -> list[str]:
        return [
            f"{then.person(custody.employee_id).name}（群管理号保管人）"
            for custody in GroupOwners(self._workplace).custodies_of(number_id)
            if custody.from_on <= to_on
            and (custody.to_on or to_on) >= from_on
            and custody.employee_id in then.facts
        ]


def _row(one: PresentPerson) -> dict[str, object]:
    return {
        "name": one.name,
        "emp_no": one.emp_no,
        "dept": one.org_unit,
        "verdict": one.verdict,
        "first": _proof(one.first_proof, one.first_how),
        "last": _proof(one.last_proof, one.last_how),
        "left_on": one.left_on,
    }


def _proof(day: date | None, how: str) -> str:
    return " ".join(part for part in (day.isoformat() if day else "", how) if part)

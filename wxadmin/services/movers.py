"""One sheet for who moves (C11): groups to join, leave, keep by exception; what of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wxadmin.domain.account import LIVE, Account
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import OWNER, Group, MemberException
from wxadmin.domain.membership_why import why
from wxadmin.domain.policy_settings import Scope
from wxadmin.services.group_duties import Duties
from wxadmin.services.handover import Handover
from wxadmin.services.membership_facts import Person
from wxadmin.services.membership_picture import Picture
from wxadmin.services.nicknames import Nicknames
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.paper.items import Measure, Page

DEFINITION = "mover"
JOIN, LEAVE, KEEP, STAY, HAND_OVER, ACCOUNT = (
    "加入",
    "退出",
    "特批保留",
    "不变",
    "先转让群主",
    "账号",
)


@dataclass(frozen=True, slots=True)
class MoverLine:
    """One thing to do, or to leave as it is, for somebody who moved."""

    action: str
    what: str
    owner: str
    reason: str
    nickname: str = ""


@dataclass(frozen=True, slots=True)
class MoverSheet:
    """Everything that follows from a move, in the order in which it is done."""

    person: Person
    lines: tuple[MoverLine, ...]

    def of(self, action: str) -> tuple[MoverLine, ...]:
        """Return the lines of one action."""
        return tuple(line for line in self.lines if line.action == action)


class Movers:
    """Draws up sheets from one picture of the register; it writes nothing."""

    def __init__(self, workplace: Workplace, picture: Picture, duties: Duties) -> None:
        self._workplace = workplace
        self._picture = picture
        self._duties = duties
        self._nicknames = Nicknames(workplace, picture)
        self._handover = Handover(workplace, picture)

    def sheet(self, employee_id: int) -> MoverSheet:
        """Return one person's sheet."""
        moves = self._handover.group_moves(employee_id)
        special = self._special(employee_id)
        leaving = {group.id for group in moves.leave}
        owned = [
            duty.group
            for duty in self._duties.of_person(employee_id)
            if duty.what == OWNER and duty.group is not None and duty.group.id in leaving
        ]
        lines = [self._line(HAND_OVER, group, employee_id) for group in owned]
        lines += [self._line(JOIN, group, employee_id) for group in moves.join]
        lines += [self._line(LEAVE, group, employee_id) for group in moves.leave]
        for group in moves.keep:
            lines.append(self._line(KEEP if group.id in special else STAY, group, employee_id))
        lines += self._accounts(employee_id)
        return MoverSheet(self._picture.person(employee_id), tuple(lines))

    def pages(self, employee_id: int, measure: Measure) -> tuple[Page, ...]:
        """Return the sheet on paper."""
        from wxadmin.paper.register import RegisterSheet, register_pages
        from wxadmin.services.checklist_paper import register_definition

        sheet = self.sheet(employee_id)
        rows = [
            {
                "action": line.action,
                "what": line.what,
                "owner": line.owner,
                "nickname": line.nickname,
                "reason": line.reason,
            }
            for line in sheet.lines
        ]
        person = sheet.person
        words = {"name": person.name, "emp_no": person.emp_no}
        words |= {"dept": person.org_unit, "position": person.position}
        company, today = self._workplace.office().company_name, self._workplace.today
        paper = RegisterSheet(rows, company, words, today, self._workplace.by)
        return register_pages(register_definition(self._workplace, DEFINITION), paper, measure)

    def _line(self, action: str, group: Group, employee_id: int) -> MoverLine:
        picture = self._picture
        answer = why(picture.book, picture.facts[employee_id], group.id)
        nickname = ""
        if action in {JOIN, KEEP, STAY}:
            people = {employee_id, *picture.member_ids(group.id)}
            nickname = self._nicknames.wanted(group, people).get(employee_id, "")
        owner = self._duties.owner(group.id).text
        return MoverLine(action, group.name, owner, answer.exception or answer.sentence, nickname)

    def _special(self, employee_id: int) -> set[int]:
        """The groups somebody is let into against their rule, today."""
        today = self._picture.today
        cases = self._workplace.store.find(MemberException, employee_id=employee_id, allowed=True)
        held = {c.group_id for c in cases if c.until is None or c.until >= today}
        groups = self._picture.groups.values()
        return {g.id for g in groups if g.id in held or g.backend_group_id in held}

    def _accounts(self, employee_id: int) -> list[MoverLine]:
        """What the policy says of the accounts (X12): 保留并调整, 注销重办 or 逐案."""
        units = tuple(reversed(self._picture.facts[employee_id].unit_path))
        found = self._workplace.store.find(Account, holder_id=employee_id, state=LIVE)
        lines = []
        for account in found:
            scope = Scope(account_type=account.account_type, units=units)
            action = str(self._picture.value("transfer_account_action", scope))
            name = account.wecom_userid or account.account_no
            lines.append(MoverLine(ACCOUNT, name, "", action))
        return lines

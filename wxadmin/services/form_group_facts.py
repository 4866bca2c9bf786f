"""What is known of a group before anybody types: the values its forms start with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from wxadmin.domain.group import ADMIN, BY_ADMIN_NUMBER, OWNER, Group
from wxadmin.domain.group_checks import EXTRA, FINDINGS
from wxadmin.domain.group_standing import DORMANT, PAST_END, TOO_LONG, endings
from wxadmin.domain.membership_rule import describe, rule_from_text
from wxadmin.domain.person import Employee
from wxadmin.domain.policy_settings import Scope
from wxadmin.services.form_facts import person_text, table_text
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.services.check_view import CheckView
    from wxadmin.services.group_duties import Duties, Owner
    from wxadmin.services.membership_picture import Picture

END_REASONS = {PAST_END: "临时到期", TOO_LONG: "临时到期", DORMANT: "僵尸群"}


def iso(day: date | None) -> str:
    """Write a day as a form keeps it."""
    return day.isoformat() if day else ""


class GroupFacts:
    """Everything forms want to know of one group, or of the groups one person owns."""

    def __init__(
        self,
        workplace: Workplace,
        group: Group | None,
        person: Employee | None = None,
        *,
        picture: Picture | None = None,
    ) -> None:
        self.workplace = workplace
        self._taken = picture
        self.group = group
        self.person = person

    # -- what is asked of the register ------------------------------------------------------------
    @cached_property
    def picture(self) -> Picture:
        """Return the rules, people and members of today."""
        from wxadmin.services.membership_picture import Picture

        return self._taken or Picture(self.workplace)

    @cached_property
    def duties(self) -> Duties:
        """Return who runs what today."""
        from wxadmin.services.group_duties import Duties

        return Duties(self.workplace, self.picture)

    @cached_property
    def check(self) -> CheckView | None:
        """Return the latest check of the group."""
        from wxadmin.services.group_checks import GroupChecks

        log = GroupChecks(self.workplace).log(self.group) if self.group else []
        return next(iter(log), None)

    @cached_property
    def scope(self) -> Scope:
        """Return what a question about the group's settings is about."""
        from wxadmin.services.group_members import scope_of

        return scope_of(self.group, self.picture) if self.group else Scope()

    # -- the group --------------------------------------------------------------------------------
    def class_name(self, group: Group) -> str:
        """Return the name of its class."""
        found = self.workplace.pack.group_class(group.class_key)
        return found.name if found else group.class_key

    def tier(self, group: Group) -> str:
        """Return the tier its class stands in."""
        found = self.workplace.pack.group_class(group.class_key)
        return found.tier if found else ""

    def unit(self, group: Group) -> str:
        """Return the unit it belongs to."""
        return self.picture.tree.text(group.org_unit_id)

    def rule(self, group: Group) -> str:
        """Return its membership rule in words."""
        return describe(rule_from_text(group.rule)) if group.rule else ""

    def backend(self, group: Group) -> str:
        """Return the back-end group it follows."""
        found = self.picture.all_groups.get(group.backend_group_id or 0)
        return found.name if found else ""

    def next_code(self) -> str:
        """Return the group's code, for a group to come the next free one of the office."""
        from wxadmin.services.group_naming import GroupNaming

        if self.group is not None:
            return self.group.code
        ranged = [one for one in self.workplace.pack.group_classes if one.code_range]
        return GroupNaming(self.workplace).free_code(ranged[0].id) if len(ranged) == 1 else ""

    def similar(self, group: Group) -> str:
        """Name the other groups in use of the same class and unit (相近群)."""
        found = [
            other.name
            for other in self.picture.groups.values()
            if other.id != group.id
            and other.side == group.side
            and (other.class_key, other.org_unit_id) == (group.class_key, group.org_unit_id)
        ]
        return "、".join(found) or "无"

    def expected(self, group: Group) -> str:
        """Count who should be in it."""
        return str(len(self.picture.expected.get(group.id, ())))

    def actual(self, group: Group) -> str:
        """Count who is recorded in it, "" while nobody has looked."""
        return "" if group.members_on is None else str(len(self.picture.members(group.id)))

    def end_reason(self, group: Group) -> str:
        """Say why it may have to end, as far as its dates tell."""
        known = self.workplace.pack.group_class(group.class_key)
        wrong = endings(
            group,
            self.workplace.today,
            temporary=known is not None and known.planned_end,
            longest_days=self.picture.number("temp_group_max_days", self.scope),
            dormant_days=self.picture.number("dormant_group_days", self.scope),
        )
        return next((END_REASONS[what] for what, _ in wrong if what in END_REASONS), "")

    def order_due(self) -> str:
        """Return until when an owner has time."""
        days = self.picture.number("order_due_days", self.scope)
        return iso(self.workplace.today + timedelta(days=days))

    # -- who runs it ------------------------------------------------------------------------------
    def owner(self, group: Group) -> str:
        """Return the owner as he is shown."""
        return self.duties.owner(group.id).text

    def owner_person(self, group: Group) -> str:
        """Return the owner so that he is found again."""
        return self._found_again(self.duties.owner(group.id))

    def _found_again(self, owner: Owner) -> str:
        return f"{owner.name}（{owner.emp_no}）" if owner.emp_no else owner.name

    def admins(self, group: Group) -> str:
        """Return the admins beside the owner."""
        return "、".join(map(self._found_again, self.duties.admins(group.id)))

    def responsible(self, group: Group) -> str:
        """Return who answers for the group."""
        person = self.workplace.store.get(Employee, group.responsible_id or 0)
        return person_text(person) if person else ""

    def admins_table(self, group: Group) -> str:
        """List the owner and the admins with what a filing wants to know of them."""
        holders = [(OWNER, self.duties.owner(group.id))]
        holders += [(ADMIN, one) for one in self.duties.admins(group.id)]
        return table_text([self._filed(role, one) for role, one in holders if one.kind])

    def _filed(self, role: str, holder: Owner) -> dict[str, str]:
        row = {"role": role, "name": holder.name, "emp_no": holder.emp_no or ""}
        if holder.employee_id is not None:
            person = self.picture.person(holder.employee_id)
            row |= {"post": f"{person.org_unit} {person.position}".strip(), "mobile": person.mobile}
        number = next(
            (n for n in self.duties.numbers.values() if n.seq == holder.admin_number), None
        )
        if holder.kind == BY_ADMIN_NUMBER and number is not None:
            row["mobile"] = f"{number.seq}号 {number.mobile}".strip()
        return {**row, "basis": f"{holder.since or ''}起" if holder.since else ""}

    def owned_table(self) -> str:
        """List the groups to hand on: the person's, or the one group the form is about."""
        if self.person is None and self.group is not None:
            owner = self.duties.owner(self.group.id)
            return table_text([{"group": self.group.name, "held_by": _held_by(owner.admin_number)}])
        if self.person is None:
            return ""
        owned = [d for d in self.duties.of_person(self.person.id) if d.what == OWNER and d.group]
        return table_text(
            [
                {
                    "group": duty.group.name,
                    "held_by": _held_by(duty.admin_number.seq if duty.admin_number else None),
                }
                for duty in owned
                if duty.group is not None
            ]
        )

    def transfer_reason(self) -> str:
        """Say 离职 for who has left or is leaving."""
        person = self.person
        leaving = person is not None and (person.leave_date or person.id in self.duties.leaving)
        return "离职" if leaving else ""

    # -- its checks -------------------------------------------------------------------------------
    def extra_table(self, group: Group) -> str:
        """List who is to go, with the reasons that may be told: 离职 调出 到期 外部人员."""
        from wxadmin.services.group_faults import GroupFaults

        faults = GroupFaults(self.workplace, self.picture, self.duties).of(group)
        numbers = self.picture.called
        return table_text(
            [
                {
                    "name": fault.name,
                    "emp_no": numbers(fault.employee_id)[0] or "" if fault.employee_id else "",
                    "nickname": fault.nickname,
                    "reason": fault.reason,
                }
                for fault in faults
                if fault.finding == EXTRA
            ]
        )

    def checked(self, tell: Callable[[CheckView], str]) -> str:
        """Return something of the latest check, "" where there is none."""
        return tell(self.check) if self.check else ""

    def basis(self) -> str:
        """Say which check a removal follows."""
        day = self.check.check.checked_on if self.check else None
        return f"{day}群成员核查，名单外或不符合准入范围的人员请移出。" if day else ""


def _held_by(number: int | None) -> str:
    return f"{number}号群管理号" if number else "本人"


def check_lines(view: CheckView) -> str:
    """List the names a check found."""
    return table_text(
        [
            {
                "finding": line.finding,
                "name": line.name,
                "nickname": line.nickname,
                "reason": line.reason,
                "result": line.result,
            }
            for line in view.lines
            if line.finding in FINDINGS
        ]
    )

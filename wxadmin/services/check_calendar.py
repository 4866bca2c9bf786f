"""Which groups are to be checked, since when and why: by frequency, or because of an event."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property

from wxadmin.domain.checklist import VOID, Checklist
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import BACKEND, OWNER, Group, GroupMember, GroupRole
from wxadmin.domain.group_checks import ON_LEAVING, ON_MOVING, ON_NEW_OWNER, next_due
from wxadmin.domain.person import Employee
from wxadmin.services.group_duties import Duties
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace

TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event after which a group is checked: what, when, who."""

    trigger: str
    on: date
    who: str


@dataclass(frozen=True, slots=True)
class CheckDue:
    """When a group is to be checked. `last_on` is None while nobody ever looked; `age_days` is
    how old the roster is, None where there is none."""

    group: Group
    frequency: str
    last_on: date | None
    due_on: date | None
    occasions: tuple[Occasion, ...]
    age_days: int | None
    is_due: bool
    days_late: int

    @property
    def reason(self) -> str:
        """Say why: 离职（林国栋 11-03）, 从未核查, 每月."""
        if self.occasions:
            first = self.occasions[0]
            more = f"等{len(self.occasions)}项" if len(self.occasions) > 1 else ""
            return f"{first.trigger}（{first.who} {first.on:%m-%d}）{more}"
        return self.frequency if self.last_on else "从未核查"


class CheckCalendar:
    """Computes what is due on reading; nothing of it is kept."""

    def __init__(self, workplace: Workplace, picture: Picture, duties: Duties) -> None:
        self._picture = picture
        self._duties = duties
        self._store = workplace.store
        ended = self._store.columns(GroupRole, "group_id", "to_on", role=OWNER)
        self._handed_over = {group_id for group_id, to_on in ended if to_on is not None}

    @cached_property
    def _events(self) -> dict[int, list[Occasion]]:
        """Who left or moved, with the day, by group; only of people it happened to, so that a
        long register of members is never read for it."""
        people = self._happened()
        rows = self._store.columns(
            GroupMember, "group_id", "employee_id", employee_id=set(people), left_on=None
        )
        found: dict[int, list[Occasion]] = defaultdict(list)
        for group_id, person_id in rows if people else ():
            found[group_id] += people[person_id]
        return found

    def _happened(self) -> dict[int, list[Occasion]]:
        """What happened to people since the group looked at longest ago was looked at."""
        picture, today = self._picture, self._picture.today
        looked = [day for g in picture.groups.values() if (day := last_look(g)) is not None]
        since = min(looked, default=today)
        found: dict[int, list[Occasion]] = defaultdict(list)
        for person_id, left in self._store.columns(Employee, "id", "leave_date"):
            if left is not None and since < left <= today:
                name = picture.called(person_id)[1]
                found[person_id].append(Occasion(ON_LEAVING, left, name))
        rows = self._store.columns(Checklist, "employee_id", "event_on", "state", template=TRANSFER)
        for person_id, day, state in rows:
            if person_id is not None and state != VOID and since < day <= today:
                name = picture.called(person_id)[1]
                found[person_id].append(Occasion(ON_MOVING, day, name))
        return found

    def all(self) -> list[CheckDue]:
        """Return every group somebody must look into by hand, the longest due first."""
        groups = [g for g in self._picture.groups.values() if g.side != BACKEND and not g.follows]
        found = [self.of(group) for group in groups]
        return sorted(found, key=lambda d: (not d.is_due, -d.days_late, d.group.sort_no))

    def due(self) -> list[CheckDue]:
        """Return the groups that are due, the longest first."""
        return [one for one in self.all() if one.is_due]

    def of(self, group: Group) -> CheckDue:
        """Return when one group is to be checked."""
        picture, today = self._picture, self._picture.today
        scope = picture.scope(group)
        frequency = str(picture.value("check_frequency", scope))
        last = last_look(group)
        events = picture.value("check_on_events", scope)
        occasions = self._occasions(group, last, events if isinstance(events, tuple) else ())
        days = [one.on for one in occasions]
        due = min(filter(None, (next_due(last, frequency), *days)), default=None)
        is_due = last is None or (due is not None and due <= today)
        return CheckDue(
            group,
            frequency,
            last,
            due,
            occasions,
            None if group.members_on is None else (today - group.members_on).days,
            is_due,
            max(0, (today - due).days) if due else 0,
        )

    def _occasions(
        self, group: Group, last: date | None, events: tuple[str, ...]
    ) -> tuple[Occasion, ...]:
        """Events since the group was last looked into, the earliest first."""
        if last is None:
            return ()
        found = [
            one for one in self._events.get(group.id, ()) if one.trigger in events and one.on > last
        ]
        owner = self._duties.owner(group.id)
        handed_over = group.id in self._handed_over or owner.admin_number is not None
        if ON_NEW_OWNER in events and handed_over and owner.since and owner.since > last:
            found.append(Occasion(ON_NEW_OWNER, owner.since, owner.name))
        return tuple(sorted(found, key=lambda one: (one.on, one.who)))


def last_look(group: Group) -> date | None:
    """Return the day somebody last looked into a group: counted it, or took its list."""
    return max(filter(None, (group.checked_on, group.members_on)), default=None)

"""Gather in bulk what the register knows of the people and groups whose checklists are open."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from wxadmin.domain.account import Account, AccountException, AccountHolding, Custody
from wxadmin.domain.account_rules import SECOND_ACCOUNT
from wxadmin.domain.change import Record
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.evidence import Evidence, GroupEvidence, PersonEvidence
from wxadmin.domain.form import Form
from wxadmin.domain.group import ADMIN, BACKEND, OWNER, Group, GroupMember, GroupRole
from wxadmin.domain.leavers import LeaverList, LeaverRow
from wxadmin.domain.membership import expected_members
from wxadmin.domain.organisation import Decision, HrSource
from wxadmin.domain.person import Employee
from wxadmin.domain.proofs_paper import BATCH
from wxadmin.services.group_duties import Duties, in_force
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace

T = TypeVar("T", bound=Record)

LOOK_BACK = timedelta(days=92)
"""What was given up longer than this before day 0 does not count as handed over for it."""

LIST_TAKEN, DIRECTORY = "list_taken", "directory"
"""Under this subject and key a `Decision` keeps the day of the address book last taken in."""


def directory_date(workplace: Workplace) -> date | None:
    """Return the day of the WeCom address book last taken in, None where none was."""
    found = workplace.store.find(Decision, subject=LIST_TAKEN, key=DIRECTORY)
    days = []
    for decision in found:
        try:
            days.append(date.fromisoformat(decision.answer))
        except ValueError:
            days.append(decision.decided_on)
    return max(days, default=None)


class EvidenceRoom:
    """Everything that can prove a step, for any number of checklists: no query per row."""

    def __init__(self, workplace: Workplace, picture: Picture | None = None) -> None:
        self._workplace = workplace
        self._store = workplace.store
        self.on = workplace.today
        self.picture = picture or Picture(workplace)
        self.duties = Duties(workplace, self.picture)

    def of(self, checklists: Iterable[Checklist]) -> dict[int, Evidence]:
        """Return what there is for each checklist, by its id."""
        wanted = list(checklists)
        people = {c.employee_id for c in wanted if c.employee_id is not None}
        facts = _People(self, people) if people else None
        found: dict[int, Evidence] = {}
        for checklist in wanted:
            if checklist.employee_id is not None and facts is not None:
                found[checklist.id] = facts.evidence(checklist, checklist.employee_id)
            elif checklist.group_id is not None:
                found[checklist.id] = self._group(checklist, checklist.group_id)
        return found

    def find(self, record_type: type[T], field: str, ids: Collection[int]) -> list[T]:
        """Return the records that refer to any of these."""
        return self._store.find(record_type, **{field: set(ids)}) if ids else []

    def all(self, record_type: type[T]) -> list[T]:
        """Return every record of a kind."""
        return self._store.all(record_type)

    @property
    def workplace(self) -> Workplace:
        """Return the workplace all this is read from."""
        return self._workplace

    def _group(self, checklist: Checklist, group_id: int) -> GroupEvidence:
        group = self.picture.all_groups[group_id]
        owner = self.duties.owner(group_id)
        number = self.duties.number_of(group_id)
        custody = self.duties.custody(number.id) if number else None
        return GroupEvidence(
            group,
            self.on,
            checklist.event_on,
            checklist.template,
            owner=owner.text if owner.employee_id or owner.kind == "外部人员" else "",
            owner_since=owner.since,
            owner_trouble=self.duties.trouble(group) if owner.employee_id else "",
            number=number.seq if number else None,
            custodian=self.picture.person(custody.employee_id).name if custody else "",
        )


class _People:
    """The records that concern a set of people, read once and sorted by person."""

    def __init__(self, room: EvidenceRoom, ids: set[int]) -> None:
        self._room = room
        self._on = room.on
        self._picture = room.picture
        self.people = {p.id: p for p in room.find(Employee, "id", ids)}
        self._held = _by(room.find(Account, "holder_id", ids), lambda a: a.holder_id)
        trusted = [
            *room.find(Account, "responsible_id", ids),
            *room.find(Account, "custodian_id", ids),
        ]
        self._responsible = _by(trusted, lambda a: a.responsible_id)
        self._kept = _by(trusted, lambda a: a.custodian_id)
        self._holdings = _by(room.find(AccountHolding, "employee_id", ids), _employee)
        self._exceptions = _by(room.find(AccountException, "employee_id", ids), _employee)
        self._forms = _by(room.find(Form, "employee_id", ids), _employee)
        self._add_batches(room.workplace.store.find(Form, form_kind=BATCH))
        self._roles = _by(room.find(GroupRole, "employee_id", ids), _employee)
        self._custodies = _by(room.find(Custody, "employee_id", ids), _employee)
        self._members = _by(room.find(GroupMember, "employee_id", ids), _employee)
        self._rows = _by(room.find(LeaverRow, "employee_id", ids), _employee)
        self._lists = {one.id: one for one in room.all(LeaverList)} if self._rows else {}
        self._sources = {source.id: source.name for source in room.all(HrSource)}
        self._account_names = self._names_of_former_accounts()
        self._expected = self._expected_groups(ids)
        self._owned = self._owned_groups()
        self._directory_on = directory_date(room.workplace)
        groups = self._picture.groups.values()
        self._lists_on = [group.members_on for group in groups if group.side != BACKEND]
        pack = room.workplace.pack
        self._personal = frozenset(t.id for t in pack.account_types if t.counts_as_personal)
        self._most = room.workplace.number("max_personal_accounts")

    def _add_batches(self, batches: Iterable[Form]) -> None:
        """A form for many is one of each who stands on its list."""
        numbers = {person.emp_no: person.id for person in self.people.values()}
        for form in batches:
            for row in json.loads(form.value("people") or "[]"):
                person_id = numbers.get(row.get("emp_no", ""))
                if person_id is not None:
                    self._forms.setdefault(person_id, []).append(form)

    def evidence(self, checklist: Checklist, person_id: int) -> PersonEvidence:
        """Return everything about one person."""
        person = self.people[person_id]
        since = checklist.event_on - LOOK_BACK
        shown = self._picture.person(person_id)
        known = PersonEvidence(
            person,
            self._on,
            checklist.event_on,
            checklist.template,
            unit=shown.org_unit,
            position=shown.position,
            roster=self._picture.roster_of(person_id),
            accounts=tuple(self._held.get(person_id, ())),
            entrusted=self._entrusted(person_id),
            passed_on=self._passed_on(person_id, since),
            forms=tuple(self._forms.get(person_id, ())),
            directory_on=self._directory_on,
            leaver_row=self._leaver_row(person_id),
            leaver_source=self._sources.get(person.hr_source_id or 0, ""),
            personal_types=self._personal,
            most_accounts=self._most,
            exceptions=self._exceptions_in_force(person_id),
        )
        return self._with_groups(self._with_duties(known, since), since)

    def _with_duties(self, known: PersonEvidence, since: date) -> PersonEvidence:
        """Add what the person owns, administers and keeps, and what he gave up lately."""
        person_id = known.person.id
        roles = self._roles.get(person_id, [])
        custodies = self._custodies.get(person_id, [])
        own = self._given_up(roles, OWNER, since)
        return replace(
            known,
            owned=tuple(self._owned.get(person_id, ())),
            owner_until=(*own, *self._groups_of_numbers(person_id, since)),
            admin_of=self._administered(roles),
            admin_until=self._given_up(roles, ADMIN, since),
            numbers=self._numbers(c for c in custodies if self._in_force(c)),
            numbers_until=self._numbers(self._custodies_given_up(person_id, since)),
        )

    def _with_groups(self, known: PersonEvidence, since: date) -> PersonEvidence:
        """Add which groups on phones the person should be in, is in and left lately.

        Console groups follow the address book and are proven there.
        """
        members = self._members.get(known.person.id, [])
        here = {m.group_id for m in members if m.left_on is None}
        groups = self._picture.groups.values()
        return replace(
            known,
            expected=tuple(self._expected.get(known.person.id, ())),
            member_of=tuple(g for g in groups if g.id in here and g.side != BACKEND),
            groups_left=sum(_since(m.left_on, since) for m in members),
            groups_unseen=sum(day is None for day in self._lists_on),
            lists_on=min((day for day in self._lists_on if day), default=None),
        )

    # -- groups -------------------------------------------------------------------------------
    def _expected_groups(self, ids: set[int]) -> dict[int, list[Group]]:
        picture = self._picture
        facts = [picture.facts[i] for i in ids if i in picture.facts]
        # who starts next week is prepared for as if he were here
        facts = [replace(f, in_service=True) if picture.not_yet_hired(f.id) else f for f in facts]
        found: dict[int, list[Group]] = defaultdict(list)
        for group_id, people in expected_members(picture.book, facts).items():
            group = picture.groups[group_id]
            if group.side != BACKEND:
                for person_id in people:
                    found[person_id].append(group)
        return found

    def _owned_groups(self) -> dict[int, list[Group]]:
        found: dict[int, list[Group]] = defaultdict(list)
        for group in self._picture.groups.values():
            owner = self._room.duties.owner(group.id).employee_id
            if owner in self.people:
                assert owner is not None
                found[owner].append(group)
        return found

    def _administered(self, roles: Iterable[GroupRole]) -> tuple[Group, ...]:
        groups = self._picture.groups
        return tuple(
            groups[r.group_id]
            for r in roles
            if r.role == ADMIN and r.group_id in groups and self._in_force(r)
        )

    def _given_up(self, roles: Iterable[GroupRole], role: str, since: date) -> tuple[str, ...]:
        return tuple(
            self._picture.all_groups[r.group_id].name
            for r in roles
            if r.role == role and not self._in_force(r) and _since(r.to_on, since)
        )

    def _custodies_given_up(self, person_id: int, since: date) -> list[Custody]:
        found = self._custodies.get(person_id, ())
        return [c for c in found if not self._in_force(c) and _since(c.to_on, since)]

    def _groups_of_numbers(self, person_id: int, since: date) -> tuple[str, ...]:
        """Name the groups whose owning number the person gave up."""
        numbers = self._room.duties.numbers
        given_up = [numbers[c.admin_number_id] for c in self._custodies_given_up(person_id, since)]
        return tuple(
            self._picture.all_groups[n.group_id].name for n in given_up if n.group_id is not None
        )

    def _in_force(self, duty: GroupRole | Custody) -> bool:
        return in_force(duty.from_on, duty.to_on, self._on)

    def _numbers(self, custodies: Iterable[Custody]) -> tuple[int, ...]:
        numbers = self._room.duties.numbers
        return tuple(sorted(numbers[c.admin_number_id].seq for c in custodies))

    # -- accounts -----------------------------------------------------------------------------
    def _entrusted(self, person_id: int) -> tuple[Account, ...]:
        found = {a.id: a for a in self._responsible.get(person_id, ())}
        found |= {a.id: a for a in self._kept.get(person_id, ())}
        return tuple(a for a in found.values() if a.holder_id != person_id)

    def _names_of_former_accounts(self) -> dict[int, str]:
        ids = {h.account_id for held in self._holdings.values() for h in held}
        found = self._room.find(Account, "id", ids)
        return {a.id: a.wecom_userid or a.account_no for a in found}

    def _passed_on(self, person_id: int, since: date) -> tuple[str, ...]:
        still = {a.id for a in self._held.get(person_id, ())}
        ended = [h for h in self._holdings.get(person_id, ()) if _since(h.to_on, since)]
        ids = dict.fromkeys(h.account_id for h in ended if h.account_id not in still)
        return tuple(self._account_names[i] for i in ids if i in self._account_names)

    def _exceptions_in_force(self, person_id: int) -> int:
        found = self._exceptions.get(person_id, ())
        return sum(e.exception_kind == SECOND_ACCOUNT and e.in_force(self._on) for e in found)

    # -- leaver lists -------------------------------------------------------------------------
    def _leaver_row(self, person_id: int) -> str:
        rows = [row for row in self._rows.get(person_id, ()) if not row.withdrawn]
        if not rows:
            return ""
        row = max(rows, key=lambda r: r.id)
        source = self._lists[row.leaver_list_id]
        month = f"{int(source.month[5:])}月"
        return f"{month}离职清单（{self._sources.get(source.hr_source_id, '')}）第{row.row_no}行"


def _employee(record: Record) -> int | None:
    found: int | None = getattr(record, "employee_id", None)
    return found


def _by(records: Iterable[T], person: Callable[[T], int | None]) -> dict[int, list[T]]:
    """Sort records by the person they concern."""
    found: dict[int, list[T]] = defaultdict(list)
    for record in records:
        person_id = person(record)
        if person_id is not None:
            found[person_id].append(record)
    return found


def _since(day: date | None, since: date) -> bool:
    return day is not None and day >= since

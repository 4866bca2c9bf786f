"""Everything about one person on one screen: account, groups and why, exceptions, what is open."""

from __future__ import annotations

from functools import cached_property

from wxadmin.domain.account import Account
from wxadmin.domain.checklist import RUNNING, Checklist
from wxadmin.domain.form import Form
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group
from wxadmin.domain.membership import expected_members
from wxadmin.domain.person import Employee
from wxadmin.services.account_register import AccountRegister, AccountRow
from wxadmin.services.checklist_views import ChecklistView, ChecklistViews
from wxadmin.services.exceptions import Exceptions, Granted
from wxadmin.services.forms import Forms
from wxadmin.services.group_duties import Duties, Duty
from wxadmin.services.history import History, RecordLine
from wxadmin.services.membership import Membership, Verdict
from wxadmin.services.membership_picture import Picture
from wxadmin.services.people import People, PersonLine
from wxadmin.services.workplace import Workplace

IN, MISSING, EXTRA, UNSEEN = "在群", "应加未加", "不应在群", "应在，未核实"
"""How somebody stands in a group: UNSEEN while nobody has looked into it."""
SHOWN_HISTORY = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A person in one group: how he stands there and the sentence that says why."""

    group: Group
    standing: str
    sentence: str
    exception: str | None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A form or a checklist of the person: what it is called, how far it is, where to go."""

    key: str
    title: str
    state: str
    detail: str
    open: bool


@dataclass(frozen=True, slots=True)
class PersonFile:
    """One person with everything that hangs on him, except the groups."""

    person: Employee
    line: PersonLine
    accounts: tuple[AccountRow, ...]
    exceptions: tuple[Granted, ...]
    forms: tuple[PaperLine, ...]
    checklists: tuple[Checklist, ...]
    history: tuple[RecordLine, ...]
    happened: int


class PersonFiles:
    """Reads person after person; the picture of all groups is taken once, when first asked."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def of(self, person_id: int) -> PersonFile | None:
        """Return one person's file; None where he is not in the register any more."""
        store = self._workplace.store
        person = store.get(Employee, person_id)
        if person is None:
            return None
        account_ids = store.ids_of(Account, holder_id=person_id)
        register = AccountRegister(self._workplace)
        accounts = register.rows(account_ids) if account_ids else []
        found = store.find(Form, employee_id=person_id)
        forms = Forms(self._workplace).lines(found) if found else []
        history = History(self._workplace).of_record(person)
        return PersonFile(
            person,
            People(self._workplace).lines([person_id])[0],
            tuple(accounts),
            tuple(Exceptions(self._workplace).all(employee_id=person_id)),
            tuple(
                PaperLine(
                    f.number, f.title, f.state, f.paper_text or f.paper_state, bool(f.waits_for)
                )
                for f in forms
            ),
            tuple(c for c in store.find(Checklist, employee_id=person_id) if c.state == RUNNING),
            tuple(history[:SHOWN_HISTORY]),
            len(history),
        )

    @cached_property
    def picture(self) -> Picture:
        """Return the groups as the rules see them today; heavy with many people."""
        picture = Picture(self._workplace)
        assert picture.facts is not None  # read it now, on the thread that asked
        return picture

    def checklists(self, file: PersonFile) -> list[ChecklistView]:
        """Return the open checklists with their progress."""
        if not file.checklists:
            return []
        return ChecklistViews(self._workplace, self.picture).of(file.checklists)

    def places(self, person_id: int) -> list[Place]:
        """Return every group the person is in or should be in, each with its sentence."""
        picture, membership = self.picture, Membership(self._workplace)
        facts = picture.facts.get(person_id)
        if facts is None:
            return []
        expected = expected_members(picture.book, [facts])
        wanted = [
            group
            for group in picture.groups.values()
            if person_id in expected.get(group.id, ()) or person_id in picture.member_ids(group.id)
        ]
        places = []
        for group in wanted:
            runs = person_id in self._duties.running(group.id)
            places.append(_place(membership.why(person_id, group.id, picture), runs=runs))
        return sorted(places, key=lambda p: (_ORDER.index(p.standing), p.group.sort_no))

    def duties(self, person_id: int) -> tuple[Duty, ...]:
        """Return what the person must hand over before he is gone: groups, designated numbers."""
        return self._duties.of_person(person_id)

    @cached_property
    def _duties(self) -> Duties:
        return Duties(self._workplace, self.picture)


_ORDER = (MISSING, EXTRA, IN, UNSEEN)


def _place(verdict: Verdict, *, runs: bool) -> Place:
    """How somebody stands in a group; who runs it in person is in it whatever the rule says."""
    standing, sentence = UNSEEN, verdict.why.sentence
    if verdict.actual:
        standing = IN if verdict.expected or runs else EXTRA
    elif verdict.actual is False:
        standing = MISSING
    if runs and not verdict.expected:
        sentence = f"在“{verdict.group.name}”：管这个群，不按规则。"
    return Place(verdict.group, standing, sentence, verdict.why.exception)

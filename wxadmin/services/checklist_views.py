"""Checklists as they are shown: one, or the grid of people × steps (办理)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from wxadmin.domain.checklist import DONE, RUNNING, Checklist, ChecklistItem
from wxadmin.domain.checklist_template import NOT_ASKED
from wxadmin.domain.checklist_view import (
    LATE,
    Look,
    StepView,
    blocked_sentence,
    event_short,
    event_text,
    look_at,
)
from wxadmin.domain.errors import UserError
from wxadmin.domain.evidence import PersonEvidence
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.policy import Pack
from wxadmin.domain.policy_names import leave_kind_of
from wxadmin.services.evidence import EvidenceRoom
from wxadmin.services.membership_picture import Picture
from wxadmin.services.workplace import Workplace

OVERDUE = "逾期"


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """One checklist as it is shown. `key` is 工号 or group number; `blocked` is the sentence on
    top (还不能办结：…) and `remedy` the step that lifts it. `gone` offers 单方办理 (自离)."""

    look: Look
    title: str
    key: str
    name: str
    unit: str
    position: str
    event: str
    event_short: str
    gone: bool
    blocked: str
    remedy: StepView | None

    @property
    def id(self) -> int:
        """Return the checklist's number."""
        return self.look.checklist.id

    @property
    def state(self) -> str:
        """Return 进行中, 逾期, 已完成 or 作废."""
        checklist = self.look.checklist
        if checklist.state != RUNNING:
            return checklist.state
        late = any(step.mark == LATE for step in self.look.steps)
        return OVERDUE if late else RUNNING

    @property
    def progress(self) -> str:
        """Return how far it is: 3/9."""
        return f"{self.look.done}/{self.look.total}"

    @property
    def shown(self) -> tuple[StepView, ...]:
        """Return the steps to be shown unfolded."""
        return tuple(s for s in self.look.steps if s.counts)

    @property
    def folded(self) -> tuple[StepView, ...]:
        """Return the steps that do not apply, shown folded."""
        return tuple(s for s in self.look.steps if not s.counts)

    def step(self, no: int) -> StepView | None:
        """Return a step by its number."""
        return next((s for s in self.look.steps if s.item.no == no), None)

    def waiting_for(self, step: StepView) -> tuple[str, ...]:
        """Return the titles of the open steps that come before this one."""
        before = [self.step(no) for no in step.item.prerequisites]
        return tuple(s.item.title for s in before if s is not None and not s.settled)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the grid: the step's number, its two-line head, its name."""

    no: int
    short: str
    title: str
    blocking: bool

    @property
    def head(self) -> tuple[str, str]:
        """Return the two lines of the head."""
        first, _, second = self.short.partition(" ")
        return first, second


@dataclass(frozen=True, slots=True)
class Board:
    """The grid of one kind of checklist: people × steps."""

    template: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[ChecklistView, ...]

    @property
    def closed(self) -> int:
        """Count the rows that are closed."""
        return sum(row.look.checklist.state == DONE for row in self.rows)


class ChecklistViews:
    """Reads checklists with everything that proves their steps, in bulk."""

    def __init__(self, workplace: Workplace, picture: Picture | None = None) -> None:
        self._workplace = workplace
        self._room = EvidenceRoom(workplace, picture)
        self._pack = workplace.pack

    @property
    def room(self) -> EvidenceRoom:
        """Return the facts everything is judged by."""
        return self._room

    def one(self, checklist_id: int) -> ChecklistView:
        """Return one checklist. Raises `UserError` where there is none."""
        found = self._workplace.store.get(Checklist, checklist_id)
        if found is None:
            raise UserError(f"没有编号为{checklist_id}的办理清单。", "no_checklist")
        return self.of([found])[0]

    def open_ones(self) -> list[ChecklistView]:
        """Return every checklist that is still being worked off."""
        return self.of(self._workplace.store.find(Checklist, state=RUNNING))

    def all(self) -> list[ChecklistView]:
        """Return every checklist that was not dropped, the open ones first."""
        found = self._workplace.store.find(Checklist, state={RUNNING, DONE})
        return self.of(sorted(found, key=lambda c: (c.state != RUNNING, c.event_on, c.id)))

    def of_person(self, employee_id: int) -> list[ChecklistView]:
        """Return a person's checklists, the latest first."""
        found = self._workplace.store.find(Checklist, employee_id=employee_id)
        return self.of(sorted(found, key=lambda c: (c.event_on, c.id), reverse=True))

    def board(self, template_id: str, month: date | None = None) -> Board:
        """Return the grid: what is open, and what was closed of that month (None: this one)."""
        template = self._pack.checklist(template_id)
        day = month or self._workplace.today
        found = self._workplace.store.find(Checklist, template=template_id, state={RUNNING, DONE})
        wanted = [
            c
            for c in found
            if (c.state == RUNNING and month is None)
            or (c.event_on.year, c.event_on.month) == (day.year, day.month)
        ]
        rows = self.of(sorted(wanted, key=lambda c: (c.state != RUNNING, c.event_on, c.id)))
        return Board(template_id, template.title, _columns(rows), tuple(rows))

    def tabs(self) -> list[tuple[str, str, int]]:
        """Return the kinds of checklist with their title and how many are open."""
        counts: dict[str, int] = defaultdict(int)
        for (name,) in self._workplace.store.columns(Checklist, "template", state=RUNNING):
            counts[name] += 1
        return [(t.id, t.title, counts[t.id]) for t in self._pack.checklists]

    def of(self, checklists: Iterable[Checklist]) -> list[ChecklistView]:
        """Return the views of any checklists, in their order."""
        wanted = list(checklists)
        items: dict[int, list[ChecklistItem]] = defaultdict(list)
        ids = {c.id for c in wanted}
        for item in self._workplace.store.find(ChecklistItem, checklist_id=ids) if ids else ():
            items[item.checklist_id].append(item)
        evidence = self._room.of(c for c in wanted if c.state == RUNNING)
        views = []
        for checklist in wanted:
            known = evidence.get(checklist.id)
            look = look_at(checklist, items[checklist.id], known, self._workplace.today)
            gone = isinstance(known, PersonEvidence) and _gone(known.person.leave_type, self._pack)
            views.append(self._view(look, gone))
        return views

    def _view(self, look: Look, gone: bool) -> ChecklistView:
        checklist, picture = look.checklist, self._room.picture
        unit = position = ""
        if checklist.employee_id is not None:
            person = picture.person(checklist.employee_id)
            key, name = person.emp_no, person.name
            unit, position = person.org_unit, person.position
        else:
            group = picture.all_groups[checklist.group_id or 0]
            key, name = group.group_no, group.name
            unit = picture.tree.text(group.org_unit_id)
        open_now = checklist.is_open
        return ChecklistView(
            look,
            self._title(checklist),
            key,
            name,
            unit,
            position,
            event_text(checklist, self._workplace.today),
            event_short(checklist, self._workplace.today),
            gone,
            blocked_sentence(name, look) if open_now else "",
            look.obstacle if open_now else None,
        )

    def _title(self, checklist: Checklist) -> str:
        for template in self._pack.checklists:
            if template.id == checklist.template:
                return template.title
        return checklist.template


def _columns(rows: Iterable[ChecklistView]) -> tuple[Column, ...]:
    """The steps that concern anybody in the grid, in their order."""
    found: dict[int, Column] = {}
    for row in rows:
        for step in row.look.steps:
            item = step.item
            if item.no not in found and (step.counts or item.note != NOT_ASKED):
                found[item.no] = Column(item.no, item.short, item.title, item.blocking)
    return tuple(found[no] for no in sorted(found))


def _gone(leave_type: str, pack: Pack) -> bool:
    """Whether the leaver will not sign anything any more (自离)."""
    kind = leave_kind_of(leave_type, pack) if leave_type else None
    return kind is not None and kind.gone

"""今日: everything to be seen to, computed on reading, and the facts beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from wxadmin.domain.account import IN_USE, Account
from wxadmin.domain.change import Change
from wxadmin.domain.checklist import DONE, VOID, Checklist
from wxadmin.domain.checklist_view import STUCK
from wxadmin.domain.errors import UserError
from wxadmin.domain.evidence import OFFBOARDING, ONBOARDING, TRANSFER
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import BACKEND
from wxadmin.domain.organisation import Decision, RosterIssue
from wxadmin.domain.reminder import (
    BAND_LATE,
    BAND_STUCK,
    BAND_TODAY,
    BANDS,
    Reminder,
    in_order,
    reminder,
)
from wxadmin.services.checklist_views import ChecklistView, ChecklistViews
from wxadmin.services.evidence import directory_date
from wxadmin.services.leaver_grid import GridCell, LeaverGrid, urge_text
from wxadmin.services.reminder_checks import CheckReminders, WatchReminders
from wxadmin.services.reminder_groups import GroupReminders
from wxadmin.services.reminder_paper import (
    RECURRING,
    PaperReminders,
    period_end,
    task_called,
)
from wxadmin.services.reminder_people import PeopleReminders
from wxadmin.services.workplace import Workplace

DESK_MONTHS = ((ONBOARDING, "入职"), (TRANSFER, "调岗"), (OFFBOARDING, "离职"))


@dataclass(frozen=True, slots=True)
class ListAge:
    """How new a list in hand is: 花名册, 通讯录, 群成员 (the oldest; `what` names its group)."""

    label: str
    taken_on: date | None
    days: int | None
    what: str = ""


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many checklists of a kind began this month, and how many of them are closed."""

    label: str
    started: int
    closed: int


@dataclass(frozen=True, slots=True)
class Today:
    """The desk: lines by heading, and the column at the right."""

    on: date
    reminders: tuple[Reminder, ...]
    leaver_month: str
    leaver_lists: tuple[GridCell, ...]
    ages: tuple[ListAge, ...]
    months: tuple[MonthCount, ...]
    accounts: int
    accounts_in_use: int

    def band(self, band: str) -> tuple[Reminder, ...]:
        """Return the lines under one heading."""
        return tuple(r for r in self.reminders if r.band == band)

    @property
    def waiting(self) -> int:
        """Count what is to be done today: late, stuck or due."""
        return sum(self.counts[band] for band in (BAND_LATE, BAND_STUCK, BAND_TODAY))

    @property
    def counts(self) -> dict[str, int]:
        """Count the lines under every heading, in the order of the desk."""
        found = Counter(r.band for r in self.reminders)
        return {band: found[band] for band, _ in BANDS}

    @property
    def handed_in(self) -> int:
        """Count the sources that handed in the month's leaver list."""
        return sum(not cell.missing for cell in self.leaver_lists)


class Reminders:
    """Computes what is to be seen to; nothing of it is kept, so looking never writes."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def all(self) -> list[Reminder]:
        """Return every reminder, in the order of the desk."""
        return list(self.today().reminders)

    def today(self) -> Today:
        """Return the desk."""
        views = ChecklistViews(self._workplace)
        room = views.room
        open_views = views.open_ones()
        grid = LeaverGrid(self._workplace, room.picture.tree)
        lines = [
            *_of_checklists(open_views, room.on),
            *PeopleReminders(room, open_views).all(),
            *GroupReminders(room).all(),
            *CheckReminders(room).all(),
            *WatchReminders(room).all(),
            *PaperReminders(room, grid).all(),
        ]
        month = grid.last_month()
        rows = self._workplace.store.columns(Account, "state")
        return Today(
            room.on,
            tuple(in_order(_said_once(lines))),
            month,
            tuple(grid.of(month)),
            self._ages(views),
            self._months(),
            len(rows),
            sum(state == IN_USE for (state,) in rows),
        )

    def urge(self, key: str) -> str:
        """Return what to send to the HR source of a reminder of kind leaver_list (复制催办文字)."""
        source_id, _, month = key.partition(":")
        for cell in LeaverGrid(self._workplace).of(month):
            if str(cell.source.id) == source_id:
                return urge_text(cell, self._workplace.today)
        raise UserError("这家人事部门没有要催的离职清单。", "no_source")

    def mark_done(self, task_id: str, note: str = "") -> int | None:
        """Note that a recurring task was done for the period today lies in."""
        today, store = self._workplace.today, self._workplace.store
        task = task_called(self._workplace.pack.recurring, task_id)
        end = period_end(task.every, today) if task else None
        if task is None or end is None:
            raise UserError(f"没有“{task_id}”这项周期任务。", "no_task")
        ids = store.ids()
        made = Decision(ids.next(Decision), RECURRING, task.id, end.isoformat(), today, note)
        known = store.find(Decision, subject=RECURRING, key=task.id, answer=made.answer)
        change = Change(known[0], replace(known[0], note=note)) if known else Change(None, made)
        with self._workplace.act(f"{task.every}事项已办：{task.title}") as operation:
            operation.write([change], ids)
        return operation.id

    def _ages(self, views: ChecklistViews) -> tuple[ListAge, ...]:
        today, picture = self._workplace.today, views.room.picture
        issued = [day for (day,) in self._workplace.store.columns(RosterIssue, "issued_on")]
        roster = max(issued, default=None)
        directory = directory_date(self._workplace)
        taken = [
            (group.members_on, group.name)
            for group in picture.groups.values()
            if group.side != BACKEND and group.members_on is not None
        ]
        oldest, name = min(taken, default=(None, ""))
        return (
            _age("花名册", roster, today),
            _age("通讯录", directory, today),
            _age("群成员", oldest, today, name),
        )

    def _months(self) -> tuple[MonthCount, ...]:
        today = self._workplace.today
        rows = self._workplace.store.columns(Checklist, "template", "event_on", "state")
        this = [
            (template, state)
            for template, day, state in rows
            if (day.year, day.month) == (today.year, today.month) and state != VOID
        ]
        return tuple(
            MonthCount(
                label,
                sum(t == template for t, _ in this),
                sum((t, s) == (template, DONE) for t, s in this),
            )
            for template, label in DESK_MONTHS
        )


def _said_once(lines: list[Reminder]) -> list[Reminder]:
    """Leave out a form that a checklist's own line names: one thing to do is one line."""
    said = "\n".join(line.detail for line in lines if line.kind == "checklist")
    return [line for line in lines if line.kind != "form" or not line.key or line.key not in said]


def _of_checklists(views: list[ChecklistView], on: date) -> Iterator[Reminder]:
    """One line for every open checklist: its worst step; or that it can be closed."""
    for view in views:
        step = view.look.worst
        if step is None:
            yield reminder(
                "checklist",
                view.name,
                f"{view.title}：各步已办，可以办结",
                on=on,
                due_on=on,
                detail=view.progress,
                act="open_checklist",
                desk="checklists",
                key=view.id,
            )
            continue
        said = step.sentence if step.holds_up else step.item.title
        yield reminder(
            "checklist",
            view.name,
            f"{view.title}：{said}",
            on=on,
            due_on=step.item.due_on,
            since=view.look.checklist.event_on,
            detail=f"{view.progress} 步" + (f"　{step.sentence}" if said != step.sentence else ""),
            stuck=step.mark == STUCK and step.holds_up,
            act=step.act or "open_checklist",
            desk="checklists",
            key=view.id,
        )


def _age(label: str, taken: date | None, today: date, what: str = "") -> ListAge:
    return ListAge(label, taken, (today - taken).days if taken else None, what)

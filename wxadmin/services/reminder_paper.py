"""What paper brings to the desk: forms not back, missing leaver lists, recurring tasks, backups."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from wxadmin.domain.form import DRAFTS, REJECTED, SPOKEN, WITHDRAWN, Form, FormStep
from wxadmin.domain.incoming import IN_TRAY, TO_LOOK_AT, TO_SETTLE, TRAY, Incoming, Scan
from wxadmin.domain.membership_why import short_date
from wxadmin.domain.organisation import Decision
from wxadmin.domain.policy import Recurring
from wxadmin.domain.policy_settings import Scope
from wxadmin.domain.reminder import Reminder, reminder
from wxadmin.services.evidence import EvidenceRoom
from wxadmin.services.form_library import short_title
from wxadmin.services.leaver_grid import GridCell, LeaverGrid, month_word

RECURRING = "recurring"
"""Under this subject a `Decision` keeps that a recurring task was done, for which period."""

MONTHS_OF = {"每月": 1, "每季": 3}
UNPRINTED, NOT_BACK = "待打印", "待签回"
_OVER = DRAFTS | {REJECTED, WITHDRAWN}
"""States in which a decision given before does not count."""


class PaperReminders:
    """Everything that has to do with paper, lists and upkeep."""

    def __init__(self, room: EvidenceRoom, grid: LeaverGrid) -> None:
        self._room, self._on = room, room.on
        self._workplace = room.workplace
        self._picture = room.picture
        self._grid = grid

    def all(self) -> Iterator[Reminder]:
        """Yield everything about paper."""
        yield from self._forms()
        yield from self._owed()
        yield from self._incoming()
        yield from self._scans()
        yield from self._leaver_lists()
        yield from self._recurring()
        yield from self._backup()

    # -- forms --------------------------------------------------------------------------------
    def _forms(self) -> Iterator[Reminder]:
        wait = timedelta(days=self._picture.number("signature_wait_days", Scope()))
        titles: dict[str, str] = {}
        drafts: list[Form] = []
        for form in self._open_forms():
            state = form.paper_state()
            if state == UNPRINTED:
                drafts.append(form)
            elif state == NOT_BACK and form.printed_on is not None and form.lost_on is None:
                kind = form.form_kind
                titles.setdefault(kind, short_title(self._workplace, kind))
                yield self._not_back(form, titles[kind], wait)
        if drafts:
            yield reminder(
                "form",
                "表单待打印",
                f"{len(drafts)}张",
                on=self._on,
                detail="、".join(form.number for form in drafts[:3]),
                act="print_form",
                desk="forms",
                key=drafts[0].number if len(drafts) == 1 else "",
            )

    def _owed(self) -> Iterator[Reminder]:
        """What was only said and must be signed by a day (待补签)."""
        store = self._workplace.store
        said = [s for s in store.find(FormStep, confirmed_on=None, way=SPOKEN) if s.is_owed]
        forms = store.find(Form, id={step.form_id for step in said}) if said else []
        known = {form.id: form for form in forms if form.state not in _OVER}
        for step in said:
            form = known.get(step.form_id)
            if form is not None:
                yield reminder(
                    "form",
                    self._subject(form),
                    f"{form.number} {step.by}{step.way}同意，待补签",
                    on=self._on,
                    due_on=step.confirm_due,
                    detail=step.role,
                    act="sign_form",
                    desk="forms",
                    key=form.number,
                )

    def _incoming(self) -> Iterator[Reminder]:
        """What came in without a code and belongs to no form yet."""
        waiting = self._workplace.store.find(Incoming, state=TO_SETTLE)
        if waiting:
            yield reminder(
                "form",
                "来件待处理",
                f"{len(waiting)}件",
                on=self._on,
                detail="、".join(one.source_name for one in waiting[:3]),
                act="open_form",
                desk="forms",
                key="",
            )

    def _scans(self) -> Iterator[Reminder]:
        """Pages that wait for one look, or to be settled by hand."""
        waiting = self._workplace.store.find(Scan, state=set(IN_TRAY))
        if waiting:
            ready = sum(scan.state == TO_LOOK_AT for scan in waiting)
            doubtful = len(waiting) - ready
            said = (f"待看{ready}份" if ready else "", f"待处理{doubtful}份" if doubtful else "")
            yield reminder(
                "form",
                "扫描件",
                "，".join(part for part in said if part),
                on=self._on,
                detail="、".join(list(dict.fromkeys(scan.source_name for scan in waiting))[:3]),
                act="look_at_scans",
                desk="forms",
                key=TRAY,
            )

    def _open_forms(self) -> list[Form]:
        rows = self._workplace.store.columns(Form, "state")
        states = {state for (state,) in rows}
        probe = [s for s in states if Form(0, "", "", 1, s).is_open]
        return self._workplace.store.find(Form, state=set(probe)) if probe else []

    def _not_back(self, form: Form, title: str, wait: timedelta) -> Reminder:
        assert form.printed_on is not None
        days = (self._on - form.printed_on).days
        waited = f"已{days}天，" if days else ""
        return reminder(
            "form",
            self._subject(form),
            f"{title} {form.number} 打印后未交回",
            on=self._on,
            due_on=form.printed_on + wait,
            detail=f"{waited}期限{wait.days}天",
            act="sign_form",
            desk="forms",
            key=form.number,
        )

    def _subject(self, form: Form) -> str:
        if form.employee_id is not None:
            return self._picture.person(form.employee_id).name
        if form.group_id is not None:
            return self._picture.all_groups[form.group_id].name
        return form.value("holder_name") or form.value("name") or form.number

    # -- lists --------------------------------------------------------------------------------
    def _leaver_lists(self) -> Iterator[Reminder]:
        """One line per source, however many of its months are missing (I26)."""
        by_source: dict[int, list[GridCell]] = {}
        for cell in self._grid.missing():
            by_source.setdefault(cell.source.id, []).append(cell)
        for cells in by_source.values():
            due = cells[0].due_on
            yield reminder(
                "leaver_list",
                cells[0].source.name,
                f"{'、'.join(month_word(c.month) for c in cells)}离职清单未交",
                on=self._on,
                due_on=due,
                detail=f"应于{short_date(due, self._on)}前",
                act="copy_urge",
                desk="imports",
                key=f"{cells[0].source.id}:{cells[0].month}",
            )

    # -- upkeep -------------------------------------------------------------------------------
    def _recurring(self) -> Iterator[Reminder]:
        done = {(d.key, d.answer) for d in self._workplace.store.find(Decision, subject=RECURRING)}
        for task in self._workplace.pack.recurring:
            end = period_end(task.every, self._on)
            if end is None or (task.id, end.isoformat()) in done:
                continue
            yield reminder(
                "recurring",
                f"{task.every}事项",
                task.title,
                on=self._on,
                due_on=end,
                detail=task.role,
                act="tick_recurring",
                desk="today",
                key=task.id,
            )

    def _backup(self) -> Iterator[Reminder]:
        from wxadmin.services.backups import Backups

        every = self._picture.number("backup_interval_days", Scope())
        if every <= 0 or self._workplace.register.path is None:
            return
        last = max((line.made.date() for line in Backups(self._workplace).lines()), default=None)
        due = self._on if last is None else last + timedelta(days=every)
        if due <= self._on:
            yield reminder(
                "backup",
                "备份",
                "还没有备份过" if last is None else f"上次备份在{short_date(last, self._on)}",
                on=self._on,
                due_on=due,
                detail=f"每{every}天一次",
                act="back_up",
                desk="settings",
                key="backup",
            )


def period_end(every: str, on: date) -> date | None:
    """Return the last day of the period a day lies in; None for what only events bring."""
    if every == "每日":
        return on
    if every == "每周":
        return on + timedelta(days=6 - on.weekday())
    months = MONTHS_OF.get(every)
    if months is None:
        return None
    month = (on.month - 1) // months * months + months
    return date(on.year, month, calendar.monthrange(on.year, month)[1])


def task_called(tasks: tuple[Recurring, ...], key: str) -> Recurring | None:
    """Return the recurring task of that id."""
    return next((task for task in tasks if task.id == key), None)

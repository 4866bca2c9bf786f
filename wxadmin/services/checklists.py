"""Checklists: start them, work them off, close them; nothing is closed while something blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from wxadmin.domain.change import AnyChange
from wxadmin.domain.checklist import Checklist
from wxadmin.domain.checklist_moves import (
    check_running,
    plan_close,
    plan_not_applicable,
    plan_stand_in,
    plan_take_up,
    plan_tick,
    plan_waive,
    step_of,
)
from wxadmin.domain.checklist_start import plan_reopen, plan_void
from wxadmin.domain.checklist_view import StepView
from wxadmin.domain.errors import UserError
from wxadmin.domain.evidence import OFFBOARDING, ONBOARDING
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.group import Group
from wxadmin.domain.person import Employee
from wxadmin.services.checklist_start import BY_HAND, ChecklistStarter
from wxadmin.services.checklist_views import ChecklistView, ChecklistViews
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource


@dataclass(frozen=True, slots=True)
class Ticked:
    """What ticking a column did: whose step was ticked, and who was refused and why."""

    names: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    operation: int | None


class Checklists:
    """What the administrator can do with checklists: one method per act."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def views(self) -> ChecklistViews:
        """Take the facts for one screen (or one act)."""
        return ChecklistViews(self._workplace)

    # -- starting -----------------------------------------------------------------------------
    def start(
        self,
        template_id: str,
        *,
        person: Employee | None = None,
        group: Group | None = None,
        event_on: date | None = None,
        trigger: str = BY_HAND,
    ) -> int:
        """Draw up a checklist for a person or a group, or continue the open one; return its id.

        Day 0 is what HR's list says unless `event_on` says otherwise.
        """
        workplace = self._workplace
        template = workplace.pack.checklist(template_id)
        subject = _subject(template.subject, template.title, person, group)
        ids = workplace.store.ids()
        starter = ChecklistStarter(workplace, ids)
        who = {
            "employee_id": person.id if person else None,
            "group_id": group.id if group else None,
        }
        running = starter.open_one(template_id, **who)
        if running is not None and event_on is None:
            return running.id
        changes = starter.plan(
            template_id,
            event_on=event_on or _day_zero(template_id, person) or workplace.today,
            trigger=running.trigger if running else trigger,
            unit_path=workplace.units().path(person.org_unit_id) if person else (),
            **who,
        )
        self._write(f"{template.title}{'改期' if running else ''}：{subject}", changes, ids)
        if running is not None:
            return running.id
        return next(c.record.id for c in changes if isinstance(c.record, Checklist))

    # -- steps --------------------------------------------------------------------------------
    def tick(self, checklist_id: int, no: int, note: str = "") -> int | None:
        """Tick one step off, with what proves it. Refused against the register."""
        today = self._workplace.today
        return self._step(checklist_id, no, "打勾", lambda s: plan_tick(s, today, note))

    def tick_column(self, checklist_ids: Sequence[int], no: int, note: str = "") -> Ticked:
        """Tick the same step for many as one act; whom the register refuses is left out, named."""
        views = self.several(checklist_ids)
        changes: list[AnyChange] = []
        names, refused = [], []
        title = ""
        for view in views:
            try:
                check_running(view.look.checklist)
                step = step_of(view.look, no)
                changes += plan_tick(step, self._workplace.today, note)
            except UserError as error:
                refused.append((view.name, error.message))
            else:
                names.append(view.name)
                title = step.item.title
        with self._workplace.act(f"整列打勾：{title}（{len(names)}人）") as operation:
            operation.write(changes)
        return Ticked(tuple(names), tuple(refused), operation.id)

    def waive(self, checklist_id: int, no: int, note: str) -> int | None:
        """Let a step go (免办), with the reason; blocking steps cannot be waived."""
        today = self._workplace.today
        return self._step(checklist_id, no, "免办", lambda s: plan_waive(s, today, note))

    def not_applicable(self, checklist_id: int, no: int, note: str) -> int | None:
        """Mark a step 不适用, with the reason."""
        today = self._workplace.today
        return self._step(checklist_id, no, "不适用", lambda s: plan_not_applicable(s, today, note))

    def take_up(self, checklist_id: int, no: int) -> int | None:
        """Set a step back to 待办: a wrong tick, or a folded step that applies after all."""
        return self._step(checklist_id, no, "改回待办", plan_take_up)

    def stand_in(
        self, checklist_id: int, no: int, *, stand_in: str, witness: str, note: str
    ) -> int | None:
        """Do a step in the leaver's place (单方办理): 部门负责人代签 + 监交人 + reason."""
        today = self._workplace.today
        return self._step(
            checklist_id,
            no,
            "单方办理",
            lambda s: plan_stand_in(s, today, stand_in=stand_in, witness=witness, note=note),
        )

    # -- the whole ----------------------------------------------------------------------------
    def close(self, checklist_id: int) -> int | None:
        """Close a checklist (办结). Refused with what is still open, the blocking steps first."""
        view = self.views().one(checklist_id)
        changes = plan_close(view.name, view.look, self._workplace.today)
        return self._write(f"办结：{view.title} {view.name}", changes)

    def reopen(self, checklist_id: int, note: str = "") -> int | None:
        """Take a closed or dropped checklist up again, unless another one is open."""
        view = self.views().one(checklist_id)
        checklist = view.look.checklist
        if checklist.is_open:
            raise UserError("这张办理清单还在办，不用重新打开。", "running")
        starter = ChecklistStarter(self._workplace, self._workplace.store.ids())
        other = starter.open_one(
            checklist.template, employee_id=checklist.employee_id, group_id=checklist.group_id
        )
        if other is not None:
            raise UserError(
                f"{view.name}另有一张{view.title}（编号{other.id}）正在办，没有改动。",
                "another_running",
            )
        changes = plan_reopen(checklist, why=note)
        return self._write(f"重新打开：{view.title} {view.name}", changes)

    def void(self, checklist_id: int, note: str) -> int | None:
        """Drop a checklist (作废), such as when a leaver stays; with the reason."""
        if not note.strip():
            raise UserError("作废办理清单要写明原因。", "no_reason")
        view = self.views().one(checklist_id)
        check_running(view.look.checklist)
        changes = plan_void([view.look.checklist], on=self._workplace.today, why=note.strip())
        return self._write(f"作废：{view.title} {view.name}", changes)

    # -- inside -------------------------------------------------------------------------------
    def _step(
        self, checklist_id: int, no: int, act: str, plan: Callable[[StepView], list[AnyChange]]
    ) -> int | None:
        view = self.views().one(checklist_id)
        check_running(view.look.checklist)
        step = step_of(view.look, no)
        return self._write(f"{act}：{view.name} {step.item.title}", plan(step))

    def _write(
        self, title: str, changes: list[AnyChange], ids: IdSource | None = None
    ) -> int | None:
        with self._workplace.act(title) as operation:
            operation.write(changes, ids)
        return operation.id

    def several(self, ids: Sequence[int]) -> list[ChecklistView]:
        """Return checklists by their numbers. Raises `UserError` for one that is not there."""
        found = {c.id: c for c in self._workplace.store.find(Checklist, id=set(ids))}
        missing = [str(i) for i in ids if i not in found]
        if missing:
            raise UserError(f"没有编号为{'、'.join(missing)}的办理清单。", "no_checklist")
        return self.views().of([found[i] for i in dict.fromkeys(ids)])


def _subject(kind: str, title: str, person: Employee | None, group: Group | None) -> str:
    """Name whom a checklist is for. Refused where the kind wants the other."""
    if kind == "person":
        if person is None:
            raise UserError(f"{title}是给人办的，请说明是谁（工号）。", "wrong_words")
        return f"{person.emp_no} {person.name}"
    if group is None:
        raise UserError(f"{title}是给群办的，请说明是哪个群（群编号或群名）。", "wrong_words")
    return group.name


def _day_zero(template_id: str, person: Employee | None) -> date | None:
    """Day 0 as HR's list has it."""
    if person is None:
        return None
    return {ONBOARDING: person.hire_date, OFFBOARDING: person.leave_date}.get(template_id)

"""Drawing up a checklist from a policy's template, moving its day 0, voiding and reopening it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from wxadmin.domain.change import AnyChange, Change, Record
from wxadmin.domain.checklist import (
    NOT_APPLICABLE,
    OPEN,
    RUNNING,
    VOID,
    Checklist,
    ChecklistItem,
)
from wxadmin.domain.checklist_template import NOT_ASKED, ChecklistTemplate, Step

DaysOf = Callable[[str], int]
"""Looks up a setting that holds days."""


class Numbers(Protocol):
    """Gives ids that were never given before."""

    def next(self, name: str | type[Record], /) -> int:
        """Return the next number of a record kind or a series."""


def plan_start(
    template: ChecklistTemplate,
    ids: Numbers,
    days_of: DaysOf,
    *,
    event_on: date,
    trigger: str,
    employee_id: int | None = None,
    group_id: int | None = None,
) -> list[AnyChange]:
    """Return the changes that draw up a checklist with all its steps.

    Steps the policy does not ask for start as 不适用（本制度未要求）.
    """
    checklist = Checklist(
        ids.next(Checklist),
        template=template.id,
        employee_id=employee_id,
        group_id=group_id,
        event_on=event_on,
        trigger=trigger,
    )
    items = [_item(step, ids.next(ChecklistItem), checklist, days_of) for step in template.steps]
    return [Change(None, checklist), *(Change(None, item) for item in items)]


def _item(step: Step, item_id: int, checklist: Checklist, days_of: DaysOf) -> ChecklistItem:
    return ChecklistItem(
        item_id,
        checklist_id=checklist.id,
        no=step.no,
        short=step.short,
        title=step.title,
        text=step.text,
        role=step.role,
        due_on=step.due.due_on(checklist.event_on, days_of),
        blocking=step.blocking,
        proof_kind=step.proof,
        source=step.source,
        needs_leaver=step.needs_leaver,
        prerequisites=step.prerequisites,
        state=OPEN if step.required else NOT_APPLICABLE,
        note="" if step.required else NOT_ASKED,
    )


def plan_redate(
    checklist: Checklist,
    items: Iterable[ChecklistItem],
    template: ChecklistTemplate,
    days_of: DaysOf,
    *,
    event_on: date,
    trigger: str,
) -> list[AnyChange]:
    """Return the changes that move a running checklist to another day 0 (补报、改期).

    Only steps that nobody has settled get a new due date.
    """
    if event_on == checklist.event_on:
        return []
    due = {step.no: step.due.due_on(event_on, days_of) for step in template.steps}
    changes: list[AnyChange] = [
        Change(checklist, replace(checklist, event_on=event_on, trigger=trigger))
    ]
    for item in items:
        if item.state == OPEN and item.no in due:
            changes.append(Change(item, replace(item, due_on=due[item.no])))
    return [change for change in changes if change.before != change.after]


def plan_void(checklists: Sequence[Checklist], *, on: date, why: str) -> list[AnyChange]:
    """Return the changes that drop running checklists (撤销离职、误开)."""
    return [
        Change(c, replace(c, state=VOID, closed_on=on, note=why)) for c in checklists if c.is_open
    ]


def plan_reopen(checklist: Checklist, *, why: str) -> list[AnyChange]:
    """Return the change that takes a closed or dropped checklist up again."""
    return [Change(checklist, replace(checklist, state=RUNNING, closed_on=None, note=why))]

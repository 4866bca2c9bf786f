"""Checklists for `list` and `show`: what the 办理 desk shows, as plain values."""

from __future__ import annotations

from typing import Any

from wxadmin.domain.checklist_view import StepView
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.domain.search import SearchIndex, search_line
from wxadmin.services.checklist_views import ChecklistView, ChecklistViews
from wxadmin.services.workplace import Workplace
from wxadmin.verbs.kinds.written import is_id

HEADS = {
    "id": "编号",
    "title": "办理",
    "key": "工号/群编号",
    "name": "对象",
    "unit": "单位",
    "event": "事由",
    "progress": "进度",
    "state": "状态",
    "blocked": "卡在哪里",
}
LABELS = {**HEADS, "trigger": "起因", "position": "岗位", "shown": "步骤"}
"""What is worth reading of one checklist; the rest is for scripts."""


def rows(workplace: Workplace, search: str) -> list[dict[str, Any]]:
    """Return every checklist that was not dropped, the open ones first."""
    views = ChecklistViews(workplace).all()
    if search:
        found = _found(workplace, views, search)
        views = [view for view in views if view.id in found]
    return [row_of(view) for view in views]


def one(workplace: Workplace, key: str) -> dict[str, Any]:
    """Return one checklist by its number, with its steps."""
    if not is_id(key):
        raise UserError(f"办理清单用编号指明，“{key}”不是编号。", "no_checklist")
    return whole(ChecklistViews(workplace).one(int(key)))


def row_of(view: ChecklistView) -> dict[str, Any]:
    """Return a checklist as one line."""
    checklist = view.look.checklist
    return {
        "id": view.id,
        "kind": checklist.template,
        "title": view.title,
        "emp_no": view.key if checklist.employee_id is not None else None,
        "group": view.name if checklist.group_id is not None else None,
        "key": view.key,
        "name": view.name,
        "unit": view.unit,
        "position": view.position,
        "event_on": checklist.event_on,
        "event": view.event,
        "trigger": checklist.trigger,
        "state": view.state,
        "done": view.look.done,
        "total": view.look.total,
        "progress": view.progress,
        "open": len(view.look.open_steps),
        "blocked": view.blocked,
        "closed_on": checklist.closed_on,
    }


def whole(view: ChecklistView) -> dict[str, Any]:
    """Return a checklist with everything that hangs on it."""
    return {
        **row_of(view),
        "items": [item_of(step) for step in view.look.steps],
        "open": open_of(view),
        "shown": [_said(step) for step in view.shown],
    }


def _said(step: StepView) -> dict[str, Any]:
    """Return a step in the few words people read."""
    return {
        "no": step.item.no,
        "word": step.word,
        "title": step.item.title,
        "when": step.when if step.when != step.word else "",
        "sentence": step.sentence,
    }


def open_of(view: ChecklistView) -> list[dict[str, Any]]:
    """Return the steps that are still open, the blocking ones first."""
    return [
        {
            "no": step.item.no,
            "title": step.item.title,
            "blocking": step.item.blocking,
            "mark": step.mark,
            "reason": step.sentence,
            "act": step.act,
        }
        for step in view.look.open_steps
    ]


def item_of(step: StepView) -> dict[str, Any]:
    """Return a step as `show` and `checklist start` give it."""
    item = step.item
    return {
        "no": item.no,
        "title": item.title,
        "text": item.text,
        "role": item.role,
        "due_on": item.due_on,
        "state": step.state,
        "mark": step.mark,
        "proof": step.sentence,
        "proof_kind": item.proof_kind,
        "blocking": item.blocking,
        "source": item.source,
        "act": step.act,
        "done_on": item.done_on,
        "note": item.note,
        "stand_in": item.stand_in,
        "witness": item.witness,
        "prerequisites": list(item.prerequisites),
    }


def _found(workplace: Workplace, views: list[ChecklistView], search: str) -> set[int]:
    people = {v.look.checklist.employee_id for v in views}
    readings = dict(workplace.store.columns(Employee, "id", "pinyin", id=people - {None}))
    index = SearchIndex(
        (
            view.id,
            search_line(
                view.name,
                view.key,
                view.unit,
                view.title,
                pinyin=readings.get(view.look.checklist.employee_id, ""),
            ),
        )
        for view in views
    )
    return set(index.find(search))

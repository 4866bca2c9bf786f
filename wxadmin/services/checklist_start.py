"""Draw up checklists inside any plan: the open one is continued, never doubled."""

from __future__ import annotations

from datetime import date

from wxadmin.domain.change import AnyChange
from wxadmin.domain.checklist import RUNNING, Checklist, ChecklistItem
from wxadmin.domain.checklist_start import DaysOf, plan_redate, plan_start, plan_void
from wxadmin.domain.checklist_template import ChecklistTemplate
from wxadmin.domain.policy_settings import Scope, resolve
from wxadmin.services.workplace import Workplace
from wxadmin.storage.numbers import IdSource

BY_HAND = "手工发起"
Key = tuple[str, int | None, int | None]


class ChecklistStarter:
    """Plans checklists for one act. Reads the open ones and the settings once.

    Persons and groups are named by id, so a person who is only in the plan may have one too.
    """

    def __init__(self, workplace: Workplace, ids: IdSource) -> None:
        self._store = workplace.store
        self._pack = workplace.pack
        self._overrides = workplace.overrides()
        self._ids = ids
        self._days: dict[tuple[str, tuple[int, ...]], int] = {}
        self._planned: set[Key] = set()
        self._open: dict[Key, Checklist] = {
            _key(c): c for c in self._store.find(Checklist, state=RUNNING)
        }
        self._items: dict[int, list[ChecklistItem]] | None = None

    def open_one(
        self, template_id: str, *, employee_id: int | None = None, group_id: int | None = None
    ) -> Checklist | None:
        """Return the checklist of that kind that is still being worked off."""
        return self._open.get((template_id, employee_id, group_id))

    def plan(
        self,
        template_id: str,
        *,
        event_on: date,
        trigger: str,
        employee_id: int | None = None,
        group_id: int | None = None,
        unit_path: tuple[int, ...] = (),
    ) -> list[AnyChange]:
        """Return the changes that start a checklist; an open one is moved to the new day 0.

        `unit_path` are the unit ids from the top, for settings a department changed.
        Raises `UserError` for a kind of checklist the pack does not have.
        """
        template = self._pack.checklist(template_id)
        days_of = self._days_of(unit_path)
        key = (template_id, employee_id, group_id)
        if key in self._planned:
            return []
        running = self._open.get(key)
        if running is not None:
            return self._moved(running, template, days_of, event_on, trigger)
        self._planned.add(key)
        return plan_start(
            template,
            self._ids,
            days_of,
            event_on=event_on,
            trigger=trigger,
            employee_id=employee_id,
            group_id=group_id,
        )

    def plan_void(
        self, template_id: str, employee_id: int, *, on: date, why: str
    ) -> list[AnyChange]:
        """Return the changes that drop a person's open checklist (撤销离职)."""
        running = self.open_one(template_id, employee_id=employee_id)
        return plan_void([running], on=on, why=why) if running else []

    def _moved(
        self,
        running: Checklist,
        template: ChecklistTemplate,
        days_of: DaysOf,
        event_on: date,
        trigger: str,
    ) -> list[AnyChange]:
        if running.event_on == event_on:
            return []
        items = self._items_of(running.id)
        return plan_redate(running, items, template, days_of, event_on=event_on, trigger=trigger)

    def _items_of(self, checklist_id: int) -> list[ChecklistItem]:
        if self._items is None:
            self._items = {}
            open_ids = {c.id for c in self._open.values()}
            for item in self._store.find(ChecklistItem, checklist_id=open_ids):
                self._items.setdefault(item.checklist_id, []).append(item)
        return self._items.get(checklist_id, [])

    def _days_of(self, unit_path: tuple[int, ...]) -> DaysOf:
        scope = Scope(units=unit_path[::-1])

        def days(key: str) -> int:
            known = self._days.get((key, scope.units))
            if known is None:
                value = resolve(key, scope, self._overrides, self._pack).value
                assert isinstance(value, int), f"{key} holds no days"
                known = self._days[key, scope.units] = value
            return known

        return days


def _key(checklist: Checklist) -> Key:
    return (checklist.template, checklist.employee_id, checklist.group_id)

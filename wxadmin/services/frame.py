"""What the window's frame asks of the register: counts in the rail, undo and redo, the end."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from wxadmin.domain.checklist import RUNNING, Checklist
from wxadmin.domain.errors import UserError
from wxadmin.domain.form import FINAL, STATES, Form
from wxadmin.domain.person import Employee
from wxadmin.services.workplace import Workplace

if TYPE_CHECKING:
    from wxadmin.services.history import History

MANY = 3000
"""With more people than this 今日 and 三方核对 are read only when they are seen."""
OPEN_STATES = frozenset(STATES) - FINAL


class Frame:
    """The few readings and acts that belong to no desk; what they need is imported by then."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._written = workplace.store.journal_head()

    @cached_property
    def _history(self) -> History:
        from wxadmin.services.history import History

        return History(self._workplace)

    def company(self) -> str:
        """Return the company's name."""
        return self._workplace.office().company_name

    def undo(self) -> str | None:
        """Take back the newest act in effect and say so; None where there is nothing."""
        target = self._history.to_undo()
        return f"已{self._history.undo(target.id).title}" if target else None

    def redo(self) -> str | None:
        """Bring back what was taken back last and say so; None where there is nothing."""
        target = self._history.to_redo()
        return f"已{self._history.undo(target.id).title}" if target else None

    def counts(self) -> dict[str, int]:
        """Return how much there is to do at each desk."""
        store = self._workplace.store
        return {
            "forms": store.count(Form, state=OPEN_STATES),
            "checklists": store.count(Checklist, state=RUNNING),
        }

    def due(self, in_view: str = "") -> dict[str, int]:
        """Return what is due today and what the three lists differ in, read beside the window.

        A large office is counted only when the desk itself is read; the desk in view tells its own
        number.
        """
        if self._workplace.store.count(Employee) > MANY:
            return {}
        from wxadmin.services.reconciliation import Reconciliation
        from wxadmin.services.reminders import Reminders

        found = {}
        if in_view != "today":
            found["today"] = Reminders(self._workplace).today().waiting
        if in_view != "reconciliation":
            found["reconciliation"] = Reconciliation(self._workplace).waiting()
        return found

    def last_backup(self) -> str:
        """Say when the last backup was made; "" where there is none."""
        from wxadmin.services.backups import Backups

        lines = Backups(self._workplace).lines()
        if not lines:
            return ""
        made = lines[0].made
        today = datetime.now().date()
        day = "今天" if made.date() == today else f"{made:%m-%d}"
        short = "" if Backups(self._workplace).paper_is_kept() else "，扫描件没备份全"
        return f"{day} {made:%H:%M}{short}"

    def close(self) -> None:
        """Back up what was written since the start, then let go of the register.

        A backup that cannot be written never keeps the window open: the next one will say so.
        """
        from wxadmin.services.backups import CLOSING, Backups

        written = self._workplace.store.journal_head() != self._written
        if self._workplace.register.writable and written:
            with suppress(UserError):
                Backups(self._workplace).make(why=CLOSING)
        self._workplace.close()

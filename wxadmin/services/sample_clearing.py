"""Take the sample office out again in one act, with everything that was tried out on it."""

from __future__ import annotations

from dataclasses import replace

from wxadmin.domain.change import AnyChange, Change, combined
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.journal import JournalOperation, in_effect
from wxadmin.domain.organisation import Office, PolicyOverride
from wxadmin.domain.person import Employee
from wxadmin.services.sample_office import TITLE
from wxadmin.services.workplace import Workplace

CLEARED = "清除示例办公室"
KEPT = (Office, PolicyOverride)
"""Not part of the sample: the company's name and the settings she made."""


@dataclass(frozen=True, slots=True)
class SampleStock:
    """What clearing would take out: how many people there are, and how many later acts."""

    people: int
    acts_since: int


class SampleClearing:
    """The sample office goes as it came: as one act that can be undone."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def stock(self) -> SampleStock | None:
        """Return what there is to clear; None where no sample office lies in the register."""
        filled = self._filled()
        if filled is None or not self._workplace.office().sample:
            return None
        operations = self._workplace.journal.operations()
        since = sum(o.id > filled.id for o in operations)
        return SampleStock(self._workplace.store.count(Employee), since)

    def clear(self) -> int | None:
        """Take out the sample and what was done with it; units and groups of the pack stay.

        Afterwards the register counts as a real one. Raises `UserError` where there is no sample.
        """
        filled, office = self._filled(), self._workplace.office()
        if filled is None or not office.sample:
            raise UserError("登记库里没有示例办公室，没有改动。", "no_sample")
        changes: list[AnyChange] = self._workplace.journal.changes_back_to(filled.id, KEPT)
        changes.append(Change(office, replace(office, sample=False)))
        with self._workplace.act(CLEARED) as operation:
            operation.write(combined(changes))
        return operation.id

    def _filled(self) -> JournalOperation | None:
        operations = self._workplace.journal.operations()
        holds = in_effect(operations)
        return next((o for o in operations if o.title == TITLE and holds[o.id]), None)

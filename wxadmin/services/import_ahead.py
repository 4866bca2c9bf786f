"""Load what planning will need while the reading child is still busy with the file."""

from __future__ import annotations

import logging
from threading import Thread

from wxadmin.domain.person import Employee
from wxadmin.services.pinyin import syllables
from wxadmin.services.workplace import Workplace

log = logging.getLogger(__name__)


class Ahead:
    """The people of the register, loaded in a thread of its own.

    What it holds counts only as long as nobody wrote in the meantime; else it is loaded again.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._head: object = None
        self._people: list[Employee] = []
        self._thread = Thread(target=self._load, name="import-ahead", daemon=True)
        self._thread.start()

    def _load(self) -> None:
        try:
            head = self._workplace.journal.head()
            self._people = self._workplace.store.all(Employee)
            if not self._people:
                syllables("甲")  # everybody will be new: have the readings at hand
            _ = self._workplace.pack
            self._head = head
        except Exception:  # whatever is wrong is told where it is loaded in earnest
            log.debug("loading ahead failed", exc_info=True)

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *error: object) -> None:
        self._thread.join()

    def people(self) -> list[Employee]:
        """Return everybody in the register as it stands now."""
        self._thread.join()
        if self._head is not None and self._head == self._workplace.journal.head():
            return self._people
        return self._workplace.store.all(Employee)

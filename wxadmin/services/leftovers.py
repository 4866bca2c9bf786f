"""Files in 扫描件 and 来件 that no record refers to: moved out, the backups keep them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from wxadmin.files import BACKUP
from wxadmin.services.paper_files import referred
from wxadmin.services.workplace import Workplace
from wxadmin.storage.beside import PAPER, file_hash, files_beside
from wxadmin.storage.engine import is_database
from wxadmin.storage.exchange import sweep_empty
from wxadmin.storage.paper_store import PaperStore

_DAY = 86_400.0


class Leftovers:
    """What an undone or cut short act, or a page given to its form, left in the folders."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def sweep(self, store: PaperStore) -> int:
        """Remove what nobody refers to for so many days and the store of backups has whole.

        A file that a record refers to is never touched, nor anything where a second register
        lies in the same folder: the files may be that one's. Returns how many were removed.
        """
        register = self._workplace.register.path
        if register is None or not self._workplace.register.writable or _shares(register):
            return 0
        oldest = time.time() - self._workplace.number("paper_leftover_days") * _DAY
        removed = 0
        for place in self._unused(register, oldest):
            with suppress(OSError):  # held open: the next time
                if store.find_hash(file_hash(place)) is not None:
                    place.unlink()
                    removed += 1
        if removed:
            sweep_empty(register)
        return removed

    def _unused(self, register: Path, oldest: float) -> Iterator[Path]:
        used = {path.casefold() for path in referred(self._workplace.store)}
        for path, place in list(files_beside(register)):
            if path.split("/")[0] in PAPER and path.casefold() not in used:
                with suppress(OSError):
                    if place.stat().st_mtime < oldest:
                        yield place


def _shares(register: Path) -> bool:
    """Whether another register lies in the same folder; a copy of this one does not count."""
    return any(
        is_database(path)
        for path in register.parent.iterdir()
        if not path.name.startswith(register.name) and path.suffix != BACKUP
    )

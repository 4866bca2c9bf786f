"""The files that records refer to (扫描件, 来件): which are gone or altered, and fetched back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from wxadmin import paths
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.incoming import Incoming, Scan
from wxadmin.files import replace_file
from wxadmin.services.workplace import Workplace
from wxadmin.storage.beside import Kept, all_beside, file_hash, is_safe
from wxadmin.storage.paper_store import PaperStore
from wxadmin.storage.store import Store

_WORDS = {paths.SCANS: "扫描件", paths.INCOMINGS: "来件"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A file a record refers to that is not as it was; `copy` is where a backup has it."""

    path: str
    sha256: str
    altered: bool
    copy: Path | None

    @property
    def sentence(self) -> str:
        """Return it as one sentence."""
        folder, _, name = self.path.partition("/")
        what = "被改动过" if self.altered else "不见了"
        way = "（备份里有，可以找回）" if self.copy else ""
        return f"{_WORDS[folder]}《{name}》{what}{way}"


@dataclass(frozen=True, slots=True)
class Mended:
    """Which files were fetched back from the backups, and what no backup has."""

    fetched: tuple[str, ...]
    lost: tuple[Fault, ...]


def referred(store: Store) -> dict[str, str]:
    """Return the files that records refer to, by path, with the hash they were entered with."""
    found = {}
    for kind, folder in ((Scan, paths.SCANS), (Incoming, paths.INCOMINGS)):
        for name, sha256 in store.columns(kind, "stored_name", "sha256"):
            path = f"{folder}/{name}"
            if is_safe(path):  # a register from elsewhere may say anything
                found[path] = str(sha256)
    return found


class PaperFiles:
    """Looks after the files of one register."""

    def __init__(self, workplace: Workplace) -> None:
        self._register = workplace.register.path
        self._store = workplace.store
        self._backups = workplace.backups

    def present(self, *, trusting: bool = True) -> list[Kept]:
        """Return every file beside the register; what a record vouches for is not read again."""
        if self._register is None:
            return []
        known = {}
        for path, sha256 in referred(self._store).items() if trusting else ():
            place = self._register.parent / path
            if place.is_file():
                known[path] = Kept(path, sha256, place.stat().st_size)
        return all_beside(self._register, known)

    def missing(self) -> list[str]:
        """Return which files records refer to are not there; none is read."""
        if self._register is None:
            return []
        folder = self._register.parent
        return [path for path in referred(self._store) if not (folder / path).is_file()]

    def faults(self) -> list[Fault]:
        """Return what is wrong with the files records refer to; every one is read."""
        return list(self._faults())

    def _faults(self) -> Iterator[Fault]:
        if self._register is None:
            return
        kept = PaperStore(self._backups) if self._backups else None
        for path, sha256 in referred(self._store).items():
            altered = _altered(self._register.parent / path, sha256)
            if altered is not False:
                copy = kept.find_hash(sha256) if kept else None
                yield Fault(path, sha256, bool(altered), copy)

    def mend(self) -> Mended:
        """Fetch back from the backups what is gone or altered; an altered one is kept there too."""
        fetched, lost = [], []
        for fault in self.faults():
            if fault.copy is None or self._register is None:
                lost.append(fault)
                continue
            place = self._register.parent / fault.path
            if fault.altered and self._backups:
                changed = Kept(fault.path, file_hash(place), place.stat().st_size)
                PaperStore(self._backups).keep(self._register, [changed])
            copy = fault.copy
            replace_file(place, lambda fresh, copy=copy: _copy(copy, fresh))  # type: ignore[misc]
            fetched.append(fault.path)
        return Mended(tuple(fetched), tuple(lost))


def _altered(place: Path, sha256: str) -> bool | None:
    """Whether a file is other than it was; None where it is gone."""
    try:
        return file_hash(place) != sha256
    except OSError:
        return None


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)

"""Put a backup, or a colleague's hand-over file, in a register's place, with its files."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from wxadmin import paths
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.files import reason_of
from wxadmin.progress import Progress, silent
from wxadmin.services.paper_files import referred
from wxadmin.storage import parcel
from wxadmin.storage.backup import automatic_name, check_backup, fetch, keep_aside
from wxadmin.storage.beside import all_beside
from wxadmin.storage.columns import SCHEMA_HEAD
from wxadmin.storage.engine import open_database
from wxadmin.storage.exchange import Exchange, finish_exchange
from wxadmin.storage.paper_store import PaperStore
from wxadmin.storage.store import Store

BEFORE = "恢复前"


@dataclass(frozen=True, slots=True)
class PutBack:
    """What was put back: where the former register is kept, how many files came along, and which
    no backup has."""

    aside: Path
    files: int
    lost: tuple[str, ...]

    def sentence(self) -> str:
        """Say what became of the files; "" where there is nothing to say."""
        came = f"连同 {self.files} 个扫描件、来件和制度文件。" if self.files else ""
        if not self.lost:
            return came
        more = f"等 {len(self.lost)} 个文件" if len(self.lost) > 1 else ""
        return f"{came}《{self.lost[0]}》{more}在备份里找不到。"


def put_back(
    backup: Path, register: Path, aside_folder: Path, progress: Progress = silent
) -> PutBack:
    """Put a backup or hand-over file in a register's place; the present one is kept, files too.

    All of it or nothing, also where the program is killed. The register must be closed, and the
    writer's lock held by the caller. Raises `UserError` where the file is damaged, somebody
    else's or from a newer program; nothing is changed then.
    """
    return gather(backup, register, aside_folder, progress).carry_out()


def gather(
    backup: Path, register: Path, aside_folder: Path, progress: Progress = silent
) -> Gathered:
    """Do of `put_back` what takes long and changes nothing; the register may still be open."""
    finish_exchange(register)
    exchange = Exchange(register)
    try:
        exchange.begin()
        taking = _Taking(exchange, register, aside_folder)
        if parcel.is_parcel(backup):
            taking.parcel(backup, progress)
        else:
            taking.backup(backup)
    except BaseException as error:
        exchange.abandon()
        if isinstance(error, OSError):
            raise _not_done(error) from error
        raise
    return Gathered(exchange, taking)


class Gathered:
    """What was looked through and waits to be put in place: carry it out, or abandon it."""

    def __init__(self, exchange: Exchange, taking: _Taking) -> None:
        self._exchange = exchange
        self._taking = taking

    def carry_out(self) -> PutBack:
        """Put it in place, the present register and files kept aside first (see `put_back`)."""
        try:
            aside = self._taking.keep_present()
            self._exchange.carry_out()
        except OSError as error:
            raise _not_done(error) from error
        finally:
            self._exchange.abandon()
        return PutBack(aside, self._taking.came, tuple(self._taking.lost))

    def abandon(self) -> None:
        """Nothing is put in place."""
        self._exchange.abandon()


def _not_done(error: OSError) -> UserError:
    return UserError(
        f"没有恢复成功（{reason_of(error)}），原登记库没有动。请检查磁盘空间后再试。",
        "restore_failed",
    )


class _Taking:
    """One exchange while it is gathered."""

    def __init__(self, exchange: Exchange, register: Path, aside_folder: Path) -> None:
        self._exchange = exchange
        self._register = register
        self._aside = aside_folder
        self._present = {kept.path: kept for kept in all_beside(register)}
        self.came = 0
        self.lost: list[str] = []

    def parcel(self, path: Path, progress: Progress) -> None:
        """Gather what a hand-over file holds; the policies are its own from then on."""
        parcel.room_for(parcel.contents_of(path), self._exchange.folder)
        place, place_for = self._exchange.register, self._exchange.place_for
        contents = parcel.unpack(path, place, place_for, progress)
        check_backup(place, path.name)
        self.came = len(contents.files)
        self._leave_only({kept.path for kept in contents.files})

    def backup(self, path: Path) -> None:
        """Gather a backup and, from the store beside it, what is missing or other than it was."""
        fetch(path, self._exchange.register)
        stores = [PaperStore(path.parent), PaperStore(self._aside)]
        listed = next((found for s in stores if (found := s.list_of(path.name)) is not None), None)
        records = _records(self._exchange.register)
        wanted = {kept.path: kept.sha256 for kept in listed or ()} | records
        for name, sha256 in wanted.items():
            here = self._present.get(name)
            if here is None or here.sha256 != sha256:
                self._fetch(name, sha256, stores)
        if listed is not None:
            self._leave_only(set(wanted))

    def _fetch(self, name: str, sha256: str, stores: list[PaperStore]) -> None:
        copy = next((found for s in stores if (found := s.find_hash(sha256))), None)
        if copy is None:
            self.lost.append(name)
            return
        shutil.copyfile(copy, self._exchange.place_for(name))
        self.came += 1

    def _leave_only(self, paths_wanted: set[str]) -> None:
        """Policies that came later are no longer in force; the store has them."""
        folder = f"{paths.POLICIES}/"
        for path in self._present:
            if path.startswith(folder) and path not in paths_wanted:
                self._exchange.remove(path)

    def keep_present(self) -> Path:
        """Keep the present register and its files before anything takes their place.

        Returns where the register is kept.
        """
        aside = self._aside / automatic_name(self._register, datetime.now(), BEFORE)
        files = list(self._present.values())
        if files:
            store = PaperStore(aside.parent)
            store.keep(self._register, files)
            store.write_list(aside.name, files)
        if self._register.exists():
            keep_aside(self._register, aside)
        return aside


def _records(register: Path) -> dict[str, str]:
    """Return the files the records of a register refer to; an older one says so once upgraded."""
    store = Store(open_database(register, writing=False))
    try:
        return referred(store) if store.schema_version() == SCHEMA_HEAD else {}
    finally:
        store.close()

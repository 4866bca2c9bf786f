"""A register as a whole: make one, open one for reading or writing, let go of it again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError
from wxadmin.domain.organisation import Office
from wxadmin.files import put_in_place, reason_of
from wxadmin.storage.columns import SCHEMA_HEAD
from wxadmin.storage.database import is_url
from wxadmin.storage.engine import (
    check_header,
    create_database,
    has_hot_journal,
    integrity_findings,
    open_database,
)
from wxadmin.storage.lock import WriterLock
from wxadmin.storage.migrate import bring_up_to_date, refuse_unknown
from wxadmin.storage.refusals import damaged
from wxadmin.storage.store import Store

if TYPE_CHECKING:
    from wxadmin.storage.journal import Journal
    from wxadmin.storage.server import ServerLock

EXCHANGE = ".exchange"
"""Behind the register's name: the folder of an exchange that is under way."""


class Register:
    """An open register: its store, its journal, and the writer's lock while it is held."""

    def __init__(self, location: str, store: Store, lock: WriterLock | ServerLock | None) -> None:
        self.location = location
        self.store = store
        self._lock = lock

    @cached_property
    def journal(self) -> Journal:
        """Return the journal."""
        from wxadmin.storage.journal import Journal

        return Journal(self.store)

    @property
    def path(self) -> Path | None:
        """Return the file, or None for a register on a database server."""
        return self.store.database.path

    @property
    def writable(self) -> bool:
        """Say whether this register may be written."""
        return self.store.database.writable

    def close(self) -> None:
        """Let go of file and lock."""
        self.store.close()
        if self._lock is not None:
            self._lock.release()


def create_register(location: str) -> Register:
    """Make a new, empty register; only first run and `init` call this.

    It is made beside its place and moved there when its tables stand, so that a first run that
    is cut short leaves no half register; one that nobody set up yet is taken as it is.
    """
    if is_url(location):
        return _create_on_server(location)
    path = Path(location)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"不能建文件夹“{path.parent}”（{reason_of(error)}）。请换一个可写的位置。", "read_only"
        ) from error
    lock = WriterLock(path)
    lock.acquire()
    try:
        if exchange_begun(path):
            from wxadmin.storage.exchange import finish_exchange

            finish_exchange(path)
        if not _waits_for_setup(path):
            _make(path)
        store = Store(open_database(path, writing=True))
    except BaseException:
        lock.release()
        raise
    return Register(location, store, lock)


def _make(path: Path) -> None:
    if path.exists():
        raise UserError(f"“{path}”已经存在，没有动它。请换一个文件名。", "exists")
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        store = Store(create_database(fresh))
        try:
            store.create_schema()
        finally:
            store.close()
        put_in_place(fresh, path)
    except OSError as error:
        raise UserError(
            f"不能在“{path.parent}”建库（{reason_of(error)}）。请换一个可写的文件夹。", "read_only"
        ) from error
    finally:
        for leftover in (fresh, fresh.with_name(fresh.name + "-journal")):
            leftover.unlink(missing_ok=True)


def _waits_for_setup(path: Path) -> bool:
    """Say whether a register of this schema lies there that was made, but never set up."""
    try:
        store = Store(open_database(path, writing=False))
    except UserError:
        return False
    try:
        return _not_set_up(store)
    finally:
        store.close()


def _not_set_up(store: Store) -> bool:
    try:
        return store.schema_version() == SCHEMA_HEAD and not store.count(Office)
    except UserError:
        return False


def open_register(
    location: str,
    *,
    writing: bool,
    back_up: Callable[[Path], object] = lambda path: None,
    checked: bool = False,
) -> Register:
    """Open an existing register; a writer takes the lock and brings an older one up to date.

    `back_up` is called with the file before anything is migrated; `checked` runs SQLite's full
    check before the first write. Raises `UserError` where the file is missing, empty, damaged,
    somebody else's, newer than the program, or in use.
    """
    if is_url(location):
        return _open_on_server(location, writing=writing)
    path = Path(location)
    if exchange_begun(path):
        _finish(path, writing=writing)
    if not writing:
        return _open_for_reading(location, path)
    check_header(path)
    lock = WriterLock(path)
    lock.acquire()
    try:
        store = _open_for_writing(path, checked=checked)
        try:
            bring_up_to_date(store, lambda: back_up(path), path.name)
        except BaseException:
            store.close()
            raise
    except BaseException:
        lock.release()
        raise
    return Register(location, store, lock)


def exchange_begun(path: Path) -> bool:
    """Whether another register was being put in this one's place; it may lie there already."""
    return path.with_name(path.name + EXCHANGE).exists()


def _finish(path: Path, *, writing: bool) -> None:
    """Finish an exchange that was cut short; refused while somebody else is at it."""
    from wxadmin.storage.exchange import finish_exchange, is_cut_short

    if not writing and not is_cut_short(path):
        return  # it was cut short before it changed anything
    lock = WriterLock(path)
    lock.acquire()
    try:
        finish_exchange(path)
    finally:
        lock.release()


def _open_for_writing(path: Path, *, checked: bool) -> Store:
    """Open a file nobody else writes; after an act that was cut short it is looked at whole."""
    cut_short = has_hot_journal(path)
    if cut_short:
        _keep_copy(path)
    store = Store(open_database(path, writing=True))
    try:
        if (cut_short or checked) and integrity_findings(path):
            raise damaged(path)
    except BaseException:
        store.close()
        raise
    return store


def _keep_copy(path: Path) -> None:
    """Copy a file and its journal as they were found, before SQLite takes the act back."""
    for name in (path.name, path.name + "-journal"):
        with suppress(OSError):  # a full disk must not keep anybody out of the register
            shutil.copyfile(path.with_name(name), path.with_name(name + ".中断前"))


def _open_for_reading(location: str, path: Path) -> Register:
    store = Store(open_database(path, writing=False))
    try:
        refuse_unknown(store, path.name)
    except UserError:
        store.close()
        raise
    return Register(location, store, None)


def _create_on_server(url: str) -> Register:
    """Make the tables in an empty database of a server, all of them or none."""
    from wxadmin.storage.server import open_server, refuse_tables

    database, lock = open_server(url, writing=True)
    register = Register(url, Store(database), lock)
    try:
        if not _not_set_up(register.store):
            refuse_tables(database, url)
            register.store.create_schema()
    except BaseException:
        register.close()
        raise
    return register


def _open_on_server(url: str, *, writing: bool) -> Register:
    """Open a server's register; a writer brings an older one up to date, backups are not ours."""
    from wxadmin.storage.server import open_server, shown

    database, lock = open_server(url, writing=writing)
    register = Register(url, Store(database), lock)
    try:
        if writing:
            bring_up_to_date(register.store, lambda: None, shown(url))
        else:
            refuse_unknown(register.store, shown(url))
    except BaseException:
        register.close()
        raise
    return register

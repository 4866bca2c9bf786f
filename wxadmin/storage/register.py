"""A register as a whole: make one, open one for reading or writing, let go of it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.storage.engine import (
    check_header,
    create_database,
    is_url,
    open_database,
    open_url,
)
from wxadmin.storage.journal import Journal
from wxadmin.storage.lock import WriterLock
from wxadmin.storage.migrate import bring_up_to_date, refuse_unknown
from wxadmin.storage.store import Store


class Register:
    """An open register: its store, its journal, and the writer's lock while it is held."""

    def __init__(self, location: str, store: Store, lock: WriterLock | None) -> None:
        self.location = location
        self.store = store
        self.journal = Journal(store)
        self._lock = lock

    @property
    def path(self) -> Path | None:
        """Return the file, or None for a register on a database server."""
        return self.store.database.path

    @property
    def writable(self) -> bool:
        """Say whether this register may be written."""
        return self.store.database.writer is not None

    def close(self) -> None:
        """Let go of file and lock."""
        self.store.close()
        if self._lock is not None:
            self._lock.release()


def create_register(location: str) -> Register:
    """Make a new, empty register; only first run and `init` call this."""
    path = Path(location)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"不能建文件夹“{path.parent}”。请换一个可写的位置。", "read_only"
        ) from error
    lock = WriterLock(path)
    lock.acquire()
    try:
        store = Store(create_database(path))
        store.create_schema()
    except BaseException:
        lock.release()
        raise
    return Register(location, store, lock)


def open_register(
    location: str, *, writing: bool, back_up: Callable[[Path], object] = lambda path: None
) -> Register:
    """Open an existing register; a writer takes the lock and brings an older one up to date.

    `back_up` is called with the file before anything is migrated. Raises `UserError` where the
    file is missing, empty, damaged, somebody else's, newer than the program, or in use.
    """
    if is_url(location):
        return Register(location, Store(open_url(location)), None)
    path = Path(location)
    if not writing:
        return _open_for_reading(location, path)
    check_header(path)
    lock = WriterLock(path)
    lock.acquire()
    try:
        store = Store(open_database(path, writing=True))
        try:
            bring_up_to_date(store, lambda: back_up(path), path.name)
        except BaseException:
            store.close()
            raise
    except BaseException:
        lock.release()
        raise
    return Register(location, store, lock)


def _open_for_reading(location: str, path: Path) -> Register:
    store = Store(open_database(path, writing=False))
    try:
        refuse_unknown(store, path.name)
    except UserError:
        store.close()
        raise
    return Register(location, store, None)

"""Open the database with every safety set and read back; all that is particular to SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wxadmin.domain.errors import UserError
from wxadmin.files import reason_of
from wxadmin.storage.database import Database
from wxadmin.storage.refusals import damaged_by, disk_full, disk_trouble, open_refusal, refusal_of
from wxadmin.storage.rows import Readers

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

APPLICATION_ID = 0x77786164
"""Written into the file's header ("wxad"), so that another program's database is told apart."""

DatabaseError = sqlite3.Error
"""What goes wrong in the file itself, below SQLAlchemy."""

WAIT_SECONDS = 5.0
_MAGIC = b"SQLite format 3\x00"

# what must hold on every connection; read back, and refused where it does not
_PRAGMAS: dict[str, tuple[str | int, str | int]] = {
    "journal_mode": ("TRUNCATE", "truncate"),
    "synchronous": ("EXTRA", 3),
    "foreign_keys": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "secure_delete": ("ON", 1),
}


def create_database(path: Path) -> Database:
    """Make a new, empty database file; the one place where a missing file may come to be."""
    if path.exists():
        raise UserError(f"“{path}”已经存在，没有动它。请换一个文件名。", "exists")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode=TRUNCATE")
            connection.execute("PRAGMA user_version=1")
    except (OSError, sqlite3.OperationalError) as error:
        if "full" in str(error):
            raise disk_full() from error
        raise UserError(
            f"不能在“{path.parent}”建库：文件夹不存在或只读。请换一个可写的文件夹。", "read_only"
        ) from error
    return open_database(path, writing=True)


def is_database(path: Path) -> bool:
    """Whether a file begins as an SQLite database does."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def open_database(path: Path, *, writing: bool) -> Database:
    """Open an existing database file. Raises `UserError` where it is damaged or not ours."""
    check_header(path)
    _set_stale_log_aside(path)
    _connect(path, writing=writing).close()  # it can be opened, and every setting holds
    return Database(
        path,
        Readers(lambda: _connect(path, writing=False)),
        lambda to_write: _engine(path, writing=to_write),
        lambda error: refusal_of(error, path),
        writable=writing,
    )


def _engine(path: Path, *, writing: bool) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(path, writing=writing),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=6,
    )
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def check_header(path: Path) -> None:
    """Refuse, before SQLite touches it, a file that is missing, empty, damaged or not ours."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise UserError(
            f"没有找到登记库“{path}”。第一次使用请先建库，或检查路径。", "no_register"
        ) from None
    except OSError as error:
        raise UserError(f"打不开登记库“{path}”：{reason_of(error)}。", "unreadable") from error
    if not header:
        raise damaged_by(path, "文件是空的")
    if header[:16] != _MAGIC:
        raise damaged_by(path, "文件开头不是登记库")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise UserError(
            f"“{path.name}”是别的程序的数据库，不是本程序的登记库，没有动它。", "not_ours"
        )
    if not _whole(path, header):
        raise damaged_by(path, "文件不完整，后面少了一截")


def _whole(path: Path, header: bytes) -> bool:
    """Say whether the file is as long as its header says; an unfinished act may differ."""
    if has_hot_journal(path) or _companion(path, "-wal").exists():
        return True
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    return path.stat().st_size >= (65536 if page == 1 else page) * pages


def _companion(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _set_stale_log_aside(path: Path) -> None:
    """Move a -wal away that is not this file's own: SQLite would read old pages out of it.

    A register is never in WAL mode; one that another tool put there says so in its header.
    """
    log = _companion(path, "-wal")
    if not log.exists():
        return
    with path.open("rb") as file:
        own = file.read(20)[18:20] != b"\x01\x01"
    if own:
        return
    try:
        log.replace(_companion(path, "-wal.旧"))
        _companion(path, "-shm").unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            f"“{log.name}”不是这个登记库的，又移不开（{reason_of(error)}）。请把它移走再打开。",
            "stale_log",
        ) from error


def _connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    mode = "rw" if writing or has_hot_journal(path) else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    try:
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, timeout=WAIT_SECONDS, check_same_thread=False
        )
        _secure(connection, path, writing=writing)
    except sqlite3.DatabaseError as error:
        raise open_refusal(path, error) from error
    return connection


def has_hot_journal(path: Path) -> bool:
    """Say whether an act was cut short, so that SQLite takes its beginnings back on opening."""
    journal = _companion(path, "-journal")
    return journal.exists() and journal.stat().st_size > 0


def _secure(connection: sqlite3.Connection, path: Path, *, writing: bool) -> None:
    for name, (wanted, read_back) in _PRAGMAS.items():
        if not writing and name == "journal_mode":
            continue  # a reader may not change it
        connection.execute(f"PRAGMA {name}={wanted}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != read_back:
            raise UserError(
                f"登记库“{path.name}”的安全设置 {name} 没有生效，已停止打开。", "unsafe"
            )
    if writing:
        _refuse_read_only(connection, path)
    else:
        connection.execute("PRAGMA query_only=ON")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _refuse_read_only(connection: sqlite3.Connection, path: Path) -> None:
    """Try to write, and take it back: SQLite opens a read-only file for writing unasked."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("PRAGMA user_version=1")
    except sqlite3.OperationalError as error:
        if "readonly" in str(error) or "unable to open" in str(error):
            raise open_refusal(path, error) from error  # a full disk may still be read
    finally:
        if connection.in_transaction:  # SQLite itself takes it back where the disk fails
            connection.execute("ROLLBACK")


def copy_database(source: Path, target: Path) -> None:
    """Copy a living database into a new file, consistently, through SQLite's own backup."""
    mode = "rw" if has_hot_journal(source) else "ro"
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode={mode}", uri=True)) as old,
        closing(sqlite3.connect(target, isolation_level=None)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode=TRUNCATE")


def finish_cut_short(path: Path) -> None:
    """Let SQLite take back what was cut short, before its journal is moved; a ruin may stay."""
    if not has_hot_journal(path):
        return
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(path, isolation_level=None)) as database,
    ):
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        database.execute("PRAGMA journal_mode=TRUNCATE")


@contextmanager
def references_unwatched(connection: Connection) -> Iterator[None]:
    """Let a migration drop tables and make them anew; afterwards the connection is thrown away.

    Only outside a transaction does SQLite heed the switch, so it is set below SQLAlchemy.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.invalidate()


def has_broken_reference(connection: Connection) -> bool:
    """Say whether any reference of the whole file points to nothing."""
    return connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None


def integrity_findings(path: Path) -> list[str]:
    """Return what SQLite's full check finds wrong with the file and its references.

    Raises `UserError` where the disk is the matter and not the file.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            rows = [str(row[0]) for row in db.execute("PRAGMA integrity_check")]
            findings = [] if rows == ["ok"] else [f"文件：{row}" for row in rows]
            findings += [
                f"引用：表 {table} 第 {rowid} 行指向 {parent} 中没有的记录"
                for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check")
            ]
    except sqlite3.DatabaseError as error:
        trouble = disk_trouble(str(error))
        if trouble is not None:
            raise trouble from error
        return [f"文件：{error}"]
    return findings

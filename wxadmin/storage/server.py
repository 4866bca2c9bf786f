"""A register on a PostgreSQL server: open it by its URL, and say in one sentence what will not do.

One writer by an advisory lock of the server, gone with its connection as a file's lock is gone
with its process; every act holds a second one, so that acts never interleave even where a lost
connection let another writer in.
"""

from __future__ import annotations

import getpass
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from wxadmin.domain.errors import UserError
from wxadmin.storage.database import Database
from wxadmin.storage.rows import Readers

BACKEND, DRIVER = "postgresql", "postgresql+psycopg"
FILE_BACKEND = "sqlite"
WRITER, ACT = 0x77786164, 0x77786165
"""The numbers of the two advisory locks: who writes, and the act that is being written."""

_NAME_LENGTH = 60  # the server cuts an application's name there
_WAIT = "-c lock_timeout=5s"
_READING = "-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"
_SAYS = {
    "42P01": ("登记库不完整（缺表），没有改动。请联系服务器管理员。", "incomplete"),
    "42703": ("登记库不完整（缺列），没有改动。请联系服务器管理员。", "incomplete"),
    "42501": ("登记库用户在服务器上没有这个权限，没有保存。请联系服务器管理员。", "no_rights"),
    "25006": ("服务器上的登记库现在只读，没有保存。请联系服务器管理员。", "read_only"),
    "53100": ("服务器磁盘已满，这一步没有保存。请联系服务器管理员。", "disk_full"),
    "55P03": ("登记库正在保存另一步，这一步没有保存。请稍后再试。", "locked"),
}
_LOST = UserError(
    "与登记库服务器的连接断了。请检查网络后再试；再试之前先看日志里有没有这一步。",
    "connection_lost",
)


def open_server(url: str, *, writing: bool) -> tuple[Database, ServerLock | None]:
    """Open a register on a server; a writer holds the lock that is returned.

    Raises `UserError` for an address that is none, a database this program does not know, a
    driver that is not installed, a server that does not answer, and a register somebody else
    writes; a password is never shown.
    """
    address = server_address(url)
    reader = _engine(address, _READING)
    database = Database(
        None,
        Readers(lambda: reader.raw_connection(), "%s", "SELECT 1"),
        lambda to_write: _writing_engine(address) if to_write else reader,
        _refusal(reader.dialect.loaded_dbapi),
        writable=writing,
    )
    try:
        database.reader.connect().close()
        writer = database.writer
        lock = None if writer is None else ServerLock(writer, shown(url))
        if lock is not None:
            lock.acquire()
    except SQLAlchemyError as error:
        database.close()
        raise UserError(
            f"连不上登记库“{shown(url)}”，没有改动。请检查地址、用户名、密码和网络。", "unreachable"
        ) from error
    except UserError:
        database.close()
        raise
    return database, lock


def _writing_engine(address: URL) -> Engine:
    engine = _engine(address, _WAIT)
    event.listen(engine, "begin", _hold_act)
    return engine


def _engine(address: URL, options: str) -> Engine:
    try:
        return create_engine(
            address,
            pool_pre_ping=True,
            connect_args={"options": options, "application_name": _name()},
        )
    except ImportError as error:
        raise UserError(
            "没有装 PostgreSQL 的驱动，没有打开。请先运行 pip install psycopg[binary]，或用文件。",
            "no_driver",
        ) from error


def _name() -> str:
    user = "?"
    with suppress(OSError, KeyError, ImportError):
        user = getpass.getuser()
    return f"{user}@{socket.gethostname()}".encode()[:_NAME_LENGTH].decode(errors="ignore")


def _hold_act(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ACT})


def _refusal(driver: Any) -> Callable[[BaseException], UserError | None]:
    """Return how to put what the driver raises into a sentence; None where it is a bug of ours."""
    lost = (driver.OperationalError, driver.InterfaceError)

    def say(error: BaseException) -> UserError | None:
        cause = getattr(error, "orig", error)
        if not isinstance(cause, driver.Error):
            return None
        said = _SAYS.get(getattr(cause, "sqlstate", None) or "")
        if said is not None:
            return UserError(*said)
        return _LOST if isinstance(cause, lost) else None

    return say


class ServerLock:
    """Held by whoever writes, for as long as the connection that took it lives."""

    def __init__(self, engine: Engine, register: str) -> None:
        self._engine = engine
        self._register = register
        self._connection: Connection | None = None

    def acquire(self) -> None:
        """Take the lock. Raises `UserError` naming the holder where somebody else has it."""
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        taken = connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({WRITER})").scalar_one()
        if taken:
            self._connection = connection
            return
        who = _holder(connection)
        connection.close()
        raise UserError(
            f"登记库“{self._register}”正在使用：{who}。请先关闭那个窗口再试。", "in_use"
        )

    def release(self) -> None:
        """Give the lock back by closing its connection for good."""
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None


def _holder(connection: Connection) -> str:
    found = connection.exec_driver_sql(
        "SELECT a.application_name, a.backend_start FROM pg_locks l "
        "JOIN pg_stat_activity a ON a.pid = l.pid "
        f"WHERE l.locktype = 'advisory' AND l.objid = {WRITER} AND l.granted "
        "AND a.datname = current_database()"
    ).first()
    return f"{found[0]}，自 {found[1]:%Y-%m-%d %H:%M} 起" if found else "另一个窗口或命令"


def server_address(url: str) -> URL:
    """Return the parts of a URL. Raises `UserError` for one that is no PostgreSQL server's."""
    try:
        address = make_url(url)
        backend = address.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise UserError(
            "登记库地址看不懂，没有打开。地址应写成 postgresql://用户@主机/库名，文件请直接写路径。",
            "bad_url",
        ) from error
    if backend == FILE_BACKEND:
        raise UserError("登记库是文件时请直接写文件路径，不要写成 sqlite:// 地址。", "sqlite_url")
    if backend != BACKEND:
        raise UserError(
            f"登记库地址里的数据库“{address.drivername}”不认识，没有打开。可用 postgresql://…。",
            "bad_url",
        )
    return address.set(drivername=DRIVER) if address.drivername == BACKEND else address


def shown(url: str) -> str:
    """Return the address as it may be shown: without the password."""
    return server_address(url).set(drivername=BACKEND).render_as_string(hide_password=True)


def refuse_tables(database: Database, url: str) -> None:
    """Refuse to make a register where anything lies already."""
    if inspect(database.reader).get_table_names():
        raise UserError(
            f"“{shown(url)}”里已经有数据，没有动它。请让服务器管理员另建一个空库。", "exists"
        )

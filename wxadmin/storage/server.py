"""Open a register on a database server by its URL, or say in one sentence why that cannot be."""

from __future__ import annotations

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from wxadmin.domain.errors import UserError
from wxadmin.storage.database import Database
from wxadmin.storage.rows import Readers

FILE_BACKEND = "sqlite"
_PERCENT = frozenset({"format", "pyformat"})


def open_url(url: str) -> Database:
    """Open a database server by its URL (the same store on PostgreSQL).

    Raises `UserError` for an address that is none, a database this program does not know, a
    driver that is not installed, and a server that does not answer; a password is never shown.
    """
    address = server_address(url)
    try:
        engine = create_engine(address)
    except NoSuchModuleError as error:
        raise UserError(
            f"登记库地址里的数据库“{address.drivername}”不认识，没有打开。可用 postgresql://…。",
            "bad_url",
        ) from error
    except ImportError as error:
        raise UserError(
            f"没有装 {address.drivername} 的驱动（{error.name}），没有打开。请先装好，或用文件。",
            "no_driver",
        ) from error
    try:
        engine.connect().close()
    except SQLAlchemyError as error:
        engine.dispose()
        shown = address.render_as_string(hide_password=True)
        raise UserError(
            f"连不上登记库“{shown}”，没有改动。请检查地址、用户名、密码和网络。", "unreachable"
        ) from error
    mark = "%s" if engine.dialect.paramstyle in _PERCENT else "?"
    plain = Readers(lambda: engine.raw_connection(), mark)
    return Database(None, plain, lambda writing: engine, lambda error: None, writable=True)


def server_address(url: str) -> URL:
    """Return the parts of a URL. Raises `UserError` where it has none, or names a file."""
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
    return address


def refuse_new_register(url: str) -> None:
    """Refuse to make a register on a server; nothing is made, neither there nor here."""
    address = server_address(url)
    shown = address.render_as_string(hide_password=True)
    raise UserError(
        f"不能在服务器“{shown}”上新建登记库，没有改动。新建请写一个文件路径。", "no_server_init"
    )

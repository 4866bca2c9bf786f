"""Bring an older register up to this program's schema; refuse a newer one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from wxadmin.domain.errors import UserError
from wxadmin.storage.columns import SCHEMA_HEAD
from wxadmin.storage.engine import has_broken_reference, references_unwatched
from wxadmin.storage.store import Store

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"


def known_versions() -> tuple[str, ...]:
    """Name every schema this program can read, oldest first."""
    return tuple(sorted(p.stem.split("_")[0] for p in (SCRIPTS / "versions").glob("[0-9]*.py")))


def bring_up_to_date(store: Store, back_up: Callable[[], object], name: str) -> bool:
    """Migrate where the register is older, after a backup copy; say whether anything was done.

    Every step runs in one transaction with the check of all references at its end, so a
    register is at the former schema or at the new one, never between.
    Raises `UserError` for a register from a newer program, or one without a version.
    """
    refuse_foreign_schema(store, name)
    if store.schema_version() == SCHEMA_HEAD:
        return False
    back_up()
    _upgrade(store)
    return True


def refuse_foreign_schema(store: Store, name: str) -> None:
    """Refuse a file from a newer program, or one without a version."""
    version = store.schema_version()
    if version != SCHEMA_HEAD and version not in known_versions():
        raise _unknown(version, name)


def refuse_unknown(store: Store, name: str) -> None:
    """Refuse a register this program cannot read as it stands (newer, older or without version)."""
    version = store.schema_version()
    if version == SCHEMA_HEAD:
        return
    refuse_foreign_schema(store, name)
    raise UserError(f"登记库“{name}”是旧版本的，请先用窗口打开一次（会先备份再升级）。", "older")


def _unknown(version: str, name: str) -> UserError:
    if not version:
        return UserError(
            f"登记库“{name}”不完整（没有版本记录），没有动它。请从备份恢复。", "incomplete"
        )
    return UserError(
        f"登记库“{name}”是更新版本的程序建的（库 {version}，本程序只认到 {SCHEMA_HEAD}），"
        "没有动它。请先升级程序。",
        "newer",
    )


def configuration() -> Config:
    """Return Alembic's configuration for our steps."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def _upgrade(store: Store) -> None:
    from alembic import command

    database = store.database
    assert database.writer is not None
    with store.sentences(), database.writer.connect() as connection:
        watched = references_unwatched(connection) if database.path else nullcontext()
        with watched, connection.begin():
            config = configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if database.path and has_broken_reference(connection):
                raise UserError("升级登记库时发现断开的引用，没有升级，数据未动。", "broken")

"""Registers as earlier versions of the program left them, journal and all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine

from wxadmin.storage import migrate
from wxadmin.storage.engine import create_database


def register_of(version: str, path: Path) -> Path:
    """Make a register of that schema, filled from the content kept beside this file."""
    from alembic import command

    create_database(path).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = migrate.configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        connection.exec_driver_sql("DELETE FROM alembic_version")
    engine.dispose()
    content = Path(__file__).with_name(f"register_{version}.sql")
    with closing(sqlite3.connect(path)) as db:
        db.executescript(content.read_text(encoding="utf-8"))
        db.commit()
    return path

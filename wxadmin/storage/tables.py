"""The tables: one for each kind of record, made from its fields, and the journal's own three."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from wxadmin.domain.catalogue import RECORDS, REFERENCES
from wxadmin.domain.change import Record
from wxadmin.domain.form import Form
from wxadmin.domain.incoming import Scan
from wxadmin.domain.person import Employee
from wxadmin.domain.wecom import Mark, WecomMember
from wxadmin.storage.columns import columns_of, tuple_from_text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class TupleText(TypeDecorator[tuple[Any, ...]]):
    """A tuple of plain values, kept as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> str:
        """Write the tuple as JSON."""
        return json.dumps(value, ensure_ascii=False) if value else "[]"

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...]:
        """Read the JSON as a tuple."""
        return tuple_from_text(value)


_TYPES: dict[type[Any], type[TypeEngine[Any]]] = {
    bool: Boolean,
    int: Integer,
    date: Date,
    str: Text,
    tuple: TupleText,
}


def _table(record: type[Record]) -> Table:
    columns: list[Column[Any]] = [Column("id", Integer, primary_key=True, autoincrement=False)]
    for shape in columns_of(record)[1:]:
        target = REFERENCES.get(shape.name)
        keys = []
        if target is not None:
            keys = [ForeignKey(f"{target.kind}.id", deferrable=True, initially="DEFERRED")]
        columns.append(
            Column(
                shape.name,
                _TYPES[shape.holds](),
                *keys,
                nullable=shape.nullable,
                index=target is not None,
            )
        )
    return Table(record.kind, metadata, *columns)


RECORD_TABLES: dict[type[Record], Table] = {record: _table(record) for record in RECORDS}

Index("ix_employee_emp_no", RECORD_TABLES[Employee].c.emp_no)
Index("ix_wecom_member_userid", RECORD_TABLES[WecomMember].c.userid)
Index("ix_mark_subject_id", RECORD_TABLES[Mark].c.subject_id)
Index("ix_form_number", RECORD_TABLES[Form].c.number)
Index("ix_scan_sha256", RECORD_TABLES[Scan].c.sha256)

operation = Table(
    "operation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime, nullable=False),
    Column("on", Date, nullable=False),
    Column("by", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("undoes", Integer, ForeignKey("operation.id"), nullable=True, index=True),
    Column("entries", Integer, nullable=False),
    Column("chain", String(64), nullable=False),
)

journal_entry = Table(
    "journal_entry",
    metadata,
    Column("operation_id", Integer, ForeignKey("operation.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("record_kind", String(32), nullable=False),
    Column("record_id", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("payload", Text, nullable=True),
    Column("salt", LargeBinary, nullable=True),
    Column("digest", LargeBinary, nullable=False),
)
Index("ix_journal_entry_record", journal_entry.c.record_kind, journal_entry.c.record_id)

counter = Table(
    "counter",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Integer, nullable=False),
)

journal_head = Table(
    "journal_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("operations", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("chain", String(64), nullable=False),
)

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),  # as Alembic itself names it
)

"""Scans and what came in, ways of a decision, delegates; codes and filings of groups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables of paper that comes home and the new fields of forms and groups."""
    _papers()
    _decisions()
    _renames()
    _forms()
    _groups()


def _fields(table: str, *columns: sa.Column[str] | sa.Column[int]) -> None:
    """Add columns that must hold something: a default while old rows are copied, then none."""
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.add_column(column)
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.alter_column(column.name, existing_type=column.type, server_default=None)


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _papers() -> None:
    op.create_table(
        "scan",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("stored_name", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["form_id"],
            ["form.id"],
            name="fk_scan_form_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_scan"),
    )
    op.create_index("ix_scan_form_id", "scan", ["form_id"], unique=False)
    op.create_index("ix_scan_sha256", "scan", ["sha256"], unique=False)
    op.create_table(
        "incoming",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("from_whom", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("stored_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"],
            ["form.id"],
            name="fk_incoming_form_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_incoming"),
    )
    op.create_index("ix_incoming_form_id", "incoming", ["form_id"], unique=False)


def _decisions() -> None:
    op.create_table(
        "signing_delegate",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employee.id"],
            name="fk_signing_delegate_employee_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_signing_delegate"),
    )
    op.create_index(
        "ix_signing_delegate_employee_id", "signing_delegate", ["employee_id"], unique=False
    )
    _fields("form_step", _text("way", "签字"))
    with op.batch_alter_table("form_step") as batch:
        batch.add_column(sa.Column("confirm_due", sa.Date(), nullable=True))
        batch.add_column(sa.Column("confirmed_on", sa.Date(), nullable=True))
    _fields("form_step", _text("for_whom"))
    with op.batch_alter_table("form_step") as batch:
        batch.add_column(sa.Column("scan_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            "fk_form_step_scan_id",
            "scan",
            ["scan_id"],
            ["id"],
            deferrable=True,
            initially="DEFERRED",
        )
        batch.create_index("ix_form_step_scan_id", ["scan_id"])


def _renames() -> None:
    op.create_table(
        "group_rename",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("old_name", sa.Text(), nullable=False),
        sa.Column("new_name", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("form_no", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name="fk_group_rename_group_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_group_rename"),
    )
    op.create_index("ix_group_rename_group_id", "group_rename", ["group_id"], unique=False)


def _forms() -> None:
    _fields(
        "form",
        sa.Column("sheet", sa.Integer(), nullable=False, server_default="1"),
        _text("copied_from"),
    )
    with op.batch_alter_table("form") as batch:
        batch.add_column(sa.Column("lost_on", sa.Date(), nullable=True))
    _fields("form", _text("lost_note"))
    op.create_index("ix_form_number", "form", ["number"], unique=False)


def _groups() -> None:
    _fields(
        "group",
        *map(_text, ("code", "public_name", "platform", "security_level", "creator")),
    )
    with op.batch_alter_table("group") as batch:
        batch.add_column(sa.Column("responsible_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            "fk_group_responsible_id",
            "employee",
            ["responsible_id"],
            ["id"],
            deferrable=True,
            initially="DEFERRED",
        )
        batch.create_index("ix_group_responsible_id", ["responsible_id"])
    _fields("group", _text("approved_by"))
    with op.batch_alter_table("group") as batch:
        batch.add_column(sa.Column("approved_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("undertaking_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("announced_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            "fk_group_merged_into_id",
            "group",
            ["merged_into_id"],
            ["id"],
            deferrable=True,
            initially="DEFERRED",
        )
        batch.create_index("ix_group_merged_into_id", ["merged_into_id"])
    _fields("group_role", _text("filing_no"), _text("filing_dept"))

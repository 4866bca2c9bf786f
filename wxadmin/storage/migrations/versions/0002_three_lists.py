"""WeCom's address book, marks, outsiders, checks of groups; kind and end of a group."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of the three lists and the new fields of groups and their members."""
    _address_book()
    _checks()
    _groups()
    _accounts()


def _address_book() -> None:
    op.create_table(
        "wecom_issue",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("corp_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wecom_issue"),
    )
    op.create_table(
        "wecom_member",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("userid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("departments", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("gender", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("company_email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("match_state", sa.Text(), nullable=False),
        sa.Column("match_how", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name="fk_wecom_member_account_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employee.id"],
            name="fk_wecom_member_employee_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_wecom_member"),
    )
    op.create_index("ix_wecom_member_account_id", "wecom_member", ["account_id"], unique=False)
    op.create_index("ix_wecom_member_employee_id", "wecom_member", ["employee_id"], unique=False)
    op.create_index("ix_wecom_member_userid", "wecom_member", ["userid"], unique=False)
    op.create_table(
        "mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mark"),
    )
    op.create_index("ix_mark_subject_id", "mark", ["subject_id"], unique=False)


def _checks() -> None:
    op.create_table(
        "check_round",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_check_round"),
    )
    op.create_table(
        "group_check",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("actual", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("group_name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("members_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["group.id"],
            name="fk_group_check_group_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["check_round.id"],
            name="fk_group_check_round_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_group_check"),
    )
    op.create_index("ix_group_check_group_id", "group_check", ["group_id"], unique=False)
    op.create_index("ix_group_check_round_id", "group_check", ["round_id"], unique=False)
    op.create_table(
        "group_check_line",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("nickname", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["group_check.id"],
            name="fk_group_check_line_check_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employee.id"],
            name="fk_group_check_line_employee_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_group_check_line"),
    )
    op.create_index("ix_group_check_line_check_id", "group_check_line", ["check_id"], unique=False)
    op.create_index(
        "ix_group_check_line_employee_id", "group_check_line", ["employee_id"], unique=False
    )


def _groups() -> None:
    # a column that must hold something needs a default while the old rows are copied, then none
    with op.batch_alter_table("group") as batch:
        batch.add_column(sa.Column("wecom_kind", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("dissolve_proof", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("last_active_on", sa.Date(), nullable=True))
    with op.batch_alter_table("group") as batch:
        batch.alter_column("wecom_kind", existing_type=sa.Text(), server_default=None)
        batch.alter_column("dissolve_proof", existing_type=sa.Text(), server_default=None)
    op.create_table(
        "external_person",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("person_kind", sa.Text(), nullable=False),
        sa.Column("brought_by", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_external_person"),
    )
    with op.batch_alter_table("group_member") as batch:
        batch.add_column(sa.Column("external_person_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            "fk_group_member_external_person_id",
            "external_person",
            ["external_person_id"],
            ["id"],
            deferrable=True,
            initially="DEFERRED",
        )
        batch.create_index("ix_group_member_external_person_id", ["external_person_id"])


def _accounts() -> None:
    op.add_column("account", sa.Column("state_until", sa.Date(), nullable=True))
    op.add_column("custody", sa.Column("login_on", sa.Date(), nullable=True))

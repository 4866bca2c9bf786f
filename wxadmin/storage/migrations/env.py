"""Alembic's way in: runs the steps on the connection it is handed, never on its own."""

from __future__ import annotations

from alembic import context

from wxadmin.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()

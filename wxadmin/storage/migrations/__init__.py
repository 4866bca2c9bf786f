"""How an older register becomes one this program knows: Alembic, each step one transaction."""

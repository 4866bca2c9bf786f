"""The register on disk; the only room that knows SQLAlchemy."""

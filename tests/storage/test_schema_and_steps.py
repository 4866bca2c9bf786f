"""The schema: fresh and migrated are the same; a step happens whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from textwrap import dedent

import pytest
from sqlalchemy import create_engine, inspect

from tests.builders import office, person, register_at
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.catalogue import REFERENCES
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.storage import migrate
from wxadmin.storage.columns import SCHEMA_HEAD
from wxadmin.storage.tables import RECORD_TABLES, metadata

NEXT = f"{int(SCHEMA_HEAD) + 1:04d}"
GOOD = """
    op.add_column("employee", sa.Column("shoe_size", sa.Integer(), nullable=True))
"""
BATCH = """
    with op.batch_alter_table("employee") as batch:
        batch.alter_column("name", existing_type=sa.Text(), type_=sa.String(64))
"""
BREAKS_HALF_WAY = """
    op.add_column("employee", sa.Column("shoe_size", sa.Integer(), nullable=True))
    op.drop_column("account", "remark")
    op.execute("INSERT INTO no_such_table VALUES (1)")
"""
BREAKS_A_REFERENCE = """
    op.execute("UPDATE employee SET org_unit_id = 99999")
"""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A register of the schema before the one the program will be told it has."""
    workplace = office(tmp_path)
    person(workplace)
    workplace.close()
    return Path(register_at(tmp_path))


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of steps with the real ones; the next is written by the test."""
    scripts = tmp_path / "steps"
    versions = scripts / "versions"
    versions.mkdir(parents=True)
    real = [path.name for path in (migrate.SCRIPTS / "versions").glob("0*.py")]
    for name in ("env.py", "script.py.mako", *(f"versions/{name}" for name in real)):
        text = (migrate.SCRIPTS / name).read_text(encoding="utf-8")
        (scripts / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(migrate, "SCHEMA_HEAD", NEXT)
    yield versions


def step(versions: Path, body: str) -> None:
    head = f"""
        import sqlalchemy as sa
        from alembic import op

        revision = "{NEXT}"
        down_revision = "{SCHEMA_HEAD}"


        def upgrade():
    """
    text = dedent(head).strip() + "\n" + body
    (versions / f"{NEXT}_next.py").write_text(text, encoding="utf-8")


def columns(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def reflected(path: Path) -> dict[str, object]:
    engine = create_engine(f"sqlite:///{path}")
    found: dict[str, object] = {}
    with engine.connect() as connection:
        look = inspect(connection)
        for table in look.get_table_names():
            found[table] = {
                "columns": [
                    (c["name"], str(c["type"]), c["nullable"], c["default"])
                    for c in look.get_columns(table)
                ],
                "key": look.get_pk_constraint(table),
                "indexes": sorted(
                    (str(i["name"]), tuple(i["column_names"]), i["unique"])
                    for i in look.get_indexes(table)
                ),
                "references": sorted(
                    (
                        k["name"] or "",
                        k["constrained_columns"],
                        k["referred_table"],
                        str(k["options"]),
                    )
                    for k in look.get_foreign_keys(table)
                ),
                "uniques": look.get_unique_constraints(table),
            }
    engine.dispose()
    return found


def test_a_migrated_register_has_the_schema_of_a_fresh_one(tmp_path: Path) -> None:
    from alembic import command

    fresh, migrated = tmp_path / "fresh.db", tmp_path / "migrated.db"
    engine = create_engine(f"sqlite:///{fresh}")
    metadata.create_all(engine)
    engine.dispose()
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.begin() as connection:
        config = migrate.configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
    assert reflected(migrated) == reflected(fresh)
    with closing(sqlite3.connect(migrated)) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [(SCHEMA_HEAD,)]


def test_the_newest_step_is_the_schema_the_program_knows() -> None:
    assert migrate.known_versions()[-1] == SCHEMA_HEAD


def test_every_foreign_key_is_indexed() -> None:
    for table in metadata.sorted_tables:
        leading = {next(iter(index.columns)).name for index in table.indexes}
        leading.add(next(iter(table.primary_key.columns)).name)
        for key in table.foreign_keys:
            assert key.parent.name in leading, f"{table.name}.{key.parent.name}"


def test_every_reference_of_a_record_is_a_foreign_key() -> None:
    for record, table in RECORD_TABLES.items():
        for column in table.columns:
            if column.name.endswith("_id") and column.name in REFERENCES:
                assert column.foreign_keys, f"{record.kind}.{column.name}"


@pytest.mark.parametrize("body", [GOOD, BATCH], ids=["add a column", "make a table anew"])
def test_an_older_register_is_brought_up_to_date_after_a_backup(
    body: str, older: Path, steps: Path
) -> None:
    step(steps, body)
    workplace = open_workplace(str(older), writing=True)
    assert len(workplace.store.all(Employee)) == 1
    assert workplace.store.schema_version() == NEXT
    assert workplace.journal.verify() == []
    workplace.close()
    backups = list((older.parent / "登记库-备份").glob("*升级前*"))
    assert len(backups) == 1
    with closing(sqlite3.connect(backups[0])) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [(SCHEMA_HEAD,)]
        assert db.execute("SELECT count(*) FROM employee").fetchone() == (1,)


@pytest.mark.parametrize("body", [BREAKS_HALF_WAY, BREAKS_A_REFERENCE])
def test_a_step_that_fails_leaves_the_register_as_it_was(
    body: str, older: Path, steps: Path
) -> None:
    step(steps, body)
    before = older.read_bytes()
    with pytest.raises(Exception, match=r"不完整|断开的引用"):
        open_workplace(str(older), writing=True)
    assert "shoe_size" not in columns(older, "employee")
    assert "remark" in columns(older, "account")
    assert older.read_bytes() == before or sqlite_dump(older) == sqlite_dump_of(before, older)
    (steps / f"{NEXT}_next.py").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "SCHEMA_HEAD", SCHEMA_HEAD)
        workplace = open_workplace(str(older), writing=True)
        assert len(workplace.store.all(Employee)) == 1
        workplace.close()


def sqlite_dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def sqlite_dump_of(data: bytes, beside: Path) -> list[str]:
    copy = beside.with_name("before.db")
    copy.write_bytes(data)
    return sqlite_dump(copy)


def test_foreign_keys_are_on_again_after_a_migration(older: Path, steps: Path) -> None:
    step(steps, BATCH)
    workplace = open_workplace(str(older), writing=True)
    writer = workplace.store.database.writer
    assert writer is not None
    with writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    workplace.close()


def test_a_reading_verb_does_not_migrate(older: Path, steps: Path) -> None:
    step(steps, GOOD)
    before = older.read_bytes()
    with pytest.raises(UserError) as refusal:
        open_workplace(str(older), writing=False)
    assert refusal.value.code == "older"
    assert older.read_bytes() == before


def test_without_a_backup_nothing_is_migrated(
    older: Path, steps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step(steps, GOOD)
    (older.parent / "登记库-备份").write_text("in the way", encoding="utf-8")
    with pytest.raises(UserError):
        open_workplace(str(older), writing=True)
    assert "shoe_size" not in columns(older, "employee")

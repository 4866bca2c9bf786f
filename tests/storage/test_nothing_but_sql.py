"""Outside the engine nothing is SQLite's own: tables, steps and statements are PostgreSQL's too."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from tests.builders import TODAY, office, person, write
from wxadmin.domain.change import Change
from wxadmin.domain.person import Employee
from wxadmin.services.history import History
from wxadmin.services.workplace import Workplace
from wxadmin.storage import migrate
from wxadmin.storage.past import PastStore
from wxadmin.storage.rows import Question
from wxadmin.storage.tables import RECORD_TABLES, metadata

STORAGE = Path(migrate.__file__).parent
OF_SQLITE = ("engine.py", "refusals.py")
OWN_WORDS = re.compile(
    r"\b(PRAGMA|rowid|sqlite3|sqlite_(?:master|schema|sequence)|GLOB|IFNULL|strftime|julianday"
    r"|AUTOINCREMENT|INSERT OR \w+|REPLACE INTO|ON CONFLICT|COLLATE)\b"
)
STEPS = sorted((STORAGE / "migrations" / "versions").glob("0*.py"))


def test_only_the_engine_says_what_only_sqlite_understands() -> None:
    found = {
        path.name: OWN_WORDS.findall(path.read_text(encoding="utf-8"))
        for path in STORAGE.rglob("*.py")
        if path.name not in OF_SQLITE
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_every_table_and_index_can_be_made_there() -> None:
    dialect = postgresql.dialect()
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


@pytest.mark.parametrize("step", STEPS, ids=lambda path: path.stem)
def test_every_step_can_be_taken_there(step: Path) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    written = StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written}
    )
    spec = importlib.util.spec_from_file_location(step.stem, step)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with Operations.context(context):
        module.upgrade()
    assert "CREATE TABLE" in written.getvalue()


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[Workplace]:
    workplace = office(tmp_path)
    yield workplace
    workplace.close()


def test_every_statement_of_a_day_is_one_postgresql_has(at_work: Workplace) -> None:
    statements: list[Any] = []

    def keep(connection: Connection, statement: Any, *_: Any) -> None:
        statements.append(statement)

    for engine in (at_work.store.database.reader, at_work.store.database.writer):
        event.listen(engine, "before_execute", keep)
    employee = person(at_work)
    with at_work.act("改名") as operation:
        operation.write([Change(employee, replace(employee, name="林国梁"))])
    assert operation.id is not None
    History(at_work).undo(operation.id)
    write(at_work, Employee(at_work.store.ids().next(Employee), "9", "王五"))
    History(at_work).undo()
    assert PastStore(at_work.store, TODAY - timedelta(days=1)).all(Employee) == []
    at_work.journal.former_values(Employee, "name")
    assert at_work.journal.verify() == []
    kinds = {type(statement).__name__ for statement in statements}
    assert kinds == {"Select", "Insert", "Update", "Delete"}
    for statement in statements:
        assert str(statement.compile(dialect=postgresql.dialect()))


def test_a_plain_reading_names_everything_in_quotes_and_marks_its_values() -> None:
    for record_type in RECORD_TABLES:
        question = Question(record_type, ("id",), {"id": {1, 2}}, "%s")
        assert question.in_order == (
            f'SELECT "id" FROM "{record_type.kind}" WHERE "id" IN (%s, %s) ORDER BY "id"'
        )

"""The same register on a PostgreSQL server; runs where WXADMIN_TEST_SERVER names an empty one.

For example WXADMIN_TEST_SERVER=postgresql://postgres@127.0.0.1/scratch; the database is emptied.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, create_engine, inspect

from tests.builders import COMPANY, TODAY, person
from wxadmin.bootstrap import create_workplace, open_workplace
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.group import Group
from wxadmin.domain.person import Employee
from wxadmin.services.history import History
from wxadmin.services.people import People
from wxadmin.services.setup import Setup
from wxadmin.services.workplace import Workplace
from wxadmin.storage import migrate
from wxadmin.storage.past import PastStore
from wxadmin.storage.server import server_address

SERVER = os.environ.get("WXADMIN_TEST_SERVER", "")
pytestmark = pytest.mark.skipif(not SERVER, reason="WXADMIN_TEST_SERVER names no server")


@pytest.fixture
def server() -> Iterator[Engine]:
    """The server by another way in, its database emptied."""
    engine = create_engine(server_address(SERVER))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    yield engine
    engine.dispose()


@pytest.fixture
def at_work(server: Engine) -> Iterator[Workplace]:
    workplace = create_workplace(SERVER, by="测试", clock=lambda: TODAY)
    Setup(workplace).from_pack("southeast", company_name=COMPANY)
    yield workplace
    workplace.close()


def shape(engine: Engine) -> dict[str, object]:
    look = inspect(engine)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in look.get_columns(table)],
            sorted(str(index["name"]) for index in look.get_indexes(table)),
            sorted((str(k["name"]), str(k["options"])) for k in look.get_foreign_keys(table)),
            look.get_pk_constraint(table)["name"],
        )
        for table in look.get_table_names()
    }


def test_the_steps_make_the_same_tables_as_a_fresh_register(server: Engine) -> None:
    from alembic import command

    with server.begin() as connection:
        config = migrate.configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    migrated = shape(server)
    with server.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    create_workplace(SERVER).close()
    assert shape(server) == migrated


def test_an_act_is_written_found_taken_back_and_its_journal_holds(at_work: Workplace) -> None:
    employee = person(at_work)
    assert at_work.store.find(Employee, hire_date=employee.hire_date) == [employee]
    assert at_work.store.find(Employee, emp_no={"00012", "x"}, leave_date=None) == [employee]
    assert [line.name for line in People(at_work).lines()] == ["林国栋"]
    with at_work.act("改名") as operation:
        operation.write([Change(employee, replace(employee, name="林国梁"))])
    assert operation.id is not None
    History(at_work).undo(operation.id)
    assert at_work.store.all(Employee) == [employee]
    assert list(at_work.store.ids_of(Group)) == [g.id for g in at_work.store.all(Group)]
    assert at_work.journal.verify() == []


def test_an_earlier_day_is_read_there_too(at_work: Workplace) -> None:
    person(at_work)
    assert PastStore(at_work.store, TODAY - timedelta(days=1)).all(Employee) == []


def test_a_second_writer_is_told_who_writes_and_a_reader_is_let_in(at_work: Workplace) -> None:
    person(at_work)
    with pytest.raises(UserError, match="正在使用") as refusal:
        open_workplace(SERVER, writing=True)
    assert refusal.value.code == "in_use"
    reader = open_workplace(SERVER, writing=False)
    assert reader.store.count(Employee) == 1
    with pytest.raises(UserError) as refusal, reader.act("改"):
        pass
    assert refusal.value.code == "read_only"
    reader.close()


def test_the_lock_is_gone_with_who_held_it(at_work: Workplace) -> None:
    at_work.close()
    again = open_workplace(SERVER, writing=True)
    again.close()


def test_a_connection_that_is_lost_is_one_sentence_and_the_next_try_works(
    at_work: Workplace, server: Engine
) -> None:
    employee = person(at_work)
    with pytest.raises(UserError) as refusal, at_work.act("改名") as operation:
        operation.write([Change(employee, replace(employee, name="林国梁"))])
        _throw_out(server)
    assert refusal.value.code == "connection_lost"
    assert at_work.store.all(Employee) == [employee]
    _throw_out(server)
    assert at_work.store.all(Employee) == [employee]
    person(at_work, "00013", "王五")
    assert at_work.store.count(Employee) == 2


def test_a_register_is_made_once_and_only_in_an_empty_database(at_work: Workplace) -> None:
    at_work.close()
    with pytest.raises(UserError) as refusal:
        create_workplace(SERVER)
    assert refusal.value.code == "exists"


def test_a_register_from_a_newer_program_is_left_alone(at_work: Workplace, server: Engine) -> None:
    at_work.close()
    with server.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for writing in (True, False):
        with pytest.raises(UserError) as refusal:
            open_workplace(SERVER, writing=writing)
        assert refusal.value.code == "newer"


def test_an_empty_database_is_no_register(server: Engine) -> None:
    with pytest.raises(UserError) as refusal:
        open_workplace(SERVER, writing=False)
    assert refusal.value.code == "incomplete"


def _throw_out(server: Engine) -> None:
    """End every other connection to the database, as a server does that is started anew."""
    with server.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

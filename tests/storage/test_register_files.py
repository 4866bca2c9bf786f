"""The register as a file: what is opened, what is refused, what is left as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import office, person, register_at, write
from tests.storage.rights import only_to_be_read
from wxadmin.bootstrap import create_workplace, open_workplace
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.services.setup import Setup
from wxadmin.storage.engine import APPLICATION_ID

KEPT = Path.read_bytes


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    workplace = office(folder)
    ids = workplace.store.ids()
    remark = "很长的备注" * 40
    people = [Employee(ids.next(Employee), f"{n:05d}", f"人{n}", remark=remark) for n in range(60)]
    write(workplace, *people)
    workplace.close()
    return Path(register_at(folder))


@pytest.fixture
def register(tmp_path: Path, template: Path) -> Path:
    return Path(shutil.copyfile(template, register_at(tmp_path)))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def all_zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def words_instead(path: Path) -> None:
    path.write_text("这不是登记库" * 100, encoding="utf-8")


def first_half(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def header_only(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def garbled_header(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[16:40] = os.urandom(24)
    path.write_bytes(data)


def garbled_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for page in range(4096, len(data), 4096):
        data[page : page + 200] = os.urandom(200)
    path.write_bytes(data)


def garbled_schema(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[200:4096] = os.urandom(3896)
    path.write_bytes(data)


def another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA application_id=4711")


def newer_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE alembic_version SET version_num='9999'")
        db.commit()


def no_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM alembic_version")
        db.commit()


def no_version_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE alembic_version")


DAMAGES: dict[Callable[[Path], None], str] = {
    empty: "damaged",
    all_zero: "damaged",
    words_instead: "damaged",
    first_half: "damaged",
    header_only: "damaged",
    garbled_header: "damaged",
    garbled_middle: "damaged",
    garbled_schema: "damaged",
    another_program: "not_ours",
    newer_program: "newer",
    no_version: "incomplete",
    no_version_table: "incomplete",
}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("writing", [True, False], ids=["writing", "reading"])
def test_a_bad_file_is_refused_in_one_sentence_and_left_as_it_was(
    damage: Callable[[Path], None], writing: bool, register: Path
) -> None:
    damage(register)
    before = KEPT(register)
    with pytest.raises(UserError) as refusal:
        workplace = open_workplace(str(register), writing=writing, checked=writing)
        try:
            workplace.store.all(Employee)
        finally:
            workplace.close()
    assert refusal.value.code == DAMAGES[damage]
    assert register.name in refusal.value.message
    assert KEPT(register) == before
    assert not register.with_name(register.name + ".holder").exists()


def test_a_missing_register_is_named_and_never_made(tmp_path: Path) -> None:
    missing = tmp_path / "没有.db"
    for writing in (True, False):
        with pytest.raises(UserError) as refusal:
            open_workplace(str(missing), writing=writing)
        assert refusal.value.code == "no_register"
    assert not missing.exists()


def test_a_folder_is_no_register(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        open_workplace(str(tmp_path), writing=True)


def test_looking_at_a_register_changes_no_byte_of_it(register: Path) -> None:
    before = KEPT(register)
    workplace = open_workplace(str(register), writing=False)
    assert len(workplace.store.all(Employee)) == 60
    assert workplace.journal.verify() == []
    workplace.close()
    assert KEPT(register) == before


def test_every_safety_is_set_and_can_be_read_back(register: Path) -> None:
    wanted = {
        "journal_mode": "truncate",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "locking_mode": "normal",
    }
    workplace = open_workplace(str(register), writing=True)
    database = workplace.store.database
    assert database.writer is not None
    for _ in range(2):  # the second time from the pool
        with database.writer.connect() as connection:
            for name, value in wanted.items():
                assert connection.execute(text(f"PRAGMA {name}")).scalar() == value, name
            assert connection.execute(text("PRAGMA application_id")).scalar() == APPLICATION_ID
    with database.reader.connect() as connection:
        assert connection.execute(text("PRAGMA query_only")).scalar() == 1
        with pytest.raises(Exception, match="readonly"):
            connection.execute(text("DELETE FROM employee"))
    workplace.close()


def test_a_register_is_made_once_and_never_over_another(register: Path) -> None:
    before = KEPT(register)
    with pytest.raises(UserError) as refusal:
        create_workplace(str(register))
    assert refusal.value.code == "exists"
    assert KEPT(register) == before


def test_a_first_run_that_was_cut_short_is_simply_done_again(tmp_path: Path) -> None:
    place = tmp_path / "登记库.db"
    create_workplace(str(place)).close()  # killed before the pack was taken in
    workplace = create_workplace(str(place))
    Setup(workplace).from_pack("southeast")
    assert workplace.office().pack_id == "southeast"
    workplace.close()
    left = {path.name for path in tmp_path.iterdir()}
    assert left <= {"登记库.db", "登记库.db-journal", "登记库.db.lock"}


def test_a_half_made_file_of_a_first_run_is_replaced(tmp_path: Path) -> None:
    place = tmp_path / "登记库.db"
    place.with_name("登记库.db.new").write_bytes(b"half")
    create_workplace(str(place)).close()
    assert not place.with_name("登记库.db.new").exists()


def test_a_stale_wal_of_another_file_is_set_aside_and_never_read(register: Path) -> None:
    stale = register.with_name(register.name + "-wal")
    stale.write_bytes(_wal_of_another(register))
    people = _people(register)
    workplace = open_workplace(str(register), writing=True)
    assert len(workplace.store.all(Employee)) == len(people)
    assert workplace.journal.verify() == []
    workplace.close()
    assert not stale.exists()
    assert register.with_name(register.name + "-wal.旧").exists()


def test_work_another_tool_left_in_a_wal_is_not_lost(register: Path) -> None:
    with closing(sqlite3.connect(register)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("UPDATE employee SET remark='工具改的' WHERE id=1")
        db.commit()
        data, log = register.read_bytes(), register.with_name(register.name + "-wal").read_bytes()
    register.write_bytes(data)
    register.with_name(register.name + "-wal").write_bytes(log)
    workplace = open_workplace(str(register), writing=True)
    assert workplace.store.find(Employee, id=1)[0].remark == "工具改的"
    workplace.close()


def test_an_act_cut_short_is_taken_back_on_opening_and_a_copy_kept(register: Path) -> None:
    people = _people(register)
    _cut_short(register)
    workplace = open_workplace(str(register), writing=True)
    assert len(workplace.store.all(Employee)) == len(people)
    assert workplace.journal.verify() == []
    workplace.close()
    assert register.with_name(register.name + ".中断前").exists()


def test_an_act_cut_short_is_taken_back_by_a_reader_too(register: Path) -> None:
    people = _people(register)
    _cut_short(register)
    workplace = open_workplace(str(register), writing=False)
    assert len(workplace.store.all(Employee)) == len(people)
    workplace.close()


def test_a_journal_of_another_file_does_no_harm(register: Path) -> None:
    register.with_name(register.name + "-journal").write_bytes(b"\x00" * 512)
    workplace = open_workplace(str(register), writing=True)
    assert workplace.journal.verify() == []
    workplace.close()


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_may_only_be_read_is_read_and_refused_for_writing(register: Path, what: str) -> None:
    before = KEPT(register)
    with only_to_be_read(register.parent if what == "folder" else register):
        with pytest.raises(UserError) as refusal:
            open_workplace(str(register), writing=True)
        workplace = open_workplace(str(register), writing=False)
        assert len(workplace.store.all(Employee)) == 60
        workplace.close()
    assert refusal.value.code == "read_only"
    assert KEPT(register) == before


def test_a_register_in_a_folder_with_odd_signs_works(tmp_path: Path) -> None:
    folder = (
        tmp_path / "张三 的文件夹 100% #1 ? 😀" if os.name != "nt" else tmp_path / "张三 100% #1"
    )
    workplace = office(folder)
    person(workplace)
    workplace.close()
    again = open_workplace(register_at(folder), writing=False)
    assert len(again.store.all(Employee)) == 1
    again.close()


def test_a_closed_register_may_be_moved_and_deleted(register: Path) -> None:
    workplace = open_workplace(str(register), writing=True)
    workplace.store.all(Employee)
    workplace.close()
    moved = register.with_name("别处.db")
    register.rename(moved)
    moved.unlink()


def _people(register: Path) -> list[Employee]:
    workplace = open_workplace(str(register), writing=False)
    found = workplace.store.all(Employee)
    workplace.close()
    return found


def _wal_of_another(register: Path) -> bytes:
    """The log of a copy that lived on in WAL mode: valid, of the same page size, not ours."""
    copy = register.with_name("别的.db")
    copy.write_bytes(register.read_bytes())
    with closing(sqlite3.connect(copy)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("DELETE FROM employee")
        db.commit()
        return copy.with_name(copy.name + "-wal").read_bytes()


def _cut_short(register: Path) -> None:
    """Leave file and journal as a process killed in the middle of a big act does."""
    with closing(sqlite3.connect(register, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=TRUNCATE")
        db.execute("PRAGMA cache_size=2")
        db.execute("BEGIN")
        db.execute("UPDATE employee SET remark = remark || 'x'")
        db.execute("DELETE FROM employee WHERE id > 3")
        data = register.read_bytes()
        journal = register.with_name(register.name + "-journal").read_bytes()
    assert journal
    register.write_bytes(data)
    register.with_name(register.name + "-journal").write_bytes(journal)

"""The journal's chain: whatever is done to the journal behind our back is found."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import office, person, register_at
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.change import Change
from wxadmin.domain.person import Employee
from wxadmin.services.history import History
from wxadmin.storage.payload import FORMER_FIELDS, UPGRADES, read_entry

Tampering = Callable[[sqlite3.Connection, random.Random], object]

ENTRY = ("record_kind", "payload", "salt", "digest")
OPERATION = ("at", "on", "by", "title", "source", "chain")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with some acts of several entries each, an undo among them."""
    folder = tmp_path_factory.mktemp("written")
    workplace = office(folder)
    people = [person(workplace, f"0{n}", f"人{n}") for n in range(6)]
    for one in people[:3]:
        with workplace.act("改", source="十一月.xlsx") as operation:
            operation.write([Change(one, replace(one, mobile="13900000001", remark="改"))])
    History(workplace).undo()
    workplace.close()
    return Path(register_at(folder))


def flipped(value: object, rng: random.Random) -> object:
    """Return a value with one byte (or one unit) of it changed."""
    if isinstance(value, int):
        return value + rng.choice((-1, 1))
    raw = bytearray(value.encode() if isinstance(value, str) else bytes(value or b"x"))  # type: ignore[call-overload]
    place = rng.randrange(len(raw)) if raw else 0
    raw = raw or bytearray(b"x")
    raw[place] ^= 1 << rng.randrange(6)
    return bytes(raw)


def edit(table: str, columns: tuple[str, ...]) -> Tampering:
    def tamper(db: sqlite3.Connection, rng: random.Random) -> None:
        column = rng.choice(columns)
        rows = db.execute(
            f'SELECT rowid, "{column}" FROM {table} WHERE length("{column}") > 0'
        ).fetchall()
        rowid, value = rng.choice(rows)
        new = flipped(value, rng)
        cast = "CAST(? AS TEXT)" if isinstance(value, str) else "?"
        db.execute(f'UPDATE {table} SET "{column}" = {cast} WHERE rowid = ?', (new, rowid))

    return tamper


def delete_entry(db: sqlite3.Connection, rng: random.Random) -> None:
    rows = db.execute("SELECT rowid FROM journal_entry").fetchall()
    db.execute("DELETE FROM journal_entry WHERE rowid = ?", rng.choice(rows))


def delete_operation(db: sqlite3.Connection, rng: random.Random) -> None:
    rows = db.execute("SELECT id FROM operation").fetchall()
    (chosen,) = rng.choice(rows)
    if rng.random() < 0.5:
        db.execute("DELETE FROM journal_entry WHERE operation_id = ?", (chosen,))
    db.execute("DELETE FROM operation WHERE id = ?", (chosen,))


def insert_entry(db: sqlite3.Connection, rng: random.Random) -> None:
    operation, last = rng.choice(
        db.execute("SELECT operation_id, max(seq) FROM journal_entry GROUP BY 1").fetchall()
    )
    db.execute(
        "INSERT INTO journal_entry SELECT operation_id, ?, record_kind, record_id, version,"
        " payload, salt, digest FROM journal_entry WHERE operation_id = ? AND seq = 1",
        (last + 1, operation),
    )


def insert_operation(db: sqlite3.Connection, rng: random.Random) -> None:
    (last,) = db.execute("SELECT max(id) FROM operation").fetchone()
    db.execute(
        'INSERT INTO operation SELECT ?, at, "on", by, title, source, undoes, entries, chain'
        " FROM operation WHERE id = 1",
        (last + rng.randrange(1, 3),),
    )


def swap_entries(db: sqlite3.Connection, rng: random.Random) -> None:
    keys = db.execute("SELECT operation_id, seq FROM journal_entry WHERE operation_id = 1")
    (_, a), (_, b) = rng.sample(keys.fetchall(), 2)
    for old, new in ((a, 99_999), (b, a), (99_999, b)):
        db.execute(
            "UPDATE journal_entry SET seq = ? WHERE operation_id = 1 AND seq = ?", (new, old)
        )


def swap_operations(db: sqlite3.Connection, rng: random.Random) -> None:
    ids = [i for (i,) in db.execute("SELECT id FROM operation")]
    a, b = rng.sample(ids, 2)
    for old, new in ((a, 99_999), (b, a), (99_999, b)):
        db.execute("UPDATE operation SET id = ? WHERE id = ?", (new, old))
        db.execute("UPDATE journal_entry SET operation_id = ? WHERE operation_id = ?", (new, old))


def cut_tail(db: sqlite3.Connection, rng: random.Random) -> None:
    (last,) = db.execute("SELECT max(id) FROM operation").fetchone()
    first_gone = rng.randrange(2, last + 1)
    db.execute("DELETE FROM journal_entry WHERE operation_id >= ?", (first_gone,))
    db.execute("DELETE FROM operation WHERE id >= ?", (first_gone,))


def edit_number(db: sqlite3.Connection, rng: random.Random) -> None:
    table, column = rng.choice(
        (
            ("journal_entry", "record_id"),
            ("journal_entry", "version"),
            ("journal_head", "operations"),
            ("journal_head", "entries"),
            ("operation", "entries"),
        )
    )
    (rowid,) = rng.choice(db.execute(f"SELECT rowid FROM {table}").fetchall())
    db.execute(f"UPDATE {table} SET {column} = {column} + 1 WHERE rowid = ?", (rowid,))


def edit_undoes(db: sqlite3.Connection, rng: random.Random) -> None:
    db.execute("UPDATE operation SET undoes = 1 WHERE id = 3")


TAMPERINGS: dict[str, tuple[Tampering, int]] = {
    "a byte of an entry": (edit("journal_entry", ENTRY), 60),
    "a byte of an act": (edit("operation", OPERATION), 50),
    "a byte of the head": (edit("journal_head", ("chain",)), 6),
    "a number": (edit_number, 25),
    "what an act undoes": (edit_undoes, 1),
    "an entry deleted": (delete_entry, 15),
    "an act deleted": (delete_operation, 12),
    "an entry inserted": (insert_entry, 8),
    "an act inserted": (insert_operation, 4),
    "entries in another order": (swap_entries, 12),
    "acts in another order": (swap_operations, 10),
    "the tail cut off": (cut_tail, 8),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_every_tampering_with_the_journal_is_found(
    what: str, written: Path, tmp_path: Path
) -> None:
    tamper, times = TAMPERINGS[what]
    missed = []
    for seed in range(times):
        copy = tmp_path / f"{seed}.db"
        shutil.copyfile(written, copy)
        with closing(sqlite3.connect(copy)) as db:
            db.execute("PRAGMA foreign_keys=OFF")
            tamper(db, random.Random(seed))
            db.commit()
        workplace = open_workplace(str(copy), writing=False)
        if workplace.journal.verify() == []:
            missed.append(seed)
        workplace.close()
    assert missed == []


def test_the_chain_of_an_untouched_journal_holds(written: Path) -> None:
    workplace = open_workplace(str(written), writing=False)
    assert workplace.journal.verify() == []
    workplace.close()


def test_a_value_erased_with_its_salt_leaves_the_chain_whole(written: Path, tmp_path: Path) -> None:
    copy = tmp_path / "erased.db"
    shutil.copyfile(written, copy)
    with closing(sqlite3.connect(copy)) as db:
        db.execute(
            "UPDATE journal_entry SET payload = NULL, salt = NULL WHERE record_kind = 'employee'"
        )
        db.commit()
    workplace = open_workplace(str(copy), writing=False)
    assert workplace.journal.verify() == []
    assert workplace.journal.entries(3) == []
    workplace.close()


def test_a_value_erased_without_its_salt_is_a_finding(written: Path, tmp_path: Path) -> None:
    copy = tmp_path / "half.db"
    shutil.copyfile(written, copy)
    with closing(sqlite3.connect(copy)) as db:
        db.execute("UPDATE journal_entry SET payload = NULL WHERE operation_id = 3")
        db.commit()
    workplace = open_workplace(str(copy), writing=False)
    assert workplace.journal.verify() != []
    workplace.close()


def test_the_same_values_never_have_the_same_digest(written: Path) -> None:
    with closing(sqlite3.connect(written)) as db:
        digests = [row[0] for row in db.execute("SELECT digest FROM journal_entry")]
    assert len(set(digests)) == len(digests)


def test_an_entry_of_an_older_version_is_read_as_todays(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_mobile(plain: dict[str, object]) -> dict[str, object]:
        plain = dict(plain)
        if "phone" in plain:
            plain["mobile"] = plain.pop("phone")
        return plain

    monkeypatch.setitem(UPGRADES, ("employee", 0), with_mobile)
    monkeypatch.setitem(FORMER_FIELDS, ("employee", 0), ("id", "emp_no", "name", "phone"))
    whole = read_entry(1, 1, "employee", 7, 0, '{"+":[7,"1","甲","13900000000"]}')
    assert Employee(**whole.new) == Employee(7, "1", "甲", mobile="13900000000")
    part = read_entry(1, 1, "employee", 7, 0, '{"phone":["1","2"]}')
    assert (part.old, part.new) == ({"mobile": "1"}, {"mobile": "2"})


def test_dates_and_lists_come_back_as_they_were() -> None:
    entry = read_entry(
        1, 1, "employee", 7, 1, '{"hire_date":[null,"2020-02-29"],"tags":[[],["股东"]]}'
    )
    assert entry.new == {"hire_date": date(2020, 2, 29), "tags": ("股东",)}
    assert entry.old == {"hire_date": None, "tags": ()}

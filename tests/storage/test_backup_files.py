"""Backups: whole and checked before they count; putting one back loses nothing."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import office, person, register_at
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.services.backups import Backups
from wxadmin.services.putting_back import put_back
from wxadmin.services.workplace import Workplace
from wxadmin.storage.backup import Keep, backups_in, prune
from wxadmin.storage.beside import file_hash


def people(path: Path) -> int:
    workplace = open_workplace(str(path), writing=False)
    count = workplace.store.count(Employee)
    assert workplace.journal.verify() == []
    workplace.close()
    return count


@pytest.fixture
def at_work(tmp_path: Path) -> Workplace:
    workplace = office(tmp_path)
    person(workplace)
    return workplace


def test_a_backup_of_a_living_register_is_whole(at_work: Workplace, tmp_path: Path) -> None:
    made = Backups(at_work).make(tmp_path / "留底" / "一份.wxbak")
    person(at_work, "00013")
    at_work.close()
    assert people(made.path) == 1
    assert made.sha256 == file_hash(made.path)
    assert [p.name for p in made.path.parent.iterdir()] == ["一份.wxbak"]


def test_a_backup_of_a_damaged_register_is_refused_and_the_old_one_stays(
    at_work: Workplace, tmp_path: Path
) -> None:
    target = tmp_path / "一份.wxbak"
    Backups(at_work).make(target)
    good = target.read_bytes()
    at_work.close()
    register = Path(register_at(tmp_path))
    workplace = open_workplace(str(register), writing=False)
    spoil(register, "middle")
    with pytest.raises(UserError) as refusal:
        Backups(workplace).make(target)
    workplace.close()
    assert refusal.value.code == "damaged"
    assert target.read_bytes() == good
    assert not list(tmp_path.glob("*.tmp*"))


def test_what_a_killed_backup_left_is_swept_by_a_later_one(
    at_work: Workplace, tmp_path: Path
) -> None:
    left = tmp_path / "从前.wxbak.tmp"
    for name in (left.name, left.name + "-journal", "正在写.wxbak.tmp"):
        (tmp_path / name).write_bytes(b"half")
        if name.startswith(left.name):
            os.utime(tmp_path / name, (time.time() - 7200,) * 2)
    Backups(at_work).make(tmp_path / "一份.wxbak")
    at_work.close()
    assert [path.name for path in tmp_path.glob("*.tmp*")] == ["正在写.wxbak.tmp"]


def test_a_backup_into_a_place_that_is_no_folder_is_one_sentence(
    at_work: Workplace, tmp_path: Path
) -> None:
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    with pytest.raises(UserError) as refusal:
        Backups(at_work).make(tmp_path / "文件" / "一份.wxbak")
    assert refusal.value.code == "backup_failed"
    at_work.close()


def test_a_backup_put_back_brings_its_day_back_and_keeps_the_present(
    at_work: Workplace, tmp_path: Path
) -> None:
    backup = Backups(at_work).make(tmp_path / "一份.wxbak").path
    person(at_work, "00013")
    at_work.close()
    register = Path(register_at(tmp_path))
    aside = put_back(backup, register, tmp_path / "留存").aside
    assert people(register) == 1
    assert people(aside) == 2
    put_back(aside, register, tmp_path / "又留存")
    assert people(register) == 2


@pytest.mark.parametrize("damage", ["empty", "half", "middle", "not_ours", "newer", "no_version"])
def test_a_bad_backup_is_refused_and_the_register_stays(
    damage: str, at_work: Workplace, tmp_path: Path
) -> None:
    backup = Backups(at_work).make(tmp_path / "一份.wxbak").path
    at_work.close()
    register = Path(register_at(tmp_path))
    spoil(backup, damage)
    before = register.read_bytes()
    with pytest.raises(UserError):
        put_back(backup, register, tmp_path / "留存")
    assert register.read_bytes() == before
    assert not (tmp_path / "留存").exists()


def spoil(backup: Path, damage: str) -> None:
    data = bytearray(backup.read_bytes())
    if damage == "empty":
        backup.write_bytes(b"")
    elif damage == "half":
        backup.write_bytes(data[: len(data) // 2])
    elif damage == "middle":
        for page in range(4096, len(data), 4096):
            data[page : page + 100] = os.urandom(100)
        backup.write_bytes(data)
    else:
        words = {
            "not_ours": "PRAGMA application_id=1",
            "newer": "UPDATE alembic_version SET version_num='9999'",
            "no_version": "DELETE FROM alembic_version",
        }
        with closing(sqlite3.connect(backup)) as db:
            db.execute(words[damage])
            db.commit()


def test_a_damaged_register_can_be_replaced_and_is_kept_aside(
    at_work: Workplace, tmp_path: Path
) -> None:
    backup = Backups(at_work).make(tmp_path / "一份.wxbak").path
    at_work.close()
    register = Path(register_at(tmp_path))
    register.write_bytes(b"")
    aside = put_back(backup, register, tmp_path / "留存").aside
    assert people(register) == 1
    assert aside.read_bytes() == b""


def test_what_lay_beside_the_old_register_does_not_touch_the_new(
    at_work: Workplace, tmp_path: Path
) -> None:
    backup = Backups(at_work).make(tmp_path / "一份.wxbak").path
    at_work.close()
    register = Path(register_at(tmp_path))
    for leftover in ("-wal", "-shm", "-journal"):
        register.with_name(register.name + leftover).write_bytes(os.urandom(4096))
    put_back(backup, register, tmp_path / "留存")
    assert people(register) == 1


def test_old_backups_are_thinned_by_day_week_and_month(tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, 18, 0)
    for hours in range(0, 24 * 400, 8):
        made = tmp_path / f"{hours:05d}.wxbak"
        made.write_bytes(b"x")
        moment = (now - timedelta(hours=hours)).timestamp()
        os.utime(made, (moment, moment))
    prune(tmp_path, Keep(12, 10, 12))
    kept = [datetime.fromtimestamp(p.stat().st_mtime) for p in backups_in(tmp_path)]
    days = {moment.date() for moment in kept}
    assert len({d for d in days if d > now.date() - timedelta(days=12)}) == 12
    assert len({f"{d:%Y-%m}" for d in days}) == 12
    assert len(kept) <= 34 + 3


def test_the_newest_three_backups_stay_whatever_the_clock_said(tmp_path: Path) -> None:
    for number in range(5):
        made = tmp_path / f"{number}.wxbak"
        made.write_bytes(b"x")
        os.utime(made, (1000 + number, 1000 + number))
    prune(tmp_path, Keep(0, 0, 0))
    assert [p.name for p in backups_in(tmp_path)] == ["4.wxbak", "3.wxbak", "2.wxbak"]


def test_the_check_tells_of_a_damaged_file_instead_of_breaking(
    at_work: Workplace, tmp_path: Path
) -> None:
    at_work.close()
    register = Path(register_at(tmp_path))
    workplace = open_workplace(str(register), writing=False)
    spoil(register, "middle")
    assert Backups(workplace).check() != []
    workplace.close()

"""One writer at a time; whoever only looks is not in the way."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.builders import TODAY, office, person, register_at
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.change import Change
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.storage.lock import WriterLock

ROOT = Path(__file__).parents[2]
HOLDING = """
import sys, time
sys.path.insert(0, sys.argv[2])
from wxadmin.bootstrap import open_workplace
workplace = open_workplace(sys.argv[1], writing=True)
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_writer_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    first = office(tmp_path)
    holder = json.loads((tmp_path / "登记库.db.holder").read_text(encoding="utf-8"))
    with pytest.raises(UserError) as refusal:
        open_workplace(register_at(tmp_path), writing=True)
    assert refusal.value.code == "in_use"
    assert holder["user"] in refusal.value.message
    assert holder["machine"] in refusal.value.message
    assert holder["since"] in refusal.value.message
    first.close()
    open_workplace(register_at(tmp_path), writing=True).close()


def test_a_writer_in_another_process_is_found_and_a_killed_one_holds_nothing(
    tmp_path: Path,
) -> None:
    office(tmp_path).close()
    words = [sys.executable, "-c", HOLDING, register_at(tmp_path), str(ROOT)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "held"
        with pytest.raises(UserError) as refusal:
            open_workplace(register_at(tmp_path), writing=True)
        assert refusal.value.code == "in_use"
        reader = open_workplace(register_at(tmp_path), writing=False)
        assert reader.office().pack_id == "southeast"
        reader.close()
        other.kill()
    open_workplace(register_at(tmp_path), writing=True).close()


def test_a_reader_sees_what_a_writer_kept_and_nothing_of_what_it_is_about(tmp_path: Path) -> None:
    writer = office(tmp_path)
    reader = open_workplace(register_at(tmp_path), writing=False, clock=lambda: TODAY)
    ids = writer.store.ids()
    with writer.act("登记") as operation:
        operation.write([Change(None, Employee(ids.next(Employee), "1", "甲"))], ids)
        assert reader.store.count(Employee) == 0
    assert reader.store.count(Employee) == 1
    person(writer, "00013")
    assert reader.store.count(Employee) == 2
    reader.close()
    writer.close()


def test_the_lock_may_be_given_back_by_another_thread(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path / "登记库.db")
    lock.acquire()
    worker = threading.Thread(target=lock.release)
    worker.start()
    worker.join()
    again = WriterLock(tmp_path / "登记库.db")
    again.acquire()
    again.release()


def test_a_leftover_lock_file_of_a_crash_is_in_nobodys_way(tmp_path: Path) -> None:
    office(tmp_path).close()
    (tmp_path / "登记库.db.lock").touch()
    (tmp_path / "登记库.db.holder").write_text("{half", encoding="utf-8")
    open_workplace(register_at(tmp_path), writing=True).close()


def test_a_refused_file_leaves_no_lock_held(tmp_path: Path) -> None:
    broken = tmp_path / "登记库.db"
    broken.write_bytes(b"")
    with pytest.raises(UserError):
        open_workplace(str(broken), writing=True)
    lock = WriterLock(broken)
    lock.acquire()
    lock.release()

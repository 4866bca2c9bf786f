"""The first page is read beside the start by a child that never writes."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from builders import COMPANY, TODAY, office, person, register_at

from wxadmin.first_page import FirstPage, read_ahead, read_page
from wxadmin.services.reminders import Reminders
from wxadmin.services.transfer import Transfer
from wxadmin.storage.lock import WriterLock


@pytest.fixture
def register(tmp_path):
    with closing(office(tmp_path)) as workplace:
        person(workplace)
    return Path(register_at(tmp_path))


@pytest.fixture
def ask(register, monkeypatch):
    monkeypatch.setattr("wxadmin.first_page.PATIENCE", 60.0)
    asked: list[FirstPage] = []

    def answer(on=TODAY):
        asked.append(FirstPage(register, on))
        return asked[-1].take()

    yield answer
    for page in asked:
        page.close()


def test_the_child_reads_the_page_as_it_stands_here(tmp_path, ask):
    page = ask()
    assert page.company == COMPANY
    with closing(office_again(tmp_path)) as workplace:
        assert page.today == Reminders(workplace).today()


def office_again(folder, writing=False):
    from wxadmin.bootstrap import open_workplace

    return open_workplace(register_at(folder), writing=writing, clock=lambda: TODAY)


def test_the_day_is_the_one_the_window_asks_for(ask):
    assert ask(date(2027, 1, 5)).today.on == date(2027, 1, 5)


def test_reading_ahead_changes_nothing_in_the_folder(register, ask):
    before = (register.read_bytes(), register.stat().st_mtime_ns)
    assert ask() is not None
    assert (register.read_bytes(), register.stat().st_mtime_ns) == before
    left = {file.name for file in register.parent.iterdir() if file.name.endswith((".db", "-wal"))}
    assert left == {register.name}


def test_a_register_somebody_else_writes_is_not_shown_ahead(register, ask):
    lock = WriterLock(register)
    lock.acquire()
    try:
        assert ask() is None
    finally:
        lock.release()


def test_a_copy_that_was_handed_over_is_not_shown_ahead(tmp_path, register):
    with closing(office_again(tmp_path, writing=True)) as workplace:
        Transfer(workplace).hand_over(tmp_path / "给同事.db", "王小明")
    assert read_page(register, TODAY) is None


def test_a_large_office_is_not_shown_ahead(register, monkeypatch):
    monkeypatch.setattr("wxadmin.first_page.LARGE", 0)
    assert read_page(register, TODAY) is None


def test_a_damaged_register_answers_nothing(register, ask):
    register.write_bytes(register.read_bytes()[:5000])
    assert ask() is None


def test_no_child_is_started_where_there_is_nothing_to_read(tmp_path, register):
    assert read_ahead(tmp_path / "没有.db") is None
    register.with_name(register.name + "-journal").write_bytes(b"an act cut short")
    assert read_ahead(register) is None


def test_a_child_too_slow_is_given_up_and_ended(register, monkeypatch):
    monkeypatch.setattr("wxadmin.first_page.PATIENCE", 0.0)
    page = FirstPage(register, TODAY)
    assert page.take() is None
    page.close()
    assert page._process.poll() is not None

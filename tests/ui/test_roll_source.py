"""Long tables: ids first, the rest when asked; nothing waits while it is still being read."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject

from ui.shared import roll_source
from ui.shared.roll_source import RollSource, bring_facts


class Numbers:
    """Facts about a few numbers."""

    def __init__(self, numbers) -> None:
        self.numbers = list(numbers)
        self.members = {"even": frozenset(n for n in numbers if n % 2 == 0)}

    def order(self, key):
        return sorted(self.numbers, reverse=key == "down")

    def find(self, typed):
        return [n for n in self.numbers if typed in str(n)]


def source_of(numbers, reads):
    def read():
        reads.append(1)
        return Numbers(numbers)

    return RollSource(numbers, read, lambda keys: {key: f"row {key}" for key in keys})


def test_the_first_paint_reads_no_facts():
    reads = []
    source = source_of(list(range(20)), reads)
    assert source.ids(None, False, "", None) == list(range(20))
    assert source.page([3]) == {3: "row 3"}
    assert not reads


def test_search_filter_and_order_read_them_once():
    reads = []
    source = source_of(list(range(20)), reads)
    assert source.ids(None, False, "1", "even") == [10, 12, 14, 16, 18]
    assert source.ids("down", False, "", None)[0] == 19
    assert source.ids("down", True, "", None)[0] == 0
    assert reads == [1]


@pytest.fixture
def long_lists(monkeypatch):
    monkeypatch.setattr(roll_source, "MANY", 5)


class Worker(QObject):
    """Keeps what it shall do until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs = []

    def run(self, work, on_done, **_):
        self.jobs.append(lambda: on_done(work(lambda *_: None, lambda: False)))


def test_while_facts_are_coming_a_key_shows_all_and_waits_for_nothing(qtbot, long_lists):
    reads, taken, worker = [], [], Worker()
    source = source_of(list(range(20)), reads)
    context = SimpleNamespace(jobs=worker)
    bring_facts(context, source, None, source._read, taken.append)
    assert source.ids(None, False, "1", None) == list(range(20))
    assert not reads
    qtbot.waitUntil(lambda: bool(worker.jobs))
    worker.jobs[0]()
    assert taken == [source]
    assert source.ids(None, False, "19", None) == [19]


def test_old_facts_serve_until_the_new_ones_come_but_for_what_is_gone(long_lists):
    worker = Worker()
    before = source_of(list(range(20)), [])
    before.facts()
    after = source_of(list(range(19)), [])
    bring_facts(SimpleNamespace(jobs=worker), after, before, after._read, lambda _: None)
    assert after.ids(None, False, "1", None) == [1, 10, 11, 12, 13, 14, 15, 16, 17, 18]

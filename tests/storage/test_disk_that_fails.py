"""A disk that takes no more: one sentence, nothing lost, and the same act succeeds afterwards."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.builders import office, person, register_at
from tests.storage.older_registers import register_of
from wxadmin.bootstrap import open_workplace
from wxadmin.domain.errors import UserError
from wxadmin.domain.person import Employee
from wxadmin.storage.columns import SCHEMA_HEAD

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="no limit to the length of files there"
)
PAGE = 4096


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Let no write go beyond so many bytes of any file."""
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("pages", [1, 3, 10])
def test_a_migration_without_room_is_one_sentence_and_the_next_start_does_it(
    tmp_path: Path, pages: int
) -> None:
    path = register_of("0001", Path(register_at(tmp_path)))
    room = path.stat().st_size + pages * PAGE  # enough for the backup before it
    with files_no_longer_than(room), pytest.raises(UserError) as refusal:
        open_workplace(str(path), writing=True)
    assert refusal.value.code == "disk_error"
    workplace = open_workplace(str(path), writing=True, checked=True)
    assert workplace.store.schema_version() == SCHEMA_HEAD
    assert workplace.journal.verify() == []
    workplace.close()


def test_a_register_on_a_disk_that_takes_nothing_can_be_read_and_is_never_called_damaged(
    tmp_path: Path,
) -> None:
    office(tmp_path).close()
    with files_no_longer_than(100):
        workplace = open_workplace(register_at(tmp_path), writing=True, checked=True)
        assert workplace.store.count(Employee) == 0
        with pytest.raises(UserError) as refusal:
            person(workplace)
        assert refusal.value.code == "disk_error"
    person(workplace)
    assert workplace.store.count(Employee) == 1
    workplace.close()

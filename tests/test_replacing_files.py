"""The one door for writing files: the old file stays whole until the new one is complete."""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from pathlib import Path

import pytest

from wxadmin import files
from wxadmin.domain.errors import UserError
from wxadmin.files import replace_file

only_on_windows = pytest.mark.skipif(
    sys.platform != "win32", reason="elsewhere an open file can be replaced"
)


def test_the_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "新" / "名单.txt"
    replace_file(path, lambda fresh: fresh.write_bytes(b"1") and None)
    replace_file(path, lambda fresh: fresh.write_bytes(b"2") and None)
    assert path.read_bytes() == b"2"
    assert list(path.parent.iterdir()) == [path]


def test_a_writer_that_fails_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "名单.txt"
    path.write_bytes(b"old")

    def half(fresh: Path) -> None:
        fresh.write_bytes(b"half")
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        replace_file(path, half)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_writer_left_is_swept_and_a_living_ones_is_spared(tmp_path: Path) -> None:
    path = tmp_path / "名单[1].txt"
    dead = tmp_path / ".名单[1].4711-123456.txt"
    living = tmp_path / ".名单[1].4712-123456.txt"
    other = tmp_path / ".名单[1].我的.txt"
    for left in (dead, living, other):
        left.write_bytes(b"half")
    for left in (dead, other):
        os.utime(left, (time.time() - 7200,) * 2)
    replace_file(path, lambda fresh: fresh.write_bytes(b"1") and None)
    assert set(tmp_path.iterdir()) == {path, living, other}


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EACCES, "file_in_use"), (errno.EIO, "cannot_write")],
)
def test_trouble_with_the_disk_is_one_sentence(number: int, code: str, tmp_path: Path) -> None:
    path = tmp_path / "名单.txt"
    path.write_bytes(b"old")

    def fail(fresh: Path) -> None:
        fresh.write_bytes(b"half")
        raise OSError(number, "trouble")

    with pytest.raises(UserError, match=r"名单\.txt") as caught:
        replace_file(path, fail)
    assert caught.value.code == code
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@only_on_windows
def test_a_file_held_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "名单.txt"
    path.write_bytes(b"old")
    held = path.open("rb")
    threading.Timer(0.5, held.close).start()
    replace_file(path, lambda fresh: fresh.write_bytes(b"new") and None)
    assert path.read_bytes() == b"new"


@only_on_windows
def test_a_file_held_on_is_told_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PATIENCE", 0.2)
    path = tmp_path / "名单.txt"
    path.write_bytes(b"old")
    with path.open("rb"), pytest.raises(UserError, match=r"请先关闭《名单\.txt》") as caught:
        replace_file(path, lambda fresh: fresh.write_bytes(b"new") and None)
    assert caught.value.code == "file_in_use"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]

"""Put another register in a register's place, with the files beside it: all of it or nothing.

Everything that is to be put in place is first gathered in a folder beside the register; then a
plan is written there in one step. Without the plan nothing has happened; with it, whoever opens
the register next finishes what was cut short.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from wxadmin.domain.errors import UserError
from wxadmin.files import (
    flush,
    flush_folder,
    put_in_place,
    reason_of,
    refuse_taken,
    replace_file,
    take_place,
)
from wxadmin.storage.beside import FOLDERS, is_safe
from wxadmin.storage.register import EXCHANGE

LEFTOVERS = ("-journal", "-wal", "-shm")
REGISTER, PLAN = "register", "plan.json"


class Exchange:
    """An exchange that is being prepared; nothing is changed before `carry_out`."""

    def __init__(self, register: Path) -> None:
        self._register = register
        self.folder = _folder(register)
        self._files: list[str] = []
        self._removed: list[str] = []

    def begin(self) -> None:
        """Make the folder everything is gathered in."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def abandon(self) -> None:
        """Throw away what was gathered; what is carried out, or must be finished, stays."""
        if not (self.folder / PLAN).exists():
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def register(self) -> Path:
        """Return where the new register is to be written."""
        return self.folder / REGISTER

    def place_for(self, path: str) -> Path:
        """Return where a file is to be written that shall lie at `path` beside the register."""
        self._files.append(path)
        return self.folder / str(len(self._files) - 1)

    def remove(self, path: str) -> None:
        """A file that shall lie beside the register no more."""
        self._removed.append(path)

    def carry_out(self) -> None:
        """Do it. Raises `UserError` before anything is changed where a file is held open."""
        for path in (*self._files, *self._removed):
            _refuse_held(self._register.parent / path)
        said = json.dumps({"files": self._files, "removed": self._removed}, ensure_ascii=False)
        for number in range(len(self._files)):
            flush(self.folder / str(number))
        replace_file(self.folder / PLAN, lambda fresh: _write(fresh, said))
        _finish(self._register)


def finish_exchange(register: Path) -> None:
    """Finish an exchange that was cut short. The caller holds the writer's lock."""
    folder = _folder(register)
    if (folder / PLAN).exists():
        _finish(register)
    elif folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def is_cut_short(register: Path) -> bool:
    """Whether an exchange was begun and must be finished before the register is looked at."""
    return (_folder(register) / PLAN).exists()


def _folder(register: Path) -> Path:
    return register.with_name(register.name + EXCHANGE)


def _finish(register: Path) -> None:
    folder = _folder(register)
    files, removed = _plan(folder)
    try:
        for number, path in enumerate(files):
            _move(folder / str(number), register.parent / path)
        for path in removed:
            (register.parent / path).unlink(missing_ok=True)
        for place in {(register.parent / path).parent for path in (*files, *removed)}:
            if place.is_dir():
                flush_folder(place)  # before the plan may go
        if (folder / REGISTER).exists():
            for leftover in LEFTOVERS:
                register.with_name(register.name + leftover).unlink(missing_ok=True)
            put_in_place(folder / REGISTER, register)
        (folder / PLAN).unlink()
    except OSError as error:
        raise UserError(
            f"换登记库换到一半停下了（{reason_of(error)}）。"
            "请关闭打开着的扫描件和表格，再打开本程序，会接着换完。",
            "exchange_unfinished",
        ) from error
    shutil.rmtree(folder, ignore_errors=True)


def _move(fresh: Path, target: Path) -> None:
    if fresh.exists():  # else it was moved before the exchange was cut short
        target.parent.mkdir(parents=True, exist_ok=True)
        take_place(fresh, target)


def _plan(folder: Path) -> tuple[list[str], list[str]]:
    """Read the plan back; it is ours, but nothing outside our folders is ever touched."""
    try:
        found: Any = json.loads((folder / PLAN).read_text(encoding="utf-8"))
        files, removed = list(found["files"]), list(found["removed"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"“{folder.name}”文件夹读不了，没有接着换登记库。请把它移到别处再打开。", "bad_plan"
        ) from error
    if not all(is_safe(str(path)) for path in (*files, *removed)):
        raise UserError(f"“{folder.name}”文件夹不是本程序写的，请把它移到别处再打开。", "bad_plan")
    return files, removed


def _refuse_held(target: Path) -> None:
    try:
        refuse_taken(target)
    except OSError as error:
        raise UserError(
            f"请先关闭《{target.name}》，再试一次（{reason_of(error)}）；没有改动。", "file_in_use"
        ) from error


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def sweep_empty(register: Path) -> None:
    """Remove folders that an exchange or a sweep left empty."""
    for name in FOLDERS:
        for folder in sorted((register.parent / name).rglob("*"), reverse=True):
            if folder.is_dir():
                with suppress(OSError):
                    folder.rmdir()

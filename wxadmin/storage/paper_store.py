"""The store of paper beside the backups: every file that belongs to a register, kept once.

A backup names the files that lay beside its register in a list of its own; the files themselves
are shared by all backups of the folder and known by their content.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from wxadmin.domain.errors import UserError
from wxadmin.files import flush, flush_folder, reason_of, replace_file, take_place
from wxadmin.storage.beside import Kept, file_hash, is_safe, read_list, written_list

NAME = "随库文件"
LISTS = "清单"
PARTIAL = ".写到一半"
_SHOWN = 16  # characters of the hash in a file's name
_LONGEST = 60  # characters of its own name in front


class PaperStore:
    """The store in one folder of backups; nothing in it is ever replaced."""

    def __init__(self, backups: Path) -> None:
        self.folder = backups / NAME
        self._there: dict[str, Path] | None = None

    # -- keeping --------------------------------------------------------------------------------
    def keep(self, register: Path, files: Iterable[Kept]) -> int:
        """Copy in what is not there yet; returns how many. Raises `UserError`: the disk is full."""
        copied = 0
        try:
            for kept in files:
                if self._place_of(kept) is None:
                    copied += self._take(kept.beside(register), kept)
            if copied:
                flush_folder(self.folder)
        except OSError as error:
            raise UserError(
                f"写不了“{self.folder}”（{reason_of(error)}）；请检查磁盘空间，再备份一次。",
                "backup_failed",
            ) from error
        return copied

    def _take(self, source: Path, kept: Kept) -> int:
        """Copy one file; one that is gone meanwhile, or is not what was said, is looked at anew."""
        try:
            true = Kept(kept.path, file_hash(source), source.stat().st_size)
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise UserError(
                f"《{kept.path}》读不了（{reason_of(error)}），没有备份到；请关闭打开它的程序再试。",
                "unreadable",
            ) from error
        if true != kept and self._place_of(true) is not None:
            return 0
        self._put(source, self.folder / _name(true))
        self._known()[true.sha256[:_SHOWN]] = self.folder / _name(true)
        return 1

    def _put(self, source: Path, target: Path) -> None:
        """Copy a file in whole or not at all; the folder itself is flushed once for many."""
        fresh = self.folder / PARTIAL
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(source, fresh)
            flush(fresh)
            take_place(fresh, target)
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)

    def write_list(self, backup: str, files: list[Kept]) -> None:
        """Note which files lay beside the register when a backup was made."""
        listed = written_list([kept for kept in files if is_safe(kept.path)])
        text = json.dumps({"files": listed}, ensure_ascii=False, indent=0)
        replace_file(self._list_of(backup), lambda fresh: _write(fresh, text))

    def has_list(self, backup: str) -> bool:
        """Whether every file was kept when a backup was made: its list is written last."""
        return self._list_of(backup).is_file()

    def forget_lists(self, backups: Iterable[str]) -> None:
        """Remove the lists of automatic backups that are gone."""
        present = {self._list_of(name) for name in backups}
        for path in self._list_of("x").parent.glob("*.json"):
            if path not in present:
                with suppress(OSError):
                    path.unlink()

    # -- finding --------------------------------------------------------------------------------
    def list_of(self, backup: str) -> list[Kept] | None:
        """Return which files belong to a backup; None for one without a list, or a spoilt one."""
        try:
            found = json.loads(self._list_of(backup).read_text(encoding="utf-8"))
            return read_list(found["files"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def find(self, kept: Kept) -> Path | None:
        """Return a copy of a file that is what it says; None where there is none."""
        return self.find_hash(kept.sha256)

    def find_hash(self, sha256: str) -> Path | None:
        """Return the copy with that content, read again before it is trusted."""
        place = self._known().get(sha256[:_SHOWN])
        with suppress(OSError):
            if place is not None and file_hash(place) == sha256:
                return place
        return None

    def _place_of(self, kept: Kept) -> Path | None:
        place = self._known().get(kept.sha256[:_SHOWN])
        with suppress(OSError):
            if place is not None and place.stat().st_size == kept.size:
                return place
        return None

    def _known(self) -> dict[str, Path]:
        if self._there is None:
            there = self.folder.iterdir() if self.folder.is_dir() else ()
            self._there = {_hash_in(path.name): path for path in there}
        return self._there

    def _list_of(self, backup: str) -> Path:
        return self.folder / LISTS / f"{backup}.json"


def _name(kept: Kept) -> str:
    """Return the name a file has in the store: its own for people, its hash for us."""
    own = PurePosixPath(kept.path)
    return f"{own.stem[:_LONGEST].rstrip(' .')}.{kept.sha256[:_SHOWN]}{own.suffix[:8]}"


def _hash_in(name: str) -> str:
    parts = name.split(".")
    return next((part for part in reversed(parts) if len(part) == _SHOWN), "")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")

"""The hand-over file: a register with everything beside it, in one file that tells when it is cut.

A zip file whose first entry names every other one with hash and size. It is looked through whole
before anything in it is used, and again after it was written, before it counts.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.files import reason_of, replace_file, sweep
from wxadmin.progress import Progress, silent
from wxadmin.storage.backup import Backup, back_up
from wxadmin.storage.beside import Kept, file_hash, read_list, written_list

SUFFIX = ".wxjj"
LIST, REGISTER, FILES = "清单.json", "登记库.db", "文件/"
_FORMAT = 1
_IS_ZIP = b"PK\x03\x04"
_PIECE = 1 << 20
_LONGEST_LIST = 64 * 1024 * 1024
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_BROKEN = (
    zipfile.BadZipFile, EOFError, ValueError, KeyError, TypeError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
"""What a file says that is cut, spoilt, or has a password."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a hand-over file holds."""

    register: Kept
    files: tuple[Kept, ...]

    @property
    def size(self) -> int:
        """Return how many bytes it takes when it is taken in."""
        return self.register.size + sum(one.size for one in self.files)


def is_parcel(path: Path) -> bool:
    """Whether a file begins as a hand-over file does; its name plays no part."""
    try:
        with path.open("rb") as file:
            return file.read(len(_IS_ZIP)) == _IS_ZIP
    except OSError:
        return False


def pack(register: Path, files: list[Kept], target: Path, progress: Progress = silent) -> Backup:
    """Write the register and the files beside it into one file, then read it back.

    Raises `UserError` where a file is held or changes meanwhile, or the disk is full; an earlier
    file at `target` stays then.
    """
    copy = target.with_name(f".{target.name}.register")
    sweep(target.parent, f".*{SUFFIX}.register*")
    try:
        made = back_up(register, copy)
        held = Kept(REGISTER, made.sha256, made.size)
        replace_file(target, lambda fresh: _write(fresh, register, copy, held, files, progress))
    finally:
        copy.unlink(missing_ok=True)
    return Backup(target, file_hash(target), target.stat().st_size)


def _write(
    fresh: Path, register: Path, copy: Path, held: Kept, files: list[Kept], progress: Progress
) -> None:
    listed = {
        "format": _FORMAT,
        "register": {"sha256": held.sha256, "size": held.size},
        "files": written_list(files),
    }
    with zipfile.ZipFile(fresh, "w") as parcel:
        parcel.writestr(_entry(LIST), json.dumps(listed, ensure_ascii=False, indent=1))
        _put(parcel, _entry(REGISTER, zipfile.ZIP_DEFLATED), copy, held)
        for done, kept in enumerate(files, start=1):
            _put(parcel, _entry(FILES + kept.path), kept.beside(register), kept)
            progress(done, 2 * len(files))
    look_through(fresh, lambda done, total: progress(total + done, 2 * total))


def _entry(name: str, how: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ALWAYS)
    entry.compress_type = how
    return entry


def _put(parcel: zipfile.ZipFile, entry: zipfile.ZipInfo, source: Path, kept: Kept) -> None:
    digest = hashlib.sha256()
    try:
        with source.open("rb") as file, parcel.open(entry, "w", force_zip64=True) as into:
            while piece := file.read(_PIECE):
                digest.update(piece)
                into.write(piece)
    except FileNotFoundError as error:
        raise _changed(kept) from error
    if digest.hexdigest() != kept.sha256:
        raise _changed(kept)


def _changed(kept: Kept) -> UserError:
    return UserError(
        f"《{kept.path}》刚才被改动或移走了，没有存出。请关闭打开它的程序，再试一次。",
        "file_changed",
    )


# -- taking in ----------------------------------------------------------------------------------
def contents_of(path: Path) -> Contents:
    """Read what a hand-over file says it holds; nothing else of it."""
    found: list[Contents] = []
    _reading(path, lambda parcel: found.append(_contents(parcel, path)))
    return found[0]


def look_through(path: Path, progress: Progress = silent) -> Contents:
    """Read a hand-over file whole. Raises `UserError` where it is cut, damaged or not ours."""
    return _read(path, lambda _: None, progress)


def unpack(
    path: Path, register: Path, place_for: Callable[[str], Path], progress: Progress = silent
) -> Contents:
    """Write the register and every file to where they are to be, each checked on the way.

    Raises `UserError` where the file is cut, damaged, not ours, or the disk is full.
    """

    def places(kept: Kept) -> Path:
        return register if kept.path == REGISTER else place_for(kept.path)

    return _read(path, places, progress)


def _read(path: Path, places: Callable[[Kept], Path | None], progress: Progress) -> Contents:
    found: list[Contents] = []

    def read(parcel: zipfile.ZipFile) -> None:
        contents = _contents(parcel, path)
        _refuse_strangers(parcel, contents)
        everything = [
            (REGISTER, contents.register),
            *((FILES + one.path, one) for one in contents.files),
        ]
        for done, (name, kept) in enumerate(everything, start=1):
            _copy_out(parcel, name, kept, places(kept))
            progress(done, len(everything))
        found.append(contents)

    _reading(path, read)
    return found[0]


def _reading(path: Path, read: Callable[[zipfile.ZipFile], None]) -> None:
    """Open a file and let it be read; whatever is wrong with it is one sentence."""
    try:
        with zipfile.ZipFile(path) as parcel:
            read(parcel)
    except FileNotFoundError as error:
        raise UserError(
            f"找不到文件《{path.name}》，请再选一次。没有改动。", "not_found"
        ) from error
    except OSError as error:
        raise UserError(
            f"《{path.name}》没有读完（{reason_of(error)}），没有改动。请检查磁盘再试。",
            "read_failed",
        ) from error
    except (*_BROKEN, zlib.error) as error:
        raise _spoilt(path) from error


def _spoilt(path: Path) -> UserError:
    return UserError(
        f"《{path.name}》不完整或已损坏（多半没有拷完），没有打开，这里什么也没有改动。"
        "请到原来的电脑上重新拷一次。",
        "damaged_parcel",
    )


def _contents(parcel: zipfile.ZipFile, path: Path) -> Contents:
    if LIST not in parcel.namelist():
        raise UserError(
            f"《{path.name}》不是登记库，也不是交接文件，没有打开，什么也没有改动。", "not_ours"
        )
    if parcel.getinfo(LIST).file_size > _LONGEST_LIST:
        raise ValueError("a list that cannot be ours")
    said: Any = json.loads(parcel.read(LIST))
    if type(said) is not dict or type(said.get("format")) is not int:
        raise ValueError("no list of ours")
    if said["format"] > _FORMAT:
        raise UserError(
            f"《{path.name}》是更新版本的程序写的，没有打开，什么也没有改动。请先升级程序。",
            "newer",
        )
    held = said["register"]
    register = read_list([{**held, "path": "制度/x"}])[0]  # judged as any other file
    return Contents(Kept(REGISTER, register.sha256, register.size), tuple(read_list(said["files"])))


def _refuse_strangers(parcel: zipfile.ZipFile, contents: Contents) -> None:
    expected = [LIST, REGISTER, *(FILES + one.path for one in contents.files)]
    if sorted(parcel.namelist()) != sorted(expected):
        raise ValueError("other files than listed")


def _copy_out(parcel: zipfile.ZipFile, name: str, kept: Kept, target: Path | None) -> None:
    """Read one entry to its end, never more than was said, and write it where it is to be."""
    entry = parcel.getinfo(name)
    if entry.file_size != kept.size:
        raise ValueError("another size than listed")
    with parcel.open(entry) as source:
        if target is None:
            digest = _pour(source, None)
        else:
            with target.open("wb") as into:
                digest = _pour(source, into)
    if digest != kept.sha256:
        raise ValueError("other bytes than listed")


def _pour(source: IO[bytes], into: IO[bytes] | None) -> str:
    digest = hashlib.sha256()
    while piece := source.read(_PIECE):
        digest.update(piece)
        if into is not None:
            into.write(piece)
    return digest.hexdigest()


def room_for(contents: Contents, folder: Path) -> None:
    """Refuse before anything is written where the disk cannot hold it."""
    if shutil.disk_usage(folder).free < contents.size + _PIECE:
        raise UserError(
            f"磁盘满了，放不下这份登记库（要 {contents.size // 1_000_000 + 1} MB），"
            "什么也没有改动。请腾出空间再试。",
            "disk_full",
        )

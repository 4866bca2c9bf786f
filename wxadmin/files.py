"""Write files so that the old one stays whole until the new one is complete."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable
from glob import escape
from pathlib import Path

from wxadmin.domain.errors import UserError

_PATIENCE = 2.0  # seconds a scanner or a sync client may hold the file
_PAUSE = 0.05
_ABANDONED = 3600.0  # seconds after which nobody is still writing a temporary file
BACKUP = ".wxbak"
_DATABASE = b"SQLite format 3\0"

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只能读",
    errno.EISDIR: "是一个文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOSPC: "磁盘满了",
    errno.EIO: "磁盘读写出错",
    errno.EINVAL: "名称里有不能用的字",
}


def replace_file(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a temporary file beside `path`, then put it in place in one step.

    A file held open for a moment is waited for. Raises `UserError` when it stays held, or when the
    folder cannot be written or the disk is full; the old file is then as it was.
    """
    _spare_registers(path)
    fresh = path.with_name(f".{path.stem}.{os.getpid()}-{time.monotonic_ns()}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        refuse_taken(path)
        sweep(path.parent, f".{escape(path.stem)}.[0-9]*-[0-9]*{escape(path.suffix)}")
        write(fresh)
        put_in_place(fresh, path)
    except OSError as error:
        raise _refusal(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def sweep(folder: Path, pattern: str) -> None:
    """Remove the temporary files of writers that were killed; a living one's is younger."""
    now = time.time()
    with contextlib.suppress(OSError):
        for left in folder.glob(pattern):
            if now - left.stat().st_mtime > _ABANDONED:
                left.unlink(missing_ok=True)


def _spare_registers(path: Path) -> None:
    """Refuse to put a sheet or a form over a register: a slip of the finger."""
    if path.suffix == BACKUP:
        return
    try:
        with path.open("rb") as file:
            taken = file.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return
    if taken:
        raise UserError(
            f"《{path.name}》是登记库，不能盖掉，没有写文件。请换一个文件名。", "is_register"
        )


def flush(path: Path) -> None:
    """Wait until the bytes are on the disk, or a power cut could leave an empty file."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def put_in_place(fresh: Path, path: Path) -> None:
    """Put a finished file in another's place in one step, once its bytes are on the disk."""
    flush(fresh)
    take_place(fresh, path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Wait until what was moved into a folder is there on the disk, too."""
    if sys.platform != "win32":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def take_place(fresh: Path, path: Path) -> None:
    """Move a file over another; one that a scanner holds for a moment is waited for."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            fresh.replace(path)
            return
        except PermissionError:
            if path.is_dir() or sys.platform != "win32" or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)


def refuse_taken(path: Path) -> None:
    """Find out before anything is written, or kept, that the place cannot be taken."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "folder", str(path))
    if path.exists():
        take_place(path, path)  # onto itself: nothing happens, but Windows refuses a held file


def reason_of(error: OSError) -> str:
    """Return in a few words why the system refused."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def _refusal(path: Path, error: OSError) -> UserError:
    if error.errno == errno.ENOSPC:
        return UserError(
            f"磁盘满了，《{path.name}》没有写成；原来的文件没有动，请腾出空间再试。", "disk_full"
        )
    if path.is_dir():
        return UserError(f"“{path.name}”是一个文件夹，请另取一个文件名。", "is_folder")
    if isinstance(error, PermissionError) and path.exists() and os.access(path.parent, os.W_OK):
        return UserError(f"请先关闭《{path.name}》，再试一次；或者另存为别的名称。", "file_in_use")
    return UserError(
        f"写不了《{path.name}》（{reason_of(error)}）；请换一个文件夹再试。",
        "cannot_write",
    )

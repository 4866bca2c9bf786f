"""What SQLite and the disk say, as one sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from wxadmin.domain.errors import UserError


def damaged_by(path: Path, why: str) -> UserError:
    """Return the refusal of a file that is damaged, and by what one sees it."""
    return UserError(f"登记库“{path.name}”已损坏（{why}），没有动它。请从备份恢复。", "damaged")


def damaged(path: Path) -> UserError:
    """Return the refusal of a file that SQLite itself finds broken."""
    return damaged_by(path, "内部校验不通过")


def open_refusal(path: Path, error: sqlite3.DatabaseError) -> UserError:
    """Return why a file cannot be opened: in use, only to be read, or damaged."""
    text = str(error)
    trouble = disk_trouble(text)
    if trouble is not None:
        return trouble
    if "locked" in text:
        return UserError(f"登记库“{path.name}”正被别的程序占用，请稍后再试。", "locked")
    if "readonly" in text or "unable to open" in text:
        return UserError(
            f"登记库“{path}”不能写入：文件或所在文件夹是只读的。请换到可写的文件夹。", "read_only"
        )
    return damaged(path)


def disk_full() -> UserError:
    """Return the refusal of a step the disk had no room for."""
    return UserError("磁盘已满，这一步没有保存。请腾出空间后再试一次。", "disk_full")


def disk_trouble(text: str) -> UserError | None:
    """Return what the disk itself is the matter with, None where the file is."""
    if "full" in text:
        return disk_full()
    if "I/O" in text:
        return UserError("磁盘读写出错，这一步没有保存。请检查磁盘后再试。", "disk_error")
    return None


def _chain(error: BaseException | None) -> Iterator[sqlite3.DatabaseError]:
    """Yield what SQLite said, the last first."""
    while error is not None:
        if isinstance(error, sqlite3.DatabaseError):
            yield error
        error = error.__cause__ or error.__context__


def refusal_of(error: BaseException, path: Path) -> UserError | None:
    """Translate a database error into one sentence, or None where it is a bug of ours."""
    cause = getattr(error, "orig", error)
    if not isinstance(cause, sqlite3.DatabaseError):
        return None
    for earlier in _chain(error):  # the disk failed first, and tidying up after it as well
        trouble = disk_trouble(str(earlier))
        if trouble is not None:
            return trouble
    text = str(cause)
    if isinstance(cause, sqlite3.OperationalError) and (
        "readonly" in text or "locked" in text or "unable to open" in text
    ):
        return open_refusal(path, cause)
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return damaged(path)
    if "no such table" in text or "no such column" in text:
        return UserError(
            f"登记库“{path.name}”不完整（缺表或缺列），没有动它。请从备份恢复。", "incomplete"
        )
    return None

"""Verified copies of the living register, which of them are kept, and putting one back."""

from __future__ import annotations

import contextlib
import shutil
from datetime import datetime
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.files import put_in_place, reason_of, replace_file, sweep
from wxadmin.storage.beside import file_hash
from wxadmin.storage.engine import (
    DatabaseError,
    check_header,
    copy_database,
    finish_cut_short,
    integrity_findings,
    open_database,
)
from wxadmin.storage.migrate import refuse_foreign_schema
from wxadmin.storage.store import Store

SUFFIX = ".wxbak"
PARTIAL = ".tmp"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file that was reopened and found sound, with its hash."""

    path: Path
    sha256: str
    size: int


def back_up(register: Path, target: Path) -> Backup:
    """Copy the living register to `target`: a copy beside it, checked, then put in place.

    Raises `UserError` where the folder cannot be written or the register itself is damaged;
    an earlier file of that name stays as it was.
    """
    check_header(register)
    partial = target.with_name(target.name + PARTIAL)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent, f"*{SUFFIX}{PARTIAL}*")
        partial.unlink(missing_ok=True)
        copy_database(register, partial)
        if integrity_findings(partial):
            raise UserError(
                f"登记库“{register.name}”校验不通过，没有备份，旧备份都还在。", "damaged"
            )
        put_in_place(partial, target)
    except (OSError, DatabaseError) as error:
        raise _backup_refusal(register, target, error) from error
    finally:
        _remove(partial)
    return Backup(target, file_hash(target), target.stat().st_size)


def _backup_refusal(register: Path, target: Path, error: OSError | DatabaseError) -> UserError:
    if isinstance(error, DatabaseError) and "malformed" in str(error):
        return UserError(f"登记库“{register.name}”已损坏，没有备份，旧备份都还在。", "damaged")
    why = "是一个文件夹" if target.is_dir() else _why(error)  # Windows says only: no right
    return UserError(
        f"不能写备份“{target}”：{why}，旧备份都还在。请检查磁盘空间和文件夹。",
        "backup_failed",
    )


def _why(error: OSError | DatabaseError) -> str:
    if isinstance(error, OSError):
        return reason_of(error)
    return "磁盘满了" if "full" in str(error) else "磁盘出错"


def keep_aside(register: Path, aside: Path) -> None:
    """Copy the present register, as it is, before another takes its place."""
    finish_cut_short(register)
    try:
        aside.parent.mkdir(parents=True, exist_ok=True)
        replace_file(aside, lambda fresh: _copy(register, fresh))
    except OSError as error:
        raise not_restored(error) from error


def fetch(backup: Path, fresh: Path) -> None:
    """Check a backup and copy it to where it is to be taken from; the backup stays.

    Raises `UserError` where it is damaged, somebody else's or from a newer program.
    """
    check_backup(backup, backup.name)
    try:
        copy_database(backup, fresh)
    except (OSError, DatabaseError) as error:
        raise not_restored(error) from error


def not_restored(error: OSError | DatabaseError) -> UserError:
    """Return the refusal of a restore that the disk does not allow."""
    return UserError(
        f"没有恢复成功（{_why(error)}），原登记库没有动。请检查磁盘空间后再试。", "restore_failed"
    )


def check_backup(backup: Path, name: str) -> None:
    """Refuse a register that is damaged, somebody else's or from a newer program."""
    check_header(backup)
    if integrity_findings(backup):
        raise UserError(f"备份“{name}”已损坏，没有恢复。请换一个备份。", "damaged_backup")
    store = Store(open_database(backup, writing=False))
    try:
        refuse_foreign_schema(store, name)
    finally:
        store.close()


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _remove(partial: Path) -> None:
    with contextlib.suppress(OSError):
        for suffix in ("", "-journal"):
            partial.with_name(partial.name + suffix).unlink(missing_ok=True)


def automatic_name(register: Path, moment: datetime, why: str) -> str:
    """Return the name of an automatic backup: when, and why it was made."""
    return f"{register.stem}-{moment:%Y%m%d-%H%M%S}-{why}{SUFFIX}"


def backups_in(folder: Path) -> list[Path]:
    """Return the backups of a folder, newest first."""
    if not folder.is_dir():
        return []
    return sorted(folder.glob(f"*{SUFFIX}"), key=lambda p: p.stat().st_mtime, reverse=True)


@dataclass(frozen=True, slots=True)
class Keep:
    """How many automatic backups stay: the newest of so many days, weeks and months."""

    daily: int
    weekly: int
    monthly: int


NEVER_FEWER = 3


def prune(folder: Path, keep: Keep) -> None:
    """Delete automatic backups that stand for no day, week or month any more.

    The newest of each is kept, and always the newest three whatever the clock said.
    """
    found = [(path, datetime.fromtimestamp(path.stat().st_mtime)) for path in backups_in(folder)]
    kept = {path for path, _ in found[:NEVER_FEWER]}
    for count, form in ((keep.daily, "%Y-%m-%d"), (keep.weekly, "%G-%V"), (keep.monthly, "%Y-%m")):
        newest: dict[str, Path] = {}
        for path, made in found:
            newest.setdefault(f"{made:{form}}", path)
        kept |= set(list(newest.values())[:count])
    for path, _ in found:
        if path not in kept:
            path.unlink(missing_ok=True)

"""Verified copies of the living register, which of them are kept, and putting one back."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.storage.engine import check_header, copy_database, integrity_findings

SUFFIX = ".wxbak"


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
    partial = target.with_name(target.name + ".tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        copy_database(register, partial)
        findings = integrity_findings(partial)
        if findings:
            raise UserError(
                f"登记库“{register.name}”校验不通过，没有备份，旧备份都还在。", "damaged"
            )
        _flush(partial)
        Path(partial).replace(target)
    except OSError as error:
        raise UserError(
            f"不能写备份“{target}”：{error.strerror or '磁盘出错'}。请检查磁盘空间和文件夹。",
            "backup_failed",
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return Backup(target, file_hash(target), target.stat().st_size)


def restore(backup: Path, register: Path, aside: Path) -> None:
    """Put a backup in the register's place; the present register is kept at `aside` first.

    The caller holds the writer's lock and has closed the register.
    """
    check_header(backup)
    if integrity_findings(backup):
        raise UserError(f"备份“{backup.name}”已损坏，没有恢复。请换一个备份。", "damaged_backup")
    partial = register.with_name(register.name + ".restore")
    partial.unlink(missing_ok=True)
    try:
        copy_database(backup, partial)
        _flush(partial)
        if register.exists():
            aside.parent.mkdir(parents=True, exist_ok=True)
            Path(register).replace(aside)
        for leftover in ("-journal", "-wal", "-shm"):
            register.with_name(register.name + leftover).unlink(missing_ok=True)
        Path(partial).replace(register)
    except OSError as error:
        raise UserError(f"没有恢复成功：{error.strerror}。原登记库没有丢失。", "restore") from error
    finally:
        partial.unlink(missing_ok=True)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def automatic_name(register: Path, moment: datetime, why: str) -> str:
    """Return the name of an automatic backup: when, and why it was made."""
    return f"{register.stem}-{moment:%Y%m%d-%H%M%S}-{why}{SUFFIX}"


def backups_in(folder: Path) -> list[Path]:
    """Return the backups of a folder, newest first."""
    if not folder.is_dir():
        return []
    return sorted(folder.glob(f"*{SUFFIX}"), key=lambda p: p.stat().st_mtime, reverse=True)


def prune(folder: Path, keep: int) -> None:
    """Delete the oldest backups beyond `keep`; never fewer than the newest three remain."""
    for old in backups_in(folder)[max(keep, 3) :]:
        old.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())

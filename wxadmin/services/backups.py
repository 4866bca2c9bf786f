"""Backups: a verified copy when it matters, a list of them, and putting one back."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from wxadmin import settings
from wxadmin.domain.errors import UserError
from wxadmin.domain.frozen import dataclass
from wxadmin.files import replace_file
from wxadmin.services.leftovers import Leftovers
from wxadmin.services.paper_files import PaperFiles
from wxadmin.services.workplace import Workplace
from wxadmin.storage.backup import (
    Backup,
    Keep,
    automatic_name,
    back_up,
    backups_in,
    prune,
)
from wxadmin.storage.beside import files_beside
from wxadmin.storage.engine import integrity_findings
from wxadmin.storage.paper_store import PaperStore

CLOSING = "关闭时"
BY_HAND = "手工"
BEFORE_MIGRATION = "升级前"


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One backup as the settings desk lists it; it is checked when it is used."""

    path: Path
    made: datetime
    size: int


class Backups:
    """Copies of the open register."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def make(self, target: Path | None = None, *, why: str = BY_HAND) -> Backup:
        """Copy the register to `target`, or among the automatic backups; checked before kept.

        The files beside the register go into the store beside the backup, each once. Raises
        `UserError` where either cannot be written; the register is copied first.
        """
        register = self._file()
        folder = self._workplace.backups or register.parent
        made = back_up(register, target or folder / automatic_name(register, datetime.now(), why))
        store = PaperStore(made.path.parent)
        self._keep_files(store, register, made.path.name)
        if target is None:
            prune(folder, self._to_keep())
            store.forget_lists(path.name for path in backups_in(folder))
            Leftovers(self._workplace).sweep(store)
        return made

    def _keep_files(self, store: PaperStore, register: Path, backup: str) -> None:
        try:
            files = PaperFiles(self._workplace).present()
            if files:
                store.keep(register, files)
                store.write_list(backup, files)
        except UserError as refusal:
            raise UserError(
                f"登记库已备份，随库文件（扫描件、来件、制度）没有备份全：{refusal.message}",
                refusal.code,
            ) from refusal

    def keep_in(self, folder: Path) -> None:
        """Let automatic backups of this register go to another folder, on this computer."""
        register = self._file()
        chosen = {**settings.kept(register), settings.BACKUP_FOLDER: str(folder)}
        text = json.dumps(chosen, ensure_ascii=False, indent=1)
        replace_file(settings.machine_file(register), lambda path: _write(path, text))
        self._workplace.backups = folder

    def lines(self) -> list[BackupLine]:
        """Return the automatic backups, newest first."""
        folder = self._workplace.backups
        found = backups_in(folder) if folder else []
        return [
            BackupLine(path, datetime.fromtimestamp(path.stat().st_mtime), path.stat().st_size)
            for path in found
        ]

    def paper_is_kept(self) -> bool:
        """Whether the files that lay beside the register went along with the newest backup."""
        register, folder = self._workplace.register.path, self._workplace.backups
        made = backups_in(folder) if folder else []
        newest = next((path for path in made if BEFORE_MIGRATION not in path.name), None)
        if register is None or folder is None or newest is None:
            return True
        kept = PaperStore(folder).has_list(newest.name)
        return kept or next(files_beside(register), None) is None

    def check(self) -> list[str]:
        """Return what is wrong with file, references and journal chain; nothing is [].

        The files beside the register are looked after by `PaperFiles`.
        """
        path = self._workplace.register.path
        findings: list[str] = []
        try:
            findings += integrity_findings(path) if path else []
            return findings + self._workplace.journal.verify()
        except UserError as error:  # too damaged, or a disk that fails
            return [*findings, error.message]

    def _to_keep(self) -> Keep:
        number = self._workplace.number
        return Keep(
            number("backup_keep_daily"),
            number("backup_keep_weekly"),
            number("backup_keep_monthly"),
        )

    def _file(self) -> Path:
        path = self._workplace.register.path
        if path is None:
            raise UserError("服务器上的登记库请由服务器管理员备份。", "no_file")
        return path


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")

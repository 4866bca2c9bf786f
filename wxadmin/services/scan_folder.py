"""The folder of scans beside the register (扫描件): each piece under a name people can read."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from wxadmin import paths
from wxadmin.domain.errors import UserError
from wxadmin.files import reason_of, replace_file
from wxadmin.services.workplace import Workplace

NAME = paths.SCANS
_FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_LONGEST = 80  # characters of a name before its number and suffix


def file_name(*parts: str) -> str:
    """Join parts to a name every system takes: `QWSQ-202611-042_李四_申请表`."""
    said = "_".join(part.strip() for part in parts if part.strip())
    said = _INVISIBLE.sub("", said).translate(_FORBIDDEN)
    return said[:_LONGEST].rstrip(" .") or "扫描件"


class ScanFolder:
    """Keeps scans as files; nothing is ever replaced or deleted."""

    def __init__(self, workplace: Workplace) -> None:
        self._register = workplace.register.path

    @property
    def path(self) -> Path:
        """Return the folder. Raises `UserError` for a register on a database server."""
        if self._register is None:
            raise UserError("登记库在数据库服务器上，没有存扫描件的文件夹，没有收下。", "no_folder")
        return self._register.parent / NAME

    def path_of(self, stored_name: str) -> Path:
        """Return where a stored scan lies."""
        return self.path / stored_name

    def put(self, data: bytes, name: str) -> tuple[str, bool]:
        """Keep a piece under a name, with a number where the name is taken.

        Returns the name it lies under and whether it was put there: a piece that lies there
        already, byte by byte the same, is not kept twice.
        """
        number = 1
        while True:
            stored = f"{name}.pdf" if number == 1 else f"{name}_{number}.pdf"
            target = self.path / stored
            if not target.exists():
                break
            if _same(target, data):
                return stored, False
            number += 1
        replace_file(target, lambda fresh: _write(fresh, data))
        return stored, True

    def read(self, stored_name: str) -> bytes:
        """Return a stored scan. Raises `UserError` where it is gone."""
        try:
            return self.path_of(stored_name).read_bytes()
        except OSError as error:
            raise UserError(
                f"“{NAME}”文件夹里的《{stored_name}》读不了（{reason_of(error)}）；"
                "请到“设置 › 备份与交接”按“检查登记库”找回，或重新扫描。",
                "scan_gone",
            ) from error


def digest(data: bytes) -> str:
    """Return the hash a scan is known by."""
    return hashlib.sha256(data).hexdigest()


def _same(path: Path, data: bytes) -> bool:
    return path.stat().st_size == len(data) and path.read_bytes() == data


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)

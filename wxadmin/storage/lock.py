"""One writer at a time: a lock the operating system holds, so that a crash leaves none behind."""

from __future__ import annotations

import getpass
import json
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from wxadmin.domain.errors import UserError


class WriterLock:
    """Held by whoever writes: the window while it is open, a writing verb while it runs."""

    def __init__(self, register: Path) -> None:
        self._register = register
        # not thread_local: the window's worker may let go of what the window took
        self._lock = FileLock(register.with_name(register.name + ".lock"), thread_local=False)
        self._holder = register.with_name(register.name + ".holder")

    def acquire(self) -> None:
        """Take the lock. Raises `UserError` naming the holder where somebody else has it."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise UserError(
                f"登记库“{self._register.name}”正在使用：{self._who()}。请先关闭那个窗口再试。",
                "in_use",
            ) from None
        except OSError as error:
            raise UserError(
                f"不能在“{self._register.parent}”写入：文件夹是只读的。请换到可写的文件夹。",
                "read_only",
            ) from error
        note = {
            "user": _user(),
            "machine": socket.gethostname(),
            "since": datetime.now().isoformat(sep=" ", timespec="minutes"),
        }
        with suppress(OSError):
            self._holder.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back; nothing happens where it is not held."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _who(self) -> str:
        try:
            note = json.loads(self._holder.read_text(encoding="utf-8"))
            return f"{note['machine']} 上的 {note['user']}，自 {note['since']} 起"
        except (OSError, ValueError, KeyError):
            return "另一个窗口或命令"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "未知用户"

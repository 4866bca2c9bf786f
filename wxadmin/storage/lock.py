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
from wxadmin.files import reason_of


class WriterLock:
    """Held by whoever writes: the window while it is open, a writing verb while it runs."""

    def __init__(self, register: Path) -> None:
        self._register = register
        # not thread_local: the window's worker may let go of what the window took
        self._place = register.with_name(register.name + ".lock")
        self._lock = FileLock(self._place, thread_local=False)
        self._holder = register.with_name(register.name + ".holder")

    def acquire(self) -> None:
        """Take the lock. Raises `UserError` naming the holder where somebody else has it."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            if not self._place.exists():  # nobody holds what cannot even be made
                raise self._unwritable("没有权限") from None
            raise UserError(
                f"登记库“{self._register.name}”正在使用：{self._who()}。请先关闭那个窗口再试。",
                "in_use",
            ) from None
        except OSError as error:
            raise self._unwritable(reason_of(error)) from error
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

    def _unwritable(self, why: str) -> UserError:
        folder = self._register.parent
        return UserError(
            f"不能在“{folder}”写“{self._register.name}”（{why}）。请换到可写的文件夹。",
            "read_only",
        )

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

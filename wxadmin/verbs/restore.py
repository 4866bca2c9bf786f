"""Put a backup or a hand-over file in the register's place; the present one is kept aside."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path

from wxadmin import paths
from wxadmin.domain.errors import UserError
from wxadmin.services.putting_back import put_back
from wxadmin.storage.beside import file_hash
from wxadmin.storage.database import is_url
from wxadmin.storage.lock import WriterLock
from wxadmin.verbs.call import Call, Outcome

HELP = "用备份恢复登记库，或收下交接文件（现在的先留存）"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("file", type=Path, metavar="FILE")


def run(call: Call) -> Outcome:
    """Restore."""
    if is_url(call.register):
        raise UserError("服务器上的登记库请由服务器管理员恢复。", "no_file")
    register, backup = Path(call.register), call.words.file
    lock = WriterLock(register)
    register.parent.mkdir(parents=True, exist_ok=True)
    lock.acquire()
    try:
        done = put_back(backup, register, paths.backup_folder(register))
    finally:
        lock.release()
    with closing(call.open(True)) as workplace:  # an older backup is brought up to date
        workplace.office()
    kept = done.aside if done.aside.exists() else None
    data = {"file": register, "sha256": file_hash(backup), "kept": kept,
            "files": done.files, "lost": done.lost}  # fmt: skip
    said = f"恢复前的登记库留在 {kept}" if kept else "原来没有登记库"
    return Outcome(data, [f"已恢复。{done.sentence()}{said}"])

"""Copy the living register, and the files beside it that are not in the store yet."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path

from wxadmin.domain.errors import UserError
from wxadmin.services.backups import Backups
from wxadmin.storage.paper_store import NAME
from wxadmin.verbs.call import Call, Outcome

HELP = "备份登记库（复制后重新打开校验）和扫描件、来件、制度"


def add_words(parser: ArgumentParser) -> None:
    """Declare the words it takes."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
    parser.add_argument(
        "--password-file", type=Path, metavar="F", help="加密备份（本版本还没有，会拒绝）"
    )


def run(call: Call) -> Outcome:
    """Back up."""
    if call.words.password_file is not None:
        raise UserError(
            "本版本还不提供加密备份，没有备份。请去掉 --password-file，把备份放在可靠的地方。",
            "no_encryption",
        )
    with closing(call.open(False)) as workplace:
        made = Backups(workplace).make(call.words.file)
    store = made.path.parent / NAME
    along = f"；扫描件、来件和制度在旁边的“{NAME}”，要一起拿" if store.is_dir() else ""
    return Outcome({"file": made.path, "sha256": made.sha256}, [f"已备份到 {made.path}{along}"])

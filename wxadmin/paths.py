"""Where things are: the program's resources, the user's data, the backups."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from wxadmin import settings

PROGRAM = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
RESOURCES = PROGRAM / "resources"
REGISTER_NAME = "register.db"
SCANS, INCOMINGS, POLICIES = "扫描件", "来件", "制度"
"""The folders beside a register whose files belong to it."""


def data_folder() -> Path:
    """Return the user's own folder; beside the program where a portable.ini lies (USB mode)."""
    if (PROGRAM / "portable.ini").exists():
        return PROGRAM / "data"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "wxadmin"
    share = os.environ.get("XDG_DATA_HOME")
    return (Path(share) if share else Path.home() / ".local" / "share") / "wxadmin"


def default_register() -> Path:
    """Return where the user's own register lies when nobody says otherwise."""
    return data_folder() / REGISTER_NAME


def backup_folder(register: Path) -> Path:
    """Return where backups of a register go: the folder she chose on this computer, else 文档
    for the user's own register, beside it for others."""
    chosen = settings.kept(register).get(settings.BACKUP_FOLDER)
    if chosen:
        return Path(chosen)
    if register != default_register():
        return register.parent / f"{register.stem}-备份"
    return Path.home() / "Documents" / "wxadmin备份"


def user_policies(register: Path) -> Path:
    """Return where the user's own copies of packs and forms lie."""
    return register.parent / POLICIES

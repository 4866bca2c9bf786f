"""What this computer remembers of one register: where backups go. Kept beside it, not in it."""

from __future__ import annotations

import json
from pathlib import Path

BACKUP_FOLDER = "backup_folder"


def machine_file(register: Path) -> Path:
    """Return the file of this computer's settings for a register."""
    return register.with_name(f"{register.stem}.machine.json")


def kept(register: Path) -> dict[str, str]:
    """Return what is remembered; nothing where the file is missing or not ours to read."""
    try:
        found = json.loads(machine_file(register).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

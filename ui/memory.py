"""What the window remembers of itself between two days: widths, sizes, folds; never data.

memory.open_file(folder / "window.json")        once, at start; without it nothing is kept
memory.value("table/accounts", {}); memory.keep("table/accounts", {"phone": 132})
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

_kept: dict[str, Any] = {}
_path: Path | None = None


def open_file(path: Path) -> None:
    """Read what was kept; a file that cannot be read counts as empty."""
    global _path
    _path = path
    _kept.clear()
    import json

    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    if isinstance(found, dict):
        _kept.update(found)


def value(key: str, default: Any = None) -> Any:
    """What was kept under `key`."""
    return _kept.get(key, default)


def keep(key: str, what: Any) -> None:
    """Keep something that JSON can hold; it reaches the disk with `save`."""
    _kept[key] = what


def save() -> None:
    """Write the memory whole or not at all; a full disk is no reason to trouble anybody."""
    if _path is None:
        return
    import json

    from PySide6.QtCore import QSaveFile

    file = QSaveFile(str(_path))
    if file.open(QSaveFile.OpenModeFlag.WriteOnly):
        file.write(json.dumps(_kept, ensure_ascii=False, indent=1).encode())
        file.commit()


def forget() -> None:
    """Forget everything and stop writing (tests)."""
    global _path
    _path = None
    _kept.clear()

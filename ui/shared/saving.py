"""Ask where a file shall be written; the folder of last time is offered again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ui import memory

WORKBOOK = "Excel 工作簿 (*.xlsx)"
PDF = "PDF 文件 (*.pdf)"


def ask_where(
    parent: QWidget, title: str, name: str, kind: str = WORKBOOK, suffix: str = ".xlsx"
) -> Path | None:
    """The file she chose, its suffix added where she left it out; None when she turned back."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(memory.value("folder/saving", documents) or ".")
    chosen, _ = QFileDialog.getSaveFileName(parent.window(), title, str(folder / name), kind)
    if not chosen:
        return None
    path = Path(chosen)
    memory.keep("folder/saving", str(path.parent))
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)

"""Ask where a file shall be written; the folder of last time is offered again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ui import memory

if TYPE_CHECKING:
    from ui.desk import Context

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


def export_list(parent: QWidget, context: Context, what: str, name: str, unit: str) -> None:
    """Write a whole list of the register ("people", "accounts" …) into a workbook she names."""
    path = ask_where(parent, f"导出{name}", f"{name}_{context.services.today}.xlsx")
    if path is None:
        return
    from wxadmin.services.exports import Exports

    exports = Exports(context.services)
    context.jobs.run(
        lambda progress, cancelled: exports.write(what, path),
        on_done=lambda rows: context.messages.toast(f"已导出 {rows:,} {unit}到 {path.name}"),
        caption=f"正在导出 {path.name}",
        written="只是写文件，不改登记库。",
    )

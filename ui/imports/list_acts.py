"""What the start page of 导入 does about the lists of every plant: urged, none, looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.shared.acting import act
from wxadmin.services.import_book import ImportBook
from wxadmin.services.imports import Imports
from wxadmin.services.leaver_grid import GridCell, month_word, urge_text

if TYPE_CHECKING:
    from ui.desk import Context


def copy_urge(context: Context, cell: GridCell) -> None:
    """复制催办文字."""
    text = urge_text(cell, context.services.today)
    context.messages.copied(text, f"{cell.source.name}的催办文字")


def record_nobody(context: Context, cell: GridCell) -> None:
    """登记“本月无离职”."""
    imports = Imports(context.services)
    act(context, f"已登记：{cell.source.name}{month_word(cell.month)}无离职",
        lambda: imports.record_no_leavers(cell.source.name, cell.month))  # fmt: skip


def show_past(context: Context, key: str) -> None:
    """What a list changed, in the journal."""
    operation = ImportBook(context.services).operation_of(key)
    if operation is not None:
        context.navigate("journal", operation)

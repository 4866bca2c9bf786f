"""Files that go back to HR: the problem rows, and the list with its results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ui.desk import Context
from ui.imports.journey import Journey
from wxadmin.services.import_book import ImportBook


def export_problems(context: Context, journey: Journey) -> None:
    """The rows with problems as HR wrote them, with a 问题 column."""
    preview = journey.preview
    _export(context, journey, "问题行", lambda path: ImportBook.write_problems(preview, path))


def export_results(context: Context, journey: Journey) -> None:
    """HR's own file back with a 结果 column; what was struck out says so."""
    preview, struck = journey.preview, frozenset(journey.struck_lines)
    _export(context, journey, "处理结果",
            lambda path: ImportBook.write_results(preview, path, struck))  # fmt: skip


def _export(context: Context, journey: Journey, what: str, write: Callable[[Path], int]) -> None:
    path = context.messages.ask_where(f"{journey.path.stem}-{what}.xlsx")
    if path is not None:
        context.jobs.run(
            lambda progress, cancelled: write(path),
            lambda rows: context.messages.toast(f"已导出 {rows} 行到 {path.name}"),
            caption=f"正在写 {path.name}", written="只写这一个文件，登记不动。",
        )  # fmt: skip

"""A list shown in the window, written out as a workbook just as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def write_rows(path: Path, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Write a workbook with one sheet; answers with the number of rows."""
    from wxadmin.sheets.writing import write_table

    return write_table(path, title, heads, rows)

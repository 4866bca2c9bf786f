"""What the header and the status line of 导入 say of the file that is open."""

from __future__ import annotations

from ui.imports.journey import Journey
from ui.imports.preview_rows import version_of
from wxadmin.domain.sheet_kind import MEMBERS


def status_of(journey: Journey) -> str:
    """How many rows were read, how fast, and which columns nobody takes."""
    assert journey.look is not None
    table = journey.look.reading.table
    members = table.kind == MEMBERS  # its reader takes nicknames by itself
    ignored = "" if members else "、".join(table.ignored)
    read = f"读入 {len(journey.look.reading.parsed.rows):,} 行，用时 {journey.took:.1f} 秒"
    return f"{read}　忽略列：{ignored}" if ignored else read


def facts_of(journey: Journey, *, planned: bool) -> str:
    """The file, its sheet and its rows; once it is planned, whose it is and which version."""
    assert journey.look is not None
    table = journey.look.reading.table
    facts = [table.file_name, f"“{table.sheet}”表" if table.sheet else "",
             f"{len(journey.look.reading.parsed.rows):,} 行"]  # fmt: skip
    if planned:
        facts = [journey.preview.source.name, *facts, version_of(journey.preview)]
    return " · ".join(fact for fact in facts if fact)

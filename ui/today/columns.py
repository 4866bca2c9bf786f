"""The lines of 今日: mark, about whom, what, when, and the act at the right end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ui.shared.columns import Cell, Column
from ui.shared.table_model import GroupHeading
from wxadmin.domain.frozen import dataclass
from wxadmin.domain.reminder import (
    BAND_LATE,
    BAND_STUCK,
    BAND_TODAY,
    BANDS,
    MARKS,
    Reminder,
)

_TONES = {BAND_LATE: "red", BAND_TODAY: "amber"}
_SENTENCES = {BAND_STUCK: "要先办完别的事"}


@dataclass(frozen=True, slots=True)
class TodayRow:
    """A reminder with a key that stays the same when the desk is read anew."""

    key: tuple[object, ...]
    reminder: Reminder


def rows_of(reminders: Iterable[Reminder]) -> list[TodayRow]:
    """Give every reminder its key; two alike are told apart by their place."""
    seen: Counter[tuple[str, ...]] = Counter()
    rows = []
    for each in reminders:
        key = (each.kind, each.desk, each.key, each.subject, each.sentence)
        seen[key] += 1
        rows.append(TodayRow((*key, seen[key]), each))
    return rows


def _when(row: TodayRow) -> Cell:
    return Cell(row.reminder.when, tone=_TONES.get(row.reminder.band, "ink2"))


COLUMNS = (
    Column("mark", "", 36, kind="mark", align="left", value=lambda row: row.reminder.mark),
    Column("subject", "对象", 128, bold=True, value=lambda row: row.reminder.subject),
    Column("sentence", "事项", 300, stretch=1,
           value=lambda row: Cell(row.reminder.sentence, note=row.reminder.detail)),
    Column("when", "期限", 104, value=_when, priority=2),
    Column("act", "办法", 132, kind="act", value=lambda row: row.reminder.act_label),
)  # fmt: skip

COUNTERS = tuple((band, MARKS[band], word) for band, word in BANDS)
HEADINGS = tuple(GroupHeading(band, word, _SENTENCES.get(band, "")) for band, word in BANDS)
FILTERS = {band: lambda row, band=band: row.reminder.band == band for band, _ in BANDS}

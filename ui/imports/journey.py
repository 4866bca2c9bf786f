"""The way of one file from the drop to the register: reading, planning, answers, strikes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.desk import Context
from ui.imports.planned import DONE_KINDS, Planned
from ui.imports.preview_rows import Row, rows_of
from wxadmin.domain import import_plan as plans
from wxadmin.domain.roster_row import Answers
from wxadmin.domain.sheet_kind import MEMBERS, WECOM
from wxadmin.services.import_book import ImportBook
from wxadmin.services.import_columns import ImportColumns, Looked, all_recognised
from wxadmin.services.import_lines import ImportLines
from wxadmin.services.imports import Imports, Preview, Said, Struck

SURE, ALWAYS, NEVER = "sure", "always", "never"
"""When to go on from reading to the plan."""


@dataclass(slots=True)
class Wishes:
    """What the user said of the file so far."""

    kind: str | None = None
    sheet: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    source: str = ""
    month: str = ""
    group: str = ""
    on: date | None = None
    complete: bool = False
    rows: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def said(self) -> Said:
        """The same as the services take it."""
        answers = Answers(dict(self.rows), dict(self.units), dict(self.titles))
        return Said(self.source, self.month, self.complete, answers, self.group, self.on)


class Journey(QObject):
    """`looked()` after reading when columns need a look, `planned()` after every planning,
    `stopped()` when reading was refused or cancelled, `applied(operation)` at the end."""

    looked = Signal()
    planned = Signal()
    stopped = Signal()
    applied = Signal(object)

    def __init__(self, context: Context, path: Path) -> None:
        super().__init__()
        self._context = context
        self.path = path
        self.wishes = Wishes()
        self.look: Looked | None = None
        self.plan: Planned | None = None
        self.rows: list[Row] = []
        self.struck_lines: set[str] = set()
        self.struck_parts: set[tuple[str, str]] = set()
        self.released = -1
        self.took = 0.0
        self._busy = self._again = False

    # -- reading and planning -----------------------------------------------------------------

    def read(self, onward: str = SURE) -> None:
        """Read the file; go on to the plan when every column was recognised (SURE), or anyhow."""
        wishes, services = self.copied(), self._context.services
        struck = frozenset(self.struck_parts)

        def work(progress: Callable[[int, int], None], cancelled: Any) -> Any:
            begun = time.monotonic()
            columns = ImportColumns(services)
            looked = columns.look(
                self.path, kind=wishes.kind, sheet=wishes.sheet, mapping=wishes.mapping,
                progress=progress,
            )  # fmt: skip
            sure = onward == SURE and not looked.complaint and all_recognised(looked.reading)
            go_on = sure or onward == ALWAYS
            planned = plan_of(services, looked, wishes, struck) if go_on else None
            return looked, planned, time.monotonic() - begun

        self._context.jobs.run(
            work, self._read, self._refused, f"正在读入 {self.path.name}", self.stopped.emit
        )

    def _read(self, answer: tuple[Looked, tuple[Planned, list[Row]] | None, float]) -> None:
        self.look, planned, self.took = answer
        if planned is None:
            self.looked.emit()
        else:
            self.plan, self.rows = planned
            self.planned.emit()

    def _refused(self, refusal: Any) -> None:
        self.stopped.emit()
        self._context.messages.error(refusal)

    def plan_anew(self) -> None:
        """Plan again with what was answered; answers given meanwhile are taken in afterwards."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        looked, wishes, services = self.look, self.copied(), self._context.services
        assert looked is not None
        struck = frozenset(self.struck_parts)

        def done(planned: tuple[Planned, list[Row]]) -> None:
            self._busy = False
            self.plan, self.rows = planned
            if self._again:
                self._again = False
                self.plan_anew()
            else:
                self.planned.emit()

        def failed(refusal: Any) -> None:
            self._busy = False
            self._context.messages.error(refusal)

        self._context.jobs.run(
            lambda progress, cancelled: plan_of(services, looked, wishes, struck), done, failed,
            "正在按您的选择重排", lambda: setattr(self, "_busy", False),
        )  # fmt: skip

    def copied(self) -> Wishes:
        """The wishes as they are now, for the worker."""
        mine = self.wishes
        return replace(mine, rows=dict(mine.rows), units=dict(mine.units), titles=dict(mine.titles))

    @property
    def preview(self) -> Preview:
        """The plan as the services know it."""
        assert self.plan is not None
        return self.plan.preview

    # -- what the user decides ----------------------------------------------------------------

    def answer_row(self, row: int, answer: str) -> None:
        """Decide whom a disputed row means."""
        self.wishes.rows[row] = answer
        self.plan_anew()

    def postpone_questions(self) -> None:
        """Put off every question about a row that is still open."""
        for line in self.preview.plan.of_kind(plans.DISPUTED):
            self.wishes.rows[line.row] = plans.LATER
        self.plan_anew()

    def ask_row_again(self, row: int) -> None:
        """Take a decision about a row back."""
        self.wishes.rows.pop(row, None)
        self.plan_anew()

    def answer_units(self, units: Iterable[int], answer: str) -> None:
        """Decide whether units were renamed, merged, or their people truly moved."""
        for unit in units:
            self.wishes.units[unit] = answer
        self.plan_anew()

    def answer_titles(self, ranks: Mapping[str, str]) -> None:
        """Give titles never seen a rank; it is kept with the title."""
        self.wishes.titles |= {title: rank for title, rank in ranks.items() if rank}
        self.plan_anew()

    def strike_part(self, key: str, part: str, struck: bool) -> None:
        """Strike one consequence of a line out, or put it in again."""
        (self.struck_parts.add if struck else self.struck_parts.discard)((key, part))

    def parts_struck(self, key: str) -> frozenset[str]:
        """What was struck out of a line's consequences."""
        return frozenset(part for line, part in self.struck_parts if line == key)

    # -- the numbers --------------------------------------------------------------------------

    def executed(self) -> int:
        """How many lines will be done."""
        lines = self.preview.plan.lines
        return sum(one.kind in DONE_KINDS and one.key not in self.struck_lines for one in lines)

    def struck_count(self) -> int:
        """How many lines are struck out."""
        keys = {one.key for one in self.preview.plan.lines if one.kind in DONE_KINDS}
        return len(keys & self.struck_lines)

    def braked(self) -> bool:
        """Whether the brake is on and nobody released it."""
        brake = self.preview.plan.brake
        return brake is not None and brake.people > self.released

    def release(self) -> None:
        """Go on although so many people leave or move; more than these stop it again."""
        brake = self.preview.plan.brake
        self.released = brake.people if brake is not None else -1

    def writes_anything(self) -> bool:
        """Whether there is something to write at all (a leaver list is kept even so)."""
        plan = self.preview.plan
        new_list = plan.kind in {"leavers", WECOM, MEMBERS} and bool(plan.records)
        return bool(self.executed() or plan.organisation or new_list)

    # -- the end ------------------------------------------------------------------------------

    def _not_applied(self, refusal: Any) -> None:
        """The register has moved on, or cannot be written: plan again, and say why."""
        self._context.messages.error(refusal)
        self.plan_anew()

    def apply(self) -> None:
        """Write the plan as one act."""
        preview, services, released = self.preview, self._context.services, not self.braked()
        struck = Struck(frozenset(self.struck_lines), frozenset(self.struck_parts))
        self._context.jobs.run(
            lambda progress, cancelled: Imports(services).apply(
                preview, struck, brake_released=released
            ),
            self.applied.emit,
            self._not_applied,
            f"正在写入 {self.path.name}",
            self.planned.emit,
            written="要么全部写入，要么一行不写。",
            writes=True,
        )


def plan_of(
    services: Any, looked: Looked, wishes: Wishes, struck: frozenset[tuple[str, str]]
) -> tuple[Planned, list[Row]]:
    """Plan a list and put the plan into words and rows, all beside the window.

    Whose list it is may be told by its name alone.
    """
    said = wishes.said()
    people = looked.reading.kind not in {WECOM, MEMBERS}
    if people and not said.source and "org_unit" not in looked.reading.parsed.fields:
        table = looked.reading.table
        book = ImportBook(services)
        said = replace(said, source=book.source_named_in(f"{table.file_name} {table.sheet}"))
    preview = Imports(services).plan(looked.reading, said)
    words = ImportLines(services, preview)
    planned = Planned(preview, words, words.all())
    return planned, rows_of(planned, struck)

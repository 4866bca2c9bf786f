"""Checklists (入职办理, 调岗办理, 离职办理 …) and their steps as the register keeps them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from wxadmin.domain.change import Record
from wxadmin.domain.frozen import dataclass

RUNNING = "进行中"
DONE = "已完成"
VOID = "作废"

OPEN = "待办"
TICKED = "完成"
NOT_APPLICABLE = "不适用"
WAIVED = "豁免"


@dataclass(frozen=True, slots=True)
class Checklist(Record):
    """A checklist for one person or one group; `event_on` is its day 0."""

    kind: ClassVar[str] = "checklist"

    template: str
    employee_id: int | None
    group_id: int | None
    event_on: date
    trigger: str
    state: str = RUNNING
    closed_on: date | None = None
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether it is still being worked off."""
        return self.state == RUNNING


@dataclass(frozen=True, slots=True)
class ChecklistItem(Record):
    """One step. `proof_kind` names what in the register proves it; such a step ticks itself
    on reading, so its `state` stays 待办 here until the checklist is closed.

    `short` is the head of its grid column (two words parted by a blank), `title` its name.
    `stand_in` and `witness` are 单方办理: who did it in the leaver's place, who looked on.
    """

    kind: ClassVar[str] = "checklist_item"

    checklist_id: int
    no: int
    short: str
    title: str
    text: str
    role: str
    due_on: date | None
    blocking: bool
    proof_kind: str
    source: str
    needs_leaver: bool = False
    prerequisites: tuple[int, ...] = ()
    state: str = OPEN
    done_on: date | None = None
    note: str = ""
    stand_in: str = ""
    witness: str = ""

    @property
    def settled(self) -> bool:
        """Say whether somebody has settled it by hand: done, waived or not applicable."""
        return self.state != OPEN

"""The grid of people × steps: its columns, and the legend that is always in view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.shared.chip import StateWord
from ui.shared.columns import Column, Person, State
from ui.shared.layouts import across, down, hairline, region
from wxadmin.domain.checklist_view import LEGEND
from wxadmin.services.checklist_views import Board, ChecklistView
from wxadmin.services.checklist_views import Column as StepColumn

ROW = 38


def step_key(no: int) -> str:
    """The key of a step's column."""
    return f"s{no}"


def step_no(key: str) -> int | None:
    """The step a column stands for, None for 姓名 and 进度."""
    return int(key[1:]) if key[:1] == "s" and key[1:].isdigit() else None


def columns(board: Board) -> tuple[Column, ...]:
    """姓名, 进度, and one column of marks for each step that concerns anybody."""
    of_groups = any(row.look.checklist.group_id is not None for row in board.rows)
    return (
        Column("who", "群名称" if of_groups else "姓名", 148, kind="person",
               value=lambda row: Person(row.name, row.event_short),
               sort_key=lambda row: (row.look.checklist.event_on, row.name)),
        Column("progress", "进度", 52, kind="number",
               sort_key=lambda row: row.look.done / max(row.look.total, 1)),
        *map(_step_column, board.columns),
    )  # fmt: skip


def _step_column(step: StepColumn) -> Column:
    return Column(
        step_key(step.no),
        "\n".join(part for part in step.head if part),
        57,
        kind="mark",
        align="centre",
        value=_mark_of(step.no),
        sort_key=_rank_of(step.no),
    )


def _mark_of(no: int) -> Callable[[ChecklistView], Any]:
    def value(row: ChecklistView) -> State | None:
        step = row.step(no)
        if step is None:
            return None
        said = "，".join(part for part in (step.word, step.when) if part)
        return State(step.mark, f"{step.item.title}：{said}")

    return value


_ORDER = [mark for mark, _ in reversed(LEGEND)]


def _rank_of(no: int) -> Callable[[ChecklistView], int]:
    """Sorted by a step, those stuck and late come last, as the legend has it."""

    def rank(row: ChecklistView) -> int:
        step = row.step(no)
        return -_ORDER.index(step.mark) if step is not None else 0

    return rank


def legend() -> QWidget:
    """Every mark with its word, always in view beneath the grid."""
    words = [StateWord(mark, word, 12) for mark, word in LEGEND]
    line = region(across(*words, None, gap=14, margins=(20, 6, 12, 6)))
    line.setAccessibleName("图例：" + "、".join(word for _, word in LEGEND))
    whole: QWidget = region(down(hairline(), line, gap=0))
    return whole


def found_by(row: ChecklistView, pinyin: str = "") -> str:
    """The text a line is found by: name, reading, initials, number, department, post."""
    syllables = pinyin.split(" ")
    reading = ("".join(syllables), "".join(part[:1] for part in syllables))
    return " ".join((row.name, *reading, row.key, row.unit, row.position, row.event_short))

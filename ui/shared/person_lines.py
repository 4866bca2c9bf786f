"""How people, their groups and their history are told in panels: the same on every desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ui.shared.columns import Cell
from ui.shared.detail_panel import Line, Section
from ui.shared.history import Event
from wxadmin.domain.group import MOBILE
from wxadmin.services.history import FieldLine, RecordLine
from wxadmin.services.person_file import EXTRA, IN, MISSING, UNSEEN, Place

PLACE_MARKS = {IN: "tick", MISSING: "plus", EXTRA: "minus", UNSEEN: "empty"}
_COUNTED = ((IN, "在"), (MISSING, "应加"), (EXTRA, "不应在"), (UNSEEN, "未核实"))


def department(path: str) -> Cell:
    """A department with its last levels first and the unit behind: cutting costs the least."""
    unit, _, below = path.partition("/")
    return Cell("　".join(below.split("/")), note=unit) if below else Cell(unit)


def places_section(places: Sequence[Place], go: Callable[[int], Any]) -> Section:
    """The groups of a person, what is amiss first, each with the cause beneath it."""
    counts = [(word, sum(p.standing == key for p in places)) for key, word in _COUNTED]
    lines = [
        Line(
            place.group.name + ("" if place.group.side == MOBILE else "　后台"),
            PLACE_MARKS[place.standing],
            "" if place.standing == IN else place.standing,
            note=_cause(place.sentence),
            on_click=lambda key=place.group.id: go(key),  # type: ignore[misc]
        )
        for place in places
    ]
    if not lines:
        lines = [Line("不在任何群，也不该在", tone="ink2")]
    return Section("群组", "，".join(f"{word} {count}" for word, count in counts if count), lines)


def _cause(sentence: str) -> str:
    """The cause alone; the group's name stands above it."""
    _, colon, cause = sentence.partition("：")
    return cause.rstrip("。") if colon else sentence


def event_of(told: RecordLine, new: str) -> Event:
    """One thing that happened; `new` is what the first entry of a record is called."""
    done = told.operation
    source = done.source or done.title
    if told.sign == "+":
        return Event(new, f"{done.on:%Y-%m-%d}", source)
    what = "；".join(field_change(field) for field in told.fields[:3]) or done.title
    return Event(what, f"{done.on:%Y-%m-%d}", source)


def field_change(field: FieldLine) -> str:
    """职务 采购主管 改为 副经理."""
    if not field.old:
        return f"{field.label} 填为 {field.new}"
    return f"{field.label} {field.old} 改为 {field.new or '（空）'}"

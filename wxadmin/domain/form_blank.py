"""A form as a workbook that people fill in by themselves: its lines, its lists, what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MARK = "wxadmin_form"
"""The name our workbooks define, by which one is known again; it says which form it is."""


@dataclass(frozen=True, slots=True)
class BlankLine:
    """One line to fill in: what it asks, what may be chosen, what is typed how."""

    label: str
    choices: tuple[str, ...] = ()
    hint: str = ""
    required: bool = False
    is_date: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class BlankList:
    """A list to fill in, on a sheet of its own."""

    label: str
    headings: tuple[str, ...]
    rows: int = 200


@dataclass(frozen=True, slots=True)
class FormBlank:
    """A form's workbook before it is filled in."""

    kind: str
    title: str
    lines: tuple[BlankLine, ...]
    lists: tuple[BlankList, ...] = ()


@dataclass(frozen=True, slots=True)
class FilledBlank:
    """What a workbook that came back says: texts by label, rows of lists by label and heading."""

    kind: str
    values: Mapping[str, str]
    lists: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)

"""One state of a plan with its words, made together on the worker."""

from __future__ import annotations

from dataclasses import dataclass

from wxadmin.domain import import_plan as plans
from wxadmin.services.import_lines import ImportLines, ShownLine
from wxadmin.services.imports import Preview

DONE_KINDS = frozenset({plans.NEW, plans.CHANGED, plans.LEFT, plans.RETURNED})
"""Lines that do something, and so may be struck out."""


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan as the services know it, and every line of it in words."""

    preview: Preview
    words: ImportLines
    lines: list[ShownLine]

"""What the frame needs of the services, which it does not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


def _nothing(*_: Any) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Links:
    """Questions and acts of the frame.

    `undo` and `redo` do it and answer with a sentence (None: nothing to take back); `counts` are
    the rail's numbers by desk, `due` those that take longer (asked on the worker); `backup` says
    when the last one was made; `close` lets go.
    """

    company: Callable[[], str] = lambda: ""
    undo: Callable[[], str | None] = _nothing
    redo: Callable[[], str | None] = _nothing
    counts: Callable[[], Mapping[str, int]] = field(default=dict)
    due: Callable[[str], Mapping[str, int]] | None = None
    backup: Callable[[], str] = lambda: ""
    close: Callable[[], None] = _nothing

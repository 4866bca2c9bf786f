"""How long work reports how far it is, and how it learns that the user wants to stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called as work goes on; may raise `Cancelled`, which rolls the work back."""

    def __call__(self, done: int, total: int) -> None:
        """Report that `done` of `total` units (rows, pages) are finished."""


def silent(done: int, total: int) -> None:
    """Report to nobody."""

"""Ids and numbers that are given once: the counters of a register, and drawing from them."""

from __future__ import annotations

from collections.abc import Mapping

from wxadmin.domain.change import Record


class IdSource:
    """Gives ids and numbers that were never given before; undo never turns it back."""

    def __init__(self, given: dict[str, int]) -> None:
        self._given = given
        self._start = dict(given)

    def next(self, name: str | type[Record]) -> int:
        """Return the next number of a record kind, or of a series such as "QWSQ-202611"."""
        key = name if isinstance(name, str) else name.kind
        self._given[key] = number = self._given.get(key, 0) + 1
        return number

    def drawn(self) -> dict[str, int]:
        """Return the last number given in every series that was drawn from."""
        return {name: last for name, last in self._given.items() if last > self._start.get(name, 0)}

    def fits(self, stored: Mapping[str, int]) -> bool:
        """Say whether nobody else has drawn the same numbers since this source was made."""
        return all(stored.get(name, 0) == self._start.get(name, 0) for name in self.drawn())

    def settle(self) -> None:
        """Count on from here: what was drawn is kept in the register now."""
        self._start = dict(self._given)
